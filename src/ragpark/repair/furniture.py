"""Which lines of a page are furniture: navigation, footers, links to other pages. Decides only; removes nothing.

Every rule looks at a whole line, so that the same words inside a sentence stay; traditional characters are read as
simplified ones. Labels with values are read in `fields`, who wrote or photographed is judged in `credits`.
"""

from __future__ import annotations

import re

from ragpark.repair.fields import plain
from ragpark.zh.fold import squeeze
from ragpark.zh.wording import rx

_SIGNS = r"\s>»›|｜/·:：、,，\-—\[\]【】（）()\d▲↑"
_CHOICE = r"选择\S{1,4}\s*[:：]?\s*[>»›]*"  # `选择区域:>>`
_NAVIGATION = (
    rf"^[{_SIGNS}]*(?:[一-鿿]{{2,8}}网[{_SIGNS}]+)?(?:{{web_control}}[{_SIGNS}]*)+$",  # `青禾政府网 收藏 打印 关闭`
    # `您的位置：首页 > …`, `当前位置：正文`, `选择区域:>>  所在位置：首页 > …`
    rf"^(?:{_CHOICE}\s*)?(?:{{place_on_site}}\s*(?:[是为:：>»]|$)|\S{{2,5}}位置\s*[是为]?\s*[:：].*首页|(?:网站)?首页\s*[>»›/|→-]).*$",
    r"^\s*[>»›]\s*\S{1,12}(?:\s*[>»›]\s*\S{1,20})+$",
    r"^(?:上|下)一(?:篇|页|条)\s*(?:[:：]|\s)\s*\S.{0,60}$",
    rf"^{_CHOICE}$",
    r"^共\s*\d+\s*字\s*[,，]?\s*需\S{0,4}\s*\d+\s*分钟$",
    r"^[【\[(（]?\s*字[体号](?:大小)?\s*[:：]?[\s大中小超特标准默认+\-AaT\[\]【】|/]*[】\])）]?$",
    r"^\[[^\]]*{web_control}[^\]]*\]\([^)]*\)(?:\s*[|｜]?\s*\[[^\]]{1,30}\]\([^)]*\))*$",
    r"^.{0,20}(?:扫一扫|扫描二维码|扫码|长按识别)[^，]{0,12}{scan_purpose}[^，]{0,12}$",  # `扫一扫在手机打开当前页`
)


def is_navigation(line: str) -> bool:
    """Tell whether the whole line is web page furniture (`首页 > 政务公开`, `扫一扫在手机打开当前页`, `上一篇：…`)."""
    line = plain(line.strip())
    return 2 <= len(line) <= 120 and "。" not in line and any(rx(rule, re.I).match(line) for rule in _NAVIGATION)


def is_trail(line: str, after: str) -> bool:
    """Tell whether the line leads from a site's front page to the title that stands under it: `首页 动态 <title>`."""
    words = plain(line.strip()).split()
    led = len(words) > 1 and bool(rx("{web_control}", re.I).fullmatch(words[0]))
    return (
        led and len(squeeze(after)) > 3 and squeeze(line).endswith(squeeze(after)) and squeeze(line) != squeeze(after)
    )


def is_control(line: str) -> bool:
    """Tell whether the line is one button of a page (`全屏`, `大`), which alone may be a word of the text."""
    return bool(rx(r"^[【\[]?\s*{web_control}\s*[】\]:：]*$", re.I).match(plain(line.strip())))


def is_footer(line: str) -> bool:
    """Tell whether the line is the foot of a site: `主办：… 京ICP备12345678号`, `政府网站标识码3205000001`."""
    return (
        len(line) <= 200
        and "。" not in line.rstrip("。")
        and bool(rx("{page_footer}", re.I).search(plain(line.strip())))
    )


def is_related(line: str) -> bool:
    """Tell whether the line announces links to other pages: `相关阅读：`, `【延伸阅读】`, `相关链接>>`."""
    return len(line) <= 16 and bool(
        rx(r"^[【\[■●▲◆]?\s*{related_heading}\s*[】\]]?\s*[:：>»]*$").match(plain(line.strip()))
    )


def is_link(line: str) -> bool:
    """Tell whether a line after `相关阅读` is the title of another page; a sentence is text."""
    return len(line) <= 60 and not re.search(r"。|[；！]\s*$", line)
