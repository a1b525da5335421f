"""CSV and TSV → the rows of their tables as lines; encoding and delimiter are worked out, quoted line breaks kept."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from ragpark.errors import LoadError
from ragpark.load.base import Loaded
from ragpark.load.encoding import decode
from ragpark.load.sheet import sheet_lines
from ragpark.load.table import Cell
from ragpark.records import file_words, has_words

# 20,000 rows of seven cells take half a minute to read their facts and some minutes to encode (two cores)
MAX_ROWS, MAX_COLUMNS = 20_000, 200  # more are named as a problem and left out
_DELIMITERS = ",\t;|"
_SAMPLE_CHARS = 20_000


def read_delimited(data: bytes, doc: str) -> Loaded:
    """Return a line for each row with text; a place is the number of the row, as a spreadsheet would count it.

    Raises LoadError where the bytes are no text.
    """
    rows, problems = read_rows(data, doc)
    stem = file_words(doc)
    meta = {"title": stem} if has_words(stem) else {}
    return Loaded(tuple(sheet_lines(rows)), "rows", meta, tuple(problems))


def read_rows(data: bytes, doc: str) -> tuple[list[list[Cell | None]], list[str]]:
    """Return the cells row by row, empty ones None, and what is wrong with the file. Raises LoadError as above."""
    decoded = decode(data, doc)
    text = decoded.text.lstrip("\ufeff")
    declared = re.match(r"sep=(.)\r?\n", text)  # Excel's own hint in the first line
    if declared:
        text = text[declared.end() :]
    delimiter = declared[1] if declared else find_delimiter(text, "\t" if doc.lower().endswith(".tsv") else ",")
    rows: list[list[Cell | None]] = [[]] if declared else []
    spaced = re.search(rf'{re.escape(delimiter)} +"', text[:_SAMPLE_CHARS]) is not None  # `甲, "乙"`
    problems = [f"有 {decoded.damaged} 处字节无法解码"] if decoded.damaged else []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=spaced):
            if len(rows) >= MAX_ROWS:
                problems.append(f"行数超过上限，只读取前 {MAX_ROWS} 行；请拆分后再放入")
                break
            rows.append([_cell(value) for value in row[:MAX_COLUMNS]])
    except csv.Error as error:
        raise LoadError(f"“{doc}”第 {len(rows) + 1} 行读不出；请检查引号是否成对，再另存为 CSV") from error
    return rows, problems


def find_delimiter(text: str, usual: str) -> str:
    """Return what parts the cells: of the signs that give most rows the same number of cells, the one giving the most.

    `甲;1,5` / `乙;2,5` → `;`; where no sign parts anything, the usual one.
    """
    sample = text[:_SAMPLE_CHARS]
    sample = sample[: sample.rfind("\n") + 1] or sample
    best, best_score = usual, 0.0
    for delimiter in sorted(_DELIMITERS, key=lambda sign: (sign != usual, _DELIMITERS.index(sign))):
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row]
        except csv.Error:
            continue
        parted = Counter(width for width in widths if width > 1)
        if not parted:
            continue
        width, count = max(parted.items(), key=lambda item: (item[1], item[0]))
        score = count / len(widths) * (1 - 1 / (2 * width))
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _cell(value: str) -> Cell | None:
    text = " ".join(value.split())
    return Cell(text, indent=len(value) - len(value.lstrip(" \u00a0\u3000"))) if text else None
