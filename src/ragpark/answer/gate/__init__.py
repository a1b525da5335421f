"""The number gate: what a language model wrote, checked against the passages it was given."""

from ragpark.answer.gate.check import Checked, check
from ragpark.answer.gate.passages import Passage

__all__ = ["Checked", "Passage", "check"]
