"""Which organisation a statement is about: the one it begins with, or the one its section is named after."""

from __future__ import annotations

import re

from ragpark.read.context import Statement

_ORGANISATION = (
    "研究院|实验室|公司|产业园|科技园|纳米城|大学|学院|医院|集团|银行|协会|联盟|中心|基地|小镇|学校|中学|创新园|孵化器"
)
_NOT_IN_NAME = (
    "[的在与和及将对为是了把从向由被让]|全力|推动|推进|建设|获批|加快|加强|促进|新增|实施|支持|开展|依托|服务|保障|聚焦|围绕|"
    "引进|组建|设立|成立|牵头|拥有|集聚|聚集|建成|入驻|累计|实现|录用|申请|已"
)
_NAME = rf"(?:(?!{_NOT_IN_NAME})[一-鿿A-Za-z（）()·]){{2,22}}?(?:{_ORGANISATION})"
NAMED = re.compile(rf"{_NAME}(?!建设|体系|等|、)")  # a name of an organisation, to be matched where one may begin
_LEADING = re.compile(
    rf"^(?:\d+[.、．]\s*)?(?:[（(]\d+[）)]|截至[^，,]{{2,12}}[，,]|自?(?:19|20)\d{{2}}年[^，,]{{0,8}}[，,]?|年内[，,]?|例如[，,]|以)?"
    rf"(?P<name>{_NAME}(?:(?:(?!{_NOT_IN_NAME})[一-鿿（）()·]){{0,12}}(?:{_ORGANISATION}))?)(?!建设|体系|等|和|、|及|与)"
)

_FOUNDED = re.compile(
    r"(?:创办|创立|创建|成立|组建)(?:了)?(?P<name>[一-鿿A-Za-z（）()·]{2,20}?)(?:有限公司)?以来"
    rf"|^(?:自)?(?P<own>[一-鿿A-Za-z（）()·]{{2,20}}?(?:{_ORGANISATION}))(?:自)?(?:(?:19|20)\d\d年)?(?:\d+月)?(?:成立|创办|设立|组建|揭牌|运营)以来"
)

# A class of organisations, not one: `境内外上市公司累计45家`, `国家企业技术中心`.
_CLASS = re.compile(
    rf"(?:国家|全国|省级?|市级?|及|以上|企业|技术|境内|境外|外|上市|各级|各类|重点|新型|研发|公共|服务|高等|国内|知名|科技|创新|技|工程|研究|离岸|海外|拟|新设|新建|新增|新|获批|首个|首家)*"
    rf"(?:{_ORGANISATION})"
)


def founded_organisation(statement: Statement) -> str:
    """Return the organisation whose time since its founding the statement tells of, or "".

    Catches `2009年创办某某杰瑞以来，目前已研制…`; leaves `建区以来`, `成立以来` alone: they name none.
    """
    found = _FOUNDED.search(statement.text)
    return (found["name"] or found["own"]) if found else ""


_CLAUSE_SUBJECT = re.compile(
    rf"(?:^|[，,；;])(?P<name>(?![区市县省该本其各]|{_NOT_IN_NAME})(?:(?!{_NOT_IN_NAME})[一-鿿A-Za-z（）()·]){{2,22}}?"
    rf"(?:{_ORGANISATION}))(?=今年|去年|目前|截至|现有|已|累计|自成立|成立|拥有|共有|全年|年内|还|将)"
)


def clause_organisation(text: str, offset: int) -> str:
    """Return the organisation that a clause before `offset` begins with and tells of, or "".

    Catches `同时，太仓某某有限公司今年2月成立后，目前已…`; leaves `，建成国际科技园、生物医药产业园等` alone.
    """
    found = [m["name"] for m in _CLAUSE_SUBJECT.finditer(text, 0, offset) if not _CLASS.fullmatch(m["name"])]
    return found[-1] if found else ""


def subject_organisation(statement: Statement) -> str:
    """Return the organisation the statement is about, or "".

    Catches `截至2020年底，某某研究院累计…`, `以某某大学为例，…` and the sections under `【某某纳米城】`; leaves
    `2023年，全力服务保障某某实验室…` alone: a verb stands before the name.
    """
    own = _LEADING.match(statement.text)
    if own and not _CLASS.fullmatch(own["name"]):
        return own["name"]
    last = statement.heading_text
    return last if is_organisation(last) and not _CLASS.fullmatch(last) else ""


# `高等学校`, `国家重点实验室`, `上市公司`: a kind of organisation, none by name
_KIND = re.compile(
    rf"(?:普通|高等|职业|中等|上市|国有|民营|外资|合资|外商|投资|国家|全国|省|市|级|重点|新型|各类|其他|科技|创新|企业|工程|技术|孵化|研发|众创|公共|服务|"
    rf"实验|研究|检测|产业|科学|股份|有限|总部|金融|三甲|综合)*(?:{_ORGANISATION})"
)


def is_kind(name: str) -> bool:
    """Tell whether the text names a kind of organisation (`高等学校`), not one of them."""
    return bool(_KIND.fullmatch(name))


def is_organisation(name: str) -> bool:
    """Tell whether the text is the name of an organisation and nothing else: `某某研究院`; not `某某研究院建设`."""
    return bool(re.fullmatch(rf"[一-鿿（）()·]{{2,22}}(?:{_ORGANISATION})", name))
