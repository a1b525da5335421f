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
from ragpark.load.folder import DocumentsFolder
from ragpark.records import Answer, Chunk, Document, Fact, Hit, Section
from ragpark.retrieve.filters import EVERYTHING, Filter
from ragpark.ui.batches import Batches
from ragpark.ui.evaluation import Evaluations
from ragpark.ui.examples import candidates, example_questions

if TYPE_CHECKING:
    from ragpark.answer.gate import Passage
    from ragpark.index.catalog import Catalog
    from ragpark.index.progress import BuildReport, Progress, ProgressCallback
    from ragpark.index.store import Source
    from ragpark.indicators import Overview
    from ragpark.retrieve.explain import Explanation

log = logging.getLogger(__name__)

UNEXPECTED = "程序出了意外，请重试；若再次出现，请查看运行 ragpark 的终端窗口中的记录。"


class IndexView(Protocol):
    """What the pages read of an open index."""

    @property
    def documents(self) -> Mapping[str, Document]: ...
    @property
    def sources(self) -> Sequence[Source]: ...
    @property
    def sections(self) -> Sequence[Section]: ...
    @property
    def chunks(self) -> Sequence[Chunk]: ...
    @property
    def facts(self) -> Sequence[Fact]: ...
    @property
    def generation(self) -> str: ...


class AnyEngine(Protocol):
    """What the pages use of `ragpark.engine.Engine`; a test gives one whose answers can be read off."""

    @property
    def index(self) -> IndexView: ...
    def years(self) -> tuple[int, ...]: ...
    def ask(
        self,
        question: str,
        *,
        year: int | None = None,
        doc: str | None = None,
        years: tuple[int, int] | None = None,
        section: str | None = None,
        llm: bool | None = None,
    ) -> Answer: ...
    def passages(
        self,
        answer: Answer,
        *,
        years: tuple[int, int] | None = None,
        doc: str | None = None,
        section: str | None = None,
    ) -> tuple[Passage, ...]: ...
    def write(
        self, answer: Answer, passages: Sequence[Passage], stream: Callable[[str], None] | None = None
    ) -> Answer: ...
    def search(self, question: str, *, k: int = 10) -> list[Hit]: ...
    def explain(
        self,
        question: str,
        *,
        k: int = 10,
        year: int | None = None,
        doc: str | None = None,
        years: tuple[int, int] | None = None,
        section: str | None = None,
    ) -> Explanation: ...
    def complete(self, question: str, previous: str) -> str: ...


Indicators = Callable[[], Collection[str]]
Builder = Callable[["ProgressCallback"], "BuildReport"]


@dataclass(frozen=True, slots=True)
class BuildState:
    """A build as it stands: running or not, the last event of each stage in turn, and how it ended."""

    running: bool = False
    progress: Progress | None = None
    stages: tuple[Progress, ...] = ()
    report: BuildReport | None = None
    error: str = ""


class Build:
    """At most one build at a time, in a thread of its own; the old generation serves meanwhile."""

    def __init__(self, builder: Builder, rebuilder: Builder | None = None) -> None:
        """`rebuilder` builds without regard to the old index; by default it is the same."""
        self._builder, self._rebuilder = builder, rebuilder or builder
        self._lock = threading.Lock()
        self._state = BuildState()

    @property
    def state(self) -> BuildState:
        return self._state

    def start(self, *, rebuild: bool = False) -> bool:
        """Start a build (`rebuild`: all anew) and return True; False if one is running already."""
        with self._lock:
            if self._state.running:
                return False
            self._state = BuildState(running=True)
        builder = self._rebuilder if rebuild else self._builder
        threading.Thread(target=self._run, args=(builder,), name="ragpark-build", daemon=True).start()
        return True

    def forget_error(self) -> None:
        """Forget how the last build failed, once it has been read; nothing while one is running."""
        with self._lock:
            if not self._state.running:
                self._state = replace(self._state, error="")

    def _tell(self, progress: Progress) -> None:
        before = tuple(stage for stage in self._state.stages if stage.stage != progress.stage)
        self._state = replace(self._state, progress=progress, stages=(*before, progress))

    def _run(self, builder: Builder) -> None:
        try:
            self._state = BuildState(report=builder(self._tell))
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
        rebuilder: Builder | None = None,
    ) -> None:
        """`indicators` returns the names of the vocabulary, which make good example questions."""
        self.settings = settings
        self.evaluation = Evaluations(self, settings.reports, UNEXPECTED)
        self.batches = Batches(self, UNEXPECTED)
        self.build = Build(builder, rebuilder)
        self.folder = DocumentsFolder(settings.docs, settings.max_file_mb)
        self._catalog: Catalog | None = None
        self._make_engine = make_engine
        self._indicators = indicators
        self._examples: tuple[str, list[str]] = ("", [])
        self._years: tuple[str, tuple[int, ...]] = ("", ())
        self._engine: AnyEngine | None = None
        self._lock = threading.RLock()
        self._examples_lock = threading.Lock()
        self._overview: tuple[str, Overview] | None = None
        self._overview_lock = threading.Lock()

    @property
    def ready(self) -> bool:
        """Whether the engine is loaded: what is asked now is answered at once."""
        return self._engine is not None

    def loaded(self) -> Mapping[str, str]:
        """Return the encoding engines in memory: `queries` and `passages` to their names."""
        return dict(getattr(getattr(self._engine, "encoder", None), "loaded", {}))

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

    def warm(self) -> None:
        """Load the engine and do ahead what the first page and question would wait for. Raises RagparkError.

        Meant for a thread at the start of the server; only the loading itself holds up a question.
        """
        engine = self.engine()
        if (warm := getattr(engine, "warm", None)) is not None:
            warm()
        self.examples()

    def years(self) -> tuple[int, ...]:
        """Return the years there are to choose a range from; worked out once for each generation."""
        with self._lock:
            generation = self.index().generation
            if self._years[0] != generation:
                self._years = (generation, self.engine().years())
            return self._years[1]

    def ask(self, question: str, scope: Filter = EVERYTHING) -> Answer:
        """Answer from within the filter, in the documents' own words (see `written`). Raises RagparkError."""
        with self._lock:
            engine = self.engine()
            if self.settings.has_llm:
                return engine.ask(question, years=scope.years, doc=scope.doc, section=scope.section, llm=False)
            return engine.ask(question, years=scope.years, doc=scope.doc, section=scope.section)

    def written(self, answer: Answer, stream: Callable[[str], None], scope: Filter = EVERYTHING) -> Answer:
        """Return the answer as the language model of the settings writes it, checked; as it is where there is none.

        `stream` gets the words as they come. Other sessions are not kept waiting meanwhile.
        """
        if not self.settings.has_llm or answer.refused:
            return answer
        with self._lock:
            engine = self.engine()
            passages = engine.passages(answer, years=scope.years, doc=scope.doc, section=scope.section)
        return engine.write(answer, passages, stream)

    def search(self, question: str, *, k: int = 10) -> list[Hit]:
        with self._lock:
            return self.engine().search(question, k=k)

    def explain(self, question: str, scope: Filter = EVERYTHING, *, k: int = 10) -> Explanation:
        """Search within the filter and lay the search open. Raises RagparkError."""
        with self._lock:
            return self.engine().explain(question, k=k, years=scope.years, doc=scope.doc, section=scope.section)

    def overview(self) -> Overview:
        """Return which years there are for each curve of indicators; worked out once for each generation."""
        from ragpark.indicators import overview

        with self._overview_lock:
            index = self.index()
            if self._overview is None or self._overview[0] != index.generation:
                self._overview = (index.generation, overview(index.facts, self.indicator_names()))
            return self._overview[1]

    def indicator_names(self) -> frozenset[str]:
        """Return the names of the indicators in the vocabulary."""
        return frozenset(self._indicators())

    def complete(self, question: str, previous: str) -> str:
        """Return a follow-up completed from the question before it; a question that stands alone as it is."""
        with self._lock:
            return self.engine().complete(question, previous)

    def judge(self, answer: Answer, *, correct: bool) -> None:
        """Add the answer, judged by the user, to the gold candidates. Raises RagparkError if they cannot be written."""
        from ragpark.evaluate import append_gold

        with self._lock:
            append_gold(self.settings.gold_candidates, answer, correct=correct)

    def examples(self) -> list[str]:
        """Return example questions of the generation in force; worked out once for each."""
        with self._examples_lock:  # not the engine's: a question need not wait for the examples
            index = self.index()
            if self._examples[0] != index.generation:
                tried = candidates(index.facts, frozenset(self._indicators()))
                self._examples = (index.generation, example_questions(tried, self.ask))
            return self._examples[1]

    def catalog(self) -> Catalog:
        """Return the overview of folder and index, made once: it remembers the hashes of files."""
        with self._lock:
            if self._catalog is None:
                from ragpark.index.catalog import Catalog

                self._catalog = Catalog(self.settings)
            return self._catalog

    def preview(self, doc: str) -> Document:
        """Return a file of the folder as it would be indexed now. Raises DocumentsError or LoadError."""
        from ragpark.read import read_document
        from ragpark.zh import load_vocabulary

        self.folder.path(doc)
        return read_document(self.settings.docs, doc, self.settings, load_vocabulary(self.settings.vocabulary))

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

    def rebuild(progress: ProgressCallback) -> BuildReport:
        from ragpark.index import build_index

        return build_index(settings, rebuild=True, progress=progress)

    def indicators() -> Collection[str]:
        from ragpark.zh import load_vocabulary

        return [indicator.name for indicator in load_vocabulary(settings.vocabulary).indicators]

    return Services(settings, engine, build, indicators, rebuild)
