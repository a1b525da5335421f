"""Which lines are not content: navigation, footers, credits, by-lines, captions. Decides only; removes nothing.

Every rule looks at a whole line (or its very end), so that the same words inside a sentence stay.
"""

from __future__ import annotations

import re

# Web page furniture. Catches `加入收藏 取消收藏 打印 关闭`; leaves `企业可加入收藏夹的政策` alone (not the whole line).
_WORDS = (
    "首页|网站首页|返回首页|返回顶部|返回列表|返回|加入收藏|取消收藏|收藏|打印|打印本页|打印此页|关闭|关闭窗口|关闭本页|分享|分享到|微信|微博|"
    "QQ|朋友圈|上一篇|下一篇|扫一扫|网站地图|联系我们|关于我们|无障碍|无障碍浏览|长者模式|登录|注册|搜索|繁体|简体|"
    "English|手机版|移动版|大|中|小|设为首页|阅读量|点击数|浏览次数|字号|字体|相关链接|相关阅读|更多|适老化|智能问答|网站声明|使用帮助"
)
_NAVIGATION = (
    re.compile(rf"^[\s>»›|｜/·\-—\[\]【】（）()]*(?:(?:{_WORDS})[\s>»›|｜/·:：、,，\-—\[\]【】（）()\d]*)+$", re.I),
    re.compile(r"^(?:您?(?:现在|当前)?(?:所在)?(?:的)?位置|当前位置|所在位置)[是为]?\s*[:：].*$"),
    re.compile(r"^首页\s*[>»›/|-].*$"),
    re.compile(r"^\s*[>»›]\s*\S{1,12}(?:\s*[>»›]\s*\S{1,20})*$"),
    re.compile(r"^.{0,20}(?:扫一扫|扫描二维码|扫码).{0,12}(?:打开|关注|分享|查看|阅读|下载).{0,12}$"),
    re.compile(r"^.{0,40}(?:ICP备|ICP证|公网安备|网安备).{0,60}$", re.I),
    re.compile(r"^(?:版权所有|主办单位|承办单位|技术支持|网站标识码|Copyright|©|All rights reserved).{0,80}$", re.I),
    re.compile(r"^(?:上|下)一(?:篇|页|条)\s*[:：].{0,60}$"),
    re.compile(r"^(?:分享到|分享至|字体|字号|阅读|浏览|点击)(?:次数|量|大小)?\s*[:：]?.{0,30}$"),
    re.compile(r"^[【\[(（]?\s*字[体号]\s*[:：].{0,20}$"),
    re.compile(r"^(?:友情链接|相关链接|相关文章|相关阅读|推荐阅读|热点推荐|延伸阅读)\s*[:：]?$"),
    re.compile(r"^<?https?://\S+>?$"),
    re.compile(r"^\[[^\]]{1,30}\]\([^)]*\)(?:\s*[|｜]?\s*\[[^\]]{1,30}\]\([^)]*\))*$"),
    re.compile(r"^\s*内芯\S*$|^\t\S{1,12}_\S{1,20}$"),  # bookmarks that a PDF tool appended to its text
)

# Credits on a line of their own. Catches `■ 本版撰稿徐某某`, `图片提供某局`; leaves `图片提供了证据。` alone.
_CREDIT = re.compile(
    r"^[■●▲◆□]?\s*(?:本版|本报)?\s*(?:撰稿|撰文|采写|文字|文/图|图/文|图文|摄影|摄|图片|供图|制图|责任编辑|责编|编辑|校对|审核|版式|"
    r"图片提供|图片来源|通讯员|记者|特约记者|见习记者|本报记者|作者)\s*[:：/／]?\s*[一-鿿·、\s]{2,24}$"
)
_CLOSING = re.compile(r"^[（(]\s*(?:完|编辑|责任编辑|责编|记者|作者|通讯员|来源|文章来源|图|文|供稿|本文来源)\s*[:：]?[^（）()]{0,30}[）)]$")

# A caption ends with who supplied the picture. Catches `某公司挂牌上市（科教创新区  供稿）`; leaves `（供稿截止5月）` alone.
_CAPTION = re.compile(r"[（(][^（）()。]{1,30}\s*(?:供稿|供图|摄|摄影|图)\s*[）)]$")

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦"
    "贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟安倪季俞章鲁葛毕齐牟瞿柳"
    "祝凌霍辛管耿左阮骆柴欧童屈蓝项盛华滕尚纪费卫伍冀甘裴苗翁娄路岳温成柯邢涂梅游申费靳焦宁关"
)
_NAME = rf"[{_SURNAMES}]\s*[一-鿿](?:\s*[一-鿿])?"
_BYLINE = re.compile(rf"[（(]\s*(?:记者|通讯员|作者|文)?\s*{_NAME}(?:[\s、，]+(?:通讯员\s*)?{_NAME})*\s*[）)]$")
_PLACES = re.compile(r"[（(]\s*(?:苏州|江苏|安徽|常州|常熟|温州|成都|武汉|石家庄|海南|江西|江阴|宁波|宁夏|金华|万州|江宁|龙岗|高新|高新区|白云)\s*[）)]$")
_TERMINATED = re.compile(r"[。！？!?…”’」』]\s*$")

_METADATA = re.compile(
    r"(?P<key>发布日期|发布时间|发文日期|成文日期|印发日期|时间|日期|来源|信息来源|文章来源|稿件来源|作者|浏览次数|阅读次数|点击数|访问量|字体|字号)"
    r"\s*[:：]\s*(?P<value>.*?)(?=\s{1,}(?:发布日期|发布时间|来源|信息来源|文章来源|作者|浏览次数|阅读次数|点击数|访问量|字体|字号|编辑)\s*[:：]|$)"
)


def is_navigation(line: str) -> bool:
    """Tell whether the whole line is web page furniture (`首页 > 政务公开`, `扫一扫在手机打开当前页`, an ICP line)."""
    line = line.strip("\n")
    bare = line if line.startswith("\t") else line.strip()
    return 2 <= len(bare) <= 120 and any(rule.match(bare) for rule in _NAVIGATION)


def is_credit(line: str) -> bool:
    """Tell whether the whole line names who wrote, edited or photographed (`■ 本版撰稿某某`, `（文章来源：某报）`)."""
    line = line.strip()
    return len(line) <= 40 and bool(_CREDIT.match(line) or _CLOSING.match(line))


def is_caption(line: str) -> bool:
    """Tell whether the line ends like a photo caption: `某公司挂牌上市（科教创新区  供稿）`."""
    return bool(_CAPTION.search(_clean_end(line))) and "。" not in line


def byline_start(line: str) -> int | None:
    """Return where a by-line begins at the end of the line, or None.

    Catches `……1840家。（林某某  潘  某）` and a line that is nothing but `（叶    某）`; leaves
    `再鼎医药（苏州）` and `操作方案（试行）` alone: no sentence ends before, or no surname begins the name.
    """
    text = _clean_end(line)
    found = _BYLINE.search(text)
    if not found or _PLACES.search(text):
        return None
    before = text[: found.start()].rstrip(" \u3000\ufffd")
    return len(before) if not before or _TERMINATED.search(before) else None


def metadata(line: str) -> dict[str, str]:
    """Return {key: value} when the whole line is made of `发布日期：…  来源：…  浏览次数：…`, else {}.

    Leaves sentences alone: `来源：` in the middle of a line does not count, nor does a value over 60 characters.
    """
    line = line.strip().strip("[]【】")
    if len(line) > 120:
        return {}
    found: dict[str, str] = {}
    position = 0
    for match in _METADATA.finditer(line):
        if line[position : match.start()].strip(" \u3000|｜-—·"):
            return {}
        value = match["value"].strip(" \u3000|｜")
        if len(value) > 60 or "。" in value:
            return {}
        found[match["key"]] = value
        position = match.end()
    return found if not line[position:].strip(" \u3000|｜") else {}


def _clean_end(line: str) -> str:
    return line.rstrip(" \u3000\ufffd\t")
