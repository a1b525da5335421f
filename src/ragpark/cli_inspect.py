"""Commands that look at what there is: evaluate, facts, docs, status. What asks and builds is in cli.py."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from ragpark.cli_frame import (
    FLAG,
    DocOption,
    DocsOption,
    IndexOption,
    JsonOption,
    WrongArguments,
    argument,
    command,
    console,
    emit,
    make_engine,
    make_settings,
    note,
    option,
    results_only,
)
from ragpark.errors import RagparkError

if TYPE_CHECKING:
    from ragpark.config import Settings
    from ragpark.evaluate import GoldQuestion
    from ragpark.records import Document, Fact
    from ragpark.zh.vocabulary import Vocabulary


@command("evaluate")
def evaluate_command(
    gold: Annotated[Path, argument("GOLD.jsonl", "评测集，每行一道题（JSON）")],
    index: IndexOption = None,
    report: Annotated[Path | None, option("--report", text="把每道题的结果写进这个文件", metavar="FILE.json")] = None,
    against: Annotated[
        Path | None, option("--against", text="与这份以前的报告比较：变好、变差的题和各项指标", metavar="REPORT.json")
    ] = None,
    calibrate: Annotated[
        bool,
        option("--calibrate", text="先用这些题（交叉验证）校准拒答阈值，写进 ragpark.toml，再评测", metavar=FLAG),
    ] = False,
    examples: Annotated[
        Path | None,
        option("--examples", text="把每道题的候选答案和特征写进这个文件，供 --fit 使用", metavar="FILE.jsonl"),
    ] = None,
    fit: Annotated[
        list[Path] | None,
        option("--fit", text="用这些 --examples 文件和本题集拟合评分模型（可重复）", metavar="FILE.jsonl"),
    ] = None,
    scorer: Annotated[
        Path, option("--scorer", text="--fit 把评分模型写进这个文件，默认 scorer.json", metavar="FILE.json")
    ] = Path("scorer.json"),
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
    settings = make_settings(index=index).without_llm()  # measured is what the documents give
    if examples or fit:
        _fit(settings, gold, questions, examples, fit, scorer, as_json=as_json)
        return
    extra: dict[str, object] = {}
    fitted = None
    if calibrate:
        with results_only(), count_bar(console(stderr=True), "校准") as progress:
            fitted = calibrated(make_engine(replace(settings, refuse_below=0.0)), questions, progress)
        extra["calibration"] = calibration_json(fitted, settings.refuse_below)
        settings = replace(settings, refuse_below=fitted.threshold)
        path = store_threshold(Path.cwd(), fitted.threshold)
        note(f"拒答阈值 {fitted.threshold} 已写进 {path}")
        if settings.origins.get("refuse_below", "").startswith("RAGPARK_"):
            note("但环境变量 RAGPARK_REFUSE_BELOW 仍然优先；要用新的阈值，请取消这个变量")
    with results_only(), count_bar(console(stderr=True), "评测") as progress:
        result = evaluate(make_engine(settings), questions, progress)
    comparison = compare_runs(before, saved_run(report_json(result))) if before else None
    if report is not None:
        write_report(result, report, extra)
    if as_json:
        for problem in result.problems:
            note(problem)
        emit(result.summary() | extra | ({"comparison": comparison_json(comparison)} if comparison else {}))
    else:
        show_evaluation(console(), result)
        if fitted:
            show_calibration(console(), fitted)
        if comparison:
            show_comparison(console(), comparison)


def _fit(
    settings: Settings,
    gold: Path,
    questions: Sequence[GoldQuestion],
    out: Path | None,
    others: Sequence[Path] | None,
    scorer: Path,
    *,
    as_json: bool,
) -> None:
    """Write the candidates of the gold questions to `out`, or fit the scorer to them and those of `others`."""
    from collections import Counter
    from datetime import date

    from ragpark.evaluate.fit import examples, fit, read_examples, write_examples, write_fit
    from ragpark.terminal import count_bar

    with results_only(), count_bar(console(stderr=True), "候选") as progress:
        found = examples(make_engine(settings), questions, gold.stem, progress)
    if out is not None:
        write_examples(found, out)
        note(f"{len(questions)} 道题的 {len(found)} 个候选已写进 {out}")
        if others is None:
            return
    everything = [*found, *(one for path in others or () for one in read_examples(path))]
    fitted = fit(everything)
    sets = Counter(name for name, _ in {(one.set, one.question) for one in everything})
    write_fit(fitted, sets, date.today().isoformat(), scorer)
    figures = {"questions": fitted.questions, "candidates": fitted.examples, "auc": fitted.auc, "right": fitted.right}
    if as_json:
        emit({**figures, "brier": fitted.brier, "scorer": str(scorer)})
    else:
        auc = "－" if fitted.auc is None else f"{fitted.auc:.3f}"
        note(f"{fitted.questions} 道题、{fitted.examples} 个候选；五折外推：AUC {auc}，首选答对 {fitted.right:.3f}")
        note(f'评分模型已写进 {scorer}；要用它，请在 ragpark.toml 的 [answer] 里写 scorer = "{scorer}"')


@command("facts")
def facts_command(
    indicator: Annotated[str | None, option("--indicator", text="指标，例如 研发投入强度", metavar="X")] = None,
    entity: Annotated[str | None, option("--entity", text="主体，例如 园区", metavar="E")] = None,
    year: Annotated[int | None, option("--year", text="数值所属的年份", min=1, max=9999, metavar="YEAR")] = None,
    index: IndexOption = None,
    docs: Annotated[
        Path | None, option("--docs", text="不用索引，直接读这个文件或文件夹里的文档", metavar="PATH")
    ] = None,
    as_csv: Annotated[bool, option("--csv", text="在标准输出上给出 CSV，可用 Excel 打开", metavar=FLAG)] = False,
    check: Annotated[bool, option("--check", text="只列可疑的数值和原因", metavar=FLAG)] = False,
    gold: Annotated[Path | None, option("--gold", text="对照人工标注，衡量抽取的质量", metavar="FILE.jsonl")] = None,
    as_json: JsonOption = False,
) -> None:
    """指标：列出文档里的数值，每个都带原文出处。"""
    from ragpark.tables import facts_csv, select_facts
    from ragpark.views import facts_json

    if as_csv and as_json:
        raise WrongArguments("--csv 和 --json 只能选一个")
    if as_csv + check + (gold is not None) > 1:
        raise WrongArguments("--csv、--check 和 --gold 只能选一个")
    if docs is not None and index is not None:
        raise WrongArguments("--docs 和 --index 只能选一个：要么直接读文件，要么读索引")
    settings = make_settings(index=index)
    with results_only():
        from ragpark.zh import load_vocabulary

        vocabulary = load_vocabulary(settings.vocabulary)
        documents, found = _from_index(settings) if docs is None else _from_files(docs, settings)
        facts = select_facts(found, vocabulary, indicator, entity, year)
    if gold is not None:
        _measure_facts(gold, documents, facts, as_json=as_json)
    elif check:
        _check_facts(facts, vocabulary, as_json=as_json)
    elif as_csv:
        sys.stdout.write(facts_csv(facts))
    elif as_json:
        emit(facts_json(facts))
    else:
        from ragpark.terminal_read import show_facts

        show_facts(console(), facts)


def _from_index(settings: Settings) -> tuple[Mapping[str, Document], Sequence[Fact]]:
    from ragpark.index import open_index

    opened = open_index(settings, encoder_id=None)
    return opened.documents, opened.facts


def _from_files(path: Path, settings: Settings) -> tuple[Mapping[str, Document], Sequence[Fact]]:
    """Read the documents themselves; what could not be read is named on stderr."""
    from ragpark.index.direct import read_files
    from ragpark.index.pipeline import DefaultPipeline
    from ragpark.terminal import count_bar

    with count_bar(console(stderr=True), "读取文档") as progress:
        found = read_files(path, DefaultPipeline(settings), progress)
    for doc, error in found.failed.items():
        note(f"未能读取 {doc}：{error}")
    return found.documents, found.facts


def _check_facts(facts: Sequence[Fact], vocabulary: Vocabulary, *, as_json: bool) -> None:
    from ragpark.facts_check import check_facts, suspicion_json

    found = check_facts(facts, vocabulary)
    if as_json:
        emit({"checked": len(facts), "suspicious": [suspicion_json(item) for item in found]})
    else:
        from ragpark.terminal_read import show_suspicious

        show_suspicious(console(), found, len(facts))


def _measure_facts(gold: Path, documents: Mapping[str, Document], facts: Sequence[Fact], *, as_json: bool) -> None:
    from ragpark.evaluate.fact_gold import read_fact_gold
    from ragpark.evaluate.facts import fact_report_json, measure_facts

    report = fact_report_json(measure_facts(read_fact_gold(gold), documents, facts))
    if as_json:
        emit(report)
    else:
        from ragpark.terminal_read import show_fact_report

        show_fact_report(console(), report)


@command("docs")
def docs_command(
    docs: DocsOption = None,
    index: IndexOption = None,
    doc: DocOption = None,
    removed: Annotated[bool, option("--removed", text="逐段列出整理时略去的内容和原因", metavar=FLAG)] = False,
    as_json: JsonOption = False,
) -> None:
    """文档：列出文件夹里的每个文件，读出了什么，略去了什么，是否已进入索引。"""
    from ragpark.index import current_generation, open_index
    from ragpark.index.catalog import Catalog
    from ragpark.load import find_documents
    from ragpark.retrieve.filters import make_filter
    from ragpark.views import catalog_json

    settings = make_settings(docs=docs, index=index)
    find_documents(settings.docs)  # says so where there is no such folder
    opened = open_index(settings) if current_generation(settings.index) is not None else None
    wanted = make_filter(doc=doc)
    rows = [row for row in Catalog(settings).rows(opened) if wanted.has_doc(row.doc)]
    documents = (opened.documents if opened else {}) if removed else None
    if as_json:
        emit(catalog_json(rows, documents))
    else:
        from ragpark.terminal_read import show_documents

        show_documents(console(), rows, documents)


@command("status")
def status_command(docs: DocsOption = None, index: IndexOption = None, as_json: JsonOption = False) -> None:
    """状态：模型、索引、内存、版本，和生效的设置。"""
    from ragpark.status import read_status
    from ragpark.status_text import status_text

    status = read_status(make_settings(docs=docs, index=index))
    if as_json:
        emit(status.to_json())
    else:
        sys.stdout.write(status_text(status))
