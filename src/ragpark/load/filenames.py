"""A file name from anywhere (an upload, another system) → one that is safe in the documents folder; opens no file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ragpark.errors import DocumentsError

MAX_NAME_BYTES = 200  # file systems allow 255; the sidecar's `.meta.toml` and a `-12` still fit
UNNAMED = "未命名"

_FORBIDDEN = re.compile(r'[<>:"|?*]')  # by Windows; the separators are gone by then
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))  # control, direction marks, surrogates, separators


def safe_name(name: str, suffixes: Sequence[str]) -> str:
    """Return the last part of `name` as a plain file name that every system accepts, Chinese kept, in NFC.

    `../../报告.txt` and `C:\\x\\报告.txt` are `报告.txt`; `.隐藏.md` is `隐藏.md`; `CON.txt` is `_CON.txt`;
    `二〇二三年 报告（终稿）.pdf` stays as it is. Raises DocumentsError where the ending is none of `suffixes`.
    """
    name = unicodedata.normalize("NFC", name)
    name = re.split(r"[/\\]", name)[-1]
    name = re.sub(r"^[A-Za-z]:", "", name)  # `C:报告.txt`, a path without separators
    name = "".join(" " if char in "\t\r\n" else char for char in name)
    name = "".join(char for char in name if unicodedata.category(char) not in _INVISIBLE)
    name = " ".join(_FORBIDDEN.sub("_", name).split())
    ending = next((s for s in sorted(suffixes, key=len, reverse=True) if name.lower().endswith(s)), None)
    if ending is None:
        raise DocumentsError(f"“{name or UNNAMED}”的格式不支持；请换成这些格式的文件：{'、'.join(suffixes)}")
    stem, suffix = name[: -len(ending)], name[-len(ending) :]
    stem = stem.lstrip(".~$ ").rstrip(". ") or UNNAMED  # hidden files and Office's lock files are never read
    if _RESERVED.fullmatch(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    return cut_to_bytes(stem, MAX_NAME_BYTES - len(suffix.encode())) + suffix


def numbered(name: str, number: int) -> str:
    """Return the name with a number before its ending: `报告.txt`, 2 → `报告-2.txt`; no longer than allowed."""
    stem, dot, suffix = name.rpartition(".")
    tail = f"-{number}{dot}{suffix}"
    return cut_to_bytes(stem, MAX_NAME_BYTES - len(tail.encode())) + tail


def cut_to_bytes(text: str, limit: int) -> str:
    """Return as much of `text` as fits into `limit` bytes of UTF-8, no character cut, no space or dot at the end."""
    if len(text.encode()) <= limit:
        return text
    return text.encode()[:limit].decode("utf-8", "ignore").rstrip(". ")
