"""Which lines of a page are furniture: navigation, footers, `发布日期：…  来源：…`. Decides only; removes nothing.

Every rule looks at a whole line, so that the same words inside a sentence stay; traditional characters are read as
simplified ones. Who wrote or photographed is judged in `credits`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ragpark.zh.fold import fold, is_cjk

# Catches `加入收藏 取消收藏 打印 关闭`; leaves `企业可加入收藏夹的政策` alone (not the whole line).
_WORDS = (
    "首页|网站首页|返回(?:首页|顶部|列表|上页|上一页|上一级|目录|[一-鿿]{2,4}(?:首页|频道|目录|新闻|列表))?|加入收藏|取消收藏|收藏|"
    "打印(?:本页|此页|本文|文章)?|关闭(?:窗口|本页|页面)?|分享|分享到|微信|微博|新浪微博|腾讯微博|QQ|QQ空间|朋友圈|上一篇|下一篇|上一页|下一页|"
    "尾页|末页|扫一扫|网站地图|站点地图|联系我们|关于我们|无障碍|无障碍浏览|长者模式|登录|注册|搜索|繁体|简体|繁體|English|手机版|"
    "移动版|电脑版|大|中|小|设为首页|阅读量|点击数|浏览次数|字号|字体|更多|适老化|智能问答|网站声明|使用帮助|隐私政策|版权声明|复制链接|"
    "保存|纠错|我要纠错|网站纠错|导出|下载|转发|点赞|评论|举报|RSS|TOP|A\\+|A-"
)
_SIGNS = r"\s>»›|｜/·:：、,，\-—\[\]【】（）()\d▲↑"
_NAVIGATION = (
    re.compile(rf"^[{_SIGNS}]*(?:(?:{_WORDS})[{_SIGNS}]*)+$", re.I),
    re.compile(r"^您(?:现在|目前|当前)?(?:所在|所处)?(?:的)?位置\s*(?:[是为:：>»]|$).*$"),
    re.compile(r"^(?:当前|现在|所在|目前)(?:所在)?(?:的)?位置\s*[是为]?\s*[:：].*(?:[>»›→]|首页).*$"),
    re.compile(r"^(?:网站)?首页\s*[>»›/|→-].*$"),
    re.compile(r"^\s*[>»›]\s*\S{1,12}(?:\s*[>»›]\s*\S{1,20})+$"),
    re.compile(r"^(?:上|下)一(?:篇|页|条)\s*(?:[:：]|\s)\s*\S.{0,60}$"),
    re.compile(
        r"^(?:分享到|分享至|分享)\s*[:：](?:\s|微信|新浪|腾讯|微博|QQ|空间|朋友圈|人人网|豆瓣|更多|打印|收藏|\d)*$",
        re.I,
    ),
    re.compile(r"^[【\[(（]?\s*字[体号](?:大小)?\s*[:：]?[\s大中小超特标准默认+\-AaT\[\]【】|/]*[】\])）]?$"),
    re.compile(r"^(?:阅读|浏览|点击|访问)(?:次数|量|数)?\s*[:：]?\s*\d*\s*次?$"),
    re.compile(r"^<?https?://\S+>?$"),
    re.compile(
        r"^\[[^\]]*(?:返回|首页|上一|下一|更多|打印|关闭|分享|收藏|登录|注册|网站)[^\]]*\]\([^)]*\)(?:\s*[|｜]?\s*\[[^\]]{1,30}\]\([^)]*\))*$"
    ),
    re.compile(r"^(?:\[[^\]]{1,30}\]\([^)]*\)\s*[|｜·]?\s*){3,}$"),
    re.compile(r"^\s*内芯\S*$|^\t\S{1,12}_\S{1,20}$"),  # bookmarks that a PDF tool appended to its text
)
# `扫一扫在手机打开当前页`; not a sentence: `市民扫码即可下载电子证照。`
_SCAN = re.compile(r"^.{0,20}(?:扫一扫|扫描二维码|扫码|长按识别).{0,12}(?:打开|关注|分享|查看|阅读|下载).{0,12}$")
# A footer for certain: a licence number, a site code. `企业应当办理ICP备案手续。` is none.
_FOOTER = re.compile(
    r"ICP[备证]\s*\d{5,}|公网安备\s*\d{8,}|网站标识码\s*[:：]?\s*[a-z]{0,4}\d{6,}"
    r"|^(?:版权所有|Copyright|©|All rights reserved)(?!.*。)",
    re.I,
)
# A footer only beside one that is certain; `主办单位：市科技局` in the notice of an event stays.
_NEAR_FOOTER = re.compile(
    r"^(?:主办|承办|主管|协办|运维|维护|技术支持|版权所有|联系(?:电话|我们)|联系方式|服务热线|咨询电话|电话|传真|邮编|邮政编码|地址|邮箱|网站管理|建议使用)"
    r"(?:单位|机构)?\s*[:：].{1,80}$|^.{0,30}(?:浏览器|分辨率).{0,30}$"
)
_RELATED = re.compile(
    r"^[【\[■●▲◆]?\s*(?:友情链接|相关(?:链接|文章|阅读|新闻|推荐|稿件)|推荐阅读|热点推荐|热门(?:文章|推荐|新闻)|延伸阅读|猜你喜欢)\s*[】\]]?\s*[:：]?$"
)

_DATE_KEYS = (
    "发布日期|发布时间|发布于|发文日期|发文时间|成文日期|印发日期|公开日期|公布日期|公布时间|生成日期|更新日期|更新时间|录入时间|"
    "时间|日期"
)
_SOURCE_KEYS = (
    "来源|信息来源|文章来源|稿件来源|新闻来源|内容来源|本文来源|发布机构|发布单位|发布者|发布人|作者|记者|撰稿|编辑|责任编辑|"
    "责编|审核|审核人|录入"
)
_COUNT_KEYS = (
    "浏览次数|浏览量|浏览|阅读次数|阅读量|阅读数|阅读|点击数|点击量|点击率|点击次数|点击|访问量|访问次数|字体|字号|字体大小|"
    "文字大小|分享到|分享"
)
_RECORD_KEYS = (
    "索引号|信息索引号|主题分类|体裁分类|组配分类|服务对象分类|公开方式|公开范围|公开形式|公开时限|公开程序|信息分类|"
    "栏目|关键词|有效性|有效状态|时效|文件状态|废止日期|实施日期|生效日期"
)
_KEYS = f"{_DATE_KEYS}|{_SOURCE_KEYS}|{_COUNT_KEYS}|{_RECORD_KEYS}"
_FIELD = re.compile(rf"(?P<key>{_KEYS})\s*[:：]\s*(?P<value>.*?)(?=[\s|｜【\[（(]*(?:{_KEYS})\s*[:：]|$)")
_STAMP = re.compile(
    r"^(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*星期[一二三四五六日天])?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s*"
)
_TRAILING_STAMP = re.compile(r"\s+((?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?)$")
_TIME = re.compile(r"\d{1,2}[:：]\d{2}")
_EDGES = " \t\u3000|｜-—·[]【】()（）"
# One of these alone on a line may as well be content: `时间：3月5日下午` in an invitation.
AMBIGUOUS_KEYS = frozenset(
    "时间 日期 来源 作者 记者 编辑 审核 关键词 阅读 浏览 点击 栏目 发布机构 发布单位 撰稿 实施日期 生效日期".split()
)


def is_navigation(line: str) -> bool:
    """Tell whether the whole line is web page furniture (`首页 > 政务公开`, `扫一扫在手机打开当前页`, `上一篇：…`)."""
    line = plain(line.strip("\n"))
    bare = line if line.startswith("\t") else line.strip()
    if not 2 <= len(bare) <= 120 or "。" in bare:
        return False
    return any(rule.match(bare) for rule in _NAVIGATION) or bool(_SCAN.match(bare) and "，" not in bare)


def is_footer(line: str) -> bool:
    """Tell whether the line is the foot of a site: `主办：… 京ICP备12345678号`, `政府网站标识码3205000001`."""
    return len(line) <= 200 and "。" not in line.rstrip("。") and bool(_FOOTER.search(plain(line.strip())))


def is_near_footer(line: str) -> bool:
    """Tell whether the line is a footer's if it stands beside one: `主办单位：某局`, `联系电话：0512-…`."""
    return len(line) <= 120 and "。" not in line and bool(_NEAR_FOOTER.match(plain(line.strip())))


def is_related(line: str) -> bool:
    """Tell whether the line announces links to other pages: `相关阅读：`, `【延伸阅读】`."""
    return len(line) <= 16 and bool(_RELATED.match(plain(line.strip())))


def are_links(lines: Sequence[str]) -> bool:
    """Tell whether the lines after `相关阅读` are titles of other pages; a sentence among them means they are text."""
    return bool(lines) and all(len(line) <= 60 and not re.search(r"[。；！]\s*$|。", line) for line in lines)


def metadata(line: str) -> dict[str, str]:
    """Return {key: value} when the whole line is made of fields like `发布日期：…  来源：…  浏览次数：…`, else {}.

    `2024-03-05 10:20 来源：某报` begins with a date: it counts as 发布时间. Leaves sentences alone: `来源：` in the
    middle of a line does not count, nor a value over 60 characters, with a full stop, or with another field in it.
    """
    line = line.strip().strip(_EDGES)
    if not 3 <= len(line) <= 160:
        return {}
    folded = plain(line)
    found: dict[str, str] = {}
    position = 0
    stamp = _STAMP.match(folded)
    if stamp:
        position = stamp.end()
    for match in _FIELD.finditer(folded, position):
        if folded[position : match.start()].strip(_EDGES + "0123456789"):
            return {}
        value = line[match.start("value") : match.end("value")].strip(_EDGES)
        if len(value) > 60 or "。" in value or re.search(r"[:：]", _TIME.sub("", value)):
            return {}
        trailing = _TRAILING_STAMP.search(value)
        if trailing and match["key"] not in _DATE_KEYS.split("|"):
            found.setdefault("发布时间", trailing[1])
            value = value[: trailing.start()].strip()
        found.setdefault(match["key"], value)
        position = match.end()
    if not found or folded[position:].strip(_EDGES):
        return {}
    if stamp:
        found.setdefault("发布时间", stamp[0].strip())
    return found


def plain(line: str) -> str:
    """Return the line with traditional characters made simplified, every offset unchanged; a long line as it is."""
    return "".join(map(_simple, line)) if len(line) <= 200 and not line.isascii() else line


@cache
def _simple(character: str) -> str:
    return fold(character) if is_cjk(character) else character
