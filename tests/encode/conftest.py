"""What the encoder's tests share: the model file, a cache folder of their own, and one loaded encoder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ragpark.encode.bundled import BundledEncoder
from ragpark.encode.e5s1 import E5S1, bundled_path

VARIED_TEXTS = (
    "园区",
    "2023年园区R&D占比是多少？",
    "What share of GDP did the park spend on research in 2023?",
    "GDP达到1,234.56亿元,同比增长5.6%;其中第二产业占比41.3%。",
    "截至２０２３年１２月３１日，园区共有企业２８００家，占地１５．６平方公里。",
    "園區研發經費占地區生產總值的比重為百分之五點一六，較上年提高零點三個百分點。",
    "用地面积约12.5㎡，其中①厂房②仓库③宿舍；温度25℃，№7，½。",
    "今天很高兴😀🎉，欢迎来到🏭园区！👨‍👩‍👧",
    "第一行\n第二行\r\n\t第三行   有很多   空格",
    "“十四五”期间（2021～2025年）——《规划》……",
    "鸬鹚与蝾螈、蓇葖果，以及𠀀𠀁𠀂。",
    "Zażółć gęślą jaźń; naïve café, cafe\u0301 e\u0301te\u0301; Ångström",
    "東京都の人口は約1400万人です。ﾊﾟｿｺﾝ",
    "서울특별시 인구는 약 940만 명이다.",
    "Москва — столица России, 12,6 млн человек.",
    "http://example.org/a?b=1&c=2 contact@example.org +86-10-1234-5678",
    "0123456789" * 12,
    "甲" * 40,
    "，。；：？！、（）【】《》〈〉「」『』〔〕",
    "title: 报告 › 一、综 述（2022-04-15）\n\u200b\ufeff正文从这里开始\ufffd结束。",
    "3+5=8; a<b && c>d; {json: [1, 2, null]}; SELECT * FROM t WHERE x='y';",
    "二〇二二年四月十五日，某市召开第十五届人民代表大会第一次会议，副市长作报告。",
    "企业名称\t营业收入（万元）\t从业人数\n甲公司\t12345.6\t789\n乙公司\t987.0\t65",
    "园区坚持创新驱动，培育专精特新企业，推动产业集群发展，完善公共服务平台。" * 11,
)


@pytest.fixture(scope="session")
def varied_texts() -> tuple[str, ...]:
    return VARIED_TEXTS


@pytest.fixture(scope="session")
def model() -> E5S1:
    return E5S1(bundled_path())


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("model-cache")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)  # up to 0.5 GB; pytest would keep three of them


@pytest.fixture(scope="session")
def encoder(cache: Path) -> BundledEncoder:
    return BundledEncoder(cache)
