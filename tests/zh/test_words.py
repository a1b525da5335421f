from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ragpark.config import Settings
from ragpark.zh import load_lexicon
from ragpark.zh import words as module
from ragpark.zh.wording import words_of
from ragpark.zh.words import Segmenter, grams, straddled

SENTENCE = "副市长介绍，2023年园区R&D投入占比5.16%，专精特新企业85家。"
WORDS = ["副市长", "介绍", "2023", "年", "园区", "r&d", "投入", "占比", "5.16%", "专精特新", "企业", "85", "家"]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words") / "cache"
    Segmenter(cache_dir=folder).words("园区")
    return folder


def test_words_are_folded_and_the_fields_own_words_stay_whole(prepared: Path) -> None:
    assert Segmenter(cache_dir=prepared).words(SENTENCE) == WORDS
    assert Segmenter(cache_dir=prepared).words("專精特新") == ["专精特新"]


def test_tokens_are_marked_words_then_character_grams(prepared: Path) -> None:
    tokens = Segmenter(cache_dir=prepared).tokens("园区GDP")
    assert tokens == ["w:园区", "w:gdp", "园", "区", "园区", "gdp"]


def test_grams() -> None:
    assert grams("R&D占比4.5%") == ["r&d", "占", "比", "占比", "4.5%"]
    assert grams("，。 ") == []


def test_given_words_are_kept_whole_and_change_the_fingerprint(prepared: Path) -> None:
    plain, own = Segmenter(cache_dir=prepared), Segmenter(["园易联服务"], cache_dir=prepared)
    assert "园易联服务" not in plain.words("园区发布园易联服务平台")
    assert "园易联服务" in own.words("园区发布园易联服务平台")
    assert plain.fingerprint != own.fingerprint
    assert plain.fingerprint == Segmenter(cache_dir=prepared).fingerprint


def test_what_is_prepared_is_kept_for_this_user_alone(prepared: Path) -> None:
    assert stat.S_IMODE(prepared.stat().st_mode) == 0o700
    names = sorted(path.name for path in prepared.iterdir())
    assert [name for name in names if name.startswith(".partial")] == []
    (dictionary,) = [path for path in prepared.iterdir() if path.suffix == ".txt"]
    lines = dictionary.read_text(encoding="utf-8").splitlines()
    # single characters stay however rare; words of several characters need to have been seen often enough
    assert all(len(line.split(" ")[0]) == 1 or int(line.split(" ")[1]) >= module.MIN_FREQUENCY for line in lines)


def test_a_second_start_reads_what_the_first_prepared(prepared: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in prepared.iterdir()}
    Segmenter(cache_dir=prepared).words("园区")
    assert {path.name: path.stat().st_mtime_ns for path in prepared.iterdir()} == before


def _no_folder(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("", encoding="utf-8")
    return tmp_path / "file" / "cache"


def _open_to_others(tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(0o777)
    return folder


def _a_link(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "cache").symlink_to(tmp_path / "elsewhere")
    return tmp_path / "cache"


@pytest.fixture
def small_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two words in place of jieba's hundred thousand, to be quick."""
    monkeypatch.setattr(module, "_common_words", lambda source: "园区 10\n企业 10\n".encode())


def test_in_memory_the_words_are_the_same(tmp_path: Path) -> None:
    assert Segmenter(cache_dir=_no_folder(tmp_path)).words(SENTENCE) == WORDS


@pytest.mark.usefixtures("small_dictionary")
@pytest.mark.parametrize("make", [_no_folder, _open_to_others, _a_link])
def test_without_a_folder_of_its_own_it_works_in_memory(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    assert Segmenter(cache_dir=make(tmp_path)).words("园区企业") == ["园区", "企业"]
    assert not list(tmp_path.rglob("dict-*")) and not list(tmp_path.rglob("*.cache"))


@pytest.mark.usefixtures("small_dictionary")
def test_a_folder_that_cannot_be_written_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere: say what others are told
    assert Segmenter(cache_dir=tmp_path / "cache").words("园区企业") == ["园区", "企业"]
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.usefixtures("small_dictionary")
def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: str, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "replace", full)
    assert Segmenter(cache_dir=tmp_path / "cache").words("园区企业") == ["园区", "企业"]
    assert list((tmp_path / "cache").iterdir()) == []


def test_two_processes_may_prepare_at_once(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib, ragpark.zh.words as w\n"
        "print(*w.Segmenter(cache_dir=pathlib.Path(sys.argv[1])).words(sys.argv[2]))"
    )
    command = [sys.executable, "-X", "utf8", "-c", script, str(tmp_path / "cache"), SENTENCE]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(2)]
    assert [process.communicate(timeout=60)[0].split() for process in processes] == [WORDS, WORDS]
    assert [process.returncode for process in processes] == [0, 0]
    assert len(list((tmp_path / "cache").glob("dict-*.txt"))) == 1
    assert list((tmp_path / "cache").glob(".partial*")) == []


def test_question_words_are_stopwords_and_subjects_are_not() -> None:
    assert {"多少", "哪", "的", "是"} <= words_of("stop_word")
    assert not {"园区", "企业", "占比"} & words_of("stop_word")


def test_the_lexicon_of_settings_knows_the_vocabularys_words(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text('[[synonyms]]\nwords = ["园易联服务", "企服平台"]', encoding="utf-8")
    segmenter, vocabulary = load_lexicon(Settings(vocabulary=(path,)))
    assert "企服平台" in vocabulary.same("园易联服务")
    assert segmenter.fingerprint != load_lexicon(Settings())[0].fingerprint


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("欢迎来此投资兴业", "资兴", True),  # 投资|兴业
        ("年内出资兴建码头", "资兴", True),
        ("资兴2023年新增企业", "资兴", False),
        ("比昆山市多30家", "昆山", False),  # a word that holds the name whole is no hindrance
    ],
)
def test_a_name_across_two_words_is_told(text: str, name: str, expected: bool) -> None:
    start = text.index(name)
    assert straddled(text, start, start + len(name)) is expected
