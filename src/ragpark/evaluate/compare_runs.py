"""Compare two runs over the same gold set: what got better, what got worse, and by how much each measure moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ragpark.errors import ReportError
from ragpark.evaluate import judge
from ragpark.evaluate.saved import SavedQuestion, SavedRun

# A wrong answer misleads, a refusal does not; a right answer with the wrong source can at least be checked.
WORTH: Mapping[str, int] = {
    judge.ANSWERED: 0,
    judge.WRONG: 0,
    judge.REFUSED: 1,
    judge.UNCITED: 2,
    judge.CORRECT: 3,
}
GROUPS = ("retrieval", "answer", "citation", "refusal", "confidence", "latency_ms")


@dataclass(frozen=True, slots=True)
class Change:
    """One question of both runs."""

    before: SavedQuestion
    after: SavedQuestion


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """One measure of both runs, None where it did not apply."""

    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        if self.before is None or self.after is None:
            return None
        return round(self.after - self.before, 4)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs. `measures` by name (`retrieval.Recall@5`), over all questions of each run.

    A question is better or worse by its verdict; `changed` has the same verdict with another answer or stage;
    `revised` was altered in the gold set between the runs, so that its verdicts do not compare.
    """

    generations: tuple[str, str]
    measures: Mapping[str, MeasureChange]
    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    changed: tuple[Change, ...]
    revised: tuple[Change, ...]
    new: tuple[SavedQuestion, ...]
    gone: tuple[SavedQuestion, ...]

    @property
    def same_questions(self) -> bool:
        """Whether both runs judged the same questions by the same gold, so that the measures compare strictly."""
        return not (self.revised or self.new or self.gone)


def compare_runs(before: SavedRun, after: SavedRun) -> Comparison:
    """Return what changed from one run to the other, questions in the order of the gold set of `after`.

    A question is the same one when its id and its wording are. Raises ReportError if the runs share none.
    """
    old = {(question.id, question.question): question for question in before.results}
    keys = {(question.id, question.question) for question in after.results}
    if not keys & old.keys():
        raise ReportError("两次评测没有相同的题目，无法比较；请选用同一个评测集的报告")
    kept = [Change(old[key], q) for q in after.results if (key := (q.id, q.question)) in old]
    revised = [change for change in kept if _revised(change.before, change.after)]
    judged = [change for change in kept if not _revised(change.before, change.after)]
    gains = [(change, _worth(change.after) - _worth(change.before)) for change in judged]
    return Comparison(
        (before.generation, after.generation),
        _measures(before, after),
        tuple(change for change, gain in gains if gain > 0),
        tuple(change for change, gain in gains if gain < 0),
        tuple(change for change, gain in gains if not gain and _said(change.before) != _said(change.after)),
        tuple(revised),
        tuple(question for question in after.results if (question.id, question.question) not in old),
        tuple(question for key, question in old.items() if key not in keys),
    )


def comparison_json(comparison: Comparison) -> dict[str, object]:
    """Return the comparison as the `comparison` of `ragpark evaluate --against`."""
    return {
        "generation": {"before": comparison.generations[0], "after": comparison.generations[1]},
        "measures": {
            name: {"before": change.before, "after": change.after, "difference": change.difference}
            for name, change in comparison.measures.items()
        },
        "better": [_change_json(change) for change in comparison.better],
        "worse": [_change_json(change) for change in comparison.worse],
        "changed": [_change_json(change) for change in comparison.changed],
        "revised": [_change_json(change) for change in comparison.revised],
        "new": [_name_json(question) for question in comparison.new],
        "gone": [_name_json(question) for question in comparison.gone],
    }


def _worth(question: SavedQuestion) -> int:
    if question.verdict not in WORTH:
        raise ReportError(f"报告里有不认识的判定“{question.verdict}”；请用当前版本重新评测")
    return WORTH[question.verdict]


def _revised(before: SavedQuestion, after: SavedQuestion) -> bool:
    if None not in (before.evidence, after.evidence) and before.evidence != after.evidence:
        return True
    return (before.answerable, before.answers) != (after.answerable, after.answers)


def _said(question: SavedQuestion) -> tuple[object, ...]:
    return question.answer, question.refused, question.verdict, question.stage


def _measures(before: SavedRun, after: SavedRun) -> dict[str, MeasureChange]:
    found: dict[str, MeasureChange] = {}
    for group in GROUPS:
        old: Mapping[str, float | None] = getattr(before, group)
        new: Mapping[str, float | None] = getattr(after, group)
        for name in dict.fromkeys((*new, *old)):
            found[f"{group}.{name}"] = MeasureChange(old.get(name), new.get(name))
    return found


def _change_json(change: Change) -> dict[str, object]:
    return _name_json(change.after) | {"before": _said_json(change.before), "after": _said_json(change.after)}


def _name_json(question: SavedQuestion) -> dict[str, object]:
    return {"id": question.id, "question": question.question}


def _said_json(question: SavedQuestion) -> dict[str, object]:
    return {
        "answer": question.answer,
        "refused": question.refused,
        "verdict": question.verdict,
        "stage": question.stage,
    }
