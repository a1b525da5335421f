"""The dates, names and cells of a sentence as candidates, each with how well it fits. Figures: cut_figure.py, persons: holders.py."""

from __future__ import annotations

import re

from ragpark.answer.cuts import Cut, segments
from ragpark.answer.terms import in_log, met_shares
from ragpark.read.context import Statement
from ragpark.read.sentences import clauses
from ragpark.retrieve.kinds import DEFINITION, LIST
from ragpark.retrieve.query import Query
from ragpark.zh.fold import squeeze
from ragpark.zh.quantity import NARROW
from ragpark.zh.times import find_clocks, find_dates
from ragpark.zh.wording import notion, rx


def dates(query: Query, statement: Statement) -> list[Cut]:
    """Return the dates, years or times of day of the sentence that can answer when."""
    text = statement.text
    terms = [term for term in query.terms if not term.place] or list(query.terms)
    day, month, year = date_parts(query.question)
    measured = [squeeze(match[0]) for match in _MEASURED.finditer(query.question)]
    issue = _ISSUE.search(query.question)
    found = []
    for start, end in whens(query, text):
        start, end = _whole_date(text, start, end)
        shown = text[start:end]
        if not issue and _ISSUE.match(text, start):
            continue  # `2021年度名单` tells of which year the list is, not when anything was
        near, _ = segments(text, start, end)
        following = next((c for c in clauses(text, near[1], len(text))[:1]), near)
        close, after = squeeze(text[near[0] : near[1]]), squeeze(text[following[0] : following[1]])
        in_clause, in_next = met_shares(terms, (close, after))
        named = _ISSUE.search(text[near[0] : near[1]])
        met = {
            "date": 1.0,
            "event_words": in_log(in_clause),
            "event_part": in_clause + in_next,
            "as_exact": float(
                (day and "日" in shown) or (month and "月" in shown) or (year and not month and "年" in shown)
            ),
            "too_coarse": float((day or month) and "月" not in shown),
            "measured_there": float(any(figure in close for figure in measured)),  # `哪一年超过2万亿元`
            "issue": 0.0 if not issue or not named else 1.0 if named[0] == issue[0] else -1.0,
            "event": event_fit(query, close + after),
            "repeats": float(shown.rstrip("年") in query.question.replace(" ", "")),
        }
        found.append(Cut(shown.translate(NARROW), start, end, met))
    return found


_ISSUE = re.compile(r"(?:19|20)\d\d年度")


def date_parts(question: str) -> tuple[bool, bool, bool]:
    """Return whether a day, a month and a year are asked for as such: `几月几号` → the first two; `什么时候` → none."""
    day = re.search(r"哪一?[天日]|几[号日月]|何日|日期", question)
    month = re.search(r"哪一?个?月|几月|何月|月份", question)
    year = re.search(r"哪一?年|何年|几几年|年份", question)
    return bool(day), bool(month), bool(year)


def event_fit(query: Query, clause: str) -> float:
    """Return 1 where the clause says just what is asked of the subject, −1 where it tells of another thing, else 0.

    `某园区何时设立` is answered by `某园区设立`, not by `某园区设立招商中心`, nor by `某公司子公司上市`; `某条例何时生效`
    by `本条例……施行`.
    """
    core = rx("[是在于]?{ask_when}|[?？]").sub("", squeeze(query.question)).strip("的了是在于")
    if len(core) < 4:
        return 0.0
    said = next((term.forms for term in query.terms if core.endswith(term.word)), ())
    for verb in (core[-2:], *said):
        if told := re.search(rf"{re.escape(verb)}(?P<object>[一-鿿]{{2,}})?", clause):
            other = told["object"] and not rx("{function_word}").match(told["object"])
            return -1.0 if other else float(core in clause or _of_itself(core, clause))
    return 0.0


def _of_itself(core: str, clause: str) -> bool:
    """Tell whether the clause speaks of its own document as the question names it: `本条例`, where 某省某条例 is asked of."""
    own = re.search(r"本(?P<sort>[一-鿿]{2})", clause)
    return own is not None and own["sort"] in core


def whens(query: Query, text: str) -> list[tuple[int, int]]:
    """Return the spans that can answer when: of `几点` a time of day, of `什么时候` also one where no date stands."""
    if rx("{ask_clock}").search(query.question):
        return find_clocks(text)
    return find_dates(text) or ([] if rx(_BY_DATE).search(query.question) else find_clocks(text))


_BY_DATE = "[年月日天号]"
_MEASURED = re.compile(r"\d[\d,.]*\s?(?:%|万亿|[十百千万亿]+|(?=[元家人个]))[元家人个]?")
_DATE_GOES_ON = (
    r"(?:\s?[-—–~～至到]+\s?(?:(?:19|20)?\d{2,4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?<=[年月日]))?"
    r"(?:[（(][^（）()]{0,12}年[^（）()]{0,8}[）)])?(?:\d{1,2}月\d{1,2}日)?{date_tail}?(?:以来|起|开始)?"
)
_DATE_BEGINS = re.compile(r"[一-鿿]{2}(?:元|[一二三四五六七八九十]{1,3})年[（(]$")


def _whole_date(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span with what belongs to it: `正德六年（1511年）`, `2009年9月27日-10月9日`, `1227年前后`."""
    before = _DATE_BEGINS.search(text[:start])
    if before and text[end : end + 1] in ("）", ")"):
        start, end = before.start(), end + 1
    found = rx(_DATE_GOES_ON).match(text, end)
    return start, found.end() if found else end


def cells(query: Query, statement: Statement) -> list[Cut]:
    """Return the words of the table cell whose row and column the question names, [] where that is not just one.

    `某药业的法定代表人` is answered by `法定代表人；…；某药业：周某` as by `企业：某药业；法定代表人：周某`; the label
    that a question ends with by what stands beside it: `驻地：某路7号`.
    """
    asked, text = squeeze(query.question), statement.text
    if pair := _PAIR.fullmatch(text):
        label = squeeze(pair["label"])
        rest = asked.rpartition(label)[2]
        places = [term.word for term in query.terms if term.place]
        if label not in asked or label in places or any(term.word in rest for term in query.terms):
            return []
        return [Cut(pair["value"], *pair.span("value"), {"cell": 1.0, "in_clause": in_log(1.0)})]
    labelled, found = False, []
    for piece in re.finditer("[^；\n]+", text):
        name, mark, words = piece[0].replace(":", "：").partition("：")
        words = (words if mark else name).strip()
        if len(words) > 1 and squeeze(words) in asked:
            labelled = True
        elif words and len(squeeze(name)) > 1 and squeeze(name) in asked:
            start = piece.start() + len(piece[0].rstrip()) - len(words)
            found.append((start, start + len(words)))
    if len(found) != 1 or not labelled:
        return []
    start, end = found[0]
    return [Cut(text[start:end], start, end, {"cell": 1.0, "in_clause": in_log(1.0)})]


_PAIR = re.compile(r"(?P<label>[^：:；;，,。\d]{2,16})[:：]\s*(?P<value>[^：:；;。\s][^：:；;。]{0,39})")

HALF = 0.5  # of what is asked, at least, stands before a name
_NAMED = r"{named_as}\s?[“「《]?(?P<name>[^，。；,;：:“”「」《》（）()——]{2,20}?)[”」》]?(?=[，。；,;（(]|$)"
# `叫什么`, `哪款产品`; not `什么产业`
_NAME_ASKED = "{name_word_asked}|{product_asked}"


def names(query: Query, statement: Statement) -> list[Cut]:
    """Return the name given after `——`, `名为`, `叫` in the statement, where the question asks for one, or []."""
    if not rx(_NAME_ASKED).search(query.question):
        return []
    asked = squeeze(query.question)
    for match in rx(_NAMED).finditer(statement.text):
        found = match["name"].strip()
        before = squeeze(statement.text[max(0, match.start() - 40) : match.start()])
        (met,) = met_shares(query.terms, (before,))
        if squeeze(found) not in asked and met >= HALF:
            return [Cut(found, match.start("name"), match.end("name"), {"name": 1.0, "in_clause": in_log(met)})]
    return []


def explanation(query: Query, text: str) -> tuple[int, int] | None:
    """Return where a term that the question quotes stands with what explains it: `“甲乙”（……）`, `……（以下称“甲乙”）`,
    `所称甲乙，是指……`; where the question asks what it is made of, `甲乙包括……`; None for nowhere."""
    composed = query.kind == LIST and notion("composed_of").search(query.question)
    patterns = (_COMPOSED,) if composed else (_EXPLAINED, _CALLED) if query.kind == DEFINITION else ()
    for term in map(re.escape, query.quoted):
        for pattern in patterns:
            if found := rx(pattern.replace("TERM", term)).search(text):
                return found.span()
    return None


_EXPLAINED = r"TERM[”’」》\"]?(?:\s?[（(][^（）()]{6,}[）)]|[，,]?[就也]?(?:{definition_said}|指)[^。；;]*)"
_COMPOSED = r"TERM[”’」》\"]?主?要?{composed_of}[^。；;]*"
_CALLED = r"[^。；;]*{definition_said}[：:]?[“‘「《\"]?TERM"


_SHORTHAND = re.compile(r"[“「]((?:[一二两三四五六七八九十][\u4e00-\u9fff]){2,6})[”」]")


def members(query: Query, statement: Statement) -> list[Cut]:
    """Return what a shorthand stands for: `“一廊一园一港”——甲走廊…；乙科技园…；丙创新港…` gives the three names.

    Only where the question quotes the shorthand, and as many parts follow as it counts.
    """
    for quoted in query.quoted:
        match = _SHORTHAND.fullmatch(f"“{quoted}”")
        at = statement.text.find(quoted)
        if not match or at < 0:
            continue
        heads = quoted[1::2]
        start = at + len(quoted)
        parts = list(clauses(statement.text, start, len(statement.text), "；;。"))
        found: list[Cut] = []
        for head, (left, right) in zip(heads, parts, strict=False):
            inside = re.search(rf"[一-鿿A-Za-z0-9]{{1,14}}?{head}", statement.text[left:right])
            if inside:
                found.append(Cut(inside[0], left + inside.start(), left + inside.end(), {"members": 1.0}))
        if len(found) == len(heads):
            return found
    return []
