"""检索: the ranked passages of a question with the score of each leg."""

from __future__ import annotations


def draw() -> None:
    """Draw the page."""
    import streamlit as st

    st.header("检索")
