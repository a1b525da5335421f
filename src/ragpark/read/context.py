"""What a sentence inherits: the year and the place it is about, from its neighbours, headings and document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ragpark.read.names import inside_name, leads_sentence, place_spans, places_in, subject_places
from ragpark.read.opening_time import opening_time, part_in, titled_time
from ragpark.read.sentences import sentences
from ragpark.read.table_cells import Figure, figures_by_row
from ragpark.records import Document, Fact, Section
from ragpark.zh.fold import simplified, squeeze
from ragpark.zh.numbers import Quantity
from ragpark.zh.times import TimeMention, find_times, in_aside, sets_year
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import notion, rx

# How surely a statement is about a year, by where the year was read (1: in the words themselves).
SAID, INHERITED, TITLED, PUBLISHED, SEVERAL, OPEN, OTHER = 1.0, 0.9, 0.85, 0.6, 0.45, 0.35, 0.0
SUBJECT = 20  # characters of a section's first sentence that are taken for its subject

__all__ = ["Statement", "indicators_in", "place_spans", "places_in", "statements"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its context. Offsets are into the document's text; `plain` is `text` in simplified characters.

    `times` are its own mentions; `inherited` the years last named before it in its section, without those that only
    begin a span or belong to a name; `entities` the places it names itself, `around` those named last before it, in
    its headings and in the title, `about` those last spoken of, not only compared with. Folded for comparing words:
    `own` the sentence, `near` the two before it, `head` title and headings, `lead` the beginning of the section's first
    sentence, which names what `它` and `该院` later stand for. `indicators` are the names of those met in own, head and
    near. `dated_by` is what dates the document; `planned` says that its headings announce what is to be done, `span` is
    the wording of the years that the text has been summing up (`“十四五”时期`), "" where it tells of single ones;
    `opening` is the wording of the one period that the document reports on, by its title or its first sentence; `part` that
    of the part of a year which the sentences before it in its paragraph are about.
    """

    start: int
    end: int
    text: str
    plain: str
    section: int
    heading: bool
    times: tuple[TimeMention, ...]
    inherited: tuple[int, ...]
    titled: tuple[int, ...]
    published: int | None
    entities: tuple[str, ...]
    around: tuple[str, ...]
    heading_text: str
    own: str
    near: str
    head: str
    lead: str
    indicators: tuple[frozenset[str], frozenset[str], frozenset[str]]
    quantities: tuple[Quantity, ...]
    figures: tuple[Figure, ...] = ()  # of a table row: its cells' figures, whose quantities are among `quantities`
    about: tuple[str, ...] = ()
    dated_by: str = ""
    planned: bool = False
    span: str = ""
    opening: str = ""
    part: str = ""

    @property
    def written(self) -> int | None:
        """The year its figures are of if nothing else says so: that of writing for `目前…`, and in a text of later than
        the first months of a year; else the one before."""
        if self.published is None or notion("now").search(self.plain) or not looks_back(self.dated_by):
            return self.published
        return self.published - 1

    def year_fit(self, year: int, offset: int | None = None) -> float:
        """Return how well the statement (at `offset`, a position in `text`) fits the year: 1 said … 0 another year."""
        own = self.years_at(offset)
        if own:
            alone = offset is None and any(mention.years == (year,) for mention in self.times)
            return OTHER if year not in own else SAID if alone or len(own) == 1 else SEVERAL
        now = bool(
            notion("now").search(self.plain)
        )  # `目前` is when the document was written, whatever year was named last
        if self.inherited and not (now and (self.titled or self.published)):
            return INHERITED if year in self.inherited else OTHER
        if self.titled:
            return TITLED if year in self.titled else OTHER
        if self.published in (year, year + 1):
            return PUBLISHED
        return OTHER if self.published else OPEN

    def years_at(self, offset: int | None = None) -> tuple[int, ...]:
        """Return the years the words at `offset` are about by the sentence itself; () where it names none.

        The last year named before the offset counts, else the first one after it; without an offset all do.
        """
        if self.figures:
            cells = {f.year for f in self.figures if f.year and (offset is None or f.quantity.start == offset)}
            if cells:
                return tuple(sorted(cells))
        dated = [mention for mention in self.times if mention.years]
        if offset is None:
            return tuple(sorted({year for mention in dated for year in mention.years}))
        earlier = [mention for mention in dated if mention.start < offset]
        chosen = earlier[-1:] if earlier else [m for m in dated if m.start - offset < 12][:1]
        return tuple(sorted({year for mention in chosen for year in mention.years}))

    def year_of(self, offset: int | None = None) -> int | None:
        """Return the single year the words at `offset` are about, by the best source there is, or None."""
        for years in (
            self.years_at(offset),
            self.inherited if not notion("now").search(self.plain) else (),
            self.titled,
        ):
            if len(years) == 1:
                return years[0]
        return None

    def fact(self, document: Document, quantity: Quantity, **said: Any) -> Fact:
        """Return the figure as a fact of the document; `said` are the fields of what else is known of it."""
        start, end = self.start + quantity.start, self.start + quantity.end
        return Fact(
            value=quantity.value,
            unit=quantity.unit,
            text=quantity.text,
            qualifier=quantity.qualifier,
            doc=document.doc,
            date=document.date,
            quote=self.text,
            start=start,
            end=end,
            locator=document.locator(start, end),
            **said,
        )


def statements(document: Document, section: Section, vocabulary: Vocabulary) -> list[Statement]:
    """Return the section's sentences in order, headings included, each with what it inherits."""
    vocabulary = vocabulary.at_home(document.home, (document.subject,))
    headings = [heading for heading in section.headings if squeeze(heading) != squeeze(document.title)]
    # the innermost heading that names a year, else the title
    years_of = (_years(find_times(heading, None)) for heading in (*reversed(headings), document.title))
    titled: tuple[int, ...] = next(filter(None, years_of), ())
    of_headings = titled if any(find_times(heading, None) for heading in headings) else ()
    crumbs = " ".join((document.title, *section.headings))
    reference = document.date or (str(document.year) if document.year else None)
    published = int(reference[:4]) if reference else None
    dated_by = f"发布日期 {document.date}" if document.date else document.year_from
    if document.date and len(document.date) == 4 and not titled:
        titled = (int(document.date),)  # a date that is only a year is the year a yearbook is about
    opened = None if of_headings else titled_time(document) if titled else opening_time(document)
    if opened:
        titled = (opened[0],)
    title_entities = (document.subject,) if document.subject else ()
    head_entities = tuple(
        name
        for name in dict.fromkeys(name for heading in headings for name in places_in(heading, vocabulary))
        if not (document.subject and vocabulary.covers(name, document.subject))
    )
    looked_back = (published or 0) - (document.date is not None and looks_back(document.date))
    latest = published or max((int(year) for year in _YEAR.findall(document.text)), default=None)
    base = inherited = of_headings
    last_end, opening = section.start, True
    part = base_part = ""
    around = about = home = head_entities or title_entities
    previous: list[tuple[str, frozenset[str]]] = []
    found: list[Statement] = []
    head, lead = squeeze(crumbs), ""
    said = find_times(" ".join(headings), None)
    span = (
        "" if any(len(m.years) > 1 and m.text[0].isdigit() for m in said) else _span(said)
    )  # no chart's `2017-2021年`
    planned = any(notion("plan_heading").search(heading) for heading in section.headings)
    in_head = indicators_in(head, vocabulary)
    rows = figures_by_row(document, section.start, section.end, titled)
    for start, end in sentences(document.text, section.start, section.end):
        text = document.text[start:end]
        if "\n" in document.text[last_end:start]:
            inherited, part = base, base_part  # a new paragraph starts from the section's own year, not the last one's
            span = "" if opened else span  # in a text of one period, a look at several years ends with its paragraph
            opening = True
            if document.subject and not rx("{listed_point}").match(text):
                about = home  # … and from the document's subject, unless it is a point of what was begun
        last_end = end
        heading = end <= section.body
        plain = simplified(text)
        times = tuple(mention for mention in find_times(plain, reference) if not _compared(plain, mention))
        entities = places_in(text, vocabulary)
        own = squeeze(text)
        met = indicators_in(own, vocabulary)
        if not heading:
            # what follows is of the years a sentence begins with: `各位代表，刚刚过去的2025年，…` begins a paragraph
            begun = any(mention.years and mention.start <= (16 if opening else 3) for mention in times[:1])
            span = _span(times) if begun and "，" in plain else span
            if published and notion("past_year").search(plain[:12]):
                span, inherited = "", (looked_back,)
        quantities, figures = rows.within(start, end, text)
        caption = figures[0].caption if figures else ""
        captioned = indicators_in(squeeze(caption), vocabulary) if caption else frozenset()
        found.append(
            Statement(
                start=start,
                end=end,
                text=text,
                plain=plain,
                section=section.number,
                heading=heading,
                times=times,
                inherited=inherited,
                titled=titled,
                published=published,
                entities=entities,
                around=tuple(dict.fromkeys((*around, *head_entities, *title_entities))),
                heading_text=section.headings[-1] if section.headings else "",
                own=own,
                near=" ".join(folded for folded, _ in previous[-2:]),
                head=f"{head} {squeeze(caption)}" if caption else head,
                lead=lead,
                indicators=(
                    met or captioned,  # where a row names no indicator, the caption does: it is one with the row
                    in_head | captioned,
                    frozenset().union(*(names for _, names in previous[-2:])),
                ),
                quantities=quantities,
                figures=figures,
                about=tuple(dict.fromkeys((*about, *head_entities, *title_entities))),
                dated_by=dated_by,
                planned=planned,
                span=span,
                opening=opened[1] if opened else "",
                part=part,
            )
        )
        named = [m for m in times if len(m.years) == 1 and m.kind != "range"]
        named = [m for m in named if m.kind != "relative"] or named
        if not heading:
            around = tuple(dict.fromkeys((*entities, *around)))
            # not a target's year
            said_part = part_in(plain, times)
            part = part if said_part is None else said_part
            told = [m for m in named if sets_year(plain, m) and not (published and m.years[0] > published)]
            told = [m for m in told if not in_aside(plain, m)]
            if told:
                inherited = told[-1].years if len({m.years for m in told}) == 1 else told[0].years
                if not lead and told[0].start <= 2 and (latest is None or inherited[-1] >= latest - 3):
                    base, base_part = (
                        inherited,
                        part,
                    )  # `2020年，园区……` opens the section; a year of a text's history does not
            subjects = [
                name
                for at, end_, name in subject_places(own, vocabulary, leading=True)
                if leads_sentence(own, at)
                and (not document.subject or own[at:end_] == name or (opening and not inside_name(own, end_)))
            ]
            about = tuple(dict.fromkeys((*subjects, *about)))
            previous.append((own, met))
            opening = False
            lead = lead or own[:SUBJECT]
    return found


def looks_back(dated: str) -> bool:
    """Tell whether a text dated so looks back on the year before: in the first months of one, or of no known month."""
    month = month_of(dated)
    return month is None or month <= FIRST_MONTHS


def month_of(dated: str) -> int | None:
    """Return the month of what dates a document, `发布日期 2021-03-28`; None where it has none."""
    month = _MONTH.search(dated)
    return int(month[1]) if month else None


FIRST_MONTHS = 4
_MONTH = re.compile(r"(?<!\d)\d{4}-(0[1-9]|1[0-2])(?!\d)")
_OF_ANOTHER = re.compile(r"(?:全年|同期)?的?[\d.]+倍|(?:全年|同期)的")
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})(?=\s?年)")


def _compared(text: str, mention: TimeMention) -> bool:
    """Tell whether the time is only what is compared with: `较上年增长37%`, `是2022年全年的2.8倍`; not `于2010年落成`."""
    before = text[: mention.start]
    if rx("{compares_with}$").search(before):
        return True
    return before.endswith(("是", "于")) and bool(_OF_ANOTHER.match(text, mention.end))


def _span(mentions: Sequence[TimeMention]) -> str:
    """Return the wording of several years where no single one is named: `“十四五”时期`, `过去五年`; else ""."""
    spans = [m for m in mentions if len(m.years) > 1 or m.kind == "range"]
    return spans[0].text if spans and not any(len(m.years) == 1 for m in mentions) else ""


def indicators_in(squeezed: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the names of the indicators that squeezed text mentions."""
    return frozenset(indicator.name for _, _, indicator in vocabulary.find_indicators(squeezed))


def _years(mentions: list[TimeMention]) -> tuple[int, ...]:
    return tuple(sorted({year for mention in mentions if mention.kind != "range" for year in mention.years}))
