"""The script that `ragpark serve` starts: imports what the first page needs, opens the port, then loads the model.

`streamlit run app.py` does without: the first page and the first question then take about a second longer.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

from ragpark.ui.front import Front

log = logging.getLogger(__name__)


@asynccontextmanager
async def lifespan(_: App) -> AsyncIterator[dict[str, object]]:
    """Import before the port opens; what takes longer goes on in a thread of its own."""
    import streamlit

    import ragpark.engine
    import ragpark.ui.main  # noqa: F401

    for name in ("html", "form", "text_input", "button", "container", "navigation"):
        getattr(streamlit, name)  # Streamlit imports some of its parts at their first use
    threading.Thread(target=warm, name="ragpark-warm", daemon=True).start()
    yield {}


def warm() -> None:
    """Load what the first question would wait for; what goes wrong here is told on the page that needs it."""
    from ragpark.errors import RagparkError
    from ragpark.ui import shell

    try:
        shell.the_services().warm()
    except RagparkError as error:
        log.warning("%s", error)
    except Exception:
        log.exception("warming up failed")


app = App(Path(__file__).with_name("main.py"), lifespan=lifespan, middleware=[Middleware(Front)])
