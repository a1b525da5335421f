"""Credits, by-lines and captions, with invented names; and what only looks like them."""

import pytest

from ragpark.repair.credits import byline_start, is_caption, is_credit, is_pictured


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：张三",
        "責任編輯：張三",
        "编辑：何岸　　校对：叶晚晴",
        "■ 本版撰稿徐晚晚",
        "本报记者 张三 通讯员 李四",
        "记者 欧阳晚晴",
        "图片提供某市科技局",
        "（责任编辑：陆闻溪）",
        "（撰稿：叶晚晴　编辑：何岸）",
        "（文章来源：某报）",
        "（完）",
        "文/图 张三",
        "供图：某局",
        "青禾　记者张三　通讯员李四",
    ],
)
def test_credits(line: str) -> None:
    assert is_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "文字工作要求",
        "摄影大赛获奖名单",
        "作者权益保护办法",
        "记者站管理规定",
        "审核流程说明",
        "图片提供了证据",
        "编辑：排版与校对都要认真完成。",
        "主任：甲某 副主任：乙某",
        "（完善制度）",
    ],
)
def test_what_is_no_credit(line: str) -> None:
    assert not is_credit(line)


@pytest.mark.parametrize("line", ["青禾区融媒体中心　李晚晴", "青禾日报 张岸、叶晚晴"])
def test_a_body_and_a_name_are_a_credit_under_a_title_only(line: str) -> None:
    assert is_credit(line, under_title=True)
    assert not is_credit(line)


@pytest.mark.parametrize("line", ["青禾区新增两家实验室", "青禾区融媒体中心", "青禾区融媒体中心　今日揭牌"])
def test_a_line_without_a_name_is_none_under_a_title(line: str) -> None:
    assert not is_credit(line, under_title=True)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("累计1840家。（林晚晚  潘  某）", "累计1840家。"),
        ("累计1840家。\ufffd （周一舟）", "累计1840家。"),
        ("（叶    某）", ""),
        ("发展很快。（记者 张三 通讯员 李四）", "发展很快。"),
        ("发展很快。（本报记者 张三）", "发展很快。"),
        ("發展很快。（陳  三）", "發展很快。"),
        ("发展很快。（欧阳晚晴）", "发展很快。"),
    ],
)
def test_bylines_begin_behind_the_sentence(line: str, kept: str) -> None:
    assert byline_start(line) == len(kept)
    assert line.startswith(kept)


@pytest.mark.parametrize(
    "line",
    [
        "再鼎医药（苏州）",
        "操作方案（试行）",
        "他来自江苏。（苏州）",
        "增长很快（见表）",
        "产值4000亿元。（据初步核算）",
        "主任张三（左）",
    ],
)
def test_no_bylines(line: str) -> None:
    assert byline_start(line) is None


@pytest.mark.parametrize(
    "line", ["某公司挂牌上市（科教创新区  供稿）", "园区全景\ufffd （张三 摄）", "全景（新闻中心供圖）"]
)
def test_captions(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize("line", ["申报（供稿截止5月）", "园区很大。张三（摄影爱好者）", "规划（图）附后"])
def test_no_captions(line: str) -> None:
    assert not is_caption(line)


def test_what_a_picture_shows() -> None:
    assert is_pictured("图为发布会现场。  张三  摄")
    assert is_pictured("张三 摄")
    assert is_pictured("全体会议召开。本报记者 张三 摄")
    assert not is_pictured("图为媒，文为介，两者不可缺。")
    assert not is_pictured("意图为何")
