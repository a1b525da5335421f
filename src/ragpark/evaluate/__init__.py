"""Gold sets, measures and reports: how good the answers are, and which stage lost a question."""

from ragpark.evaluate.calibrate import Calibration, calibrated, calibration_json, store_threshold
from ragpark.evaluate.candidates import append_gold
from ragpark.evaluate.compare_runs import Comparison, compare_runs, comparison_json
from ragpark.evaluate.gold import Evidence, GoldQuestion, read_gold
from ragpark.evaluate.judge import Judged, Missed
from ragpark.evaluate.report import question_json, report_json, write_report
from ragpark.evaluate.run import EvaluationReport, evaluate, summarise
from ragpark.evaluate.saved import SavedRun, read_run, saved_run

__all__ = [
    "Calibration",
    "Comparison",
    "EvaluationReport",
    "Evidence",
    "GoldQuestion",
    "Judged",
    "Missed",
    "SavedRun",
    "append_gold",
    "calibrated",
    "calibration_json",
    "compare_runs",
    "comparison_json",
    "evaluate",
    "question_json",
    "read_gold",
    "read_run",
    "report_json",
    "saved_run",
    "store_threshold",
    "summarise",
    "write_report",
]
