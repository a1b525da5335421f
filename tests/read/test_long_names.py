"""A name too long to show is cut where a part of it ends, and only after a list of names has been dealt out."""

from __future__ import annotations

import pytest

from ragpark.read.phrase import MAX_CHARS, name_figures
from ragpark.read.tokens import tokens_of
from ragpark.zh.numbers import find_quantities
from ragpark.zh.tagger import LacTagger


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "海洋装备业、绿色石化制造业增加值占规模以上工业增加值比重分别达36.2%、14.7%。",
            ["海洋装备业增加值占规模以上工业增加值比重", "绿色石化制造业增加值占规模以上工业增加值比重"],
        ),
    ],
)
def test_each_of_a_long_list_has_its_own(text: str, names: list[str]) -> None:
    quantities = find_quantities(text)
    tokens = tokens_of(text, LacTagger().tag([text])[0], [(q.start, q.end, "Q") for q in quantities])
    found = name_figures(text, tokens, quantities, ["share"] * len(quantities))
    assert found == names
    assert all(len(name) <= MAX_CHARS for name in found)
