"""An answer as Markdown with footnotes, to paste into a report."""

from __future__ import annotations

import re

from ragpark.records import Answer
from ragpark.views import place_text


def footnotes(answer: Answer) -> str:
    """Return the answer with a footnote for each citation: document, date, headings, place, and the quote.

    Words of documents are escaped, so that a `[link](…)` inside one stays text where this is pasted.
    """
    refs = "".join(f"[^{citation.n}]" for citation in answer.citations)
    said = _text(f"（未找到答案）{answer.reason}" if answer.refused else answer.answer)
    if answer.generated:  # its sentences name their sources themselves
        said, refs = re.sub(r"\\\[(\d{1,3})\\\]", r"[^\1]", said), ""
    lines = [f"**{_text(answer.question)}**", "", f"{said}{refs}", ""]
    for citation in answer.citations:
        where = "，".join(
            part
            for part in (
                f"《{citation.title}》",
                citation.date or "",
                " › ".join(h for h in citation.headings if h != citation.title),
                f"{citation.doc} {place_text(citation.locator)}".strip(),
            )
            if part
        )
        lines.append(f"[^{citation.n}]: {_text(where)}：“{_text(citation.quote)}”")
    return "\n".join(lines).rstrip() + "\n"


def _text(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))
