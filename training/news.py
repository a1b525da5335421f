"""News texts as documents: each line of a file `{"date", "text"}` cleaned of its agency's marks and read by ragpark.

Makes no questions; `figures.py` and `names.py` do, from what is read here.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ragpark.config import Settings
from ragpark.errors import LoadError
from ragpark.read import find_facts, read_document
from ragpark.read.sentences import sentences
from ragpark.records import Document, Fact
from ragpark.repair.sections import split_sections
from ragpark.zh import load_vocabulary
from ragpark.zh.tagger import LacTagger, Word

_OPENING = re.compile(r"^[^，]{0,30}，正文：\s*")
_DATE = re.compile(r"(?:(?:20)?(\d\d)[-年/])?(\d\d)[-月/](\d\d)")
_MARKET = re.compile("证券之星|该基金|主力资金|股东户数|最新净值|融资融券")  # made by a program, thousands alike
_DAMAGE = re.compile(r"广告 [^×]{0,80}×|\((?:-?[\d.]+, ){2}-?[\d.]+%\)|\xa0")
_HEADLINE = re.compile(r"^(?:原标题：)?([^，。；：“”\d]{8,30})(?=[，。：\s])")
DEFAULT_YEAR = 2023  # of the news; their dates often leave it out


@dataclass(frozen=True, slots=True)
class NewsText:
    """A news text as read. `tagged[i]` are the words of sentence `spans[i]`, with offsets into that sentence."""

    number: int
    headline: str
    document: Document
    facts: tuple[Fact, ...]
    spans: tuple[tuple[int, int], ...]
    tagged: tuple[tuple[Word, ...], ...]


def clean_news(text: str) -> tuple[str, str | None]:
    """Return the text without the agency's opening, share prices in brackets and advertisements, and its ISO date."""
    found = _OPENING.match(text)
    date = None
    if found:
        text = text[found.end() :]
        if told := _DATE.match(found.group().lstrip()):
            date = f"20{told.group(1) or DEFAULT_YEAR % 100}-{told.group(2)}-{told.group(3)}"
    return _DAMAGE.sub("", text).strip(), date


def is_market_report(text: str) -> bool:
    """Tell whether a text is one of the reports on a share or fund that a program writes."""
    return len(_MARKET.findall(text)) > 1


def headline_of(text: str) -> str:
    """Return the opening words of a text where they can stand for its title, "" where they cannot."""
    found = _HEADLINE.match(text)
    return found.group(1).strip() if found else ""


def read_news(path: Path, start: int = 0, step: int = 1) -> Iterator[NewsText]:
    """Yield every `step`-th text of the file from number `start` on; a text that cannot be read is left out."""
    vocabulary, tagger, settings = load_vocabulary(), LacTagger(), Settings()
    with tempfile.TemporaryDirectory() as folder:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            if number % step != start:
                continue
            text, date = clean_news(json.loads(line)["text"])
            name = f"news{number:05}.txt"
            front = f"---\ndate: {date}\n---\n" if date else ""
            (Path(folder) / name).write_text(front + text, encoding="utf-8")
            try:
                document = read_document(Path(folder), name, settings, vocabulary, tagger)
            except LoadError:
                continue
            facts = find_facts(document, split_sections(document), vocabulary, tagger)
            spans = tuple(sentences(document.text))
            tagged = tagger.tag([document.text[a:b] for a, b in spans])
            yield NewsText(number, headline_of(text), document, tuple(facts), spans, tuple(tagged))
