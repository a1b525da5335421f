"""When a document was published: `发布日期：`, a date line, `（2023年5月6日）` at the end, the file name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from ragpark.zh.fold import squeeze
from ragpark.zh.numerals import exact
from ragpark.zh.vocabulary import Vocabulary

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "O": 0}
_PLAIN = re.compile(
    r"(?<![\d.])((?:19|20)\d{2})\s*(?:年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})(?!\d))?"
    r"|(?P<sep>[-/.])\s*(\d{1,2})(?!\d)(?:\s*(?P=sep)\s*(\d{1,2})(?!\d|\.\d))?)(?!\s*[%％‰])"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR_ONLY = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_CHINESE = re.compile(
    rf"([一二][〇○零九OＯ一二三四五六七八]{{3}})\s*年\s*(?:({_NUMERAL})\s*月)?\s*(?:({_NUMERAL})\s*日)?"
)
_META_KEYS = (
    "发布日期", "发布时间", "发布于", "公布日期", "公布时间", "公开日期", "成文日期", "发文日期", "发文时间",
    "印发日期", "生成日期", "录入时间", "更新日期", "更新时间", "日期", "时间",
)  # fmt: skip
# `苏园管〔2023〕15号`: the year of a document's number
_NUMBERED = re.compile(r"[〔\[（(【]\s*((?:19|20)\d{2})\s*[〕\]）)】]\s*第?\s*\d{1,4}\s*号")
# What may stand beside the date on its line, apart from a name: `2023年5月6日 星期六 第3版`, `10:20`, `印发`.
_BESIDE = re.compile(
    r"印发|发布|發布|发表|成文|日期|时间|來源|来源|讯|出版|[总第]\s*\d+\s*[版期]|第[一二三四五六七八九十百\d]+[版期]|\d{1,2}:\d{2}(?::\d{2})?|"
    r"农历.{2,8}|(?:星期|周|週)[一二三四五六日天]|[日（）()\[\]【】〔〕\s:：|｜《》·—\-]"
)
# Before or after a date, these make it part of a sentence: `截至2023年5月6日`, `2023年5月6日起施行`.
_LEADS_IN = re.compile(r"(?:截[至止]|截到|自|于|於|在|从|從|到|至|由|当|前|以|是|为|及|和|与)$")
_GOES_ON = re.compile(
    r"^(?:[前后後起止内以的为是又至到、，—\-~和与及]|上午|下午|左右|期间)|施行|实施|执行|召开|举行|成立|揭牌|签署|生效|有效|届满|开工|启用|投产|挂牌|上市|摄于"
)
# a mark of a sentence, or a date cut in two at the end of a line: `2020年11月18` / `日启用`
_NO_DATE_LINE = re.compile(r"[，。；！？,;!?、]|月\s*(?:\d{1,2}|[一二三十]*[一二三四五六七八九十])$")
_MAX_DATE_LINE = 45
_NAME_CHARS = 16  # of an office or editor beside the date
_ENACTED = re.compile(r"^[（(]([^（）()]*?)(?:通过|公布|发布|修订|修正|印发|批准)[^（）()]{0,60}[）)]$")
_CLOSING = re.compile(r"[（(]([^（）()]{6,24})[）)][。]?$")


def chinese_number(text: str) -> int:
    """Return a Chinese numeral below 100 (`二十三` → 23, `十` → 10) or a digit string (`二〇二二` → 2022)."""
    if "十" in text:
        tens, _, units = text.partition("十")
        return (_DIGITS.get(tens[-1:], 1) if tens else 1) * 10 + (_DIGITS.get(units[:1], 0) if units else 0)
    return int("".join(str(_DIGITS[c]) for c in text))


def parse_date(text: str) -> str | None:
    """Return the first date in the text as ISO `YYYY-MM-DD` or `YYYY-MM`, or None.

    `2024-04-11 17:52` → 2024-04-11; `二〇二二年四月十五日` → 2022-04-15; `２０２３．５．６` → 2023-05-06; `2020年` and
    `2020.5%` are no dates.
    """
    text = unicodedata.normalize("NFKC", text)
    for match in _PLAIN.finditer(text):
        month, day = match[2] or match[5], match[3] or match[6]
        iso = _iso(int(match[1]), int(month), int(day) if day else None)
        if iso and (day or match["sep"] != "."):  # `2023.5` alone may be a figure
            return iso
    for match in _CHINESE.finditer(text):
        if match[2]:
            iso = _iso(
                chinese_number(match[1]), chinese_number(match[2]), chinese_number(match[3]) if match[3] else None
            )
            if iso:
                return iso
    compact = _COMPACT.search(text)
    return _iso(int(compact[1]), int(compact[2]), int(compact[3])) if compact else None


def _iso(year: int, month: int, day: int | None) -> str | None:
    if not 1900 <= year <= 2099 or not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day is not None else "")


def is_date_line(line: str) -> bool:
    """Tell whether the line is nothing but a date, with the name of an office or editor at most.

    Catches `二〇二五年三月十八日    资料汇编编辑组`, `2023年5月6日 星期六`, `苏州日报 2024-01-31 A3版`; leaves
    `截至2023年5月6日`, `2020年6月30日揭牌`, `从2022年5月到2023年5月` alone.
    """
    if len(line) > _MAX_DATE_LINE or not re.search(r"\d{4}|年", line) or re.match(r"【.*】.", line):
        return False
    line = unicodedata.normalize("NFKC", line).strip()
    if _NO_DATE_LINE.search(line):
        return False
    if not parse_date(line):
        return False
    found = list(_PLAIN.finditer(line)) or list(_CHINESE.finditer(line)) or list(_COMPACT.finditer(line))
    if len(found) != 1:
        return False
    before, after = line[: found[0].start()], line[found[0].end() :].removeprefix("日").removeprefix("月")
    if _LEADS_IN.search(before.strip()) or _GOES_ON.search(after) or re.match(r"\d", after):
        return False
    rest = re.sub(r"\d+", "", _BESIDE.sub("", before + " " + after))
    return len(rest) <= _NAME_CHARS and not (before.strip() and after.strip() and len(rest) > 8)


def publication_date(
    doc: str, meta: Mapping[str, str], paragraphs: Sequence[str], created: str | None = None
) -> str | None:
    """Return when the document was published, as ISO date (possibly only a month or a year), or None.

    Order: `发布日期：` and its like; a line that is nothing but a date among the first 15 or the last 8 paragraphs;
    `（2023年5月6日市人大常委会通过）` under the title; `（2023年5月6日）` at the very end; a date in the file name; a
    line that is just `2023年5月6日` anywhere (a signature before attachments); the year of a document number near the
    top (`苏园管〔2023〕15号`); a year in the file name; `created`, from the file's own properties. A date inside a
    sentence is none of these.
    """
    for key in _META_KEYS:
        if (value := meta.get(key)) and (date := parse_date(value)):
            return date
    for line in [*paragraphs[:15], *paragraphs[-8:]]:
        if is_date_line(line):
            return parse_date(line)
    for line in paragraphs[:6]:
        if (match := _ENACTED.match(line.strip())) and (date := parse_date(match[1])):
            return date
    if paragraphs and (match := _CLOSING.search(paragraphs[-1].strip())) and is_date_line(match[1]):
        return parse_date(match[1])
    name = unicodedata.normalize("NFKC", doc.rsplit("/", 1)[-1])
    if date := parse_date(name):
        return date
    for line in paragraphs:
        if re.fullmatch(r"\s*(?:\d{4}年\d{1,2}月\d{1,2}日|[一二][^年]{3}年.{1,3}月.{1,3}日)\s*", line) and is_date_line(
            line
        ):
            return parse_date(line)
    for line in paragraphs[:8]:
        if len(line) <= 40 and (match := _NUMBERED.search(unicodedata.normalize("NFKC", line))):
            return match[1]
    if year := _YEAR_ONLY.search(name):
        return year[1]
    return created if created and parse_date(created) else None


_ANNIVERSARY = re.compile(
    r"(?P<word>(?:开发建设|成立|设立|建立|建区|建市|建院|开园|建园|批准设立))(?P<n>\d{1,3}|[一二三四五六七八九十百]{1,4})周年"
)
_THIS_YEAR = re.compile(r"今年|正值|适逢|恰逢|迎来|站在|值此|之际|关键节点")
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_WRITTEN_YEAR = re.compile(r"(?:19|20)\d{2}\s?年|[一二][〇○零九一二]{3}年|去年|明年")


def anniversary_year(text: str, vocabulary: Vocabulary) -> tuple[int, str] | None:
    """Return the year a text was written in by an anniversary of a place, and the evidence; None where it tells none.

    `今年是某区开发建设三十周年` with `founded = 1994` in the vocabulary → 2024. The sentence must name the place, say
    that the anniversary is now, and name no other year (`2014年，正值开发建设20周年`); sentences must agree.
    """
    found: dict[int, str] = {}
    for sentence in _SENTENCE.finditer(text):
        match = _ANNIVERSARY.search(sentence[0]) if "周年" in sentence[0] else None
        if not match or not _THIS_YEAR.search(sentence[0]) or _WRITTEN_YEAR.search(sentence[0]):
            continue
        number = int(match["n"]) if match["n"].isdigit() else int(exact(match["n"]) or 0)
        named = vocabulary.find_entities(squeeze(sentence[0][: match.start()]))
        founded = [entity for _, _, entity in named if entity.founded]
        if number and founded:
            entity = founded[-1]
            evidence = f"{match[0]}（{entity.name} {entity.founded}年设立）"
            found.setdefault((entity.founded or 0) + number, evidence)
    return next(iter(found.items())) if len(found) == 1 else None
