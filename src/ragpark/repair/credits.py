"""Who wrote, edited or photographed: credit lines, by-lines behind a paragraph, photo captions. Decides only."""

from __future__ import annotations

import re

from ragpark.repair.boilerplate import plain
from ragpark.repair.lines import terminated
from ragpark.zh.surnames import SURNAMES

_COMPOUND = "欧阳|司马|诸葛|上官|夏侯|慕容|尉迟|皇甫|端木|令狐|公孙|东方|司徒"
_NAME = rf"(?:(?:{_COMPOUND})\s*[一-鿿]{{1,2}}|[{SURNAMES}]\s*[一-鿿](?:\s*[一-鿿])?)"
_NAMES = rf"{_NAME}(?:[\s、，·]+{_NAME})*"

_ROLE = (
    "(?:本版|本报|本刊|本网|特约|见习|实习|首席|驻地)*(?:撰稿|撰文|采写|文字|文/图|图/文|图文|摄影|摄|图片|供图|制图|绘图|责任编辑|责编|编辑|美编|校对|审核|"
    "初审|复审|终审|一审|二审|三审|审校|版式|视觉|通讯员|记者|作者|供稿)"
)
# With a colon anything short may follow: `责任编辑：张三  校对：李四`, `（撰稿：甲编辑：乙）`.
_FIELD = rf"{_ROLE}\s*[:：/／]\s*[一-鿿·]{{2,4}}(?:[、\s]+[一-鿿·]{{2,4}}(?!\s*[:：]))*"
_CREDIT = re.compile(rf"^[■●▲◆□◎]?\s*{_FIELD}(?:[\s、，；;|｜]*{_FIELD})*\s*$")
# Without one a name must: `■ 本版撰稿徐某某`, `本报记者 张三 通讯员 李四`; `文字工作要求`, `摄影大赛获奖名单` stay.
_NAMED = re.compile(rf"^[■●▲◆□◎]?\s*{_ROLE}\s*{_NAMES}(?:[\s、，]+{_ROLE}\s*{_NAMES})*(?:\s*(?:摄|文|报道|整理))?$")
# `图片提供苏州市科技局`, `供图：园区融媒体中心`; `图片提供了证据` stays.
_SUPPLIED = re.compile(
    r"^[■●▲◆□◎]?\s*(?:图片(?:提供|来源)|本版图片|供图|数据来源|资料来源)\s*(?:单位)?\s*[:：]?\s*(?![了的着过])[一-鿿·、\s]{2,20}$"
)
_PHOTO = re.compile(rf"^(?:本报|新华社)?(?:记者|通讯员)?\s*{_NAMES}\s*[/／]?\s*(?:摄|摄影|供图|文|图)$")
_CLOSING = re.compile(
    rf"^[（(]\s*(?:完|(?:编辑|责任编辑|责编|记者|作者|通讯员|来源|文章来源|本文来源|信息来源|图|文|供稿|撰稿|整理|原标题)\s*[:：/]?[^（）()。]{{0,40}}|{_FIELD}(?:\s*{_FIELD})*)[）)]$"
)

# A caption ends with who supplied the picture: `某公司挂牌上市（科教创新区  供稿）`; not `（供稿截止5月）`.
_CAPTION = re.compile(r"[（(][^（）()。]{1,30}\s*(?:供稿|供图|摄|摄影|图)\s*[）)]$")
_PICTURED = re.compile(r"^[▲△↑←→◀▶▼]?\s*(?:上图|下图|左图|右图|图)为[^。]{2,60}。?\s*(?:[^。，]{0,16}(?:摄|供图))?$")

_BYLINE = re.compile(
    rf"[（(]\s*(?:本报|本网|本刊|特约|见习|实习)*(?:记者|通讯员|作者|文|撰稿|供稿)?\s*[:：/]?\s*{_NAME}(?:[\s、，]+(?:(?:本报)?(?:通讯员|记者)\s*)?{_NAME})*\s*(?:报道|供稿|整理)?[）)]$"
)
# A by-line that was cut at the end of a line has lost its spaces: `（李梅张建国）`, `（本报记者陈晓实习生王婷婷）`.
_CUT_BYLINE = re.compile(
    rf"[（(]\s*(?:(?:本报|本网|本刊|特约|见习|首席)*(?:记者|通讯员|作者|实习生)[^（）()，。；]{{2,30}}"
    rf"|{_NAME}(?:[\s、，]*{_NAME}){{0,3}})[）)]$"
)
_PLACES = re.compile(
    r"[（(]\s*(?:苏州|江苏|安徽|常州|常熟|温州|成都|武汉|石家庄|海南|江西|江阴|宁波|宁夏|金华|万州|江宁|龙岗|高新|高新区|白云|宁德|温岭|华东|华北|华南|华中)\s*[）)]$"
)


def is_credit(line: str) -> bool:
    """Tell whether the whole line names who wrote or photographed: `■ 本版撰稿徐某某`, `（文章来源：某报）`."""
    line = plain(line.strip())
    if not 2 <= len(line) <= 60 or "。" in line:
        return False
    return any(rule.match(line) for rule in (_CREDIT, _NAMED, _SUPPLIED, _PHOTO, _CLOSING))


def is_caption(line: str) -> bool:
    """Tell whether the line ends like a photo caption: `某公司挂牌上市（科教创新区  供稿）`."""
    return "。" not in line and bool(_CAPTION.search(plain(_clean_end(line))))


def is_pictured(line: str) -> bool:
    """Tell whether the line says what a picture shows: `图为发布会现场。  张三  摄`; `图为媒，……` is a sentence."""
    return len(line) <= 80 and "，" not in line and bool(_PICTURED.match(plain(line.strip())))


def byline_start(line: str) -> int | None:
    """Return where a by-line begins at the end of the line, or None.

    Catches `……1840家。（林某某  潘  某）` and a line that is nothing but `（叶    某）`; leaves
    `再鼎医药（苏州）` and `操作方案（试行）` alone: no sentence ends before, or no surname begins the name.
    """
    tail = plain(_clean_end(line)[-60:])
    found = _BYLINE.search(tail)
    if not found or _PLACES.search(tail):
        return None
    before = _clean_end(_clean_end(line)[: len(_clean_end(line)) - len(tail) + found.start()])
    return len(before) if not before or terminated(before) else None


def cut_byline_start(paragraph: str) -> int | None:
    """Return where a by-line begins that stands on two lines at the end of a joined paragraph, or None.

    The caller knows that it stands on two lines: otherwise `（高新区高企）` would be two names.
    """
    text = plain(_clean_end(paragraph)[-60:])
    found = _CUT_BYLINE.search(text)
    if not found or _PLACES.search(text):
        return None
    before = _clean_end(paragraph[: len(_clean_end(paragraph)) - len(text) + found.start()])
    return len(before) if not before or terminated(before) else None


def _clean_end(line: str) -> str:
    return line.rstrip(" \u3000\ufffd\t")
