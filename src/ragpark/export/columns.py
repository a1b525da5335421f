"""The columns of a table of answers: what each is called, how wide it is, and what of a row stands in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ragpark.export.records import NO_QUESTION, OUTCOMES, Head, Row, Source
from ragpark.records import AnsweredFigure
from ragpark.views import plain_number

Cell = str | int | float | None
ORDER, QUESTION = "题次", "问题"
_NOT_SAID = "—"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its width in characters of Latin script (a Chinese one counts two), and its cell of a row."""

    name: str
    width: int
    cell: Callable[[Row], Cell]


def columns_of(head: Head) -> list[Column]:
    """Return the columns in order: the sheet's own around the question, with what was answered after it.

    A column of the sheet that has the name of one of ours says where it is from: `答案（原表）`.
    """
    ours = {ORDER, *(column.name for column in _OURS)}
    names = [f"{name}（原表）" if name in ours else name for name in head.columns]
    own = [Column(name, 12, _kept(at)) for at, name in enumerate(names)]
    return [*own[: head.before], *_OURS, *own[head.before :]]


def in_one(values: Sequence[str]) -> str:
    """Return one text for a value a figure: once if all are alike, else one for each in order: `甲；乙`, `—；乙`."""
    if len(set(values)) < 2:
        return values[0] if values else ""
    return "；".join(value or _NOT_SAID for value in values)


def quotes(sources: Sequence[Source]) -> str:
    """Return the quotes, each a paragraph, numbered where there are several."""
    if len(sources) == 1:
        return sources[0].quote
    return "\n".join(f"[{source.n}] {source.quote}" for source in sources)


def cited(row: Row) -> tuple[Source, ...]:
    """Return the sources that the answer stands on: those of a refusal are only the nearest there is."""
    return row.reply.sources if row.reply.outcome == "answered" else ()


def _kept(at: int) -> Callable[[Row], Cell]:
    return lambda row: row.kept[at] if at < len(row.kept) else ""


def _figure(value: Callable[[AnsweredFigure], str]) -> Callable[[Row], Cell]:
    return lambda row: in_one([value(figure) for figure in row.reply.figures])


def _source(value: Callable[[Source], str]) -> Callable[[Row], Cell]:
    return lambda row: in_one([value(source) for source in cited(row)])


def _value(row: Row) -> Cell:
    numbers = [plain_number(figure.value) for figure in row.reply.figures]
    return numbers[0] if len(numbers) == 1 else "；".join(map(str, numbers))


def _period(figure: AnsweredFigure) -> str:
    """Return when a figure is of: as printed, with its year where that does not tell it: `2023年（去年）`."""
    if figure.year is None or str(figure.year) in figure.period:
        return figure.period
    return f"{figure.year}年（{figure.period}）" if figure.period else f"{figure.year}年"


def _answer(row: Row) -> Cell:
    return row.reply.answer if row.reply.outcome == "answered" else OUTCOMES[row.reply.outcome]


_OURS = (
    Column(QUESTION, 26, lambda row: row.question or NO_QUESTION),
    Column("答案", 24, _answer),
    Column("主体", 12, _figure(lambda figure: figure.entity)),
    Column("指标", 14, _figure(lambda figure: figure.indicator)),
    Column("时间", 10, _figure(_period)),
    Column("数值", 18, _value),
    Column("单位", 6, _figure(lambda figure: figure.unit)),
    Column("原文", 42, lambda row: quotes(cited(row))),
    Column("文档", 20, _source(lambda source: source.title or source.doc)),
    Column("文档日期", 11, _source(lambda source: source.date)),
    Column("章节", 16, _source(lambda source: source.section)),
    Column("位置", 18, _source(lambda source: source.where)),
    Column("把握", 6, lambda row: row.reply.confidence),
    Column("说明", 24, lambda row: row.note),
)
