"""评测: a gold set run over the index: measures, failures, comparison with the last run."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ragpark.errors import GoldError, IndexMissingError, ReportError
from ragpark.ui import candidates_tab, markup, shell
from ragpark.ui.services import Services

if TYPE_CHECKING:
    from ragpark.evaluate import GoldQuestion
    from ragpark.evaluate.compare_runs import Comparison
    from ragpark.evaluate.saved import SavedRun

MAX_GOLD_MB = 10  # of an uploaded gold set: some 20,000 questions
N_FAILURES = 10  # shown at once
UPLOADED = "上传的文件："


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold set that can be chosen: its name on the page and under which its runs are kept, and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def draw() -> None:
    """Draw the page."""
    import streamlit as st

    st.html(markup.page_head("评测", "用一组带标准答案的题目衡量检索、答案、出处与拒答，看每道错题错在哪一步。"))
    services = shell.the_services()
    run, review = st.tabs(["运行评测", "待审题目"])
    with run:
        _evaluate(services)
    with review:
        candidates_tab.draw(services)


def _evaluate(services: Services) -> None:
    import streamlit as st

    generation = _generation(services)
    if generation is None:
        return
    gold = _choose(services)
    if gold is None:
        return
    questions = _questions(gold)
    running = services.evaluation.state.running
    with st.container(horizontal=True, vertical_alignment="center"):
        started = st.button(
            "开始评测", type="primary", icon=":material/play_arrow:", disabled=running or not questions, key="evaluate"
        )
        if questions:
            none = sum(not question.answerable for question in questions)
            st.html(
                f'<p class="rp-caption">共 {len(questions)} 题，其中 {none} 题文档里没有答案、应当拒答。</p>',
                width="content",
            )
    if started and questions:
        services.evaluation.start(gold.name, gold.sha256, questions)
        st.rerun()
    _show_state(services)
    if not running:
        _results(services, gold, generation)


def _generation(services: Services) -> str | None:
    """The index generation in force; without one, the way to make it."""
    import streamlit as st

    shell.show_build(services.build)
    try:
        if services.ready:
            return services.index().generation
        if services.build.state.running:
            return None
        with st.spinner("正在载入模型与索引，只在服务启动后进行一次……"):
            return services.index().generation
    except IndexMissingError:
        st.html(markup.notice("还没有索引", f"把文档放进“{services.settings.docs}”，建立索引之后才能评测。", "warning"))
        if st.button("建立索引", type="primary", icon=":material/build:", key="build-for-evaluation"):
            services.build.start()
            st.rerun()
    return None


def _choose(services: Services) -> Gold | None:
    """The gold set chosen, read; None (and a sentence) where there is none or it cannot be read."""
    import streamlit as st

    from ragpark.evaluate.gold import find_gold

    folder = Path.cwd()
    paths = {_name(path, folder): path for path in find_gold(folder, services.settings.gold_candidates)}
    with st.container(horizontal=True, vertical_alignment="bottom", key="rp-gold"):
        place = st.container()
        with st.popover("用别的文件", icon=":material/upload_file:"):
            uploaded = st.file_uploader(
                "评测集文件（每行一题的 JSONL）",
                type=["jsonl", "json", "txt"],
                max_upload_size=MAX_GOLD_MB,
                key="gold-upload",
                on_change=_pick_uploaded,
            )
            st.html(
                f'<p class="rp-caption">文件不超过 {MAX_GOLD_MB} MB，只读取、不保存；评测结果留在本机，供下次比较。</p>'
            )
    names = [*([UPLOADED + uploaded.name] if uploaded else []), *paths]
    with place:
        name = st.selectbox("评测集", names, key="gold", disabled=not names, placeholder="没有评测集")
    if name is None:
        st.html(
            markup.notice(
                "还没有评测集",
                f"在“{folder.name}”文件夹里放一个 gold….jsonl，或用“用别的文件”上传一个；每行一题，"
                "含 id、kind、question、answers、evidence、answerable。在问答页把答案标为对或错，也会收进待审题目。",
            )
        )
        return None
    if uploaded and name == UPLOADED + uploaded.name:
        if uploaded.size > MAX_GOLD_MB * 2**20:
            st.html(markup.notice("文件太大", f"评测集不能超过 {MAX_GOLD_MB} MB；请分成几份。", "error"))
            return None
        return Gold(name, uploaded.getvalue())
    try:
        return Gold(name, paths[name].read_bytes())
    except OSError as error:
        st.html(markup.notice("读不了这个文件", f"{name}（{error.strerror}）；请检查它是否还在、能否读取。", "error"))
        return None


def _pick_uploaded() -> None:
    """Choose the file that was just uploaded; when it was taken away again, the first of the others."""
    import streamlit as st

    uploaded = st.session_state["gold-upload"]
    if uploaded:
        st.session_state["gold"] = UPLOADED + uploaded.name
    else:
        st.session_state.pop("gold", None)


def _name(path: Path, folder: Path) -> str:
    resolved = path.resolve()
    return resolved.relative_to(folder).as_posix() if resolved.is_relative_to(folder) else str(path)


def _questions(gold: Gold) -> tuple[GoldQuestion, ...]:
    import streamlit as st

    from ragpark.evaluate.gold import parse_gold

    try:
        return parse_gold(gold.data, gold.name.removeprefix(UPLOADED))
    except GoldError as error:
        st.html(markup.notice("这个评测集还不能用", str(error), "error"))
        return ()


def _show_state(services: Services) -> None:
    """Show the run under way, or why the last has no result."""
    import streamlit as st

    job = services.evaluation

    def ended() -> None:
        state = job.state
        if state.error:
            st.html(markup.notice(f"“{state.gold}”没有评测完", state.error, "error"))
        elif state.stopped:
            st.html(markup.notice("评测已停止", f"“{state.gold}”没有评测完，结果没有保存。", "warning"))

    shell.show_job(job, "evaluation", job.state.gold, "题", ended)


def _results(services: Services, gold: Gold, generation: str) -> None:
    """The last kept run of the gold set, compared with the one before."""
    import streamlit as st

    from ragpark.evaluate.history import run_paths
    from ragpark.evaluate.saved import read_run
    from ragpark.ui import evaluate_markup as view

    paths = run_paths(services.settings.reports, gold.name)
    if not paths:
        st.html('<p class="rp-caption">这个评测集还没有运行过。</p>')
        return
    try:
        run = read_run(paths[0])
    except ReportError as error:
        shell.show_error(error)
        return
    if run.generation != generation:
        st.html(markup.notice("索引已更新", "下面是旧索引上的结果；要看现在的，请重新评测。", "warning"))
    if run.gold_sha256 != gold.sha256:
        st.html(markup.notice("评测集已修改", "下面是修改之前的结果；要看现在的，请重新评测。", "warning"))
    comparison, cannot = _compare(paths[1:], run)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        right = sum(1 for question in run.results if not question.stage)
        st.html(
            f'<h2 class="rp-h2">结果：{run.questions} 题中 {right} 题通过</h2>'
            f'<p class="rp-caption">{_time(run.made)} 评测</p>',
            width="content",
        )
        st.download_button(
            "下载报告（JSON）",
            data=paths[0].read_bytes,
            file_name=paths[0].name,
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
    st.html(view.figures_block(run, comparison[0].measures if comparison else {}))
    for problem in run.problems[:5]:
        st.html(markup.notice("标准依据对不上文档", problem, "warning"))
    if len(run.problems) > 5:
        st.html(f'<p class="rp-caption">另有 {len(run.problems) - 5} 处依据对不上，见报告文件。</p>')
    st.html('<h2 class="rp-h2">与上次相比</h2>')
    if comparison:
        st.html(
            f'<p class="rp-caption">上次：{_time(comparison[1].made)} 评测</p>{view.comparison_block(comparison[0])}'
        )
    else:
        st.html(f'<p class="rp-caption">{escape(cannot)}</p>')
    st.html(f'<h2 class="rp-h2">按题型</h2>{view.kinds_table(run.by_kind)}')
    _failures(run)


def _compare(earlier: list[Path], run: SavedRun) -> tuple[tuple[Comparison, SavedRun] | None, str]:
    """The comparison with the run before, or the sentence that says why there is none."""
    from ragpark.evaluate.compare_runs import compare_runs
    from ragpark.evaluate.saved import read_run

    if not earlier:
        return None, "这是第一次运行；再运行一次，就能看到哪些题变好、哪些题变差。"
    try:
        before = read_run(earlier[0])
        return (compare_runs(before, run), before), ""
    except ReportError as error:
        return None, str(error)


def _failures(run: SavedRun) -> None:
    import streamlit as st

    from ragpark.evaluate.words import STAGES
    from ragpark.ui import evaluate_markup as view

    failures = run.failures
    st.html(f'<h2 class="rp-h2">没有通过的题（{len(failures)}）</h2>')
    if not failures:
        st.html('<p class="rp-caption">全部通过。</p>')
        return
    counts = {stage: sum(question.stage == stage for question in failures) for stage in STAGES if stage}
    stages = [stage for stage, count in counts.items() if count]
    chosen = st.segmented_control(
        "出错的环节",
        ["", *stages],
        default="",
        required=True,
        format_func=lambda stage: f"{STAGES[stage]} {counts[stage]}" if stage else f"全部 {len(failures)}",
        key=f"stage-{run.made}",
        label_visibility="collapsed",
    )
    picked = [question for question in failures if chosen in ("", None, question.stage)]
    key = f"shown-{run.made}"
    shown = st.session_state.get(key, N_FAILURES)
    st.html("".join(map(view.failure_block, picked[:shown])))
    if len(picked) > shown:
        st.button(f"再显示 {min(N_FAILURES, len(picked) - shown)} 题", on_click=_more, args=(key, shown + N_FAILURES))


def _more(key: str, shown: int) -> None:
    import streamlit as st

    st.session_state[key] = shown


def _time(made: str) -> str:
    """Return an ISO time as this computer's clock shows it: `2026-11-22 10:15`."""
    return datetime.fromisoformat(made).astimezone().strftime("%Y-%m-%d %H:%M") if made else "时间不详"
