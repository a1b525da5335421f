"""What is left out of a page, with its reason, and what stays although it looks alike."""

from document_fakes import raw

from ragpark.repair.clean import clean

BODY = "园区在全国率先推行一站式服务，企业办事只进一扇门，平均用时由十二天缩短为三天。"


def left(text: str, solid: bool = False) -> tuple[list[str], list[tuple[str, str]]]:
    document = clean(raw(text, solid=solid))
    return document.text.split("\n"), [(item.text, item.reason) for item in document.removed]


def test_a_web_page_is_left_with_its_text() -> None:
    text, removed = left(
        "您的位置：首页 >> 新闻中心 >> 正文\n从一扇门到一张网\n时间：2024-03-05 来源：某报 作者：王某 字号：大 中 小\n"
        f"{BODY}\n责任编辑：张三\n分享到：\n打印本页 关闭窗口\n上一篇：园区召开大会\n"
        "京ICP备12345678号 政府网站标识码3205000001",
        solid=True,
    )
    assert text == ["从一扇门到一张网", BODY]
    assert {reason for _, reason in removed} == {"导航或页脚", "网页信息", "署名"}


def test_an_organiser_above_no_footer_stays() -> None:
    assert left(f"{BODY}\n主办单位：市科技局\n{BODY}", solid=True)[0][1] == "主办单位：市科技局"


def test_when_and_where_an_event_takes_place_stays() -> None:
    assert left(f"关于举办大会的通知\n时间：2024年3月5日\n地点：某会议中心\n{BODY}", solid=True)[1] == []


def test_a_field_in_the_middle_of_a_page_stays() -> None:
    lines = [BODY] * 14 + ["来源：企业自筹"] + [BODY] * 12
    assert left("\n".join(lines), solid=True)[1] == []


def test_related_links_go_down_to_the_end() -> None:
    text, removed = left(f"{BODY}\n相关阅读：\n园区召开大会\n园区发布政策\n版权所有：某管委会", solid=True)
    assert text == [BODY]
    assert ("园区发布政策", "相关链接") in removed


def test_related_text_stays() -> None:
    text, _ = left(
        f"{BODY}\n相关链接\n一扇门是指所有事项在一个窗口受理，后台分送各部门办理，办完通知企业。", solid=True
    )
    assert text[1] == "相关链接"


def test_vertical_text_goes_and_a_short_line_stays() -> None:
    assert left(f"{BODY}\n图\n片\n由\n某\n局\n供")[1] == [("图片由某局供", "竖排文字")]
    assert left(f"{BODY}\n好")[1] == []


WRAPPED = [
    "园区在全国率先推行一站式服务，企", "业办事只进一扇门，平均用时由十二", "天缩短为三天，这一做法后来写进了", "省里的文件，全省照此推行，又过了",
    "两年，全国不少地方也派人来学，带", "回去的办法各有不同，但是都管用。",
]  # fmt: skip


def test_a_running_title_inside_a_sentence_goes() -> None:
    text, removed = left("\n".join([*WRAPPED[:3], "  营商环境", *WRAPPED[3:], *WRAPPED]))
    assert removed == [("营商环境", "页眉")]
    assert text[0].startswith("".join(WRAPPED))


def test_a_running_title_that_comes_back_goes_wherever_it_stands() -> None:
    page = [*WRAPPED[:4], "园区观察 2025年第{}期", *WRAPPED[4:]]
    text, removed = left("\n".join(line.format(n) for n in (3, 4, 5) for line in page))
    assert [reason for _, reason in removed] == ["页眉"] * 3
    assert "园区观察" not in "".join(text)


def test_a_page_number_between_two_pages_goes() -> None:
    text, removed = left("\n".join([*WRAPPED[:4], "", "— 12 —", "", *WRAPPED[4:], *WRAPPED]))
    assert removed == [("— 12 —", "页眉")]
    assert text[0].startswith("".join(WRAPPED))


def test_a_decorated_page_number_goes_wherever_it_stands() -> None:
    text, removed = left("\n".join([*WRAPPED, "·132·", "园区的另一件事办得也不算差，窗口", *WRAPPED[1:]]))
    assert removed == [("·132·", "页眉")]
    assert "132" not in "".join(text)


def test_a_caption_goes_and_the_sentence_around_it_is_whole() -> None:
    text, removed = left("\n".join([*WRAPPED[:3], "", "一站式服务大厅启用（某局  供稿）", *WRAPPED[3:], *WRAPPED]))
    assert removed == [("一站式服务大厅启用（某局  供稿）", "图片说明")]
    assert text[0].startswith("".join(WRAPPED))


def test_a_byline_ends_its_paragraph() -> None:
    text, removed = left(
        "\n".join([*WRAPPED[:-1], "回去的办法各有不同，但是都管用。（周一舟）", *WRAPPED, "（叶    晚）"])
    )
    assert removed == [("（周一舟）", "署名"), ("（叶    晚）", "署名")]
    assert text == ["".join(WRAPPED)] * 2
