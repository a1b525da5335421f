"""Text of a web page that is not in its body as it stands: frames, and what a program would show later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

_MIN_CHARS = 100  # a page that says less than this itself is only a frame around another
_TEXT_KEYS = ("articleBody", "text", "description")  # schema.org, the fullest first


def show_frames(root: Any) -> None:
    """Put what a page of frames says to browsers without frames in the place of the frames."""
    for element in list(root.iter("noframes")):
        inner = _parsed("".join(element.itertext()))
        element.tag = "div"
        for child in list(element):
            element.remove(child)
        element.text = None
        if inner is not None:
            element.extend(list(inner.iterfind("body/*")) or [])
            body = inner.find("body")
            element.text = body.text if body is not None else None


def frames_problem(root: Any) -> list[str]:
    """Return what is to be said of a page whose text is in other files."""
    frames = [item.get("src") or "" for item in root.iter("frame", "iframe")]
    frames = [source for source in frames if source and not source.startswith(("about:", "javascript:"))]
    page = root.find("body")
    shown = (page if page is not None else root).iter()
    texts = (f"{item.text or ''}{item.tail or ''}" for item in shown if item.tag not in ("script", "style"))
    words = "".join("".join(texts).split())
    if not frames or (next(root.iter("frame"), None) is None and len(words) >= _MIN_CHARS):
        return []
    return [f"网页由框架拼成，框架里的内容（{'、'.join(frames[:3])}）在别的文件里，没有读取"]


def later_text(root: Any) -> str:
    """Return the markup that a program or a browser without scripts would show: JSON-LD, `noscript`, `template`."""
    for element in root.iter("script"):
        if (element.get("type") or "").lower() == "application/ld+json":
            try:
                found = json.loads(element.text or "")
            except ValueError:
                continue
            if text := max(_texts(found), key=len, default=""):
                return text
    parts = [
        etree.tostring(element, encoding="unicode", method="html", with_tail=False)
        for element in root.iter("noscript", "template")
        if not (element.getparent() is not None and element.getparent().tag == "head")
    ]
    text = "".join(parts)
    for tag in ("noscript", "template"):
        text = text.replace(f"<{tag}", "<div").replace(f"</{tag}>", "</div>")
    inner = _parsed(text)
    return text if inner is not None and len("".join("".join(inner.itertext()).split())) >= 20 else ""


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of an article described in JSON-LD."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key in _TEXT_KEYS:
            if isinstance(text := value.get(key), str):
                yield text
                break
        for item in value.values():
            if isinstance(item, dict | list):
                yield from _texts(item)


def _parsed(markup: str) -> Any:
    parser = etree.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True)
    try:
        return etree.fromstring(markup.encode("utf-8", "replace"), parser) if markup.strip() else None
    except etree.XMLSyntaxError:
        return None
