"""The package: Strict Open XML, parts that are broken or missing, odd names; the rest is read and the damage named."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx_files import box, cell, lines, par, row, run, table, word_file

from ragpark.errors import LoadError
from ragpark.load.docx import read_docx

BODY = par("产值88亿元。") + table(row("指标", cell("2023年", '<w:gridSpan w:val="1"/>')), row("税收", "9"))


def rewritten(data: bytes, content: Callable[[bytes], bytes] = bytes, name: Callable[[str], str] = str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.namelist():
            new.writestr(name(item), content(old.read(item)))
    return target.getvalue()


def strict(data: bytes) -> bytes:
    def names(content: bytes) -> bytes:
        for part in (b"officeDocument", b"wordprocessingml", b"drawingml"):
            content = content.replace(
                b"http://schemas.openxmlformats.org/" + part + b"/2006/", b"http://purl.oclc.org/ooxml/" + part + b"/"
            )
        return content

    return rewritten(data, names)


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (BODY, {}),
        (
            par(run("见框") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + box(par("412家")))
            + par("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"),
            {"footnotes.xml": f'<w:footnote w:id="1">{par("口径不变。")}</w:footnote>'},
        ),
    ],
)
def test_a_strict_document_reads_like_any_other(body: str, parts: dict[str, str]) -> None:
    plain = word_file(body, parts)
    assert strict(plain) != plain
    read = read_docx(strict(plain), "文.docx")
    assert [line.text for line in read.lines] == lines(body, parts) and not read.problems


def test_broken_parts_are_named_and_the_rest_is_read() -> None:
    parts = {"styles.xml": b"\x00", "numbering.xml": b"", "footnotes.xml": "<?xml version='1.0'?><w:footnotes <<"}
    read = read_docx(word_file(BODY, parts), "文.docx")
    assert [line.text for line in read.lines] == ["产值88亿元。", "指标：税收；2023年：9"]
    assert [problem.split("“")[1].split("”")[0] for problem in read.problems] == [
        "word/styles.xml",
        "word/numbering.xml",
        "word/footnotes.xml",
    ]


def test_damage_in_the_text_itself_costs_only_what_is_damaged() -> None:
    data = rewritten(word_file(par("前文。") + BODY), lambda content: content.replace("税收".encode(), b"<w:x>"))
    read = read_docx(data, "文.docx")
    assert [line.text for line in read.lines][:2] == ["前文。", "产值88亿元。"]
    assert read.problems == ("文件中的部件“word/document.xml”已损坏，能辨认的内容已读取",)


def test_a_part_whose_bytes_are_damaged() -> None:
    data = bytearray(word_file(BODY, {"styles.xml": "<w:style/>", "comments.xml": ""}))
    at = data.index(b"<w:style/>")
    data[at : at + 10] = b"<w:stylx/>"  # its checksum no longer fits
    read = read_docx(bytes(data), "文.docx")
    assert len(read.lines) == 2 and "word/styles.xml" in read.problems[0]


def test_names_with_backslashes_and_absolute_targets() -> None:
    assert len(read_docx(rewritten(word_file(BODY), name=lambda name: name.replace("/", "\\")), "文.docx").lines) == 2
    data = rewritten(word_file(BODY), lambda content: content.replace(b'"word/document', b'"/word/document'))
    assert len(read_docx(data, "文.docx").lines) == 2


def test_text_in_utf_16() -> None:
    def wide(content: bytes) -> bytes:
        if b"<w:body>" not in content:
            return content
        return ('<?xml version="1.0" encoding="UTF-16"?>' + content.decode()).encode("utf-16")

    assert len(read_docx(rewritten(word_file(BODY), wide), "文.docx").lines) == 2


def test_no_body_is_no_document() -> None:
    data = rewritten(word_file(BODY), lambda content: content.replace(b"w:body", b"w:bodies"))
    with pytest.raises(LoadError, match="已损坏或不是 Word 文档"):
        read_docx(data, "文.docx")
