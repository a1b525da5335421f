"""Footnotes of a Word document, which python-docx does not make: the part that holds them, and references to them."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from lxml import etree

REFERENCE_STYLE, TEXT_STYLE, LINK_STYLE = "FootnoteReference", "FootnoteText", "Hyperlink"
_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}  # the lines above the notes; Word looks for both


class Links:
    """The addresses that one part of a document links to, each related once."""

    def __init__(self, part: Any) -> None:
        self._part = part
        self._known: dict[str, str] = {}

    def element(self, text: str, target: str) -> Any:
        """Return a link around the text."""
        if target not in self._known:
            self._known[target] = self._part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self._known[target])
        link.append(run(text, LINK_STYLE))
        return link


class Footnotes:
    """The footnotes of a document, numbered from 1; `close` puts them into it."""

    def __init__(self, document: Document) -> None:
        self._part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, b"", document.part.package)
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._root: Any = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        self._links = Links(self._part)
        self._last = 0
        for number, kind in _SEPARATORS.items():
            note = self._note(number)
            note.set(qn("w:type"), kind)
            mark = run("")
            mark.append(OxmlElement(f"w:{kind}"))
            note[0].append(mark)
        _name_separators(document)

    def add(self, paragraph: Any, before: str, linked: str, after: str, target: str) -> None:
        """Add a note of three pieces of text, the middle one a link where there is a target, and a reference to it
        at the end of the paragraph."""
        self._last += 1
        note = self._note(self._last)
        mark = run("", REFERENCE_STYLE)
        mark.append(OxmlElement("w:footnoteRef"))
        middle = self._links.element(linked, target) if target else run(linked)
        for part in (_styled(TEXT_STYLE), mark, run(f" {before}"), middle, run(after)):
            note[0].append(part)
        if paragraph[-1].find(qn("w:footnoteReference")) is not None:
            paragraph.append(run("，", REFERENCE_STYLE))  # else 1 and 2 read as 12
        reference = run("", REFERENCE_STYLE)
        pointer = OxmlElement("w:footnoteReference")
        pointer.set(qn("w:id"), str(self._last))
        reference.append(pointer)
        paragraph.append(reference)

    def close(self) -> None:
        self._part._blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _note(self, number: int) -> Any:
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), str(number))
        note.append(OxmlElement("w:p"))
        self._root.append(note)
        return note


def paragraph(text: str, style: str) -> Any:
    """Return a paragraph of the style with that id. python-docx looks through all styles for each: 10 ms a paragraph."""
    element = OxmlElement("w:p")
    element.append(_styled(style))
    if text:
        element.append(run(text))
    return element


def _styled(style: str) -> Any:
    properties, named = OxmlElement("w:pPr"), OxmlElement("w:pStyle")
    named.set(qn("w:val"), style)
    properties.append(named)
    return properties


def run(text: str, style: str = "") -> Any:
    """Return a run of text, in a character style where one is named."""
    element = OxmlElement("w:r")
    if style:
        properties, named = OxmlElement("w:rPr"), OxmlElement("w:rStyle")
        named.set(qn("w:val"), style)
        properties.append(named)
        element.append(properties)
    if text:
        said: Any = OxmlElement("w:t")
        said.text = text
        said.set(qn("xml:space"), "preserve")
        element.append(said)
    return element


def _name_separators(document: Document) -> None:
    """Say in the settings which notes are the separators, where the schema wants it: before `w:compat`."""
    settings: Any = document.settings.element
    named = OxmlElement("w:footnotePr")
    for number in _SEPARATORS:
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), str(number))
        named.append(note)
    compat = settings.find(qn("w:compat"))
    if compat is not None:
        compat.addprevious(named)
    else:
        settings.append(named)
