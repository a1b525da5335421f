"""What a figure measures: an indicator of the vocabulary beside it, else the clause's own words, else what went before.

A figure stands after its name (`高新技术企业近2800家`), before it (`200多家高校院所`, `3%的工业增加值`), or takes the
name of the figure before it (`较上年增长37%`, `累计172人`, `占全市的64%`, `列全市第一`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ragpark.zh.numbers import Quantity

MAX_NAME_CHARS = 24
_MARKS = "，,、；;。：:！？…（）()《》\n"
_SPACE = re.compile(r"[\s\u3000]+")

# Words between a name and its figure that change nothing: `总数已达到`, `累计不少于`, `同比增长约`.
_JOINING = (
    "数量|总数|总量|总额|总值|总计|合计|规模|数|量|额|值|累计|分别|合共|共计|共有|共|已经|已|达到了|达到|达|为|是|有|约|近|超过|超|逾|突破|首次|"
    "增至|增长到|增加到|提高到|提升到|提升至|提高至|上升到|升至|升到|跃升至|跃上|缩小至|降至|降到|下降到|保持在|保持|稳定在|接近|将|可|也|又|还|再|均|都|仅|只|"
    "不少于|不低于|不超过|至少|实现|完成|同比|环比|较上年|比上年|较去年|比去年|上年|缩小到|扩大到|扩大至|跨过|迈过|迈上|站上|越过|拿到|新增|由|从|历年|年均|平均|增长|增加|增速|增幅|提高|提升|上升|下降|减少|降低|降幅|"
    "净增|的|了|得|到|至|在|于|一举|历史性|全年|全区|全市|全省|总|力争|预计|目标|末|底|：|:|比重|占比|比例"
)
_JOINED = re.compile(rf"(?:{_JOINING}|\s)*")
# Words in front of a name that are no part of it.
_LEADING = re.compile(
    r"^(?:其中|目前|截至目前|截至年底|截至|当前|如今|此外|同时|例如|比如|今年以来|全年|年内|全区|全市|全省|全国|区内|现有|现(?![代金货])|已经|已|共有|共(?![享建性同])|还|"
    r"累计|并(?!购)|和(?!谐)|及|与|等(?!级)|了|的|为|达到|达(?![产标成])|约(?!束)|近(?!海|零)|该[一-鿿]{0,3}?(?:院|校|中心|公司|企业|园|区|室|所|平台|项目)|年度|\d+年内|超过|超(?![级算市])|在(?![建谈孵研营区岗职校])|是|有(?![效机限轨色])|将|可(?!再生|支配)|使(?!用)|又|"
    r"也|到(?![位账岗])|至|从(?!业)|对(?![接外口])|把|由|另有|另外|包括|含|总的来说|一是|二是|三是|四是|先后|陆续|成功|首批|首笔|首次|不断|率先|均|都|仅|"
    r"中(?![心小外国介试医高科级央欧新标方])|以(?![上后])|力争|预计|每年|去年|今年|我们|要(?![素求])|要求|年底|到年底|上半年|下半年|前(?![沿十列瞻海三])|以后|每年|再|于|分(?![中公支行院校部])|面向|方面|上(?![市海线规交])|"
    r"(?:19|20)\d\d年(?:全年|同期|度|底|末|初)?|同期|上年|末(?!端)|底(?!层)|"
    r"[省市](?![场民政区级容直委域内外值会份])(?=[一-鿿]{4}))+"
)
# Verbs that only say there is such a thing; what follows is its name (`聚集高校31家` → 高校).
_HAVING = re.compile(
    r"^(?:拥有|聚集|集聚|汇聚|集聚了|形成|建成|建设|设立|成立|组建|实现|完成|达成|获得|获批|获评|荣获|获|取得|引进和形成|新引进|引进|引育|培育|新增入选|新增|净增|新认定|认定|"
    r"评选|入选|累计入选|共立项|立项|推荐|发布|遴选|促成|开展|举办|启动|推动|支持|服务|吸引|吸纳|创造|推出|制定|出台|提供|承担|实施|参与|导入|布局|运营|派出|招引|发放|投放|涉及|"
    r"上榜|输送|汇集|进入|成长为|成为|招|贡献|打造|瞄准|围绕|明确|明确了|研制|研发出|开发|"
    r"填补|促进|带动|覆盖|惠及|签署|签订|签约落地|帮助|进一步|建立|搭建|构建|启用|建设启用|开工建设|竣工投用|投入使用|规划)(?:了|出|过)?"
)
# A name of one of these words alone says too little; its verb stays (`对接项目`, `涉及产品`).
_GENERIC = re.compile(
    r"(?:项目|企业|人才|产品|资金|机构|团队|活动|任务|平台|公司|单位|人员|工作|服务|资源|内容|领域|岗位|规模)?数?量?"
)
_ENDING = re.compile(
    r"(?:\s|(?:19|20)\d\d年(?:全年|同期|度|底|末|初)?|全年|同期|达到|达|为|是|约|近|超过|超|逾|共有|共|有|增至|增长到?|增加到?|突破|首次|已经|已|了|累计|不少于|实现|完成|获|跃升至|跃上|提高到|提升至|缩小至|总计|合计|的|各|均|都|仅|"
    r"中|同比|环比|较上年|比上年|净|年均|分别|下降|减少|提高|提升|上升|降低|增速|增幅|降幅|占比|不低于|不超过|保持|全国|全省|全市|全区|及|和|与|或|以|在|从|由|给|对|于|涉及|分|占|新增|拿到|升至|升到|增到|降至|缩小到|扩大到|跨过|迈过|迈上|站上|越过|第一次|头一回|首次|当年|历年|相当于|金额|多出|都是|再|增|比上年多|比上年少|上年|同期|同口径|一年|每年|目标|都要|要|平均每天|则|还|也|又|将|力争|不足|不到|接近|只|里|可|年度|年度目标)+$"
)
# Where a thing counted ends and what it does begins: `企业|进入公示`, `科研平台|开展以需求…`.
_VERB = re.compile(
    r"进入|开展|投用|投入使用|启用|完工|交付|成立|设立|组建|参加|达成|带动|台阶|关口|大关|门槛|扩大|缩小|提高|上升|升至|瞄准|交付|登陆|获得|获评|获批|获|成长|入选|招引|实现|上榜|填补|已|在(?!建|谈|孵|研|营|区|岗|职)|将|成为|位居|位列|列(?!车)|居|落户|入驻|开工|竣工|签约(?!项目)|投产|用于|支持(?!资金)|推动|"
    r"帮助|打造|形成|组成|构成|达|为|是|占|均|都|中(?!心|小|外|国|介|试|医|高|科|级|央|欧|新)|正|与|和|及|以(?!上)|并|等|共计|共|可|建设(?!用地|项目|工程|资金)|建成|涉及|集聚|汇聚|引进|参与|参加|通过|提供|合作(?=，|。|$)|"
    r"启动|揭牌|发放|成功|发布|申请|增长|增加|下降|提高|覆盖|出席|来自|分布|位于|总投资|毕业|就业(?!岗位|人)|工作(?![岗人站])|做(?!强|大)"
)
_OF = re.compile(r"\s*的(?=[一-鿿A-Za-z])")
_RATES = ("%", "‰", "百分点", "倍", "位")
_SHARE_WORD = re.compile(r"占(?!地(?!区)|用|领|据|比(?!重))")
_WITHIN = re.compile(r"在[^，,。；;]{1,12}中\s*$")  # `在全社会中占77.7%`
_PLACED = re.compile(
    r"(?:均|都|继续|连续[^，]{0,4})?(?:位居|位列|名列|跃居|稳居|跻身|排名|排在|排行|保持|蝉联|列|居|排|在)(?:全[国省市区球]|世界|亚洲|[一-鿿]{2,8})?$"
)
_PART = re.compile(r"(?:其中|之中|[业司人构项目体中]中)(?:已?有|的)?\s*$")
_COUNTED = frozenset("家所个人名位座项件户条种次场部栋艘支张笔款类批套台辆枚篇本例起只组门届期轮首艘")
# `五个区`, `七省`: places counted are no figure anyone asks for
_TOO_SHORT = re.compile(r"[区县市省](?=[，,。；;、都均里有]|$)")
_HEADER = re.compile(r"(?P<name>[^；;。：:（()）]{1,30})[（(](?:单位\s?[:：]\s?)?[^（()）]{1,10}[）)]\s?[：:；;]")
_NO_NAMES = frozenset(
    ["数量", "金额", "规模", "总数", "数目", "比重", "占比", "企业中", "合计", "总计", "其中", "水平"]
)
_LEVEL_ONLY = re.compile(r"(?:国家|省|市|区|县|世界|国际)级(?:及?以上)?")
_SITE = re.compile(r"(?:[一二三四五六七八九十]+期)?[A-Za-zⅠ-Ⅻ0-9一二三四五六七八九十]*(?:区|地块|座|号楼|栋|期)")
_SUCH_AS = re.compile(r"^.{2,24}?等(?![级候额分次])(?=[一-鿿]{2})")  # `某某所等国家级研发机构`
_DOES = re.compile(r"成功|实现|获|进入|入选|登陆|上榜|通过|成长|晋级|中标|达到")
_NARROWING = re.compile(
    r"(?:(?:国家|省|市|区|县|世界|国际)级(?:及?以上)?|共建|合作|在建|外资|民营|国有|海外|境外|骨干|龙头|核心|传统)$"
)
_JOINT = re.compile(r"(?:和|及|与|或|暨)$")
_IN_ALL = re.compile(r"(?:共计|合计|总计|总额)$")
_EACH = re.compile(r"分别[^，,。；;]{0,8}$")
_AND = re.compile(r"\s*(?:和|及|与|、|以及)\s*")
_UNIT_NAMES = {
    "平方米": "面积",
    "亩": "面积",
    "公顷": "面积",
    "平方公里": "面积",
    "人": "人数",
    "名": "人数",
    "人次": "人次",
}


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator of the vocabulary met in the sentence at [start:end], with the units its values come in."""

    start: int
    end: int
    name: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with its kind, as `name_figures` takes them."""

    quantity: Quantity
    kind: str


def name_figures(
    text: str, figures: Sequence[Figure], named: Sequence[Named], blank: Sequence[tuple[int, int]]
) -> list[str]:
    """Return the name of what each figure of the sentence measures, in order; "" where nothing names it.

    `blank` are the spans of times and places, which are no part of a name.
    """
    names: list[str] = []
    for i, figure in enumerate(figures):
        earlier = [(figures[j].quantity.unit, names[j]) for j in range(i) if names[j]]
        low = figures[i - 1].quantity.end if i else 0
        high = figures[i + 1].quantity.start if i + 1 < len(figures) else len(text)
        name = _Clause(text, figure, low, high, named, blank).name(earlier)
        if earlier and _LEVEL_ONLY.fullmatch(name):  # `孵化载体38个，其中国家级6个`
            name += earlier[0][1]
        names.append(name)
    return _shared_out(text, figures, names)


def _shared_out(text: str, figures: Sequence[Figure], names: list[str]) -> list[str]:
    """Give figures after `分别` the names of the same number of figures before: `A 320个，B 1500亿元，分别增长18%和25%`."""
    for i, figure in enumerate(figures):
        if not i or not _EACH.search(text, figures[i - 1].quantity.end, figure.quantity.start):
            continue
        last = i + 1
        while last < len(figures) and _AND.fullmatch(
            text, figures[last - 1].quantity.end, figures[last].quantity.start
        ):
            last += 1
        if 1 < last - i <= i:
            names[i:last] = names[2 * i - last : i]
    return names


class _Clause:
    """The words around one figure: `left` begins after a mark or the figure before, `right` ends before the next."""

    def __init__(
        self,
        text: str,
        figure: Figure,
        low: int,
        high: int,
        named: Sequence[Named],
        blank: Sequence[tuple[int, int]],
    ) -> None:
        self.text, self.figure, self.named, self.blank = text, figure, named, blank
        self.quantity = figure.quantity
        self.rate = self.quantity.unit in _RATES
        self.start, self.end = self.quantity.start, self.quantity.end
        self.left = self.start
        while self.left > low and text[self.left - 1] not in _MARKS:
            self.left -= 1
        self.right = self.end
        while self.right < high and text[self.right] not in _MARKS:
            self.right += 1

    def name(self, earlier: Sequence[tuple[str, str]]) -> str:
        if self.quantity.shown_unit:
            return self._header()
        if _TOO_SHORT.match(self.text, self.end):
            return ""
        for find in (self._counted_indicator, self._indicator_before, self._counted, self._own_before):
            if name := find():
                return name
        if self.rate or not (name := self._after()):
            return self._inherited(earlier)
        return name

    def _header(self) -> str:
        """Return the name over a table cell: `地区生产总值（亿元）；2021年：2800.6` → 地区生产总值."""
        headers = list(_HEADER.finditer(self.text, 0, self.start))
        if not headers:
            return ""
        start, end = headers[-1].span("name")
        inside = [n for n in self.named if start <= n.start and n.end <= end]
        return inside[-1].name if inside else self._words(start, end)

    def _counted_indicator(self) -> str:
        """Return the indicator that stands right after the figure: `1.8万家外资企业`, `3%的工业增加值`."""
        span = self._noun_after()
        if span is None:
            return ""
        inside = [n for n in self.named if span[0] <= n.start and n.end <= span[1] and self._fits(n)]
        last = inside[-1] if inside else None
        if self.rate and inside and inside[0].start - span[0] <= 1:
            return inside[0].name
        if not last or span[1] - last.end > 2 or last.start - span[0] > 4 or self._narrowed(last):
            return ""
        return "" if _DOES.match(self.text, span[1]) else last.name

    def _indicator_before(self) -> str:
        """Return the indicator before the figure with nothing but joining words between: `高新技术企业总数达3500家`."""
        limit = self.left
        while limit > 0 and (self.text[limit - 1] in "（）()" or self.text[limit - 1] not in _MARKS):
            limit -= 1  # brackets are part of some names: 科学研究与试验发展（R&D）投入
        end = self._subject_end()
        best = None
        for n in self.named:
            if limit <= n.start and n.end <= end and n.end > self.left and self._fits(n):
                best = n
        if best is None or self._narrowed(best):
            return ""
        between = self.text[best.end : end]
        for start, stop in self.blank:
            if best.end <= start and stop <= end:
                between = between.replace(self.text[start:stop], "")
        return best.name if _JOINED.fullmatch(between) else ""

    def _counted(self) -> str:
        """Return the words right after the figure, where it counts them: `400多家科研平台|开展…` → 科研平台."""
        span = self._noun_after()
        if not span:
            return ""
        words = self._words(*span)
        if span[1] < self.right and (_GENERIC.fullmatch(words) or _DOES.match(self.text, span[1])):
            # `744家企业进入公示`, `12家企业登陆科创板`: not all of them are counted
            return self._words(span[0], min(self.right, span[0] + MAX_NAME_CHARS))
        return words

    def _own_before(self) -> str:
        if _PART.search(self.text, self.left, self.start):
            return ""
        if (
            self.left > 0
            and self.text[self.left - 1] not in _MARKS
            and _IN_ALL.search(self.text, self.left, self.start)
        ):
            begin = self.left  # `投资11个人才项目共计5500万元`: what was done, not to how many
            while begin > 0 and self.text[begin - 1] not in _MARKS:
                begin -= 1
            if name := self._words(begin, self.left).rstrip("0123456789"):
                return re.sub(r"\d.*$", "", name)
        return self._words(self.left, self._subject_end())

    def _after(self) -> str:
        """Return what the things counted do or become: `40家实现境内外上市` → 境内外上市."""
        inside = [n for n in self.named if self.end <= n.start and n.end <= self.right and self._fits(n)]
        if inside and inside[0].start - self.end <= 6:
            return inside[0].name
        return self._words(self.end, self.right)[:MAX_NAME_CHARS]

    def _inherited(self, earlier: Sequence[tuple[str, str]]) -> str:
        """Return the name of the figure before, one of the same unit first; else of the indicator named last."""
        if earlier:
            same = [name for unit, name in earlier if unit == self.quantity.unit]
            return same[-1] if same and not self.rate else earlier[-1][1]
        before = [n for n in self.named if n.end <= self.start]
        if before:
            return before[-1].name
        left = self.left
        while left > 0 and self.text[left - 1] in _MARKS:
            left -= 1
        begin = left
        while begin > 0 and self.text[begin - 1] not in _MARKS:
            begin -= 1
        return self._words(begin, left)

    def _fits(self, named: Named) -> bool:
        if self.figure.kind in ("growth", "share", "rank") or self.rate:
            return True
        return not named.units or self.quantity.unit in named.units or not self.quantity.unit

    def _subject_end(self) -> int:
        """Return where the name before the figure ends: before `占全国的`, `位居`, else at the figure."""
        before = self.text[self.left : self.start]
        if self.quantity.unit in ("%", "‰"):
            shares = list(_SHARE_WORD.finditer(before))
            covered = [n for n in self.named if n.start < self.left + (shares[0].start() if shares else 0) < n.end]
            if shares and not covered:
                end = self.left + shares[0].start()
                within = _WITHIN.search(self.text, self.left, end)
                return within.start() if within else end
        if self.quantity.unit == "位" and (match := _PLACED.search(before)):
            return self.left + match.start()
        return self.start

    def _noun_after(self) -> tuple[int, int] | None:
        """Return the span of the noun right after a figure that counts it, or None."""
        start = self.end
        if self.rate:
            of = _OF.match(self.text, start)
            if self.quantity.unit == "位" or not of or self.figure.kind == "growth":
                return None
            share = _SHARE_WORD.search(self.text, self.left, self.start)
            if share and self._bare(share.end(), self.start):
                return None  # `占高新技术企业的5%的…`; `占全国0.09%的土地` names the land
            start = of.end()
        elif of := _OF.match(self.text, start):
            words = self._words(self.left, self.start)
            if words and not _GENERIC.fullmatch(_HAVING.sub("", words)):
                return None  # `投资20亿元的二期工程` is about the money
            start = of.end()
        while start < self.right and self.text[start].isspace():
            start += 1
        end = next(
            (m.start() for m in _VERB.finditer(self.text, start, self.right) if not self._in_name(m)), self.right
        )
        words = self.text[start:end].strip()
        if len(words) < 2 or not re.match(r"[一-鿿A-Za-z“\"]", words) or _HAVING.match(words):
            return None
        return start, end

    def _narrowed(self, named: Named) -> bool:
        """Tell whether words before the name make it something else: `合作共建|研发机构`, `独角兽及|潜在独角兽企业`."""
        if _NARROWING.search(self.text, self.left, named.start):
            return True
        joint = _JOINT.search(self.text, self.left, named.start)
        return bool(joint and any(n.end == joint.start() for n in self.named))

    def _in_name(self, match: re.Match[str]) -> bool:
        return any(n.start <= match.start() and match.end() <= n.end for n in self.named)  # `工业|增加|值`

    def _bare(self, start: int, end: int) -> str:
        """Return text[start:end] without times, places and `全国`, `全市`."""
        words = self.text[start:end]
        for low, high in self.blank:
            if start <= low and high <= end:
                words = words.replace(self.text[low:high], "")
        return re.sub(r"全[国省市区球]|世界|的|\s|近|约|超过?|逾", "", words)

    def _words(self, start: int, end: int) -> str:
        """Return text[start:end] as a name: without times, places, joining words and verbs of having; "" if none."""
        pieces, at = [], start
        for low, high in sorted(self.blank):
            if at <= low and high <= end:
                pieces.append(self.text[at:low])
                at = high
        pieces.append(self.text[at:end])
        words = _SPACE.sub("", "".join(pieces)).strip("“”\"'‘’·-—")
        words = _SUCH_AS.sub("", _ENDING.sub("", words))
        previous = None
        while previous != words:
            previous = words
            words = _LEADING.sub("", words)
            shorter = _HAVING.sub("", words)
            if not _GENERIC.fullmatch(shorter):
                words = shorter
        words = words.rsplit("的", 1)[-1] if len(words) > MAX_NAME_CHARS else words
        words = words[-MAX_NAME_CHARS:]
        if words.count("“") != words.count("”"):
            words = words.strip("“”")
        if _GENERIC.fullmatch(_HAVING.sub("", words)) and _HAVING.match(words) and self.quantity.unit in _UNIT_NAMES:
            words += "" if words.endswith(_UNIT_NAMES[self.quantity.unit]) else _UNIT_NAMES[self.quantity.unit]
        if words in _NO_NAMES or _SITE.fullmatch(words):
            return ""
        return words if re.search(r"[一-鿿A-Za-z]{2}", words) else ""
