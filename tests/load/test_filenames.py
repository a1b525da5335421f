"""Names of uploads made safe, and those that must stay as they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragpark.errors import DocumentsError
from ragpark.load.filenames import MAX_NAME_BYTES, cut_to_bytes, numbered, safe_name

SUFFIXES = (".md", ".txt", ".html", ".htm", ".pdf", ".docx")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/报告.txt", "报告.txt"),
        ("..\\..\\报告.txt", "报告.txt"),
        ("/etc/报告.txt", "报告.txt"),
        ("C:\\用户\\报告.txt", "报告.txt"),
        ("C:报告.txt", "报告.txt"),
        ("报告.txt\0.md", "报告.txt.md"),
        ("报\u202e告\u200b.txt", "报告.txt"),  # a direction mark that shows the ending reversed, a zero-width space
        ("年报\r\n上.txt", "年报 上.txt"),
        ("...txt.txt", "txt.txt"),
        (".隐藏.md", "隐藏.md"),
        ("~$年报.docx", "年报.docx"),
        (".txt", "未命名.txt"),
        ("年报. .txt", "年报.txt"),
        ("CON.txt", "_CON.txt"),
        ("com1.2020.md", "_com1.2020.md"),
        ('<b>"甲|乙?*.md', "_b__甲_乙__.md"),
        ("报告.txt:暗流.txt", "报告.txt_暗流.txt"),
        ("/".join(("<script>1<", "script>.md")), "script_.md"),
        (unicodedata.normalize("NFD", "données.txt"), "données.txt"),
    ],
)
def test_what_is_dangerous_goes(name: str, safe: str) -> None:
    assert safe_name(name, SUFFIXES) == safe


@pytest.mark.parametrize(
    "name",
    ["二〇二三年 报告（终稿）.pdf", "園區 年鑑.TXT", "a-b_c.1.2.md", "console.txt", "！报告[2]&'$#.htm", "-x.md"],
)
def test_what_is_harmless_stays(name: str) -> None:
    assert safe_name(name, SUFFIXES) == name


@pytest.mark.parametrize("name", ["a.exe", "报告", "", "a.txt/", "年报.txt.meta.toml", "a.doc"])
def test_other_kinds_are_refused(name: str) -> None:
    with pytest.raises(DocumentsError, match="格式不支持"):
        safe_name(name, SUFFIXES)


def test_a_long_name_is_cut_in_bytes_between_characters() -> None:
    # 200 bytes less 4 for the ending are 196: 65 characters of 3 bytes.
    assert safe_name("长" * 300 + ".txt", SUFFIXES) == "长" * 65 + ".txt"
    assert numbered("长" * 65 + ".txt", 2) == "长" * 64 + "-2.txt"
    assert numbered("报告.2020.txt", 12) == "报告.2020-12.txt"
    assert cut_to_bytes("甲 乙", 4) == "甲"


@given(st.text())
def test_every_result_is_one_plain_name_and_its_own_safe_name(text: str) -> None:
    name = safe_name(text + ".txt", SUFFIXES)
    assert not set(name) & set('/\\:<>"|?*\0') and not name.startswith((".", "~$"))
    assert len(name.encode()) <= MAX_NAME_BYTES and name.endswith(".txt")
    assert not {unicodedata.category(char) for char in name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert safe_name(name, SUFFIXES) == name
