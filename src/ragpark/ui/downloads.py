"""The three buttons that take answers away: Excel, Word, Markdown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ragpark.export import Link

_KINDS = {
    ".xlsx": ("Excel", "table", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".docx": ("Word", "description", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".md": ("Markdown", "markdown", "text/markdown"),
}


def buttons(name: str, key: str, make: Callable[[str], bytes], *, disabled: bool = False) -> None:
    """Draw the buttons; `make` gets an ending and returns the file, made when it is asked for."""
    import streamlit as st

    with st.container(horizontal=True, gap="small", width="content", key=f"rp-downloads-{key}"):
        for suffix, (kind, icon, mime) in _KINDS.items():
            st.download_button(
                kind,
                data=lambda suffix=suffix: make(suffix),  # type: ignore[misc]
                file_name=f"{name}{suffix}",
                mime=mime,
                icon=f":material/{icon}:",
                on_click="ignore",
                key=f"{key}-{suffix}",
                disabled=disabled,
            )


def page_link() -> Link:
    """Return links to the documents as this server shows them, at the address that the browser has it under."""
    import streamlit as st

    from ragpark.export import no_link, page_links

    url = st.context.url
    return page_links("/".join(url.split("/")[:3])) if url else no_link
