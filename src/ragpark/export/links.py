"""Where a link to a document leads: to the file, seen from where the answers lie, or to its page in the browser."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

Link = Callable[[str], str]  # from a document's name to an address, "" where there is none

_ESCAPED = ' "#%<>?[\\]^`{|}'  # what has a meaning in an address, or none; Chinese stays readable


def no_link(doc: str) -> str:
    return ""


def file_links(docs: Path, beside: Path) -> Link:
    """Return links to files under `docs`, relative to the folder `beside`: `docs_raw/a.txt`, `../资料/b%20c.pdf`.

    A document whose file is gone has none; so has one on another drive.
    """
    root, folder = docs.resolve(), beside.resolve()

    def link(doc: str) -> str:
        path = (root / doc).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            return ""
        try:
            relative = Path(os.path.relpath(path, folder)).as_posix()
        except ValueError:  # another drive of Windows
            return ""
        return "".join(f"%{ord(sign):02X}" if sign in _ESCAPED else sign for sign in relative)

    return link


def page_links(base: str) -> Link:
    """Return links to the page 文档 of the server at `base`: `http://127.0.0.1:8501/documents?doc=a.txt`."""
    return lambda doc: f"{base.rstrip('/')}/documents?doc={quote(doc, safe='')}"
