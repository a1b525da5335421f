"""Generations on disk: a build writes a folder aside, verifies it, then switches one pointer; no records here.

- `CURRENT`: the name of the generation in use and the sha256 of its `manifest.json`;
- `gen-000002-1f0c09aa/`: a generation; its manifest holds the size and sha256 of each of its files;
- `gen-000001-77ab3e10/`: the one before, which a reader may still have open;
- `building/`: a build under way, or what a killed one left.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from ragpark.errors import ConfigError, IndexBusyError, IndexDamagedError, IndexMismatchError, IndexOutdatedError

FORMAT = 5  # raise it when an index written before could not be read, or would lack what is read from it
POINTER = "CURRENT"
MANIFEST = "manifest.json"
BUILDING = "building"
LOCK = ".lock"
REBUILD = "请运行 ragpark index --rebuild 重建索引"
# sha256 reads 0.96 GB/s here. Opening checks every file of records, and arrays up to this size; larger arrays
# by their size only (a build checks all).
CHECK_ARRAYS_UP_TO = 64 * 2**20
_POINTER_LINE = re.compile(r"(gen-(\d{6})-[0-9a-f]{8}) ([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which generation is in use, and the sha256 of its manifest."""

    generation: str
    number: int
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class FileInfo:
    """Size in bytes and sha256 of one file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made with and what it holds. `created` is an ISO time in UTC."""

    format: int
    model_id: str
    dim: int
    ingest: str
    segmenter: str
    max_tokens: int
    max_chars: int
    counts: Mapping[str, int]
    files: Mapping[str, FileInfo]
    created: str


@contextmanager
def lock(index_path: Path) -> Iterator[None]:
    """Hold the index for building; made if it is missing.

    Raises IndexBusyError at once if another process builds it, ConfigError if the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        index_path.mkdir(parents=True, exist_ok=True)
        guard = FileLock(index_path / LOCK, timeout=0)
        guard.acquire()
    except Timeout as error:
        raise IndexBusyError(f"另一个程序正在为 {index_path} 建立索引；请等它完成后再试") from error
    except OSError as error:
        raise unwritable(index_path, error) from error
    try:
        yield
    finally:
        guard.release()


def unwritable(index_path: Path, error: OSError) -> ConfigError:
    """Return the error for an index folder that cannot be written."""
    reason = error.strerror or str(error)
    return ConfigError(f"索引文件夹 {index_path} 无法写入（{reason}）；请检查权限和磁盘空间，或换一个索引位置")


def read_pointer(index_path: Path) -> Pointer | None:
    """Return the pointer, None where no build has ever finished. Raises IndexDamagedError if it is garbled."""
    try:
        text = (index_path / POINTER).read_bytes().decode("ascii", "replace")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise IndexDamagedError(f"索引 {index_path} 读不出（{error.strerror}）；请检查权限，或{REBUILD}") from error
    if (match := _POINTER_LINE.fullmatch(text)) is None:
        raise IndexDamagedError(f"索引 {index_path} 的 {POINTER} 文件已损坏；{REBUILD}")
    return Pointer(match[1], int(match[2]), match[3])


def current_generation(index_path: Path) -> str | None:
    """Return the name of the generation in use, None where there is no index: one small read, for noticing a switch.

    Raises IndexDamagedError if the pointer is garbled.
    """
    pointer = read_pointer(index_path)
    return pointer.generation if pointer else None


def check(index_path: Path, pointer: Pointer, *, everything: bool = False) -> Manifest:
    """Return the manifest of a generation whose files are all there, whole and unaltered.

    `everything` checks the sha256 of large arrays too. Raises IndexDamagedError naming the file,
    IndexOutdatedError if it was written in an older format, IndexMismatchError if in a newer one.
    """
    folder = index_path / pointer.generation
    data = _read(folder / MANIFEST)
    if hashlib.sha256(data).hexdigest() != pointer.manifest_sha256:
        raise IndexDamagedError(f"索引文件 {folder / MANIFEST} 已损坏；{REBUILD}")
    try:
        if (found := msgspec.json.decode(data)["format"]) != FORMAT:
            kinds = f"索引 {index_path} 的格式是第 {found} 版，本程序用第 {FORMAT} 版"
            if isinstance(found, int) and found < FORMAT:
                raise IndexOutdatedError(f"{kinds}；请运行 ragpark index，会自动重建")
            raise IndexMismatchError(f"{kinds}；请升级 ragpark，或运行 ragpark index --rebuild 重建索引")
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, KeyError, TypeError) as error:
        raise IndexDamagedError(f"索引文件 {folder / MANIFEST} 已损坏；{REBUILD}") from error
    with ThreadPoolExecutor(2) as pool:  # hashing lets go of the interpreter: two files at a time
        for _ in pool.map(lambda item: _check_file(folder / item[0], item[1], everything), manifest.files.items()):
            pass
    return manifest


def outdated_format(index_path: Path) -> int | None:
    """Return the format of an index that an older version wrote, None where there is none such or it cannot be read."""
    try:
        pointer = read_pointer(index_path)
        found = msgspec.json.decode(_read(index_path / pointer.generation / MANIFEST))["format"] if pointer else FORMAT
    except (IndexDamagedError, msgspec.MsgspecError, KeyError, TypeError):
        return None
    return found if isinstance(found, int) and found < FORMAT else None


def _check_file(path: Path, info: FileInfo, everything: bool) -> None:
    try:
        size = path.stat().st_size
        if size != info.size:
            raise IndexDamagedError(f"索引文件 {path} 不完整（{size} 字节，应为 {info.size}）；{REBUILD}")
        needed = everything or path.suffix == ".jsonl" or size <= CHECK_ARRAYS_UP_TO
        if needed and hash_file(path) != info.sha256:
            raise IndexDamagedError(f"索引文件 {path} 的内容被改动过；{REBUILD}")
    except OSError as error:
        raise IndexDamagedError(f"索引文件 {path} 不见了或读不出；{REBUILD}") from error


def hash_file(path: Path) -> str:
    """Return the sha256 of a file's bytes as hex digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def start(index_path: Path) -> Path:
    """Return an empty folder to write the next generation into, after removing what killed builds left."""
    folder = index_path / BUILDING
    remove_leftovers(index_path)
    folder.mkdir()
    return folder


def seal(index_path: Path, folder: Path, manifest: Manifest) -> Pointer:
    """Write the manifest, sync everything to disk and give the folder its name; the pointer is not switched yet.

    `manifest.files` is filled in here, from the files as they are on disk.
    """
    names = sorted(path.name for path in folder.iterdir())
    files = {name: FileInfo((folder / name).stat().st_size, hash_file(folder / name)) for name in names}
    data = msgspec.json.format(msgspec.json.encode(replace(manifest, files=files)), indent=1)
    (folder / MANIFEST).write_bytes(data)
    for path in folder.iterdir():
        _sync(path)
    _sync(folder)
    digest = hashlib.sha256(data).hexdigest()
    number = max((_number(path.name) for path in index_path.glob("gen-*")), default=0) + 1
    pointer = Pointer(f"gen-{number:06d}-{digest[:8]}", number, digest)
    folder.rename(index_path / pointer.generation)
    _sync(index_path)
    return pointer


def switch(index_path: Path, pointer: Pointer) -> None:
    """Make a sealed generation the one in use: readers see the old one or the new one, never a mixture."""
    temporary = index_path / (POINTER + ".new")
    temporary.write_text(f"{pointer.generation} {pointer.manifest_sha256}\n", encoding="ascii")
    _sync(temporary)
    os.replace(temporary, index_path / POINTER)
    _sync(index_path)


def withdraw(index_path: Path) -> None:
    """Take the generation in use out of use: there is no index then, until one is built again."""
    (index_path / POINTER).unlink(missing_ok=True)
    _sync(index_path)


def prune(index_path: Path, keep: set[str]) -> None:
    """Delete the generations not named in `keep`; one that is held open where that matters is left for next time."""
    for path in index_path.glob("gen-*"):
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def remove_leftovers(index_path: Path) -> None:
    """Delete an unfinished folder and generations that were sealed but never switched to."""
    shutil.rmtree(index_path / BUILDING, ignore_errors=True)
    (index_path / (POINTER + ".new")).unlink(missing_ok=True)
    try:
        pointer = read_pointer(index_path)
    except IndexDamagedError:
        return  # nothing is deleted while it is unclear what is in use
    newest = pointer.number if pointer else 0
    for path in index_path.glob("gen-*"):
        if _number(path.name) > newest:
            shutil.rmtree(path, ignore_errors=True)


def _number(name: str) -> int:
    match = re.match(r"gen-(\d{6})", name)
    return int(match[1]) if match else 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise IndexDamagedError(f"索引文件 {path} 不见了；{REBUILD}") from error


def _sync(path: Path) -> None:
    """Force a file or folder to disk (folders cannot be opened on Windows and need no sync there)."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
