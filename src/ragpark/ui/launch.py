"""How the page server is started: one table of Streamlit options; nothing here imports Streamlit."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

SCRIPT = Path(__file__).with_name("server.py")

FONTS = (
    "'Source Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', "
    "'WenQuanYi Zen Hei', 'WenQuanYi Micro Hei', sans-serif"
)

# Loopback only, no usage statistics, no e-mail prompt, no developer menu, no traceback on a page.
OPTIONS: Mapping[str, str | int | bool] = {
    "server.address": "127.0.0.1",
    "server.showEmailPrompt": False,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 100,
    "server.enableStaticServing": False,
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "runner.magicEnabled": False,
    "logger.hideWelcomeMessage": True,  # it is English; `ragpark serve` says the address itself
    "theme.font": FONTS,
    "theme.baseRadius": "0.5rem",
    "theme.light.primaryColor": "#1c4f8f",
    "theme.light.backgroundColor": "#ffffff",
    "theme.light.secondaryBackgroundColor": "#f3f5f8",
    "theme.light.textColor": "#1b2430",
    "theme.light.linkColor": "#1c4f8f",
    "theme.light.borderColor": "#d5dbe3",
    "theme.dark.primaryColor": "#3b76c4",
    "theme.dark.backgroundColor": "#12161c",
    "theme.dark.secondaryBackgroundColor": "#1c222b",
    "theme.dark.textColor": "#e8ebf0",
    "theme.dark.linkColor": "#8fb8f0",
    "theme.dark.borderColor": "#38414d",
}


def command(port: int, *, address: str = "127.0.0.1", open_browser: bool = True) -> list[str]:
    """Return the command line that serves the pages at http://address:port until it is interrupted.

    With `open_browser` the server opens a browser window where there is a screen to open it on.
    """
    options: dict[str, str | int | bool] = {**OPTIONS, "server.port": port, "server.address": address}
    if not open_browser:
        options["server.headless"] = True
    flags = [f"--{name}={_text(value)}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(SCRIPT), *flags]


def _text(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
