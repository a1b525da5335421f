"""The command line: options, JSON on stdout, everything else on stderr, exit codes. The engine is a fake."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ragpark import __version__, cli
from ragpark.config import Settings
from ragpark.errors import DocumentsError, IndexMissingError, QuestionError
from ragpark.index.progress import BuildReport, Progress
from ragpark.records import Answer, Chunk, Citation, Document, Fact, Hit

TEXT = "占比为4.5%。"
DOC = Document("a.txt", "年鉴", "2021-01-01", None, TEXT, (), ((0, 3),), "lines", "txt", "0" * 64)
CHUNK = Chunk("c1", "a.txt", "年鉴", "2021-01-01", ("概况",), 0, 0, 8, TEXT)
PLACE = {"lines": [3, 3]}
CITATION = Citation(1, "a.txt", "年鉴", "2021-01-01", ("概况",), TEXT, 0, 8, PLACE, (), ((3, 7),))
FACT = Fact("占比", "园区", 2020, "2020年", 4.5, "%", "4.5%", "", "share", "a.txt", "2021-01-01", TEXT, 3, 7, PLACE)
INDEX = SimpleNamespace(documents={"a.txt": DOC}, chunks=(CHUNK,), facts=(FACT,), generation="gen-1")
REPORT = BuildReport(1, 1, 1, 1, 1, 0, 0, 0, (("坏.pdf", "不是 PDF\n文件"),), 1, 0.5, "gen-1")


class FakeEngine:
    """Writes down how it was asked; refuses what it does not know."""

    index = INDEX

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def search(self, question: str, **given: Any) -> list[Hit]:
        self.calls.append((question, given))
        print("杂讯")  # a library that prints must not spoil the JSON
        return [Hit(CHUNK, 0.5, 1)]

    def complete(self, question: str, previous: str) -> str:
        return previous.replace("2023", "2020") if question == "那2020年呢？" else question

    def ask(self, question: str, **given: Any) -> Answer:
        self.calls.append((question, given))
        if not question.strip():
            raise QuestionError("问题是空的；\n请输入问题")
        if "占比" in question:
            return Answer(question, "4.5%", False, "", (CITATION,), 0.9, {"total": 1.0})
        return Answer(question, "", True, "库中没有", ())


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> list[FakeEngine]:
    made: list[FakeEngine] = []

    def make(settings: Settings) -> FakeEngine:
        made.append(FakeEngine(settings))
        return made[-1]

    monkeypatch.setattr("ragpark.engine.Engine", make)
    return made


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Settings, bool]]]:
    made: list[tuple[Settings, bool]] = []

    def build(settings: Settings, *, rebuild: bool, progress: Callable[[Progress], None]) -> BuildReport:
        made.append((settings, rebuild))
        progress(Progress("read", 1, 1, "a.txt"))
        return REPORT

    monkeypatch.setattr("ragpark.index.build_index", build)
    return made  # type: ignore[return-value]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("RAGPARK_"):
            monkeypatch.delenv(name)


def _json(capsys: pytest.CaptureFixture[str]) -> Any:
    out = capsys.readouterr().out
    assert out.count("\n") == 1, "one JSON object, one line"
    return json.loads(out)


def test_ask_as_json(engines: list[FakeEngine], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "占比", "--json", "--index", "x", "--year", "2020", "--doc", "a*"]) == 0
    answer = _json(capsys)
    assert (answer["answer"], answer["refused"], answer["citations"][0]["quote"]) == ("4.5%", False, TEXT)
    assert engines[0].settings.index == Path("x")
    assert engines[0].calls == [("占比", {"year": 2020, "doc": "a*"})]


def test_a_follow_up_is_asked_as_completed(engines: list[FakeEngine], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "那2020年呢？", "--after", "2023年占比", "--json"]) == 0
    answer = _json(capsys)
    assert (answer["question"], answer["completed"]) == ("那2020年呢？", "2020年占比")
    assert engines[0].calls == [("2020年占比", {"year": None, "doc": None})]
    assert cli.main(["ask", "占比", "--after", "2023年人口", "--json"]) == 0
    assert "completed" not in _json(capsys)
    assert cli.main(["ask", "那2020年呢？", "--after", "2023年占比"]) == 0
    assert capsys.readouterr().err == "按上一问补全为：2020年占比\n"


def test_ask_for_people(engines: list[FakeEngine], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "占比"]) == 0
    assert capsys.readouterr().out == "4.5%\n\n依据\n[1] 占比为4.5%。\n    年鉴 · 2021-01-01 · 概况\n    a.txt 第3行\n"
    assert engines[0].settings.index == Path("index")


def test_a_refusal_is_no_error(engines: list[FakeEngine], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "电话", "--json"]) == 0
    assert _json(capsys)["refused"] is True


def test_search(engines: list[FakeEngine], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", "占比", "-k", "3", "--json"]) == 0
    assert _json(capsys)["hits"][0]["locator"] == PLACE
    assert engines[0].calls == [("占比", {"k": 3, "year": None, "doc": None})]
    assert cli.main(["search", "占比"]) == 0
    assert capsys.readouterr().out.startswith("1. 0.500 占比为4.5%。\n")


def test_a_filter_of_years_and_section(engines: list[FakeEngine], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", "占比", "--years", "2020-2023", "--section", "概况"]) == 0
    given = {"year": None, "doc": None, "years": (2020, 2023), "section": "概况"}
    assert engines[0].calls == [("占比", {"k": 10, **given})]
    assert cli.main(["ask", "占比", "--years", "2020", "--json"]) == 0
    assert engines[1].calls == [("占比", {"year": None, "doc": None, "years": (2020, 2020)})]
    capsys.readouterr()
    assert cli.main(["ask", "占比", "--years", "去年"]) == 2
    assert "看不懂年份范围“去年”" in capsys.readouterr().err


def test_a_filter_that_leaves_nothing_says_what_there_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Empty(FakeEngine):
        def search(self, question: str, **given: Any) -> list[Hit]:
            return []

        def explain(self, question: str, **given: Any) -> SimpleNamespace:
            return SimpleNamespace(note=f"所选范围（{given['years'][0]}年）内没有内容；库中有2020年的内容，请改动年份")

    monkeypatch.setattr("ragpark.engine.Engine", Empty)
    assert cli.main(["search", "占比", "--years", "1990", "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["hits"] == []
    assert captured.err == "所选范围（1990年）内没有内容；库中有2020年的内容，请改动年份\n"


def test_index(builds: list[tuple[Settings, bool]], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["index", "--docs", "d", "--index", "i", "--rebuild", "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["failed"] == [{"path": "坏.pdf", "error": "不是 PDF\n文件"}]
    assert captured.err == "未能读取 坏.pdf：不是 PDF 文件\n"
    settings, rebuild = builds[0]
    assert (settings.docs, settings.index, rebuild) == (Path("d"), Path("i"), True)
    assert cli.main(["index"]) == 0
    assert "1 篇文档" in capsys.readouterr().out
    assert builds[1][1] is False


def test_settings_come_from_environment_where_no_option_is_given(
    engines: list[FakeEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAGPARK_INDEX", "elsewhere")
    assert cli.main(["ask", "占比", "--json"]) == 0
    assert engines[0].settings.index == Path("elsewhere")


def test_evaluate_writes_a_report(
    engines: list[FakeEngine], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"id": "1", "kind": "a", "question": "占比", "answers": [["4.5%"]], "answerable": True}
        | {"evidence": [{"doc": "a.txt", "quote": "占比为4.5%"}]},
        {"id": "2", "kind": "b", "question": "人口", "answers": [["9人"]], "answerable": True}
        | {"evidence": [{"doc": "b.txt"}]},
    ]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert cli.main(["evaluate", str(gold), "--json", "--report", "r.json"]) == 0
    captured = capsys.readouterr()
    summary = json.loads(captured.out)
    assert (summary["answer"], summary["retrieval"]["Recall@1"]) == (
        {"accuracy": 0.5, "precision": 1.0, "em": 0.5, "f1": 0.5},
        0.5,
    )
    assert "索引里没有文档“b.txt”" in captured.err
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert [row["verdict"] for row in report["results"]] == ["correct", "refused"]
    assert (report["answer"], report["confidence"]) == (summary["answer"], {"auc": None})
    assert cli.main(["evaluate", str(gold)]) == 0
    shown = capsys.readouterr().out
    assert "误拒答 · 依据不在文档中 人口" in shown
    assert [name for name in ("答案 precision", "答案 em", "答案 f1", "把握 auc") if name not in shown] == []


def test_evaluate_against_an_earlier_report(
    engines: list[FakeEngine], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = {"id": "1", "kind": "a", "question": "占比", "answers": [["4.5%"]], "answerable": True}
    (tmp_path / "gold.jsonl").write_text(json.dumps(raw | {"evidence": [{"doc": "a.txt"}]}), encoding="utf-8")
    assert cli.main(["evaluate", "gold.jsonl", "--report", "r.json", "--json"]) == 0
    assert "comparison" not in json.loads(capsys.readouterr().out)
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    report["results"][0] |= {"verdict": "wrong", "stage": "wrong value", "answer": "9%"}
    (tmp_path / "r.json").write_text(json.dumps(report), encoding="utf-8")
    assert cli.main(["evaluate", "gold.jsonl", "--against", "r.json", "--json"]) == 0
    comparison = json.loads(capsys.readouterr().out)["comparison"]
    assert [row["before"]["answer"] for row in comparison["better"]] == ["9%"]
    assert cli.main(["evaluate", "gold.jsonl", "--against", "r.json"]) == 0
    assert "变好 1 题" in capsys.readouterr().out
    assert cli.main(["evaluate", "gold.jsonl", "--against", "gold.jsonl"]) == 1
    assert "不是评测报告" in capsys.readouterr().err


def test_a_bad_gold_line_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gold.jsonl").write_text("\n{}\n", encoding="utf-8")
    assert cli.main(["evaluate", "gold.jsonl"]) == 1
    assert "gold.jsonl 第 2 行" in capsys.readouterr().err


def test_a_report_that_could_not_be_written_is_refused_beforehand(
    engines: list[FakeEngine], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = {"id": "1", "kind": "a", "question": "电话", "answerable": False}
    (tmp_path / "gold.jsonl").write_text(json.dumps(raw), encoding="utf-8")
    assert cli.main(["evaluate", "gold.jsonl", "--report", "none/r.json"]) == 1
    assert "报告的文件夹不存在" in capsys.readouterr().err
    assert engines == []


def test_facts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("ragpark.index.open_index", lambda settings, *, encoder_id: INDEX)
    assert cli.main(["facts", "--indicator", "占比", "--entity", "园区", "--year", "2020", "--json"]) == 0
    assert _json(capsys)["facts"][0]["value"] == 4.5
    assert cli.main(["facts", "--year", "1999", "--json"]) == 0
    assert _json(capsys) == {"facts": []}
    assert cli.main(["facts", "--csv"]) == 0
    assert capsys.readouterr().out.startswith("\ufeffindicator,")
    assert cli.main(["facts"]) == 0
    assert "4.5%" in capsys.readouterr().out
    assert cli.main(["facts", "--csv", "--json"]) == 2
    assert cli.main(["facts", "--check", "--json"]) == 0
    assert _json(capsys) == {"checked": 1, "suspicious": []}
    assert cli.main(["facts", "--check"]) == 0
    assert "没有可疑的" in capsys.readouterr().out
    assert cli.main(["facts", "--check", "--csv"]) == 2


def test_facts_against_a_gold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ragpark.index.open_index", lambda settings, *, encoder_id: INDEX)
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"stretch": "1", "doc": "gone.txt", "lines": [1, 2]}\n', encoding="utf-8")
    assert cli.main(["facts", "--gold", str(gold), "--json"]) == 0
    assert _json(capsys)["problems"] == ["gone.txt: no such document"]
    assert cli.main(["facts", "--gold", str(gold)]) == 0
    assert "精确率" in capsys.readouterr().out
    assert cli.main(["facts", "--gold", str(tmp_path / "none.jsonl")]) == 1


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["ask"], "缺少参数 QUESTION"),
        (["ask", "占比", "--yaer", "2020"], "没有选项 --yaer"),
        (["ask", "占比", "--year", "去年"], "--year 的值不对"),
        (["search", "占比", "-k", "0"], "-k 的值不对"),
        (["search", "占比", "-k"], "-k"),
        (["serve", "--port", "99999"], "--port 的值不对"),
        (["nothing"], "没有这个命令"),
        (["ask", "一", "二"], "参数的个数不对"),
    ],
)
def test_wrong_arguments(arguments: list[str], text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert text in captured.err
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (IndexMissingError("还没有索引；请先运行：ragpark index"), 1, "错误：还没有索引；请先运行：ragpark index\n"),
        (PermissionError(13, "Permission denied", "index/lock"), 1, "错误：无法读写“index/lock”：Permission denied"),
        (KeyboardInterrupt(), 130, "已中断\n"),
    ],
)
def test_errors_are_one_line_and_no_traceback(
    error: BaseException, code: int, text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(settings: Settings) -> None:
        raise error

    monkeypatch.setattr("ragpark.engine.Engine", fail)
    assert cli.main(["ask", "占比", "--json"]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(text)
    assert captured.err.count("\n") == 1


def test_an_error_of_several_lines_is_shown_in_one(
    engines: list[FakeEngine], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["ask", " "]) == 1
    assert capsys.readouterr().err == "错误：问题是空的； 请输入问题\n"


def test_docs_lists_the_files_of_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "甲.txt").write_text("正文。", encoding="utf-8")
    where = ["--docs", str(tmp_path), "--index", str(tmp_path / "index")]
    assert cli.main(["docs", *where, "--json"]) == 0
    (row,) = _json(capsys)["documents"]
    assert (row["doc"], row["state"], row["chunks"]) == ("甲.txt", "new", 0)
    assert cli.main(["docs", *where]) == 0
    assert "未入索引" in capsys.readouterr().out
    assert cli.main(["docs", "--docs", str(tmp_path / "没有")]) == 1
    assert "不存在" in capsys.readouterr().err


def test_serve_builds_a_missing_index_and_hands_over(
    builds: list[tuple[Settings, bool]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(cli, "_run", lambda command, environment: ran.append((command, environment)) or 0)
    monkeypatch.setattr(cli, "_require_free", lambda host, port: None)
    assert cli.main(["serve", "--docs", "d", "--port", "8765", "--json"]) == 0
    assert _json(capsys)["url"] == "http://127.0.0.1:8765"
    assert len(builds) == 1
    command, environment = ran[0]
    assert command[:4] == [sys.executable, "-m", "streamlit", "run"]
    assert "--server.port=8765" in command and "--server.address=127.0.0.1" in command
    assert environment == {"RAGPARK_DOCS": str(tmp_path / "d"), "RAGPARK_INDEX": str(tmp_path / "index")}


def test_serve_starts_without_documents_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(*_: Any, **__: Any) -> BuildReport:
        raise DocumentsError("文件夹 docs_raw 不存在")

    monkeypatch.setattr("ragpark.index.build_index", build)
    monkeypatch.setattr(cli, "_run", lambda command, environment: 0)
    monkeypatch.setattr(cli, "_require_free", lambda host, port: None)
    assert cli.main(["serve"]) == 0
    assert "文件夹 docs_raw 不存在（网页照常启动" in capsys.readouterr().err


def test_serve_listens_elsewhere_only_where_told_and_warns(
    builds: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(cli, "_run", lambda command, environment: ran.append(command) or 0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    assert cli.main(["serve", "--host", "0.0.0.0", "--port", port]) == 0
    assert "--server.address=0.0.0.0" in ran[0]
    assert "能连到这台机器的人" in capsys.readouterr().err
    assert cli.main(["serve", "--host", "203.0.113.7", "--port", port]) == 1  # an address of documentation, RFC 5737
    assert "没有地址 203.0.113.7" in capsys.readouterr().err


def test_serve_on_a_port_in_use_is_a_clear_error(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert cli.main(["serve", "--port", str(port)]) == 1
    assert f"端口 {port} 用不了" in capsys.readouterr().err


def test_help_lists_every_command_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], []):
        assert cli.main(arguments) == 0
        out = capsys.readouterr().out
        assert all(
            name in out for name in ("index", "search", "ask", "evaluate", "facts", "docs", "serve", "显示这段说明")
        )
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"ragpark {__version__}\n"


@pytest.mark.parametrize("command", ["index", "search", "ask", "evaluate", "facts", "docs", "serve"])
def test_every_command_has_json(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "--help"]) == 0
    assert "--json" in capsys.readouterr().out


def test_the_process_itself_starts_light_and_exits_with_the_code() -> None:
    code = (
        "import sys; from ragpark import cli; cli.main(['--version']);"
        "heavy = {'torch', 'sentence_transformers', 'streamlit', 'faiss', 'openvino', 'jieba', 'numpy', 'rich'};"
        "sys.exit(len(heavy & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"ragpark {__version__}\n".encode())
    # A question needs no pydantic to be parsed; the index folder is missing, so it ends there.
    code = code.replace("['--version']", "['ask', '占比', '--index', '没有']").replace(
        "heavy = {", "heavy = {'pydantic', "
    )
    code = code.replace("'faiss', 'openvino', 'jieba', 'numpy', 'rich'", "'openvino', 'rich'")
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False)
    assert (done.returncode, "没有 里还没有索引" in done.stderr.decode("utf-8")) == (0, True)
    command = [sys.executable, "-m", "ragpark.cli", "evaluate", "没有.jsonl"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.decode("utf-8") == "错误：找不到评测文件：没有.jsonl；请检查路径\n"


def _llm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAGPARK_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("RAGPARK_LLM_MODEL", "m")
    monkeypatch.setenv("RAGPARK_LLM_API_KEY", "sk-secret-1")


def test_ask_hands_a_stream_to_the_model_only_where_somebody_watches(
    engines: list[FakeEngine], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _llm(monkeypatch)
    assert cli.main(["ask", "占比", "--json"]) == 0
    assert engines[-1].settings.has_llm
    assert engines[-1].calls[-1][1]["stream"] is None  # stderr is no terminal here
    out, err = capsys.readouterr()
    assert "sk-secret-1" not in out + err


def test_no_llm_and_evaluate_ask_no_model(engines: list[FakeEngine], monkeypatch: pytest.MonkeyPatch) -> None:
    _llm(monkeypatch)
    assert cli.main(["ask", "占比", "--no-llm"]) == 0
    assert not engines[-1].settings.has_llm and "stream" not in engines[-1].calls[-1][1]
