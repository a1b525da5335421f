"""Which lines of a page are furniture: navigation, footers, links to other pages. Decides only; removes nothing.

Every rule looks at a whole line, so that the same words inside a sentence stay; traditional characters are read as
simplified ones. Labels with values are read in `fields`, who wrote or photographed is judged in `credits`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ragpark.repair.fields import is_imprint, plain
from ragpark.zh.wording import rx

_SIGNS = r"\s>»›|｜/·:：、,，\-—\[\]【】（）()\d▲↑"
_NAVIGATION = (
    rf"^[{_SIGNS}]*(?:{{web_control}}[{_SIGNS}]*)+$",  # `加入收藏 取消收藏 打印 关闭`
    r"^您(?:现在|目前|当前)?(?:所在|所处)?(?:的)?位置\s*(?:[是为:：>»]|$).*$",
    r"^(?:当前|现在|所在|目前)(?:所在)?(?:的)?位置\s*[是为]?\s*[:：].*(?:[>»›→]|首页).*$",
    r"^(?:网站)?首页\s*[>»›/|→-].*$",
    r"^\s*[>»›]\s*\S{1,12}(?:\s*[>»›]\s*\S{1,20})+$",
    r"^(?:上|下)一(?:篇|页|条)\s*(?:[:：]|\s)\s*\S.{0,60}$",
    r"^(?:选择|切换)\S{1,4}\s*[:：]?\s*[>»›]*$",  # `选择区域:>>`
    r"^[【\[(（]?\s*字[体号](?:大小)?\s*[:：]?[\s大中小超特标准默认+\-AaT\[\]【】|/]*[】\])）]?$",
    r"^(?:阅读|浏览|点击|访问)(?:次数|量|数)?\s*[:：]?\s*\d*\s*次?$",
    r"^共\s*\d+\s*字\s*[,，]?\s*(?:需|预计)\S{0,4}\s*\d+\s*分钟$",
    r"^<?https?://\S+>?$",
    r"^\[[^\]]*{web_control}[^\]]*\]\([^)]*\)(?:\s*[|｜]?\s*\[[^\]]{1,30}\]\([^)]*\))*$",
    r"^(?:\[[^\]]{1,30}\]\([^)]*\)\s*[|｜·]?\s*){3,}$",
    r"^\s*内芯\S*$|^\t\S{1,12}_\S{1,20}$",  # bookmarks that a PDF tool appended to its text
    r"^[0-9a-f]{24,}\s*[:：]?$",  # the number of a link
)
# `扫一扫在手机打开当前页`; not a sentence: `市民扫码即可下载电子证照。`
_SCAN = r"^.{0,20}(?:扫一扫|扫描二维码|扫码|长按识别).{0,12}{scan_purpose}.{0,12}$"
_BROWSER = re.compile(r"^.{0,30}(?:浏览器|分辨率).{0,30}$")


def is_navigation(line: str) -> bool:
    """Tell whether the whole line is web page furniture (`首页 > 政务公开`, `扫一扫在手机打开当前页`, `上一篇：…`)."""
    line = plain(line.strip("\n"))
    bare = line if line.startswith("\t") else line.strip()
    if not 2 <= len(bare) <= 120 or "。" in bare:
        return False
    return any(rx(rule, re.I).match(bare) for rule in _NAVIGATION) or bool(rx(_SCAN).match(bare) and "，" not in bare)


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


def is_near_footer(line: str) -> bool:
    """Tell whether the line is a footer's if it stands beside one: `主办单位：某局`, `联系电话：0512-…`."""
    return len(line) <= 120 and (is_imprint(line) or bool(_BROWSER.match(plain(line.strip())) and "。" not in line))


def is_related(line: str) -> bool:
    """Tell whether the line announces links to other pages: `相关阅读：`, `【延伸阅读】`, `相关链接>>`."""
    return len(line) <= 16 and bool(
        rx(r"^[【\[■●▲◆]?\s*{related_heading}\s*[】\]]?\s*[:：>»]*$").match(plain(line.strip()))
    )


def are_links(lines: Sequence[str]) -> bool:
    """Tell whether the lines after `相关阅读` are titles of other pages; a sentence among them means they are text."""
    return bool(lines) and all(len(line) <= 60 and not re.search(r"[。；！]\s*$|。", line) for line in lines)
