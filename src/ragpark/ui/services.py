"""What the pages ask of the library: one engine per server, shared by every session, and builds in the background."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ragpark.config import Settings, load_settings
from ragpark.errors import DocumentsError, RagparkError
from ragpark.records import Answer, Document, Fact, Hit
from ragpark.ui.examples import candidates, example_questions

if TYPE_CHECKING:
    from ragpark.answer.gate import Passage
    from ragpark.index.progress import BuildReport, Progress, ProgressCallback

log = logging.getLogger(__name__)

UNEXPECTED = "程序出了意外，请重试；若再次出现，请查看运行 ragpark 的终端窗口中的记录。"


class IndexView(Protocol):
    """What the pages read of an open index."""

    @property
    def documents(self) -> Mapping[str, Document]: ...
    @property
    def chunks(self) -> Sequence[object]: ...
    @property
    def facts(self) -> Sequence[Fact]: ...
    @property
    def generation(self) -> str: ...


class AnyEngine(Protocol):
    """What the pages use of `ragpark.engine.Engine`; a test gives one whose answers can be read off."""

    @property
    def index(self) -> IndexView: ...
    def ask(
        self, question: str, *, year: int | None = None, doc: str | None = None, llm: bool | None = None
    ) -> Answer: ...
    def passages(self, answer: Answer) -> tuple[Passage, ...]: ...
    def write(
        self, answer: Answer, passages: Sequence[Passage], stream: Callable[[str], None] | None = None
    ) -> Answer: ...
    def search(self, question: str, *, k: int = 10, year: int | None = None, doc: str | None = None) -> list[Hit]: ...


Indicators = Callable[[], Collection[str]]
Builder = Callable[["ProgressCallback"], "BuildReport"]


@dataclass(frozen=True, slots=True)
class BuildState:
    """A build as it stands: running or not, the last event, and how it ended."""

    running: bool = False
    progress: Progress | None = None
    report: BuildReport | None = None
    error: str = ""


class Build:
    """At most one build at a time, in a thread of its own; the old generation serves meanwhile."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._lock = threading.Lock()
        self._state = BuildState()

    @property
    def state(self) -> BuildState:
        return self._state

    def start(self) -> bool:
        """Start a build and return True; False if one is running already."""
        with self._lock:
            if self._state.running:
                return False
            self._state = BuildState(running=True)
        threading.Thread(target=self._run, name="ragpark-build", daemon=True).start()
        return True

    def _tell(self, progress: Progress) -> None:
        self._state = replace(self._state, progress=progress)

    def _run(self) -> None:
        try:
            self._state = BuildState(report=self._builder(self._tell))
        except RagparkError as error:
            self._state = BuildState(error=str(error))
        except Exception:
            log.exception("build failed")
            self._state = BuildState(error=UNEXPECTED)


class Services:
    """The library as the pages see it. Safe to use from several sessions: the engine is asked one at a time."""

    def __init__(
        self,
        settings: Settings,
        make_engine: Callable[[Settings], AnyEngine],
        builder: Builder,
        indicators: Indicators = tuple,
    ) -> None:
        """`indicators` returns the names of the vocabulary, which make good example questions."""
        self.settings = settings
        self.build = Build(builder)
        self._make_engine = make_engine
        self._indicators = indicators
        self._examples: tuple[str, list[str]] = ("", [])
        self._engine: AnyEngine | None = None
        self._lock = threading.RLock()

    @property
    def ready(self) -> bool:
        """Whether the engine is loaded: what is asked now is answered at once."""
        return self._engine is not None

    def engine(self) -> AnyEngine:
        """Return the engine, made at the first call. Raises RagparkError (no index yet, a damaged one, …)."""
        with self._lock:
            if self._engine is None:
                self._engine = self._make_engine(self.settings)
                _ = self._engine.index  # open it now: a missing index is told before the first question
            return self._engine

    def index(self) -> IndexView:
        """Return the generation in force. Raises RagparkError if there is none."""
        with self._lock:
            try:
                return self.engine().index
            except RagparkError:
                self._engine = None
                raise

    def ask(self, question: str, *, year: int | None = None, doc: str | None = None) -> Answer:
        with self._lock:
            engine = self.engine()
            if self.settings.has_llm:  # the model writes afterwards, without the lock
                return engine.ask(question, year=year, doc=doc, llm=False)
            return engine.ask(question, year=year, doc=doc)

    def written(self, answer: Answer, stream: Callable[[str], None]) -> Answer:
        """Return the answer as the language model of the settings writes it, checked; as it is where there is none.

        `stream` gets the words as they come. Other sessions are not kept waiting meanwhile.
        """
        if not self.settings.has_llm or answer.refused:
            return answer
        with self._lock:
            engine = self.engine()
            passages = engine.passages(answer)
        return engine.write(answer, passages, stream)

    def search(self, question: str, *, k: int = 10, year: int | None = None, doc: str | None = None) -> list[Hit]:
        with self._lock:
            return self.engine().search(question, k=k, year=year, doc=doc)

    def examples(self) -> list[str]:
        """Return example questions of the generation in force; worked out once for each."""
        with self._lock:
            index = self.index()
            if self._examples[0] != index.generation:
                tried = candidates(index.facts, frozenset(self._indicators()))
                self._examples = (index.generation, example_questions(tried, self.ask))
            return self._examples[1]

    def original(self, doc: str) -> Path:
        """Return the path of a document's original file. Raises DocumentsError if it is not (or no longer) there."""
        root = self.settings.docs.resolve()
        path = (root / doc).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            raise DocumentsError(f"原文件“{doc}”已不在文档文件夹中；请重新建立索引。")
        return path


def make_services() -> Services:
    """Return the services of the settings in force. Raises ConfigError."""
    settings = load_settings()

    def engine(settings: Settings) -> AnyEngine:
        from ragpark.engine import Engine

        return Engine(settings)

    def build(progress: ProgressCallback) -> BuildReport:
        from ragpark.index import build_index

        return build_index(settings, progress=progress)

    def indicators() -> Collection[str]:
        from ragpark.lexicon import load_vocabulary

        return [indicator.name for indicator in load_vocabulary(settings.vocabulary).indicators]

    return Services(settings, engine, build, indicators)
