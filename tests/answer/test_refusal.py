"""Why there is no answer: what of the question no document holds is named only where that is the reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from statement_fakes import bare_library, term, understood

from ragpark.answer.refusal import reason


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
    assert ("青灯" in reason(bare_library(), query, [], [])) is named
