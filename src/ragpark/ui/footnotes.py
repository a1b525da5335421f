"""An answer as Markdown with footnotes, to paste into a report."""

from __future__ import annotations

import re

from ragpark.records import Answer


def footnotes(answer: Answer) -> str:
    """Return the answer with a footnote for each citation: document, date, headings, place, and the quote.

    Words of documents are escaped, so that a `[link](…)` inside one stays text where this is pasted.
    """
    from ragpark.export.markdown import escaped, note_text
    from ragpark.export.records import reply_of

    refs = "".join(f"[^{citation.n}]" for citation in answer.citations)
    said = escaped(f"（未找到答案）{answer.reason}" if answer.refused else answer.answer)
    if answer.generated:  # its sentences name their sources themselves
        said, refs = re.sub(r"\\\[(\d{1,3})\\\]", r"[^\1]", said), ""
    lines = [f"**{escaped(answer.question)}**", "", f"{said}{refs}", ""]
    lines += [f"[^{source.n}]: {note_text(source, escape=True)}" for source in reply_of(answer).sources]
    return "\n".join(lines).rstrip() + "\n"
