"""Text layers that are no text: told from rare but good text, left out, reported by page."""

from __future__ import annotations

import random

import pytest
from pdf_drawing import drawn, text

from ragpark.errors import LoadError
from ragpark.load.pdf import read_pdf
from ragpark.load.pdf_plausible import judge, suspicious

PLAIN = (
    "临港片区坚持以港兴区，全年完成固定资产投资四百二十亿元，新开工重点项目三十六个，"
    "其中先进制造业项目二十一个，生产性服务业项目九个，民生项目六个，"
    "企业用工总体稳定，营商环境继续改善，居民收入与经济增长基本同步。"
)


def common() -> list[str]:
    """Return the 3,755 common characters of GB 2312, in its order (by sound)."""
    places = [bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    return [c for place in places if (c := place.decode("gb2312", "ignore"))]


def exchanged(passage: str, seed: int) -> str:
    """Return the passage with each common character exchanged for another common one, always the same."""
    characters = common()
    others = characters[:]
    random.Random(seed).shuffle(others)
    table = dict(zip(characters, others, strict=True))
    return "".join(table.get(c, c) for c in passage)


def in_order(passage: str) -> str:
    """Return the passage as a font numbers it: each new character the next code."""
    new = dict.fromkeys(c for c in passage if c > "\u4e00")
    codes = {c: chr(0x4E00 + n) for n, c in enumerate(new)}
    return "".join(codes.get(c, c) for c in passage)


BAD = {
    "exchanged": exchanged(PLAIN, 1),
    "exchanged otherwise": exchanged(PLAIN, 2),
    "next code": "".join(chr(ord(c) + 1) if c > "\u4e00" else c for c in PLAIN),
    "in order": in_order(PLAIN),
    "UTF-8 as GBK": PLAIN.encode().decode("gbk", "ignore"),
    "GBK as Latin-1": PLAIN.encode("gb2312").decode("latin-1"),
    "private use": "".join(chr(0xE000 + n) for n, _ in enumerate(PLAIN)),
    "control": "".join(chr(1 + n % 8) for n, _ in enumerate(PLAIN)),
    "many scripts": "⠗ꉆ⵪⍝ꀀ⣘⚁ש⠆ꋦ⎋ظ⹎⡉ᚠក" * 2,
}
GOOD = {
    "plain": PLAIN,
    "traditional": "科學園區全年營業額創下歷史新高，積體電路產業成長百分之十二，精密機械產業出口穩定增加，人才培育持續推動。",
    "classical": "关关雎鸠，在河之洲。窈窕淑女，君子好逑。参差荇菜，左右流之。窈窕淑女，寤寐求之。",
    "thousand characters": "天地玄黄 宇宙洪荒 日月盈昃 辰宿列张 寒来暑往 秋收冬藏 闰余成岁 律吕调阳 云腾致雨 露结为霜",
    "names": "张炜昱 李沁妍 王梓涵 赵瑾萱 钱泓毅 孙昊焱 周翊鸣 吴嘉懿 郑晟睿 冯玥彤 陈奕辰 蒋沐宸 沈煜祺 韩珺瑶",
    "drugs": "盐酸氨溴索葡萄糖注射液、注射用头孢哌酮钠舒巴坦钠、苯磺酸左旋氨氯地平片、琥珀酸亚铁缓释片、枸橼酸莫沙必利分散片",
    "companies": "\n".join(f"{name}科技股份有限公司" for name in ("晟瑞", "鑫垚", "炬芯", "赟昇", "珞珈", "璟泓")),
}
UNSURE = {
    "figures": "2022 2023\n790 820.5 -3.1%\n410 455 1,234",
    "English": "The park signed an agreement with twelve universities on joint laboratories in March.",
    "codes": "GB/T 19001-2016 ISO9001 XJ-2023-0117",
    "label": "货运量",
    "elements": "氢 氦 锂 铍 硼 碳 氮 氧 氟 氖 钠 镁 铝 硅 磷 硫 氯 氩 钾 钙 钪 钛 钒 铬 锰",
    "bullets": "\uf06c\n\uf06c\n\uf0d8\n\uf06c",
    "nothing": " \n",
}


@pytest.mark.parametrize("name", BAD)
def test_nonsense_is_told(name: str) -> None:
    assert judge(BAD[name]) == "bad"
    assert suspicious(BAD[name])


@pytest.mark.parametrize("name", GOOD)
def test_rare_text_is_good(name: str) -> None:
    assert judge(GOOD[name]) == "good"


@pytest.mark.parametrize("name", UNSURE)
def test_what_is_too_little_to_judge_is_left_alone(name: str) -> None:
    assert judge(UNSURE[name]) == "unsure"


def test_a_foreign_language_in_one_script_of_its_own_is_no_nonsense() -> None:
    assert judge("བོད་རང་སྐྱོང་ལྗོངས་ཀྱི་དཔལ་འབྱོར་འཕེལ་རྒྱས་བརྟན་པོ་བྱུང་ཡོད།") != "bad"


@pytest.mark.parametrize(
    ("passage", "verdict"), [("3134 99 7/2 2311", "bad"), ("The growth rate rose in March.", "good")]
)
def test_what_pdfium_guessed_must_show_that_it_is_text(passage: str, verdict: str) -> None:
    assert judge(passage, unmapped=len(passage.replace(" ", ""))) == verdict


def wrapped(passage: str) -> list[str]:
    return [passage[at : at + 30] for at in range(0, len(passage), 30)]


@pytest.mark.parametrize("name", ["exchanged", "next code", "in order"])
def test_a_garbled_page_is_named_and_the_good_ones_stay(name: str) -> None:
    loaded = read_pdf(drawn([text(72, 60, *wrapped(PLAIN))], [text(72, 60, *wrapped(BAD[name]))]), "a.pdf")
    assert [line.text for line in loaded.lines if line.text] == wrapped(PLAIN)
    assert loaded.problems[0].startswith("第 2 页的文字层是乱码")
    assert len(loaded.problems) == 1


@pytest.mark.parametrize("name", ["exchanged", "exchanged otherwise"])
def test_a_file_that_is_garbled_throughout_is_refused(name: str) -> None:
    with pytest.raises(LoadError, match=r"“乱.pdf”的文字层是乱码.*文字识别"):
        read_pdf(drawn([text(72, 60, *wrapped(BAD[name]))]), "乱.pdf")


IDENTITY = (
    "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Song/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType2/BaseFont/ABCDEF+Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    "/FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+Song/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0"
    "/Ascent 800/Descent -200/CapHeight 700/StemV 80>>>>]>>"
)
TYPE3 = (
    "<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 33/LastChar 60"
    f"/Widths[{'1000 ' * 28}]/Encoding<</Type/Encoding/Differences[33 {' '.join(f'/g{n}' for n in range(28))}]>>"
    f"/CharProcs<<{' '.join(f'/g{n} 7 0 R' for n in range(28))}>>>>"
)
HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def written(font: str, *lines: tuple[str, str]) -> bytes:
    """Return a PDF of one page; lines are (F1 for `font` or F2 for Helvetica, the codes in hexadecimal)."""
    show = " ".join(f"/{name} 12 Tf <{codes}> Tj T*" for name, codes in lines)
    stream = f"BT 72 760 Td 20 TL {show} ET"
    glyph = "1000 0 0 0 1000 1000 d1 100 100 600 600 re f"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>/Contents 4 0 R>>",
        f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
        font,
        HELVETICA,
        f"<</Length {len(glyph)}>>\nstream\n{glyph}\nendstream",
    ]
    out, places = "%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


GUESSED = [
    pytest.param(IDENTITY, "".join(f"{1000 + 37 * n:04x}" for n in range(12)), id="glyph numbers"),
    pytest.param(TYPE3, "".join(f"{33 + n:02x}" for n in range(12)), id="drawn glyphs"),
]


@pytest.mark.parametrize(("font", "codes"), GUESSED)
def test_a_font_that_does_not_say_what_its_characters_mean_is_no_text(font: str, codes: str) -> None:
    with pytest.raises(LoadError, match="乱码"):
        read_pdf(written(font, ("F1", codes)), "a.pdf")


@pytest.mark.parametrize(("font", "codes"), GUESSED)
def test_a_line_in_such_a_font_among_good_ones_is_left_out_and_counted(font: str, codes: str) -> None:
    good = [("F2", f"Cargo in quarter {n} went up".encode().hex()) for n in (1, 2, 3)]
    loaded = read_pdf(written(font, *good, ("F1", codes)), "a.pdf")
    assert [line.text for line in loaded.lines] == [f"Cargo in quarter {n} went up" for n in (1, 2, 3)]
    assert loaded.problems[0].startswith("第 1 页有 1 行文字是乱码")
