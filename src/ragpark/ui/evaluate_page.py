"""评测: a gold set run over the index: measures, failures, comparison with the last run."""

from __future__ import annotations


def draw() -> None:
    """Draw the page."""
    import streamlit as st

    st.header("评测")
