"""The pages over the fake engine, for `streamlit run`: what they draw does not depend on a model."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from fake_engine import FakeEngine  # noqa: E402

from ragpark.config import load_settings  # noqa: E402
from ragpark.ui import services  # noqa: E402
from ragpark.ui.main import main  # noqa: E402


def _no_build(progress: object) -> object:
    raise AssertionError("the fake builds nothing")


services.make_services = lambda: services.Services(load_settings(), lambda settings: FakeEngine(), _no_build)  # type: ignore[assignment,arg-type]
main()
