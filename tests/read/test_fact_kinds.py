"""Target, rank, growth, increase, share or level; and quantities that are no facts."""

from __future__ import annotations

import pytest
from fact_fakes import facts

from ragpark.read.fact_kinds import is_condition, is_figure, kind_of, kinds_of
from ragpark.zh.numbers import find_quantities


def kinds(sentence: str, date: str | None = None) -> list[str]:
    return [fact.kind for fact in facts(sentence, date=date)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("上市企业66家。", ["level"]),
        ("三年内，力争高新技术企业达3500家，领军人才超5500人。", ["target", "target"]),
        ("今年还将派出超200个团组。", ["target"]),
        ("目标是地区生产总值增长6.5%左右。", ["target"]),
        ("用3年左右的时间，形成4个万亿级产业。", ["target", "target"]),
        ("规划要求研发投入年均增长7%以上。", ["target"]),
        ("力争高企达3500家，目前已有2800家。", ["target", "level"]),
        ("工业投资增速达到14%。", ["growth"]),
        ("单位GDP能耗累计下降超过30%。", ["growth"]),
        ("产值提高2.1个百分点，利润翻一番。", ["growth", "growth"]),
        ("出口额相当于上年的2.8倍。", ["growth"]),
        ("研发投入占GDP比重增至5.16%。", ["share"]),  # what it came to, not by how much it grew
        ("新增领军人才77人，累计438人。", ["increase", "level"]),
        ("新增注册证96个、累计516个。", ["increase", "level"]),
        ("新增创新团队3支、顶尖团队2支。", ["increase", "increase"]),
        ("高企申报1440家，增加459家。", ["level", "increase"]),
        ("以0.09%的国土面积贡献了2%的经济总量。", ["share", "share"]),
        ("城镇调查失业率4.1%。", ["share"]),
        ("总产值4万亿元、位居全国第二。", ["level", "rank"]),
        ("人才计划49人。", ["level"]),  # 计划 is a name here
        ("规划建筑面积150万平方米。", ["level"]),
        ("入选创新联合体拟建设名单3家。", ["level"]),
        ("计划总投资136亿元，到位资金42.8亿元。", ["level", "level"]),  # what a project is to cost in all
        ("冰雪场馆41家，比2020年多15家。", ["level", "increase"]),
        ("参保人数26万人，较上年少3万人。", ["level", "increase"]),
        ("年平均气温12.1℃，比常年偏高1.1℃。", ["level", "increase"]),
        ("至多20家企业入选。", ["level"]),
        # a signed rate beside a figure says how that changed, a rate's own sign nothing
        ("谷子2.6万吨（-0.2%），高粱1.5万吨（+1.1%）。", ["level", "growth", "level", "growth"]),
        ("修理业  营业额3.5亿元  +0.7%", ["level", "growth"]),
        ("税收1.2亿元，同比-3.1%。", ["level", "growth"]),
        ("人口自然增长率为-3.19‰。", ["share"]),
    ],
)
def test_kinds(sentence: str, expected: list[str]) -> None:
    assert kinds(sentence) == expected


@pytest.mark.parametrize(
    ("date", "kind"), [("2020-03-01", "target"), ("2025-03-01", "level"), (None, "target")]
)  # `到2024年底，` is a plan before 2024 and a result after it; without a date it reads as a plan
def test_a_year_to_come_makes_a_target(date: str | None, kind: str) -> None:
    assert kinds("到2024年底，科技型中小企业5827家。", date) == [kind]


def test_up_to_a_year_is_no_plan() -> None:
    assert kinds("截至2020年底，入驻企业430家。") == ["level"]


def test_joined_figures_are_of_one_kind() -> None:
    assert kinds("签约项目和总投资分别增长18%和25%。") == ["growth", "growth"]


@pytest.mark.parametrize(
    "sentence",
    [
        "今年是园区开发建设三十周年。",
        "10年前参加评审时，专家意见不一。",
        "三年内建成。",
        "今年前两个月由负转正。",
        "跃居第一大产业。",
        "介绍了两项重要支撑：一是生态，二是环境。",
        "比2020年多。",  # a year, no span of years
        "重点做好以下5项任务。",
        "研制25兆瓦级风电轴承。",
        "跻身千亿县行列。",
    ],
)
def test_what_says_no_amount_is_left_out(sentence: str) -> None:
    assert facts(sentence) == []


def test_conditions_are_part_of_what_is_counted() -> None:
    text = "其中50亿元以上项目10个，总投资超10亿元项目15个。"
    assert [fact.text for fact in facts(text)] == ["10个", "15个"]
    first, second, *_ = find_quantities("50亿元以上，项目10个")
    assert not is_condition("50亿元以上，项目10个", first, second)


def test_ranges_and_shares_of_more_stay() -> None:
    text = "建设期3—5年，市场占有率50%以上。"
    assert [fact.text for fact in facts(text)] == ["3—5年", "50%以上"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20户以上自然村120个", [True, False]),
        ("过10万亿元省份4个", [True, False]),
        ("总投资超10亿元的项目15个", [True, False]),
        ("市场占有率50%以上，企业3家", [False, False]),
        ("企业50家以上", [False]),
    ],
)
def test_what_only_says_which_things_are_counted(text: str, expected: list[bool]) -> None:
    found = find_quantities(text)
    assert [is_condition(text, q, after) for q, after in zip(found, [*found[1:], None], strict=True)] == expected


def test_a_plans_section_holds_targets_but_for_what_is_reached() -> None:
    (quantity,) = find_quantities("高新技术企业2800家")
    assert kind_of("高新技术企业2800家", quantity, planned=True) == "target"
    text = "目前已有高新技术企业2800家"
    (quantity,) = find_quantities(text)
    assert kind_of(text, quantity, planned=True) == "level"
    assert kind_of(text, quantity, planned=True, coming=True) == "target"  # a year to come cannot be reached


def test_kinds_in_a_row_follow_the_first() -> None:
    text = "分别增长18%和25%"
    assert kinds_of(text, find_quantities(text), [None, None]) == ["growth", "growth"]


def test_kind_and_figure_of_a_bare_quantity() -> None:
    text = "产值5亿元"
    (quantity,) = find_quantities(text)
    assert (kind_of(text, quantity), is_figure(text, quantity, None)) == ("level", True)
