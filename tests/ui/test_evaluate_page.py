"""The states of the evaluation page, run without a browser over the fake engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from fake_engine import FACTS, FIRMS, HOSTILE, NOTES, REPORT, RND, FakeEngine, FakeIndex
from streamlit.testing.v1 import AppTest

from ragpark.config import Settings
from ragpark.errors import IndexMissingError
from ragpark.evaluate import append_gold
from ragpark.evaluate.history import run_paths
from ragpark.records import Answer, Chunk, Hit
from ragpark.ui import services

FIRMS_CHUNK = Chunk("c1", REPORT.doc, REPORT.title, REPORT.date, FIRMS.headings, 2, FIRMS.start, FIRMS.end, FIRMS.quote)
RND_CHUNK = Chunk("c0", REPORT.doc, REPORT.title, REPORT.date, RND.headings, 1, RND.start, RND.end, RND.quote)


class Engine(FakeEngine):
    """Finds the passages of both figures, that of the firms second."""

    def __init__(self) -> None:
        super().__init__()
        self.index = FakeIndex({d.doc: d for d in (NOTES, REPORT)}, (RND_CHUNK, FIRMS_CHUNK), FACTS)

    def search(self, question: str, *, k: int = 10, year: int | None = None, doc: str | None = None) -> list[Hit]:
        return [Hit(RND_CHUNK, 0.9, 1), Hit(FIRMS_CHUNK, 0.5, 2)]


def _row(name: str, question: str, answer: str, quote: str, kind: str = "indicator") -> dict[str, object]:
    evidence = [{"doc": REPORT.doc, "quote": quote}] if quote else []
    row = {"id": name, "kind": kind, "question": question, "evidence": evidence, "answerable": bool(answer)}
    return row | {"answers": [[answer]] if answer else []}


GOLD = [
    _row("q1", "研发投入占比", "3.42%", RND.quote),
    _row("q2", f"企业有多少 {HOSTILE}", "561家", FIRMS.quote),  # the fake says 560
    _row("q3", "2019年绿地", "", "", "unanswerable"),
    _row("q4", "注入指数之外", "", "", "unanswerable"),  # the fake answers it
]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[services.Services]:
    monkeypatch.chdir(tmp_path)
    yield from _serve(monkeypatch, Engine())


def _serve(monkeypatch: pytest.MonkeyPatch, engine: object) -> Iterator[services.Services]:
    made = services.Services(Settings(), lambda settings: engine, lambda progress: None)  # type: ignore[arg-type,return-value]
    monkeypatch.setattr(services, "make_services", lambda: made)
    st.cache_resource.clear()
    yield made
    made.evaluation.wait(20)
    st.cache_resource.clear()


def _write(*rows: object, name: str = "gold.jsonl") -> None:
    Path(name).write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")


def _app() -> AppTest:
    def script() -> None:
        from ragpark.ui import evaluate_page

        evaluate_page.draw()

    return AppTest.from_function(script, default_timeout=20).run()


def _html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def _evaluate(app: AppTest, served: services.Services) -> AppTest:
    app.button(key="evaluate").click().run()
    served.evaluation.wait(20)
    return app.run()


def test_without_a_gold_set_the_page_says_how_to_get_one(served: services.Services) -> None:
    app = _app()
    assert not app.exception
    assert "还没有评测集" in _html(app)
    assert "还没有待审的题目" in _html(app)


def test_a_broken_line_is_named_and_cannot_be_run(served: services.Services) -> None:
    _write(GOLD[0], {"id": "q2"})
    app = _app()
    assert "gold.jsonl 第 2 行：缺少字段“answerable”" in _html(app)
    assert app.button(key="evaluate").disabled


def test_a_run_shows_figures_kinds_failures_and_what_should_have_been_found(served: services.Services) -> None:
    _write(*GOLD)
    app = _app()
    assert "共 4 题，其中 2 题文档里没有答案" in _html(app) and "还没有运行过" in _html(app)
    html = _html(_evaluate(app, served))
    assert not app.exception
    assert "结果：4 题中 2 题通过" in html
    # Of two answerable questions one is right; of two unanswerable ones one is refused, and nothing else is.
    values = [part.split("<")[0] for part in html.split('rp-figure-value">')[1:5]]
    assert values == ["50.0%", "50.0%", "100.0%", "50.0%"]
    assert '<th scope="row">无答案</th><td>2</td>' in html
    assert '<span class="rp-stage">答错</span>' in html and '<span class="rp-stage">该拒未拒</span>' in html
    assert "<dt>标准答案</dt><dd>561家</dd>" in html and "<dt>给出的答案</dt><dd>560家</dd>" in html
    assert "三、企业培育（检索排在第 2 位）" in html
    assert "这是第一次运行" in html
    assert "<script" not in html and "<img" not in html
    assert 'href="./?q=%E4%BC%81%E4%B8%9A' in html and 'javascript:alert(1)"' not in html


def test_failures_can_be_narrowed_to_a_stage(served: services.Services) -> None:
    _write(*GOLD)
    app = _evaluate(_app(), served)
    (stages,) = app.get("button_group")
    stages.set_value("not refused").run()
    assert '<span class="rp-stage">该拒未拒</span>' in _html(app)
    assert '<span class="rp-stage">答错</span>' not in _html(app)


def test_the_second_run_is_compared_with_the_first(served: services.Services) -> None:
    _write(*GOLD)
    app = _evaluate(_app(), served)
    (path,) = run_paths(served.settings.reports, "gold.jsonl")
    before = json.loads(path.read_text(encoding="utf-8"))
    before["results"][0] |= {"verdict": "wrong", "stage": "wrong value", "answer": "9%"}
    before["results"][1] |= {"verdict": "correct", "stage": "", "answer": "561家"}
    before["answer"]["accuracy"] = 0.25
    path.write_text(json.dumps(before), encoding="utf-8")
    html = _html(_evaluate(app, served))
    assert "变好 <strong>1</strong> 题" in html and "变差 <strong>1</strong> 题" in html
    assert "比上次高 25.0 个百分点" in html
    assert "<dt>上次</dt><dd>答错：9%</dd>" in html


def test_a_report_of_an_older_form_is_told_not_compared(served: services.Services) -> None:
    _write(*GOLD)
    app = _evaluate(_app(), served)
    run_paths(served.settings.reports, "gold.jsonl")[0].write_text("{}", encoding="utf-8")
    assert "是旧版本写的" in _html(app.run())
    assert "是旧版本写的" in _html(_evaluate(app, served)) and "结果：4 题中 2 题通过" in _html(app)


def test_results_of_another_index_or_of_an_edited_gold_set_are_marked(
    served: services.Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(*GOLD)
    app = _evaluate(_app(), served)
    assert "索引已更新" not in _html(app) and "评测集已修改" not in _html(app)
    _write(*GOLD[:3])
    engine = served.engine()
    monkeypatch.setattr(engine, "index", FakeIndex(engine.index.documents, (), (), "gen-2"))
    html = _html(app.run())
    assert "索引已更新" in html and "评测集已修改" in html


def test_no_index_offers_to_build_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Missing:
        @property
        def index(self) -> object:
            raise IndexMissingError("还没有索引")

    monkeypatch.chdir(tmp_path)
    for _ in _serve(monkeypatch, Missing()):
        app = _app()
        assert "还没有索引" in _html(app)
        assert [b for b in app.button if b.label == "建立索引"]


def test_evidence_that_is_not_in_the_documents_is_told(served: services.Services) -> None:
    _write(_row("q1", "研发投入占比", "3.42%", "文档里没有的一句话"))
    html = _html(_evaluate(_app(), served))
    assert "标准依据对不上文档" in html and "依据不在文档中" in html


def test_candidates_are_listed_and_deleted(served: services.Services) -> None:
    path = served.settings.gold_candidates
    append_gold(path, Answer("企业有多少？", "560家", False, "", (FIRMS,)), correct=True)
    append_gold(path, Answer(f"绿地 {HOSTILE}", "9亩", False, "", ()), correct=False)
    app = _app()
    html = _html(app)
    assert "共 2 题，其中 1 题要在文件里填好" in html and "<img" not in html
    assert html.index("绿地") < html.index("企业有多少？")  # the newest first
    assert "gold_candidates.jsonl 第 2 行：这道待审题还缺 answers、evidence" in html
    next(b for b in app.button if b.label == "删除").click().run()
    assert "绿地" not in _html(app) and "共 1 题，都可以直接评测" in _html(app)
    assert not app.exception
