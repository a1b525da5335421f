"""What people see in a terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from ragpark.records import Answer, Citation, Fact
from ragpark.terminal import build_bar, count_bar, plain, show_answer
from ragpark.terminal_read import show_facts

QUOTE = Citation(
    1, "a.txt", "年鉴", "2021-01-01", ("年鉴", "概况"), "占比为4.5%。", 3, 12, {"lines": [2, 3]}, ("b.txt",), ((3, 7),)
)


def _shown(answer: Answer, *, color: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, force_terminal=color, width=60, soft_wrap=True, highlight=False, _environ={})
    show_answer(console, answer)
    return out.getvalue()


def test_answer_with_its_evidence() -> None:
    assert _shown(Answer("占比", "4.5%", False, "", (QUOTE,))) == (
        "4.5%\n\n依据\n[1] 占比为4.5%。\n    年鉴 · 2021-01-01 · 概况\n    a.txt 第2–3行（同样内容：b.txt）\n"
    )


def test_answer_is_marked_in_the_evidence() -> None:
    assert "占比为\x1b[1;32m4.5%\x1b[0m。" in _shown(Answer("占比", "约4.5%", False, "", (QUOTE,)), color=True)


def test_refusal_looks_different() -> None:
    shown = _shown(Answer("占比", "", True, "库中没有2021年的数据", (QUOTE,)))
    assert shown.startswith("没有找到答案\n库中没有2021年的数据\n\n最接近的内容\n[1] ")


def test_text_of_a_document_neither_steers_the_terminal_nor_is_markup() -> None:
    assert plain("\x1b[31m红\x07\x9b[bold]字[/bold]\n").plain == "\ufffd[31m红\ufffd\ufffd[bold]字[/bold]\n"


def test_facts_table() -> None:
    out = io.StringIO()
    place = {"page": 3}
    fact = Fact("企业数", "园区", 2020, "2020年底", 45, "家", "45家", "", "level", "a.pdf", None, "45家", 0, 3, place)
    show_facts(Console(file=out, width=80), [fact])
    assert out.getvalue().splitlines()[1].split() == ["企业数", "园区", "2020年底", "45家", "a.pdf", "第3页"]


@pytest.mark.parametrize(
    ("year", "period", "shown"),
    [(2023, "去年", "2023（去年）"), (None, "去年", "未知（去年）"), (None, "", "未知"), (2023, "", "2023"), (2023, "2023年", "2023年")],
)  # fmt: skip
def test_a_year_is_told_even_where_the_text_does_not_name_it(year: int | None, period: str, shown: str) -> None:
    out = io.StringIO()
    fact = Fact("企业数", "园区", year, period, 45, "家", "45家", "", "level", "a.txt", None, "45家", 0, 3, {})
    show_facts(Console(file=out, width=80), [fact])
    assert out.getvalue().splitlines()[1].split()[2] == shown


def test_bars_stay_silent_where_there_is_no_terminal() -> None:
    from ragpark.index.progress import Progress

    out = io.StringIO()
    with build_bar(Console(file=out)) as build, count_bar(Console(file=out), "评测") as count:
        build(Progress("read", 1, 2, "a.txt"))
        build(Progress("read", 2, 2, "b.txt"))
        build(Progress("encode", 1, 9))
        count(1, 2)
    assert out.getvalue().strip() == ""
