"""Bytes → text: UTF-8, UTF-16, GB18030 or Big5, decided by how much everyday Chinese each reading gives."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from ragpark.errors import LoadError


@cache
def common_characters() -> frozenset[str]:
    """Return the most frequent characters of modern Chinese, from the file beside this module."""
    text = (resources.files("ragpark.load") / "frequent_characters.txt").read_text(encoding="utf-8")
    return frozenset("".join(line for line in text.split("\n") if not line.startswith("#")))


_CHINESE_SIGNS = frozenset("，。、；：？！“”‘’（）《》〈〉【】「」『』—…·～％＋－／　①②③④⑤⑥⑦⑧⑨⑩〇℃㎡")

_SAMPLE_BYTES = 1 << 16
_MIN_SCORE = 0.15  # right decodings of Chinese prose score .8 and up, of rare names .2; random bytes below 0
_DECLARED_BONUS = 0.1
_MAX_CONTROL_SHARE = 0.01
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b") + b"\x7f"
_BOMS = (  # UTF-32's little-endian mark begins with UTF-16's: longest first
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("utf-8", "gb18030", "cp950", "big5hkscs")  # cp950 is Big5 as Windows writes it
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "cp950"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without its byte order mark, the codec's name, and how many places could not be decoded."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes, doc: str, declared: str | None = None) -> Decoded:
    """Return the text of `data`; `declared` is the encoding the file itself names (HTML), a hint only.

    Raises LoadError, naming `doc`, where the bytes are no text in any of the known encodings.
    """
    data = data.rstrip(b"\x1a")  # end-of-file mark of old DOS editors
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(data[len(bom) :], encoding, doc)
    if b"\0" in data:
        return _checked(data, _utf16_without_bom(data, doc), doc)
    control = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if control > _MAX_CONTROL_SHARE * len(data):
        raise _binary(doc)
    try:
        text = data.decode("utf-8")
        return Decoded(_CONTROL.sub("", text) if control else text, "utf-8")
    except UnicodeDecodeError:
        pass  # not UTF-8: weigh the other encodings
    sample = _telling_bytes(data)
    scores = {encoding: plausibility(_decode_sample(sample, encoding)) for encoding in _CANDIDATES}
    hint = _ALIASES.get((declared or "").lower(), (declared or "").lower())
    if hint in scores:
        scores[hint] += _DECLARED_BONUS
    best = max(_CANDIDATES, key=lambda encoding: (scores[encoding], -_CANDIDATES.index(encoding)))
    if scores[best] < _MIN_SCORE and not (best == "utf-8" or len(sample) < 0.02 * len(data)):
        raise _binary(doc)
    return _checked(data, best, doc)


def plausibility(text: str) -> float:
    """Return how Chinese the non-ASCII characters of `text` look, from -2 (rubbish) to 1; 1 where there are none.

    An everyday character or sign counts 1, any other Chinese character 0.2, another script's letter 0.1;
    a replacement, private-use or control character counts -2.
    """
    total = score = 0.0
    for char in text:
        if char < "\x80":
            continue
        total += 1
        if char in common_characters() or char in _CHINESE_SIGNS or "\uff01" <= char <= "\uff5e":
            score += 1
        elif "\u4e00" <= char <= "\u9fff":
            score += 0.2
        elif char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < "\xa0":
            score -= 2
        elif "\u00c0" <= char <= "\u30ff":
            score += 0.1
    return score / total if total else 1.0


def _checked(data: bytes, encoding: str, doc: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    damaged = text.count("\ufffd")
    control = len(_CONTROL.findall(text))
    if damaged > 0.05 * len(text) or control > _MAX_CONTROL_SHARE * len(text):
        raise _binary(doc)
    return Decoded(_CONTROL.sub("", text) if control else text, encoding, damaged)


def _binary(doc: str) -> LoadError:
    return LoadError(f"“{doc}”不是文本文件，或用了无法识别的编码；请另存为 UTF-8 编码后再试")


def _telling_bytes(data: bytes) -> bytes:
    """Return the lines of `data` that hold non-ASCII bytes, up to the sample's size (0x0A is never a trail byte)."""
    if data.isascii():
        return b""
    parts: list[bytes] = []
    size = 0
    for start, end in _line_spans(data):
        line = data[start : min(end, start + _SAMPLE_BYTES)]
        if not line.isascii():
            parts.append(line)
            size += len(line)
            if size >= _SAMPLE_BYTES:
                break
    return b"\n".join(parts)


def _line_spans(data: bytes) -> list[tuple[int, int]]:
    """Return (start, end) of the lines within the first 4 MB, and of nothing further."""
    ends = [-1, *(m.start() for m in re.finditer(rb"\n", data[: 1 << 22])), min(len(data), 1 << 22)]
    return [(a + 1, b) for a, b in pairwise(ends)]


def _decode_sample(sample: bytes, encoding: str) -> str:
    """Decode all but a sequence that the sample's end may cut."""
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(sample, final=False)


def _utf16_without_bom(data: bytes, doc: str) -> str:
    """Return the byte order of text with NUL bytes; raise LoadError if neither order gives text."""
    sample = data[: _SAMPLE_BYTES & ~1]
    best, best_score = "", _MIN_SCORE
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, errors="replace")
        if len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
            continue
        # ASCII text is full of NULs too: count its characters as plausible only in the right byte order.
        ascii_share = sum(char < "\x80" for char in text) / max(len(text), 1)
        score = max(plausibility(text) if ascii_share < 1 else 1.0, ascii_share)
        if score > best_score:
            best, best_score = encoding, score
    if not best:
        raise _binary(doc)
    return best
