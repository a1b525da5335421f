"""The server's own script: warm before the first page, and an error there never stops the server."""

from __future__ import annotations

import asyncio
import logging

import pytest
from streamlit import config

from ragpark.errors import IndexMissingError
from ragpark.ui import server, shell


class _Services:
    def __init__(self, error: Exception | None) -> None:
        self.error, self.calls = error, 0

    def warm(self) -> None:
        self.calls += 1
        if self.error:
            raise self.error


@pytest.mark.parametrize("error", [None, IndexMissingError("还没有索引"), ValueError("x")])
def test_whatever_happens_while_warming_the_port_opens(
    error: Exception | None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    services = _Services(error)
    opened: list[str] = []
    monkeypatch.setattr(shell, "the_services", lambda: services)
    monkeypatch.setattr(server.webbrowser, "open", opened.append)
    monkeypatch.setattr(config, "get_option", {"server.headless": True}.__getitem__)

    async def start() -> bool:
        async with server.lifespan(server.app):
            return True

    with caplog.at_level(logging.WARNING):
        assert asyncio.run(start())
    assert services.calls == 1 and opened == []
    assert bool(caplog.records) == (error is not None)


def test_a_browser_is_opened_where_there_is_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    options = {"server.headless": False, "server.address": "127.0.0.1", "server.port": 8765}
    monkeypatch.setattr(config, "get_option", options.__getitem__)
    monkeypatch.setattr(server.webbrowser, "open", opened.append)
    server._open_browser()
    assert opened == ["http://127.0.0.1:8765"]
