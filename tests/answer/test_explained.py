"""The way to an answer as plain data: what was understood, which passages, and what moves each candidate."""

from __future__ import annotations

import json
import math

from statement_fakes import cut_of, hit, offered, sentence, supported, understood

from ragpark.answer.choose import Looked
from ragpark.answer.explained import BY, CANDIDATES, NAMES, PASSAGES, WEIGHTS, explained
from ragpark.answer.scorer import CONSTANT, Scorer, all_features

QUERY = understood("2023年苏州市用水量是多少吨？")
SUPPORT = supported(sentence("2023年，苏州市用水量为342万吨。"))
SCORER = Scorer({"words": 2.0, "far": -1.5, "heading": 0.0, CONSTANT: -0.25})


def test_a_step_says_what_was_read_found_and_chosen() -> None:
    piece = offered(SUPPORT, cut_of(SUPPORT.statement, "342万吨"), 0.87654, words=-0.5, far=0.2, heading=1.0)
    finding = piece.finding(QUERY)
    (step,) = explained([Looked(QUERY, "candidates", (hit("供水平稳。", score=0.71234),), (piece,), finding)], SCORER)
    assert (step["question"], step["by"], step["chosen"], step["confidence"]) == (
        "2023年苏州市用水量是多少吨？",
        "candidates",
        "342万吨",
        0.8765,
    )
    assert step["passages"] == [{"rank": 1, "doc": "a.md", "score": 0.712, "text": "供水平稳。"}]
    (one,) = step["candidates"]  # type: ignore[misc]
    assert (one["text"], one["sentence"], one["whole"], one["probability"]) == (
        "342万吨",
        "2023年，苏州市用水量为342万吨。",
        False,
        0.8765,
    )
    # 2 × −0.5 moves it more than −1.5 × 0.2; what weighs nothing is left out
    assert one["weighs"] == [
        {"feature": "words", "says": all_features()["words"].says, "value": -0.5, "adds": -1.0},
        {"feature": "far", "says": all_features()["far"].says, "value": 0.2, "adds": -0.3},
    ]
    assert one["constant"] == -0.25


def test_what_the_question_does_not_say_is_left_out_and_all_that_is_said_has_a_name() -> None:
    (step,) = explained([Looked(QUERY, "facts")], SCORER)
    read = step["read"]
    assert isinstance(read, dict)
    assert read == {
        "kind": "figure",
        "subjects": ["苏州市"],
        "years": [2023],
        "units": ["吨"],
        "words": [term.word for term in QUERY.terms],
    }
    assert set(read) <= set(NAMES) and step["by"] in BY


def test_where_nothing_was_found_nothing_is_chosen() -> None:
    (step,) = explained([Looked(QUERY, "reader")], SCORER)
    assert (step["chosen"], step["confidence"], step["candidates"], step["passages"]) == ("", 0.0, [], [])


def test_parts_stand_in_order_and_long_ones_are_cut() -> None:
    names = list(all_features())[: WEIGHTS + 3]
    heavy = Scorer(dict.fromkeys(names, 1.0))
    many = tuple(offered(SUPPORT, None, 0.5, **dict.fromkeys(names, 1.0)) for _ in range(CANDIDATES + 2))
    hits = tuple(hit("长" * 100, rank=rank) for rank in range(1, PASSAGES + 3))
    other = understood("苏州市人口是多少？")
    first, second = explained([Looked(QUERY, "candidates", hits, many), Looked(other, "candidates")], heavy)
    assert (first["question"], second["question"]) == (QUERY.question, other.question)
    passages, candidates = first["passages"], first["candidates"]
    assert isinstance(passages, list) and isinstance(candidates, list)
    assert (len(passages), len(candidates)) == (PASSAGES, CANDIDATES)
    assert passages[0]["text"] == "长" * 60
    assert [len(one["weighs"]) for one in candidates] == [WEIGHTS] * CANDIDATES


def test_what_is_told_can_be_written_as_json_and_adds_up_to_the_probability() -> None:
    one = offered(SUPPORT, None, SCORER.probability({"words": -0.5, "far": 0.2}), words=-0.5, far=0.2)
    (step,) = json.loads(json.dumps(explained([Looked(QUERY, "reader", (), (one,))], SCORER)))
    (told,) = step["candidates"]
    odds = math.exp(told["constant"] + sum(weight["adds"] for weight in told["weighs"]))
    assert told["probability"] == round(odds / (1 + odds), 4)
