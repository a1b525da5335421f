from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ragpark.zh.numbers import Quantity, find_quantities


def found(text: str) -> list[tuple[str, float, str, str]]:
    return [(q.text, q.value, q.unit, q.qualifier) for q in find_quantities(text)]


def only(text: str) -> Quantity:
    quantities = find_quantities(text)
    assert len(quantities) == 1, quantities
    return quantities[0]


@pytest.mark.parametrize(
    ("text", "shown", "value", "unit", "qualifier"),
    [
        # digits, full width too, with thousands separators and layout spaces
        ("共有2800家", "2800家", 2800, "家", ""),
        ("累计１８４０家", "１８４０家", 1840, "家", ""),
        ("科技型中小企业5,827家", "5,827家", 5827, "家", ""),
        ("达１，８４０家", "１，８４０家", 1840, "家", ""),
        ("总额为12,345", "12,345", 12345, "", ""),
        ("共 2800 家", "2800 家", 2800, "家", ""),
        ("共2 800家", "2 800家", 2800, "家", ""),
        # multiples and units
        ("融资22.89亿元", "22.89亿元", 2_289_000_000, "元", ""),
        ("人才6.3万人", "6.3万人", 63_000, "人", ""),
        ("进出口1100亿美元", "1100亿美元", 110_000_000_000, "美元", ""),
        ("装机110万千瓦", "110万千瓦", 1_100_000, "千瓦", ""),
        ("收入8.7万亿元", "8.7万亿元", 8.7e12, "元", ""),
        ("出资1亿3000万元", "1亿3000万元", 130_000_000, "元", ""),
        ("面积3.2平方公里", "3.2平方公里", 3.2, "平方公里", ""),
        ("全长6千米", "6千米", 6, "公里", ""),  # 千 belongs to the unit
        ("用电5000千瓦时", "5000千瓦时", 5000, "千瓦时", ""),
        ("提高0.09个百分点", "0.09个百分点", 0.09, "百分点", ""),
        ("提高5百分点", "5百分点", 5, "百分点", ""),
        ("是上年的2.8倍", "2.8倍", 2.8, "倍", ""),
        ("人均12.3万元", "12.3万元", 123_000, "元", ""),
        ("每万人174件", "174件", 174, "件", ""),  # 万人 is no figure
        ("注册资金￥500万", "￥500万", 5_000_000, "元", ""),
        ("估值$3亿", "$3亿", 300_000_000, "美元", ""),
        ("采用28nm工艺", "28nm", 28, "纳米", ""),
        ("总量GDP3686亿元", "3686亿元", 368_600_000_000, "元", ""),  # letters before a money figure are no code
        ("历时3个多月", "3个多月", 3, "个月", "多"),
        ("限5个工作日", "5个工作日", 5, "工作日", ""),
        ("30日内办结", "30日", 30, "日", ""),  # how long; 30日 alone is a day of the month
        ("有2000年历史", "2000年", 2000, "年", ""),
        ("其中2023.5亿元", "2023.5亿元", 202_350_000_000, "元", ""),  # not May 2023
        ("综合指数为329.4，", "329.4", 329.4, "", ""),
        # words that bound it
        ("高企近2800家", "近2800家", 2800, "家", "近"),
        ("近 2800 家", "近 2800 家", 2800, "家", "近"),
        ("共5000余件", "5000余件", 5000, "件", "余"),
        ("空间800万余平方米", "800万余平方米", 8_000_000, "平方米", "余"),
        ("规模2500亿余元", "2500亿余元", 250_000_000_000, "元", "余"),
        ("与200多家合作", "200多家", 200, "家", "多"),
        ("占500万平方米以上", "500万平方米以上", 5_000_000, "平方米", "以上"),
        ("累计不少于500家", "不少于500家", 500, "家", "不少于"),
        ("增长6.5%左右", "6.5%左右", 6.5, "%", "左右"),
        ("给予最高500万元奖励", "最高500万元", 5_000_000, "元", "最高"),
        ("占比≥5%", "≥5%", 5, "%", "≥"),
        ("超过了5000家", "超过了5000家", 5000, "家", "超过"),
        ("总数达3500家", "3500家", 3500, "家", ""),  # 达 bounds nothing
        ("签约300家", "300家", 300, "家", ""),  # 约 belongs to 签约
        ("最近3家", "3家", 3, "家", ""),
        # below zero
        ("增长-1.2%", "-1.2%", -1.2, "%", ""),
        ("气温-5℃", "-5℃", -5, "℃", ""),
        ("零下5℃", "零下5℃", -5, "℃", ""),
        ("下降3.5%", "3.5%", 3.5, "%", ""),  # the direction is told by the words
        ("园区-5家", "5家", 5, "家", ""),  # a dash
        # ranges, ratios, fractions
        ("用3—5年时间", "3—5年", 3, "年", "范围"),
        ("占60%—70%", "60%—70%", 60, "%", "范围"),
        ("补助3.5万—5万元", "3.5万—5万元", 35_000, "元", "范围"),
        ("形成5至8个", "5至8个", 5, "个", "范围"),
        ("收入比为1.79∶1", "1.79∶1", 1.79, "比", ""),
        ("比例为3:10", "3:10", 0.3, "比", ""),
        ("约1/4的企业", "约1/4", 25, "%", "约"),
        # ranks
        ("全国第二", "全国第二", 2, "位", ""),
        ("列全市第一", "列全市第一", 1, "位", ""),
        ("排名第5位", "排名第5位", 5, "位", ""),
        ("位居全国高新区第三", "位居全国高新区第三", 3, "位", ""),
        # in words
        ("集聚四千二百余家", "四千二百余家", 4200, "家", "余"),
        ("两千多家", "两千多家", 2000, "家", "多"),
        ("达到一万亿", "一万亿", 1e12, "", ""),
        ("吸纳近万人", "近万人", 10_000, "人", "近"),
        ("产值超千亿元", "超千亿元", 100_000_000_000, "元", "超"),
        ("上百家", "上百家", 100, "家", "上"),
        ("逾百场", "逾百场", 100, "场", "逾"),
        ("十余家", "十余家", 10, "家", "余"),
        ("一亿三千万元", "一亿三千万元", 130_000_000, "元", ""),
        ("三点五亿元", "三点五亿元", 350_000_000, "元", ""),
        ("三十周年", "三十周年", 30, "周年", ""),
        ("一萬多家", "一萬多家", 10_000, "家", "多"),
        ("叁拾万元", "叁拾万元", 300_000, "元", ""),
        ("两个校区", "两个", 2, "个", ""),
        ("三家企业", "三家", 3, "家", ""),
        ("历时三年", "三年", 3, "年", ""),
        ("下降三成", "三成", 30, "%", ""),
        ("占三成五", "三成五", 35, "%", ""),
        ("近九成", "近九成", 90, "%", "近"),
        ("占3成以上", "3成以上", 30, "%", "以上"),
        ("百分之三十五点六", "百分之三十五点六", 35.6, "%", ""),
        ("四分之一", "四分之一", 25, "%", ""),
        ("千分之五", "千分之五", 5, "‰", ""),
        ("产值翻一番", "翻一番", 2, "倍", ""),
        ("翻了两番", "翻了两番", 4, "倍", ""),
        ("均列苏州市第一", "均列苏州市第一", 1, "位", ""),
        ("保持省、市第一", "保持省、市第一", 1, "位", ""),
    ],
)
def test_a_quantity_is_read_with_qualifier_value_and_unit(
    text: str, shown: str, value: float, unit: str, qualifier: str
) -> None:
    assert found(text) == [(shown, value, unit, qualifier)]


@pytest.mark.parametrize(
    "text",
    [
        # years and dates
        "2023年", "２０２３年", "2018-2022年", "2021至2023年", "2020、2021和2022年", "2023.5", "2023-05-01", "6月26日", "1—5月", "26日",
        "上世纪80年代", "90后", "21世纪", "上午9:30", "下午2：30", "（2020）", "二〇二三年六月", "十二月五日", "近5年", "近三年", "三年内",
        # codes, versions, names with numbers
        "5G", "A1地块", "Ⅰ区", "G60", "COVID-19", "PM2.5", "H1N1", "v2.1", "2.0版", "工业4.0", "1+8+X", "“1030”产业体系", "985高校", "世界500强",
        "3大", "4个万亿级"[2:], "1.2.3", "10.1.1.1",
        # ordinals and list markers
        "第27批", "第三代半导体", "第十四届", "第一", "全国第一方阵", "全国第一家", "市第一人民医院", "（1）", "1.企业", "12、企业", "一是",
        # addresses
        "0512-66681234", "电话：0512-66681234", "邮编215000", "邮编：215000", "13812345678", "苏园管〔2023〕15号", "ISBN 978-7-301-12345-6",
        # words
        "一批", "十分", "万一", "三方", "双一流", "一带一路", "三大新兴产业", "十四五", "五位一体", "三件事", "一个", "四个“新”", "“三个千亿”",
        "一成不变", "三成立", "百度", "万科", "万家灯火", "千亿级", "三点五十分",
        # no value
        "数十家", "几百人", "半数", "三五家", "两三年", "若干",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_quantity_is_left_alone(text: str) -> None:
    assert found(text) == []
    assert found(f"据介绍，{text}，其中。") == []


def test_a_table_cell_takes_the_unit_of_its_header() -> None:
    cell = only("2023年产值（亿元）：1006")
    assert (cell.text, cell.value, cell.unit, cell.shown) == ("1006", 100_600_000_000, "元", "1006亿元")
    assert only("增速（%）：-1.2；").value == -1.2


def test_the_cells_of_a_row_take_the_unit_of_the_row() -> None:
    row = "指标：地区生产总值（亿元）；2021年：2800.6；2022年：超3015.8"
    assert [(q.shown, q.value, q.qualifier) for q in find_quantities(row)] == [
        ("2800.6亿元", 280_060_000_000, ""),
        ("超3015.8亿元", 301_580_000_000, "超"),
    ]


def test_a_cell_with_a_unit_of_its_own_keeps_it() -> None:
    assert only("产值（亿元）：1006万元").value == 10_060_000


def test_a_figure_is_shown_without_layout_spaces() -> None:
    assert only("近 2800 家").shown == "近2800家"


def test_several_quantities_come_in_text_order_and_share_nothing() -> None:
    # 2023年 ends at 5, 办理质押融资 at 11, 132笔， at 16, 22.89亿元， at 24, 是2022年的 at 31
    text = "2023年办理质押融资132笔，22.89亿元，是2022年的2.8倍"
    assert [(q.text, q.start) for q in find_quantities(text)] == [("132笔", 11), ("22.89亿元", 16), ("2.8倍", 31)]


def test_a_change_is_two_quantities() -> None:
    assert [q.text for q in find_quantities("由11.52平方公里扩大到159.48平方公里")] == [
        "11.52平方公里",
        "159.48平方公里",
    ]


PIECES = st.sampled_from(
    [
        *"0123456789０９.,，%％-—:：/第年月日家个万亿元千百十一二三两成点余多近超约达上（）“”;；AGx \n",
        "平方米",
        "百分之",
        "2023",
        "全市第",
    ]
)


@settings(deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=25).map("".join))
@example("第第1第1")
@example("$-$0万")
def test_spans_are_exact_ordered_and_apart_for_any_text(text: str) -> None:
    quantities = find_quantities(text)
    end = 0
    for quantity in quantities:
        assert quantity.start >= end
        assert text[quantity.start : quantity.end] == quantity.text != ""
        assert quantity.text == quantity.text.rstrip()
        assert quantity.value == quantity.value  # not NaN
        end = quantity.end


@settings(deadline=None, derandomize=True)
@given(st.integers(min_value=0, max_value=10**9), st.sampled_from("家人件项"), st.sampled_from(["", "近", "超", "约"]))
def test_a_number_written_with_separators_reads_like_the_plain_one(number: int, unit: str, qualifier: str) -> None:
    plain, separated = f"共{qualifier}{number}{unit}", f"共{qualifier}{number:,}{unit}"
    assert [(q.value, q.unit) for q in find_quantities(plain)] == [(number, unit)]
    assert [(q.value, q.unit) for q in find_quantities(separated)] == [(number, unit)]


@settings(deadline=None, derandomize=True)
@given(st.integers(min_value=1, max_value=99_999), st.integers(min_value=0, max_value=99))
def test_decimals_with_multiples_are_exact(whole: int, hundredths: int) -> None:
    # by whole numbers: w.hh亿 = (100 w + hh) million
    assert only(f"为{whole}.{hundredths:02d}亿元").value == (100 * whole + hundredths) * 1_000_000
