"""Every notion catches its examples and leaves the others alone; patterns refer to notions by name."""

from __future__ import annotations

import pytest

from ragpark.errors import RagparkError
from ragpark.zh.wording import notion, notions, rx

CATCHES = [(item.name, text) for item in notions().values() for text in item.catches]
LEAVES = [(item.name, text) for item in notions().values() for text in item.leaves]


@pytest.mark.parametrize(("name", "text"), CATCHES)
def test_a_notion_catches_its_examples(name: str, text: str) -> None:
    assert notion(name).search(text)


@pytest.mark.parametrize(("name", "text"), LEAVES)
def test_a_notion_leaves_its_counterexamples_alone(name: str, text: str) -> None:
    assert not notion(name).search(text)


def test_a_name_that_is_no_notion_is_an_error() -> None:
    with pytest.raises(RagparkError):
        rx("{no_such_notion}")


def test_only_words_stand_for_something() -> None:
    assert all(isinstance(meant, str) for item in notions().values() for meant in item.means.values())
    assert "catches" not in notion("unit").words
