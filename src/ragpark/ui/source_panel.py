"""The source beside a result: a document opened at a passage, its original to download, and the way to close it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from ragpark.errors import DocumentsError
from ragpark.ui import markup, shell
from ragpark.ui.services import IndexView, Services
from ragpark.views import place_text

_READER = Path(__file__).with_name("reader.js")


def draw(
    services: Services,
    index: IndexView,
    doc: str,
    span: tuple[int, int],
    quote: str,
    marks: Sequence[tuple[int, int]],
    *,
    mark: str,
    close: Callable[[], None],
) -> None:
    """Draw the document with `span` highlighted and brought into view, and `marks` (offsets into `quote`) inside it.

    `quote` is the text that stood at `span` when it was found: where the index has changed since, that is said
    instead. `mark` names this opening: the passage is brought into view once for each.
    """
    import streamlit as st

    document = index.documents.get(doc)
    start, end = span
    if document is None or document.text[start:end] != quote:
        st.html(markup.notice("原文已变化", "索引在提问之后更新过，请把问题再问一遍。", "warning"))
        return
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        try:
            path = services.original(doc)
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
        st.button("关闭", icon=":material/close:", on_click=close)
    view = markup.source_view(document, span, [(start + a, start + b) for a, b in marks])
    st.html(markup.source_block(document, view, place_text(document.locator(start, end))))
    shell.run_script(_READER, mark)
