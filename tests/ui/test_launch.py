"""The server's options: loopback only, silent, and the same however the pages are started."""

from __future__ import annotations

import tomllib
from pathlib import Path

from ragpark.ui.launch import OPTIONS, SCRIPT, command

ROOT = Path(__file__).parents[2]


def test_the_config_file_of_the_repository_says_the_same_as_serve() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    theme = config.pop("theme")
    flat = {f"{group}.{name}": value for group, values in config.items() for name, value in values.items()}
    for name, value in theme.items():
        if isinstance(value, dict):
            flat |= {f"theme.{name}.{key}": inner for key, inner in value.items()}
        else:
            flat[f"theme.{name}"] = value
    assert flat == dict(OPTIONS)


def test_command_listens_on_loopback_and_sends_no_statistics() -> None:
    flags = command(8765)
    assert str(SCRIPT) in flags and SCRIPT.is_file()
    assert "--server.port=8765" in flags
    assert "--server.address=127.0.0.1" in flags
    assert "--browser.gatherUsageStats=false" in flags
    assert "--server.headless=true" not in flags
    assert "--server.headless=true" in command(1, open_browser=False)
