"""Bytes to text: the right encoding for short and long, simplified and traditional text; binaries refused."""

import pytest

from ragpark.errors import LoadError
from ragpark.load.encoding import common_characters, decode, plausibility

SIMPLIFIED = "2023年，园区研发投入占地区生产总值的比重为5.16%。"
TRADITIONAL = "臺北市政府教育局公告：產業創新發展計畫。"


@pytest.mark.parametrize(
    ("text", "codec", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16-le"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "big5", "cp950"),
        (TRADITIONAL, "gb18030", "gb18030"),  # traditional characters exist in both: the bytes decide
        ("科技局", "gb18030", "gb18030"),
        ("科技局", "big5", "cp950"),
        ("中", "gb18030", "gb18030"),
        ("中", "big5", "cp950"),
        ("北京", "big5", "cp950"),
        ("龔燁霖、郗彥超、瞿媛媛", "big5", "cp950"),  # rare characters only
        ("龔燁霖、郗彥超、瞿媛媛", "gb18030", "gb18030"),
        ("瞿秋白与鲁迅", "gb18030", "gb18030"),
        ("R&D投入：１２３亿元", "gb18030", "gb18030"),
        ("abc 中 def " * 50, "gb18030", "gb18030"),
        ("only ASCII, 5.16%", "ascii", "utf-8"),
        ("年份\n数值\n" * 30, "utf-16-be", "utf-16-be"),  # no byte order mark: the NULs of the line ends give it away
        ("plain words\n", "utf-16-le", "utf-16-le"),
    ],
)
def test_the_encoding_is_recognised(text: str, codec: str, found: str) -> None:
    decoded = decode(text.encode(codec), "文.txt")
    assert (decoded.text, decoded.encoding, decoded.damaged) == (text, found, 0)


def test_a_few_damaged_bytes_are_counted_not_fatal() -> None:
    data = (SIMPLIFIED * 20).encode() + b"\xff" + SIMPLIFIED.encode()
    decoded = decode(data, "文.txt")
    assert (decoded.encoding, decoded.damaged) == ("utf-8", 1)
    assert decoded.text.replace("\ufffd", "") == SIMPLIFIED * 21


def test_a_declared_encoding_decides_only_between_likely_ones() -> None:
    assert decode(SIMPLIFIED.encode("gb18030"), "页.html", "gb2312").encoding == "gb18030"
    assert decode(SIMPLIFIED.encode(), "页.html", "gb2312").text == SIMPLIFIED  # the page lies
    assert decode(SIMPLIFIED.encode("gb18030"), "页.html", "no-such-codec").text == SIMPLIFIED


def test_stray_control_characters_and_the_dos_end_mark_go() -> None:
    assert decode((SIMPLIFIED * 10).encode() + b"\x08\x1a", "文.txt").text == SIMPLIFIED * 10


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00",
        bytes(range(256)) * 8,
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00" * 9,
        b"\x01\x02\x03\x04" * 100,
        b"\xff\xfe" + b"\x00\xd8" * 60,  # a UTF-16 mark over halves of pairs
    ],
)
def test_binary_data_is_refused_with_the_files_name(data: bytes) -> None:
    with pytest.raises(LoadError, match=r"“图\.txt”不是文本文件"):
        decode(data, "图.txt")


def test_plausibility_by_hand() -> None:
    assert plausibility("abc") == 1
    assert plausibility("的a龘") == pytest.approx((1 + 0.2) / 2)  # ASCII does not count
    assert plausibility("\ufffd。") == pytest.approx((-2 + 1) / 2)
    assert {"的", "這", "园"} <= common_characters()
