"""A row of a table of labels answers a question about its label: a person, a code, a place, a figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from engines import engine_over

from ragpark.engine import Engine
from ragpark.load.markdown import read_markdown

FILES = {
    "青岭工业园区.md": "# 青嶺工業園區\n\n青嶺工業園區在青嶺縣東部，離縣城12公里。\n\n"
    "| 項目 | 內容 |\n|---|---|\n| 管委會主任 | 趙文 |\n| 管委會駐地 | 松石路7號 |\n| 面積 | 31平方公里 |\n"
    "| 郵政編碼 | 500600 |\n| 地區生產總值 | 6.2億元 |\n",
    "碧湖简报.md": "# 碧湖工业园区简报\n\n2023年碧湖工业园区实现产值30亿元。\n\n联系电话：66660000\n",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, encoder_class) -> Engine:  # type: ignore[no-untyped-def]
    return engine_over(tmp_path_factory.mktemp("labels"), FILES, encoder_class)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("青岭工业园区管委会主任是谁", "趙文"),
        ("寄信到青岭工业园区，邮编写多少？", "500600"),
        ("青岭工业园区的邮政编码是多少", "500600"),
        ("青岭工业园区面积多大", "31平方公里"),
        ("青岭工业园区地区生产总值是多少", "6.2亿元"),
        ("青岭工业园区管委会驻地在哪里", "松石路7號"),
    ],
)
def test_the_value_of_the_label_is_given(engine: Engine, question: str, answer: str) -> None:
    found = engine.ask(question)
    assert (found.answer, found.refused) == (answer, False), found.reason


@pytest.mark.parametrize(
    "question", ["青岭工业园区管委会副主任是谁", "碧湖工业园区管委会主任是谁", "青岭工业园区的传真是多少"]
)
def test_another_label_answers_nothing(engine: Engine, question: str) -> None:
    assert engine.ask(question).refused


def test_only_a_table_of_words_is_read_as_labels(tmp_path: Path) -> None:
    def lines(rows: str) -> list[str]:
        return [line.text for line in read_markdown(rows.encode(), "a.md").lines if line.text]

    assert lines("| 属性 | 说明 |\n|---|---|\n| 法人 | 赵文 |\n| 面积 | 3亩 |\n") == ["法人：赵文", "面积：3亩"]
    assert lines("| 指标 | 数值 |\n|---|---|\n| 产值 | 3亿元 |\n| 企业 | 4家 |\n") == [
        "指标：产值；数值：3亿元",
        "指标：企业；数值：4家",
    ]
    assert lines("| 姓名 | 单位 |\n|---|---|\n| 赵文 | 科技局 |\n| 钱武 | 商务局 |\n") == [
        "姓名：赵文；单位：科技局",
        "姓名：钱武；单位：商务局",
    ]
