"""The entry of the pages: navigation and the frame around each; `ragpark serve` starts this file."""

from __future__ import annotations

import logging
from collections.abc import Callable

from ragpark.errors import RagparkError
from ragpark.ui import (
    ask_page,
    batch_page,
    documents_page,
    evaluate_page,
    indicators_page,
    markup,
    search_page,
    services,
    shell,
    status_page,
)

log = logging.getLogger(__name__)


def main() -> None:
    """Draw the page that the address names."""
    import streamlit as st

    st.set_page_config(page_title="ragpark 文档问答", page_icon=shell.ICON, layout="wide")
    pages = [
        st.Page(_safe(ask_page.draw), title="问答", icon=":material/forum:", url_path="ask", default=True),
        st.Page(_safe(batch_page.draw), title="批量", icon=":material/table_view:", url_path="batch"),
        st.Page(_safe(search_page.draw), title="检索", icon=":material/manage_search:", url_path="search"),
        st.Page(_safe(indicators_page.draw), title="指标", icon=":material/monitoring:", url_path="indicators"),
        st.Page(_safe(documents_page.draw), title="文档", icon=":material/folder_open:", url_path="documents"),
        st.Page(_safe(evaluate_page.draw), title="评测", icon=":material/fact_check:", url_path="evaluate"),
        st.Page(_safe(status_page.draw), title="设置与状态", icon=":material/tune:", url_path="status"),
    ]
    st.session_state["ask-page"] = pages[0]
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
