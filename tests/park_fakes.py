"""The vocabulary of an index whose documents are about one park, so that a bare 园区 in a test means that park."""

from __future__ import annotations

from functools import cache

from ragpark.zh import Vocabulary, load_vocabulary


@cache
def park_vocabulary() -> Vocabulary:
    """Return the built-in vocabulary with 园区 bound to 苏州工业园区, as an index over its documents binds it."""
    return load_vocabulary().at_home({"园区": "苏州工业园区", "苏州工业园区": "苏州工业园区"})
