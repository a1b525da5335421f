"""What the library looks up once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ragpark.answer.library import Library


def test_whether_a_document_holds_a_name_is_looked_up_once() -> None:
    nothing: Any = None
    index: Any = SimpleNamespace(documents={"a.txt": SimpleNamespace(text="碧溪区今年新建学校两所。")})
    library = Library(index, nothing, nothing, nothing, nothing, scorer=nothing)
    asked = [("碧溪区", "碧溪"), ("青石县",)]
    assert [library.names_any("a.txt", names) for names in asked] == [True, False]
    index.documents.clear()  # its text is not read again
    assert [library.names_any("a.txt", names) for names in asked] == [True, False]
