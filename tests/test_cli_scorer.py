"""The command line on how an answer came about and on fitting the scorer, over a small index."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ragpark import cli
from ragpark.answer.scorer import CONSTANT, all_features, load_scorer
from ragpark.config import Settings
from ragpark.engine import Engine
from ragpark.errors import ScorerError
from ragpark.evaluate.fit import read_examples
from ragpark.index import build_index

TEXT = """# 碧湖园区运行情况

2022年，碧湖园区用水量为355万吨。2023年，碧湖园区用水量为342万吨。

碧湖园区商务局局长王某某介绍了安排。因为天旱少雨，碧湖园区限水。
"""
WATER = "2023年碧湖园区用水量是多少？"
KEYS = {"question", "read", "by", "passages", "candidates", "chosen", "confidence"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, encoder_class) -> Engine:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("cli")
    settings = Settings(docs=folder / "docs", index=folder / "index", reader="none")
    settings.docs.mkdir()
    (settings.docs / "运行.md").write_text(TEXT, encoding="utf-8")
    encoder = encoder_class()
    build_index(settings, encoder=encoder)
    return Engine(settings, encoder)


@pytest.fixture(autouse=True)
def _here(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ragpark.engine.Engine", lambda settings: engine)
    for name in list(os.environ):
        if name.startswith("RAGPARK_"):
            monkeypatch.delenv(name)


def _json(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def _gold(path: Path, n: int = 2) -> None:
    rows: list[Mapping[str, object]] = [
        {"question": WATER, "answers": [["342万吨"]], "evidence": [{"doc": "运行.md", "quote": "用水量为342万吨"}]},
        {"question": "碧湖园区商务局局长是谁？", "answers": [["王某某"]], "evidence": [{"doc": "运行.md"}]},
    ]
    told = [{"id": str(i), "kind": "a", "answerable": True, **row} for i, row in enumerate(rows[:n])]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in told), encoding="utf-8")


def test_an_answer_has_its_confidence_and_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", WATER, "--json"]) == 0
    answer = _json(capsys)
    assert 0.3 < answer["confidence"] <= 1.0 and answer["confidence"] == answer["score"]
    (figure,) = answer["figures"]
    assert {name: figure[name] for name in ("text", "value", "unit", "entity", "year", "kind", "n")} == {
        "text": "342万吨",
        "value": 3420000.0,
        "unit": "吨",
        "entity": "碧湖园区",
        "year": 2023,
        "kind": "level",
        "n": 1,
    }
    assert "steps" not in answer
    assert cli.main(["ask", "青石园区为什么迁址？", "--json"]) == 0
    assert _json(capsys)["figures"] == []


def test_the_steps_of_an_answer_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "碧湖园区商务局局长是谁？", "--explain", "--json"]) == 0
    answer = _json(capsys)
    (step,) = answer["steps"]
    assert (set(step), step["by"], step["chosen"]) == (KEYS, "candidates", "王某某")
    assert step["confidence"] == pytest.approx(answer["confidence"], abs=1e-3)
    assert [passage["doc"] for passage in step["passages"]][:1] == ["运行.md"]
    weighs = [weight for one in step["candidates"] for weight in one["weighs"]]
    assert weighs and all(all_features()[weight["feature"]].says == weight["says"] for weight in weighs)


def test_the_steps_of_an_answer_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "碧湖园区商务局局长是谁？", "--explain"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("王某某")
    assert (
        out.index("依据") < out.index("第 1 步 碧湖园区商务局局长是谁？") < out.index("理解：") < out.index("段落 1（")
    )
    assert "从检索到的句子中选出：王某某（" in out
    assert all_features()["person"].says + "（person = 1.0）" in out
    assert cli.main(["ask", WATER, "--explain"]) == 0
    assert "索引中的数值直接给出：342万吨（" in capsys.readouterr().out


def test_each_part_of_a_question_is_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", f"{WATER[:-1]}，商务局局长是谁？", "--explain", "--json"]) == 0
    assert [step["chosen"] for step in _json(capsys)["steps"]] == ["342万吨", "王某某"]


def test_the_candidates_of_a_gold_set_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _gold(tmp_path / "题.jsonl")
    assert cli.main(["evaluate", "题.jsonl", "--examples", "候选.jsonl"]) == 0
    captured = capsys.readouterr()
    found = read_examples(tmp_path / "候选.jsonl")
    assert captured.err.endswith(f"2 道题的 {len(found)} 个候选已写进 候选.jsonl\n") and captured.out == ""
    assert {one.question for one in found} == {"题:0", "题:1"}
    assert [dict(one.features) for one in found if one.question == "题:0"] == [{"settled": 1.0}]
    assert any(one.right and not one.whole for one in found if one.question == "题:1")
    assert not (tmp_path / "scorer.json").exists()


def test_a_fit_of_too_few_questions_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _gold(tmp_path / "题.jsonl")
    assert cli.main(["evaluate", "题.jsonl", "--examples", "候选.jsonl"]) == 0
    capsys.readouterr()
    assert cli.main(["evaluate", "题.jsonl", "--fit", "候选.jsonl", "--scorer", "g.json"]) == 1
    captured = capsys.readouterr()
    assert captured.err == "错误：拟合评分模型需要更多题目：答对的和答错的候选各至少来自 10 道题\n"
    assert captured.out == "" and not (tmp_path / "g.json").exists()


def test_a_fit_writes_a_model_that_can_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _gold(tmp_path / "题.jsonl", 1)
    made = {"set": "甲", "answerable": True, "whole": True, "figure": False}
    rows = [
        {**made, "question": f"甲:{i}", "look": f"甲:{i}", "right": i % 2 == 0, "features": {"words": -2.0 * (i % 2)}}
        for i in range(30)
    ]
    (tmp_path / "甲.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert cli.main(["evaluate", "题.jsonl", "--fit", "甲.jsonl", "--scorer", "g.json", "--json"]) == 0
    summary = _json(capsys)
    assert (summary["questions"], summary["candidates"], summary["scorer"]) == (31, 31, "g.json")
    assert summary["auc"] > 0.9
    assert set(load_scorer(tmp_path / "g.json").weights) == {"words", "settled", CONSTANT}
    assert json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))["sets"] == {"题": 1, "甲": 30}
    assert cli.main(["evaluate", "题.jsonl", "--fit", "甲.jsonl", "--scorer", "g.json"]) == 0
    assert 'scorer = "g.json"' in capsys.readouterr().err


def test_a_file_that_holds_no_examples_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _gold(tmp_path / "题.jsonl")
    assert cli.main(["evaluate", "题.jsonl", "--fit", "题.jsonl"]) == 1
    captured = capsys.readouterr()
    assert "题.jsonl 不是 --examples 写出的文件" in captured.err
    assert captured.err.count("\n") == 1


def test_a_scorer_of_the_settings_that_is_missing_is_named(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ragpark.engine.Engine", Engine)
    monkeypatch.setattr("ragpark.encode.load_encoder", lambda settings: engine.encoder)
    (tmp_path / "ragpark.toml").write_text('[answer]\nscorer = "没有.json"\n', encoding="utf-8")
    assert cli.main(["ask", WATER, "--index", str(engine.settings.index)]) == 1
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert captured.err.startswith("错误：评分模型 没有.json 读不出来（")
    with pytest.raises(ScorerError, match=r"没有\.json"):
        Engine(Settings(scorer="没有.json"), engine.encoder)


def test_a_scorer_of_the_settings_is_used(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    path.write_text(json.dumps({"weights": {"settled": 1.0, CONSTANT: -1.0}}), encoding="utf-8")
    chosen = Engine(replace(engine.settings, scorer=str(path)), engine.encoder)
    assert chosen.ask(WATER).score == 0.5  # 1 − 1 = 0
