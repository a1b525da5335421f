"""The best path of tags, and the bundled tagger's words."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragpark.zh.tagger import MAX_CHARS, LacTagger, Word, best_paths

TAGGER = LacTagger()


def test_the_best_path_weighs_scores_and_transitions() -> None:
    # tags 0 and 1; after 0 a 1 costs 10: the path 0-0 (3 + 1) beats 0-1 (3 + 2 - 10) and 1-1 (1 + 2)
    scores = np.array([[[3, 1], [1, 2]]], dtype=np.float32)
    transitions = np.array([[0, -10], [0, 0]], dtype=np.float32)
    assert best_paths(scores, np.array([2]), transitions).tolist() == [[0, 0]]


@pytest.mark.parametrize("seed", range(8))
def test_the_best_path_is_that_of_trying_all(seed: int) -> None:
    random = np.random.default_rng(seed)
    lengths = np.array([5, 1, 3])
    scores = random.normal(size=(3, 5, 3)).astype(np.float32)
    transitions = random.normal(size=(3, 3)).astype(np.float32)
    found = best_paths(scores, lengths, transitions)
    for row, length in enumerate(lengths.tolist()):
        worth = {
            path: sum(float(scores[row, at, tag]) for at, tag in enumerate(path))
            + sum(float(transitions[a, b]) for a, b in itertools.pairwise(path))
            for path in itertools.product(range(3), repeat=length)
        }
        assert tuple(found[row, :length].tolist()) == max(worth, key=lambda path: worth[path])


def test_words_have_parts_of_speech_and_names() -> None:
    text = "去年，王小明在苏州市工作。"
    (words,) = TAGGER.tag([text])
    assert [(text[word.start : word.end], word.tag) for word in words] == [
        ("去年", "TIME"), ("，", "w"), ("王小明", "PER"), ("在", "p"), ("苏州市", "LOC"), ("工作", "n"), ("。", "w"),
    ]  # fmt: skip


@given(st.lists(st.text(alphabet="园区昆山市高新企业有了2800家，。%.亿元 aB\n", max_size=40), max_size=6))
def test_words_cover_each_text_in_order(texts: list[str]) -> None:
    tagged = TAGGER.tag(texts)
    assert len(tagged) == len(texts)
    for text, words in zip(texts, tagged, strict=True):
        assert "".join(text[word.start : word.end] for word in words) == text
        assert all(word.start < word.end for word in words)


def test_a_long_text_is_tagged_in_pieces() -> None:
    piece = "昆山市建成学校三所，培训教师二十名。" * 30
    first, second = piece[:MAX_CHARS], piece[MAX_CHARS : 2 * MAX_CHARS]
    whole, one, two = TAGGER.tag([first + second, first, second])
    assert whole == (*one, *(Word(w.start + MAX_CHARS, w.end + MAX_CHARS, w.tag) for w in two))


def test_each_text_is_tagged_alike_whatever_stands_beside_it() -> None:
    texts = ["昆山市建成学校三所。", "全年产值" * 60, "", "某某公司营收80亿元"]
    assert TAGGER.tag(texts) == [TAGGER.tag([text])[0] for text in texts]
    assert TAGGER.tag(texts[::-1]) == TAGGER.tag(texts)[::-1]
