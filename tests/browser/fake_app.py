"""The pages over the fake engine, for `streamlit run`: what they draw does not depend on a model."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from fake_engine import FakeEngine

from ragpark.config import load_settings
from ragpark.ui import services
from ragpark.ui.main import main


def _no_build(progress: object) -> object:
    raise AssertionError("the fake builds nothing")


def _services() -> services.Services:
    names = {"研发投入强度", "高新技术企业", "注入指数"}
    return services.Services(load_settings(), lambda settings: FakeEngine(), _no_build, lambda: names)  # type: ignore[arg-type]


services.make_services = _services
main()
