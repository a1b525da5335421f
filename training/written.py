"""Questions that people would ask, written by hand over invented pages: `written/*.jsonl` to questions of the mix.

A line is a page: `title`, `headings`, `date`, `text`, and `questions` of `q`, `a` (verbatim, null where the page does not
say) and `kind`; where an answer stands in the text more than once, `before` is what stands in front of the right one.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from questions import Question

FOLDER = Path(__file__).parent / "written"
HELD_OUT = 20  # every 20th page is for measuring
LED = 0.75  # share of the questions whose passage has the line that a chunk begins with


def read_written(files: Sequence[Path], rnd: random.Random, held_out: bool = False) -> Iterator[Question]:
    """Yield the questions of the pages to train on, or of those held out.

    Raises ValueError where an answer does not stand in its text just once.
    """
    lines = [(path.stem, line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    for number, (name, line) in enumerate(lines, 1):
        if (number % HELD_OUT == 0) == held_out:
            yield from questions_of(json.loads(line), f"{name}:{number}", rnd)


def questions_of(page: dict[str, Any], source: str, rnd: random.Random) -> Iterator[Question]:
    """Yield a page's questions, most with the breadcrumb of a chunk above the text: title, headings and date."""
    date = f"（{page['date']}）" if page["date"] else ""
    breadcrumb = f"{' › '.join((page['title'], *page['headings']))}{date}\n"
    for asked in page["questions"]:
        led = breadcrumb if rnd.random() < LED else ""
        passage, answer = led + page["text"], asked["a"]
        if answer is None:
            yield Question("written/absent", source, asked["q"], passage)
            continue
        before = asked.get("before", "")
        if page["text"].count(before + answer) != 1:
            raise ValueError(f"{source}: {before + answer!r} does not stand in the text once: {asked['q']}")
        start = len(led) + page["text"].index(before + answer) + len(before)
        yield Question(f"written/{asked['kind']}", source, asked["q"], passage, start, start + len(answer))
