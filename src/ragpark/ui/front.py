"""The framework's own page and scripts, served from memory: sooner on screen, and Chinese from the first byte.

A page needs some 85 scripts. The framework opens each of them anew in a thread, and asks for some only when the first
element has arrived; here they come from memory, and the first page names those it will need.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Any, Send], Awaitable[None]]

TITLE = "ragpark 文档问答"
# The scripts of the elements on the first page, by the part of the name before the hash: Html.CzLZZ4bP.js.
FIRST_PAGE = ("Html", "Form", "TextInput", "Button", "Spinner")
_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
_FOREVER = "public, immutable, max-age=31536000"  # their names carry a hash


class Front:
    """ASGI middleware: answers for the files under /static/ and for the start page, passes on all else."""

    def __init__(self, app: App, folder: Path | None = None) -> None:
        """`folder` is the framework's static folder (default: where it is installed); files are read when asked for."""
        if folder is None:
            from streamlit import file_util

            folder = Path(file_util.get_static_dir())
        self._app = app
        self._files = {
            "/" + path.relative_to(folder).as_posix(): path
            for path in (folder / "static").rglob("*")
            if path.suffix in _TYPES
        }
        self._kept: dict[str, bytes] = {}
        self._start = start_page(folder)

    async def __call__(self, scope: Scope, receive: Any, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and scope["method"] == "GET":
            if path == "/" and self._start is not None:
                await _answer(send, self._start, "text/html; charset=utf-8", "no-cache")
                return
            if (file := self._files.get(path)) is not None:
                if path not in self._kept:
                    self._kept[path] = file.read_bytes()
                await _answer(send, self._kept[path], _TYPES[file.suffix], _FOREVER)
                return
        await self._app(scope, receive, send)


async def _answer(send: Send, body: bytes, kind: str, cache: str) -> None:
    headers: Mapping[str, str] = {
        "content-type": kind,
        "content-length": str(len(body)),
        "cache-control": cache,
        "x-content-type-options": "nosniff",
    }
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 200, "headers": raw})
    await send({"type": "http.response.body", "body": body})


def start_page(folder: Path) -> bytes | None:
    """Return the framework's index.html in Chinese, naming the first page's scripts ahead; None if there is none."""
    try:
        html = (folder / "index.html").read_text(encoding="utf-8")
    except OSError:
        return None
    ahead = sorted(needed(folder / "static" / "js", FIRST_PAGE) - set(re.findall(r"js/([\w.-]+\.js)", html)))
    links = "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">\n' for name in ahead)
    html = html.replace('<html lang="en">', '<html lang="zh-CN">', 1)
    html = re.sub(r"<title>[^<]*</title>", f"<title>{TITLE}</title>", html, count=1)
    return html.replace("</head>", f"{links}</head>", 1).encode()


def needed(folder: Path, elements: Iterable[str]) -> set[str]:
    """Return the scripts of `elements` and all that they import, by file name; an element without a script is skipped."""
    wanted = set(elements)
    todo = [path.name for path in folder.glob("*.js") if path.name.split(".")[0] in wanted]
    found: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in found and (folder / name).is_file():
            found.add(name)
            todo += _IMPORT.findall((folder / name).read_text(encoding="utf-8"))
    return found
