"""Whatever the bytes, a text loader gives lines in order or a LoadError that names the file, nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ragpark.errors import LoadError
from ragpark.load.base import Reader
from ragpark.load.html import read_html
from ragpark.load.markdown import read_markdown
from ragpark.load.text import physical_lines, read_text

READERS: list[Reader] = [read_text, read_markdown, read_html]

PIECES = """
<p> </p> <table> <tr> <td rowspan=3> <td> <th> </table> <div> </div> <h1> </h1> <br> <pre> </pre> <ol> <li> <a> </a>
<nav> <!-- --> &amp; &#0; # ## --- | 指标|数值 |--|--| **甲** __ ` ``` > - 1. 园区投入5%。 首页 \ufffd [a](b) ![c](d)
title: ===
"""
markup = st.lists(st.sampled_from([*PIECES.split(), " ", "\n", "\n\n", "\r\n", "\f", "\x00"]), max_size=40).map("".join)


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(encoded),
        markup.map(encoded),
    )
)
def test_only_load_errors(reader: Reader, data: bytes) -> None:
    try:
        loaded = reader(data, "怪.txt")
    except LoadError as error:
        assert "怪.txt" in str(error)
        return
    places = [line.place for line in loaded.lines]
    assert all(place >= 1 for place in places)
    assert all("\n" not in line.text and 0 <= line.level <= 6 for line in loaded.lines)
    if reader is not read_html:
        assert places == sorted(places)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"])), min_size=1))
def test_physical_lines_undo_joining(lines: list[str]) -> None:
    assert physical_lines("\r\n".join(lines) + "\r\n") == lines
