"""The features that candidates have and those that have a name in Chinese are the same ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from engines import engine_over
from reader_fakes import FakeReader

from ragpark.answer.scorer import all_features
from ragpark.engine import Engine

TEXT = """# 碧湖园区概况

2023年，碧湖园区高新技术企业58家，职工4100人。碧湖园区值班电话：0555-4128800。碧湖园区2009年4月16日开园，2011年扩建道路。

碧湖园区商务局局长王某某介绍了安排。碧湖园区推出一款保险产品，名为“安湖保”。碧湖园区因为天旱限水。

碧湖园区建设“一湖一港”：镜心湖；云水港。碧湖园区咨询台由政务服务中心安排人员值守。

碧湖园区高新技术企业情况见下表，其中外资企业8家。碧湖园区优先接待职工100人以上的企业。2023年碧湖园区泵站情况：2022年为58座，2021年为50座。
"""
FIRMS = "企业,法定代表人,职工（人）,地址\n蓝桥药业,周某,30,湖滨路1号\n红桥药业,吴某,45,湖滨路9号\n"
KEEPER = "碧湖园区的咨询台归谁管？"
HANDS = "2023年碧湖园区能让多少人有活干？"
QUESTIONS = (
    "2023年碧湖园区高新技术企业有多少家？",
    "碧湖园区外资企业有多少家？",
    "2023年碧湖园区泵站有多少座？",
    "碧湖园区优先接待的职工有多少人？",
    "碧湖园区值班电话是多少？",
    "碧湖园区何时开园？",
    "碧湖园区商务局局长是谁？",
    "碧湖园区的保险产品叫什么？",
    "碧湖园区为什么限水？",
    "“一湖一港”指的是哪些？",
    "蓝桥药业的法定代表人是谁？",
    "蓝桥药业的地址在哪里？",
    "药业名册里职工最多的企业是哪个？",
    KEEPER,
    HANDS,
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, encoder_class) -> Engine:  # type: ignore[no-untyped-def]
    files = {"概况.md": TEXT, "药业名册.csv": FIRMS}
    made = engine_over(tmp_path_factory.mktemp("features"), files, encoder_class)
    made._reader = FakeReader({KEEPER: {"政务服务中心": 2.0}, HANDS: {"4100人": 2.0}})
    return made


def had(engine: Engine) -> Iterator[str]:
    for question in QUESTIONS:
        for ways in engine.offered(question):
            for look in ways:
                for candidate in look.candidates:
                    yield from candidate.features


def test_every_feature_is_named_and_every_name_is_a_feature(engine: Engine) -> None:
    assert set(had(engine)) == set(all_features())
