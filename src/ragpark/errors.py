"""One family of errors. The library raises them, the command line and the pages show them as a sentence."""

from __future__ import annotations


class RagparkError(Exception):
    """A clear error of use or data: its text is one sentence in Chinese that says what to do next."""


class ConfigError(RagparkError):
    """A setting is unknown or has a value out of range."""


class LoadError(RagparkError):
    """One document cannot be read; the others go on."""


class DocumentsError(RagparkError):
    """The documents folder is missing or holds nothing that can be read."""


class NameTakenError(DocumentsError):
    """Another file of that name is in the documents folder; `doc` is its name."""

    def __init__(self, message: str, doc: str = "") -> None:
        super().__init__(message)
        self.doc = doc


class EncoderError(RagparkError):
    """The embedding model is missing or cannot run here."""


class ReaderError(RagparkError):
    """The reader's weights are missing or damaged, or it cannot run here."""


class ScorerError(RagparkError):
    """The data file of the scorer is missing or damaged."""


class IndexMissingError(RagparkError):
    """There is no index yet at the given place."""


class IndexDamagedError(RagparkError):
    """An index file is missing, cut or altered."""


class IndexMismatchError(RagparkError):
    """The index was built with another model or another version of the format."""


class IndexOutdatedError(IndexMismatchError):
    """The index is of an older format; building it makes it new."""


class IndexBusyError(RagparkError):
    """Another process is building this index."""


class QuestionError(RagparkError):
    """The question is empty, too long, or holds no words."""


class FilterError(RagparkError):
    """A filter fits nothing: no document of that name, no such heading, a range that ends before it begins."""


class GoldError(RagparkError):
    """A gold file has a line that cannot be used; the message names its number."""


class LLMError(RagparkError):
    """The language model could not be asked or did not answer; never holds the key."""


class ReportError(RagparkError):
    """An evaluation report cannot be read, kept, or compared with another."""


class ExportError(RagparkError):
    """A sheet holds no questions, or answers cannot be written in that form or place."""


class StoppedError(RagparkError):
    """The user stopped what was under way; the message says how far it came and how to go on."""
