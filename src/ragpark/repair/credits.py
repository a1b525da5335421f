"""Who wrote, edited or photographed: credit lines, by-lines behind a paragraph, photo captions. Decides only."""

from __future__ import annotations

import re

from ragpark.repair.fields import plain
from ragpark.repair.lines import terminated
from ragpark.zh.surnames import SURNAMES
from ragpark.zh.wording import rx

NAME = rf"(?:{{compound_surname}}\s*[一-鿿]{{1,2}}|[{SURNAMES}]\s*[一-鿿](?:\s*[一-鿿])?)"
_NAMES = rf"{NAME}(?:[\s、，·]+{NAME})*"
_ROLE = "{credit_lead}*{credit_role}"
# With a colon anything short may follow: `责任编辑：张三  校对：李四`, `（撰稿：甲编辑：乙）`.
_FIELD = rf"{_ROLE}\s*[:：/／]\s*[一-鿿·]{{2,4}}(?:[、\s]+[一-鿿·]{{2,4}}(?!\s*[:：]))*"
_OF = r"[一-鿿]{2,6}\s+|《?[一-鿿]{1,8}{periodical_end}》?\s*"  # `青禾　记者张三`, `《青禾日报》记者张三`
_CREDITS = (
    rf"^[■●▲◆□◎]?\s*{_FIELD}(?:[\s、，；;|｜]*{_FIELD})*\s*$",
    # Without one a name must: `■ 本版撰稿徐某某`, `青禾　记者张三　通讯员李四`; `文字工作要求`, `摄影大赛获奖名单` stay.
    rf"^[■●▲◆□◎]?\s*(?:{_OF})?{_ROLE}\s*{_NAMES}(?:[\s、，]+{_ROLE}\s*{_NAMES})*(?:\s*(?:摄|文|报道|整理))?$",
    # `图片提供苏州市科技局`, `供图：园区融媒体中心`; `图片提供了证据` stays.
    r"^[■●▲◆□◎]?\s*(?:图片(?:提供|来源)|本版图片|供图|(?:数据|资料)来源)\s*(?:单位)?\s*[:：]?\s*(?![了的着过])[一-鿿·、\s]{2,20}$",
    rf"^[（(]\s*(?:完|{{closing_label}}\s*[:：/]?[^（）()。]{{0,40}}|{_FIELD}(?:\s*{_FIELD})*)[）)]$",
)
# Under a title also a body and a name without a role: `某区融媒体中心　李某某`; elsewhere these may be a table's row.
_UNDER_TITLE = rf"^[一-鿿（）()]{{2,30}}(?:{{issuer_end}}|{{periodical_end}})\s+{_NAMES}$"
# A caption ends with who supplied the picture: `某公司挂牌上市（科教创新区  供稿）`; not `（供稿截止5月）`.
_CAPTION = r"[（(](?:[^（）()。]{1,30}\s*{picture_credit}|{picture_source}(?:照片?)?\S{0,12})\s*[）)]$"
_PICTURED = rf"^(?:.{{6,70}}[。\s])?\s*(?:本报|新华社|特约|见习)*(?:记者|通讯员)?\s*{NAME}\s*(?:摄|摄影|供图)$"
_BYLINE = (
    rf"[（(]\s*{{credit_lead}}*{{byline_role}}?\s*[:：/]?\s*{NAME}(?:[\s、，]+{{credit_lead}}*(?:{{byline_role}}\s*)?{NAME})*"
    r"\s*(?:报道|供稿|整理)?[）)]$"
)
_TWO_SIGNS = re.compile(r"[（(][一-鿿]{2}[）)]$")  # `（江苏）`: a name of two is set wider, `（叶  某）`


def is_credit(line: str, *, under_title: bool = False) -> bool:
    """Tell whether the whole line names who wrote or photographed: `■ 本版撰稿徐某某`, `（文章来源：某报）`."""
    line = plain(line.strip())
    rules = (*_CREDITS, _UNDER_TITLE) if under_title else _CREDITS
    return 2 <= len(line) <= 60 and "。" not in line and any(rx(rule).match(line) for rule in rules)


def is_caption(line: str) -> bool:
    """Tell whether the line ends like a photo caption: `某公司挂牌上市（科教创新区  供稿）`."""
    line = plain(_clean_end(line))
    return "。" not in line.replace("。（", "（") and bool(rx(_CAPTION).search(line))


def is_pictured(line: str) -> bool:
    """Tell whether the line ends with who took a picture: `图为发布会现场。  张三  摄`; not `图为媒，……`."""
    line = line.strip()
    return len(line) <= 80 and bool(rx(_PICTURED).match(plain(line)))


def byline_start(line: str) -> int | None:
    """Return where a by-line begins at the end of the line, or None.

    Catches `……1840家。（林某某  潘  某）` and a line that is nothing but `（叶    某）`; leaves
    `再鼎医药（苏州）` and `操作方案（试行）` alone: no sentence ends before, or no surname begins the name.
    """
    whole = _clean_end(line)
    tail = plain(whole[-60:])
    found = rx(_BYLINE).search(tail)
    if not found or _TWO_SIGNS.search(tail):
        return None
    before = _clean_end(whole[: len(whole) - len(tail) + found.start()])
    return len(before) if not before or terminated(before) else None


def _clean_end(line: str) -> str:
    return line.rstrip(" \u3000\ufffd\t")
