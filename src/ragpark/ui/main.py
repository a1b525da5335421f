"""The entry of the pages: navigation and the frame around each; `ragpark serve` starts this file."""

from __future__ import annotations

import logging
from collections.abc import Callable

from ragpark.errors import RagparkError
from ragpark.ui import ask_page, markup, services, shell

log = logging.getLogger(__name__)


def main() -> None:
    """Draw the page that the address names."""
    import streamlit as st

    st.set_page_config(page_title="ragpark 文档问答", page_icon=shell.ICON, layout="wide")
    pages = [
        st.Page(_safe(ask_page.draw), title="问答", icon=":material/forum:", url_path="ask", default=True),
    ]
    page = st.navigation(pages, position="top")
    shell.load_look()
    page.run()


def _safe(draw: Callable[[], None]) -> Callable[[], None]:
    """Return `draw` with its errors shown as a sentence; what was not foreseen goes to the log, never to the page."""
    import streamlit as st

    def page() -> None:
        try:
            draw()
        except RagparkError as error:
            shell.show_error(error)
        except Exception:
            log.exception("page failed")
            st.html(markup.notice("页面没有画完", services.UNEXPECTED, "error"))

    return page


if __name__ == "__main__":
    main()
