"""指标: the course of an indicator over the years, and which years the documents hold."""

from __future__ import annotations


def draw() -> None:
    """Draw the page."""
    import streamlit as st

    st.header("指标")
