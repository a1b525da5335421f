"""A builder that ends without warning at one event: python index_killed.py FOLDER STAGE NUMBER."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from index_fakes import FakeEncoder, FakePipeline, Project

from ragpark.index import Progress, build_index


def main(folder: str, stage: str, number: str) -> None:
    seen = 0

    def stop(event: Progress) -> None:
        nonlocal seen
        if event.stage == stage or event.detail == stage:
            seen += 1
            if seen == int(number):
                os._exit(9)

    build_index(Project(Path(folder)).settings, encoder=FakeEncoder(), pipeline=FakePipeline(), progress=stop)


main(*sys.argv[1:])
