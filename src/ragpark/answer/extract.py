"""Cutting the answer out of a statement: the figure, date, name or list asked for, or the best few clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ragpark.answer.rows import cell_fit, cell_words
from ragpark.answer.score import KNOWN, term_in
from ragpark.ingest.context import Statement, places_in
from ragpark.ingest.sentences import clauses
from ragpark.lexicon.fold import squeeze
from ragpark.lexicon.numbers import Quantity
from ragpark.lexicon.surnames import SURNAMES
from ragpark.lexicon.times import find_dates
from ragpark.lexicon.vocabulary import Vocabulary
from ragpark.retrieve.query import Query, Term

_TARGET = re.compile(
    r"力争|目标|计划|预计|预期|规划|争取|将达|不少于|到20\d\d年(?:底|末)?[，,]?(?!.{0,6}(?:累计|已))|以后每年|每年.{0,6}新增"
)
_CHANGE = re.compile(r"(?:增长|增加|新增|增幅|提高|上升|下降|减少|降低|同比|环比|增速|提升|多)(?:了|约|近|超|逾)?$")
_FROM, _TO = re.compile(r"[由从自]$"), re.compile(r"[一-鿿]{0,4}(?:到|至|为|成)")
_CHANGE_ASKED = re.compile(r"增长|增加|新增|增幅|增速|提高|上升|下降|减少|降|同比|增|变化|多了")
# the total of several, which answers for none of them: `甲、乙、丙三大产业总产值超过4000亿元`
_TOGETHER = re.compile(r"[两三四五六七八九十][大个][^，,。；;]{2,10}[^。；;]{0,10}(?:总|合计|共)[^，,。；;]{0,8}$")
_TOGETHER_ASKED = re.compile(r"[两三四五六七八九十][大个]|总|合计|一共|共")
# a clause that says how much only, of what the clause before names: `、累计516个`, `，位居全国第二`, `，同比增长5%`
_ELLIPTIC = re.compile(
    r"(?:累计|历年|总计|共计|合计|共有?|总数|已?达到?|[为均]|近|超过?|约|逾|位居|位列|名列|跃居|居|列|排名?|全国|全省|全市|同比|比上年|较上年|同口径|增长|增幅|增速|下降|提高|减少)*"
)
_TOTAL_ASKED = re.compile(r"累计|历年|迄今|总共|一共")
_ADDED = re.compile(r"新增|新获|新认定|新引进|当年|年内")
_ADDED_ASKED = re.compile(r"新增|新获|新认定|新引进|当年")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_NOUN_ASKED = re.compile(r"(?:多少|几)[个家名项件所座种条位支]([一-鿿]{2,4})")
_RANK_ASKED = re.compile(r"第几|排名?|位居|位次|名次|第一|几位")
_SHARE = re.compile(r"占[^，。；,;]{0,12}的?$")
_POINTS_ON = re.compile(r"[如见]下?表|下表[所列中]")


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a statement that answers: `text` as shown, [start:end] in the statement's text, and how sure."""

    text: str
    start: int
    end: int
    score: float
    value: Quantity | None = None
    year: int | None = None
    target: bool = False  # a figure aimed at, not reached
    together: bool = False  # the total of several things, of which one is asked about


def figure(query: Query, statement: Statement, vocabulary: Vocabulary) -> Cut | None:
    """Return the figure of the statement that the query asks for, with its qualifier, or None."""
    best: Cut | None = None
    for quantity in statement.quantities:
        score = _figure_score(query, statement, quantity, vocabulary)
        if score is None:
            continue
        shown, end = _with_range(statement, quantity)
        shown = shown.translate(_FULL_WIDTH)
        target = is_target(statement, quantity)
        together = _is_together(query, statement, quantity)
        year = statement.year_of(quantity.start)
        cut = Cut(shown, quantity.start, end, score, quantity, year, target, together)
        if best is None or cut.score > best.score:
            best = cut
    return best


def is_target(statement: Statement, quantity: Quantity) -> bool:
    """Tell whether the figure is aimed at: `力争……达3500家`, `到2026年底，……不少于500家`."""
    _, wide = segments(statement.text, quantity.start, quantity.end)
    return bool(_TARGET.search(statement.text[wide[0] : quantity.end]))


def _is_together(query: Query, statement: Statement, quantity: Quantity) -> bool:
    if _TOGETHER_ASKED.search(query.question):
        return False
    _, wide = segments(statement.text, quantity.start, quantity.end)
    return bool(_TOGETHER.search(statement.text[wide[0] : quantity.start]))


def _with_range(statement: Statement, quantity: Quantity) -> tuple[str, int]:
    """Return the figure with the end of its range, if it has one: `250米至600米`; and where it ends."""
    for other in statement.quantities:
        between = statement.text[quantity.end : other.start]
        if (
            other.start >= quantity.end
            and re.fullmatch(r"\s?[至到—–\-~～]{1,2}\s?", between)
            and other.unit == quantity.unit
        ):
            return statement.text[quantity.start : other.end], other.end
    return quantity.shown, quantity.end


def _figure_score(query: Query, statement: Statement, quantity: Quantity, vocabulary: Vocabulary) -> float | None:
    """Return how well the figure fits (about 0 to 1), or None where its unit or its year rules it out."""
    text = statement.text
    if quantity.unit == "位" and "第" in quantity.text and not _RANK_ASKED.search(query.question):
        return None
    if _is_class(text, quantity):
        return None
    if query.units:
        bare = not quantity.unit and quantity.value >= 1e4 and query.units[0] != "位"
        if quantity.unit not in query.units and not bare:
            return None
        unit = 0.15 if quantity.unit == query.units[0] else 0.12 if quantity.unit else 0.04
    else:
        unit = 0.05 if quantity.unit else 0.0
        odd = quantity.unit in ("年", "周年", "届", "期") or (not quantity.unit and quantity.value < 1e4)
        if odd and not re.search(r"[年届期]", query.question):
            unit -= 0.2
    fit = 1.0
    if len(query.years) == 1:
        fit = statement.year_fit(query.years[0], quantity.start)
        if fit == 0.0:
            return None
    near, wide = segments(text, quantity.start, quantity.end)
    if near[0] > wide[0] and _ELLIPTIC.fullmatch(squeeze(text[near[0] : quantity.start])):
        near = segments(text, near[0] - 1, near[0] - 1)[0][0], near[1]  # `新增96个、累计516个`: of the same thing
    terms = _own_terms(query)
    weight = sum(term.weight for term in terms) or 1.0
    cell = cell_words(statement, quantity)
    beside = cell or text[near[0] : near[1]]
    indicators = _indicator_words(query, beside, vocabulary)
    indicators_wide = _indicator_words(query, text[wide[0] : wide[1]], vocabulary)
    close = squeeze(beside)
    around = squeeze(text[wide[0] : wide[1]])
    whole = statement.own
    placed = _place_fit(query, statement, wide, vocabulary)
    elsewhere = 0.75 if placed > 0 else 0.4  # `甲省经费2亿元；乙省3亿元`: the second part is of 经费 as well
    score = 0.0
    for term in terms:
        here = max(term_in(term, close), KNOWN if term.word in indicators else 0.0)
        there = max(term_in(term, around), KNOWN if term.word in indicators_wide else 0.0)
        anywhere = term_in(term, whole)
        score += term.weight * max(here, 0.6 * there, elsewhere * anywhere)
    score = 0.7 * score / weight + unit + 0.1 * fit
    noun = _NOUN_ASKED.search(query.question)
    if noun and noun[1] in text[quantity.end : min(near[1], quantity.end + len(noun[1]) + 8)]:
        score += 0.15
    before = text[max(near[0], quantity.start - 14) : quantity.start]
    if _FROM.search(before) and _TO.match(text[quantity.end : quantity.end + 10]):
        score -= 0.25  # `由11.52平方公里扩大到159.48平方公里`: what it is now is asked for
    if _CHANGE.search(before) and not _CHANGE_ASKED.search(query.question):
        score -= 0.25
    score += _period_fit(query.question, statement, quantity)
    score += _total_fit(query.question, text, quantity, before, wide) + placed
    if _SHARE.search(before) and quantity.unit == "%" and not re.search(r"占|比|率|份额|强度", query.question):
        score -= 0.25
    if _is_together(query, statement, quantity):
        score -= 0.3
    targeted = is_target(statement, quantity)
    if targeted != query.target:
        score -= 0.2 if targeted else 0.1
    if _POINTS_ON.search(text):
        score -= 0.15  # `产值如下表`: the figures asked for stand in the table
    if quantity.qualifier:
        score -= 0.02  # of two figures that fit alike, the exact one
    score += cell_fit(query, statement, quantity)
    score -= 0.0 if cell else 0.15 * _distance(terms, text, quantity, near)
    return score


def _is_class(text: str, quantity: Quantity) -> bool:
    """Tell whether the figure only bounds a class of things: `50亿元以上项目10个`; not `面积8万平方米以上`."""
    tail = text[quantity.start : quantity.end + 12]
    return bool(
        re.match(r"[^，,。；;]*?\d[^，,。；;]*?(?:以上|以下|级)的?(?:项目|企业|工程|产业|集群|机构|人才)", tail)
    )


def _period_fit(question: str, statement: Statement, quantity: Quantity) -> float:
    """Return −0.3 for the figure of another part of the year than is asked for: `上半年1800亿元` for a whole year."""
    times = [t for t in statement.times if t.years and t.start < quantity.start]
    said = statement.text[times[-1].start : times[-1].end] if times else ""
    part, asked = _PART.search(said), _PART.search(question)
    return 0.0 if (part and part[0]) == (asked and asked[0]) else -0.3


_PART = re.compile(r"[上下]半年|前?[一二三四1-4]个?季度|前三季度|\d{1,2}\s?月?[—–~～\-至到]\s?\d{1,2}月")


def _total_fit(question: str, text: str, quantity: Quantity, before: str, wide: tuple[int, int]) -> float:
    """Return what is added where a total or an addition is asked for and the figure is one, and taken off otherwise.

    `新增96个、累计516个`: the second answers `累计多少个`, the first `新增多少个`.
    """
    total = bool(re.search(r"累计(?:了|近|超|逾|约)?$", before)) or quantity.text.startswith("累计")
    if _TOTAL_ASKED.search(question):
        others = "累计" in text[wide[0] : wide[1]]
        return 0.15 if total else -0.25 if others and _ADDED.search(before) else 0.0
    return -0.25 if total and _ADDED_ASKED.search(question) else 0.0


def _place_fit(query: Query, statement: Statement, wide: tuple[int, int], vocabulary: Vocabulary) -> float:
    """Return 0.05 for a figure in a part of the sentence (up to `；`) that names a place asked for while another part
    names others, −0.3 for one that names only others, else 0."""
    if not query.entities or len(statement.entities) < 2 or is_row(statement.text):
        return 0.0
    here = set(places_in(statement.text[wide[0] : wide[1]], vocabulary))
    asked = set(query.entities)
    if not here or here == set(statement.entities) or not asked & set(statement.entities):
        return 0.0
    return 0.05 if here & asked else -0.3


def _own_terms(query: Query) -> list[Term]:
    """Return the query's terms without place names, judged by context, and without words that no document has."""
    chosen = [term for term in query.terms if not term.place and term.known]
    return chosen or list(query.terms)


def _indicator_words(query: Query, text: str, vocabulary: Vocabulary) -> frozenset[str]:
    if not query.indicators:
        return frozenset()
    named = {indicator.name for _, _, indicator in vocabulary.find_indicators(squeeze(text))}
    return query.indicator_words if named & set(query.indicators) else frozenset()


def _distance(terms: list[Term], text: str, quantity: Quantity, near: tuple[int, int]) -> float:
    """Return 0 where a term stands right beside the figure, up to 1 where none stands in its clause."""
    best = 40
    low = text.lower()
    for term in terms:
        for form in term.forms[:4]:
            at = low.rfind(form, near[0], quantity.start)
            if at >= 0:
                best = min(best, quantity.start - at - len(form))
            at = low.find(form, quantity.end, near[1])
            if at >= 0:
                best = min(best, at - quantity.end + 1)
    return best / 40


def segments(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the smallest clause around text[start:end] (up to `，、；`), and the part of the sentence up to `；`."""
    if is_row(text):
        return _between(text, start, end, "；"), (0, len(text))
    near = _between(text, start, end, "，,、；;。：:！？")
    wide = _between(text, start, end, "；;。！？")
    return near, wide


_ROW = re.compile(r"^[^；：。]{1,24}：[^；]*(?:；[^；：。]{1,40}：[^；]*)+$")


def is_row(text: str) -> bool:
    """Tell whether the statement is a table row: `地区：某市；2022年（%）：2.54；2023年（%）：2.65`."""
    return bool(_ROW.match(text))


def _between(text: str, start: int, end: int, marks: str) -> tuple[int, int]:
    left = start
    while left > 0 and not (text[left - 1] in marks and not _in_number(text, left - 1)):
        left -= 1
    right = end
    while right < len(text) and not (text[right] in marks and not _in_number(text, right)):
        right += 1
    return left, right


def _in_number(text: str, at: int) -> bool:
    return text[at] in ",:" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def date(query: Query, statement: Statement) -> Cut | None:
    """Return the date or year in the statement that stands nearest to what is asked about, or None."""
    text = statement.text
    terms = [term for term in query.terms if not term.place] or list(query.terms)
    weight = sum(term.weight for term in terms) or 1.0
    day = bool(re.search(r"哪[一]?[天日]|几[号日月]|何日|日期|几月", query.question))
    year = bool(re.search(r"哪[一]?年|何年|几几年|年份", query.question))
    measured = [squeeze(match[0]) for match in _MEASURED.finditer(query.question)]
    issue = re.search(r"(?:19|20)\d\d年度", query.question)
    best: Cut | None = None
    for start, end in find_dates(text):
        start, end = _whole_date(text, start, end)
        shown = text[start:end]
        near, _ = segments(text, start, end)
        following = next((c for c in clauses(text, near[1], len(text))[:1]), near)
        close, after = squeeze(text[near[0] : near[1]]), squeeze(text[following[0] : following[1]])
        score = 0.0
        for term in terms:
            score += term.weight * max(term_in(term, close), 0.8 * term_in(term, after))
        score = 0.8 * score / weight
        if any(figure in close for figure in measured):
            score += 0.3  # `哪一年超过2万亿元`: the year of the clause that has it
        if issue and (named := re.search(r"(?:19|20)\d\d年度", text[near[0] : near[1]])):
            score += 0.2 if named[0] == issue[0] else -0.4
        if (day and "日" in shown) or (year and "年" in shown):
            score += 0.15
        if day and "月" not in shown:
            score -= 0.3
        if shown.rstrip("年") in query.question.replace(" ", ""):
            score -= 0.6
        cut = Cut(shown, start, end, score)
        if best is None or score > best.score:
            best = cut
    return best


_MEASURED = re.compile(r"\d[\d,.]*\s?(?:%|万亿|[十百千万亿]+|(?=[元家人个]))[元家人个]?")
_DATE_GOES_ON = re.compile(
    r"(?:\s?[-—–~～至到]+\s?(?:(?:19|20)?\d{2,4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?<=[年月日]))?"
    r"(?:[（(][^（）()]{0,12}年[^（）()]{0,8}[）)])?(?:\d{1,2}月\d{1,2}日)?"
    r"(?:前后|左右|初期?|底|末期?|年间|中期|上半年|下半年|[春夏秋冬](?:季|天)?|凌晨|上午|下午|晚上?|[上中下]旬)?(?:以来|起|开始)?"
)
_DATE_BEGINS = re.compile(r"[一-鿿]{2,5}年[（(]$")


def _whole_date(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span with what belongs to it: `正德六年（1511年）`, `2009年9月27日-10月9日`, `1227年前后`."""
    before = _DATE_BEGINS.search(text[:start])
    if before and text[end : end + 1] in ("）", ")"):
        start, end = before.start(), end + 1
    found = _DATE_GOES_ON.match(text, end)
    return start, found.end() if found else end


_TITLES = re.compile(
    r"党组书记|党工委书记|副书记|书记|副局长|局长|副主任|主任|副市长|市长|区长|县长|省长|董事长|总经理助理|总经理|创始人|主编|作者|导演|负责人|院长|校长|会长|总裁|所长|部长|秘书长|实验员|院士"
)
_AFTER_NAME = r"(?=[介说表指强认透宣出发率围主带在为是担任给谈称讲报向对与和等参致作做到陪会调答回提解举一就从把将还则也同（(，,。、；;：:）)\s]|$)"


def office_asked(query: Query) -> bool:
    """Tell whether the question asks who holds an office (`局长是谁`)."""
    return bool(_TITLES.search(query.question))


def person(query: Query, statement: Statement) -> Cut | None:
    """Return the name that follows the office asked about: `商务局局长孙某某介绍` for `商务局局长是谁`, or None."""
    asked = _TITLES.search(query.question)
    if not asked:
        return None
    title = asked[0]
    pattern = rf"(?<!副){re.escape(title)}(?:[、，][一-鿿]{{2,8}}(?:主任|局长|市长|书记|长))?\s?[:：]?\s?(?P<name>[{SURNAMES}][一-鿿]{{1,2}}?){_AFTER_NAME}"
    found = list(re.finditer(pattern, statement.text))
    if not found:
        return None
    before = query.question[: asked.start()]
    words = [term for term in query.terms if term.word in squeeze(before) and not term.place]

    def met(match: re.Match[str]) -> float:
        context = squeeze(statement.text[max(0, match.start() - 30) : match.start("name")])
        return sum(term.weight * term_in(term, context) for term in words)

    best = max(found, key=lambda m: (met(m), -m.start()))
    whole = sum(term.weight for term in words)
    share = met(best) / whole if whole else 1.0
    if share < 0.5:
        return None  # the same office elsewhere: 科技局局长 does not answer for 商务局局长
    return Cut(best["name"], best.start("name"), best.end("name"), 0.5 + 0.5 * share)


_NAMED = re.compile(
    r"(?:——|—|名为|叫做?|称为|命名为|取名|简称|品牌|产品)\s?[“「《]?(?P<name>[^，。；,;：:“”「」《》（）()——]{2,20}?)[”」》]?(?=[，。；,;（(]|$)"
)
_NAME_ASKED = re.compile(
    r"叫什么|什么名|名称|名字|称为什么|称作什么|简称|哪[一]?[个家款种项支](?:产品|品牌|企业|公司|平台|机构)"
)


def name(query: Query, statement: Statement) -> Cut | None:
    """Return the name given after `——`, `名为`, `叫` in the statement, where the question asks for one, or None."""
    if not _NAME_ASKED.search(query.question):
        return None
    asked = squeeze(query.question)
    for match in _NAMED.finditer(statement.text):
        found = match["name"].strip()
        if squeeze(found) in asked:
            continue
        before = squeeze(statement.text[max(0, match.start() - 40) : match.start()])
        met = sum(t.weight * term_in(t, before) for t in query.terms) / (sum(t.weight for t in query.terms) or 1.0)
        if met >= 0.5:
            return Cut(found, match.start("name"), match.end("name"), met)
    return None


_SHORTHAND = re.compile(r"[“「]((?:[一二两三四五六七八九十][\u4e00-\u9fff]){2,6})[”」]")


def members(query: Query, statement: Statement) -> list[Cut]:
    """Return what a shorthand stands for: `“一廊一园一港”——甲走廊…；乙科技园…；丙创新港…` gives the three names.

    Only where the question quotes the shorthand, and as many parts follow as it counts.
    """
    for quoted in query.quoted:
        match = _SHORTHAND.fullmatch(f"“{quoted}”")
        at = statement.text.find(quoted)
        if not match or at < 0:
            continue
        heads = quoted[1::2]
        start = at + len(quoted)
        parts = list(clauses(statement.text, start, len(statement.text), "；;。"))
        found: list[Cut] = []
        for head, (left, right) in zip(heads, parts, strict=False):
            inside = re.search(rf"[一-鿿A-Za-z0-9]{{1,14}}?{head}", statement.text[left:right])
            if inside:
                found.append(Cut(inside[0], left + inside.start(), left + inside.end(), 0.9))
        if len(found) == len(heads):
            return found
    return []


def window(
    query: Query, group: list[tuple[Statement, float]], chosen: int, limit: int, keep: float
) -> tuple[str, list[int]]:
    """Return the text to show, at most `limit` characters, and which statements of the group it is made of.

    Takes the chosen statement, and neighbours scoring at least `keep` of it while they fit; of a statement that
    is too long, the clauses that hold most of the query's terms.
    """
    text = group[chosen][0].text
    if len(text) > limit:
        return _best_clauses(query, text, limit), [chosen]
    low = high = chosen
    best = group[chosen][1]
    while True:
        options = []
        for index in (low - 1, high + 1):
            if 0 <= index < len(group) and not group[index][0].heading:
                size = sum(len(group[i][0].text) for i in range(min(low, index), max(high, index) + 1))
                if size <= limit and group[index][1] >= keep * best:
                    options.append((group[index][1], index))
        if not options:
            break
        _, index = max(options)
        low, high = min(low, index), max(high, index)
    return "".join(group[i][0].text for i in range(low, high + 1)), list(range(low, high + 1))


def shortened(text: str, limit: int) -> str:
    """Return the text, or as many of its first clauses as fit into `limit` characters, with `……` after them."""
    if len(text) <= limit:
        return text
    ends = [end for _, end in clauses(text, 0, len(text)) if end <= limit - 2]
    return (text[: ends[-1]] if ends else text[: limit - 2]) + "……"


def _best_clauses(query: Query, text: str, limit: int) -> str:
    spans = clauses(text, 0, len(text))
    spans = [s for span in spans for s in _cut_long(span, limit)]
    best, shown = -1.0, text[:limit]
    squeezed = [squeeze(text[a:b]) for a, b in spans]
    for first in range(len(spans)):
        for last in range(first, len(spans)):
            if spans[last][1] - spans[first][0] > limit:
                break
            inside = "".join(squeezed[first : last + 1])
            met = sum(term.weight * term_in(term, inside) for term in query.terms)
            if met > best + 1e-9 or (met > best - 1e-9 and spans[last][1] - spans[first][0] > len(shown)):
                best, shown = max(met, best), text[spans[first][0] : spans[last][1]]
    return shown


def _cut_long(span: tuple[int, int], limit: int) -> list[tuple[int, int]]:
    start, end = span
    return [(at, min(at + limit, end)) for at in range(start, end, limit)]
