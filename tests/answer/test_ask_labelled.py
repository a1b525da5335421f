"""Several things named side by side, each with its figure, and the one with the highest: from tables, rows of text, sentences."""

from __future__ import annotations

import pytest
from engines import engine_over

from ragpark.engine import Engine
from ragpark.retrieve.side_by_side import side_by_side
from ragpark.zh.tagger import LacTagger

FILES = {
    "青岭县2022年统计.md": "# 青岭县2022年统计\n\n2022年青岭县经济平稳。\n\n表1 生产总值\n\n"
    "| 指标 | 绝对数（万元） | 比上年增长（%） |\n|---|---:|---:|\n| 地区生产总值 | 900 | 5.1 |\n| 一、按产业 | — | — |\n"
    "| 第一产业 | 200 | 9.3 |\n| 第二产业 | 300 | 4.4 |\n| 第三产业 | 400 | 2.2 |\n| 二、按行业 | — | — |\n"
    "| 农业 | 180 | 3.1 |\n| 采矿业 | 90 | -2.5 |\n| 建筑业 | 70 | 6.6 |\n",
    "碧湖县2023年运行.txt": "碧湖县2023年运行情况\n\n2023年碧湖县经济平稳。四个行业全部增长：\n"
    "   修理业    销售额3.5亿元    +0.7%\n   租赁业    销售额2.6亿元    +12.6%\n   住宿业    营业额1.7亿元    +3.1%\n\n"
    "居民人均可支配收入7100元，其中城镇居民9800元，农村居民5200元。\n\n"
    "全年种植平稳，谷子收了2.6万吨（-0.2%），高粱收了1.5万吨（+1.1%），油料收了1.4万吨（+8.8%）。\n\n"
    "从四类用品价格看，帽子下降1.5%、雨伞下降7.5%、茶具上涨3.5%、灯具上涨0.5%。\n\n"
    "三种水产价格上涨：鲤鱼上涨9.5%，河虾上涨6.5%，螃蟹上涨2.5%。\n\n"
    "其中，批发额20.5亿元，增长8.5%；零售额12.5亿元，增长4.5%。县城的商店批发额3.5亿元。市场里零售额1.5亿元。\n",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, encoder_class) -> Engine:  # type: ignore[no-untyped-def]
    return engine_over(tmp_path_factory.mktemp("labelled"), FILES, encoder_class)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("2022年青岭县一产、二产增加值分别是多少万元", "第一产业 200万元；第二产业 300万元"),
        ("2022年青岭县第一产业、第二产业和第三产业增速分别是多少", "第一产业 9.3%；第二产业 4.4%；第三产业 2.2%"),
        ("碧湖县2023年修理业、租赁业销售额分别是多少", "修理业销售额 3.5亿元；租赁业销售额 2.6亿元"),
        ("碧湖县2023年城镇和农村居民的人均可支配收入分别是多少", "城镇居民 9800元；农村居民 5200元"),
        (
            "碧湖县2023年修理、租赁、住宿里哪个行业增长最快",
            "租赁业销售额（12.6%；其后：住宿业营业额3.1%、修理业销售额0.7%）",
        ),
        ("青岭县2022年哪个行业增长最快", "建筑业（6.6%；其后：农业3.1%、采矿业-2.5%；共比较3行）"),
        ("碧湖县2023年批发额和零售额各是多少", "批发额 20.5亿元；零售额 12.5亿元"),
        (
            "碧湖县2023年四类用品中哪一类价格跌得最厉害？",
            "雨伞（下降7.5%；其后：帽子下降1.5%、灯具0.5%、茶具3.5%）",
        ),
        (
            "碧湖县2023年四类用品中哪一类价格涨得最多？",
            "茶具（3.5%；其后：灯具0.5%、帽子下降1.5%、雨伞下降7.5%）",
        ),
        ("青岭县2022年哪个行业增长最慢", "采矿业（-2.5%；其后：农业3.1%、建筑业6.6%；共比较3行）"),
    ],
)
def test_each_named_or_the_extreme_one(engine: Engine, question: str, answer: str) -> None:
    assert engine.ask(question).answer == answer


@pytest.mark.parametrize(
    "question",
    [
        "碧湖县2023年修理业、运输业销售额分别是多少",  # 运输业 has none
        "碧湖县2023年修理业、租赁业利润分别是多少",
        "碧湖县2023年修理、租赁里哪个行业利润最高",
        "碧湖县2023年三种水产里哪一种价格跌得最厉害",  # all rose
    ],
)
def test_nothing_is_put_together_of_what_is_not_said(engine: Engine, question: str) -> None:
    assert "；租赁业销售额 " not in engine.ask(question).answer
    assert "其后" not in engine.ask(question).answer


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("青岭县2022年夏粮、秋粮产量", ("夏粮", "秋粮"), "产量"),
        ("青岭县2025年一季度城镇和农村居民的人均可支配收入", ("城镇", "农村"), "居民的人均可支配收入"),
        ("常住人口和户籍人口", ("常住人口", "户籍人口"), ""),
        ("青岭县的产值", (), ""),
    ],
)
def test_names_side_by_side(text: str, names: tuple[str, ...], rest: str) -> None:
    assert side_by_side(text, LacTagger()) == (names, rest)
