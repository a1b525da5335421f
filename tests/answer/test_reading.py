"""What a reader finds becomes a cut of its sentence, or nothing where the guards rule it out."""

from __future__ import annotations

import pytest
from engines import engine_over
from reader_fakes import FakeReader

from ragpark.answer.resolve import READ, READ_SURE
from ragpark.engine import Engine

TEXT = """# 碧湖园区办事指南

碧湖园区受理窗口收到材料后，在十五日内答复。碧湖园区2023年绿化工人33人。

窗口由碧湖园区政务服务中心安排人员值守。
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, encoder_class) -> Engine:  # type: ignore[no-untyped-def]
    return engine_over(tmp_path_factory.mktemp("reading"), {"指南.md": TEXT}, encoder_class)


def engine(plain: Engine, reader: FakeReader) -> Engine:
    found = Engine(plain.settings, plain.encoder)
    found._reader = reader
    return found


UNSURE = "碧湖园区受理窗口收到材料后多少天内办完？"  # its words are not the text's: the rules refuse it


def test_a_sure_reader_is_believed_where_the_rules_are_unsure(plain: Engine) -> None:
    found = engine(plain, FakeReader({UNSURE: {"十五日": READ_SURE + 1}})).ask(UNSURE)
    assert (found.answer, found.score) == ("十五日内", READ)
    assert "在十五日内答复" in found.citations[0].quote


def test_an_unsure_reader_is_not(plain: Engine) -> None:
    assert engine(plain, FakeReader({UNSURE: {"十五日": READ_SURE - 1}})).ask(UNSURE).refused


def test_a_figure_of_another_unit_or_thing_is_left_out(plain: Engine) -> None:
    cooks = "碧湖园区2023年厨师人数是多少？"
    asked = engine(plain, FakeReader({UNSURE: {"33人": 10.0}, cooks: {"33人": 10.0}}))
    assert asked.ask(UNSURE).answer != "33人"  # days are asked for
    assert asked.ask(cooks).refused


def test_the_reader_is_not_asked_where_facts_settle_the_question(plain: Engine) -> None:
    reader = FakeReader({})
    assert engine(plain, reader).ask("碧湖园区2023年绿化工人有多少人？").answer == "33人"
    assert not reader.asked


def test_the_reader_is_opened_ahead(plain: Engine) -> None:
    reader = FakeReader({})
    engine(plain, reader).warm()
    assert [passages for _, passages in reader.asked] == [("园区",)]
