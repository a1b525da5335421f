"""Why there is no answer: what of the question no document holds is named only where that is the reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from statement_fakes import bare_library, sentences_of, supported, term, understood

from ragpark.answer.refusal import reason
from ragpark.records import Removed


def _library(held: Collection[str] = (), left_out: str = "") -> Any:
    """A library whose words are `held`, of one document with a piece that was left out of its text."""
    library = bare_library()
    library.known = set(held).__contains__
    library.index = SimpleNamespace(
        documents={"甲.txt": SimpleNamespace(removed=(Removed(left_out, "网页信息", 1),), title="甲")}
    )
    return library


@pytest.mark.parametrize(
    ("unknown", "named"),
    [
        ({"weight": 1.0}, False),  # an ordinary word beside others that are met
        ({"weight": 1.0, "proper": True}, True),
        ({"weight": 9.0}, True),  # most of what is asked about
        ({"weight": 9.0, "named": False}, False),
    ],
)
def test_an_unknown_word_is_the_reason_where_it_is_a_name_or_most_of_the_question(
    unknown: dict[str, Any], named: bool
) -> None:
    terms = (term("码头", 2.0), term("许可", 2.0), term("青灯", known=False, **unknown))
    query = replace(understood("码头的许可青灯"), terms=terms)
    assert ("青灯" in reason(_library(), query, [], [])) is named


def test_what_stands_inside_another_word_or_was_left_out_is_not_said_to_be_missing() -> None:
    query = replace(understood("青灯的许可"), terms=(term("青灯", 9.0, known=False),))
    assert "青灯" in reason(_library(), query, [], [])
    assert "青灯" not in reason(_library(held={"青", "灯", "青灯"}), query, [], [])
    nearest = [supported(sentences_of("码头的许可另有规定。")[0], doc="甲.txt")]
    assert "青灯" in reason(_library(), query, nearest, [])
    assert "青灯" not in reason(_library(left_out="【作者：青灯】"), query, nearest, [])
