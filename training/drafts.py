"""What made-up documents are put together with: a passage in the making, and words drawn from a file.

Draws nothing on its own; `forms.py` and `form_figures.py` say what a document holds.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_SLOT = re.compile(
    r"\{(?P<low>\d+)-(?P<high>\d+)(?:\*(?P<times>\d+))?(?P<form>:\d+)?\}|\{(?P<name>\w+)(?P<width>:\d+)?\}|<(?P<either>[^<>]*)>"
)


@dataclass(slots=True)
class Draft:
    """A passage in the making. `held` are the questions it answers: (kind, question, start, end); `absent` the others."""

    text: str = ""
    held: list[tuple[str, str, int, int]] = field(default_factory=list)
    absent: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str, kind: str = "", question: str = "", answer: str = "") -> None:
        """Append text; where `answer` is given it stands in `text` and answers the question."""
        if answer:
            at = len(self.text) + text.index(answer)
            self.held.append((kind, question, at, at + len(answer)))
        self.text += text


class Words:
    """The words of a file such as `forms.toml`, drawn from with one source of chance."""

    def __init__(self, path: Path, rnd: random.Random) -> None:
        self.data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        self.rnd = rnd
        self.places: list[str] = self.data["places"].split()

    def fill(self, template: str, **given: object) -> str:
        """Return the template with its slots filled, from left to right.

        `{3-90}` is a number of that range, `{1-20*50}` fifty times one, `{7-99:04}` one of four digits; `{place}` a
        word of that list, unless `given`; `<a|b|>` one of the alternatives.
        """

        def value(slot: re.Match[str]) -> str:
            if slot["low"]:
                number = self.rnd.randint(int(slot["low"]), int(slot["high"])) * int(slot["times"] or 1)
                return format(number, slot["form"][1:] if slot["form"] else "")
            if slot["either"] is not None:
                return str(self.rnd.choice(slot["either"].split("|")))
            if slot["name"] in given:
                return format(given[slot["name"]], slot["width"][1:] if slot["width"] else "")
            return self.draw(slot["name"])

        return _SLOT.sub(value, template)

    def one_of(self, templates: Sequence[str], **given: object) -> str:
        """Return one of the templates, filled."""
        filled = [self.fill(template, **given) for template in templates]
        return filled[0] if len(filled) == 1 else self.rnd.choice(filled)

    def ask(self, wordings: str | Sequence[str], **given: object) -> str:
        """Return a question in one of the wordings."""
        wording = wordings if isinstance(wordings, str) else self.rnd.choice(wordings)
        return self.fill(wording, **given).removeprefix("的")

    def draw(self, name: str) -> str:
        """Return a word of the list `name`, a `person`, a `department` or a `room`."""
        match name:
            case "place":
                return self.rnd.choice(self.places)
            case "person":
                return str(self.rnd.choice(self.data["surnames"]) + self.rnd.choice(self.data["given"]))
            case "department":
                return self.rnd.choice(self.places) + str(self.rnd.choice(self.data["departments"]))
            case "room":
                return self.one_of(self.data["value"]["room"])
            case _:
                return str(self.rnd.choice(self.data[name]))

    def topic(self) -> str:
        """Return a document's title: `南屏新区数字经济扶持办法`."""
        end = str(self.rnd.choice(self.data["documents"]))
        return self.draw("place") + self.draw("subjects") + end

    def sentence(self) -> str:
        """Return a sentence that says nothing anyone would ask about."""
        return self.one_of(self.data["sentences"])
