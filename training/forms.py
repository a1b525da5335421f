"""Made-up documents of this field with questions over them: label lines, support articles, rules, events, figures.

What a document says is drawn, so that what it does not say is known. The words are data (`forms.toml`); no name,
number or address in them is real. Tables and reports are `form_figures.py`'s.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from drafts import Draft, Words
from form_figures import FigureForms
from questions import Question

ABSENT = 0.3  # share of the questions over a made-up document that ask for what it does not say
_ASKS = re.compile("什么|多少|几|谁|哪|何|怎|吗")
_NUMERALS = "一二三四五六七八九十"


class Forms:
    """Draws documents from the words of a file."""

    def __init__(self, path: Path, rnd: random.Random) -> None:
        self._words = Words(path, rnd)
        self._rnd = rnd
        self._figures = FigureForms(self._words)

    def questions(self, n_documents: int) -> Iterator[Question]:
        """Yield one to three questions over each of `n_documents` made-up documents, kinds in turn."""
        table, report = self._figures.table, self._figures.report
        makers: list[Callable[[], Draft]] = [self.labels, table, report, report, self.support, self.rules, self.event]
        for number in range(n_documents):
            draft = makers[number % len(makers)]()
            source = f"form{number:05}"
            n_asked = self._rnd.choice((1, 2, 2, 3))
            for kind, question, start, end in self._rnd.sample(draft.held, min(n_asked, len(draft.held))):
                yield Question(kind, source, self._marked(question), draft.text, start, end)
            if draft.absent and self._rnd.random() < ABSENT * n_asked / (1 - ABSENT):
                kind, question = self._rnd.choice(draft.absent)
                yield Question(f"{kind}/absent", source, self._marked(question), draft.text)

    def _marked(self, question: str) -> str:
        return question + ("？" if self._rnd.random() < (0.6 if _ASKS.search(question) else 0.1) else "")

    def labels(self) -> Draft:
        """A block of `label：value` lines, sometimes with prose above."""
        rnd, draft, words = self._rnd, Draft(), self._words
        topic = words.topic()
        if rnd.random() < 0.7:
            draft.add(words.one_of((topic, topic + "（{2018-2024}-{10-12}-{10-28}）")) + "\n")
        if rnd.random() < 0.5:
            draft.add(f"{words.sentence()}{words.sentence()}\n")
        entries = rnd.sample(words.data["label"], rnd.randint(4, 10))
        shown = entries[: rnd.randint(3, len(entries) - 1)]
        mark = rnd.choice(("：", "：", "：", ":", "： "))
        join = rnd.choice(("\n", "\n", "\n", "　", "；", " "))
        used = set()
        for entry in shown:
            name, value = rnd.choice(entry["name"]), self.value(entry["value"])
            line = f"{name}{mark}{value}"
            if value in draft.text or line.count(value) > 1:
                continue
            used.add(entry["value"])
            draft.add(line, "label", self._asked(entry, name, topic), value)
            draft.add(join)
        for entry in entries[len(shown) :]:
            if entry["value"] not in used:
                draft.absent.append(("label", self._asked(entry, rnd.choice(entry["name"]), topic)))
        if rnd.random() < 0.4:
            draft.add(("" if join == "\n" else "\n") + words.sentence())
        draft.text = draft.text.rstrip()
        return draft

    def _asked(self, entry: dict[str, Any], name: str, topic: str) -> str:
        about = topic if self._rnd.random() < 0.5 else ""
        return self._words.ask(entry["ask"], N=name, T=about, V=name[:2])

    def value(self, kind: str) -> str:
        """Return a value of a label line."""
        rnd = self._rnd
        year, month, day = rnd.randint(2018, 2025), rnd.randint(1, 12), rnd.randint(1, 28)
        given: dict[str, object] = {"Y": year, "M": month, "D": day, "N": month % 12 + 1, "E": min(day + 9, 30)}
        return self._words.one_of(self._words.data["value"][kind], **given)

    def support(self) -> Draft:
        """Articles of a support policy: several recipients with their amounts."""
        rnd, draft, words, said = self._rnd, Draft(), self._words, self._words.data["support"]
        draft.add(rnd.choice((words.topic() + "\n", "", "二、支持措施\n")))
        recipients = rnd.sample(said["who"], rnd.randint(4, 7))
        for number, who in enumerate(recipients[:-2]):
            kind, rate = rnd.choice(said["kind"]), f"{rnd.randint(1, 10) * 5}%"
            money = words.one_of(said["money"])
            numeral = _NUMERALS[number]
            lead = rnd.choice((f"第{numeral}条 ", f"（{numeral}）", f"{number + 1}．", ""))
            bound, once = rnd.choice(said["bounds"]), rnd.choice(said["once"])
            text = words.ask(said["give"], W=who, B=bound, M=money, O=once, K=kind, R=rate)
            asked = words.ask(said["ask"], W=who, K=kind)
            printed = next((f"{w}{money}" for w in ("不超过", "最高") if f"{w}{money}" in text), money)
            if text.count(printed) > 1 or printed in draft.text:
                continue
            start = len(draft.text) + len(lead)
            draft.add(lead + text, "support", asked, printed)
            if rate in text:
                at = start + text.index(rate)
                asked = words.ask(said["ask_rate"], W=who, K=kind)
                draft.held.append(("support rate", asked, at, at + len(rate)))
            draft.add(rnd.choice(("\n", "", "\n")))
        for who in recipients[-2:]:
            draft.absent.append(("support", words.ask(said["ask"], W=who, K=rnd.choice(said["kind"]))))
        draft.text = draft.text.rstrip()
        return draft

    def rules(self) -> Draft:
        """Sentences of a regulation, each about one matter; the same forms asked of another matter have no answer."""
        rnd, draft, words = self._rnd, Draft(), self._words
        fill = words.data["fill"]
        if rnd.random() < 0.6:
            draft.add(words.topic() + "\n")
        matters = rnd.sample(fill["X"], 3)
        entries = rnd.sample(words.data["rule"], rnd.randint(4, 6))
        for number, entry in enumerate(entries):
            matter = matters[0] if rnd.random() < 0.6 else matters[1]
            low = rnd.randint(1, 9)
            given: dict[str, object] = {"X": matter, "D": words.draw("department")}
            given["n"] = rnd.choice("一二三五十") if rnd.random() < 0.2 else rnd.randint(1, 60)
            given |= {"m": low, "k": low + rnd.randint(1, 30), "q": words.fill("{1-12}月{1-28}日")}
            given |= {key: rnd.choice(fill[key]) for key in "LCEY"}
            text, answer = marked_answer(words.ask(entry["text"], **given))
            if text.count(answer) > 1:
                continue
            lead = f"第{_NUMERALS[number]}条 " if rnd.random() < 0.5 else ""
            draft.add(lead + text, "rule", words.ask(entry["ask"], X=matter), answer)
            draft.add(rnd.choice(("\n", "", words.sentence())))
            draft.absent.append(("rule", words.ask(entry["ask"], X=matters[2])))
        for entry in words.data["rule"]:
            if entry not in entries:
                draft.absent.append(("rule", words.ask(entry["ask"], X=matters[0])))
        draft.text = draft.text.rstrip()
        return draft

    def event(self) -> Draft:
        """A short report of an event: when, where, by whom, who spoke, how many came, what was signed."""
        rnd, draft, words, said = self._rnd, Draft(), self._words, self._words.data["event"]
        place, month, day = words.draw("place"), rnd.randint(1, 12), rnd.randint(1, 28)
        name = words.one_of(said["names"]) + words.draw("subjects") + words.draw("events")
        verb = rnd.choice(said["verbs"])
        if rnd.random() < 0.4:
            draft.add(words.fill("{subjects}再添新平台（{2019-2025}-{M:02}-{D:02}）\n", M=month, D=day))
        if rnd.random() < 0.6:
            draft.add(words.sentence())
        hall = place + words.draw("schools")
        when = words.one_of(said["days"], M=month, D=day, E=min(day + 2, 30))
        has_place, has_host = rnd.random() < 0.75, rnd.random() < 0.75
        ask_when = words.ask(said["ask_when"], A=name, V=verb)
        draft.add(f"{when}，", "event when", ask_when, when)
        if has_host:
            host = words.draw("department")
            host += rnd.choice(("、", "和")) + words.draw("department") if rnd.random() < 0.3 else ""
            draft.add(f"由{host}主办的", "event host", words.ask(said["ask_host"], A=name), host)
        else:
            draft.absent.append(("event host", words.ask(said["ask_host"], A=name)))
        draft.add(name)
        ask_where = words.ask(said["ask_where"], A=name, V=verb)
        if has_place:
            draft.add(f"在{hall}{verb}。", "event where", ask_where, hall)
        else:
            draft.add(f"正式{verb}。")
            draft.absent.append(("event where", ask_where))
        office, person = words.draw("department") + rnd.choice(said["offices"]), words.draw("person")
        ask_who = words.ask(said["ask_who"], O=office)
        if rnd.random() < 0.7:
            draft.add(f"{office}{person}{rnd.choice(said['spoke'])}。", "event who", ask_who, person)
        draft.absent.append(("event who", words.draw("department") + rnd.choice(("局长", "主任", "书记")) + "是谁"))
        for figure in said["figure"]:
            if rnd.random() < figure["share"]:
                bound = rnd.choice(said["bounds"])
                text, answer = marked_answer(words.fill(figure["text"], B=bound, V=rnd.randint(11, 900)))
                draft.add(text, "event figure", words.ask(figure["ask"], A=name), answer)
            else:
                draft.absent.append(("event figure", words.ask(figure["ask"], A=name)))
        if rnd.random() < 0.5:
            draft.add(words.sentence())
        return draft


def marked_answer(text: str) -> tuple[str, str]:
    """Return a text without its marks `⟦ ⟧`, and what stood between them."""
    answer = text[text.index("⟦") + 1 : text.index("⟧")]
    return text.replace("⟦", "").replace("⟧", ""), answer
