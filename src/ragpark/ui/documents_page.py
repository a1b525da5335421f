"""文档: the documents folder: what each file became, uploads, metadata, rebuilding."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from ragpark.errors import DocumentsError, IndexMissingError, NameTakenError, RagparkError
from ragpark.index.catalog import DocumentRow, pending
from ragpark.listing import ORDERS, SHOWN, select
from ragpark.load import SUFFIXES
from ragpark.load.folder import OnTaken
from ragpark.load.meta import META_KEYS
from ragpark.records import Document
from ragpark.ui import documents_markup, markup, shell
from ragpark.ui.services import IndexView, Services

PAGE_ROWS = 50
_TOP = Path(__file__).with_name("top.js")
_CHANGES = {
    "added": "已放入文档文件夹，重建索引后可以查询。",
    "replaced": "已替换原来的文件，重建索引后生效。",
    "unchanged": "文件夹里已有相同的文件，没有改动。",
}


def draw() -> None:
    """Draw the page: the list, or the document that the address names."""
    import streamlit as st

    services = shell.the_services()
    index = _index(services)
    rows = services.catalog().rows(index)
    opened = next((row for row in rows if row.doc == st.query_params.get("doc")), None)
    if opened is None:
        _list(services, index, rows)
    else:
        _document(services, index, opened)


def _index(services: Services) -> IndexView | None:
    """The index in force, None where there is none or it cannot be used; then the way out is shown."""
    import streamlit as st

    try:
        if services.ready:
            return services.index()
        with st.spinner("正在载入模型与索引，只在服务启动后进行一次……"):
            return services.index()
    except IndexMissingError:
        return None
    except RagparkError as error:
        if not services.build.state.running:
            shell.show_error(error)
            st.button("丢开旧索引，全部重建", icon=":material/build:", on_click=_start, args=(services, True))
        return None


def _start(services: Services, rebuild: bool = False) -> None:
    import streamlit as st

    services.build.start(rebuild=rebuild)
    st.session_state["building"] = True
    for name in ("built", "uploads"):
        st.session_state.pop(name, None)


def _list(services: Services, index: IndexView | None, rows: Sequence[DocumentRow]) -> None:
    import streamlit as st

    with st.container(horizontal=True, vertical_alignment="bottom", key="rp-docs-head"):
        with st.container():
            st.html(markup.page_head("文档"))
            st.html(documents_markup.summary(rows))
        st.button(
            "建立索引" if index is None else "重建索引",
            key="rebuild",
            type="primary" if pending(rows) else "secondary",
            icon=":material/build:",
            on_click=_start,
            args=(services,),
            disabled=not rows or services.build.state.running,
        )
    _flash()
    _building(services, index, rows)
    _upload(services, unfolded=not rows)
    if not rows:
        st.html(markup.notice("文档文件夹是空的", f"请在上面上传文件，或把文件放进“{services.settings.docs}”。"))
        return
    words, shown, order = _filters()
    chosen = select(rows, words, shown, order)
    if not chosen:
        st.html(markup.notice("没有符合条件的文档", "请换个词，或把“显示”改回“全部”。"))
        return
    _table(chosen)


def _building(services: Services, index: IndexView | None, rows: Sequence[DocumentRow]) -> None:
    """The build under way, or what the last one did, or what the next one would do."""
    import streamlit as st

    shell.show_build(services.build)
    state = services.build.state
    if state.running:
        if index is not None:
            st.html('<p class="rp-caption">重建期间可以照常提问，用的是原来的索引。</p>')
        return
    if state.report is not None and st.session_state.get("built"):
        with st.container(horizontal=True, vertical_alignment="top", key="rp-docs-report"):
            st.html(documents_markup.report(state.report))
            st.button("知道了", on_click=lambda: st.session_state.pop("built", None))
    if waiting := pending(rows):
        title = "还没有索引" if index is None else "文件夹与索引不一致"
        after = "点“建立索引”，就可以提问" if index is None else "点“重建索引”后生效"
        text = f"{documents_markup.pending_text(waiting)}；{after}。"
        st.html(markup.notice(title, text, "warning"))


def _upload(services: Services, unfolded: bool) -> None:
    """The place to drop files, what became of each, and the question about those whose name is taken."""
    import streamlit as st

    state = st.session_state
    limit = services.settings.max_file_mb
    with st.expander("上传文件", icon=":material/upload_file:", expanded=unfolded or "uploads" in state):
        files = st.file_uploader(
            f"可一次选多个文件；格式：{' '.join(SUFFIXES)}；每个不超过 {limit} MB",
            accept_multiple_files=True,
            key=f"upload-{state.get('upload-round', 0)}",
            max_upload_size=limit,
        )
        if files:
            for file in files:
                _save(services, file.name, file.getvalue(), "ask")
            state["upload-round"] = state.get("upload-round", 0) + 1  # an empty uploader again
            st.rerun()
        if found := state.get("uploads"):
            st.html(documents_markup.outcomes(found))
        for number, (name, data, doc) in enumerate(state.get("taken", ())):
            _ask_taken(services, number, name, data, doc)


def _save(services: Services, name: str, data: bytes, on_taken: OnTaken) -> None:
    """Save one upload and note in the session how it went."""
    import streamlit as st

    state = st.session_state
    try:
        saved = services.folder.save(name, data, on_taken)
    except NameTakenError as taken:
        state["taken"] = (*state.get("taken", ()), (name, data, taken.doc))
        return
    except RagparkError as error:
        outcome = (name, False, str(error))
    else:
        renamed = f"（存为“{saved.doc}”）" if saved.doc != name else ""
        outcome = (name, True, f"{_CHANGES[saved.change]}{renamed}")
    state["uploads"] = (*state.get("uploads", ()), outcome)


def _ask_taken(services: Services, number: int, name: str, data: bytes, doc: str) -> None:
    import streamlit as st

    def decide(on_taken: OnTaken | None) -> None:
        waiting: tuple[Any, ...] = st.session_state["taken"]
        st.session_state["taken"] = waiting[:number] + waiting[number + 1 :]
        if on_taken is not None:
            _save(services, name, data, on_taken)
        else:
            st.session_state["uploads"] = (*st.session_state.get("uploads", ()), (name, True, "已跳过，没有上传。"))

    with st.container(border=True, key=f"rp-docs-taken-{number}"):
        st.html(
            markup.notice(f"已有同名文件：{doc}", "两份内容不同。请选择替换原来的文件，还是两份都保留。", "warning")
        )
        with st.container(horizontal=True):
            st.button("替换", key=f"taken-{number}-replace", on_click=decide, args=("replace",))
            st.button("两份都保留", key=f"taken-{number}-number", on_click=decide, args=("number",))
            st.button("跳过", key=f"taken-{number}-skip", type="tertiary", on_click=decide, args=(None,))


def _filters() -> tuple[str, str, str]:
    import streamlit as st

    with st.container(horizontal=True, vertical_alignment="bottom", key="rp-docs-filters"):
        words = st.text_input(
            "查找", placeholder="标题、主体、文件名、来源或日期", icon=":material/search:", key="docs-words"
        )
        shown = st.selectbox("显示", list(SHOWN), format_func=SHOWN.__getitem__, key="docs-shown", width=150)
        order = st.selectbox("排序", list(ORDERS), format_func=ORDERS.__getitem__, key="docs-order", width=190)
    return words, shown, order


def _table(rows: Sequence[DocumentRow]) -> None:
    import streamlit as st

    pages = -(-len(rows) // PAGE_ROWS)
    page = 1
    if pages > 1:
        numbers = range(1, pages + 1)
        page = st.selectbox(
            "页", numbers, format_func=lambda n: f"第 {n} 页，共 {pages} 页", key="docs-page", width=190
        )
    first = (page - 1) * PAGE_ROWS
    with st.container(key="rp-docs-table"):
        with st.container(key="rp-text-docs-head"):
            st.html('<div class="rp-docs-cells rp-docs-head rp-docs-title-head" aria-hidden="true">标题</div>')
            st.html(documents_markup.head())
        for row in rows[first : first + PAGE_ROWS]:
            with st.container(key=f"rp-text-docs-{_key(row)}"):
                label = markup.plain(row.title) or "（无标题）"
                st.button(label, key=f"open-{row.doc}", type="tertiary", on_click=_open, args=(row.doc,))
                st.html(documents_markup.cells(row))


def _key(row: DocumentRow) -> str:
    """A class name of the page for a row: a digest, for the file name is not ours."""
    from hashlib import sha256

    return sha256(row.doc.encode("utf-8", "replace")).hexdigest()[:12]


def _open(doc: str | None) -> None:
    import streamlit as st

    if doc is None:
        st.query_params.pop("doc", None)
    else:
        st.query_params["doc"] = doc


def _document(services: Services, index: IndexView | None, row: DocumentRow) -> None:
    """One document: its text with outline, its problems, what was left out, and what can be done with it."""
    import streamlit as st

    shell.run_script(_TOP, _key(row))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("返回列表", icon=":material/arrow_back:", on_click=_open, args=(None,))
        _actions(services, row)
    _flash()
    st.html(
        f'<div class="rp-docs-titleline">{documents_markup.badges(row)}</div>{documents_markup.facts_line(row)}'
        f"{documents_markup.problems(row)}"
    )
    try:
        document = _read(services, index, row)
    except RagparkError as error:
        st.html(markup.notice("这个文件读不出", str(error), "error"))
        return
    _notes(row)
    text, cut = st.tabs(["正文", f"整理时略去的内容（{len(document.removed)}）"])
    with text:
        _text(document)
    with cut:
        st.html(documents_markup.left_out(document))


def _read(services: Services, index: IndexView | None, row: DocumentRow) -> Document:
    """The version indexed, else the file as it would be read now."""
    doc = row.copy_of or row.doc
    if index is not None and doc in index.documents:
        return index.documents[doc]
    return services.preview(row.doc)


def _notes(row: DocumentRow) -> None:
    import streamlit as st

    if row.state == "changed":
        st.html(markup.notice("文件有改动", "下面是索引中的旧版本；重建索引后换成新的。", "warning"))
    elif row.state == "deleted":
        st.html(markup.notice("文件已删除", "下面是索引中还有的内容；重建索引后不再出现。", "warning"))
    elif row.state == "new":
        st.html(markup.notice("还没有进入索引", "下面是读出的正文；重建索引后可以查询。", "warning"))
    if row.copy_of:
        st.html(markup.notice("同文副本", f"内容与“{row.copy_of}”相同，查询时以那份文件为准。"))
    elif row.also:
        st.html(f'<p class="rp-caption">{escape("内容相同的还有：" + "、".join(row.also))}</p>')


def _text(document: Document) -> None:
    import streamlit as st

    size, step = len(document.text), markup.MAX_SOURCE_CHARS
    start = 0
    if size > step:
        starts = range(0, size, step)
        start = st.selectbox(
            "部分",
            starts,
            format_func=lambda at: f"第 {at + 1:,}–{min(at + step, size):,} 字，共 {size:,} 字",
            width=320,
        )
    window = (start, min(start + step, size))
    st.html(markup.source_block(document, markup.source_view(document, None, window=window), ""))


def _actions(services: Services, row: DocumentRow) -> None:
    """Download, pinning of title, date, source and subject, removal; nothing of it for a file that is gone."""
    import streamlit as st

    try:
        path = services.folder.path(row.doc)
    except DocumentsError:
        return
    st.download_button(
        "下载原文件",
        data=path.read_bytes,
        file_name=path.name,
        mime="application/octet-stream",
        icon=":material/download:",
        on_click="ignore",
    )
    # A new key closes it: what was saved is said on the page, what was not inside it.
    with st.popover("编辑信息", icon=":material/edit:", key=f"edit-{st.session_state.get('edit-round', 0)}"):
        _edit(services, row)
    with st.popover("删除", icon=":material/delete:"):
        st.html(
            f'<p class="rp-docs-confirm">要从文档文件夹中删除“{escape(row.doc)}”吗？文件会被真正删除，'
            "不能恢复；重建索引后，问答不再用到它。</p>"
        )
        st.button("确认删除", key="remove", type="primary", on_click=_remove, args=(services, row.doc))


def _edit(services: Services, row: DocumentRow) -> None:
    import streamlit as st

    pinned = services.folder.read_meta(row.doc)
    fields = {
        "title": ("标题", row.title),
        "date": ("日期", row.date or ""),
        "subject": ("主体", row.subject),
        "source": ("来源", row.source or ""),
    }
    with st.form(f"meta-{row.doc}", border=False):
        for name, (label, found) in fields.items():
            st.text_input(
                label,
                value=pinned.get(name, ""),
                placeholder=found if name not in pinned else "",
                key=f"meta-{name}-{row.doc}",
            )
        st.html(
            '<p class="rp-caption">留空的项以文档自身为准。日期写作 2024-04-11、2024-04 或 2024。'
            "主体是文档讲的地方、园区或单位，文中的“全市”“园区”等都指它。</p>"
        )
        if error := st.session_state.pop("edit-error", None):
            st.html(markup.notice("没有保存", error, "error"))
        st.form_submit_button("保存", type="primary", on_click=_write_meta, args=(services, row.doc))


def _write_meta(services: Services, doc: str) -> None:
    import streamlit as st

    given = {name: str(st.session_state.get(f"meta-{name}-{doc}", "")) for name in META_KEYS}
    try:
        services.folder.write_meta(doc, **given)
    except RagparkError as error:
        st.session_state["edit-error"] = str(error)
    else:
        st.session_state["edit-round"] = st.session_state.get("edit-round", 0) + 1
        st.session_state["docs-flash"] = ("已保存", "重建索引后生效。", "info")


def _remove(services: Services, doc: str) -> None:
    import streamlit as st

    try:
        services.folder.remove(doc)
    except RagparkError as error:
        st.session_state["docs-flash"] = ("没有删除", str(error), "error")
        return
    st.session_state["docs-flash"] = ("已删除", f"“{doc}”已从文档文件夹中删除；重建索引后不再出现。", "info")
    _open(None)


def _flash() -> None:
    """Show once what the last click did."""
    import streamlit as st

    if flash := st.session_state.pop("docs-flash", None):
        st.html(markup.notice(*flash))
