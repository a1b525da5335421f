"""Made-up tables and statistical reports with questions over them.

Each level, rate, part, share, rank and target is there or not by chance, so what may not answer for what is known: a
target for an actual, a part for its total, a rate for a level, one year or place for another.
"""

from __future__ import annotations

import re

from drafts import Draft, Words

HIGHEST = {
    "亿元": 9000,
    "家": 3000,
    "个": 400,
    "件": 40000,
    "所": 300,
    "公里": 9000,
}  # of figures drawn, by unit; else 800
COUNTED = "家个件所"  # units of whole numbers
SHARES = {"level": 0.8, "rate": 0.6, "part": 0.5, "target": 0.35, "share": 0.25, "rank": 0.2}  # of sentences with one


class FigureForms:
    """Draws tables and reports."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._rnd = words.rnd
        self._said = words.data["report"]

    def table(self) -> Draft:
        """Rows of a table as reading prints them: `指标：常住人口（万人）；2022年：10；2023年：12`."""
        rnd, draft = self._rnd, Draft()
        place, last = self._words.draw("place"), rnd.randint(2015, 2024)
        years = range(last - rnd.randint(2, 4) + 1, last + 1)
        draft.add(self._words.one_of(self._said["captions"], place=place) + "\n")
        *chosen, gone = rnd.sample(self._words.data["indicator"], rnd.randint(4, 7))
        named = rnd.choice((True, True, False))
        if not named:
            draft.add("指标 单位 " + " ".join(f"{year}年" for year in years) + "\n")
        for indicator in chosen:
            name, unit = indicator["name"], indicator["unit"]
            draft.add(f"指标：{name}（{unit}）" if named else f"{name} {unit}")
            values = [f"{self._figure(unit):g}" for _ in years]
            for year, value in zip(years, values, strict=True):
                draft.add(f"；{year}年：" if named else " ")
                draft.add(value, "table", self.asked(self.subject(place, f"{year}年"), name, unit), value)
            draft.add("\n")
            other = rnd.choice((years[0] - 1, years[-1] + 1, years[-1] + 2))
            draft.absent.append(("table", self.asked(self.subject(place, f"{other}年"), name, unit)))
        subject = self.subject(place, f"{rnd.choice(years)}年")
        draft.absent.append(("table", self.asked(subject, gone["name"], gone["unit"])))
        draft.text = draft.text.rstrip()
        return draft

    def report(self) -> Draft:
        """Sentences of a statistical report."""
        rnd, draft = self._rnd, Draft()
        place, year = self._words.draw("place"), rnd.randint(2016, 2024)
        period = self._words.one_of(self._said["periods"])
        when = f"{year}年{period}"
        own = rnd.choice((place, place, "全" + place[-1] if place[-1] in "市县区省镇" else "园区"))
        if rnd.random() < 0.6 or own != place:
            draft.add(f"{place}{year}年{rnd.choice(self._said['titles'])}\n")
        *chosen, gone = rnd.sample(self._words.data["indicator"], rnd.randint(3, 6))
        for number, indicator in enumerate(chosen):
            draft.add(f"{when}，{own}" if number == 0 else rnd.choice((own, "", "", "" if period else "全年")))
            _ReportSentence(self._words, self, draft, indicator, place, year, when).write()
            if period:
                asked = self.asked(f"{place}{year}年全年", indicator["name"], indicator["unit"])
                draft.absent.append(("report period", asked))
        asked = self.asked(self.subject(place, when), gone["name"], gone["unit"])
        draft.absent.append(("report indicator", asked))
        draft.absent = [  # a later sentence may have named the year
            (kind, question)
            for kind, question in draft.absent
            if kind != "report year" or re.findall(r"20\d\d", question)[0] not in draft.text
        ]
        draft.text = draft.text.rstrip("；") + ("" if draft.text.endswith("。") else "。")
        return draft

    def _figure(self, unit: str) -> float:
        high = HIGHEST.get(unit, 800)
        value = self._rnd.uniform(high / 200, high)
        return float(int(value)) + 3 if unit in COUNTED else round(value, self._rnd.choice((1, 2)))

    def printed(self, unit: str, part: bool = False) -> str:
        """Return a figure as a report prints it: `近2800家`; that of a part is smaller where it is measured."""
        value = self._figure(unit) / 3 if part and unit not in COUNTED else self._figure(unit)
        bound = self._rnd.choice(self._said["bounds"])
        more = "余" if not bound and value % 10 == 0 and unit in COUNTED[:3] else ""
        return re.sub(r"(\d+\.\d{2})\d+", r"\1", f"{bound}{value:g}{more}{unit}")

    def subject(self, place: str, time: str) -> str:
        parts = [self._rnd.choice((place, place, "")), time]
        self._rnd.shuffle(parts)
        return "".join(parts)

    def asked(self, subject: str, name: str, unit: str) -> str:
        wordings = self._said["ask"] + (self._said["ask_count"] if unit in COUNTED else [])
        return self._words.ask(wordings, P=subject, I=name, U=unit)


class _ReportSentence:
    """One sentence of a report about one indicator, with the questions it answers and those it does not."""

    def __init__(
        self,
        words: Words,
        forms: FigureForms,
        draft: Draft,
        indicator: dict[str, str],
        place: str,
        year: int,
        when: str,
    ) -> None:
        self._words, self._forms, self._draft = words, forms, draft
        self._indicator, self._place, self._year, self._when = indicator, place, year, when
        self._name, self._unit = indicator["name"], indicator["unit"]
        self._said = words.data["report"]

    def write(self) -> None:
        rnd = self._words.rnd
        has = {what: rnd.random() < share for what, share in SHARES.items()}
        self._level(has["level"] or not has["rate"], has["rate"])
        if has["rank"]:
            rank = self._words.one_of(self._said["ranks"])
            asked = self._asked("ask_rank")
            self._draft.add(f"，总量居{rnd.choice(self._said['ranked'])}{rank}", "report rank", asked, rank)
        if has["share"]:
            percent = f"{rnd.uniform(2, 90):.1f}%"
            base = rnd.choice(self._said["whole"])
            asked = self._asked("ask_share", B=base)
            link = "的" if rnd.random() < 0.5 else "比重" + rnd.choice(("达", "为", ""))
            self._draft.add(f"，占{base}{link}{percent}", "report share", asked, percent)
        if has["part"]:
            self._parts()
        self._target(has["target"])
        self._draft.add("。" if rnd.random() < 0.8 else "；")
        others = [y for y in range(self._year - 5, self._year + 8) if str(y) not in self._draft.text]
        other = rnd.choice([y for y in others if y != self._year - 1])
        asked = self._forms.asked(self._forms.subject(self._place, f"{other}年"), self._name, self._unit)
        self._draft.absent.append(("report year", asked))
        stranger = rnd.choice([place for place in self._words.places if place != self._place])
        asked = self._forms.asked(stranger + self._when, self._name, self._unit)
        self._draft.absent.append(("report place", asked))

    def _level(self, level: bool, rate: bool) -> None:
        rnd, name = self._words.rnd, self._name
        percent = f"{rnd.uniform(0.5, 30):.1f}%"
        way = "up" if rnd.random() < 0.8 else "down"
        verb = rnd.choice(self._said[way])
        ask_rate = self._asked(f"ask_{way}")
        if not level:
            self._draft.add(f"{name}{verb}{percent}", "report growth", ask_rate, percent)
            self._draft.absent.append(("report level", self._ask_level(name)))
            return
        value = self._forms.printed(self._unit)
        link = rnd.choice(self._said["links"])
        self._draft.add(f"{name}{link}{value}", "report level", self._ask_level(name), value)
        if rate:
            self._draft.add(f"，{verb}{percent}", "report growth", ask_rate, percent)
        else:
            self._draft.absent.append(("report growth", ask_rate))

    def _parts(self) -> None:
        rnd, draft = self._words.rnd, self._draft
        parts = rnd.sample(self._indicator["parts"], len(self._indicator["parts"]))
        draft.add("；" if rnd.random() < 0.2 else "。" if rnd.random() < 0.1 else "，")
        shown = parts[: rnd.randint(1, len(parts))]
        draft.add("其中" + rnd.choice(("", "，")))
        for i, part in enumerate(shown):
            value = self._forms.printed(self._unit, part=True)
            text = ("，" if i else "") + f"{part}{rnd.choice(('', '达', '为'))}{value}"
            draft.add(text, "report part", self._ask_level(part), value)
        for part in parts[len(shown) :]:
            draft.absent.append(("report part", self._ask_level(part)))

    def _target(self, given: bool) -> None:
        rnd = self._words.rnd
        aim = self._year + rnd.randint(1, 6)
        asked = self._words.ask(self._said["ask_target"], P=self._forms.subject(self._place, f"{aim}年"), I=self._name)
        if not given:
            self._draft.absent.append(("report target", asked))
            return
        value = self._forms.printed(self._unit)
        lead = rnd.choice(("。", "；")) + rnd.choice(self._said["toward"])
        text = f"{lead}{aim}年，{rnd.choice((self._name, ''))}{rnd.choice(self._said['aims'])}{value}"
        self._draft.add(text, "report target", asked, value)
        subject = self._forms.subject(self._place, f"{aim}年")
        self._draft.absent.append(("report actual", self._words.ask(self._said["ask_actual"], P=subject, I=self._name)))

    def _ask_level(self, name: str) -> str:
        return self._forms.asked(self._forms.subject(self._place, self._when), name, self._unit)

    def _asked(self, wordings: str, **given: str) -> str:
        subject = self._forms.subject(self._place, self._when)
        return self._words.ask(self._said[wordings], P=subject, I=self._name, **given)
