"""What a reader finds becomes a candidate, or nothing where the guards rule it out; it is asked only where rules are unsure."""

from __future__ import annotations

from pathlib import Path

import pytest
from engines import engine_over
from reader_fakes import FakeReader

from ragpark.engine import Engine

TEXT = """# 碧湖园区办事指南

碧湖园区受理窗口收到材料后，在十五日内答复。碧湖园区2023年绿化工人33人。

窗口由碧湖园区政务服务中心安排人员值守，咨询的人来自邻县。
"""
KEEPER = "碧湖园区的咨询台归谁管？"
OFFICE = "碧湖园区政务服务中心"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, encoder_class) -> Engine:  # type: ignore[no-untyped-def]
    return engine_over(tmp_path_factory.mktemp("reading"), {"指南.md": TEXT}, encoder_class)


def engine(plain: Engine, reader: FakeReader) -> Engine:
    found = Engine(plain.settings, plain.encoder)
    found._reader = reader
    return found


def probability(plain: Engine, margin: float) -> float:
    """Return how probable the span is with this margin."""
    (looked,) = engine(plain, FakeReader({KEEPER: {OFFICE: margin}})).offered(KEEPER)
    return next(one.probability for look in looked for one in look.candidates if one.text == OFFICE)


def test_the_surer_the_reader_the_more_probable_its_span(plain: Engine) -> None:
    assert probability(plain, -5.0) < probability(plain, 0.0) < probability(plain, 5.0)


def test_a_margin_beyond_the_scale_counts_no_more(plain: Engine) -> None:
    assert probability(plain, 10.0) == probability(plain, 30.0)


def test_a_sure_reader_is_cited_to_its_sentence(plain: Engine) -> None:
    found = engine(plain, FakeReader({KEEPER: {OFFICE: 12.0}})).ask(KEEPER)
    assert OFFICE in found.answer
    assert "安排人员值守" in found.citations[0].quote


def test_a_figure_of_another_unit_or_thing_is_left_out(plain: Engine) -> None:
    days, cooks = "碧湖园区受理窗口收到材料后多少天内办完？", "碧湖园区2023年厨师人数是多少？"
    asked = engine(plain, FakeReader({days: {"33人": 10.0}, cooks: {"33人": 10.0}}))
    assert asked.ask(days).answer != "33人"  # days are asked for
    assert asked.ask(cooks).refused


def test_a_figure_asked_for_in_the_question_s_own_words_is_the_reader_s(plain: Engine) -> None:
    own, nouns = "2023年碧湖园区浇花剪草用了多少个人？", "2023年碧湖园区保安人数"
    asked = engine(plain, FakeReader({own: {"33人": 9.0}, nouns: {"33人": 9.0}}))
    assert asked.ask(own).answer == "33人"
    assert asked.ask(nouns).refused  # what is asked for has a name, and the sentence says another


def test_the_reader_names_the_holder_of_an_office_only_where_the_sentence_names_the_office(
    tmp_path_factory: pytest.TempPathFactory,
    encoder_class,  # type: ignore[no-untyped-def]
) -> None:
    text = "# 碧湖园区管委会\n\n管委会由沈某某兼管，是为局长一职。\n\n秘书处的事归邱某某管。\n"
    made = engine_over(tmp_path_factory.mktemp("office"), {"管委会.md": text}, encoder_class)
    question = "碧湖园区管委会的局长是谁？"
    assert "沈某某" in engine(made, FakeReader({question: {"沈某某": 9.0}})).ask(question).answer
    assert "邱某某" not in engine(made, FakeReader({question: {"邱某某": 9.0}})).ask(question).answer


def test_the_reader_is_not_asked_where_facts_settle_the_question(plain: Engine) -> None:
    reader = FakeReader({})
    assert engine(plain, reader).ask("碧湖园区2023年绿化工人有多少人？").answer == "33人"
    assert not reader.asked


def test_the_reader_is_not_asked_one_side_of_a_comparison(plain: Engine) -> None:
    reader = FakeReader({})
    engine(plain, reader).ask("碧湖园区2022年和2023年绿化工人相差多少？")
    assert not reader.asked  # no passage says the whole


LOOSE = "碧湖园区的窗口由谁来值守？"


def test_of_sentences_side_by_side_the_one_stays_that_the_reader_answers_from(plain: Engine) -> None:
    without = engine(plain, FakeReader({LOOSE: {OFFICE: -1.0}})).ask(LOOSE)
    sure = engine(plain, FakeReader({LOOSE: {OFFICE: 9.0}})).ask(LOOSE)
    assert sure.answer == "窗口由碧湖园区政务服务中心安排人员值守，咨询的人来自邻县。"
    assert len(without.answer) >= len(sure.answer)
    (citation,) = sure.citations
    assert [citation.quote[a:b] for a, b in citation.marks] == [OFFICE]


def test_where_the_reader_means_another_sentence_both_are_given(plain: Engine) -> None:
    found = engine(plain, FakeReader({LOOSE: {"十五日内": 9.0}})).ask(LOOSE)
    assert "值守" in found.answer and "十五日内" in found.answer
    assert len(found.citations) == 2


def test_the_reader_is_opened_ahead(plain: Engine) -> None:
    reader = FakeReader({})
    engine(plain, reader).warm()
    assert [passages for _, passages in reader.asked] == [("园区",)]


def test_one_side_of_a_comparison_is_no_distance(plain: Engine) -> None:
    asked = "碧湖园区绿化工人比厨师多多少人？"
    assert engine(plain, FakeReader({asked: {"33人": 10.0}})).ask(asked).refused


def test_a_target_the_reader_finds_is_not_what_is_attained(plain: Engine, tmp_path: Path, encoder_class) -> None:  # type: ignore[no-untyped-def]
    text = "# 碧湖园区计划\n\n碧湖园区2030年的目标是产值突破300亿元。\n"
    planned = engine_over(tmp_path, {"计划.md": text}, encoder_class)
    attained, wanted = "碧湖园区2030年产值实际完成了多少？", "碧湖园区2030年产值目标是多少？"
    asked = engine(planned, FakeReader({attained: {"突破300亿元": 10.0}}))
    assert asked.ask(attained).refused
    assert "300亿元" in asked.ask(wanted).answer
