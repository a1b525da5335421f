"""What every page has: the services of this server, the style, and small pieces of page drawn with Streamlit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ragpark.errors import IndexMissingError, IndexOutdatedError, RagparkError
from ragpark.ui import markup, services
from ragpark.ui.services import Build, IndexView, Services

_HERE = Path(__file__).parent
ICON = str(_HERE / "icon.svg")  # a file: Streamlit fetches a `:material/…:` page icon from the network
_STAGES = {"read": "读取文档", "split": "切分段落", "encode": "编码段落", "write": "写入索引"}


def the_services() -> Services:
    """Return the services of this server: made once, shared by every session. Raises ConfigError."""
    import streamlit as st

    @st.cache_resource(show_spinner=False)
    def cached() -> Services:
        return services.make_services()

    return cached()


def load_look() -> None:
    """Add the style sheet and the script (both of this package) to the page."""
    import streamlit as st

    st.html(_HERE / "style.css")
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    with st.container(key="rp-scripts"):
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def ask_on_first_page(question: str) -> None:
    """Leave this page for 问答 and ask the question there."""
    import streamlit as st

    st.session_state["picked"] = question
    st.switch_page(st.session_state["ask-page"])


def run_script(script: Path, mark: str) -> None:
    """Run a script of this package in the page: once for every new `mark`, which the program makes."""
    import streamlit as st

    with st.container(key=f"rp-scripts-{script.stem}"):
        st.html(f"<script>/* {mark} */{script.read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True)


def open_index(services: Services) -> IndexView | None:
    """Return the index in force; without one draw what is going on or the way to make it, and return None."""
    import streamlit as st

    show_build(services.build)
    if services.build.state.running and not services.ready:
        return None
    try:
        if services.ready:
            return services.index()
        with st.spinner("正在载入模型与索引，只在服务启动后进行一次……"):
            return services.index()
    except IndexMissingError:
        st.html(
            markup.notice("还没有索引", f"把文档放进“{services.settings.docs}”，然后建立索引，就可以提问。", "warning")
        )
        if st.button("建立索引", type="primary", icon=":material/build:"):
            services.build.start()
            st.rerun()
    except IndexOutdatedError:
        st.html(markup.notice("索引是旧格式", "程序升级后索引的格式变了，重建一次就可以继续提问。", "warning"))
        if st.button("重建索引", type="primary", icon=":material/build:"):
            services.build.start()
            st.rerun()
    return None


def show_error(error: RagparkError) -> None:
    import streamlit as st

    st.html(markup.notice("暂时无法继续", str(error), "error"))


def show_build(build: Build) -> None:
    """Show a running build and refresh until it ends; then draw the whole page again."""
    import streamlit as st

    @st.fragment(run_every=1.0 if build.state.running else None)
    def panel() -> None:
        state = build.state
        if not state.running:
            if st.session_state.pop("building", False):
                st.session_state["built"] = True
                st.rerun()
            if state.error:
                st.html(markup.notice("建立索引没有成功", state.error, "error"))
                if st.button("知道了", key="build-error-read"):
                    build.forget_error()
                    st.rerun()
            return
        st.session_state["building"] = True
        event = state.progress
        if event is None:
            st.progress(0.0, text="正在准备……")
            return
        share = event.done / event.total if event.total else 0.0
        left = f"，这一步约还需 {duration(event.seconds_left)}" if event.seconds_left is not None else ""
        st.progress(min(share, 1.0), text=f"{_STAGES[event.stage]}：{event.done} / {event.total}{left}")
        steps: dict[str, tuple[int, int]] = {stage.stage: (stage.done, stage.total) for stage in state.stages}
        st.html(markup.steps([(name, steps.get(key)) for key, name in _STAGES.items()]))

    panel()


class Job(Protocol):
    """What runs in the background of a server, one at a time."""

    @property
    def state(self) -> JobState: ...
    def stop(self) -> None: ...


class JobState(Protocol):
    """A job as it stands."""

    @property
    def running(self) -> bool: ...
    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int: ...
    @property
    def seconds_left(self) -> float | None: ...


def show_job(job: Job, key: str, name: str, counted: str, ended: Callable[[], None]) -> None:
    """Show a running job, with its `name` and how many of what is `counted` are done, and refresh until it ends; then
    draw the whole page again, where `ended` shows how it went."""
    import streamlit as st

    @st.fragment(run_every=1.0 if job.state.running else None)
    def panel() -> None:
        state = job.state
        if state.running:
            st.session_state[f"{key}-running"] = True
            left = f"，约还需 {duration(state.seconds_left)}" if state.seconds_left is not None else ""
            told = f"{state.done} / {state.total} {counted}{left}" if state.done else "正在准备……"
            st.progress(state.done / state.total if state.total else 0.0, text=f"{markup.plain(name)}：{told}")
            st.button("停止", icon=":material/stop:", on_click=job.stop, key=f"stop-{key}")
            st.html('<p class="rp-caption">在后台进行：可以离开这一页，也可以照常提问。</p>')
            return
        if st.session_state.pop(f"{key}-running", False):
            st.rerun()
        ended()

    panel()


def duration(seconds: float) -> str:
    """Return 42.3 as `42 秒`, 200 as `3 分钟`."""
    return f"{seconds:.0f} 秒" if seconds < 90 else f"{seconds / 60:.0f} 分钟"
