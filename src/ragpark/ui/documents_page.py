"""文档: the documents folder: what each file became, uploads, metadata, rebuilding."""

from __future__ import annotations


def draw() -> None:
    """Draw the page."""
    import streamlit as st

    st.header("文档")
