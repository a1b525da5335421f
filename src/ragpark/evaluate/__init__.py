"""Gold sets, measures and reports: how good the answers are, and which stage lost a question."""

from ragpark.evaluate.gold import Evidence, GoldQuestion, read_gold
from ragpark.evaluate.judge import Judged, Missed
from ragpark.evaluate.report import question_json, report_json, write_report
from ragpark.evaluate.run import EvaluationReport, evaluate, summarise

__all__ = [
    "EvaluationReport",
    "Evidence",
    "GoldQuestion",
    "Judged",
    "Missed",
    "evaluate",
    "question_json",
    "read_gold",
    "report_json",
    "summarise",
    "write_report",
]
