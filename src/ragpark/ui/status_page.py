"""设置与状态: whether all is well, what is running on what, and where each setting comes from."""

from __future__ import annotations

from ragpark.ui import markup, shell, status_markup

HOW = (
    "要改设置：在运行 ragpark 的文件夹里写 ragpark.toml（一行一个，如 candidates = 80），"
    "或设环境变量 RAGPARK_名称，然后重新启动。"
)


def draw() -> None:
    """Draw the page."""
    import streamlit as st

    from ragpark.status import read_status
    from ragpark.status_text import groups, status_text

    st.html(markup.page_head("设置与状态"))
    services = shell.the_services()
    shell.show_build(services.build)
    status = read_status(services.settings, services.loaded())
    st.html(status_markup.health_block(status.health))
    with st.container(horizontal=True, key="rp-status-actions"):
        st.button("重新检查", icon=":material/refresh:")
        offer = status.health.level != "ok" and not services.build.state.running
        if offer and st.button("更新索引", icon=":material/build:"):
            services.build.start()
            st.rerun()
        with st.popover("复制全部（用于反馈问题）", icon=":material/content_copy:"):
            st.code(status_text(status), language=None)
    st.html(status_markup.groups_block(groups(status)))
    st.html(status_markup.settings_table(status.settings))
    st.html(f'<p class="rp-caption">{HOW}</p>')
