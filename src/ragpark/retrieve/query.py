"""What a question asks: its terms, years, places, indicators, the kind of answer, and its parts. Searches nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from ragpark.read.context import places_in
from ragpark.read.organisations import is_kind, named
from ragpark.retrieve.filters import EVERYTHING, Filter
from ragpark.zh.fold import squeeze
from ragpark.zh.numbers import numeral
from ragpark.zh.times import find_times, years_asked
from ragpark.zh.wording import notion
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.words import STOPWORDS, Segmenter

FIGURE, DATE, PERSON, PLACE, NAME, LIST, REASON = "figure", "date", "person", "place", "name", "list", "reason"
DEFINITION, ANY = "definition", "any"


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question: its folded forms (the word itself first, then synonyms) and its weight.

    `place` marks the name of a known place: whether that is met is judged by context, not by the word alone.
    """

    word: str
    forms: tuple[str, ...]
    weight: float
    place: bool = False
    known: bool = True  # some document holds it, in one of its forms


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood. `years` ascending; `entities` and `indicators` are full names from the vocabulary.

    `kind` is the kind of answer asked for; `units` the units it may come in (empty: any). `scope` is the filter that
    whatever is found and said must come from.
    """

    question: str
    kind: str
    terms: tuple[Term, ...]
    years: tuple[int, ...] = ()
    entities: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    series: bool = False
    target: bool = False
    several: bool = False  # several values are asked for at once (`分别是多少`)
    quoted: tuple[str, ...] = ()
    count: int = 0  # of the items of a list, where the question says it: `哪4个`, `三大产业`
    compared: tuple[str, ...] = ()  # places named side by side: `苏州和园区`, though one lies in the other
    joint: bool = False  # the places named have to do with each other: `园区与昆山市签署`, `园区在成都设立`
    organisation: str = ""  # the organisation the question names, with what may stand before it
    indicator_words: frozenset[str] = frozenset()  # the terms that are part of an indicator's name
    scope: Filter = EVERYTHING


_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        DATE,
        re.compile(
            r"哪一?[年天日]|哪个?月|什么时[候间]|何[时年日]|几[月号日]|几几年|哪年|时间是|日期|多会儿|哪个?世纪|什么年代|哪个?年代|哪一?届"
        ),
    ),
    (
        FIGURE,
        re.compile(
            r"多少|(?<!十)几[个家人名位项件所张支笔场种类次条座岁天年%倍米亩万亿层级集首本部台辆艘分度届]|百分之几|多[大长高远重宽深]|第几|排名?第|多久|几分之"
        ),
    ),
    (PERSON, re.compile(r"谁|哪[一]?位|何人|什么人|哪个?人|哪些人")),
    (
        PLACE,
        re.compile(
            r"哪里|哪儿|何处|何地|什么地[方区点]|在哪|哪[一]?个?(?:国家?|城市|地区|省份?|市|区|县|州|洲|地方|大学|学校)|位于(?:什么|哪)|地址"
        ),
    ),
    (
        LIST,
        re.compile(
            r"哪些|哪几|哪[两二三四五六七八九十\d]+[个大]|指什么|指的是什么|包括什么|包含什么|分别(?:是|为|有)|有什么|哪[三四五六两]"
        ),
    ),
    (REASON, re.compile(r"为什么|为何|原因|怎么|如何|怎样|为啥|缘由|因何|何以")),
    (
        NAME,
        re.compile(r"叫什么|什么名|名称|名字|哪一?[个家所支款种部本项座条首届类]|别称|别名|全称|简称|又称|何种|什么"),
    ),
)
# bare keywords without a question word: `2023年园区高层次人才总量`
_FIGURE_NOUN = re.compile(
    r"(?:占比|比重|比例|总额|总量|总数|总值|数量|金额|人数|家数|件数|增速|增幅|增长率|面积|规模|产值|收入|成交额|拥有量|强度|目标|投入|支出|人口|总人口|"
    r"投资额?|资金|注册资本|数|率|额|量|价|费|值|位次|排名)(?:是|为|达到?|[?？。]|$|[：:]|历年|变化|对比|情况|多大)"
)
_PERSON_NOUN = re.compile(
    r"(?:局长|主任|书记|市长|区长|县长|董事长|总经理|创始人|主编|作者|导演|负责人|院长|校长|会长|总裁|所长|部长)(?:是|叫|名字|姓名|[?？]|$)"
)
_LIST_NOUN = re.compile(r"(?:名单|清单|有哪些|内容|构成|组成|包括)[?？]?$")
_UNIT_ASKED = re.compile(
    r"(?:多少|(?<!十)几)\s*(?:(?:万亿|亿|万)(?=[人户家件项台辆吨]))?(个百分点|平方公里|平方米|公里|亿美元|万美元|美元|亿元|万元|人次|周年|小时|分钟|[一-鿿%])"
)
_ANY_UNIT = re.compile(rf"{notion('unit').pattern}|[亿万]?元|钱|亿美元|万美元")
MONEY, AREA, PEOPLE, SHARE = (
    ("元", "美元", "港元", "欧元", "日元", "英镑"),
    ("平方米", "平方公里", "亩", "公顷"),
    ("人", "名", "位", "人次"),
    ("%", "百分点", "‰"),
)
_UNIT_HINTS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile(
            r"占比|比重|比例|百分|增速|增幅|增长率|[^频效功税汇速倍]率(?:是|为|$|[?？])|份额|强度|同比增长|[比较]上年(?:同期)?(?:增长|下降)(?:了?多少[?？]?$)"
        ),
        (*SHARE, "倍"),
    ),
    (
        re.compile(
            r"多少钱|金额|总额|成交额|产值|收入(?!比)|资金|投资额?|经费|资本|营收|销售额|利润|税收|GDP|生产总值|进出口|外资额?$|使用外资|融资|价格|多少钱|授信|补贴|奖励|年薪|工资|薪酬|薪资|保费|租金|房价|单价"
        ),
        MONEY,
    ),
    (re.compile(r"(?:产业|经济|市场|资金|基金|投资|贷款)的?规模"), MONEY),
    (re.compile(r"面积|占地|用地|空间|有多大[?？]?$"), AREA),
    (re.compile(r"人数|人口|多少人|人才(?:总量|总数|数量|有多少|数)"), PEOPLE),
    (re.compile(r"企业(?:总数|数量|数|有多少|目标)|家数"), ("家", "户", "个")),
    (re.compile(r"多高|海拔|高度"), ("米", "公里", "厘米", "英尺", "尺", "层")),
    (
        re.compile(r"多长|长度|多远|距离|里程"),
        ("公里", "米", "厘米", "毫米", "小时", "分钟", "年", "天", "英里", "里", "海里"),
    ),
    (re.compile(r"多久|多长时间"), ("年", "个月", "天", "小时", "分钟", "秒", "日")),
    (re.compile(r"多大年[龄纪]|几岁|年龄"), ("岁",)),
)
# `排第几位` asks for a rank, `第四届` and `几位专家` don't
_RANK = re.compile(
    r"第几(?!届|期|个|次|批|轮)|排名?第?几|排在?第几|位居|位次|名次|排第|排名(?:是?多少|如何|情况|第)?[?？]?$"
)
# `…增长多少` without a unit asks for a rate; `增加了多少家`, `从……增长到多少` don't
_GROWTH = re.compile(r"(?:(?:同比|比上年|较上年)(?:增长|下降|增加|减少)|(?<!年)(?:增长|下降))了?多少[?？]?$")
_COUNTER_NOUN = re.compile(r"([笔件])数(?:量|是|为|有|$|[?？])")  # `笔数`, `件数`
_DEFINITION = re.compile(
    r"^(?:什么是|什么叫|何谓|何为|请?解释)|是什么意思|的?(?:定义|含义)(?:是什么)?[?？]?$|是指什么|怎么(?:定义|计算|算)"
)
_SERIES = re.compile(r"历年|逐年|各年|每年的|变化|对比|相比|比较|趋势|增长了多少|提高了多少|增加了多少|变动|走势")
_SEVERAL = re.compile(r"分别|各(?:是|为|有|多少)|依次")
_TARGET = re.compile(r"目标|力争|计划|预计|预期|规划|将达|争取")
_QUOTED = re.compile(r"[“‘「《\"]([^”’」》\"]{2,30})[”’」》\"]")
_SAME_UNITS: tuple[frozenset[str], ...] = (
    frozenset("家 户 个 所".split()),
    frozenset("人 名 位 个".split()),
    frozenset("件 项 个".split()),
    frozenset("所 家 个 座".split()),
    frozenset("张 个 件".split()),
    frozenset("项 个 件".split()),
    frozenset("年 周年 岁".split()),
    frozenset("天 日".split()),
    frozenset("座 个".split()),
    frozenset("部 本 集 个 首".split()),
    frozenset("种 类 个 项 款".split()),
    frozenset("次 届 场 个".split()),
)


def understand(
    question: str,
    segmenter: Segmenter,
    vocabulary: Vocabulary,
    idf: Callable[[str], float],
    known: Callable[[str], bool] = lambda token: True,
    *,
    today: str,
    scope: Filter = EVERYTHING,
) -> Query:
    """Return what the question asks. `idf(token)` weighs its words, `known(token)` says if any document has it; `today` (ISO) resolves `去年`.

    A question that names no year asks about that of the filter `scope`, where it is a single one.
    """
    folded = squeeze(_YEAR_JOINED.sub(r"\1，", question))
    years = years_asked(_RECENT.sub("", question), today)
    if not years and scope.year is not None:
        years = (scope.year,)
    entities = places_in(question, vocabulary)
    joint = len(entities) > 1 and _joint(folded, vocabulary)
    named = vocabulary.find_indicators(folded)
    kind = kind_of(question)
    units = units_of(question) if kind == FIGURE else ()
    if kind == ANY and named:
        kind = FIGURE  # a bare indicator: `园区2023年GDP`
    if kind == FIGURE and not units and named:
        units = named[-1][2].units
    terms = tuple(
        replace(term, known=any(known(f"w:{form}") for form in term.forms))
        for term in _terms(question, segmenter, vocabulary, idf)
    )
    if named and kind == FIGURE:  # these say which figures are wanted, not what they measure
        course = _COURSE_WORDS | (_CHANGE_WORDS if len(years) > 1 or not years else frozenset())
        terms = tuple(term for term in terms if term.word not in course) or terms
    wording = " ".join(folded[start:end] for start, end, _ in named)
    return Query(
        question=question,
        kind=kind,
        terms=terms,
        years=years,
        entities=entities,
        indicators=tuple(dict.fromkeys(indicator.name for _, _, indicator in named)),
        indicator_words=frozenset(term.word for term in terms if term.word in wording),
        units=units,
        compared=() if joint else _compared(folded, vocabulary),
        joint=joint,
        organisation=_organisation(question),
        series=bool(_SERIES.search(question)) or (len(years) > 1 and kind in (FIGURE, ANY)),
        several=bool(_SEVERAL.search(question)) and len(years) < 2,
        target=bool(_TARGET.search(question)),
        count=_count(question) if kind == LIST else 0,
        quoted=tuple(match[1] for match in _QUOTED.finditer(question)),
        scope=scope,
    )


# `近五年` in a question and in a document need not be the same five years: the document's are as good as any
_RECENT = re.compile(r"(?:最?近|过去|最近的)(?:几|[两二三四五六七八九十]|\d{1,2})年")
_COURSE_WORDS = frozenset(
    "近年 近年来 近几年 数量 家数 几番 翻番 几倍 历年 逐年 各年 每年 变化 变动 对比 相比 比较 趋势 走势 相差 差距 差".split()
)
_CHANGE_WORDS = frozenset("增长 增加 提高 提升 上升 下降 减少 降低 增幅".split())
_SIDE_BY_SIDE = re.compile(r"(?:市|省|县|区)?(?:和|与|跟|同|及|以及|、|还是|相比|对比|比)(?:[0-9]{4}年)?")


_YEAR_JOINED = re.compile(r"([A-Za-z])\s*(?=(?:19|20)\d\d)")  # `GDP 2021到2023年`: the name ends before the year
_TOGETHER = re.compile(r"签署|签约|签订|签的?|合作|共建|合建|联合|结对|共同|对口")
_SITED = re.compile(r"(?:设立|设|建设|建立|建成|建|开设|成立|布局|投资|举办|揭牌|落户|创办|办|的)")


def _joint(folded: str, vocabulary: Vocabulary) -> bool:
    """Tell whether two places are named that have to do with each other: `园区与昆山市哪天签署`, `园区在成都设立`."""
    for (_, end, one), (start, stop, other) in pairwise(vocabulary.find_entities(folded)):
        if one.name == other.name or vocabulary.covers(one.name, other.name) or vocabulary.covers(other.name, one.name):
            continue
        between = folded[end:start]
        if between.endswith("在") and _SITED.match(folded, stop):
            return True
        if _SIDE_BY_SIDE.fullmatch(between) and _TOGETHER.search(folded, stop):
            return True
    return False


def _organisation(question: str) -> str:
    """Return the organisation a question names, with what stands before it: `截至年底苏州纳米城`; "" for none."""
    for match in named().finditer(squeeze(_ASIDES.sub("", question))):
        name = re.sub(r"^(?:园区|我国|全[国省市区])", "", match[0])
        if name and not is_kind(name):
            return name
    return ""


_ASIDES = re.compile(r"[（(][^（）()]*[）)]|\d+年?[底末初]?")


def _compared(folded: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the places named side by side: `苏州和园区` gives both; `苏州市的园区`, `园区占苏州的比重` none."""
    mentions = vocabulary.find_entities(folded)
    found: list[str] = []
    for (_, end, one), (start, _, other) in pairwise(mentions):
        if one.name != other.name and _SIDE_BY_SIDE.fullmatch(folded[end:start]):
            found.extend((one.name, other.name))
    return tuple(dict.fromkeys(found))


def kind_of(question: str) -> str:
    """Return the kind of answer asked for: `…多少家？` figure, `哪一年…` date, `…局长是谁` person, …"""
    if _DEFINITION.search(question):
        return DEFINITION
    for kind, pattern in _KINDS[:6]:
        if pattern.search(question):
            if kind == DATE and re.search(r"多少|几[个家人]", question):
                continue
            return kind
    if _COUNTED.search(question) and _KINDS[6][1].search(question):
        return LIST
    if _FIGURE_NOUN.search(question):
        return FIGURE
    if _PERSON_NOUN.search(question):
        return PERSON
    if _LIST_NOUN.search(question):
        return LIST
    return NAME if _KINDS[6][1].search(question) else ANY


_COUNTED = re.compile(r"(?:哪)?([两二三四五六七八九十]|\d{1,2})(?:大|个)(?!月)[一-鿿]")


def _count(question: str) -> int:
    """Return how many items are asked for: `哪4个万亿级产业` → 4, `三大新兴产业是什么` → 3; 0 where it isn't said."""
    found = _COUNTED.search(question)
    if not found:
        return 0
    return int(found[1]) if found[1].isdigit() else int(numeral(found[1]) or 0)


def units_of(question: str) -> tuple[str, ...]:
    """Return the units an answer may come in: `多少家` → 家 and its like, `占比` → %; () where anything may."""
    if _RANK.search(question):
        return ("位", "名", "届")
    if _GROWTH.search(question):
        return (*SHARE, "倍")
    asked = _UNIT_ASKED.search(question)
    if asked and _ANY_UNIT.fullmatch(asked[1]):
        unit = asked[1]
        if unit in ("亿元", "万元", "钱"):
            return MONEY
        if unit in ("亿美元", "万美元"):
            return ("美元",)
        if unit == "个百分点":
            return SHARE
        group: set[str] = {unit}
        for alike in _SAME_UNITS:
            if unit in alike and unit != "个":
                group |= alike
        if unit == "个":
            group |= {"家", "项", "所", "件", "座", "种", "类", "支", "位", "名", "条"}
        return (unit, *sorted(group - {unit}))
    counter = _COUNTER_NOUN.search(question)
    if counter:
        return (counter[1],)
    for pattern, units in _UNIT_HINTS:
        if pattern.search(question):
            return units
    return ()


def _terms(
    question: str, segmenter: Segmenter, vocabulary: Vocabulary, idf: Callable[[str], float]
) -> tuple[Term, ...]:
    """Return the content words with weights; numbers of years and question words are not content."""
    text = question
    for mention in reversed(find_times(question, None)):
        if mention.years or mention.kind == "relative":
            text = text[: mention.start] + "，" + text[mention.end :]
    text = re.sub(
        r"多少[个家人名位项件所张支笔场种类次条座]?|第几|几[个家人名位项件]|百分之几|几成|几个?百分点|(?:19|20)\d{2}",
        "，",
        text,
    )
    terms: dict[str, Term] = {}
    for word in segmenter.words(text):
        if word in STOPWORDS or word in terms or (len(word) == 1 and not _lone_counts(word)):
            continue
        if not re.search(r"[a-z0-9一-鿿]", word):
            continue
        forms = (word, *sorted(vocabulary.same(word) - {word}))
        weight = idf(f"w:{word}")
        place = any(start == 0 and end == len(word) for start, end, _ in vocabulary.find_entities(word))
        terms[word] = Term(word, forms, weight * _light(word), place)
    return tuple(terms.values())


_LIGHT = frozenset(
    """
    截至 累计 全年 年底 底 三年 多 被 名 家 举行 成立 总 数 新 最 全 每 各 期间 时间 历年 对比 变化 相关 方面 问题 称为 名称 名字 作用 特点 情况 全国 首个 首家
    """.split()
)


def _light(word: str) -> float:
    return 0.4 if word in _LIGHT else 1.0


def _lone_counts(word: str) -> bool:
    """Tell whether a single character is content: a Latin letter or digit is, most Chinese ones are not."""
    return word.isascii() and word.isalnum()


_SPLIT = re.compile(r"[，,；;、?？]|以及|并且|(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff]+(?:多少|是谁|哪|什么|几))")
_ASKS = re.compile(
    r"多少|几[个家人名]|谁|哪|什么|何时|多[大长高久]|占比|比重|总额|数量|金额|资金|面积|人数|目标|呢[?？]?$"
)


def parts_of(question: str) -> tuple[str, ...]:
    """Return the questions inside a question, each complete: `A成立后导入了多少个项目，注册资金多少？` → two.

    The second takes the subject of the first (its text up to the asking word). One question: a 1-tuple.
    """
    cuts = list(_SPLIT.finditer(question))
    if not cuts:
        return (question,)
    pieces: list[str] = []
    begin = 0
    for match in cuts:
        if _ASKS.search(question[begin : match.start()]) and _ASKS.search(question[match.end() :]):
            pieces.append(question[begin : match.start()])
            begin = match.end()
    pieces.append(question[begin:])
    pieces = [piece for piece in pieces if piece.strip("?？。 ")]
    if len(pieces) == 1:
        return (question,)
    first = pieces[0]
    asking = re.search(r"多少|几[个家人名]|谁|哪|什么|何时|多[大长高久]", first)
    subject = re.sub(r"(?:有|是|了|在|的|导入|办|达到?|为)+$", "", first[: asking.start()] if asking else first)
    return (first, *(_with_subject(subject, piece) for piece in pieces[1:]))


def _with_subject(subject: str, piece: str) -> str:
    """Return the piece with the subject before it; where the piece names a year, the subject's years are left out."""
    if subject in piece:
        return piece
    if find_times(piece, None):
        for mention in reversed(find_times(subject, None)):
            subject = subject[: mention.start] + subject[mention.end :]
    return f"{subject}，{piece}"


def restrict(query: Query, year: int) -> Query:
    """Return the query for one of its years."""
    return replace(query, years=(year,), series=False)
