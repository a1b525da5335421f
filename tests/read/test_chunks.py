"""Chunks fit, lie in one section, begin and end with sentences, and never part a number from its unit."""

import re

import pytest
from document_fakes import one_token_a_character, raw
from hypothesis import given
from hypothesis import strategies as st

from ragpark.read.chunks import split_chunks
from ragpark.read.sentences import sentences
from ragpark.records import Chunk, Document, Heading
from ragpark.repair.clean import clean
from ragpark.repair.sections import split_sections

FIGURE = re.compile(r"\d[\d.,]*(?:[余多]?[万亿]+[余多]?)?(?:%|家|亿元|元|人|平方公里)")


def document(text: str, headings: tuple[Heading, ...] = (), title: str = "") -> Document:
    return Document("a.txt", title, None, None, text, headings, ((0, 1),), "lines", "txt", "")


def chunks(found: Document, max_tokens: int = 480, max_chars: int = 900) -> list[Chunk]:
    sections = split_sections(found)
    return split_chunks(found, sections, one_token_a_character, max_tokens=max_tokens, max_chars=max_chars)


def test_a_section_that_fits_is_one_chunk_with_its_heading() -> None:
    found = chunks(document("综述\n园区很大。人也多。", (Heading(0, 2, 3, "综述"),)))
    assert [chunk.text for chunk in found] == ["综述\n园区很大。人也多。"]
    assert (found[0].headings, found[0].passage) == (("综述",), "综述\n综述\n园区很大。人也多。")


def test_chunks_are_as_full_as_fits_and_the_last_reaches_back() -> None:
    # sentences of 5 characters, 12 fit two of them; the last chunk takes the one before it in
    found = chunks(document("甲乙丙丁。子丑寅卯。天地玄黄。"), max_tokens=12, max_chars=12)
    assert [chunk.text for chunk in found] == ["甲乙丙丁。子丑寅卯。", "子丑寅卯。天地玄黄。"]


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    found = chunks(document("甲乙丙丁戊己，子丑寅卯辰巳，天地玄黄宇宙。"), max_tokens=14, max_chars=14)
    assert [chunk.text for chunk in found] == ["甲乙丙丁戊己，子丑寅卯辰巳，", "子丑寅卯辰巳，天地玄黄宇宙。"]


def test_text_without_marks_is_cut_between_words() -> None:
    text = "园区去年新增企业达到22.89亿元左右并且在全国名列前茅的水平上继续保持稳定增长"
    for limit in range(12, 30):
        found = chunks(document(text), max_tokens=limit, max_chars=limit)
        assert all(len(chunk.text) <= limit for chunk in found)
        assert any("22.89亿元" in chunk.text for chunk in found), limit


def test_a_breadcrumb_that_leaves_no_room_loses_its_outer_headings() -> None:
    heads = tuple(Heading(n * 31, n * 31 + 30, n + 1, chr(0x4E00 + n) * 30) for n in range(3))
    text = "\n".join(head.text for head in heads) + "\n园区很大。"
    found = chunks(document(text, heads), max_tokens=100)
    assert found[0].headings == (heads[2].text,)  # 30 + 3 + 30 characters are more than half of 100
    assert all(len(chunk.passage) <= 100 for chunk in found)


def test_an_empty_document_has_no_chunks() -> None:
    assert chunks(document("")) == chunks(document(" \n ")) == []


SENTENCE = st.sampled_from(
    ["园区有企业2800余家，比上年多300家。", "产值22.89亿元；", "占比为5.16%。", "很好！", "（一）加强领导。\n", "\n",
     "其中研发投入达1,840.5亿元，占地区生产总值的4.5%，居全省首位", "面积278平方公里", "近6.3万人", "R&D", "【概况】", "第一章 总则\n"]
)  # fmt: skip


@given(st.lists(SENTENCE, max_size=60).map("".join), st.integers(128, 300), st.integers(100, 300))
def test_chunks_keep_every_promise(text: str, max_tokens: int, max_chars: int) -> None:
    found = clean(raw(text))
    sections = split_sections(found)
    made = split_chunks(found, sections, one_token_a_character, max_tokens=max_tokens, max_chars=max_chars)
    whole = [match.span() for match in FIGURE.finditer(found.text)]
    covered: set[int] = set()
    for chunk in made:
        assert found.text[chunk.start : chunk.end] == chunk.text
        assert chunk.text == chunk.text.strip() != ""
        assert len(chunk.passage) <= max_tokens and len(chunk.text) <= max_chars
        section = sections[chunk.section]
        assert section.start <= chunk.start < chunk.end <= section.end
        assert not any(start < cut < end for cut in (chunk.start, chunk.end) for start, end in whole)
        covered.update(range(chunk.start, chunk.end))
    assert all(at in covered for at, character in enumerate(found.text) if not character.isspace())


@pytest.mark.parametrize("max_chars", [60, 100, 900])
def test_sentences_that_fit_are_never_cut(max_chars: int) -> None:
    text = "".join(f"园区第{n}季度新增企业{n * 37}家，产值{n}.5亿元。" for n in range(1, 40))
    found = document(text)
    held = list(chunks(found, max_tokens=max_chars, max_chars=max_chars))
    for start, end in sentences(text):
        assert any(chunk.start <= start and end <= chunk.end for chunk in held)
