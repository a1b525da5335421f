"""Commands that write answers to files: batch."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from ragpark.cli_frame import (
    FLAG,
    DocOption,
    DocsOption,
    IndexOption,
    JsonOption,
    SectionOption,
    WrongArguments,
    YearOption,
    YearsOption,
    argument,
    command,
    console,
    emit,
    given_filter,
    make_engine,
    make_settings,
    note,
    option,
    results_only,
)
from ragpark.errors import ExportError, StoppedError

if TYPE_CHECKING:
    from ragpark.export import Batch, BatchReport, Journal, QuestionSheet


@command("batch")
def batch_command(
    questions: Annotated[
        Path, argument("QUESTIONS", "问题表：.xlsx、.csv、.tsv（名为“问题”的一列）或 .txt（每行一问）")
    ],
    output: Annotated[
        Path, option("--output", "-o", text="答案写进这个文件：.xlsx、.docx、.md 或 .jsonl", metavar="FILE")
    ],
    title: Annotated[str | None, option("--title", text="文件上方的标题，默认用问题表的名字", metavar="TEXT")] = None,
    follow: Annotated[bool, option("--follow", text="各问依次相连：“那2020年呢？”由上一问补全", metavar=FLAG)] = False,
    docs: DocsOption = None,
    index: IndexOption = None,
    year: YearOption = None,
    doc: DocOption = None,
    years: YearsOption = None,
    section: SectionOption = None,
    no_llm: Annotated[bool, option("--no-llm", text="不用语言模型，只从原文摘出答案", metavar=FLAG)] = False,
    as_json: JsonOption = False,
) -> None:
    """批量提问：回答一张表里的全部问题，连同出处写成 Excel、Word 或 Markdown；中断后可接着做。"""
    from ragpark.export import Asking, Batch, Journal, asked_under, check_suffix, file_links, journal_path, write
    from ragpark.retrieve.filters import make_filter

    try:
        check_suffix(output)
    except ExportError as error:
        raise WrongArguments(str(error)) from error
    scope = given_filter(year, doc, years, section)
    settings = make_settings(docs=docs, index=index)
    settings = settings.without_llm() if no_llm else settings
    sheet = _read(questions, output)
    with results_only():
        engine = make_engine(settings)
        within, today = make_filter(**scope), date.today()
        asking = Asking(
            lambda question: engine.ask(question, **scope),
            lambda: asked_under(engine.index.generation, settings, within, today),
            engine.complete if follow else None,
        )
        asking.under()  # without an index nothing is begun
        journal = Journal(journal_path(output))
        batch = Batch(sheet, asking, journal)
        report = _run(batch, journal, len(sheet.questions))
        head = batch.head(title or questions.stem, datetime.now(), report)
        write(output, head, batch.rows(), file_links(settings.docs, output.absolute().parent))
        if not report.failed and not report.mixed:
            journal.remove()
    for number, _, wrong in report.failed:
        note(f"{questions.name} 第 {number} 行：{wrong}")
    if report.failed:
        note("改好这些行再运行同一条命令，只问改过的")
    if report.mixed:
        note("作答期间索引更新过，前后的答案不是出自同一份索引；再运行一次，只重问过时的")
    if as_json:
        emit(
            {
                "file": str(output),
                "questions": report.done,
                "answered": report.counts["answered"],
                "refused": report.counts["refused"],
                "failed": [{"row": n, "question": text, "error": error} for n, text, error in report.failed],
                "resumed": report.from_journal,
                "seconds": round(report.seconds, 3),
                "generation": engine.index.generation,
            }
        )
    else:
        console().print(
            f"{report.done} 问：已答 {report.counts['answered']}，未答出 {report.counts['refused']}，"
            f"没有问成 {report.counts['failed']}；用时 {report.seconds:.1f} 秒",
            f"（其中 {report.from_journal} 问是上次答好的）" if report.from_journal else "",
            sep="",
        )
        console().print(f"已写进 {output}", markup=False)


def _read(questions: Path, output: Path) -> QuestionSheet:
    """Return the sheet of questions, once it is sure that the answers can be written. Raises RagparkError or OSError."""
    from ragpark.export import read_questions

    if not questions.is_file():
        raise ExportError(f"没有问题表“{questions}”；请检查路径")
    if not output.absolute().parent.is_dir():
        raise ExportError(f"答案的文件夹不存在：{output.absolute().parent}；请先建好它")
    if output.is_dir() or (output.exists() and output.samefile(questions)):
        raise ExportError(f"答案不能写进“{output}”：它是{'文件夹' if output.is_dir() else '问题表本身'}；请换个文件名")
    sheet = read_questions(questions.read_bytes(), questions.name)
    for problem in sheet.problems:
        note(f"{questions.name}：{problem}")
    return sheet


def _run(batch: Batch, journal: Journal, total: int) -> BatchReport:
    """Run the batch with a bar on stderr; who stops it is told how far it came and that it can go on.

    Raises StoppedError with that sentence.
    """
    from ragpark.terminal import count_bar

    done = 0
    try:
        with count_bar(console(stderr=True), "提问") as bar:

            def progress(now: int, total: int) -> None:
                nonlocal done
                done = now
                bar(now, total)

            return batch.run(progress)
    except KeyboardInterrupt:
        kept = f"已答的存在 {journal.path.name}，再运行同一条命令就接着做"
        raise StoppedError(f"已中断：{total} 问做了 {done} 问；{kept}") from None
