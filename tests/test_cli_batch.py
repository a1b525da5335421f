"""`ragpark batch`: a sheet in, a file out; stopped and gone on with; wrong files and wrong rows. The engine is a fake."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from ragpark import cli
from ragpark.config import Settings
from ragpark.errors import IndexMissingError, QuestionError
from ragpark.records import Answer, AnsweredFigure, Citation

QUOTE = "占比为4.5%。"
CITATION = Citation(1, "a.txt", "年鉴", "2021-01-01", ("概况",), QUOTE, 0, 8, {"lines": [3, 3]}, (), ())
FIGURE = AnsweredFigure("4.5%", 4.5, "%", "园区", "占比", "2020年", 2020, "share", 1)


class FakeEngine:
    """Knows 占比; fails at 错; is interrupted at 停 as long as `stops`."""

    stops = False
    generation = "gen-1"
    asked: list[tuple[str, dict[str, Any]]]

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def index(self) -> SimpleNamespace:
        return SimpleNamespace(generation=type(self).generation)

    def complete(self, question: str, previous: str) -> str:
        return f"{previous}之{question[1:]}" if question.startswith("那") else question

    def ask(self, question: str, **given: Any) -> Answer:
        self.asked.append((question, given))
        print("杂讯")  # a library that prints must not spoil the JSON
        if "停" in question and type(self).stops:
            raise KeyboardInterrupt
        if question == "错":
            raise QuestionError("问题里没有文字；\n请用词语提问")
        if "占比" in question:
            return Answer(question, "4.5%", False, "", (CITATION,), 0.9, figures=(FIGURE,))
        return Answer(question, "", True, "库中没有", ())


@pytest.fixture(autouse=True)
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[FakeEngine]:
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("RAGPARK_"):
            monkeypatch.delenv(name)
    kind = type("Engine", (FakeEngine,), {"asked": [], "stops": False})
    monkeypatch.setattr("ragpark.engine.Engine", kind)
    (tmp_path / "docs_raw").mkdir()
    (tmp_path / "docs_raw" / "a.txt").write_text(QUOTE, encoding="utf-8")
    (tmp_path / "q.csv").write_text("编号,问题\n1,占比\n2,停\n3,错\n4,\n", encoding="utf-8")
    return kind


def test_the_object_and_the_rows_that_failed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["batch", "q.csv", "-o", "答.xlsx", "--json", "--year", "2020", "--title", "年度问答"]) == 0
    captured = capsys.readouterr()
    (line,) = captured.out.splitlines()
    told = json.loads(line)
    assert told.pop("seconds") >= 0
    assert told == {
        "file": "答.xlsx", "questions": 4, "answered": 1, "refused": 1, "resumed": 0, "generation": "gen-1",
        "failed": [
            {"row": 4, "question": "错", "error": "问题里没有文字；\n请用词语提问"},
            {"row": 5, "question": "", "error": "这一行没有问题"},
        ],
    }  # fmt: skip
    assert "q.csv 第 4 行：问题里没有文字； 请用词语提问\nq.csv 第 5 行：这一行没有问题\n" in captured.err
    sheet = openpyxl.load_workbook("答.xlsx")["答案"]
    assert (sheet["A1"].value, sheet["D5"].value, sheet["H5"].value) == ("年度问答", "4.5%", 4.5)
    assert sheet["K5"].hyperlink.target.replace("\\", "/") == "docs_raw/a.txt"


def test_for_people(engine: type[FakeEngine], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "q.txt").write_text("占比\n绿地\n", encoding="utf-8")
    assert cli.main(["batch", "q.txt", "-o", "答.md"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("2 问：已答 1，未答出 1，没有问成 0；用时 ")
    assert captured.out.endswith("已写进 答.md\n")
    assert not list(tmp_path.glob("*.part.jsonl"))  # all is well: nothing to go on with
    assert [given for _, given in engine.asked] == [{"year": None, "doc": None}] * 2


def test_stopped_and_gone_on_with(engine: type[FakeEngine], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    engine.stops = True
    assert cli.main(["batch", "q.csv", "-o", "答.xlsx", "--json"]) == 130
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.replace("杂讯\n", "") == (
        "已中断：4 问做了 1 问；已答的存在 答.xlsx.part.jsonl，再运行同一条命令就接着做\n"
    )
    assert not (tmp_path / "答.xlsx").exists()
    engine.stops, engine.asked = False, []
    assert cli.main(["batch", "q.csv", "-o", "答.xlsx", "--json"]) == 0
    assert [question for question, _ in engine.asked] == ["停", "错"]
    assert json.loads(capsys.readouterr().out)["resumed"] == 1
    # a row that failed leaves the journal: mended, it alone is asked
    (tmp_path / "q.csv").write_text("编号,问题\n1,占比\n2,停\n3,新占比\n", encoding="utf-8")
    engine.asked = []
    assert cli.main(["batch", "q.csv", "-o", "答.xlsx"]) == 0
    assert [question for question, _ in engine.asked] == ["新占比"]
    assert "（其中 2 问是上次答好的）" in capsys.readouterr().out
    assert not list(tmp_path.glob("*.part.jsonl"))


def test_another_generation_or_filter_is_asked_anew(engine: type[FakeEngine]) -> None:
    for generation, more in (("gen-1", []), ("gen-2", []), ("gen-2", ["--doc", "a*"])):
        engine.generation, engine.asked = generation, []
        assert cli.main(["batch", "q.csv", "-o", "答.jsonl", "--json", *more]) == 0
        assert [question for question, _ in engine.asked] == ["占比", "停", "错"]


def test_questions_that_follow_each_other(engine: type[FakeEngine], tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text("2023年占比\n那绿地\n", encoding="utf-8")
    assert cli.main(["batch", "q.txt", "-o", "答.jsonl", "--follow"]) == 0
    assert [question for question, _ in engine.asked] == ["2023年占比", "2023年占比之绿地"]
    rows = [json.loads(line) for line in (tmp_path / "答.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (rows[1]["question"], rows[1]["asked"]) == ("那绿地", "2023年占比之绿地")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["q.csv"], 2, "缺少参数"),
        (["q.csv", "-o", "答.pdf"], 2, "不能写成“.pdf”"),
        (["无.csv", "-o", "答.xlsx"], 1, "没有问题表“无.csv”"),
        (["q.csv", "-o", "无/答.xlsx"], 1, "答案的文件夹不存在"),
        (["q.md", "-o", "q.md"], 1, "它是问题表本身"),
        (["q.md", "-o", "a.md"], 1, "不是问题表"),
    ],
)
def test_what_cannot_be_done(
    arguments: list[str], code: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.md").write_text("占比", encoding="utf-8")
    assert cli.main(["batch", *arguments]) == code
    captured = capsys.readouterr()
    assert captured.out == "" and told in captured.err and captured.err.count("\n") == 1


def test_without_an_index_nothing_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(settings: Settings) -> None:
        raise IndexMissingError("还没有索引；请先运行：ragpark index")

    monkeypatch.setattr("ragpark.engine.Engine", missing)
    assert cli.main(["batch", "q.csv", "-o", "答.xlsx"]) == 1
    assert capsys.readouterr().err == "错误：还没有索引；请先运行：ragpark index\n"
    assert not list(tmp_path.glob("答*"))
