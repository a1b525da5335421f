"""批量: a sheet of questions uploaded, answered in the background, downloaded with the sources."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ragpark.errors import RagparkError
from ragpark.ui import downloads, markup, shell
from ragpark.ui.batches import BatchState
from ragpark.ui.services import Services

MAX_SHEET_MB = 20  # of an uploaded sheet: 20,000 rows take about 2
N_FAILED = 10  # rows named on the page; the file names them all


def draw() -> None:
    """Draw the page."""
    import streamlit as st

    with st.container(key="rp-narrow-batch"):
        st.html(markup.page_head("批量", "上传一张问题表，全部答完后下载，每个答案都带原文和出处。"))
        services = shell.the_services()
        if shell.open_index(services) is None:
            return
        _upload(services)
        _show(services)


def _upload(services: Services) -> None:
    import streamlit as st

    from ragpark.export import SHEET_SUFFIXES, read_questions

    uploaded = st.file_uploader(
        f"问题表：{' '.join(SHEET_SUFFIXES)}；问题写在名为“问题”的一列里，文本每行一问",
        max_upload_size=MAX_SHEET_MB,
        key="batch-upload",
    )
    running = services.batches.state.running
    if uploaded is None:
        if not running and services.batches.state.report is None:
            st.html('<p class="rp-caption">表里其余的列会原样保留。问题表只读取，不存进文档库。</p>')
        return
    try:
        if st.session_state.get("batch-sheet", ("",))[0] != uploaded.file_id:  # read once, not at every redrawing
            st.session_state["batch-sheet"] = (uploaded.file_id, read_questions(uploaded.getvalue(), uploaded.name))
        sheet = st.session_state["batch-sheet"][1]
    except RagparkError as error:
        st.html(markup.notice("这张表还不能用", str(error), "error"))
        return
    for problem in sheet.problems:
        st.html(markup.notice("表里有没读到的内容", problem, "warning"))
    with st.container(horizontal=True, vertical_alignment="center"):
        started = st.button(
            "开始作答", type="primary", icon=":material/play_arrow:", disabled=running, key="start-batch"
        )
        st.html(f'<p class="rp-caption">共 {len(sheet.questions)} 问。</p>', width="content")
    if started:
        services.batches.start(sheet)
        st.rerun()


def _show(services: Services) -> None:
    """Show the batch under way, or the result of the last."""
    import streamlit as st

    job = services.batches

    def ended() -> None:
        state = job.state
        if state.error:
            st.html(markup.notice(f"“{state.name}”没有答完", state.error, "error"))
        elif state.report is not None:
            _result(services, state)

    shell.show_job(job, "batch", job.state.name, "问", ended)


def _result(services: Services, state: BatchState) -> None:
    import streamlit as st

    report = state.report
    assert report is not None
    counts = report.counts
    said = f"已答 {counts['answered']}，未答出 {counts['refused']}，没有问成 {counts['failed']}"
    if report.stopped:
        text = f"{state.total} 问做了 {report.done} 问：{said}。已答的都在下面的文件里；再点“开始作答”就接着做。"
        st.html(markup.notice(f"“{state.name}”已停止", text, "warning"))
    else:
        st.html(f'<h2 class="rp-h2">{escape(state.name)}</h2><p class="rp-caption" role="status">{said}。下载为：</p>')
    if report.mixed:
        st.html(
            markup.notice("作答期间索引更新过", "前后的答案不是出自同一份索引；再答一次，只重问过时的。", "warning")
        )
    if report.done:
        link = downloads.page_link()
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            name = f"{Path(state.name).stem}-答案"
            downloads.buttons(name, "batch", lambda suffix: services.batches.file(suffix, link))
            st.button("清除", icon=":material/delete_sweep:", type="tertiary", on_click=services.batches.forget)
    if report.failed:
        named = "".join(
            f"<li>第 {n} 行{f'“{escape(question)}”' if question else ''}：{escape(error)}</li>"
            for n, question, error in report.failed[:N_FAILED]
        )
        more = f"<li>另有 {len(report.failed) - N_FAILED} 行，见文件</li>" if len(report.failed) > N_FAILED else ""
        st.html(f'<p class="rp-label">没有问成的行</p><ul class="rp-caption">{named}{more}</ul>')
