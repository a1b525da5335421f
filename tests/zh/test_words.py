from __future__ import annotations

import io
from pathlib import Path

import jieba
import pytest

from ragpark.config import Settings
from ragpark.zh import load_lexicon
from ragpark.zh import words as module
from ragpark.zh.wording import words_of
from ragpark.zh.words import Segmenter, grams, straddled

SENTENCE = "副市长介绍，2023年园区R&D投入占比5.16%，专精特新企业85家。"
WORDS = ["副市长", "介绍", "2023", "年", "园区", "r&d", "投入", "占比", "5.16%", "专精特新", "企业", "85", "家"]


def test_words_are_folded_and_the_fields_own_words_stay_whole() -> None:
    assert Segmenter().words(SENTENCE) == WORDS
    assert Segmenter().words("專精特新") == ["专精特新"]


def test_tokens_are_marked_words_then_character_grams() -> None:
    tokens = Segmenter().tokens("园区GDP")
    assert tokens == ["w:园区", "w:gdp", "园", "区", "园区", "gdp"]


def test_grams() -> None:
    assert grams("R&D占比4.5%") == ["r&d", "占", "比", "占比", "4.5%"]
    assert grams("，。 ") == []


def test_given_words_are_kept_whole_and_change_the_fingerprint() -> None:
    plain, own = Segmenter(), Segmenter(["园易联服务"])
    assert "园易联服务" not in plain.words("园区发布园易联服务平台")
    assert "园易联服务" in own.words("园区发布园易联服务平台")
    assert plain.fingerprint != own.fingerprint
    assert plain.fingerprint == Segmenter().fingerprint


def test_the_dictionary_is_jiebas_without_its_rarest_words() -> None:
    """Read by jieba itself from the lines that are kept, it is the same: words, their beginnings, frequencies, total."""
    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if len(line.split()[0]) == 1 or int(line.split()[1]) >= module.MIN_FREQUENCY]
    frequencies, total = jieba.Tokenizer().gen_pfdict(io.BytesIO("\n".join(kept).encode()))
    cutter = module._Cutter()
    list(cutter.cut("".join({word[0] for word in frequencies}), hmm=False))
    assert (cutter._tokenizer.FREQ, cutter._tokenizer.total) == (frequencies, total)


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
