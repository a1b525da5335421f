"""设置与状态: what is running on what, and where each setting comes from."""

from __future__ import annotations


def draw() -> None:
    """Draw the page."""
    import streamlit as st

    st.header("设置与状态")
