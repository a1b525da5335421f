"""A batch: every row gets its reply, one that fails stops none, what is answered is not asked again."""

from __future__ import annotations

import tracemalloc
from datetime import date, datetime
from pathlib import Path

import pytest
from export_fakes import Asker, citation, sheet

from ragpark.config import Settings
from ragpark.errors import IndexMissingError
from ragpark.export import Asking, Batch, Journal, asked_under, journal_path
from ragpark.records import Answer
from ragpark.retrieve.filters import EVERYTHING, Filter


def _run(asker: Asker, path: Path, *texts: str, **more: object) -> tuple[Batch, object]:
    batch = Batch(sheet(*texts), asker.asking(), Journal(path))
    return batch, batch.run(**more)  # type: ignore[arg-type]


def test_rows_in_order_with_what_they_failed_of(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    batch = Batch(sheet("占比", "？", "", "绿地", "坏", "两地"), Asker().asking(), Journal(tmp_path / "j"))
    report = batch.run(lambda done, total: told.append((done, total)))
    rows = list(batch.rows())
    assert [(row.number, row.reply.outcome) for row in rows] == [
        (2, "answered"), (3, "failed"), (4, "failed"), (5, "refused"), (6, "failed"), (7, "answered"),
    ]  # fmt: skip
    assert report.counts == {"answered": 2, "refused": 1, "failed": 3}
    assert report.failed == (
        (3, "？", "问题里没有文字"),
        (4, "", "这一行没有问题"),
        (6, "坏", "程序出了意外（ZeroDivisionError），这一问没有答成"),
    )
    assert told == [(n, 6) for n in range(1, 7)]
    assert (rows[0].kept, rows[3].note, rows[0].reply.confidence) == (("n1",), "库中没有2019年的数据", 0.912346)
    head = batch.head("清单", datetime(2026, 11, 26), report)
    assert head.summary == "2026年11月26日 · 共 6 问，已答 2，未答出 1，没有问成 3"


def test_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "答.xlsx.part.jsonl"
    first = Asker()
    batch, report = _run(first, path, "占比", "绿地", "？", stop=lambda: len(first.asked) == 2)
    assert (report.stopped, report.done) == (True, 2)  # type: ignore[attr-defined]
    again = Asker()
    batch, report = _run(again, path, "占比", "两地占比", "绿地", "？")
    assert again.asked == ["两地占比", "？"]  # the new one, and the one that failed
    assert report.from_journal == 2  # type: ignore[attr-defined]
    assert [row.reply.outcome for row in batch.rows()] == ["answered", "answered", "refused", "failed"]
    newer = Asker("g2")
    _run(newer, path, "占比", "绿地")
    assert newer.asked == ["占比", "绿地"]


def test_a_question_of_two_rows_is_asked_once(tmp_path: Path) -> None:
    asker = Asker()
    batch, report = _run(asker, tmp_path / "j", "占比", "占比")
    assert (asker.asked, report.from_journal) == (["占比"], 0)  # type: ignore[attr-defined]
    assert [row.reply.answer for row in batch.rows()] == ["4.5%", "4.5%"]


def test_a_journal_cut_off_in_a_line_loses_only_that_line(tmp_path: Path) -> None:
    path = tmp_path / "j"
    batch, _ = _run(Asker(), path, "占比", "绿地")
    path.write_bytes(path.read_bytes()[:-30])
    asker = Asker()
    batch, _ = _run(asker, path, "占比", "绿地", "两地占比")
    assert asker.asked == ["绿地", "两地占比"]
    assert [row.reply.outcome for row in batch.rows()] == ["answered", "refused", "answered"]


def test_follow_ups_are_completed_from_the_last_that_could_be_asked(tmp_path: Path) -> None:
    asker = Asker()
    asking = asker.asking(
        lambda question, previous: f"{previous[:5]}{question[1:]}" if question[0] == "那" else question
    )
    batch = Batch(sheet("2023年占比", "？", "那绿地"), asking, Journal(tmp_path / "j"))
    batch.run()
    assert asker.asked == ["2023年占比", "？", "2023年绿地"]
    last = list(batch.rows())[-1]
    assert (last.question, last.note) == ("那绿地", "按上一问补全为：2023年绿地；库中没有2019年的数据")


def test_an_index_that_changes_meanwhile_is_told(tmp_path: Path) -> None:
    asker = Asker()

    def ask(question: str) -> Answer:
        answer = asker.ask(question)
        asker.generation = "g2"
        return answer

    asking = asker.asking()
    batch = Batch(sheet("占比", "绿地"), Asking(ask, asking.under), Journal(tmp_path / "j"))
    assert batch.run().mixed


def test_what_is_wrong_with_every_question_ends_the_batch(tmp_path: Path) -> None:
    def ask(question: str) -> Answer:
        raise IndexMissingError("没有索引")

    batch = Batch(sheet("占比"), Asking(ask, lambda: "g"), Journal(tmp_path / "j"))
    with pytest.raises(IndexMissingError):
        batch.run()


def test_what_answers_depend_on() -> None:
    day, settings = date(2026, 11, 26), Settings()
    one = asked_under("g", settings, EVERYTHING, day)
    assert one == asked_under("g", Settings(docs=Path("x")), EVERYTHING, day.replace(day=1))
    others = {
        asked_under("h", settings, EVERYTHING, day),
        asked_under("g", Settings(reader="none"), EVERYTHING, day),
        asked_under("g", settings, Filter(doc="a*"), day),
        asked_under("g", settings, EVERYTHING, date(2026, 12, 1)),
    }
    assert len(others) == 4 and one not in others


def test_the_journal_lies_beside_the_output() -> None:
    assert journal_path(Path("a/答案.xlsx")) == Path("a/答案.xlsx.part.jsonl")


def test_memory_does_not_grow_with_the_replies(tmp_path: Path) -> None:
    """400 replies of 20,000 characters are 16 MB as text (two bytes each); neither run nor rows hold more than a few."""

    def ask(question: str) -> Answer:
        return Answer(question, "4.5%", False, "", (citation(quote=f"{question}占" * 4000),), 0.9)

    batch = Batch(sheet(*(f"问{n:03}" for n in range(400))), Asking(ask, lambda: "g"), Journal(tmp_path / "j"))
    tracemalloc.start()
    try:
        batch.run()
        n_chars = sum(len(row.reply.sources[0].quote) for row in batch.rows())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert n_chars == 400 * 20_000
    assert peak < 2_000_000
