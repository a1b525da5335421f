"""The pieces of a paragraph → one text; raised, lowered and note marks go through `raised`, so that none is glued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ragpark.load.raised import lowered, raised, settle

Kind = Literal["plain", "raised", "lowered", "mark"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph; a `mark` is the label of a foot- or endnote: `1`, `i`, `*`."""

    text: str
    kind: Kind = "plain"


def joined(pieces: Sequence[Piece]) -> str:
    """Return the pieces as one text.

    `88` + mark `1` + `亿元` → `88亿元[1]` (the mark goes behind the unit); `km` + raised `2` → `km²`; a mark raised
    in several pieces is one.
    """
    text = ""
    for kind, group in groupby(pieces, key=lambda piece: piece.kind):
        if kind == "mark":
            text += raised("".join(f"[{piece.text}]" for piece in group))
            continue
        run = "".join(piece.text for piece in group)
        text += raised(run) if kind == "raised" else lowered(run) if kind == "lowered" else run
    return settle(text)
