"""Which organisation a statement is about: the one it begins with, or the one its section is named after."""

from __future__ import annotations

import re

from ragpark.ingest.context import Statement

_ORGANISATION = (
    "研究院|实验室|公司|产业园|科技园|纳米城|大学|学院|医院|集团|银行|协会|联盟|中心|基地|小镇|学校|中学|创新园|孵化器"
)
_NOT_IN_NAME = "[的在与和及将对为是了把从向由被让]|全力|推动|推进|建设|获批|加快|加强|促进|新增|实施|支持|开展|依托|服务|保障|聚焦|围绕"
_NAME = rf"(?:(?!{_NOT_IN_NAME})[一-鿿A-Za-z（）()·]){{2,22}}?(?:{_ORGANISATION})"
NAMED = re.compile(rf"{_NAME}(?!建设|体系|等|、)")  # a name of an organisation, to be matched where one may begin
_LEADING = re.compile(
    rf"^(?:\d+[.、．]\s*|[（(]\d+[）)]|截至[^，,]{{2,12}}[，,]|(?:19|20)\d{{2}}年[^，,]{{0,6}}[，,]?|年内[，,]?|例如[，,]|以)?"
    rf"(?P<name>{_NAME})(?!建设|体系|等|和|、|及|与)"
)


def subject_organisation(statement: Statement) -> str:
    """Return the organisation the statement is about, or "".

    Catches `截至2020年底，某某研究院累计…`, `以某某大学为例，…` and the sections under `【某某纳米城】`; leaves
    `2023年，全力服务保障某某实验室…` alone: a verb stands before the name.
    """
    own = _LEADING.match(statement.text)
    if own:
        return own["name"]
    last = statement.heading_text
    return last if re.fullmatch(rf"[一-鿿（）()·]{{2,22}}(?:{_ORGANISATION})", last) else ""
