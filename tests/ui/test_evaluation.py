"""Evaluations in the background: one at a time, stopped, failed, kept; the services are fakes that wait when told."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_engine import RND, FakeEngine

from ragpark.config import Settings
from ragpark.errors import IndexDamagedError
from ragpark.evaluate import Evidence, GoldQuestion
from ragpark.evaluate.history import run_paths
from ragpark.evaluate.saved import read_run
from ragpark.records import Answer
from ragpark.ui.evaluation import Evaluations, EvaluationState
from ragpark.ui.services import UNEXPECTED, Services

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
RIGHT = GoldQuestion("1", "indicator", "研发投入", (("3.42%",),), (Evidence(RND.doc, RND.quote),), True)
NONE = GoldQuestion("2", "unanswerable", "2019年绿地", (), (), False)


class Waiting(FakeEngine):
    """Holds each question until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()
        self.go = threading.Event()

    def ask(self, question: str, **scope: object) -> Answer:
        self.reached.set()
        assert self.go.wait(20)
        return super().ask(question)


def _job(folder: Path, engine: object) -> Evaluations:
    services = Services(Settings(reports=folder), lambda settings: engine, lambda progress: None)  # type: ignore[arg-type,return-value]
    return Evaluations(services, folder, UNEXPECTED, lambda: NOON)


def test_a_run_is_kept_and_the_state_names_its_gold_set(tmp_path: Path) -> None:
    job = _job(tmp_path, FakeEngine())
    assert job.start("gold.jsonl", "ab", [RIGHT, NONE])
    job.wait(20)
    assert job.state == EvaluationState(gold="gold.jsonl")
    (path,) = run_paths(tmp_path, "gold.jsonl")
    run = read_run(path)
    assert (run.answer, run.refusal) == (
        {"accuracy": 1.0, "precision": 1.0, "em": 1.0, "f1": 1.0},
        {"precision": 1.0, "recall": 1.0},
    )
    assert run.confidence == {"auc": None}
    assert (run.gold_sha256, run.made, run.generation) == ("ab", "2026-11-22T12:00:00+00:00", "gen-1")


def test_one_run_at_a_time_and_sessions_ask_between_its_questions(tmp_path: Path) -> None:
    engine = Waiting()
    services = Services(Settings(reports=tmp_path), lambda settings: engine, lambda progress: None)  # type: ignore[arg-type,return-value]
    job = services.evaluation
    assert job.start("a", "", [RIGHT, NONE] * 20)
    assert engine.reached.wait(20)
    assert not job.start("b", "", [NONE])
    assert (job.state.running, job.state.gold, job.state.total) == (True, "a", 40)
    engine.go.set()
    assert services.ask("企业").answer == "560家"
    job.wait(20)
    assert not job.state.running and run_paths(tmp_path, "b") == []


def test_a_stopped_run_keeps_nothing_and_another_can_start(tmp_path: Path) -> None:
    engine = Waiting()
    job = _job(tmp_path, engine)
    job.start("a", "", [NONE, NONE, NONE])
    assert engine.reached.wait(20)
    job.stop()
    engine.go.set()
    job.wait(20)
    assert job.state == EvaluationState(gold="a", stopped=True)
    assert list(tmp_path.iterdir()) == []
    assert len(engine.asked) == 2  # the first question, asked to warm up and then in earnest
    assert job.start("a", "", [NONE])
    job.wait(20)
    assert len(run_paths(tmp_path, "a")) == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [(IndexDamagedError("索引损坏，请重建"), "索引损坏，请重建"), (ZeroDivisionError("secret"), UNEXPECTED)],
)
def test_a_failure_is_a_sentence(tmp_path: Path, error: Exception, told: str) -> None:
    class Broken(FakeEngine):
        def ask(self, question: str, **scope: object) -> Answer:
            raise error

    job = _job(tmp_path, Broken())
    job.start("a", "", [NONE])
    job.wait(20)
    assert job.state == EvaluationState(gold="a", error=told)


def test_the_engine_is_warmed_once(tmp_path: Path) -> None:
    class Warm(FakeEngine):
        warmed = 0

        def warm(self) -> None:
            self.warmed += 1

    engine = Warm()
    job = _job(tmp_path, engine)
    job.start("a", "", [NONE, RIGHT])
    job.wait(20)
    assert engine.warmed == 1
