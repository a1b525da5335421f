"""The answers marked 对 or 错 on the first page, for review: a part of the page 评测."""

from __future__ import annotations

from html import escape

from ragpark.errors import RagparkError
from ragpark.ui import markup
from ragpark.ui.services import Services


def draw(services: Services) -> None:
    """Draw the candidates, newest first, each with a button that deletes it."""
    import streamlit as st

    from ragpark.evaluate.candidates import read_candidates
    from ragpark.ui import evaluate_markup as view

    path = services.settings.gold_candidates
    candidates, problems = read_candidates(path)
    for problem in problems:
        st.html(markup.notice("有一行读不懂", problem, "warning"))
    if not candidates:
        st.html(markup.notice("还没有待审的题目", "在问答页把答案标为“对”或“错”，题目就会收进这里。"))
        return
    lacking = sum(bool(candidate.lacking) for candidate in candidates)
    waiting = f"其中 {lacking} 题要在文件里填好标准答案与依据，才能评测。" if lacking else "都可以直接评测。"
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(
            f'<p class="rp-caption">共 {len(candidates)} 题，{waiting}文件：{escape(str(path))}</p>',
            width="content",
        )
        if path.is_file():
            st.download_button(
                "下载文件（JSONL）",
                data=path.read_bytes,
                file_name=path.name,
                mime="application/jsonl",
                icon=":material/download:",
                on_click="ignore",
            )
    for number, candidate in enumerate(reversed(candidates)):
        with st.container(border=True, key=f"candidate-{number}"):
            st.html(view.candidate_block(candidate))
            st.button(
                "删除",
                icon=":material/delete:",
                key=f"delete-{candidate.candidate_id}-{number}",
                on_click=_remove,
                args=(services, candidate.candidate_id),
            )
    if error := st.session_state.pop("candidate-error", ""):
        st.html(markup.notice("没有删掉", error, "error"))


def _remove(services: Services, candidate_id: str) -> None:
    import streamlit as st

    from ragpark.evaluate.candidates import remove_candidate

    try:
        remove_candidate(services.settings.gold_candidates, candidate_id)
    except RagparkError as error:
        st.session_state["candidate-error"] = str(error)
