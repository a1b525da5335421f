"""No list of Chinese words in code: they are notions in `zh/notions/*.toml`, each said once."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import ragpark
from ragpark.zh.wording import notions

SOURCE = Path(ragpark.__file__).parent
MOST_WORDS, MOST_CHARS = 5, 200
FEW_WORDS = 3  # a long pattern with fewer is of figures and signs, not of words
LIST_FROM = 20  # characters of a run of words and white space: a list in disguise


def _docstrings(tree: ast.Module) -> set[int]:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, kinds) and node.body and isinstance(node.body[0], ast.Expr)
    }


def words_in(source: str) -> list[tuple[int, int, int]]:
    """Return (line, words, characters) of the string constants that hold a list of words or are a long pattern.

    `增长|增加|提高|上升|下降|减少|x` counts 6 words; `"请 谁 哪 …"` as many as it has; docstrings do not count.
    """
    tree = ast.parse(source)
    skipped = _docstrings(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            words = len(re.findall(r"[一-鿿]\|", node.value))
            if re.fullmatch(rf"[一-鿿\s]{{{LIST_FROM},}}", node.value):
                words += len(node.value.split())
            if words > MOST_WORDS or (len(node.value) > MOST_CHARS and words >= FEW_WORDS):
                found.append((node.lineno, words, len(node.value)))
    return found


MODULES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))


@pytest.mark.parametrize("module", MODULES)
def test_a_module_holds_no_list_of_words_and_no_long_pattern(module: str) -> None:
    found = words_in((SOURCE / module).read_text(encoding="utf-8"))
    assert not found


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('X = re.compile("增长|增加|提高|上升|下降|减少|x")', 6),
        ('X = "请 谁 哪 多少 几 何 吗 呢 吧 啊 了 的 是".split()', 13),
        ('X = "增长|增加|提高"', 0),
        ('def f():\n    """增长|增加|提高|上升|下降|减少|x"""', 0),
        ('X = "问题问的是这一年，所选的范围里面却没有这一年的数据"', 0),  # a sentence for the user
    ],
)
def test_lists_are_counted_and_sentences_are_not(source: str, words: int) -> None:
    assert sum(found for _, found, _ in words_in(source)) == words


def test_no_two_notions_hold_the_same_words() -> None:
    """Two notions of the same members are one notion with two names."""
    seen: dict[str, str] = {}
    for name, item in notions().items():
        assert seen.setdefault(item.pattern, name) == name
