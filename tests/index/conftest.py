from __future__ import annotations

from pathlib import Path

import pytest
from index_fakes import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two documents, not indexed yet: 年鉴.txt has three lines, 通知.txt two."""
    made = Project(tmp_path)
    made.put("年鉴.txt", "年鉴\n收入达22亿元\n企业2800家")
    made.put("通知.txt", "通知\n明天开会")
    return made
