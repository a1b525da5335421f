"""Cutting the answer out of a statement: the date, name or list asked for, or the best few clauses. Figures: figures.py."""

from __future__ import annotations

import re

from ragpark.answer.cuts import Cut, segments
from ragpark.answer.score import term_in
from ragpark.read.context import Statement
from ragpark.read.sentences import clauses
from ragpark.retrieve.query import Query
from ragpark.zh.fold import squeeze
from ragpark.zh.quantity import NARROW
from ragpark.zh.surnames import SURNAMES
from ragpark.zh.times import find_clocks, find_dates
from ragpark.zh.wording import rx


def date(query: Query, statement: Statement) -> Cut | None:
    """Return the date, year or time of day in the statement that stands nearest to what is asked about, or None."""
    text = statement.text
    terms = [term for term in query.terms if not term.place] or list(query.terms)
    weight = sum(term.weight for term in terms) or 1.0
    day = bool(re.search(r"哪一?[天日]|几[号日月]|何日|日期", query.question))
    year = bool(re.search(r"哪一?年|何年|几几年|年份", query.question))
    measured = [squeeze(match[0]) for match in _MEASURED.finditer(query.question)]
    issue = re.search(r"(?:19|20)\d\d年度", query.question)
    best: Cut | None = None
    for start, end in whens(query, text):
        start, end = _whole_date(text, start, end)
        shown = text[start:end]
        near, _ = segments(text, start, end)
        following = next((c for c in clauses(text, near[1], len(text))[:1]), near)
        close, after = squeeze(text[near[0] : near[1]]), squeeze(text[following[0] : following[1]])
        score = 0.0
        for term in terms:
            score += term.weight * max(term_in(term, close), 0.8 * term_in(term, after))
        score = 0.8 * score / weight
        if any(figure in close for figure in measured):
            score += 0.5  # `哪一年超过2万亿元`: the year of the clause that has it
        if issue and (named := re.search(r"(?:19|20)\d\d年度", text[near[0] : near[1]])):
            score += 0.2 if named[0] == issue[0] else -0.4
        if (day and "日" in shown) or (year and "年" in shown):
            score += 0.15
        if day and "月" not in shown:
            score -= 0.3
        score += _event_fit(query.question, close + after)
        if shown.rstrip("年") in query.question.replace(" ", ""):
            score -= 0.6
        cut = Cut(shown.translate(NARROW), start, end, score)
        if best is None or score > best.score:
            best = cut
    return best


def _event_fit(question: str, clause: str) -> float:
    """Return what is added where the clause says just what is asked of the subject, and taken off where it tells of
    another thing: `某园区何时设立` is answered by `某园区设立`, not by `某园区设立招商中心`, nor by `某公司子公司上市`.
    """
    core = rx("[是在于]?{ask_when}|[?？]").sub("", squeeze(question)).strip("的了是在于")
    verb = core[-2:]
    told = re.search(rf"{re.escape(verb)}(?P<object>[一-鿿]{{2,}})?", clause)
    if told is None or len(core) < 4:
        return 0.0
    other = told["object"] and not rx("{function_word}").match(told["object"])
    return -0.3 if other else 0.15 if core in clause else 0.0


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
_DATE_BEGINS = re.compile(r"[一-鿿]{2,5}年[（(]$")


def _whole_date(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span with what belongs to it: `正德六年（1511年）`, `2009年9月27日-10月9日`, `1227年前后`."""
    before = _DATE_BEGINS.search(text[:start])
    if before and text[end : end + 1] in ("）", ")"):
        start, end = before.start(), end + 1
    found = rx(_DATE_GOES_ON).match(text, end)
    return start, found.end() if found else end


def cell(query: Query, statement: Statement) -> Cut | None:
    """Return the words of the table cell whose row and column the question names, or None where that is not just one.

    `某药业的法定代表人` is answered by `法定代表人；…；某药业：周某` as by `企业：某药业；法定代表人：周某`.
    """
    asked, text = squeeze(query.question), statement.text
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
        return None
    start, end = found[0]
    return Cut(text[start:end], start, end, 1.0, placed=True)


_TITLES = "{office}|{person_title}"
_AFTER_NAME = r"(?=[介说表指强认透宣出发率围主带在为是担任给谈称讲报向对与和等参致作做到陪会调答回提解举一就从把将还则也同（(，,。、；;：:）)\s]|$)"


def office_asked(query: Query) -> bool:
    """Tell whether the question asks who holds an office (`局长是谁`)."""
    return bool(rx(_TITLES).search(query.question))


def person(query: Query, statement: Statement) -> Cut | None:
    """Return the name that follows the office asked about: `商务局局长孙某某介绍` for `商务局局长是谁`, or None."""
    asked = rx(_TITLES).search(query.question)
    if not asked:
        return None
    title = asked[0]
    pattern = rf"(?<!副){re.escape(title)}(?:[、，][一-鿿]{{2,8}}长|[、，][一-鿿]{{0,6}}(?:主任|书记))?\s?[:：]?\s?(?P<name>[{SURNAMES}][一-鿿]{{1,2}}?){_AFTER_NAME}"
    found = list(re.finditer(pattern, statement.text))
    if not found:
        return None
    before = query.question[: asked.start()]
    words = [term for term in query.terms if term.word in squeeze(before) and not term.place]

    def met(match: re.Match[str]) -> float:
        context = squeeze(statement.text[max(0, match.start() - 30) : match.start("name")])
        return sum(term.weight * term_in(term, context) for term in words)

    best = max(found, key=lambda m: (met(m), -m.start()))
    whole = sum(term.weight for term in words)
    share = met(best) / whole if whole else 1.0
    if share < 0.5:
        return None  # the same office elsewhere: 科技局局长 does not answer for 商务局局长
    return Cut(best["name"], best.start("name"), best.end("name"), 0.5 + 0.5 * share)


_NAMED = r"{named_as}\s?[“「《]?(?P<name>[^，。；,;：:“”「」《》（）()——]{2,20}?)[”」》]?(?=[，。；,;（(]|$)"
# `叫什么`, `哪款产品`; not `什么产业`
_NAME_ASKED = "{name_word_asked}|{product_asked}"


def name(query: Query, statement: Statement) -> Cut | None:
    """Return the name given after `——`, `名为`, `叫` in the statement, where the question asks for one, or None."""
    if not rx(_NAME_ASKED).search(query.question):
        return None
    asked = squeeze(query.question)
    for match in rx(_NAMED).finditer(statement.text):
        found = match["name"].strip()
        if squeeze(found) in asked:
            continue
        before = squeeze(statement.text[max(0, match.start() - 40) : match.start()])
        met = sum(t.weight * term_in(t, before) for t in query.terms) / (sum(t.weight for t in query.terms) or 1.0)
        if met >= 0.5:
            return Cut(found, match.start("name"), match.end("name"), met)
    return None


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
                found.append(Cut(inside[0], left + inside.start(), left + inside.end(), 0.9))
        if len(found) == len(heads):
            return found
    return []


def window(
    query: Query, group: list[tuple[Statement, float]], chosen: int, limit: int, keep: float
) -> tuple[str, list[int]]:
    """Return the text to show, at most `limit` characters, and which statements of the group it is made of.

    Takes the chosen statement, and neighbours scoring at least `keep` of it while they fit; of a statement that
    is too long, the clauses that hold most of the query's terms.
    """
    text = group[chosen][0].text
    if len(text) > limit:
        return _best_clauses(query, text, limit), [chosen]
    low = high = chosen
    best = group[chosen][1]
    while True:
        options = []
        for index in (low - 1, high + 1):
            if 0 <= index < len(group) and not group[index][0].heading:
                size = sum(len(group[i][0].text) for i in range(min(low, index), max(high, index) + 1))
                if size <= limit and group[index][1] >= keep * best:
                    options.append((group[index][1], index))
        if not options:
            break
        _, index = max(options)
        low, high = min(low, index), max(high, index)
    return "".join(group[i][0].text for i in range(low, high + 1)), list(range(low, high + 1))


def shortened(text: str, limit: int) -> str:
    """Return the text, or as many of its first clauses as fit into `limit` characters, with `……` after them."""
    if len(text) <= limit:
        return text
    ends = [end for _, end in clauses(text, 0, len(text)) if end <= limit - 2]
    return (text[: ends[-1]] if ends else text[: limit - 2]) + "……"


def _best_clauses(query: Query, text: str, limit: int) -> str:
    spans = clauses(text, 0, len(text))
    spans = [s for span in spans for s in _cut_long(span, limit)]
    best, shown = -1.0, text[:limit]
    squeezed = [squeeze(text[a:b]) for a, b in spans]
    for first in range(len(spans)):
        for last in range(first, len(spans)):
            if spans[last][1] - spans[first][0] > limit:
                break
            inside = "".join(squeezed[first : last + 1])
            met = sum(term.weight * term_in(term, inside) for term in query.terms)
            if met > best + 1e-9 or (met > best - 1e-9 and spans[last][1] - spans[first][0] > len(shown)):
                best, shown = max(met, best), text[spans[first][0] : spans[last][1]]
    return shown


def _cut_long(span: tuple[int, int], limit: int) -> list[tuple[int, int]]:
    start, end = span
    return [(at, min(at + limit, end)) for at in range(start, end, limit)]
