"""The bundled tagger's words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ragpark.zh.tagger import MAX_CHARS, LacTagger, Word

TAGGER = LacTagger()


def test_words_have_parts_of_speech_and_names() -> None:
    text = "去年，王小明在苏州市工作。"
    (words,) = TAGGER.tag([text])
    assert [(text[word.start : word.end], word.tag) for word in words] == [
        ("去年", "TIME"), ("，", "w"), ("王小明", "PER"), ("在", "p"), ("苏州市", "LOC"), ("工作", "n"), ("。", "w"),
    ]  # fmt: skip


@given(st.lists(st.text(alphabet="园区昆山市高新企业有了2800家，。%.亿元 aB\n", max_size=40), max_size=6))
def test_words_cover_each_text_in_order(texts: list[str]) -> None:
    tagged = TAGGER.tag(texts)
    assert len(tagged) == len(texts)
    for text, words in zip(texts, tagged, strict=True):
        assert "".join(text[word.start : word.end] for word in words) == text
        assert all(word.start < word.end for word in words)


def test_a_long_text_is_tagged_in_pieces() -> None:
    piece = "昆山市建成学校三所，培训教师二十名。" * 30
    first, second = piece[:MAX_CHARS], piece[MAX_CHARS : 2 * MAX_CHARS]
    whole, one, two = TAGGER.tag([first + second, first, second])
    assert whole == (*one, *(Word(w.start + MAX_CHARS, w.end + MAX_CHARS, w.tag) for w in two))


def test_each_text_is_tagged_alike_whatever_stands_beside_it() -> None:
    texts = ["昆山市建成学校三所。", "全年产值" * 60, "", "某某公司营收80亿元"]
    assert TAGGER.tag(texts) == [TAGGER.tag([text])[0] for text in texts]
    assert TAGGER.tag(texts[::-1]) == TAGGER.tag(texts)[::-1]
