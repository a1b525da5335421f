"""The command line: parse, call the library, show; every error of use is one Chinese sentence on stderr.

Only what parsing needs is imported at the top: `--help` is quick, and `ask` loads no more than it uses.
"""

from __future__ import annotations

import errno
import io
import json
import os
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from ragpark import __version__
from ragpark.errors import DocumentsError, RagparkError

if TYPE_CHECKING:
    from rich.console import Console

    from ragpark.config import Settings
    from ragpark.engine import Engine
    from ragpark.index.progress import BuildReport
    from ragpark.lexicon.vocabulary import Vocabulary
    from ragpark.records import Document, Fact

_F = TypeVar("_F", bound=Callable[..., object])

_FLAG = " "  # in place of typer's `<bool>`

HOST = "127.0.0.1"
INTERRUPTED = 130  # 128 + SIGINT, what a shell expects
QUICK = ("ask", "search")  # commands that write nothing: their process may end without tidying up


class _ChineseHelp:
    """Says in Chinese what typer's help says in English, where it lets us."""

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage:", "用法：", 1)

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help, option.rich_help_panel, option.metavar = "显示这段说明", "选项", _FLAG
        return option


class _Group(_ChineseHelp, TyperGroup):
    pass


class _Command(_ChineseHelp, TyperCommand):
    pass


class _WrongArguments(typer.BadParameter):
    """Arguments that typer lets pass; the message is Chinese."""


app = typer.Typer(
    cls=_Group,
    add_completion=False,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    rich_markup_mode="rich",
)


def _option(*names: str, text: str, **more: Any) -> Any:
    return typer.Option(*names, help=text, show_default=False, rich_help_panel="选项", **more)


def _argument(name: str, text: str) -> Any:
    return typer.Argument(metavar=name, help=text, show_default=False, rich_help_panel="参数")


def _command(name: str) -> Callable[[_F], _F]:
    return app.command(name, cls=_Command, options_metavar="[选项]", rich_help_panel="命令")


Question = Annotated[str, _argument("QUESTION", "问题，例如：2023年园区R&D占比")]
DocsOption = Annotated[Path | None, _option("--docs", text="文档文件夹，默认 docs_raw", metavar="DIR")]
IndexOption = Annotated[Path | None, _option("--index", text="索引文件夹，默认 index", metavar="DIR")]
YearOption = Annotated[int | None, _option("--year", text="只看这一年的内容", min=1, max=9999, metavar="YEAR")]
DocOption = Annotated[str | None, _option("--doc", text="只看这些文档，可用通配符，例如 '2023/*.txt'", metavar="GLOB")]
YearsOption = Annotated[str | None, _option("--years", text="只看这些年份的内容，例如 2020-2023", metavar="FROM-TO")]
SectionOption = Annotated[str | None, _option("--section", text="只看标题里含这些字的章节", metavar="TEXT")]
JsonOption = Annotated[bool, _option("--json", text="在标准输出上给出一个 JSON 对象", metavar=_FLAG)]


@app.callback()
def _root(
    context: typer.Context, version: Annotated[bool, _option("--version", text="显示版本号", metavar=_FLAG)] = False
) -> None:
    """在中文文档中提问，得到答案和它的原文出处；不联网，不需要密钥。"""
    if version:
        typer.echo(f"ragpark {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@_command("index")
def index_command(
    docs: DocsOption = None,
    index: IndexOption = None,
    rebuild: Annotated[bool, _option("--rebuild", text="丢开旧索引，全部重建", metavar=_FLAG)] = False,
    as_json: JsonOption = False,
) -> None:
    """建立或更新索引：只处理新增和改动过的文档。"""
    from ragpark.terminal import show_build
    from ragpark.views import build_json

    report = _build(_settings(docs=docs, index=index), rebuild=rebuild)
    if as_json:
        _emit(build_json(report))
    else:
        show_build(_console(), report)


@_command("search")
def search_command(
    question: Question,
    k: Annotated[int, _option("-k", text="返回几个段落，默认 10", min=1, max=1000, metavar="N")] = 10,
    index: IndexOption = None,
    year: YearOption = None,
    doc: DocOption = None,
    years: YearsOption = None,
    section: SectionOption = None,
    as_json: JsonOption = False,
) -> None:
    """检索：列出与问题最相关的段落。"""
    from ragpark.views import search_json

    with _results_only():
        engine = _engine(_settings(index=index))
        hits = engine.search(question, k=k, **_filter(year, doc, years, section))
        documents = engine.index.documents
        if not hits and any((year, doc, years, section)):
            _note(engine.explain(question, k=1, **_filter(year, doc, years, section)).note)
    if as_json:
        _emit(search_json(question, hits, documents))
    else:
        from ragpark.terminal import show_hits

        show_hits(_console(), hits, documents)


@_command("ask")
def ask_command(
    question: Question,
    after: Annotated[str | None, _option("--after", text="上一个问题；追问由它补全", metavar="PREVIOUS")] = None,
    index: IndexOption = None,
    year: YearOption = None,
    doc: DocOption = None,
    years: YearsOption = None,
    section: SectionOption = None,
    no_llm: Annotated[bool, _option("--no-llm", text="不用语言模型，只从原文摘出答案", metavar=_FLAG)] = False,
    as_json: JsonOption = False,
) -> None:
    """提问：给出答案和原文依据；文档里没有时说明没有。"""
    from ragpark.views import answer_json

    settings = _settings(index=index)
    if no_llm:
        settings = settings.without_llm()
    with _results_only():
        engine = _engine(settings)
        asked = engine.complete(question, after) if after else question
        scope = _filter(year, doc, years, section)
        if settings.has_llm:
            from ragpark.terminal import draft

            with draft(_console(stderr=True)) as stream:
                answer = engine.ask(asked, **scope, stream=stream)
        else:
            answer = engine.ask(asked, **scope)
    if as_json:
        completed = {"question": question, "completed": asked} if asked != question else {}
        _emit({**answer_json(answer), **completed})
    else:
        from ragpark.terminal import show_answer

        if asked != question:
            _note(f"按上一问补全为：{asked}")
        show_answer(_console(), answer)


@_command("evaluate")
def evaluate_command(
    gold: Annotated[Path, _argument("GOLD.jsonl", "评测集，每行一道题（JSON）")],
    index: IndexOption = None,
    report: Annotated[Path | None, _option("--report", text="把每道题的结果写进这个文件", metavar="FILE.json")] = None,
    against: Annotated[
        Path | None, _option("--against", text="与这份以前的报告比较：变好、变差的题和各项指标", metavar="REPORT.json")
    ] = None,
    calibrate: Annotated[
        bool,
        _option("--calibrate", text="先用这些题（交叉验证）校准拒答阈值，写进 ragpark.toml，再评测", metavar=_FLAG),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """评测：在一组带答案的题目上衡量检索、答案、引用和拒答。"""
    from ragpark.evaluate import (
        calibrated,
        calibration_json,
        compare_runs,
        comparison_json,
        evaluate,
        read_gold,
        read_run,
        report_json,
        saved_run,
        store_threshold,
        write_report,
    )
    from ragpark.terminal import count_bar, show_calibration, show_comparison, show_evaluation

    questions = read_gold(gold)
    before = read_run(against) if against else None
    if report is not None and not report.absolute().parent.is_dir():
        raise RagparkError(f"报告的文件夹不存在：{report.absolute().parent}；请先建好它")
    settings = _settings(index=index).without_llm()  # measured is what the documents give
    extra: dict[str, object] = {}
    fitted = None
    if calibrate:
        with _results_only(), count_bar(_console(stderr=True), "校准") as progress:
            fitted = calibrated(_engine(replace(settings, refuse_below=0.0)), questions, progress)
        extra["calibration"] = calibration_json(fitted, settings.refuse_below)
        settings = replace(settings, refuse_below=fitted.threshold)
        path = store_threshold(Path.cwd(), fitted.threshold)
        _note(f"拒答阈值 {fitted.threshold} 已写进 {path}")
        if settings.origins.get("refuse_below", "").startswith("RAGPARK_"):
            _note("但环境变量 RAGPARK_REFUSE_BELOW 仍然优先；要用新的阈值，请取消这个变量")
    with _results_only(), count_bar(_console(stderr=True), "评测") as progress:
        result = evaluate(_engine(settings), questions, progress)
    comparison = compare_runs(before, saved_run(report_json(result))) if before else None
    if report is not None:
        write_report(result, report, extra)
    if as_json:
        for problem in result.problems:
            _note(problem)
        _emit(result.summary() | extra | ({"comparison": comparison_json(comparison)} if comparison else {}))
    else:
        show_evaluation(_console(), result)
        if fitted:
            show_calibration(_console(), fitted)
        if comparison:
            show_comparison(_console(), comparison)


@_command("facts")
def facts_command(
    indicator: Annotated[str | None, _option("--indicator", text="指标，例如 研发投入强度", metavar="X")] = None,
    entity: Annotated[str | None, _option("--entity", text="主体，例如 园区", metavar="E")] = None,
    year: Annotated[int | None, _option("--year", text="数值所属的年份", min=1, max=9999, metavar="YEAR")] = None,
    index: IndexOption = None,
    as_csv: Annotated[bool, _option("--csv", text="在标准输出上给出 CSV，可用 Excel 打开", metavar=_FLAG)] = False,
    check: Annotated[bool, _option("--check", text="只列可疑的数值和原因", metavar=_FLAG)] = False,
    gold: Annotated[Path | None, _option("--gold", text="对照人工标注，衡量抽取的质量", metavar="FILE.jsonl")] = None,
    as_json: JsonOption = False,
) -> None:
    """指标：列出文档里的数值，每个都带原文出处。"""
    from ragpark.tables import facts_csv, select_facts
    from ragpark.views import facts_json

    if as_csv and as_json:
        raise _WrongArguments("--csv 和 --json 只能选一个")
    if as_csv + check + (gold is not None) > 1:
        raise _WrongArguments("--csv、--check 和 --gold 只能选一个")
    settings = _settings(index=index)
    with _results_only():
        from ragpark.index import open_index
        from ragpark.lexicon import load_vocabulary

        vocabulary = load_vocabulary(settings.vocabulary)
        opened = open_index(settings, encoder_id=None)
        facts = select_facts(opened.facts, vocabulary, indicator, entity, year)
    if gold is not None:
        _measure_facts(gold, opened.documents, facts, as_json=as_json)
    elif check:
        _check_facts(facts, vocabulary, as_json=as_json)
    elif as_csv:
        sys.stdout.write(facts_csv(facts))
    elif as_json:
        _emit(facts_json(facts))
    else:
        from ragpark.terminal import show_facts

        show_facts(_console(), facts)


def _check_facts(facts: Sequence[Fact], vocabulary: Vocabulary, *, as_json: bool) -> None:
    from ragpark.facts_check import check_facts, suspicion_json

    found = check_facts(facts, vocabulary)
    if as_json:
        _emit({"checked": len(facts), "suspicious": [suspicion_json(item) for item in found]})
    else:
        from ragpark.terminal import show_suspicious

        show_suspicious(_console(), found, len(facts))


def _measure_facts(gold: Path, documents: Mapping[str, Document], facts: Sequence[Fact], *, as_json: bool) -> None:
    from ragpark.evaluate.facts import fact_report_json, measure_facts, read_fact_gold

    report = fact_report_json(measure_facts(read_fact_gold(gold), documents, facts))
    if as_json:
        _emit(report)
    else:
        from ragpark.terminal import show_fact_report

        show_fact_report(_console(), report)


@_command("docs")
def docs_command(docs: DocsOption = None, index: IndexOption = None, as_json: JsonOption = False) -> None:
    """文档：列出文件夹里的每个文件，读出了什么，是否已进入索引。"""
    from ragpark.index import current_generation, open_index
    from ragpark.index.catalog import Catalog
    from ragpark.ingest.load import find_documents
    from ragpark.views import catalog_json

    settings = _settings(docs=docs, index=index)
    find_documents(settings.docs)  # says so where there is no such folder
    has_index = current_generation(settings.index) is not None
    rows = Catalog(settings).rows(open_index(settings) if has_index else None)
    if as_json:
        _emit(catalog_json(rows))
    else:
        from ragpark.terminal import show_documents

        show_documents(_console(), rows)


@_command("status")
def status_command(docs: DocsOption = None, index: IndexOption = None, as_json: JsonOption = False) -> None:
    """状态：模型、索引、内存、版本，和生效的设置。"""
    from ragpark.status import read_status
    from ragpark.status_text import status_text

    status = read_status(_settings(docs=docs, index=index))
    if as_json:
        _emit(status.to_json())
    else:
        sys.stdout.write(status_text(status))


@_command("serve")
def serve_command(
    docs: DocsOption = None,
    index: IndexOption = None,
    port: Annotated[int, _option("--port", text="端口，默认 8501", min=1, max=65535, metavar="PORT")] = 8501,
    as_json: JsonOption = False,
) -> None:
    """在浏览器中使用：启动网页，地址 http://127.0.0.1:8501。"""
    from ragpark.index import current_generation
    from ragpark.ui.launch import command

    settings = _settings(docs=docs, index=index)
    _require_free(port)
    if current_generation(settings.index) is None:
        try:
            _build(settings, rebuild=False)
        except DocumentsError as error:
            _note(f"{error}（网页照常启动，可以在那里上传文档）")
    url = f"http://{HOST}:{port}"
    if as_json:
        _emit({"url": url, "docs": str(settings.docs), "index": str(settings.index)})
        sys.stdout.flush()
    else:
        _note(f"网页地址：{url}（按 Ctrl+C 停止）")
    environment = {"RAGPARK_DOCS": str(settings.docs.absolute()), "RAGPARK_INDEX": str(settings.index.absolute())}
    raise typer.Exit(_run(command(port), environment))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line (default: the process's own arguments) and return its exit code.

    0 done; 1 an error of use or data, one line on stderr; 2 wrong arguments; 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = app(args=arguments, prog_name="ragpark", standalone_mode=False) or 0
        sys.stdout.flush()
    except RagparkError as error:
        code = _fail(str(error), 1)
    except typer.TyperException as error:
        code = _fail(_usage_text(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:  # the reader, `| head` for one, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 1
    except OSError as error:
        where = f"“{error.filename}”" if error.filename else ""
        code = _fail(f"无法读写{where}：{error.strerror or error}；请检查路径和权限", 1)
    if code == INTERRUPTED:
        _note("已中断")
    if argv is None and arguments[:1] and arguments[0] in QUICK:
        sys.stderr.flush()
        os._exit(code)  # spares the 0.1–0.3 s that native libraries take to shut down
    return int(code)


def _usage_text(error: typer.TyperException) -> str:
    """Say in Chinese what is wrong with the arguments; typer itself speaks English."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "ragpark"
    parameter = getattr(error, "param", None)
    names = ""
    if parameter is not None:
        names = parameter.metavar if parameter.param_type_name == "argument" else parameter.opts[-1]
    kind = type(error).__name__
    if isinstance(error, _WrongArguments):
        text = error.message
    elif kind == "NoSuchOption":
        text = f"没有选项 {getattr(error, 'option_name', '')}"
    elif kind == "MissingParameter":
        text = f"缺少参数 {names}"
    elif kind == "BadParameter":
        text = f"参数 {names} 的值不对"
    elif kind == "BadOptionUsage":
        text = f"选项 {getattr(error, 'option_name', '')} 用得不对，多半是缺少它的值"
    else:
        text = "没有这个命令，或参数的个数不对"
    return f"{text}；查看用法：{command} --help"


def _settings(**given: Any) -> Settings:
    from ragpark.config import load_settings

    return load_settings(**given)


def _engine(settings: Settings) -> Engine:
    from ragpark.engine import Engine

    return Engine(settings)


def _build(settings: Settings, *, rebuild: bool) -> BuildReport:
    """Build the index with a progress bar on stderr, and name there every document that could not be read."""
    from ragpark.index import build_index
    from ragpark.terminal import build_bar

    with _results_only(), build_bar(_console(stderr=True)) as progress:
        report = build_index(settings, rebuild=rebuild, progress=progress)
    for path, error in report.failed:
        _note(f"未能读取 {path}：{error}")
    return report


def _filter(year: int | None, doc: str | None, years: str | None, section: str | None) -> dict[str, Any]:
    """Return the filter as the engine takes it; `years` is read here, so that a wrong one counts as an argument."""
    from ragpark.errors import FilterError
    from ragpark.retrieve.filters import parse_years

    given: dict[str, Any] = {"year": year, "doc": doc}
    if years is not None:
        try:
            given["years"] = parse_years(years)
        except FilterError as error:
            raise _WrongArguments(str(error)) from error
    if section is not None:
        given["section"] = section
    return given


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True)


@contextmanager
def _results_only() -> Iterator[None]:
    """Keep stdout for results: what a library prints meanwhile goes to stderr."""
    with redirect_stdout(sys.stderr):
        yield


def _emit(value: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n")


def _note(text: str) -> None:
    sys.stderr.write(" ".join(text.split()) + "\n")


def _fail(text: str, code: int) -> int:
    _note(f"错误：{text}")
    return code


def _require_free(port: int) -> None:
    """Raise RagparkError if another program listens on the port."""
    with socket.socket() as probe:
        if os.name != "nt":  # there the option would allow a port that is in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            other = port % 65535 + 1
            reasons = {errno.EADDRINUSE: "已被别的程序占用", errno.EACCES: "没有权限使用"}
            reason = reasons.get(error.errno or 0, str(error.strerror))
            raise RagparkError(f"端口 {port} 用不了（{reason}）；请换一个：ragpark serve --port {other}") from error


def _run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run the server until it ends. On POSIX it takes this process's place, so that signals reach it."""
    everything = {**os.environ, **environment}
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execve(command[0], list(command), everything)
    import subprocess

    return subprocess.run(command, env=everything, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
