"""LibreOffice opens the files as they are: it turns each into a PDF that holds the words."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from test_export_files import HEAD, ROWS

from ragpark.export import write

LIMIT_S = 150  # its first start on a busy machine makes a profile


@pytest.mark.parametrize("name", ["答复.xlsx", "答复.docx"])
def test_libreoffice_reads_it(name: str, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("没有 LibreOffice：apt-get install libreoffice-calc libreoffice-writer")
    write(tmp_path / name, HEAD, ROWS, lambda doc: f"docs/{doc}")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    line = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / name)]
    subprocess.run(line, check=True, capture_output=True, timeout=LIMIT_S)
    pages = pypdfium2.PdfDocument(tmp_path / "答复.pdf")
    try:
        said = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pages)
    finally:
        pages.close()
    for words in ("2023年占比为4.5%。", "甲区4.5%；乙区2289000000元", "未答出", '=HYPERLINK("http://a","b")'):
        assert "".join(words.split()) in said
