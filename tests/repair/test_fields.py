"""Lines of labels and values: those that speak of the page, those that are content, and sentences that only look so."""

import pytest

from ragpark.repair.fields import (
    field_date,
    field_value,
    is_ambiguous,
    is_imprint,
    is_label_line,
    is_pair,
    open_label,
    page_fields,
    plain,
    plain_date,
)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("发布日期:2024-04-11 17:52   浏览次数:", {"发布日期": "2024-04-11 17:52", "浏览次数": ""}),
        (
            "时间：2024-03-05 来源：科技日报 作者：王某 字号：大 中 小",
            {"时间": "2024-03-05", "来源": "科技日报", "作者": "王某", "字号": "大 中 小"},
        ),
        ("2024-03-05 10:20:11 来源：某报", {"来源": "某报", "发布时间": "2024-03-05 10:20:11"}),
        ("2024年3月5日 来源：某报 编辑：李某", {"来源": "某报", "编辑": "李某", "发布时间": "2024年3月5日"}),
        ("来源：某报 2024-03-05 10:20", {"来源": "某报", "发布时间": "2024-03-05 10:20"}),
        ("【发布日期：2023年5月6日】", {"发布日期": "2023年5月6日"}),
        ("日期｜109-12-26", {"日期": "109-12-26"}),
        (
            "發布日期：2024-01-02  來源：經濟日報",
            {"发布日期": "2024-01-02", "来源": "經濟日報"},
        ),  # the value as it stood
        ("索引号：014/2023-001 主题分类：科技", {"索引号": "014/2023-001", "主题分类": "科技"}),
        ("（来源：某报）", {"来源": "某报"}),
        ("索 引 号：014/77　　主 题 词：", {"索引号": "014/77", "主题词": ""}),
        ("标　　题：关于压缩时限的通知", {"标题": "关于压缩时限的通知"}),
        ("title: 夜间公交增开", {"title": "夜间公交增开"}),
        ("发文机关：某市交通局", {"发文机关": "某市交通局"}),
        (
            "青禾市人民代表大会　公布日期：2019-03-15　施行日期：2020-01-01",
            {"发布机构": "青禾市人民代表大会", "公布日期": "2019-03-15", "施行日期": "2020-01-01"},
        ),
        ("来源：综合　2012年11月3日　相关新闻　更多>>", {"来源": "综合", "发布时间": "2012年11月3日"}),
        ("关键词：食堂；选址 中图分类号：TP301", {"关键词": "食堂；选址", "中图分类号": "TP301"}),
    ],
)
def test_field_lines(line: str, fields: dict[str, str]) -> None:
    assert page_fields(line) == fields


@pytest.mark.parametrize(
    "line",
    [
        "数据来源：统计公报，口径一致。",
        "本报告的来源：各部门",
        "时间：2024年3月5日 地点：某会议中心",
        "园区发布时间表",
        "来源：" + "很长的说明" * 13,
        "",
    ],
)
def test_what_is_no_field_line(line: str) -> None:
    assert page_fields(line) == {}


def test_plain_keeps_every_offset() -> None:
    assert plain("發布㎡ⅣＡ") == "发布㎡ⅣＡ"


def test_of_several_dates_the_release_counts_most() -> None:
    assert field_date({"成文日期": "2023-04-18", "发布日期": "2023-04-20", "更新时间": "2023-05-01"}) == "2023-04-20"
    assert field_date({"實施日期": "2023-05-01"}) is None


def test_a_source_goes_by_many_labels() -> None:
    assert field_value({"浏览次数": "3", "发文机关": "某局"}, "source_label") == "某局"
    assert field_value({"浏览次数": "3"}, "source_label") is None


def test_labels_that_may_be_content() -> None:
    assert is_ambiguous({"时间": "3月5日"})
    assert not is_ambiguous({"时间": "3月5日", "浏览次数": "3"})


@pytest.mark.parametrize(
    "line", ["申请时间：2024年5月1日", "主编：陆闻溪", "联系人：何岸", "受理单位：某局", "收費標準日期：三日"]
)
def test_label_lines(line: str) -> None:
    assert is_label_line(line)


@pytest.mark.parametrize("line", ["某市：驶入“新赛道”", "他回忆当时的时间：很紧。大家都忙。", "时间：", "园区增长5%"])
def test_what_is_no_label_line(line: str) -> None:
    assert not is_label_line(line)


def test_two_lines_of_a_shape_are_pairs_whatever_they_say() -> None:
    assert is_pair("色谱柱：二号")
    assert not is_pair("他说：“走吧。”")


def test_imprints() -> None:
    assert is_imprint("主编：陆闻溪 地址：某路1号 邮编：100000")
    assert not is_imprint("规划面积：3平方公里")


def test_a_label_may_wait_for_its_value() -> None:
    assert open_label("来源:")
    assert not open_label("来源：某报")
    assert not open_label("要求：")


def test_a_plain_date_at_the_very_top() -> None:
    assert plain_date("date 2025-09-24 某图说明") == ("2025-09-24", "某图说明")
    assert plain_date("date of birth") is None
