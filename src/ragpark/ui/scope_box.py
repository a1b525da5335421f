"""The controls of a filter on a page: years, document, section; what they hold outlives a change of page."""

from __future__ import annotations

from collections import Counter
from glob import escape as glob_escape

from ragpark.retrieve.filters import EVERYTHING, Filter, make_filter
from ragpark.ui import markup
from ragpark.ui.services import IndexView, Services

FREE = {"first": 0, "last": 0, "doc": "", "section": ""}  # each control with what it holds where it restricts nothing


def keep(page: str) -> None:
    """Give the controls of the page back what they held: Streamlit forgets them when another page is shown."""
    import streamlit as st

    kept = st.session_state.setdefault(f"{page}-scope", {})
    for name in FREE:
        key = f"{page}-{name}"
        if key in st.session_state:
            kept[name] = st.session_state[key]
        elif name in kept:
            st.session_state[key] = kept[name]


def controls(page: str, services: Services, index: IndexView, *, section: bool) -> Filter:
    """Draw the controls in the caller's container, which sets them side by side, and return their filter.

    Raises FilterError for one that can't be.
    """
    import streamlit as st

    years = services.years()
    titles = names_of(index)
    for key, known in ((f"{page}-first", years), (f"{page}-last", years), (f"{page}-doc", tuple(titles))):
        # What is set here is sent to the browser, over what may have been chosen there meanwhile: only where the index has
        # changed, never where nothing is chosen.
        if st.session_state.get(key) and st.session_state[key] not in known:
            st.session_state[key] = 0 if known is years else ""
    first = st.selectbox("年份从", [0, *years], key=f"{page}-first", format_func=_year, width=120)
    last = st.selectbox("到", [0, *years], key=f"{page}-last", format_func=_year, width=120)
    doc = st.selectbox(
        "文档", ["", *titles], key=f"{page}-doc", format_func=lambda path: titles.get(path, "全部"), width=260
    )
    text = st.text_input("章节标题含", key=f"{page}-section", width=160) if section else ""
    keep(page)
    span = None
    if years and (first or last):
        span = (first or years[0], last or years[-1])
    return make_filter(None, span, glob_escape(doc), text)


def popover(page: str, services: Services, index: IndexView) -> Filter:
    """Draw the controls folded away behind a button, and return their filter; one that can't be is told inside."""
    import streamlit as st

    from ragpark.errors import FilterError

    with (
        st.popover("范围", icon=":material/filter_alt:", help="只在这些年份或文档里找答案"),
        st.container(horizontal=True, gap="small", key=f"rp-scope-{page}"),
    ):
        try:
            return controls(page, services, index, section=False)
        except FilterError as error:
            st.html(markup.notice("这个范围不成立", str(error), "warning"))
            return EVERYTHING


def in_force(page: str, scope: Filter, index: IndexView) -> None:
    """Show a filter in force and the one click that lifts it; nothing where there is none."""
    import streamlit as st

    if not scope:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"rp-in-force-{page}"):
        st.button(
            f"范围：{markup.plain(words(scope, index))}",
            key=f"{page}-clear",
            icon=":material/close:",
            icon_position="right",
            help="取消这个范围",
            on_click=clear,
            args=(page,),
        )


def clear(page: str) -> None:
    import streamlit as st

    for name, free in FREE.items():
        if f"{page}-{name}" in st.session_state:
            st.session_state[f"{page}-{name}"] = free
    st.session_state[f"{page}-scope"] = {}


def names_of(index: IndexView) -> dict[str, str]:
    """Return each document's title by its path; of documents with the same title, with the path."""
    titles = {doc: document.title for doc, document in index.documents.items()}
    count = Counter(titles.values())
    return {doc: title if count[title] == 1 else f"{title}（{doc}）" for doc, title in titles.items()}


def words(scope: Filter, index: IndexView) -> str:
    """Return the filter in words, a document by its title."""
    titles = {glob_escape(doc): title for doc, title in names_of(index).items()}
    parts = [str(Filter(scope.years))] if scope.years else []
    if scope.doc is not None:
        parts.append(f"《{titles.get(scope.doc, scope.doc)}》")
    if scope.section is not None:
        parts.append(f"章节含“{scope.section}”")
    return "，".join(parts)


def _year(year: int) -> str:
    return str(year) if year else "不限"
