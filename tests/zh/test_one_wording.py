"""One wording, one meaning: facts, table headers, questions, follow-ups and the check of answers read each word alike.

Each word of the shared notions is put into a made-up sentence, header and question; all its users must see in it what
the notion says. A word that one of them does not know is a second list somewhere.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ragpark.answer.computed import asked as asks_change
from ragpark.read.fact_kinds import kind_of as kind_of_fact
from ragpark.read.readings import Reading, read_text
from ragpark.retrieve.followup import leans
from ragpark.retrieve.query import Query, understand
from ragpark.retrieve.units import units_of
from ragpark.zh.column_names import kind_of as kind_of_header
from ragpark.zh.numbers import find_quantities
from ragpark.zh.tagger import LacTagger
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import words_of
from ragpark.zh.words import Segmenter

EMPTY = Vocabulary([], [], [], "none")
SEGMENTER = Segmenter()
TAGGER = LacTagger()
TODAY = "2025-01-01"


def fact(sentence: str) -> str:
    """The kind of the last figure of the sentence, as facts read it."""
    return kind_of_fact(sentence, find_quantities(sentence)[-1])


def header(name: str, unit: str) -> str:
    return kind_of_header(name, unit)


def checked(sentence: str) -> Reading:
    """The last figure of a sentence, as the check of an answer reads it."""
    return read_text(sentence, "", {}, EMPTY, TAGGER)[-1]


def change(sentence: str) -> int:
    """1 for a rise, -1 for a fall, as the check of an answer reads it."""
    return checked(sentence).way


def is_target(sentence: str) -> bool:
    return checked(sentence).kind == "target"


def question(text: str) -> Query:
    return understand(text, SEGMENTER, EMPTY, lambda token: 1.0, today=TODAY)


def follows_up(text: str) -> bool:
    return leans(text, SEGMENTER, EMPTY, today=TODAY)


# notion, who reads it, how: a function of the word that is true where the user sees what the notion says
USERS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("rise", "fact", lambda word: fact(f"碧溪区产值{word}5.2%。") == "growth"),
    ("rise", "header", lambda word: header(f"产值{word}（%）", "%") == "growth"),
    ("rise", "question", lambda word: asks_change(f"碧溪区产值{word}多少")),
    ("rise", "follow-up", lambda word: follows_up(f"{word}了多少？")),
    ("rise", "gate", lambda word: change(f"碧溪区产值{word}5.2%。") == 1),
    ("fall", "fact", lambda word: fact(f"碧溪区产值{word}5.2%。") == "growth"),
    ("fall", "header", lambda word: header(f"产值{word}（%）", "%") == "growth"),
    ("fall", "question", lambda word: asks_change(f"碧溪区产值{word}多少")),
    ("fall", "follow-up", lambda word: follows_up(f"{word}了多少？")),
    ("fall", "gate", lambda word: change(f"碧溪区产值{word}5.2%。") == -1),
    ("growth_noun", "fact", lambda word: fact(f"碧溪区产值{word}5.2%。") == "growth"),
    ("growth_noun", "header", lambda word: header(f"产值{word}", "%") == "growth"),
    ("growth_noun", "question", lambda word: "%" in units_of(f"碧溪区产值{word}是多少")),
    ("growth_noun", "follow-up", lambda word: follows_up(f"{word}是多少？")),
    ("growth_up_noun", "gate", lambda word: change(f"碧溪区产值{word}5.2%。") == 1),
    ("growth_down_noun", "gate", lambda word: change(f"碧溪区产值{word}5.2%。") == -1),
    ("aim_verb", "fact", lambda word: fact(f"碧溪区{word}建成学校50所。") == "target"),
    ("aim_verb", "question", lambda word: question(f"碧溪区{word}建成学校多少所").target),
    ("aim_verb", "gate", lambda word: is_target(f"碧溪区{word}建成学校50所。")),
    ("aim_noun", "fact", lambda word: fact(f"碧溪区学校{word}为50所。") == "target"),
    ("aim_noun", "header", lambda word: header(f"学校{word}", "所") == "target"),
    ("aim_noun", "question", lambda word: question(f"碧溪区学校{word}是多少").target),
    ("aim_noun", "gate", lambda word: is_target(f"碧溪区学校{word}为50所。")),
    ("new", "fact", lambda word: fact(f"碧溪区{word}企业50家。") == "increase"),
    ("new", "header", lambda word: header(f"{word}（家）", "家") == "increase"),
    ("share", "fact", lambda word: fact(f"研发经费{word}产值5.2%。") == "share"),
    ("share_noun", "header", lambda word: header(f"研发经费{word}", "%") == "share"),
    ("share_noun", "question", lambda word: "%" in units_of(f"碧溪区研发经费{word}是多少")),
    ("share_noun", "follow-up", lambda word: follows_up(f"{word}是多少？")),
    ("rank_noun", "header", lambda word: header(f"全省{word}", "位") == "rank"),
    ("rank_noun", "question", lambda word: "位" in units_of(f"碧溪区产值{word}第几")),
    ("rank_noun", "follow-up", lambda word: follows_up(f"{word}第几？")),
    ("rank_verb", "fact", lambda word: fact(f"碧溪区产值{word}全省第三位。") == "rank"),
    ("compared_with", "question", lambda word: "%" in units_of(f"碧溪区产值{word}增长多少")),
    ("compared_with", "header", lambda word: header(f"{word}（%）", "%") == "growth"),
)


@pytest.mark.parametrize(("notion", "user", "sees"), USERS, ids=[f"{name}-{user}" for name, user, _ in USERS])
def test_every_user_reads_every_word_of_a_notion_alike(notion: str, user: str, sees: Callable[[str], bool]) -> None:
    assert [word for word in sorted(words_of(notion)) if not sees(word)] == []


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("双创计划人才41人。", "level"),  # a scheme's name
        ("人均预期寿命82岁。", "level"),
        ("工业增加值50亿元。", "level"),
        ("拟上市企业24家。", "level"),
        ("占地50亩。", "level"),
    ],
)
def test_what_only_looks_like_the_word_is_left_alone_by_facts_and_gate(sentence: str, kind: str) -> None:
    assert fact(sentence) == kind
    assert not is_target(sentence)
    assert change(sentence) == 0
