"""检索: the ranked passages of a question, the words of it that they hold, and what each score is made of."""

from __future__ import annotations

from glob import escape as glob_escape

from ragpark.errors import IndexMissingError, QuestionError, RagparkError
from ragpark.retrieve.explain import ExplainedHit, Explanation
from ragpark.retrieve.filters import Filter
from ragpark.ui import markup, scope_box, search_markup, shell, source_panel
from ragpark.ui.services import IndexView, Services

PAGE = "search"
NUMBERS = (5, 10, 20, 50)
HINT = "输入问题，看检索到哪些段落、每段为什么排在那里。得分由词语匹配、语义相近和几项调整组成。"
LEGEND = (
    ("词语", "BM25：问题的词在段落里出现得多不多、稀不稀罕；同义词也算，分量小些。"),
    ("语义", "问题与整段的向量有多近（余弦）。"),
    ("句子", "问题与段中最接近的一句有多近（余弦）。"),
    ("融合", "前三项按本次检索的最低、最高换算成 0 到 1，再加权相加；横条画的都是换算后的值。"),
    ("年份", "段落讲的正是所问的年份时加分，只讲别的年份时减分。"),
    ("点名文档", "问题里写出了文档名时，该文档的段落加分。"),
    ("数据命中", "段落里有一个数值正是所问的指标、主体和年份时加分。"),
    ("词语重排", "排在前面的段落，按含有问题字词的多少再加分。"),
)


def draw() -> None:
    """Draw the page: the box and the filters, then what was understood and what was found."""
    import streamlit as st

    _from_address()
    scope_box.keep(PAGE)
    question = st.session_state.get("search-asked", "")
    st.html(markup.page_head("检索", "" if question else HINT))
    _box()
    services = shell.the_services()
    shell.show_build(services.build)
    try:
        with st.spinner("正在载入模型与索引，只在服务启动后进行一次……", show_time=False):
            index = services.index()
    except IndexMissingError:
        st.html(markup.notice("还没有索引", "请先到“问答”页建立索引，然后就可以检索。", "warning"))
        return
    question = st.session_state.get("search-asked", "")
    try:
        scope, k = _filters(services, index)
        _to_address(question, scope)
        if not question:
            return
        found = services.explain(question, scope, k=k)
    except QuestionError as error:
        st.html(markup.notice("这个问题没法检索", str(error), "error"))
        return
    except RagparkError as error:
        st.html(markup.notice("没有检索", str(error), "warning"))
        return
    _found(services, index, question, found)


def _box() -> None:
    import streamlit as st

    st.session_state.setdefault("search-question", st.session_state.get("search-asked", ""))
    with (
        st.form("search-form", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", wrap=False),
    ):
        text = st.text_input(
            "问题",
            key="search-question",
            placeholder="输入问题或关键词",
            label_visibility="collapsed",
            icon=":material/manage_search:",
        )
        sent = st.form_submit_button("检索", type="primary")
    if sent:
        st.session_state["search-asked"] = (text or "").strip()
        st.session_state["search-opened"] = None


def _filters(services: Services, index: IndexView) -> tuple[Filter, int]:
    import streamlit as st

    st.session_state.setdefault("search-k", st.session_state.get("search-kept-k", 10))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="rp-search-filters"):
        scope = scope_box.controls(PAGE, services, index, section=True)
        k = st.selectbox("显示几段", NUMBERS, key="search-k", width=100)
        st.session_state["search-kept-k"] = k
    scope_box.in_force(PAGE, scope, index)
    return scope, k


def _found(services: Services, index: IndexView, question: str, found: Explanation) -> None:
    import streamlit as st

    st.html(search_markup.understood_block(found))
    with st.container(horizontal=True, vertical_alignment="center", key="rp-search-actions"):
        st.html(f'<p class="rp-caption" role="status">找到 {len(found.hits)} 个段落</p>', width="content")
        if st.button("用这个问题提问", icon=":material/forum:", key="search-ask"):
            shell.ask_on_first_page(question)
        with st.popover("得分怎么看", icon=":material/help:"):
            rows = "".join(f"<div><dt>{name}</dt><dd>{text}</dd></div>" for name, text in LEGEND)
            st.html(f'<dl class="rp-details rp-legend">{rows}</dl>')
    if not found.hits:
        st.html(markup.notice("没有检索到段落", found.note or "请换一种说法，或放宽范围。", "warning"))
        return
    opened = next((h for h in found.hits if h.hit.chunk.chunk_id == st.session_state.get("search-opened")), None)
    if opened is None:
        _list(index, found)
        return
    left, right = st.columns([9, 11], gap="medium")
    with left:
        _list(index, found)
    with right, st.container(key="rp-side"):
        chunk = opened.hit.chunk
        source_panel.draw(
            services,
            index,
            chunk.doc,
            (chunk.start, chunk.end),
            chunk.text,
            [(mark.start, mark.end) for mark in opened.marks],
            mark=chunk.chunk_id,
            close=lambda: _open(None),
        )


def _list(index: IndexView, found: Explanation) -> None:
    for item in found.hits:
        _hit(index, found, item)


def _hit(index: IndexView, found: Explanation, item: ExplainedHit) -> None:
    import streamlit as st

    chunk = item.hit.chunk
    document = index.documents.get(chunk.doc)
    if document is None:
        return
    is_open = st.session_state.get("search-opened") == chunk.chunk_id
    with st.container(border=True, key=f"passage-{item.hit.rank}"):
        st.html(search_markup.passage_block(item, document, item.missing(found.query)))
        st.button(
            "正在显示" if is_open else "看原文",
            key=f"hit-open-{item.hit.rank}",
            icon=":material/menu_book:",
            on_click=_open,
            args=(chunk.chunk_id,),
            disabled=is_open,
        )


def _open(chunk_id: str | None) -> None:
    import streamlit as st

    st.session_state["search-opened"] = chunk_id


def _from_address() -> None:
    """Take question and filter from `?q=…&from=2020&to=2023&doc=…&section=…`, when the address is a new one."""
    import streamlit as st

    given = st.query_params.to_dict()
    if not given.get("q") or given == st.session_state.get("search-address"):
        return
    st.session_state["search-address"] = given
    st.session_state["search-asked"] = st.session_state["search-question"] = given["q"].strip()
    for name, key in (("from", "search-first"), ("to", "search-last")):
        year = given.get(name, "")
        st.session_state[key] = int(year) if year.isdecimal() and len(year) <= 4 else 0
    st.session_state["search-doc"] = given.get("doc", "")
    st.session_state["search-section"] = given.get("section", "")


def _to_address(question: str, scope: Filter) -> None:
    import streamlit as st

    doc = str(st.session_state.get("search-doc") or "")
    address: dict[str, str] = {
        "q": question,
        "from": str(scope.years[0]) if scope.years else "",
        "to": str(scope.years[1]) if scope.years else "",
        "doc": doc if scope.doc is not None and glob_escape(doc) == scope.doc else "",
        "section": scope.section or "",
    }
    address = {name: value for name, value in address.items() if value and question}
    st.session_state["search-address"] = address
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)
