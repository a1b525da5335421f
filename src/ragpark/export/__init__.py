"""Answers to take away: sheets of questions asked one after the other, and files of answers with their sources."""

from ragpark.export.batch import Asking, Batch, BatchReport, asked_under
from ragpark.export.formats import as_bytes, check_suffix, write
from ragpark.export.journal import Journal, journal_path
from ragpark.export.links import Link, file_links, no_link, page_links
from ragpark.export.questions import SUFFIXES as SHEET_SUFFIXES
from ragpark.export.questions import Question, QuestionSheet, read_questions
from ragpark.export.records import Head, Reply, Row, Source, head_of, reply_of

__all__ = [
    "SHEET_SUFFIXES",
    "Asking",
    "Batch",
    "BatchReport",
    "Head",
    "Journal",
    "Link",
    "Question",
    "QuestionSheet",
    "Reply",
    "Row",
    "Source",
    "as_bytes",
    "asked_under",
    "check_suffix",
    "file_links",
    "head_of",
    "journal_path",
    "no_link",
    "page_links",
    "read_questions",
    "reply_of",
    "write",
]
