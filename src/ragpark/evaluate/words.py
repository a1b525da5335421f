"""What verdicts, stages and kinds are called before a user; the English values in the reports stay as they are."""

from __future__ import annotations

from collections.abc import Mapping

from ragpark.evaluate import judge

VERDICTS: Mapping[str, str] = {
    judge.CORRECT: "正确",
    judge.UNCITED: "答对但依据不符",
    judge.WRONG: "答错",
    judge.REFUSED: "误拒答",
    judge.ANSWERED: "该拒未拒",
}
STAGES: Mapping[str, str] = {
    "": "",
    judge.NOT_LOCATED: "依据不在文档中",
    judge.NOT_RETRIEVED: "未检索到",
    judge.NOT_CHOSEN: "检索到但没选中",
    judge.REFUSED: "误拒答",
    judge.WRONG_VALUE: "答错",
    judge.NOT_REFUSED: "该拒未拒",
}
KINDS: Mapping[str, str] = {
    "indicator": "指标",
    "series": "历年",
    "list": "列举",
    "two-part": "多项",
    "fact": "事实",
    "table": "表格",
    "unanswerable": "无答案",
}
