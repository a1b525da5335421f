"""Contents, references, captions and imprints are told apart from text; what only looks like them stays."""

from document_fakes import raw

from ragpark.records import Document
from ragpark.repair.clean import clean

BODY = "各镇街把老旧管网改造排进年度计划，先改渗漏最重的路段，改完一段验收一段，结果张贴在公告栏。"


def cleaned(*lines: str) -> Document:
    return clean(raw("\n".join(lines)))


def asides(document: Document) -> list[tuple[str, str]]:
    return [(document.text[start:end], why) for start, end, why in document.aside]


def left_out(document: Document) -> list[str]:
    return [item.text for item in document.removed if item.reason == "目录"]


def test_contents_with_page_numbers_whose_parts_follow_are_left_out() -> None:
    document = cleaned(
        "某县年鉴", "目  录", "大事记……………1", "工业····38", "农业……71", "大事记", BODY, "工业", BODY, "农业", BODY
    )
    assert left_out(document) == ["目录", "大事记……………1", "工业····38", "农业……71"]
    assert [heading.text for heading in document.headings] == ["大事记", "工业", "农业"]


def test_contents_without_dots_or_numbers_are_known_by_what_follows() -> None:
    parts = ["一、基础", "二、要求", "三、任务"]
    body = [line for part in parts for line in (part, BODY)]
    assert left_out(cleaned("某县规划", "目录", *(f"{part} {n}" for n, part in enumerate(parts)), *body))[1:] == [
        "一、基础0", "二、要求1", "三、任务2",
    ]  # fmt: skip
    assert left_out(cleaned("某县规划", *parts, *body)) == parts


def test_contents_of_what_does_not_follow_stay_and_are_set_aside() -> None:
    document = cleaned("某县年鉴", BODY, "目录", "大事记……………1", "工业……38", "农业……71")
    assert left_out(document) == []
    assert asides(document) == [("目录\n大事记……………1\n工业……38\n农业……71", "目录")]


def test_headings_that_do_not_come_again_are_headings() -> None:
    document = cleaned("某县规划", "一、基础", BODY, "二、要求", BODY, "三、任务", BODY)
    assert [heading.text for heading in document.headings][1:] == ["一、基础", "二、要求", "三、任务"]
    assert left_out(document) == []


def test_references_tell_nothing() -> None:
    works = ["[1] 吴明. 食堂研究[J]. 规划, 2018, 12(3): 45-52.", "[2] 郑霞. 选址. 某出版社, 2016: 88-90."]
    document = cleaned("选址研究", BODY, "参考文献", *works)
    assert asides(document) == [("\n".join(["参考文献", *works]), "参考文献")]
    document = cleaned("选址研究", BODY, "［1］吴明.城市服务［M］.某出版社,2018.", BODY)
    assert [why for _, why in asides(document)] == ["参考文献"]


def test_text_after_the_references_and_notes_of_a_bulletin_stay_text() -> None:
    document = cleaned(
        "选址研究", BODY, "参考文献：", "1. 吴明. 选址. 2018.", "附录的说明由编者写成，只供参考，不作依据。"
    )
    assert asides(document) == [("参考文献：\n1. 吴明. 选址. 2018.", "参考文献")]
    assert asides(cleaned("公报摘编", BODY, "[1] 规模以上工业企业是指年收入2000万元及以上的企业。")) == []


def test_captions_head_nothing() -> None:
    document = cleaned("公报摘编", BODY, "表1：主要指标", BODY, "图2-1 常住人口结构", BODY, "注：本表为初步数", BODY)
    assert asides(document) == [("表1：主要指标", "图表标题"), ("图2-1 常住人口结构", "图表标题")]
    assert [heading.text for heading in document.headings] == ["公报摘编"]


def test_what_begins_like_a_caption_is_text() -> None:
    assert asides(cleaned("图书馆记", "图书馆新增三个阅览室", BODY, "表彰名单", BODY)) == []


def test_who_edits_and_prints_is_an_imprint_at_the_edges_only() -> None:
    line = "主编：陆闻溪 地址：某路1号 邮编：100000"
    assert asides(cleaned("两家实验室落户", BODY, line)) == [(line, "编印信息")]
    assert asides(cleaned("两家实验室落户", *[BODY] * 16, line, *[BODY] * 16)) == []


def test_lines_of_labels_head_nothing_and_stay() -> None:
    document = cleaned(
        "申报通知", BODY, "申请时间：5月1日", "申报条件：满一年", BODY, "甲组：何岸", "乙组：叶晚晴", BODY
    )
    assert [heading.text for heading in document.headings] == ["申报通知"]
    assert "申请时间：5月1日\n申报条件：满一年" in document.text
