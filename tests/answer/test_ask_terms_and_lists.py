"""A list of as many items as asked for, what explains a quoted term, the condition of a rule, and a part that is missing."""

from __future__ import annotations

import pytest
from engines import engine_over

from ragpark.engine import Engine

FILES = {
    "青岭县实施意见.txt": "扶持企业实施意见\n\n我县支持企业发展，青岭县财政安排专项资金。\n\n一、措施\n\n"
    "（一）上市奖励。对在主板上市的企业，给予企业600万元奖励；对在创业板上市的企业，给予企业400万元奖励。\n"
    "（二）技改奖励。对完成技改的企业，给予企业20万元奖励。\n",
    "松石开发区.txt": "松石开发区\n\n松石开发区要做三件事：\n（一）守住一条底线：守住安全底线；\n（二）建好两个基地：材料基地、医药基地；\n"
    "（三）建设四大产业体系：新材料体系、医药体系、食品体系、服务体系。\n",
    "碧湖市若干规定.txt": "碧湖市促进养护业务若干规定\n\n第一条 企业可以开展大型装备“一头在内”的养护业务。\n\n"
    "第二条 园区内的企业还可以开展来自市外且养护后留在市内（以下称“一头在内”）的仪器的养护业务。\n\n"
    "第三条 企业开展“一头在内”的养护业务，应当将方案提交商务部门。\n",
    "云澜县2023年公报.txt": "云澜县2023年公报\n\n2023年云澜县用电量35亿千瓦时。\n",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, encoder_class) -> Engine:  # type: ignore[no-untyped-def]
    return engine_over(tmp_path_factory.mktemp("terms"), FILES, encoder_class)


def test_the_sentence_that_lists_as_many_answers_not_the_list_it_stands_in(engine: Engine) -> None:
    answer = engine.ask("松石开发区要建设的四大产业体系是哪四个？").answer
    assert all(item in answer for item in ("新材料体系", "医药体系", "食品体系", "服务体系"))
    assert "底线" not in answer


def test_a_quoted_term_is_explained_by_what_says_what_it_stands_for(engine: Engine) -> None:
    assert "来自市外且养护后留在市内" in engine.ask("碧湖市养护规定里讲的“一头在内”是什么意思？").answer


def test_the_amount_beside_the_condition_in_a_text_that_calls_its_county_ours(engine: Engine) -> None:
    assert engine.ask("青岭县企业在主板上市给多少奖励").answer == "600万元"


def test_the_part_that_is_missing_is_named(engine: Engine) -> None:
    found = engine.ask("云澜县2023年用电量和增速是多少？")
    assert found.answer == "35亿千瓦时"
    assert "增速" in found.reason
