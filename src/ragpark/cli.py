"""The command line: parse, call the library, show; every error of use is one Chinese sentence on stderr.

Only what parsing needs is imported at the top: `--help` is quick, and `ask` loads no more than it uses.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ragpark import __version__
from ragpark.cli_frame import (
    FLAG,
    DocOption,
    DocsOption,
    IndexOption,
    JsonOption,
    Question,
    SectionOption,
    YearOption,
    YearsOption,
    app,
    command,
    console,
    emit,
    fail,
    given_filter,
    make_engine,
    make_settings,
    note,
    option,
    results_only,
    usage_text,
)
from ragpark.errors import DocumentsError, RagparkError, StoppedError

if TYPE_CHECKING:
    from ragpark.config import Settings
    from ragpark.index.progress import BuildReport

HOST = "127.0.0.1"
INTERRUPTED = 130  # 128 + SIGINT, what a shell expects
QUICK = ("ask", "search")  # commands that write nothing: their process may end without tidying up


@app.callback()
def _root(
    context: typer.Context, version: Annotated[bool, option("--version", text="显示版本号", metavar=FLAG)] = False
) -> None:
    """在中文文档中提问，得到答案和它的原文出处；不联网，不需要密钥。"""
    if version:
        typer.echo(f"ragpark {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@command("index")
def index_command(
    docs: DocsOption = None,
    index: IndexOption = None,
    rebuild: Annotated[bool, option("--rebuild", text="丢开旧索引，全部重建", metavar=FLAG)] = False,
    as_json: JsonOption = False,
) -> None:
    """建立或更新索引：只处理新增和改动过的文档。"""
    from ragpark.terminal import show_build
    from ragpark.views import build_json

    report = _build(make_settings(docs=docs, index=index), rebuild=rebuild)
    if as_json:
        emit(build_json(report))
    else:
        show_build(console(), report)


@command("search")
def search_command(
    question: Question,
    k: Annotated[int, option("-k", text="返回几个段落，默认 10", min=1, max=1000, metavar="N")] = 10,
    index: IndexOption = None,
    year: YearOption = None,
    doc: DocOption = None,
    years: YearsOption = None,
    section: SectionOption = None,
    as_json: JsonOption = False,
) -> None:
    """检索：列出与问题最相关的段落。"""
    from ragpark.views import search_json

    with results_only():
        engine = make_engine(make_settings(index=index))
        hits = engine.search(question, k=k, **given_filter(year, doc, years, section))
        documents = engine.index.documents
        if not hits and any((year, doc, years, section)):
            note(engine.explain(question, k=1, **given_filter(year, doc, years, section)).note)
    if as_json:
        emit(search_json(question, hits, documents))
    else:
        from ragpark.terminal import show_hits

        show_hits(console(), hits, documents)


@command("ask")
def ask_command(
    question: Question,
    after: Annotated[str | None, option("--after", text="上一个问题；追问由它补全", metavar="PREVIOUS")] = None,
    index: IndexOption = None,
    year: YearOption = None,
    doc: DocOption = None,
    years: YearsOption = None,
    section: SectionOption = None,
    explain: Annotated[
        bool, option("--explain", text="同时列出每一步：怎样理解、找到什么、各候选为何得分；不用语言模型", metavar=FLAG)
    ] = False,
    no_llm: Annotated[bool, option("--no-llm", text="不用语言模型，只从原文摘出答案", metavar=FLAG)] = False,
    as_json: JsonOption = False,
) -> None:
    """提问：给出答案和原文依据；文档里没有时说明没有。"""
    from ragpark.answer.explained import explained
    from ragpark.retrieve.filters import make_filter
    from ragpark.views import answer_json

    settings = make_settings(index=index)
    if no_llm or explain:  # what is explained is the answer in the documents' own words
        settings = settings.without_llm()
    with results_only():
        engine = make_engine(settings)
        asked = engine.complete(question, after) if after else question
        scope = given_filter(year, doc, years, section)
        steps = None
        if explain:
            answer, looked = engine.followed(asked, make_filter(**scope))
            steps = explained(looked, engine.scorer)
        elif settings.has_llm:
            from ragpark.terminal import draft

            with draft(console(stderr=True)) as stream:
                answer = engine.ask(asked, **scope, stream=stream)
        else:
            answer = engine.ask(asked, **scope)
    if as_json:
        completed = {"question": question, "completed": asked} if asked != question else {}
        emit({**answer_json(answer), **completed, **({"steps": steps} if steps is not None else {})})
    else:
        from ragpark.terminal import show_answer, show_steps

        if asked != question:
            note(f"按上一问补全为：{asked}")
        show_answer(console(), answer)
        if steps is not None:
            show_steps(console(), steps)


from ragpark import cli_export, cli_inspect  # noqa: E402, F401  their commands stand between `ask` and `serve`


@command("serve")
def serve_command(
    docs: DocsOption = None,
    index: IndexOption = None,
    port: Annotated[int, option("--port", text="端口，默认 8501", min=1, max=65535, metavar="PORT")] = 8501,
    host: Annotated[
        str,
        option("--host", text="监听的地址，默认 127.0.0.1（只有本机能用）；网页没有登录，请慎用", metavar="ADDRESS"),
    ] = HOST,
    as_json: JsonOption = False,
) -> None:
    """在浏览器中使用：启动网页，地址 http://127.0.0.1:8501。"""
    from ragpark.index import current_generation
    from ragpark.ui.launch import command

    settings = make_settings(docs=docs, index=index)
    _require_free(host, port)
    if current_generation(settings.index) is None:
        try:
            _build(settings, rebuild=False)
        except DocumentsError as error:
            note(f"{error}（网页照常启动，可以在那里上传文档）")
    url = f"http://{host}:{port}"
    if as_json:
        emit({"url": url, "docs": str(settings.docs), "index": str(settings.index)})
        sys.stdout.flush()
    else:
        note(f"网页地址：{url}（按 Ctrl+C 停止）")
    if host not in (HOST, "localhost"):
        note("注意：能连到这台机器的人都可以提问、上传和删除文档")
    environment = {"RAGPARK_DOCS": str(settings.docs.absolute()), "RAGPARK_INDEX": str(settings.index.absolute())}
    raise typer.Exit(_run(command(port, address=host), environment))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line (default: the process's own arguments) and return its exit code.

    0 done; 1 an error of use or data, one line on stderr; 2 wrong arguments; 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    stopped = "已中断"
    quick = argv is None and bool(arguments) and arguments[0] in QUICK
    if quick:
        gc.disable()  # what is loaded stays to the end: to look through it for garbage takes 0.1 s
    try:
        code = app(args=arguments, prog_name="ragpark", standalone_mode=False) or 0
        sys.stdout.flush()
    except StoppedError as error:
        code, stopped = INTERRUPTED, str(error)
    except RagparkError as error:
        code = fail(str(error), 1)
    except typer.TyperException as error:
        code = fail(usage_text(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:  # the reader, `| head` for one, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 1
    except OSError as error:
        where = f"“{error.filename}”" if error.filename else ""
        code = fail(f"无法读写{where}：{error.strerror or error}；请检查路径和权限", 1)
    if code == INTERRUPTED:
        note(stopped)
    if quick:
        sys.stderr.flush()
        os._exit(code)  # spares the 0.1–0.3 s that native libraries take to shut down
    return int(code)


def _build(settings: Settings, *, rebuild: bool) -> BuildReport:
    """Build the index with a progress bar on stderr, and name there every document that could not be read."""
    from ragpark.index import build_index
    from ragpark.index.generations import FORMAT, outdated_format
    from ragpark.terminal import build_bar

    if not rebuild and (old := outdated_format(settings.index)) is not None:
        note(f"索引 {settings.index} 是旧格式（第 {old} 版，本程序用第 {FORMAT} 版），现在全部重建")
    with results_only(), build_bar(console(stderr=True)) as progress:
        report = build_index(settings, rebuild=rebuild, progress=progress)
    for path, error in report.failed:
        note(f"未能读取 {path}：{error}")
    return report


def _require_free(host: str, port: int) -> None:
    """Raise RagparkError if the address is none of this machine, or another program listens on the port."""
    with socket.socket() as probe:
        if os.name != "nt":  # there the option would allow a port that is in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                raise RagparkError(f"这台机器没有地址 {host}；请换一个，例如 --host 0.0.0.0") from error
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
