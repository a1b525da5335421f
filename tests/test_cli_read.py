"""The commands that show what was read: facts straight from files, the documents with subject and what was left out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ragpark import cli
from ragpark.config import load_settings
from ragpark.index import build_index, generations, open_index
from ragpark.records import Document, Removed
from ragpark.views import place_text, removed_locator

REPORT = "昆山市科技公报\n\n发布日期：2024-03-12\n\n2023年，昆山市有高新技术企业31家，研发投入占地区生产总值的2.4%。\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs_raw").mkdir()
    (tmp_path / "docs_raw/公报.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "docs_raw/公报.txt.meta.toml").write_text('subject = "昆山市"', encoding="utf-8")


@pytest.fixture
def built(pair_encoder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index made with a small encoder, which the command line then takes for the settings' own."""
    build_index(load_settings(), encoder=pair_encoder)
    monkeypatch.setattr("ragpark.index.open_index", lambda settings, **_: open_index(settings, encoder_id=None))


def _json(capsys: pytest.CaptureFixture[str]) -> Any:
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return json.loads(out)


def _out(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.main(list(arguments)) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("path", ["docs_raw", "docs_raw/公报.txt"])
def test_facts_of_files_need_no_index(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["facts", "--docs", path, "--json"]) == 0
    facts = _json(capsys)["facts"]
    assert {(fact["text"], fact["year"], fact["doc"]) for fact in facts} == {
        ("31家", 2023, "公报.txt"),
        ("2.4%", 2023, "公报.txt"),
    }
    assert cli.main(["facts", "--docs", path, "--json", "--indicator", "R&D占比"]) == 0
    assert [fact["text"] for fact in _json(capsys)["facts"]] == ["2.4%"]
    assert cli.main(["facts", "--docs", path, "--json", "--year", "2022"]) == 0
    assert _json(capsys) == {"facts": []}
    assert cli.main(["facts", "--docs", path, "--json", "--entity", "昆山市"]) == 0
    assert len(_json(capsys)["facts"]) == 2
    assert _out(capsys, "facts", "--docs", path, "--csv").count("公报.txt") == 2
    assert "31家" in _out(capsys, "facts", "--docs", path)
    assert "查了 2 个数值" in _out(capsys, "facts", "--docs", path, "--check")
    assert not Path("index").exists()


def test_facts_of_files_against_a_gold(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        {"document": "公报.txt", "title": ["昆山市科技公报"], "date": ["2024-03-12"], "subject": ["太仓市"]},
        {"stretch": "1", "doc": "公报.txt", "lines": [1, 5]},
        {"in": "1", "text": "31家", "indicator": ["*高新技术企业"], "entity": ["昆山市"], "year": [2023], "value": 31}
        | {"unit": ["家"], "kind": ["level"]},
    ]
    Path("gold.jsonl").write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    assert cli.main(["facts", "--docs", "docs_raw", "--gold", "gold.jsonl", "--json"]) == 0
    report = _json(capsys)
    assert report["all"]["value"] == {"found": 1, "recall": 1.0, "precision": 0.5}  # 2.4% is not in the gold
    assert {name: report["documents"][name]["share"] for name in ("title", "date", "subject")} == {
        "title": 1.0,
        "date": 1.0,
        "subject": 0.0,
    }
    shown = _out(capsys, "facts", "--docs", "docs_raw", "--gold", "gold.jsonl")
    assert "文档 1 份：标题 1.000，日期 1.000，主体 0.000" in shown
    assert "公报.txt：主体应为 “太仓市”；读成 “昆山市”" in shown
    assert "数值和单位精确率" in shown


def test_facts_take_files_or_an_index(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["facts", "--docs", "docs_raw", "--index", "index"]) == 2
    assert "只能选一个" in capsys.readouterr().err
    assert cli.main(["facts", "--docs", "没有"]) == 1
    assert "不存在" in capsys.readouterr().err
    Path("docs_raw/空.txt").touch()
    assert cli.main(["facts", "--docs", "docs_raw", "--json"]) == 0
    captured = capsys.readouterr()
    assert len(json.loads(captured.out)["facts"]) == 2 and "未能读取 空.txt" in captured.err


@pytest.mark.usefixtures("built")
def test_documents_with_their_subject_and_what_was_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["docs", "--json"]) == 0
    (row,) = _json(capsys)["documents"]
    assert row["subject"] == "昆山市"
    assert sum(item["count"] for item in row["removed"]) == 1 and "pieces" not in row
    assert cli.main(["docs", "--removed", "--json"]) == 0
    (row,) = _json(capsys)["documents"]
    (piece,) = row["pieces"]
    assert (piece["text"], piece["locator"]) == ("发布日期：2024-03-12", {"lines": [3, 3]})
    assert piece["reason"] == row["removed"][0]["reason"]
    shown = _out(capsys, "docs")
    assert "昆山市" in shown and f"公报.txt：略去 1 处（{piece['reason']} 1）" in shown
    assert "第3行：发布日期：2024-03-12" not in shown
    assert f"{piece['reason']} 第3行：发布日期：2024-03-12" in _out(capsys, "docs", "--removed")


@pytest.mark.usefixtures("built")
def test_documents_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    Path("docs_raw/新.md").write_text("# 新", encoding="utf-8")
    assert cli.main(["docs", "--doc", "*.md", "--removed", "--json"]) == 0
    assert [(row["doc"], row["pieces"]) for row in _json(capsys)["documents"]] == [("新.md", [])]  # not indexed yet
    assert "没有可列出的文件" in _out(capsys, "docs", "--doc", "x*")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"place_unit": "page"}, "第12页"),
        ({"place_unit": "paragraphs"}, "第12段"),
        ({"place_unit": "rows", "sheets": ((0, "一"), (10, "二"))}, "二 2:2"),
        ({"place_unit": "rows", "sheets": ((0, "一"), (12, "二"))}, "一 12:12"),
    ],
)
def test_the_place_of_what_was_left_out(given: dict[str, Any], words: str) -> None:
    document = Document("a", "", None, None, "", (), (), "lines", "txt", "0")
    assert place_text(removed_locator(replace(document, **given), Removed("页眉", "页眉", 12))) == words


def test_an_old_index_is_rebuilt_and_told(
    pair_encoder: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ragpark.encode.load_encoder", lambda settings: pair_encoder)
    monkeypatch.setattr(generations, "FORMAT", 4)
    assert cli.main(["index", "--json"]) == 0
    assert "旧格式" not in capsys.readouterr().err
    monkeypatch.setattr(generations, "FORMAT", 5)
    for arguments in (["ask", "昆山市高新技术企业"], ["search", "昆山市"], ["facts"], ["docs"]):
        assert cli.main(arguments) == 1
        assert "请运行 ragpark index，会自动重建" in capsys.readouterr().err
    assert cli.main(["index", "--json"]) == 0
    captured = capsys.readouterr()
    assert captured.err.startswith("索引 index 是旧格式（第 4 版，本程序用第 5 版），现在全部重建\n")
    assert json.loads(captured.out)["added"] == 1
    assert cli.main(["index"]) == 0
    assert "旧格式" not in capsys.readouterr().err
    assert cli.main(["facts", "--json"]) == 0
    assert len(_json(capsys)["facts"]) == 2
