"""Where sentences and clauses end, and where they only seem to."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragpark.read.sentences import clauses, sentences

CHINESE = st.text(
    alphabet="园区增长年家。！？…，、；：“”‘’（）《》【】\"'()[].,!?;: \n\t0123456789%aBcT-", max_size=120
)


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "written",  # sentences parted by |
    [
        "园区有企业。|产值增长5%。",
        "占比多少？|为5.16%！|很高",
        "他说：“成果涌流。”|园区很大。",
        "“成果涌流。”吴某某说，在这里要有人才。|园区很大。",  # the quotation with its speaker
        "“成果涌流！”某公司(苏州)负责人说，“前景很好。”|园区很大。",
        "“以后每年再增1万个。”他说，这些是种子。",
        "集聚企业超1700家……|作为首个园区，发展很快。",
        "光学、材料、医药……等领域。",
        "等功能.|材料科学实验室揭牌。",
        "增长4.5%.|苏州第二。",
        "No.7地块、U.S.市场和3.5亿元。",
        "Apple Inc. 在园区设厂。",
        "It grew by 5%. |The park has 3 labs.",
        "网址http://a.cn/list?id=1&b=2供查。|另见正文。",
        "1. 名校名院。|2. 实验室。",
        "一. 总体要求。",
        "《你好！苏州》上映。|票房很高。",
        "园区（简称园区。下同。）很大。|人多。",
        "园区很大。|（这是说明。）|人多。",
        "喊出“加油！”的口号。|人多。",
        "目标有三：一是快；二是好；三是省。|完成了。",  # semicolons end no sentence
        "第一行\n|第二行。",
        "“一。二。三。”",
        "没有右引号“甲。|乙。",
        "没有左引号甲。”|乙。",
        '他说"好。"|她走了。',
        "真的？！|是的！！！",
    ],
)
def test_sentences(written: str) -> None:
    text = written.replace("|", "")
    assert parts(text) == [part.strip() for part in written.split("|")]


def test_spans_are_offsets_into_the_whole_text() -> None:
    text = "甲。乙。丙。"
    assert sentences(text, 2, 4) == [(2, 4)]


def test_a_quotation_without_end_does_not_swallow_the_page() -> None:
    text = "“" + "园区很大。" * 100 + "”"
    assert max(end - start for start, end in sentences(text)) < 300


@given(CHINESE)
def test_sentences_are_ordered_disjoint_and_hold_every_visible_character(text: str) -> None:
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() and "\n" not in text[a:b] for a, b in spans)


@given(CHINESE)
def test_no_sentence_ends_inside_a_decimal(text: str) -> None:
    text = f"{text}3.5亿元{text}"
    at = text.rindex("3.5亿元")
    assert not any(at < cut < at + 4 for span in sentences(text) for cut in span)


@pytest.mark.parametrize(
    "written",
    [
        "产值4000亿元|增长5%",
        "共1,840家|占1:2",
        "比分3：0|获胜",
        "园区（甲，乙，丙）很大|人多",
        "所谓“快，好，省”三字|人人会",
        "括号（没有关上|人多",
    ],
)
def test_clauses(written: str) -> None:
    text = written.replace("|", "，")
    assert [text[a:b] for a, b in clauses(text, 0, len(text))] == written.split("|")
