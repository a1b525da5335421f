"""Reading a date, telling a date line from a sentence, and the order of the places a document's date comes from."""

import pytest

from ragpark.repair.dates import (
    adopted_on,
    anniversary_year,
    delivered_on,
    is_date_line,
    planned_year,
    publication_date,
    stamped_on,
)
from ragpark.zh import load_vocabulary

VOCABULARY = load_vocabulary().at_home({"园区": "苏州工业园区"})  # as in a document about that park


@pytest.mark.parametrize(
    "line",
    [
        "二〇二五年三月十八日    示例资料汇编编辑组",
        "示例资料汇编编辑组    二〇二四年十月八日",
        "2023年5月6日 星期六",
        "2023.5.6",
        "（2023年5月6日）",
        "苏州日报 2024-01-31 A3版",
        "2024-01-31 10:20:11",
        "中国（江苏）自由贸易试验区管委会 2023年5月6日",
        "2023年5月6日印发",
        "2026年02月10日 07时41分",
        "更新于2023年7月",
    ],
)
def test_date_lines(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "截至2023年5月6日",
        "2020年6月30日揭牌",
        "从2022年5月到2023年5月",
        "本办法自2023年5月6日起施行",
        "2023年5月6日，园区发布",
        "苏州企业合作中心2020年11月18",  # cut at the end of a line
        "2023年园区研发投入",
        "本说明自二〇二五年三月十八日",
        "园区于2023年5月",
        "【材料实验室】  2020年6月",
        "收稿日期：2020-05-06",
        "［生效日期］2021-01-01",
    ],
)
def test_what_is_no_date_line(line: str) -> None:
    assert not is_date_line(line)


BODY = ["园区于2019年3月1日召开会议，通过了方案。"] * 20  # a date inside a sentence never counts


@pytest.mark.parametrize(
    ("doc", "meta", "paragraphs", "created", "date"),
    [
        ("2021-01-01.txt", {"发布日期": "2024-04-11 17:52"}, ["2022年6月7日", *BODY], None, "2024-04-11"),
        ("2021-01-01.txt", {}, ["2022年6月7日", *BODY], None, "2022-06-07"),
        ("2021-01-01.txt", {}, [*BODY, "某局", "2022年6月8日"], None, "2022-06-08"),
        ("2021-01-01.txt", {}, ["条例", "（2020年5月6日市人大常委会第三次会议通过）", *BODY], None, "2020-05-06"),
        ("年报2021-01-01.txt", {}, BODY, None, "2021-01-01"),
        ("a.txt", {}, [*BODY, "2023年7月8日", *["附件的内容在这里。"] * 30], None, "2023-07-08"),
        ("2021.txt", {}, ["通知", "苏园管〔2023〕15号", *BODY], None, "2023"),
        ("年鉴2021.txt", {}, BODY, "2024-01-01", "2021"),
        ("a.pdf", {}, BODY, "2024-01-01", "2024-01-01"),
        ("a.txt", {}, BODY, None, None),
        ("a.txt", {"时间": "待定"}, BODY, None, None),
        ("a.txt", {"更新日期": "2024-05-01", "发布时间": "2024-04-11"}, BODY, None, "2024-04-11"),
        ("a.txt", {"实施日期": "2024-05-01"}, BODY, None, None),
        ("概况2002-2006.txt", {}, BODY, None, None),  # a span of years is no year
        ("a.txt", {}, ["报告", "——2025年1月12日在某市第十七届人民代表大会第四次会议上", *BODY], None, "2025-01-12"),
        ("a.txt", {"发布日期": "2024-06-01"}, ["（2003年9月26日通过 2010年7月28日修正）", *BODY], None, "2010-07-28"),
    ],
)
def test_publication_date_by_order_of_precedence(
    doc: str, meta: dict[str, str], paragraphs: list[str], created: str | None, date: str | None
) -> None:
    assert publication_date(doc, meta, paragraphs, created) == date


def test_a_bulletin_without_a_date_has_the_year_of_its_title() -> None:
    assert publication_date("a.txt", {}, BODY, None, "某市2021年统计公报") == "2021"
    assert publication_date("a.txt", {}, BODY, None, "某县年鉴2018") == "2018"
    assert publication_date("a.txt", {}, BODY, None, "解读2023年成绩单") is None


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2010年12月23日 某市第十三届人民代表大会常务委员会第二十二次会议通过", "2010-12-23"),
        ("（2003年9月26日某会通过　2010年7月28日某会修正）", "2010-07-28"),
        ("根据2019年4月23日某会《关于修改某法的决定》第二次修正）", "2019-04-23"),
        ("本条例自2020年9月1日起施行。", None),
        ("某市2019年的方案已获批准", None),
        ("2020年6月30日揭牌", None),
    ],
)
def test_when_a_law_was_adopted_or_last_changed(line: str, date: str | None) -> None:
    assert adopted_on(line) == date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("——2026年2月3日在某省第十四届人民代表大会第五次会议上", "2026-02-03"),
        ("(2023年2月2日在某区第十六届人民代表大会第三次会议上)", "2023-02-02"),
        ("2023年2月2日在会议室集合", None),
        ("去年在某省第十四届人民代表大会第五次会议上", None),
    ],
)
def test_when_a_report_was_delivered(line: str, date: str | None) -> None:
    assert delivered_on(line) == date


@pytest.mark.parametrize(
    ("text", "year"),
    [
        # 苏州工业园区 was founded in 1994: 1994 + 30 = 2024
        ("今年是苏州工业园区开发建设三十周年。", 2024),
        ("站在园区开发建设30周年关键节点，目标更高。", 2024),
        ("正值苏州工业园区成立20周年，各界来贺。", 2014),
        ("2014年，正值园区开发建设20周年。", None),  # tells of that year, was not written in it
        ("去年是园区开发建设三十周年。", None),
        ("园区开发建设三十周年成就展。", None),  # not said to be now
        ("今年是昆山撤县设市三十周年。", None),  # no founding year in the vocabulary
        ("今年是公司成立三十周年。", None),
        ("今年是园区成立20周年。今年是园区成立30周年。", None),  # they disagree
    ],
)
def test_an_anniversary_tells_the_year_of_a_text(text: str, year: int | None) -> None:
    found = anniversary_year(text, VOCABULARY)
    assert (found[0] if found else None) == year


def test_the_evidence_of_an_anniversary_is_named() -> None:
    assert anniversary_year("今年是园区开发建设三十周年。", VOCABULARY) == (
        2024,
        "开发建设三十周年（苏州工业园区 1994年设立）",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一季度增长2%，比2016年全年快，与2017年计划目标持平。", 2017),
        ("1—8月完成投资8亿元，为2017年任务的六成。2016年投资9亿元。", 2017),
        ("一季度增长2%，比2016年全年快，向2020年目标迈进。", None),  # an aim of years ahead
        ("一季度增长2%，为2017年计划的两成。2016年增长3%。产值比2017年增长9%。", None),  # of the year after
        ("2016年增长2%，与2017年计划目标持平。", None),  # no part of the year
        ("一季度增长2%，与2017年计划目标持平。2018年起停征。2016年增长3%。", None),
    ],
)
def test_the_year_of_writing_by_the_plan_a_part_is_measured_by(text: str, expected: int | None) -> None:
    told = planned_year(text)
    assert (told[0] if told else None) == expected


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("xx.qinghe.com 2019-11-09 12:25:00 来源:青禾网我来说两句", "2019-11-09"),
        ("下一篇正文茶叶增产2017-05-15 10:13:16来源：关注青禾网微信", "2017-05-15"),
        ("青禾财经 Fri, 18 Jun 2021 01:12:58 GMT近日，记者获悉", "2021-06-18"),
        ("关于做好茶园申报工作的通知2017-08-28青社规〔2017〕23号各单位：", "2017-08-28"),
        ("报名于2019-11-09 12:25开始，名额有限", None),
        ("关于做好茶园申报工作的通知，2017-08-28前完成", None),
    ],
)
def test_a_date_that_a_site_stamps_into_a_line(line: str, date: str | None) -> None:
    assert stamped_on(line) == date
    assert publication_date("a.txt", {}, [line, *BODY]) == date
