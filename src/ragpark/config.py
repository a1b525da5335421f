"""The settings: one frozen object, defaults here, `ragpark.toml` over them, `RAGPARK_*` over both."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ragpark.errors import ConfigError

CONFIG_NAME = "ragpark.toml"
ENV_PREFIX = "RAGPARK_"


class Secret:
    """A text that is never shown: printed, logged or formatted it says only whether it is set. `reveal()` gives it."""

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = str(text).strip()

    def reveal(self) -> str:
        return self._text

    def __str__(self) -> str:
        return "（已设置）" if self._text else "（未设置）"

    __repr__ = __str__

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> tuple[type[Secret], tuple[()]]:
        return Secret, ()  # not into a pickle either


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default. `origins` says where each value that is not a default came from."""

    docs: Path = Path("docs_raw")
    index: Path = Path("index")
    model: str = "bundled"  # or a sentence-transformers name or folder
    model_cache: Path = Path("~/.cache/ragpark")
    max_tokens: int = 510  # of a chunk with its breadcrumb; the bundled model reads 512
    max_chars: int = 1000
    max_file_mb: int = 100
    lexical_weight: float = 0.4
    candidates: int = 50
    refuse_below: float = 0.35
    scorer: str = "bundled"  # or a file that `ragpark evaluate --fit` has written
    reader: str = "bundled"  # the small model that finds an answer's place in a passage; "none": rules alone
    max_answer_chars: int = 120
    max_question_chars: int = 1000
    reports: Path = Path("reports")  # evaluations run from the page, kept to compare the next one with
    gold_candidates: Path = Path("gold_candidates.jsonl")  # answers marked right or wrong on the page, for review
    vocabulary: tuple[Path, ...] = ()  # further vocabulary files (TOML), over the built-in one
    llm_base_url: str = ""  # any OpenAI-compatible endpoint; without it no language model is asked
    llm_model: str = ""
    llm_api_key: Secret = field(default_factory=Secret)
    llm_timeout_s: float = 60.0  # for the whole of one answer
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)

    @staticmethod
    def names() -> tuple[str, ...]:
        return tuple(f.name for f in fields(Settings) if f.name != "origins")

    @property
    def has_llm(self) -> bool:
        """Whether a language model is configured."""
        return bool(self.llm_base_url and self.llm_model)

    def without_llm(self) -> Settings:
        """Return the settings with no language model: for measuring, and where none is wanted."""
        return replace(self, llm_base_url="", llm_model="") if self.llm_base_url else self


def load_settings(folder: Path | None = None, environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Return the settings in force for `folder` (default: the current one).

    Order, later wins: defaults, `ragpark.toml` in the folder, `RAGPARK_NAME` in the environment, `given`
    (values that are None are skipped). Raises ConfigError for an unknown key or a value of the wrong kind.
    """
    folder = folder or Path.cwd()
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    path = folder / CONFIG_NAME
    if path.is_file():
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{CONFIG_NAME} 无法解析：{error}") from error
        for key, value in _flat(table).items():
            values[key] = value
            origins[key] = CONFIG_NAME
    for name in Settings.names():
        if (text := environ.get(ENV_PREFIX + name.upper())) is not None:
            values[name] = text
            origins[name] = ENV_PREFIX + name.upper()
    for key, value in given.items():
        if value is not None:
            values[key] = value
            origins[key] = "命令行"
    known = Settings.names()
    for key in values:
        if key not in known:
            raise ConfigError(f"未知设置“{key}”；可用的设置有：{'、'.join(known)}")
    defaults = Settings()
    typed = {key: _typed(key, value, getattr(defaults, key)) for key, value in values.items()}
    settings = Settings(**typed, origins=origins)
    _check(settings)
    return settings


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a file, those that may stand under a heading (`[answer]` `reader = "none"`) with the others.

    Any other key under a heading is left as `answer.key`, which no setting is named.
    """
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if key in _HEADINGS and isinstance(value, dict):
            flat |= {name if name in _HEADINGS[key] else f"{key}.{name}": given for name, given in value.items()}
        else:
            flat[key] = value
    return flat


def _typed(key: str, value: Any, default: Any) -> Any:
    try:
        if isinstance(default, bool):
            return (
                value
                if isinstance(value, bool)
                else {"1": True, "true": True, "0": False, "false": False}[str(value).lower()]
            )
        if isinstance(default, tuple):
            parts = value.split(os.pathsep) if isinstance(value, str) else value
            return tuple(Path(part).expanduser() for part in parts if part)
        if isinstance(default, Path):
            return Path(value)
        return type(default)(value)
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"设置“{key}”的值不对：{value!r}，应为 {type(default).__name__}") from error


# What each setting means, as the page 设置与状态 and `ragpark status` show it.
MEANINGS: Mapping[str, str] = {
    "docs": "文档文件夹",
    "index": "索引文件夹",
    "model": "向量模型：bundled 为自带的，也可写 sentence-transformers 模型的名称或文件夹",
    "model_cache": "由模型派生的文件存放在这里，可以删除",
    "max_tokens": "一个段落连同标题最多多少词元；改后需重新建立索引",
    "max_chars": "一个段落最多多少字；改后需重新建立索引",
    "max_file_mb": "一个文件最大多少 MB，更大的不读",
    "lexical_weight": "字词检索在总分中的权重，其余为语义检索",
    "candidates": "参与精排的段落数，越大越慢",
    "refuse_below": "依据的得分低于它就不回答；调高更谨慎",
    "scorer": "评分模型：bundled 为自带的，也可写 ragpark evaluate --fit 写出的文件",
    "reader": "阅读模型：bundled 为自带的，none 为不用，只按规则作答",
    "max_answer_chars": "答案最多多少字",
    "max_question_chars": "问题最多多少字",
    "reports": "网页上的评测结果存放在这里，用来与下一次比较",
    "gold_candidates": "从答案页收进的评测题，等待核对",
    "vocabulary": "另外的指标词表（TOML 文件）",
    "llm_base_url": "语言模型服务的地址（OpenAI 兼容）；不设就不用语言模型",
    "llm_model": "语言模型的名称",
    "llm_api_key": "语言模型服务的密钥",
    "llm_timeout_s": "等语言模型答完一题最多多少秒",
}

_RANGES: dict[str, tuple[float, float]] = {
    "max_tokens": (64, 8192),
    "max_chars": (100, 8000),
    "max_file_mb": (1, 4096),
    "lexical_weight": (0, 1),
    "candidates": (5, 1000),
    "refuse_below": (0, 1),
    "llm_timeout_s": (0.05, 3600),
    "max_answer_chars": (20, 1000),
    "max_question_chars": (10, 100_000),
}

_CHOICES: dict[str, tuple[str, ...]] = {"reader": ("bundled", "none")}
_HEADINGS: dict[str, tuple[str, ...]] = {"answer": ("reader", "scorer", "refuse_below", "max_answer_chars")}


def allowed_range(name: str) -> tuple[float, float] | None:
    """Return the least and the greatest value of a setting, None where it is not a bounded number."""
    return _RANGES.get(name)


def _check(settings: Settings) -> None:
    for key, (low, high) in _RANGES.items():
        value = getattr(settings, key)
        if not low <= value <= high:
            raise ConfigError(f"设置“{key}”应在 {low} 到 {high} 之间，现在是 {value}")
    for key, choices in _CHOICES.items():
        if (chosen := getattr(settings, key)) not in choices:
            raise ConfigError(f"设置“{key}”应为 {' 或 '.join(choices)}，现在是 {chosen!r}")
    if bool(settings.llm_base_url) != bool(settings.llm_model):
        missing = "llm_model" if settings.llm_base_url else "llm_base_url"
        raise ConfigError(f"用语言模型要同时设置 llm_base_url 和 llm_model，现在缺少 {missing}")
    if settings.llm_base_url and not settings.llm_base_url.startswith(("http://", "https://")):
        raise ConfigError("设置“llm_base_url”应以 http:// 或 https:// 开头，例如 http://127.0.0.1:11434/v1")
