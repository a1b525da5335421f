"""Filters: what a range, a glob and a heading let through, and which years a statement is about."""

from __future__ import annotations

import pytest

from ragpark.errors import FilterError
from ragpark.read.chunk_years import years_about
from ragpark.read.context import OPEN, statements
from ragpark.records import Document, Heading, Section
from ragpark.retrieve.filters import EVERYTHING, Filter, make_filter, parse_years
from ragpark.zh import load_vocabulary

VOCABULARY = load_vocabulary()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2020-2023", (2020, 2023)),
        ("2020–2023年", (2020, 2023)),
        ("2020年至2023年", (2020, 2023)),
        (" 2020 ~ 2023 ", (2020, 2023)),
        ("2020到2023", (2020, 2023)),
        ("2020", (2020, 2020)),
        ("2023-2020", (2023, 2020)),  # make_filter says what is wrong with it
    ],
)
def test_a_range_is_read(text: str, years: tuple[int, int]) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize("text", ["", "近三年", "2020-", "2020-2021-2022", "20205-20210", "2020,2021"])
def test_what_is_no_range_says_how_to_write_one(text: str) -> None:
    with pytest.raises(FilterError, match="2020-2023"):
        parse_years(text)


def test_a_year_is_short_for_its_range_and_blank_means_everything() -> None:
    assert make_filter(year=2020) == Filter((2020, 2020))
    assert make_filter(doc="  ", section=" ") == EVERYTHING
    assert not EVERYTHING and make_filter(doc="a*")


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"years": (2023, 2020)}, "2020-2023"),
        ({"years": (0, 2020)}, "1 到 9999"),
        ({"years": (2020, 10_000)}, "1 到 9999"),
        ({"year": 2020, "years": (2020, 2021)}, "只能给一个"),
    ],
)
def test_an_impossible_range_is_told(given: dict[str, object], word: str) -> None:
    with pytest.raises(FilterError, match=word):
        make_filter(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (EVERYTHING, ""),
        (Filter((2020, 2020)), "2020年"),
        (Filter((2020, 2023), "年鉴*", "科技"), "2020–2023年，文档“年鉴*”，章节含“科技”"),
    ],
)
def test_a_filter_in_words(scope: Filter, words: str) -> None:
    assert str(scope) == words


@pytest.mark.parametrize(
    ("section", "headings", "fits"),
    [
        ("科技", ("综述", "科技政策"), True),
        ("综述", ("综述", "科技政策"), True),  # any heading of the path, not only the last
        ("Ｒ＆Ｄ", ("二、R&D投入",), True),
        ("創新載體", ("四、创新 载体",), True),
        ("科技", (), False),
        ("科技", ("综述",), False),
        (None, (), True),
    ],
)
def test_a_section_is_found_by_folded_text_in_any_of_its_headings(
    section: str | None, headings: tuple[str, ...], fits: bool
) -> None:
    assert Filter(section=section).has_heading(headings) is fits


@pytest.mark.parametrize(
    ("glob", "path", "fits"),
    [
        ("2020/*", "2020/年鉴.txt", True),
        ("*年鉴*", "2020/年鉴.txt", True),  # a star crosses folders
        ("年鉴*", "2020/年鉴.txt", False),
        ("[[]a].txt", "[a].txt", True),
        (None, "x.txt", True),
    ],
)
def test_a_document_is_found_by_a_glob_over_its_path(glob: str | None, path: str, fits: bool) -> None:
    assert Filter(doc=glob).has_doc(path) is fits


def _about(text: str, *, date: str | None = None, title: str = "通报", heading: str = "") -> list[list[int]]:
    whole = f"{heading}\n{text}" if heading else text
    body = len(heading) + 1 if heading else 0
    headings = (Heading(0, len(heading), 1, heading),) if heading else ()
    document = Document("a.txt", title, date, None, whole, headings, ((0, 1),), "lines", "txt", "0" * 64)
    section = Section("a.txt", 0, (heading,) if heading else (), 0, body, len(whole))
    found = [s for s in statements(document, section, VOCABULARY) if not s.heading]
    for statement in found:  # the definition is that of the answers: surely about a year means more than "open"
        for year in range(1990, 2031):
            assert (statement.year_fit(year) > OPEN) is (year in years_about(statement))
    return [sorted(years_about(statement)) for statement in found]


@pytest.mark.parametrize(
    ("text", "given", "about"),
    [
        ("2020年有45家。", {"date": "2024-04-11"}, [[2020]]),  # said
        ("2020年有45家，2023年有66家。", {}, [[2020, 2023]]),
        ("“十四五”期间有66家。", {}, [[2021, 2022, 2023, 2024, 2025]]),
        ("去年有66家。", {"date": "2024-04-11"}, [[2023]]),  # from the document's date
        ("2020年，园区发展很快。企业有45家。", {"date": "2024-04-11"}, [[2020], [2020]]),  # inherited
        ("有45家。", {"heading": "2021年概况", "date": "2024-04-11"}, [[2021]]),
        ("有45家。", {"title": "2020年统计公报", "date": "2021-03-01"}, [[2020]]),
        ("有45家。", {"date": "2024-04-11"}, [[2023, 2024]]),  # a report appears in the year or the one after
        ("有45家，比2019年增长5%。", {"date": "2024-04-11"}, [[2023, 2024]]),  # compared with is not about
        ("有45家。", {}, [[]]),  # unknown: fits no range
    ],
)
def test_the_years_a_statement_is_about(text: str, given: dict[str, str], about: list[list[int]]) -> None:
    assert _about(text, **given) == about
