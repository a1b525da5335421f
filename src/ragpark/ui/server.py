"""The script that `ragpark serve` starts: the first page and the model are made ready, then the port opens.

`streamlit run app.py` does without: the first page and the first question then take about a second longer.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

from ragpark.ui.front import Front

# Loading beside the first page makes both slow. The bundled model over a few thousand sections is ready in this time;
# what takes longer goes on behind the page, which says so.
WAIT_S = 2.0

log = logging.getLogger(__name__)


@asynccontextmanager
async def lifespan(_: App) -> AsyncIterator[dict[str, object]]:
    """Import what the first page needs, and give the model and the index WAIT_S to load; then the port opens."""
    import streamlit

    import ragpark.engine
    import ragpark.ui.main  # noqa: F401

    for name in ("html", "form", "text_input", "button", "container", "navigation"):
        getattr(streamlit, name)  # Streamlit imports some of its parts at their first use
    loading = threading.Thread(target=warm, name="ragpark-warm", daemon=True)
    loading.start()
    await asyncio.to_thread(loading.join, WAIT_S)
    _open_browser()
    yield {}


def _open_browser() -> None:
    """Open the page where there is a screen; `headless` is on where there is none."""
    from streamlit import config

    if not config.get_option("server.headless"):
        address = config.get_option("server.address")
        host = "127.0.0.1" if address == "0.0.0.0" else address  # every address of this machine, this one among them
        webbrowser.open(f"http://{host}:{config.get_option('server.port')}")


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
