"""Filters: which documents, sections and years a search may look at; it says what fits and finds nothing itself.

One definition for searching and answering:
- `doc` is a glob over the paths of documents (`*` also crosses folders); a path that another document answers for,
  because their content is the same, counts too;
- `section` keeps a chunk if one of its headings contains the text, after folding;
- `years` keeps a statement that is about a year of the range, and a chunk that overlaps such a statement. A
  statement is about the years it names itself; where it names none, about the one last named before it in its
  section; else about those of its headings and title; else about the year its document appeared in and the year
  before. Where none of these is known, it fits no range.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from ragpark.errors import FilterError
from ragpark.zh.fold import squeeze

if TYPE_CHECKING:  # at run time the pages use filters before anything heavy is loaded
    from ragpark.read.context import Statement

FIRST_YEAR, LAST_YEAR = 1, 9999
_YEARS = re.compile(r"\s*(\d{1,4})\s*年?\s*(?:(?:[-–—~～]+|至|到)\s*(\d{1,4})\s*年?)?\s*")


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look at; None stands for everything. `years` are first and last, both included."""

    years: tuple[int, int] | None = None
    doc: str | None = None
    section: str | None = None

    def __bool__(self) -> bool:
        return self != EVERYTHING

    @property
    def year(self) -> int | None:
        """The year, where the range is a single one."""
        return self.years[0] if self.years and self.years[0] == self.years[1] else None

    def has_year(self, year: int) -> bool:
        return self.years is None or self.years[0] <= year <= self.years[1]

    def has_heading(self, headings: Iterable[str]) -> bool:
        """Tell whether a chunk under these headings may be looked at."""
        if self.section is None:
            return True
        wanted = squeeze(self.section)
        return any(wanted in squeeze(heading) for heading in headings)

    def has_doc(self, path: str) -> bool:
        return self.doc is None or fnmatchcase(path, self.doc)

    def has_statement(self, statement: Statement) -> bool:
        """Tell whether the statement is about a year of the range."""
        from ragpark.read.chunk_years import years_about

        return self.years is None or any(self.has_year(year) for year in years_about(statement))

    def __str__(self) -> str:
        """Return the filter in words: `2020–2023年，文档“年鉴*”，章节含“科技”`; empty for everything."""
        parts = [] if self.years is None else [years_text(self.years)]
        if self.doc is not None:
            parts.append(f"文档“{self.doc}”")
        if self.section is not None:
            parts.append(f"章节含“{self.section}”")
        return "，".join(parts)


EVERYTHING = Filter()


def make_filter(
    year: int | None = None,
    years: tuple[int, int] | None = None,
    doc: str | None = None,
    section: str | None = None,
) -> Filter:
    """Return the filter; `year` is short for the range of that one year, an empty `doc` or `section` for none.

    Raises FilterError for a range that ends before it begins, years outside 1–9999, or both `year` and `years`.
    """
    if year is not None and years is not None:
        raise FilterError("单独的年份和年份范围只能给一个；请去掉其中之一")
    if year is not None:
        years = (year, year)
    if years is not None:
        first, last = years
        if first > last:
            raise FilterError(f"年份范围 {first}–{last} 的起点晚于终点；请写成 {last}-{first}")
        if first < FIRST_YEAR or last > LAST_YEAR:
            raise FilterError(f"年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间；请改正年份范围")
    return Filter(years, (doc or "").strip() or None, section if section and squeeze(section) else None)


def parse_years(text: str) -> tuple[int, int]:
    """Return first and last year of `2020-2023`, `2020–2023年`, `2020至2023` or `2020`.

    Raises FilterError for anything else; the order of the two is left to make_filter.
    """
    found = _YEARS.fullmatch(text)
    if not found:
        raise FilterError(f"看不懂年份范围“{text}”；请写成 2020-2023 或 2020")
    return int(found[1]), int(found[2] or found[1])


def years_text(years: tuple[int, int]) -> str:
    """Return (2020, 2023) as `2020–2023年` and (2020, 2020) as `2020年`."""
    first, last = years
    return f"{first}年" if first == last else f"{first}–{last}年"
