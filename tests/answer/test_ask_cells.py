"""Questions for the words in a table's cell: answered by the cell whose row and column they name, whichever way it lies."""

from __future__ import annotations

import pytest
from engines import engine_over

from ragpark.engine import Engine

FIRMS = "企业,星海药业,北塔科技\n法定代表人,周宁,李卓\n注册地址,文华路8号,东湖路3号\n"
HOURS = "窗口,工作时间,负责人\n社保窗口,9:00-17:00,王萌\n税务窗口,8:30-16:30,赵青\n"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, encoder_class) -> Engine:  # type: ignore[no-untyped-def]
    files = {"企业名录2023年.csv": FIRMS, "办事窗口.csv": HOURS}
    return engine_over(tmp_path_factory.mktemp("cells"), files, encoder_class)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("星海药业的法定代表人是谁", "周宁"),
        ("北塔科技的法定代表人是谁", "李卓"),
        ("北塔科技的注册地址是什么", "东湖路3号"),
        ("社保窗口的工作时间是什么", "9:00-17:00"),
        ("税务窗口的负责人是谁", "赵青"),
    ],
)
def test_the_cell_of_the_row_and_column_named(engine: Engine, question: str, answer: str) -> None:
    assert engine.ask(question).answer == answer


@pytest.mark.parametrize(
    "question", ["南山药业的法定代表人是谁", "星海药业的总经理是谁", "2019年星海药业的法定代表人是谁"]
)
def test_no_cell_answers_for_another(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.refused, answer.answer
