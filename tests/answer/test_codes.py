"""Numbers in a register: by their label, or by the form that tells a telephone without one."""

from __future__ import annotations

import pytest
from statement_fakes import sentence, understood

from ragpark.answer.codes import codes, label_asked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("碧湖医院 0555-4128800", ["0555-4128800"]),
        ("联系 王老师 13800001111 或 400-820-1122", ["13800001111", "400-820-1122"]),
        ("咨询电话：4128800，传真 0555-4128801", ["4128800"]),  # a label goes before a form
        ("文件编号20230512345", []),
        ("病床600张", []),
    ],
)
def test_a_telephone_is_told_by_its_label_or_by_its_form(text: str, found: list[str]) -> None:
    assert [cut.text for cut in codes(understood("碧湖医院电话是多少？"), sentence(text))] == found


def test_what_a_number_is_of_says_its_label() -> None:
    assert label_asked("想打电话，号码是多少？") == "电话"
    assert label_asked("号码是多少？") == "号码"
