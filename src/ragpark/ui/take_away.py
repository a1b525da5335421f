"""The conversation, or answers chosen from it, as a file: a popover of the page 问答."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ragpark.ui import downloads, markup
from ragpark.ui.session import Session, Turn

if TYPE_CHECKING:
    from ragpark.export import Link

TITLE = "问答记录"
_SCROLL_FROM = 8  # questions: more are chosen from in a box that scrolls
_MAX_CHARS = 30  # of a question in the list


def popover(session: Session) -> None:
    """Draw the popover: which answers, all at first, and the three files."""
    import streamlit as st

    turns = [turn for turn in session.turns if turn.answer is not None]
    with st.popover("导出", icon=":material/download:"):
        chosen = turns
        if len(turns) > 1:
            st.html('<p class="rp-label">导出哪些回答</p>')
            height = 320 if len(turns) > _SCROLL_FROM else "content"
            with st.container(height=height, border=False):  # type: ignore[arg-type]
                chosen = [
                    turn
                    for turn in turns
                    if st.checkbox(markup.plain(_short(turn.question)), value=True, key=f"take-{turn.number}")
                ]
        link, taken = downloads.page_link(), tuple(chosen)  # the file is made when no page is being drawn
        downloads.buttons(TITLE, "take", lambda suffix: _file(taken, suffix, link), disabled=not chosen)


def _file(turns: Sequence[Turn], suffix: str, link: Link) -> bytes:
    from ragpark.export import Row, as_bytes, head_of, reply_of

    rows = [
        Row(turn.number, turn.typed or turn.question, reply_of(turn.answer))
        for turn in turns
        if turn.answer is not None
    ]
    return as_bytes(suffix, head_of(TITLE, datetime.now(), rows), rows, link)


def _short(text: str) -> str:
    return text if len(text) <= _MAX_CHARS else text[: _MAX_CHARS - 1] + "…"
