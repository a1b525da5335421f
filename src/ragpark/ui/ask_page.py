"""问答: a question in, the answer in large type, its evidence under it and the source beside it."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ragpark.errors import DocumentsError, IndexMissingError, RagparkError
from ragpark.records import Answer, Citation
from ragpark.ui import markup, shell
from ragpark.ui.footnotes import footnotes
from ragpark.ui.services import IndexView, Services
from ragpark.ui.session import Session, Turn
from ragpark.views import place_text

N_OPEN = 3  # pieces of evidence shown at once; further ones are one click away
GREETING = "每个答案都附上原文的出处，在本机回答，不上网。"
MAX_HISTORY_CHARS = 32  # of a question or an answer in the list of earlier ones: one line

_READER = Path(__file__).with_name("reader.js")
_TOP = Path(__file__).with_name("top.js")


def draw() -> None:
    """Draw the page: the box first, so that it stands before the model is loaded."""
    import streamlit as st

    session = Session(st.session_state)
    asked = _from_address(session)
    fresh = session.shown is None and asked is None
    with st.container(key="rp-narrow"):
        if fresh:
            st.html(f'<header class="rp-hero"><h1>从文档里找答案</h1><p>{GREETING}</p></header>')
        asked = _box(fresh) or asked
        status = st.container()
    services = shell.the_services()
    with status:
        index = _index(services)
    if index is None:
        return
    asked = asked or st.session_state.pop("picked", None)
    if asked:
        with status:
            _ask(services, session, asked)
            if fresh:
                st.rerun()  # the greeting gives way to the answer
    turn = session.shown
    if turn is None:
        with st.container(key="rp-narrow-examples"):
            _examples(services, index)
        return
    _turn(services, index, session, turn)
    _history(session, turn)


def _from_address(session: Session) -> str | None:
    """The question of `?q=…`, once: when the address has one that was not asked from it yet."""
    import streamlit as st

    question = st.query_params.get("q", "").strip()
    if not question or st.session_state.get("address") == question:
        return None
    st.session_state["address"] = question
    return question


def _box(fresh: bool) -> str | None:
    import streamlit as st

    with (
        st.form("question-form", clear_on_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom", wrap=False),
    ):
        text = st.text_input(
            "问题",
            key="question",
            placeholder="输入问题，例如某一年的某项指标" if fresh else "继续提问",
            label_visibility="collapsed",
            icon=":material/search:",
        )
        sent = st.form_submit_button("提问", type="primary")
    return (text or "").strip() if sent and (text or "").strip() else None


def _index(services: Services) -> IndexView | None:
    """The index in force; without one, the way to make it."""
    import streamlit as st

    shell.show_build(services.build)
    if services.build.state.running and not services.ready:
        return None
    try:
        if services.ready:
            return services.index()
        with st.spinner("正在载入模型与索引，只在服务启动后进行一次……"):
            return services.index()
    except IndexMissingError:
        st.html(
            markup.notice("还没有索引", f"把文档放进“{services.settings.docs}”，然后建立索引，就可以提问。", "warning")
        )
        if st.button("建立索引", type="primary", icon=":material/build:"):
            services.build.start()
            st.rerun()
    return None


def _ask(services: Services, session: Session, question: str) -> None:
    import streamlit as st

    try:
        with st.spinner("正在查找……"):
            answer = services.ask(question)
        session.add(question, _written(services, answer))
    except RagparkError as error:
        session.add(question, None, str(error))
    st.session_state["address"] = question
    st.query_params["q"] = question


def _written(services: Services, answer: Answer) -> Answer:
    """The answer as a language model writes it, if there is one; its words are shown as they come, not yet checked."""
    import streamlit as st

    box = st.empty()
    said: list[str] = []

    def show(piece: str) -> None:
        said.append(piece)
        box.html(markup.draft_block(answer.question, "".join(said)))

    if services.settings.has_llm and not answer.refused:
        box.html(markup.draft_block(answer.question, ""))
    written = services.written(answer, show)
    box.empty()
    return written


def _examples(services: Services, index: IndexView) -> None:
    import streamlit as st

    questions = services.examples()
    if questions:
        st.html('<p class="rp-label rp-centre">可以这样问</p>')
        with st.container(horizontal=True, horizontal_alignment="center", gap="small", key="rp-examples"):
            for number, question in enumerate(questions):
                st.button(markup.plain(question), key=f"example-{number}", on_click=_pick, args=(question,))
    dates = sorted(document.date for document in index.documents.values() if document.date)
    span = f"，{dates[0]} 至 {dates[-1]}" if dates else ""
    st.html(
        f'<p class="rp-caption rp-centre">库中有 {len(index.documents)} 份文档、{len(index.chunks)} 个段落{span}。</p>'
    )


def _pick(question: str) -> None:
    import streamlit as st

    st.session_state["picked"] = question


def _turn(services: Services, index: IndexView, session: Session, turn: Turn) -> None:
    import streamlit as st

    if turn.answer is None:
        with st.container(key="rp-narrow-error"):
            st.html(markup.notice("这个问题没法回答", turn.error, "error"))
        return
    _run(_TOP, f"{turn.number}")
    opened = next((c for c in turn.answer.citations if c.n == session.opened), None)
    if opened is None:
        with st.container(key="rp-narrow-answer"):
            _answer(session, turn, turn.answer)
        return
    left, right = st.columns([9, 11], gap="medium")
    with left:
        _answer(session, turn, turn.answer)
    with right, st.container(key="rp-side"):
        _source(services, index, turn, session, opened)


def _answer(session: Session, turn: Turn, answer: Answer) -> None:
    import streamlit as st

    st.html(markup.answer_block(answer))
    if checks := markup.checks_block(answer):
        st.html(checks)
    if answer.citations:
        label = "最接近的内容（不是答案）" if answer.refused else "出处"
        st.html(f'<p class="rp-label">{label}</p>')
    for citation in answer.citations[:N_OPEN]:
        _citation(session, turn, citation)
    if rest := answer.citations[N_OPEN:]:
        with st.expander(f"另外 {len(rest)} 处"):
            for citation in rest:
                _citation(session, turn, citation)
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover("复制为 Markdown", icon=":material/content_copy:"):
            st.code(footnotes(answer), language=None, wrap_lines=True)
        if total := answer.timings_ms.get("total"):
            st.html(f'<p class="rp-caption">用时 {total:.0f} 毫秒</p>', width="content")


def _citation(session: Session, turn: Turn, citation: Citation) -> None:
    import streamlit as st

    with st.container(border=True, key=f"cite-{turn.number}-{citation.n}"):
        st.html(markup.citation_block(citation))
        is_open = session.opened == citation.n
        st.button(
            f"\\[{citation.n}\\] {'正在显示' if is_open else '看原文'}",
            key=f"open-{turn.number}-{citation.n}",
            icon=":material/menu_book:",
            on_click=session.open,
            args=(citation.n,),
            disabled=is_open,
        )


def _source(services: Services, index: IndexView, turn: Turn, session: Session, citation: Citation) -> None:
    import streamlit as st

    document = index.documents.get(citation.doc)
    if document is None or document.text[citation.start : citation.end] != citation.quote:
        st.html(markup.notice("原文已变化", "索引在提问之后更新过，请把问题再问一遍。", "warning"))
        return
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        try:
            path = services.original(citation.doc)
        except DocumentsError as error:
            st.html(f'<p class="rp-caption">{escape(str(error))}</p>')
        else:
            st.download_button(
                "下载原文件",
                data=path.read_bytes,
                file_name=path.name,
                mime="application/octet-stream",
                icon=":material/download:",
                on_click="ignore",
            )
        st.button("关闭", icon=":material/close:", on_click=session.open, args=(None,))
    marks = [(citation.start + a, citation.start + b) for a, b in citation.marks]
    view = markup.source_view(document, (citation.start, citation.end), marks)
    st.html(markup.source_block(document, view, place_text(citation.locator)))
    _run(_READER, f"{turn.number}-{citation.n}")


def _run(script: Path, mark: str) -> None:
    """Run a script of this package in the page: once for every new `mark`, which the program makes."""
    import streamlit as st

    with st.container(key=f"rp-scripts-{script.stem}"):
        st.html(f"<script>/* {mark} */{script.read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True)


def _history(session: Session, turn: Turn) -> None:
    import streamlit as st

    earlier = [other for other in reversed(session.turns) if other.number != turn.number]
    if not earlier:
        return
    with st.container(key="rp-narrow-history"):
        st.html('<p class="rp-label">本次会话</p>')
        for other in earlier:
            said = _short(other.answer.answer) if other.answer and not other.answer.refused else "未回答"
            st.button(
                f"{markup.plain(_short(other.question))}　→　{markup.plain(said)}",
                key=f"turn-{other.number}",
                type="tertiary",
                on_click=session.show,
                args=(other.number,),
            )
        st.button("清空记录", icon=":material/delete_sweep:", on_click=session.clear)


def _short(text: str) -> str:
    return text if len(text) <= MAX_HISTORY_CHARS else text[: MAX_HISTORY_CHARS - 1] + "…"
