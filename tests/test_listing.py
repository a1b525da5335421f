"""Rows found by words and by what they need, in a total order."""

from __future__ import annotations

import pytest

from ragpark.index.catalog import DocumentRow
from ragpark.listing import ORDERS, SHOWN, left_out_text, select, troubles

ROWS = [
    DocumentRow("c.txt", "indexed", "园区年报", "2024-05", "统计局", "青溪县", chars=10, chunks=1),
    DocumentRow("a.txt", "indexed", "園區公報", "2024", None, chars=30, chunks=1, problems=("有乱码", "缺页")),
    DocumentRow("b.pdf", "failed", "b.pdf", error="已损坏"),
    DocumentRow("d.md", "new", "d.md"),
]


def _docs(**how: str) -> list[str]:
    return [row.doc for row in select(ROWS, **how)]


@pytest.mark.parametrize(
    ("words", "docs"),
    [
        ("", ["a.txt", "b.pdf", "c.txt", "d.md"]),
        ("园区", ["a.txt", "c.txt"]),  # simplified finds traditional
        ("园区 统计局", ["c.txt"]),
        ("ＰＤＦ", ["b.pdf"]),
        ("2024-05", ["c.txt"]),
        ("青溪", ["c.txt"]),  # the subject
        ("没有", []),
    ],
)
def test_every_word_must_stand_somewhere(words: str, docs: list[str]) -> None:
    assert _docs(words=words) == docs


@pytest.mark.parametrize(
    ("shown", "docs"),
    [("all", ["a.txt", "b.pdf", "c.txt", "d.md"]), ("indexed", ["a.txt", "c.txt"]), ("waiting", ["d.md"]),
     ("problems", ["a.txt", "b.pdf"])],
)  # fmt: skip
def test_what_is_shown(shown: str, docs: list[str]) -> None:
    assert shown in SHOWN and _docs(shown=shown) == docs


@pytest.mark.parametrize(
    ("order", "docs"),
    [
        ("doc", ["a.txt", "b.pdf", "c.txt", "d.md"]),
        ("title", ["b.pdf", "d.md", "c.txt", "a.txt"]),
        ("newest", ["c.txt", "a.txt", "b.pdf", "d.md"]),
        ("longest", ["a.txt", "c.txt", "b.pdf", "d.md"]),
        ("problems", ["b.pdf", "a.txt", "d.md", "c.txt"]),
    ],
)
def test_orders(order: str, docs: list[str]) -> None:
    assert order in ORDERS and _docs(order=order) == docs


def test_an_error_comes_before_what_was_noted() -> None:
    row = DocumentRow("x", "failed", "x", problems=("缺页",), error="已损坏")
    assert troubles(row) == ("已损坏", "缺页")


def test_what_was_left_out_in_words() -> None:
    assert left_out_text(DocumentRow("x", "indexed", "x", left_out=(("页眉", 9), ("署名", 3)))) == (
        "略去 12 处（页眉 9、署名 3）"
    )
    assert left_out_text(DocumentRow("x", "indexed", "x")) == ""
