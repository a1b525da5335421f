"""The pages over the fake engine with a build that waits for a file named `go` beside it, for `streamlit run`."""

import sys
from pathlib import Path
from time import sleep

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from fake_engine import FakeEngine

from ragpark.config import load_settings
from ragpark.index.progress import BuildReport, Progress, ProgressCallback
from ragpark.ui import services
from ragpark.ui.main import main


def _build(progress: ProgressCallback) -> BuildReport:
    progress(Progress("read", 12, 12))
    progress(Progress("split", 12, 12))
    progress(Progress("encode", 30, 100, "", 140.0))
    while not Path("go").exists():
        sleep(0.02)
    return BuildReport(12, 40, 60, 9, 2, 1, 0, 9, (("坏 <b>.pdf", "已损坏 <script>"),), 100, 12.0, "gen-1")


def _services() -> services.Services:
    return services.Services(load_settings(), lambda settings: FakeEngine(), _build)  # type: ignore[arg-type,return-value]


services.make_services = _services
main()
