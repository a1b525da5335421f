"""How probable it is that a candidate answers: one linear model over named features, fitted to questions with known answers.

The logistic function of the features' weighted sum. The weights stand in a data file, with the sets, the date and the
cross-validated figures of their fit; `ragpark evaluate --fit` makes it.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ragpark.errors import ScorerError

BUNDLED = Path(__file__).parent / "data" / "scorer.json"
_FEATURES = Path(__file__).parent / "data" / "features.toml"
CONSTANT = "constant"


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature says of a candidate, in Chinese; `sign` is 1 where it speaks for it, −1 against it, 0 either way;
    `expected` is the weight it has where the questions of a fit do not show what it is worth. Where a `guard` is 1,
    nothing is answered, however probable the rest makes it."""

    sign: int
    expected: float
    says: str
    guard: bool = False


@cache
def all_features() -> Mapping[str, Feature]:
    """Return every feature that candidates may have, by name."""
    with _FEATURES.open("rb") as file:
        return {name: Feature(**entry) for name, entry in tomllib.load(file).items()}


@dataclass(frozen=True, slots=True)
class Scorer:
    """`weights` by the features' names, `CONSTANT` among them; a feature without one counts nothing."""

    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability, 0 to 1, that what has these features answers its question."""
        total = sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total + self.weights.get(CONSTANT, 0.0)))))

    def shares(self, features: Mapping[str, float]) -> list[tuple[str, float, float]]:
        """Return (name, value, weight × value) of the features that count, the weightiest first."""
        found = [(name, value, self.weights.get(name, 0.0) * value) for name, value in features.items()]
        return sorted((item for item in found if item[2]), key=lambda item: (-abs(item[2]), item[0]))


@cache
def load_scorer(path: Path = BUNDLED) -> Scorer:
    """Read the model of a data file, once a process. Raises ScorerError if there is none or it is not one."""
    try:
        weights = json.loads(path.read_text(encoding="utf-8"))["weights"]
        return Scorer({str(name): float(weight) for name, weight in weights.items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ScorerError(
            f"评分模型 {path} 读不出来（{error}）；请重新安装，或用 ragpark evaluate --fit 重新生成"
        ) from error
