"""The figures and dates of a sentence with what belongs to each: its year, its subject, its words. Compares nothing.

One reading for both sides, so that an answer and its source go wrong alike or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ragpark.answer.cuts import is_row
from ragpark.read.fact_kinds import kind_of
from ragpark.read.names import inside_name, places_in
from ragpark.zh.fold import fold_with_offsets, squeeze
from ragpark.zh.numbers import Quantity, find_quantities
from ragpark.zh.times import TimeMention, find_times
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import notion, rx


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure of a sentence. `years` are those said of it in the sentence, () for none; `words` are the pairs of
    characters that say what it counts; `subject` the place or zone named last before it, "" for none.
    """

    quantity: Quantity
    qualifier: str
    years: tuple[int, ...]
    words: frozenset[str]
    subject: str
    target: bool
    change: int  # 1 a rise, -1 a fall, 0 a level
    changes: frozenset[int]  # those its clause speaks of
    relative: str = ""  # `去年`: a year that only the document's date tells


_LISTED = re.compile(r"(?:[（(][^（）()]*[）)])?[、，,和与及以\s　]+")
_END = "；;。！？!?\n"
_COMMA = "，,：:" + _END
_COMPARISON = "{comparison}$"
_EVENT = re.compile(r"[^，,；;。0-9]{0,4}[一-鿿]{2}[^，,；;。0-9]{0,12}[，,]")
_BRACKET = re.compile(r"\s*[（(]")

# Word between qualifier and figure: `约有2800家`, `近达`; and qualifiers that follow: `2800家出头`.
_APART = r"(?P<word>大约)[一-鿿]{0,3}$|(?P<other>{at_least_before}|{at_most_before}|{about_before})(?:有|为|是|达到?|至|到|共有?|占)$"
_NOT_APART = re.compile(r"[合节条制签特公契邀违附最临靠]约?$")
_AFTER = "(?P<word>{at_least_after}|{at_most_after}|{about_after}|不等)"
_FILL = r"(?:率|幅度|速度)?(?:{up_to_figure}|[:：\s])*"
_RISE = "(?<![较至])(?:{change_up}|{new}|多)" + _FILL + "$"
_FALL = "(?:{change_down}|少)" + _FILL + "$"
_RISE_AFTER = r"\s*的?(?:{rise}|{growth_up_noun})(?!到|至|为)"
_FALL_AFTER = r"\s*的?(?:{fall}|{growth_down_noun})(?!到|至|为)"

_ZONE = "(?P<name>[一-鿿]{2,6}?(?:{zone_end}|{town_end}))"
_STEM = "[一-鿿]{2,}(?:{zone_end}|{town_end}$)"
_NUMBERED = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})号{numbered_thing}"
_ONE_OF = re.compile(r"的|有?[一两三四五六七八九十几\d]+[家个所]")  # `太仓一家科技公司`: the place is meant


def claims(
    text: str, vocabulary: Vocabulary, reference: str | None = None, times: Sequence[TimeMention] | None = None
) -> list[Claim]:
    """Return the claims of one sentence in order. `times` are its mentions where the caller has them already."""
    mentions = list(find_times(text, reference)) if times is None else list(times)
    quantities = figures(text)
    shared = respectively(text, quantities, mentions)
    names = subjects(text, vocabulary)
    found: list[Claim] = []
    previous_end = 0
    for index, quantity in enumerate(quantities):
        years, item, count = shared.get(index, (None, "", 0))
        said, relative = _years_of(text, quantity, quantities, mentions)
        before = text[max(0, quantity.start - 12) : quantity.start]
        after = text[quantity.end : quantity.end + 8]
        window = _window(text, quantity, quantities, index, previous_end)
        words = pairs(item or window, vocabulary)
        if index in shared and not item and years is None and index >= count:
            words = found[index - count].words | words  # `产值50亿元，企业400家，分别增长5%和3%`
        words = words or _words_before(text, quantity, found)
        found.append(
            Claim(
                quantity,
                _qualifier(quantity, before, after),
                said if years is None else years,
                words,
                _subject(names, item, quantity, text),
                _is_target(text, quantity),
                _change(before, after),
                _changes(text, quantity),
                relative,
            )
        )
        previous_end = quantity.end
    return found


def _words_before(text: str, quantity: Quantity, found: Sequence[Claim]) -> frozenset[str]:
    """Return the words for a figure that has none of its own, from a figure before it.

    `注册资本超过1亿美元的有6家`: that in its clause; `由6.2万人增至118万人`, `148笔；2022年为115笔`: that of its unit.
    """
    if found and not re.search(r"[，,；;、：:]", text[found[-1].quantity.end : quantity.start]):
        return found[-1].words
    return next((claim.words for claim in reversed(found) if claim.quantity.unit == quantity.unit), frozenset())


def figures(text: str) -> list[Quantity]:
    """Return the quantities of a sentence without years that look like one: `比2020年多17家` has 17家 alone."""
    return [q for q in find_quantities(text) if not (q.unit == "年" and 1900 <= q.value < 2100)]


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text with the spans as ideographic spaces: offsets stay."""
    for start, end in spans:
        text = text[:start] + "　" * (end - start) + text[end:]
    return text


def _qualifier(quantity: Quantity, before: str, after: str) -> str:
    if quantity.qualifier:
        return quantity.qualifier
    apart = rx(_APART).search(before)
    if apart and (apart["word"] or not _NOT_APART.search(before[: apart.end("other")])):
        return apart["word"] or apart["other"]
    behind = rx(_AFTER).match(after)
    return behind["word"] if behind else ""


def _is_target(text: str, quantity: Quantity) -> bool:
    start = max((text.rfind(mark, 0, quantity.start) for mark in _END), default=-1) + 1
    part = text[start : quantity.start]
    if "其中" not in part and re.search(r"截至[^，]{2,10}[，,]", part):
        return False
    behind = re.match(r"[^，。；]{0,4}的?(?:目标|计划|规划|要求)", text[quantity.end : quantity.end + 10])
    return bool(behind) or kind_of(text, quantity, coming=False) == "target"


def _change(before: str, after: str) -> int:
    if notion("no_change_said").search(before[-6:]):
        return 0
    if rx(_RISE).search(before) or rx(_RISE_AFTER).match(after):
        return 1
    if rx(_FALL).search(before) or rx(_FALL_AFTER).match(after):
        return -1
    return 0


def _changes(text: str, quantity: Quantity) -> frozenset[int]:
    start = max((text.rfind(mark, 0, quantity.start) for mark in "，,；;。"), default=-1) + 1
    clause = f"{text[start : quantity.start]} {text[quantity.end : quantity.end + 8]}"
    return frozenset(
        ([1] if notion("more_said").search(clause) else []) + ([-1] if notion("less_said").search(clause) else [])
    )


def _years_of(
    text: str, quantity: Quantity, quantities: Sequence[Quantity], mentions: Sequence[TimeMention]
) -> tuple[tuple[int, ...], str]:
    """Return the years said of the figure: in brackets right after it, else the last before it, else after it in its clause.

    A year that is compared with (`较2020年的41家增加17家`) belongs to the next figure alone: 41家, not 17家.
    """
    dated = [m for m in mentions if m.years or m.kind == "relative"]
    if _BRACKET.match(text, quantity.end):
        close = re.search(r"[）)]", text[quantity.end :])
        limit = quantity.end + close.end() if close else quantity.end
        inside = [m for m in dated if quantity.end <= m.start < limit]
        if inside:
            return _said(inside[0])
    for mention in reversed([m for m in dated if m.start < quantity.start]):
        between = [q for q in quantities if mention.end <= q.start < quantity.start]
        if between and (rx(_COMPARISON).search(text[: mention.start]) or _in_brackets(text, mention)):
            continue
        if mention.kind == "date" and _EVENT.match(text[mention.end : quantity.start]):
            return (), ""  # `2016年12月通车，全长33.1公里`: that is when it opened
        return _said(mention)
    clause = re.match(r"[^，,；;。！？\n]*", text[quantity.end :])
    limit = quantity.end + (clause.end() if clause else 0)
    behind = [m for m in dated if quantity.end <= m.start < limit]
    return _said(behind[0]) if behind else ((), "")


def _said(mention: TimeMention) -> tuple[tuple[int, ...], str]:
    return mention.years, mention.text if mention.kind == "relative" and mention.origin == "" else ""


def _in_brackets(text: str, mention: TimeMention) -> bool:
    return text[: mention.start].rstrip().endswith(("（", "("))


def respectively(
    text: str, quantities: Sequence[Quantity], mentions: Sequence[TimeMention]
) -> dict[int, tuple[tuple[int, ...] | None, str, int]]:
    """Return {index of a figure: (its years or None, its item, how many are dealt)} for `甲和乙分别为1家、2家`.

    Figures are dealt to years, or to the items listed, where there are as many; `增速分别为……` goes by the list of
    the `分别` before it.
    """
    found: dict[int, tuple[tuple[int, ...] | None, str, int]] = {}
    items: list[str] = []
    begin = 0
    for word in re.finditer("分别", text):
        if word.start() < begin:
            continue
        stops = [i for i in (text.find(mark, word.end()) for mark in "；;。") if i >= 0]
        again = text.find("分别", word.end())
        stop = min([*stops, *([again] if again >= 0 else []), len(text)])
        run = [i for i, q in enumerate(quantities) if word.end() <= q.start < stop]
        run = run[: _joined(text, [quantities[i] for i in run])]
        if len(run) >= 2:
            before = text[begin : word.start()]
            years = [m.years for m in mentions if begin <= m.start < word.start() and len(m.years) == 1]
            listed = _items(before, len(run))
            items = listed or items
            for order, index in enumerate(run):
                year = years[order] if len(years) == len(run) else None
                item = items[order] if len(items) == len(run) and year is None else ""
                found[index] = (year, f"{item}，{before}" if item and not listed else item, len(run))
            begin = quantities[run[-1]].end
    return found


def _joined(text: str, run: Sequence[Quantity]) -> int:
    """Return how many figures from the first on are only listed: `50亿元和66亿元，合计116亿元` → 2."""
    for index, (left, right) in enumerate(pairwise(run), start=1):
        if left.unit != right.unit or not _LISTED.fullmatch(text, left.end, right.start):
            return index
    return len(run)


def _items(text: str, count: int) -> list[str]:
    """Return the `count` items listed last in the text, or []."""
    clause = re.split(r"[；;。]", text)[-1]
    runs = [run for run in re.split(r"[，,：:]", clause) if run]
    for run in reversed(runs):
        parts = [part for part in rx("{joined_by}").split(run) if part.strip()]
        if len(parts) == count:  # `甲、乙、丙三大产业产值`: what follows the last is said of all
            return [*parts[:-1], re.split(r"(?<=[一-鿿]{2})(?:[两三四五六七八九十][大个]|等)", parts[-1])[0]]
    return []


def _window(text: str, quantity: Quantity, quantities: Sequence[Quantity], index: int, floor: int) -> str:
    """Return the words around the figure that say what it counts: from the figure before it to the end of its clause."""
    if is_row(text):
        cells = text[: quantity.start].split("；")[:-1]
        label = "，".join(cell for cell in cells if not re.search(r"[0-9]", cell.rpartition("：")[2]))
        left = max(text.rfind("；", 0, quantity.start), 0)
        return f"{label}，{text[left : quantity.start]}"
    left = max([floor, *(text.rfind(mark, 0, quantity.start) + 1 for mark in _END)])
    if left < quantity.start and left == floor and floor:  # what follows the figure before belongs to that one
        rest = text[left : quantity.start]
        cut = re.search(r"[，,；;、]", rest)
        left += cut.end() if cut and pairs_plain(rest[cut.end() :]) else 0
    right = quantity.end
    stop = quantities[index + 1].start if index + 1 < len(quantities) else len(text)
    while right < stop and text[right] not in _COMMA + "、":
        right += 1
    return f"{text[left : quantity.start]}，{text[quantity.end : right]}"


def pairs_plain(text: str) -> frozenset[str]:
    """Return the pairs of Chinese characters of a text, words that say nothing left out."""
    line = rx("{says_nothing}").sub(" ", re.sub(r"[0-9０-９.．%％]+", " ", squeeze(text)))
    return frozenset(run[i : i + 2] for run in re.findall(r"[一-鿿]{2,}", line) for i in range(len(run) - 1))


def pairs(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the pairs of characters of a text and the names of its indicators: what two wordings have in common."""
    bare = re.sub(r"(?:19|20)\d{2}年?", " ", text)
    for quantity in reversed(find_quantities(bare)):
        bare = f"{bare[: quantity.start]} {bare[quantity.end :]}"
    for start, name in reversed(zone_spans(bare)):
        bare = f"{bare[:start]} {bare[start + len(name) :]}"
    named = {f"={item.name}" for _, _, item in vocabulary.find_indicators(squeeze(text))}
    latin = set(re.findall(r"[a-z][a-z0-9&]+", squeeze(bare)))
    return pairs_plain(bare) | named | latin


def zone_spans(text: str) -> list[tuple[int, str]]:
    """Return (offset, name) of what is named like a place or zone: `云湖高新区`, `青屿市`; not `城市`, `全区`, `地区`."""
    found: list[tuple[int, str]] = []
    for match in rx(_ZONE).finditer(text):
        name = match["name"]
        cut = [m.end() for m in rx("{not_in_zone}").finditer(name)]
        name = name[max(cut) :] if cut else name
        if rx(_STEM).match(name):
            found.append((match.end() - len(name), name))
    return found


def subjects(text: str, vocabulary: Vocabulary) -> list[tuple[int, str]]:
    """Return (offset, name) of the places and zones named in the text, in order; known ones by their full name."""
    found: list[tuple[int, str]] = []
    text = blanked(text, [(q.start, q.end) for q in figures(text)])
    for start, name in zone_spans(text):
        known = places_in(name, vocabulary)
        found.append((start, known[0] if known else name))
    found += [(match.start(), squeeze(match[0])) for match in rx(_NUMBERED).finditer(text)]
    taken = {name for _, name in found}
    squeezed, offsets = fold_with_offsets(text)
    for start, end, entity in vocabulary.find_entities(squeezed):
        inside = inside_name(squeezed, end) and not _ONE_OF.match(squeezed, end)
        if entity.name not in taken and not inside and entity.kind != "国":
            at = offsets[start]
            if not any(abs(at - other) <= 1 for other, _ in found):
                found.append((at, entity.name))
    return sorted(found)


def short(name: str) -> str:
    """Return a zone's name in its short form, folded: 经开区 for 经济技术开发区."""
    folded = squeeze(name)
    for long, brief in (("经济技术开发区", "经开区"), ("高新技术产业开发区", "高新区"), ("高新技术开发区", "高新区")):
        folded = folded.replace(long, brief)
    return folded


def _subject(names: Sequence[tuple[int, str]], item: str, quantity: Quantity, text: str) -> str:
    if item:
        inside = [name for _, name in names if name in item or name.rstrip("市县区省") in item]
        if inside:
            return inside[0]
    earlier = [name for at, name in names if at < quantity.start]
    return earlier[-1] if earlier else ""
