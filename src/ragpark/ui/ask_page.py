"""问答: a question in, the answer in large type, its evidence under it and the source beside it."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ragpark.errors import RagparkError
from ragpark.records import Answer, Citation
from ragpark.retrieve.filters import Filter
from ragpark.ui import markup, scope_box, shell, source_panel, take_away
from ragpark.ui.footnotes import footnotes
from ragpark.ui.services import IndexView, Services
from ragpark.ui.session import Session, Turn

N_OPEN = 3  # pieces of evidence shown at once; further ones are one click away
GREETING = "每个答案都附上原文的出处，在本机回答，不上网。"
MAX_HISTORY_CHARS = 32  # of a question or an answer in the list of earlier ones: one line

_TOP = Path(__file__).with_name("top.js")


def draw() -> None:
    """Draw the page: the box first, so that it stands before the model is loaded."""
    import streamlit as st

    session = Session(st.session_state)
    asked, typed = _from_address(session), None
    fresh = session.shown is None and asked is None
    with st.container(key="rp-narrow"):
        scope_box.keep("ask")
        if fresh:
            st.html(f'<header class="rp-hero"><h1>从文档里找答案</h1><p>{GREETING}</p></header>')
        with st.container(horizontal=True, vertical_alignment="bottom", key="rp-ask-row"):
            typed = _box(fresh)
            popover = st.container(width="content")
        status = st.container(key="rp-asking")
    services = shell.the_services()
    with status:
        index = shell.open_index(services)
    if index is None:
        return
    with popover:
        scope = scope_box.popover("ask", services, index)
    with status:
        scope_box.in_force("ask", scope, index)
    asked = asked or st.session_state.pop("picked", None)
    if typed or asked:
        with status:
            _ask(services, session, typed or asked or "", scope, scope_box.words(scope, index), follow=bool(typed))
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
    """The question of `?q=…`, once: when the address has one that this session has not asked yet.

    One it has asked, which is what the browser's 后退 and 前进 lead to, is shown again.
    """
    import streamlit as st

    question = st.query_params.get("q", "").strip()
    if not question or st.session_state.get("address") == question:
        return None
    st.session_state["address"] = question
    if (turn := session.find(question)) is not None:
        session.show(turn.number)
        return None
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


def _ask(services: Services, session: Session, question: str, scope: Filter, scope_words: str, *, follow: bool) -> None:
    """Ask, and remember the turn. What was typed into the box may `follow` the question shown; a link or a click not."""
    import streamlit as st

    typed = ""
    try:
        with st.spinner("正在查找……"):
            if follow and (completed := services.complete(question, session.previous)) != question:
                question, typed = completed, question
            answer = services.ask(question, scope)
        session.add(question, _written(services, answer, scope), typed=typed, scope=scope_words)
    except RagparkError as error:
        session.add(question, None, str(error), scope=scope_words)
    st.session_state["address"] = question
    st.query_params["q"] = question


def _written(services: Services, answer: Answer, scope: Filter) -> Answer:
    """The answer as a language model writes it, if there is one; its words are shown as they come, not yet checked."""
    import streamlit as st

    box = st.empty()
    said: list[str] = []

    def show(piece: str) -> None:
        said.append(piece)
        box.html(markup.draft_block(answer.question, "".join(said)))

    if services.settings.has_llm and not answer.refused:
        box.html(markup.draft_block(answer.question, ""))
    written = services.written(answer, show, scope)
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
            st.html(markup.notice(f"“{_short(turn.question)}”没法回答", turn.error, "error"))
        return
    shell.run_script(_TOP, f"{turn.number}")
    opened = next((c for c in turn.answer.citations if c.n == session.opened), None)
    if opened is None:
        with st.container(key="rp-narrow-answer"):
            _answer(services, session, turn, turn.answer)
        return
    left, right = st.columns([9, 11], gap="medium")
    with left:
        _answer(services, session, turn, turn.answer)
    with right, st.container(key="rp-side"):
        source_panel.draw(
            services,
            index,
            opened.doc,
            (opened.start, opened.end),
            opened.quote,
            opened.marks,
            mark=f"{turn.number}-{opened.n}",
            close=lambda: session.open(None),
        )


def _answer(services: Services, session: Session, turn: Turn, answer: Answer) -> None:
    import streamlit as st

    if turn.scope:
        st.html(markup.within(turn.scope))
    st.html(markup.answer_block(answer, completed=bool(turn.typed)))
    if checks := markup.checks_block(answer):
        st.html(checks)
    if turn.typed:
        st.button(
            f"不补全，只问“{markup.plain(_short(turn.typed))}”",
            key=f"as-typed-{turn.number}",
            type="tertiary",
            icon=":material/undo:",
            on_click=_pick,
            args=(turn.typed,),
        )
    if answer.citations:
        label = "最接近的内容（不是答案）" if answer.refused else "出处"
        st.html(f'<p class="rp-label">{label}</p>')
    for citation in answer.citations[:N_OPEN]:
        _citation(session, turn, citation)
    if rest := answer.citations[N_OPEN:]:
        with st.expander(f"另外 {len(rest)} 处"):
            for citation in rest:
                _citation(session, turn, citation)
    with st.container(horizontal=True, vertical_alignment="center", key="rp-actions"):
        with st.popover("复制为 Markdown", icon=":material/content_copy:"):
            st.code(footnotes(answer), language=None, wrap_lines=True)
        take_away.popover(session)
        if total := answer.timings_ms.get("total"):
            st.html(f'<p class="rp-caption">用时 {total:.0f} 毫秒</p>', width="content")
        with st.container(horizontal=True, vertical_alignment="center", width="content", wrap=False):
            _judging(services, session, turn, answer)
    if problem := st.session_state.pop("judge-error", ""):
        st.html(markup.notice("没有加入评测集", problem, "error"))


def _judging(services: Services, session: Session, turn: Turn, answer: Answer) -> None:
    """Two buttons that put the answer, judged, among the gold candidates; then one line that says so."""
    import streamlit as st

    labels = ("拒答得对", "库中其实有") if answer.refused else ("答得对", "答得不对")
    verdict = session.judged(answer)
    if verdict is not None:
        name = escape(services.settings.gold_candidates.name)
        said = labels[0] if verdict else labels[1]
        st.html(f'<p class="rp-caption" role="status">已加入 {name}，待审（{said}）</p>', width="content")
        return
    for label, correct, icon in ((f"加入评测集：{labels[0]}", True, "check"), (labels[1], False, "close")):
        st.button(
            label,
            key=f"judge-{turn.number}-{correct}",
            icon=f":material/{icon}:",
            type="tertiary",
            on_click=_judge,
            args=(services, session, answer, correct),
        )


def _judge(services: Services, session: Session, answer: Answer, correct: bool) -> None:
    import streamlit as st

    try:
        services.judge(answer, correct=correct)
    except RagparkError as error:
        st.session_state["judge-error"] = str(error)
    else:
        session.judge(answer, correct=correct)


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


def _history(session: Session, turn: Turn) -> None:
    """Every question of the session in one line each, the latest first, the one shown above marked."""
    import streamlit as st

    if len(session.turns) < 2:
        return
    with st.container(key="rp-narrow-history"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.html(f'<p class="rp-label">本次会话问过的 {len(session.turns)} 个问题</p>', width="content")
            st.button("清空", icon=":material/delete_sweep:", type="tertiary", on_click=session.clear)
        with st.container(gap=None, key="rp-turns"):
            for other in reversed(session.turns):
                shown = other.number == turn.number
                said = _short(other.answer.answer) if other.answer and not other.answer.refused else "未回答"
                with st.container(key="rp-turn-shown" if shown else f"rp-turn-{other.number}"):
                    st.button(
                        f"{markup.plain(_short(other.question))}　→　{markup.plain(said)}",
                        key=f"turn-{other.number}",
                        type="tertiary",
                        on_click=session.show,
                        args=(other.number,),
                    )


def _short(text: str) -> str:
    return text if len(text) <= MAX_HISTORY_CHARS else text[: MAX_HISTORY_CHARS - 1] + "…"
