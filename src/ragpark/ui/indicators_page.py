"""指标: the course of an indicator over the years, and which years the documents hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ragpark import indicators
from ragpark.indicators import Key, Overview, Point
from ragpark.records import Fact
from ragpark.tables import facts_csv
from ragpark.ui import indicator_markup, markup, shell, source_panel
from ragpark.ui.services import IndexView, Services

if TYPE_CHECKING:
    from altair import FacetChart, LayerChart

MAX_BUTTONS = 40  # rows of the table that get a button of their own
COURSE = "走势"  # the tab of the curve


def draw() -> None:
    """Draw the page: the choice, the chart, the table under it, and the overview of all indicators."""
    import streamlit as st

    st.html(markup.page_head("指标"))
    services = shell.the_services()
    index = shell.open_index(services)
    if index is None:
        return
    overview = services.overview()
    if not overview.rows:
        st.html(
            markup.notice(
                "还没有可以成表的数值", "文档里没有找到带年份和主体的指标；请加入统计公报、年鉴等文档后重建索引。"
            )
        )
        return
    _take_picked(overview)
    tab_course, tab_all = st.tabs([COURSE, "总览"], key="indicator-tab", on_change="rerun")
    with tab_course:
        key = _choice(overview)
        points = indicators.course(index.facts, key)
        opened = _opened(points)
        if opened is None:
            _course(key, points)
        else:
            left, right = st.columns([9, 11], gap="medium")
            with left:
                _course(key, points)
            with right, st.container(key="rp-side"):
                _source(services, index, opened)
    with tab_all:
        _overview(overview)


def _take_picked(overview: Overview) -> None:
    """Show as a curve the row picked in the matrix: before the controls are drawn, for later they cannot be set."""
    import streamlit as st

    picked = st.session_state.pop("indicator-picked", None)
    if picked in [key for key, _, _ in overview.rows]:
        st.session_state["indicator-tab"] = COURSE
        st.session_state["indicator"] = picked.indicator
        st.session_state["indicator-entity"] = picked.entity
        st.session_state["indicator-measure"] = picked.measure
        _close()


def _choice(overview: Overview) -> Key:
    """The curve chosen: indicator, place, measure; each offers what the documents hold for those before it."""
    import streamlit as st

    rows = [key for key, _, _ in overview.rows]
    with st.container(key="rp-choice"):
        one, two, three = st.columns([5, 4, 3])
    with one:
        names = list(dict.fromkeys(key.indicator for key in rows))
        name = _select("指标", names, "indicator")
    with two:
        entity = _select("主体", list(dict.fromkeys(k.entity for k in rows if k.indicator == name)), "indicator-entity")
    with three:
        left = [key for key in rows if (key.indicator, key.entity) == (name, entity)]
        measure = _select("口径", [key.measure for key in left], "indicator-measure")
    return next(key for key in left if key.measure == measure)


def _select(label: str, options: Sequence[str], key: str) -> str:
    import streamlit as st

    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]
    return str(st.selectbox(label, options, key=key, on_change=_close))


def _close() -> None:
    import streamlit as st

    st.session_state["indicator-open"] = None


def _open(fact: Fact) -> None:
    import streamlit as st

    st.session_state["indicator-open"] = (fact.doc, fact.start)


def _opened(points: Sequence[Point]) -> Fact | None:
    import streamlit as st

    wanted = st.session_state.get("indicator-open")
    return next((fact for fact in _facts(points) if (fact.doc, fact.start) == wanted), None)


def _facts(points: Sequence[Point]) -> list[Fact]:
    return [fact for point in points for fact in (point.fact, *point.also)]


def _course(key: Key, points: Sequence[Point]) -> None:
    import streamlit as st

    st.html(indicator_markup.summary(key, points))
    if len({point.year for point in points}) > 1:
        _chart(key, points)
    _table(key, points)


def _chart(key: Key, points: Sequence[Point]) -> None:
    """The chart; a click on a point opens its sentence."""
    import streamlit as st

    kind = st.segmented_control(
        "图形", ["折线", "柱形"], default="折线", key="indicator-shape", required=True, label_visibility="collapsed"
    )
    event: Any = st.altair_chart(
        chart(key, points, bars=kind == "柱形"), on_select="rerun", key=f"chart-{hash(key)}-{kind}"
    )
    chosen = _chosen(event, points)
    if chosen is not None and st.session_state.get("indicator-clicked") != (chosen.doc, chosen.start):
        st.session_state["indicator-clicked"] = (chosen.doc, chosen.start)
        _open(chosen)
        st.rerun()
    if chosen is None:
        st.session_state["indicator-clicked"] = None


def _chosen(event: Any, points: Sequence[Point]) -> Fact | None:
    selection = event.get("selection", {}) if isinstance(event, Mapping) else getattr(event, "selection", {})
    picked = selection.get("point") if selection else None
    if not picked:
        return None
    number = int(picked[0].get("number", -1))
    return points[number].fact if 0 <= number < len(points) else None


def chart(key: Key, points: Sequence[Point], *, bars: bool) -> LayerChart | FacetChart:
    """Return the chart of a curve: missing years stay gaps, what is aimed at is hollow, each point can be clicked."""
    from importlib import import_module

    import altair as alt

    import_module("pandas")  # Altair takes a pandas that another session is just importing for a whole one
    factor, unit = indicators.scale(points, key.unit)
    reached = [point for point in points if not point.target]
    run_of = dict(zip(map(id, reached), indicators.runs(reached), strict=True))
    rows = [
        {
            "number": number,
            "year": point.year,
            "value": point.value / factor,
            "figure": indicators.figure_text(point.fact),
            "kind": "目标" if point.target else "实际",
            "run": run_of.get(id(point), -1),
            "source": f"{point.fact.doc}",
        }
        for number, point in enumerate(points)
    ]
    years = [point.year for point in points]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "year:O" if bars else "year:Q",
            title=None,
            scale=alt.Undefined if bars else alt.Scale(domain=[min(years) - 0.5, max(years) + 0.5]),
            axis=alt.Axis(format="d", labelAngle=0, grid=False, values=list(range(min(years), max(years) + 1)))
            if not bars
            else alt.Axis(labelAngle=0),
        ),
        y=alt.Y(
            "value:Q", title=unit or None, scale=alt.Scale(zero=bars or key.unit not in ("%", "百分点"), nice=True)
        ),
        tooltip=[
            alt.Tooltip("year:O", title="年份"),
            alt.Tooltip("figure:N", title="数值"),
            alt.Tooltip("kind:N", title="口径"),
            alt.Tooltip("source:N", title="出处"),
        ],
    )
    colour = "#3b76c4"
    pick = alt.selection_point(name="point", fields=["number"], on="click", empty=False)
    if bars:
        marks = base.mark_bar(color=colour, stroke=colour, strokeWidth=2, width={"band": 0.5}, cursor="pointer").encode(
            fillOpacity=alt.condition("datum.kind == '目标'", alt.value(0), alt.value(1))
        )
        return alt.layer(marks.add_params(pick)).properties(height=300)
    line = base.transform_filter("datum.kind == '实际'").mark_line(color=colour, strokeWidth=2).encode(detail="run:N")
    dots = base.mark_circle(size=110, stroke=colour, strokeWidth=2, color=colour, opacity=1, cursor="pointer").encode(
        fillOpacity=alt.condition("datum.kind == '目标'", alt.value(0), alt.value(1))
    )
    labels = base.mark_text(dy=-14, fontSize=13).encode(text="figure:N", color=alt.value(colour))
    return alt.layer(line, dots.add_params(pick), labels).properties(height=300)


def _table(key: Key, points: Sequence[Point]) -> None:
    import streamlit as st

    for number, point in enumerate(points[:MAX_BUTTONS]):
        with st.container(horizontal=True, vertical_alignment="center", key=f"rp-row-{number}", wrap=False):
            st.html(indicator_markup.row(point), width="stretch")
            st.button(
                "看原文",
                key=f"indicator-open-{number}",
                icon=":material/menu_book:",
                help=None,
                on_click=_open,
                args=(point.fact,),
            )
    if len(points) > MAX_BUTTONS:
        st.html(f'<p class="rp-caption">另有 {len(points) - MAX_BUTTONS} 个数值，见下载的 CSV。</p>')
    st.download_button(
        "下载 CSV",
        data=facts_csv(_facts(points)).encode("utf-8"),
        file_name=f"{key.entity}-{key.indicator}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _source(services: Services, index: IndexView, fact: Fact) -> None:
    document = index.documents.get(fact.doc)
    start, marks = indicators.sentence_of(fact, document.text if document else "")
    source_panel.draw(
        services,
        index,
        fact.doc,
        (start, start + len(fact.quote)),
        fact.quote,
        marks,
        mark=f"{fact.doc}-{fact.start}",
        close=_close,
    )


def _overview(overview: Overview) -> None:
    """The matrix: a row for each curve, a column for each year; a chosen row is shown as a curve."""
    import streamlit as st

    st.html('<p class="rp-caption">● 有实际数值　○ 只有目标　空白：文档里没有。选中一行，到“走势”中查看。</p>')
    table = [
        {
            "指标": key.indicator,
            "主体": key.entity,
            "口径": key.measure,
            **{f"{y}": "●" if y in reached else "○" if y in aimed else "" for y in overview.years},
        }
        for key, reached, aimed in overview.rows
    ]
    event: Any = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="indicator-matrix",
        height=min(38 * len(table) + 40, 640),
        column_config={
            "口径": st.column_config.TextColumn(width=150),  # `增速（%），上半年` in full
            **{f"{year}": st.column_config.TextColumn(width=58) for year in overview.years},
        },
    )
    rows = event.selection.rows if event is not None else []
    if rows and st.session_state.get("indicator-row") != rows[0]:
        st.session_state["indicator-row"] = rows[0]
        st.session_state["indicator-picked"] = overview.rows[rows[0]][0]
        st.rerun()
    if not rows:
        st.session_state["indicator-row"] = None
