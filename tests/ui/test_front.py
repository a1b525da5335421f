"""The framework's files from memory: the right bytes, Chinese from the start, nothing from outside the folder."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from ragpark.ui.front import FIRST_PAGE, Front, needed, start_page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    js = tmp_path / "static" / "js"
    js.mkdir(parents=True)
    (tmp_path / "index.html").write_text(
        '<html lang="en"><head><title>X</title><script src="./static/js/index.a1.js"></script></head></html>'
    )
    (tmp_path / "secret.js").write_text("secret")
    (js / "index.a1.js").write_text("start")
    (js / "Html.b2.js").write_text('import{a}from"./index.a1.js";import"./deep.c3.js"')
    (js / "deep.c3.js").write_text("import{x} from './Html.b2.js'")  # imports in a circle
    (js / "Other.d4.js").write_text("other")
    return tmp_path


def _get(front: Front, path: str, method: str = "GET") -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(front({"type": "http", "method": method, "path": path}, None, send))
    return sent


async def _app(scope: Any, receive: Any, send: Any) -> None:
    await send({"passed": scope["path"]})


def test_scripts_come_with_their_type_and_stay_cached(folder: Path) -> None:
    start, body = _get(Front(_app, folder), "/static/js/Html.b2.js")
    headers = dict(start["headers"])
    assert (start["status"], headers[b"content-type"]) == (200, b"text/javascript")
    assert b"immutable" in headers[b"cache-control"]
    assert body["body"] == (folder / "static" / "js" / "Html.b2.js").read_bytes()


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/static/../secret.js", "GET"),
        ("/secret.js", "GET"),
        ("/static/js/none.js", "GET"),
        ("/static/js", "GET"),
        ("/status", "GET"),
        ("/", "POST"),
        ("/_stcore/health", "GET"),
    ],
)
def test_all_else_is_passed_on(folder: Path, path: str, method: str) -> None:
    assert _get(Front(_app, folder), path, method) == [{"passed": path}]


def test_the_start_page_is_chinese_and_names_what_the_first_page_needs(folder: Path) -> None:
    html = (start_page(folder) or b"").decode()
    assert '<html lang="zh-CN">' in html and "<title>ragpark 文档问答</title>" in html
    ahead = [line for line in html.splitlines() if "modulepreload" in line]
    # Html and what it imports, without index.a1.js, which the page names itself
    assert len(ahead) == 2 and "Html.b2.js" in html and "deep.c3.js" in html and "Other" not in html


def test_without_the_files_the_framework_answers_itself(tmp_path: Path) -> None:
    assert start_page(tmp_path) is None
    assert _get(Front(_app, tmp_path), "/") == [{"passed": "/"}]


def test_the_framework_still_has_the_scripts_of_the_first_page() -> None:
    from streamlit import file_util

    js = Path(file_util.get_static_dir()) / "static" / "js"
    found = {name.split(".")[0] for name in needed(js, FIRST_PAGE)}
    assert set(FIRST_PAGE) <= found | {"Form"}  # a form may live in the main script
    html = start_page(js.parents[1])
    assert html is not None and b'lang="zh-CN"' in html
