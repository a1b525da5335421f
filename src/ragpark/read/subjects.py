"""Which places a sentence speaks of: not those inside a name, in brackets, or only compared or dealt with."""

from __future__ import annotations

import re

from ragpark.zh.vocabulary import Vocabulary

_NAME_END = (
    "有限公司|公司|实验室|研究院|研究所|大学|学院|产业园|科技园|纳米城|银行|集团|医院|创新中心|会议中心|合作中心|中心|自贸片区|片区|自贸区|自由贸易试验区|"
    r"孵化器|加速器|创新园|创业园|众创空间|创客空间|基地|协会|学会|小镇|[技术米物理化]所|产研院|科研院|人民政府|管委会"
)
_NAME = re.compile(
    r"(?:(?![了是在与和及有共为将已对把被从等设立落户达拥]|[的、，,]|建设|建成|加快|推动|打造|推进|新增|引进|培育|发布|实现|开展|举办|出台|投入|聚集|集聚|累计|完成|布局|启动|获批|入选)[一-鿿（）()A-Za-z·-]){0,14}?"
    rf"(?:{_NAME_END})|园区|工厂"
)
# An office of the place speaks for it: `苏州工业园区管委会`, `苏州市政府`.
_OFFICE = re.compile(r"(?:党工委|管委会|市?人民政府|政府|市?委|市?科技局|市?工信局|市?商务局)")
_INSTITUTE = re.compile(r"(?:中科院|科学院|大学|银行|公司|中国（|中国\()$")
# `占全国的17%`, `全国1%的人口`, `全省近30%`: compared with
_SHARE_BEFORE = re.compile(r"占[^，,。；;]{0,6}$")
_SHARE_AFTER = re.compile(r"(?:的)?(?:近|超|超过|约|逾)?\d[\d.]*[%‰]")
_DEALT_WITH = re.compile(r"(?:与|同|跟|对接|赴|向|毗邻|紧邻|接轨|承接|服务|对标|对|乃至)$")
# `据苏州市政府公布，`, `按《广东省公报》的口径`: who told it
_SOURCE = re.compile(r"(?:据|根据|按照?)(?!介绍)[^，,。；;]*$")
_FOR = re.compile(r"来说|而言|来讲")  # `对昆山来说` speaks of it
_DISTRICTS = ("区", "县市")
_RANKED = re.compile(r"第[一二三四五六七八九十\d]|首[个家位批]|前[列茅三十]|唯一|领先|[省市]?级")
# `…设计中心、苏州百拓等平台`: a list of names; `苏州、昆山等地` names places
_LISTED = re.compile(r"(?![市区县等和及与的]|、|，|,|。|；)[一-鿿]{1,12}?(?:、|等)")


def subject_places(squeezed: str, vocabulary: Vocabulary, *, leading: bool = False) -> list[tuple[int, int, str]]:
    """Return (start, end, name) of the places spoken of in squeezed text, in order.

    Leaves out `苏州` in 苏州纳米城 and 中科院苏州纳米所, `（苏州）`, `全国` in 占全国的17%, `上海` in 与上海合作 and `全省` in
    全省第一; keeps 苏州市政府. With `leading`, a district at the very beginning counts even inside a name: after
    `吴中区某某中心成立以来，…` the next sentences are about 吴中区.
    """
    found: list[tuple[int, int, str]] = []
    for start, end, entity in vocabulary.find_entities(squeezed):
        before = squeezed[max(0, start - 10) : start]
        if (
            before.endswith(("（", "(", "“", "《", "「"))
            or _SOURCE.search(squeezed, 0, start)
            or _INSTITUTE.search(before)
            or (_DEALT_WITH.search(before) and not _FOR.match(squeezed, end))
        ):
            continue
        if _SHARE_BEFORE.search(before) or _SHARE_AFTER.match(squeezed, end) or _RANKED.match(squeezed, end):
            continue
        if before.endswith("、") and _LISTED.match(squeezed, end):
            continue
        if leading and start <= 1 and entity.kind in _DISTRICTS:
            found.append((start, end, entity.name))
            continue
        if _NAME.match(squeezed, end) and not _OFFICE.match(squeezed, end):
            continue
        found.append((start, end, entity.name))
    return found
