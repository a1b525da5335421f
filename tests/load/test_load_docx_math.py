"""Equations as one line: fractions, powers, roots, sums; deleted parts left out; figures inside them kept."""

import pytest
from docx_files import NAMESPACES, lines, par, run
from lxml import etree

from ragpark.load.docx_math import linear


def m(name: str, inner: str) -> str:
    return f"<m:{name}>{inner}</m:{name}>"


def t(text: str) -> str:
    return m("r", m("t", text))


def frac(above: str, below: str, more: str = "") -> str:
    return m("f", more + m("num", above) + m("den", below))


def sup(base: str, up: str) -> str:
    return m("sSup", m("e", base) + m("sup", up))


def sub(base: str, low: str) -> str:
    return m("sSub", m("e", base) + m("sub", low))


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (t("R&amp;D强度=") + frac(t("R&amp;D经费"), t("GDP")) + t("×100%"), "R&D强度=R&D经费/GDP×100%"),
        (t("增速=") + frac(t("本年−上年"), t("上年")), "增速=(本年−上年)/上年"),
        (frac(frac(t("a"), t("b")), t("c")), "(a/b)/c"),
        (t("2") + frac(t("1"), t("2")), "2(1/2)"),  # not 21/2
        (frac(t("1"), t("2")) + t("km"), "(1/2)km"),
        (m("f", m("fPr", '<m:type m:val="noBar"/>') + m("num", t("n")) + m("den", t("k"))), "(n k)"),
        (t("面积为52km") + sup(t(""), t("2")), "面积为52km²"),
        (sup(m("d", m("e", t("1+r"))), t("n−1")) + t("−1"), "(1+r)ⁿ⁻¹−1"),
        (sup(t("a+b"), t("x")), "(a+b)^x"),
        (sub(t("x"), t("1")) + t("+") + sub(t("P"), t("本年")), "x₁+P_本年"),
        (m("sSubSup", m("e", t("x")) + m("sub", t("i")) + m("sup", t("2"))), "x_i²"),
        (m("rad", m("radPr", '<m:degHide m:val="1"/>') + m("deg", "") + m("e", t("a+b"))), "√(a+b)"),
        (m("rad", m("deg", t("3")) + m("e", t("8"))), "³√(8)"),
        (
            m("nary", m("naryPr", '<m:chr m:val="∑"/>') + m("sub", t("i=1")) + m("sup", t("n")) + m("e", sub(t("x"), t("i")))),
            "∑(i=1→n)x_i",
        ),
        (m("func", m("fName", t("ln")) + m("e", t("x"))), "ln(x)"),
        (m("d", m("dPr", '<m:begChr m:val="["/><m:endChr m:val="]"/>') + m("e", t("a")) + m("e", t("b"))), "[a|b]"),
        (m("eqArr", m("e", t("a=1")) + m("e", t("b=2"))), "a=1；b=2"),
        (m("m", m("mr", m("e", t("1")) + m("e", t("2"))) + m("mr", m("e", t("3")) + m("e", t("4")))), "1 2；3 4"),
        (m("limLow", m("e", t("max")) + m("lim", t("t"))), "max(t)"),
        (m("acc", m("accPr", '<m:chr m:val="̅"/>') + m("e", t("x"))), "x"),
        (m("phant", m("phantPr", '<m:show m:val="0"/>') + m("e", t("9"))) + t("8"), "8"),
        (f"<w:del>{t('旧')}</w:del>" + t("𝑥=3"), "x=3"),
    ],
)  # fmt: skip
def test_one_line(inner: str, said: str) -> None:
    assert linear(etree.fromstring(f"<m:oMath {NAMESPACES}>{inner}</m:oMath>")) == said


def test_equations_within_between_and_beside_paragraphs() -> None:
    body = par(run("产出为") + m("oMath", t("38.6")) + run("亿元/平方公里。"))
    body += par(run("公式：") + m("oMathPara", m("oMath", t("y=x")) + m("oMath", t("z=1"))))
    body += m("oMathPara", m("oMath", t("单独成段")))
    assert lines(body) == ["产出为38.6亿元/平方公里。", "公式：y=x", "z=1", "单独成段"]
