"""Dates, names and cells cut out of a sentence, with how well each fits what is asked."""

from __future__ import annotations

import pytest
from statement_fakes import sentence, understood

from ragpark.answer.cut_text import cells, dates, event_fit, explanation, members, names, whens
from ragpark.answer.cuts import Cut


def by_text(found: list[Cut]) -> dict[str, Cut]:
    return {cut.text: cut for cut in found}


def test_a_date_is_cut_out_with_what_belongs_to_it() -> None:
    told = "书院始于正德六年（1511年），1927年前后重修，2009年9月27日-10月9日试开放。"
    found = dates(understood("书院什么时候开放？"), sentence(told))
    assert {"正德六年（1511年）", "1927年前后", "2009年9月27日-10月9日"} <= {cut.text for cut in found}
    assert all(told[cut.start : cut.end] == cut.text for cut in found)


def test_a_day_is_asked_and_a_year_is_too_coarse() -> None:
    found = by_text(dates(understood("碧湖园区哪一天开园？"), sentence("碧湖园区2009年4月16日开园，2011年扩建。")))
    assert {text: (cut.features["as_exact"], cut.features["too_coarse"]) for text, cut in found.items()} == {
        "2009年4月16日": (1.0, 0.0),
        "2011年": (0.0, 1.0),
    }


def test_the_date_beside_the_figure_of_the_question() -> None:
    told = sentence("产值2018年超过100亿元，2021年超过200亿元。")
    found = by_text(dates(understood("产值哪一年超过200亿元？"), told))
    assert [found[year].features["measured_there"] for year in ("2018年", "2021年")] == [0.0, 1.0]


def test_the_date_of_the_issue_that_is_asked_and_what_only_repeats_the_question() -> None:
    told = sentence("2022年度的报告于2023年9月18日发布，2023年度的报告于2024年10月2日发布。")
    found = by_text(dates(understood("2023年度的报告哪天发布？"), told))
    assert (found["2023年9月18日"].features["issue"], found["2024年10月2日"].features["issue"]) == (-1.0, 1.0)
    assert (found["2023年度"].features["repeats"], found["2024年10月2日"].features["repeats"]) == (1.0, 0.0)


def test_the_clause_with_the_words_of_the_question_counts_most() -> None:
    told = sentence("2009年4月碧湖园区开园，2011年园内道路扩建。")
    found = by_text(dates(understood("碧湖园区何时开园？"), told))
    assert found["2009年4月"].features["event_words"] == 0.0  # 碧湖, 园区 and 开园 stand there
    assert found["2011年"].features["event_words"] < 0.0


@pytest.mark.parametrize(
    ("clause", "fit"),
    [
        ("青石镇设立", 1.0),
        ("青石镇设立招商中心", -1.0),  # of something else
        ("青石镇以来设立", 0.0),  # the verb, and not just the subject before it
        ("青石镇扩建", 0.0),
    ],
)
def test_the_event_itself_and_not_one_of_its_kind(clause: str, fit: float) -> None:
    assert event_fit(understood("青石镇何时设立？"), clause) == fit


def test_rules_that_come_into_force_speak_of_themselves() -> None:
    asked = understood("青石镇停车条例何时生效？")
    assert event_fit(asked, "本条例自2020年1月1日起施行") == 1.0  # 施行 is 生效 by another name
    assert event_fit(asked, "本办法自2020年1月1日起施行") == 0.0


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("窗口几点开门？", ["上午8:30"]),
        ("窗口什么时候开门？", ["上午8:30"]),  # no date stands there
        ("窗口哪一天开门？", []),
    ],
)
def test_a_time_of_day_where_no_day_is_asked(question: str, shown: list[str]) -> None:
    text = "窗口上午8:30开门。"
    assert [text[start:end] for start, end in whens(understood(question), text)] == shown


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("碧湖园区的保险产品叫什么？", "碧湖园区推出一款保险产品，名为“安湖保”，面向企业。", ["安湖保"]),
        ("碧湖园区的保险产品叫什么？", "青石镇推出一辆巡逻车，名为“青鸟”。", []),  # of another thing
        ("碧湖园区的“安湖保”叫什么？", "碧湖园区推出产品，名为“安湖保”。", []),  # the question has it
        ("碧湖园区有什么产业？", "碧湖园区推出一款保险产品，名为“安湖保”。", []),  # no name is asked
    ],
)
def test_a_name_after_what_introduces_it(question: str, text: str, name: list[str]) -> None:
    assert [cut.text for cut in names(understood(question), sentence(text))] == name


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("蓝桥药业的法定代表人是谁？", ["周某"]),
        ("红桥药业的法定代表人是谁？", []),  # another row
        ("蓝桥药业在哪里？", []),  # no column
        ("蓝桥药业的法定代表人和职工？", []),  # two columns
    ],
)
def test_the_cell_whose_row_and_column_the_question_names(question: str, cell: list[str]) -> None:
    row = sentence("企业：蓝桥药业；法定代表人：周某；职工：30人")
    assert [cut.text for cut in cells(understood(question), row)] == cell


def test_a_shorthand_is_told_by_as_many_parts_as_it_counts() -> None:
    query = understood("“一湖一廊一港”指的是哪些？")
    told = "碧湖园区建设“一湖一廊一港”：镜心湖；科创走廊；云水港。"
    assert [cut.text for cut in members(query, sentence(told))] == ["镜心湖", "科创走廊", "云水港"]
    assert members(query, sentence("碧湖园区建设“一湖一廊一港”：镜心湖；科创走廊。")) == []
    assert members(understood("碧湖园区建设哪些？"), sentence(told)) == []


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("“一头在内”是什么意思？", "可以养护市外来的（以下称“一头在内”）仪器。", "可以养护市外来的（以下称“一头在内"),
        ("“一头在内”是什么意思？", "“一头在内”（来自市外，留在市内）获批。", "一头在内”（来自市外，留在市内）"),
        ("“亲水地”是什么意思？", "本规定所称亲水地，是指湖边的地。", "亲水地，是指湖边的地"),
        ("“亲水地”是什么意思？", "“亲水地”应当备案。", None),
        ("“养护收入”由什么构成？", "养护收入包括成本、利润和税金。", "养护收入包括成本、利润和税金"),
        ("“养护收入”由什么构成？", "养护收入由部门核定。", None),
        ("“养护收入”有哪些用途？", "养护收入包括成本、利润和税金。", None),
    ],
)
def test_what_explains_a_quoted_term(question: str, text: str, told: str | None) -> None:
    found = explanation(understood(question), text)
    assert (text[slice(*found)] if found else None) == told
