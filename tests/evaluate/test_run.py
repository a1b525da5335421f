"""A gold set over two small documents, with every measure worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from math import log2
from pathlib import Path

import pytest
from evaluate_fakes import FakeEngine, FakeIndex, answered, chunk, cite, document, refused

from ragpark.errors import QuestionError, ReportError
from ragpark.evaluate import EvaluationReport, Evidence, GoldQuestion, evaluate, report_json, write_report
from ragpark.records import Answer

#                 0         10        20        30
A = document("a.txt", "2020年占比为4.5%。企业1,840家。签于6月24日。", also=("copy/a.txt",))
B = document("b.txt", "2023年占比增至5.16%。人才6.3万人。")
A0, A1, A2 = chunk(A, 0, 0, 13), chunk(A, 1, 13, 22), chunk(A, 2, 22, 30)
B0, B1 = chunk(B, 0, 0, 15), chunk(B, 1, 15, 23)
INDEX = FakeIndex({"a.txt": A, "b.txt": B}, (A0, A1, A2, B0, B1))


def gold(
    name: str, answers: list[list[str]], *evidence: tuple[str, str | None], kind: str = "indicator"
) -> GoldQuestion:
    items = tuple(Evidence(doc, quote) for doc, quote in evidence)
    return GoldQuestion(name, kind, name, tuple(map(tuple, answers)), items, bool(answers))


def run(question: GoldQuestion, found: list[object], said: Answer) -> EvaluationReport:
    engine = FakeEngine(INDEX, {question.question: found}, {question.question: said})  # type: ignore[dict-item]
    return evaluate(engine, [question], clock=iter(range(100)).__next__)  # type: ignore[arg-type]


def test_chunks_are_cut_as_the_tests_assume() -> None:
    assert [c.text for c in INDEX.chunks] == [
        "2020年占比为4.5%。",
        "企业1,840家。",
        "签于6月24日。",
        "2023年占比增至5.16%。",
        "人才6.3万人。",
    ]


def test_right_answer_with_its_evidence_at_rank_2() -> None:
    question = gold("占比", [["4.5%"]], ("a.txt", "占比为\n４．５%"))
    (judged,) = run(question, [B0, A0, A1], answered("占比", "4.5%", cite(A, A0.text))).questions
    assert (judged.verdict, judged.stage, judged.answer_right, judged.cited) == ("correct", "", True, True)
    assert judged.missed == ()
    assert judged.scores == {
        "Recall@1": 0.0,
        "Recall@5": 1.0,
        "nDCG@10": pytest.approx(1 / log2(3)),  # one relevant chunk, at rank 2
        "RR@10": 0.5,
        "AnswerRecall@1": 0.0,
        "AnswerRecall@5": 1.0,
    }


def test_two_evidence_items_are_recalled_one_by_one_and_both_parts_are_asked_for() -> None:
    question = gold("历年", [["4.5%"], ["5.16%"]], ("a.txt", "4.5%"), ("b.txt", "5.16%"), kind="series")
    said = answered("历年", "2020年4.5%，2023年5.16%", cite(A, "占比为4.5%"), cite(B, "增至5.16%", 2))
    (judged,) = run(question, [A0, A1, A2, B1, B0], said).questions
    assert judged.verdict == "correct"
    assert (judged.scores["Recall@1"], judged.scores["Recall@5"]) == (0.5, 1.0)
    # Relevant at ranks 1 and 5 of two relevant.
    assert judged.scores["nDCG@10"] == pytest.approx((1 + 1 / log2(6)) / (1 + 1 / log2(3)))
    assert (judged.scores["AnswerRecall@1"], judged.scores["AnswerRecall@5"]) == (0.0, 1.0)


def test_whole_document_is_the_evidence_without_a_quote() -> None:
    question = gold("企业", [["1840家"]], ("a.txt", None))
    (judged,) = run(question, [A2, B0, A1], answered("企业", "1,840家", cite(A, A1.text))).questions
    assert judged.verdict == "correct"
    # Three chunks lie in a.txt; ranks 1 and 3 are two of them.
    assert judged.scores["nDCG@10"] == pytest.approx((1 + 0.5) / (1 + 1 / log2(3) + 0.5))
    assert judged.scores["Recall@1"] == 1.0
    assert judged.scores["AnswerRecall@1"] == 0.0  # the answer itself stands in the third


def test_a_copy_of_a_document_is_the_document() -> None:
    question = gold("企业", [["1840家"]], ("copy/a.txt", "1,840家"))
    (judged,) = run(question, [A1], answered("企业", "1840家", cite(A, A1.text))).questions
    assert judged.verdict == "correct"


def test_a_quote_across_two_chunks_makes_both_relevant() -> None:
    question = gold("企业", [["1840家"]], ("a.txt", "4.5%。企业1,840家"))
    (judged,) = run(question, [A0, A1], answered("企业", "1840家", cite(A, A1.text))).questions
    assert judged.scores["nDCG@10"] == 1.0


@pytest.mark.parametrize(
    ("found", "said", "verdict", "stage", "rank"),
    [
        ([B0, A0], answered("占比", "14.5%", cite(A, A0.text)), "wrong", "wrong value", 2),
        ([B0, A0], answered("占比", "5.16%", cite(B, B0.text)), "wrong", "retrieved but not chosen", 2),
        ([B0, A0], answered("占比", "4.5%", cite(B, B0.text)), "not cited", "retrieved but not chosen", 2),
        # It cites the evidence, but the part of the sentence that does not hold the answer.
        ([B0, A0], answered("占比", "4.5%", cite(A, "占比为")), "not cited", "retrieved but not chosen", 2),
        ([B0, A0], answered("占比", "4.5%"), "not cited", "retrieved but not chosen", 2),
        ([B0, B1], answered("占比", "5.16%", cite(B, B0.text)), "wrong", "not retrieved", None),
        # From deeper than the hits that are looked at: retrieval did not lose it.
        ([B0], answered("占比", "2020年", cite(A, A0.text)), "wrong", "wrong value", None),
        ([B0, A0], refused("占比", "没有", cite(A, A0.text)), "refused", "refused", 2),
        ([B0], refused("占比"), "refused", "not retrieved", None),
    ],
)
def test_a_miss_names_the_stage_and_the_passage(
    found: list[object], said: Answer, verdict: str, stage: str, rank: int | None
) -> None:
    question = gold("占比", [["4.5%"]], ("a.txt", "占比为4.5%"))
    (judged,) = run(question, found, said).questions
    assert (judged.verdict, judged.stage) == (verdict, stage)
    assert [(missed.doc, missed.text, missed.rank) for missed in judged.missed] == [("a.txt", A0.text, rank)]


def test_half_of_a_series_names_only_the_passage_that_was_lost() -> None:
    question = gold("历年", [["4.5%"], ["5.16%"]], ("a.txt", "4.5%"), ("b.txt", "5.16%"))
    (judged,) = run(question, [A0, B0], answered("历年", "4.5%", cite(A, A0.text))).questions
    assert (judged.verdict, judged.stage) == ("wrong", "retrieved but not chosen")
    assert [missed.text for missed in judged.missed] == [B0.text]


@pytest.mark.parametrize("evidence", [("a.txt", "占比为9.9%"), ("none.txt", None)])
def test_evidence_that_is_not_there_is_a_problem_and_not_met(evidence: tuple[str, str | None]) -> None:
    question = gold("占比", [["4.5%"]], evidence)
    report = run(question, [A0], answered("占比", "4.5%", cite(A, A0.text)))
    (judged,) = report.questions
    assert (judged.verdict, judged.stage) == ("not cited", "evidence not in the documents")
    assert (judged.scores["Recall@5"], judged.scores["nDCG@10"]) == (0.0, 0.0)
    assert len(report.problems) == 1
    assert evidence[0] in report.problems[0]


def _whole() -> tuple[FakeEngine, list[GoldQuestion]]:
    questions = [
        gold("占比", [["4.5%"]], ("a.txt", "占比为4.5%")),
        gold("人才", [["6.3万人"]], ("b.txt", "人才6.3万人")),
        gold("签约", [["6月24日"]], ("a.txt", "6月24日"), kind="fact"),
        gold("电话", [], kind="unanswerable"),
        gold("人口", [], kind="unanswerable"),
    ]
    found = {"占比": [A0], "人才": [B0, B1], "签约": [A0, A1]}
    said = {
        "占比": answered("占比", "4.5%", cite(A, A0.text)),
        "人才": answered("人才", "6.3万人", cite(A, A1.text)),  # right, but cited wrongly
        "签约": refused("签约"),
        "电话": refused("电话", "没有电话"),
        "人口": answered("人口", "6.3万人", cite(B, B1.text)),
    }
    return FakeEngine(INDEX, found, said), questions


def test_summary_by_hand() -> None:
    engine, questions = _whole()
    ticks = iter([0, 0.010, 1, 1.020, 2, 2.030, 3, 3.040, 4, 4.050])  # 10, 20, 30, 40, 50 ms
    seen: list[tuple[int, int]] = []
    summary = evaluate(
        engine, questions, lambda done, total: seen.append((done, total)), clock=ticks.__next__
    ).summary()
    by_kind = summary.pop("by_kind")
    assert summary == {
        "questions": 5,
        "answerable": 3,
        "unanswerable": 2,
        "retrieval": {
            "Recall@1": 0.3333,  # 占比 of three
            "Recall@5": 0.6667,  # 占比, 人才
            "nDCG@10": round((1 + 1 / log2(3)) / 3, 4),
            "RR@10": 0.5,  # (1 + 1/2 + 0) / 3
            "AnswerRecall@1": 0.3333,
            "AnswerRecall@5": 0.6667,
        },
        "answer": {
            "accuracy": 0.6667,  # 占比, 人才; the refusal counts as wrong
            "precision": 0.6667,  # given: 占比, 人才 and, wrongly, 人口
            "em": 0.6667,  # 占比, 人才 word for word; the refusal counts 0
            "f1": 0.6667,
        },
        "citation": {"accuracy": 0.3333},  # 占比
        "refusal": {"precision": 0.5, "recall": 0.5},  # refused 签约 wrongly, 电话 rightly; answered 人口
        "confidence": {"auc": 0.5},  # all three answers given have the same score
        "latency_ms": {"p50": 30.0, "p95": 48.0},  # 0.95 × 4 = 3.8 of the way: 40 + 0.8 × 10
        "problems": [],
    }
    assert sorted(by_kind) == ["fact", "indicator", "unanswerable"]  # type: ignore[call-overload]
    assert by_kind["indicator"]["answer"] == {"accuracy": 1.0, "precision": 1.0, "em": 1.0, "f1": 1.0}  # type: ignore[index]
    assert "refusal" not in by_kind["fact"]  # type: ignore[index]
    unanswerable = by_kind["unanswerable"]  # type: ignore[index]
    assert unanswerable["refusal"] == {"precision": 1.0, "recall": 0.5}
    assert "retrieval" not in unanswerable
    assert seen == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    assert engine.asked[:2] == ["占比", "占比"]  # the first is asked once to warm up


def test_em_and_f1_judge_the_cut_and_confidence_the_order() -> None:
    questions = [gold(name, [["4.5%"]], ("a.txt", "占比为4.5%")) for name in ("短", "长", "错")]
    said = {
        "短": answered("短", "4.5%。", cite(A, A0.text)),
        "长": answered("长", "占比为4.5%", cite(A, A0.text)),
        "错": replace(answered("错", "5.16%", cite(B, B0.text)), score=0.4),
    }
    report = evaluate(FakeEngine(INDEX, {}, said), questions)
    assert [q.em for q in report.questions] == [1.0, 0.0, 0.0]
    # 4.5|%|。: the mark does not count; 占|比|为|4.5|% has 2 of 5 in common with 2 of 2; 5.16|% 1 of 2 with 1 of 2.
    assert [q.f1 for q in report.questions] == pytest.approx([1.0, 2 * 2 / (5 + 2), 0.5])
    summary = report.summary()
    assert summary["answer"] == {"accuracy": 0.6667, "precision": 0.6667, "em": 0.3333, "f1": 0.6905}
    assert summary["confidence"] == {"auc": 1.0}  # 0.9 and 0.9 over 0.4


def test_measures_that_do_not_apply_are_null_over_all() -> None:
    engine, questions = _whole()
    summary = evaluate(engine, questions[3:4]).summary()
    assert summary["answer"] == dict.fromkeys(("accuracy", "precision", "em", "f1"))
    assert summary["confidence"] == {"auc": None}
    assert set(summary["retrieval"].values()) == {None}  # type: ignore[attr-defined]
    summary = evaluate(engine, questions[:1]).summary()
    assert summary["refusal"] == {"precision": None, "recall": None}


def test_report_file_holds_every_question(tmp_path: Path) -> None:
    engine, questions = _whole()
    report = evaluate(engine, questions)
    path = tmp_path / "report.json"
    write_report(report, path)
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(report_json(report)))
    assert written["generation"] == "gen-1"
    assert [(row["id"], row["verdict"], row["stage"]) for row in written["results"]] == [
        ("占比", "correct", ""),
        ("人才", "not cited", "retrieved but not chosen"),
        ("签约", "refused", "not retrieved"),
        ("电话", "correct", ""),
        ("人口", "answered", "not refused"),
    ]
    assert [(row["em"], row["f1"]) for row in written["results"]] == [
        (1, 1),
        (1, 1),
        (0, 0),
        (None, None),
        (None, None),
    ]
    row = written["results"][1]
    assert (row["answers"], row["answer"]) == ([["6.3万人"]], "6.3万人")
    assert row["citations"][0]["quote"] == A1.text
    passage = {"doc": "b.txt", "headings": ["标题"], "text": B1.text, "start": 15, "end": 23, "rank": 2}
    assert row["missed"] == [passage | {"marks": [[0, 7]]}]  # the gold quote is all of it but the full stop


def test_a_question_that_the_engine_will_not_take_is_a_refusal_with_its_reason() -> None:
    class Strict(FakeEngine):
        def ask(self, question: str) -> Answer:
            raise QuestionError("问题太长")

        def search(self, question: str, *, k: int = 10) -> list:  # type: ignore[type-arg]
            raise QuestionError("问题太长")

    (judged,) = evaluate(Strict(INDEX), [gold("占比", [["4.5%"]], ("a.txt", "4.5%"))]).questions
    assert (judged.verdict, judged.stage, judged.answer.reason) == ("refused", "not retrieved", "问题太长")


def test_an_index_that_switches_meanwhile_ends_the_run() -> None:
    engine, questions = _whole()

    def switch(done: int, total: int) -> None:
        engine.index = replace(engine.index, generation="gen-2")

    with pytest.raises(ReportError, match="索引更新了"):
        evaluate(engine, questions, switch)
