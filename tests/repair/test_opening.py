"""The head of a document: what stands beside the title, and the title itself."""

import pytest
from document_fakes import raw

from ragpark.repair.clean import clean
from ragpark.repair.lines import Paragraph
from ragpark.repair.opening import join_titles, title_of

BODY = "各镇街把老旧管网改造排进年度计划，先改渗漏最重的路段，改完一段验收一段，结果张贴在公告栏。"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("工作报告——2024年3月5日在某市第十四届人民代表大会第二次会议上某市长 李某", "工作报告"),
        ("工作报告（2024年3月5日在某委员会全体会议上）", "工作报告"),
        ("某市2021年统计公报 2021", "某市2021年统计公报"),
        ("某市2021年统计公报[1]", "某市2021年统计公报"),
        ("【某市概况】", "某市概况"),
        ("某县年鉴2021", "某县年鉴2021"),
        ("在某市第十四届人民代表大会第二次会议上的讲话", "在某市第十四届人民代表大会第二次会议上的讲话"),
    ],
)
def test_what_a_page_sets_behind_a_title_goes(text: str, title: str) -> None:
    assert title_of(text) == title


def test_a_title_whose_kind_stands_on_the_next_line_is_joined() -> None:
    found = [Paragraph([(text, 1)]) for text in ("某市2021年国民经济和社会发展", "统计公报[1]", BODY)]
    join_titles(found)
    assert [paragraph.text for paragraph in found] == ["某市2021年国民经济和社会发展统计公报[1]", BODY]
    apart = [Paragraph([(text, 1)]) for text in ("某市管网改造方案", "通知", BODY)]
    join_titles(apart)
    assert len(apart) == 3


HEADS = {
    "red head": ("某县发展局文件|某发改〔2022〕9号|某县发展局|关于印发《充电桩方案》的|通  知|各有关单位：", "关于印发《充电桩方案》的通知", "2022"),
    "newspaper": ("某县日报|2024年3月7日 星期四|第A02版：要闻|十二家食堂同日开伙|——社区食堂见闻|本报记者 何岸", "十二家食堂同日开伙", "2024-03-07"),
    "bulletin": ("内部资料|科技参阅|第 7 期|(总第 421 期)|某县科技局|二〇二二年四月十五日|两家实验室落户", "两家实验室落户", "2022-04-15"),
    "report": ("工作报告全文|——2025年1月12日在某县第十七届人民代表大会第四次会议上|某县县长 林晚舟|各位代表：", "工作报告全文", "2025-01-12"),
    "order": ("某县人民政府令|第 58 号|某县停车管理办法", "某县停车管理办法", None),
    "law": ("某县节水条例|（2003年9月26日某会通过　2010年7月28日某会修正）", "某县节水条例", "2010-07-28"),
    "buttons": ("下载|全屏|听文|收藏|【字号：|加大|还原|】|某县工作报告|来源：|某某日报|时间：2026-02-09", "某县工作报告", "2026-02-09"),
    "fields": ("索 引 号：014/77|标　　题：关于压缩时限的通知|发布日期：2023年04月20日|关于压缩时限的通知", "关于压缩时限的通知", "2023-04-20"),
    "plain front matter": ("title: 夜间公交增开|date: 2025-01-09|tags: 交通", "夜间公交增开", "2025-01-09"),
    "cut in two": ("(2023年2月2日在某区第十六届人民代表大会||第三次会议上)||某区发展局", "计划报告", "2023-02-02"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HEADS)
def test_title_and_date_of_a_head(kind: str) -> None:
    head, title, date = HEADS[kind]
    document = clean(raw(head.replace("|", "\n") + f"\n\n{BODY}\n\n{BODY}\n", "计划报告.txt"))
    assert (document.title.lstrip("# "), document.date) == (title, date)


def test_what_stands_beside_a_title_tells_no_facts_and_heads_nothing() -> None:
    document = clean(raw(f"两家实验室落户\n某县科技局\n2022年4月15日\n{BODY}\n{BODY}"))
    assert [(document.text[a:b], why) for a, b, why in document.aside] == [("某县科技局\n2022年4月15日", "题头")]
    assert [heading.text for heading in document.headings] == ["两家实验室落户"]
    assert document.is_aside(*(document.text.index("某县科技局"),) * 2)
    assert not document.is_aside(0, 3)


def test_news_that_ends_in_an_organisation_is_a_title() -> None:
    document = clean(
        raw(f"科技工作简报\n第12期\n某县科技局办公室  2021年6月30日\n某县新增两家省级实验室\n{BODY}", "a.txt")
    )
    assert (document.title, document.date) == ("某县新增两家省级实验室", "2021-06-30")


def test_a_body_that_names_an_office_is_no_head() -> None:
    assert clean(raw(f"两家实验室落户\n{BODY}\n某县科技局\n{BODY}")).aside == ()


def test_a_kind_alone_gives_way_to_a_file_name_that_says_more() -> None:
    assert clean(raw(f"政府工作报告\n{BODY}", "2024年某县政府工作报告.txt")).title == "2024年某县政府工作报告"
    assert (
        clean(raw(f"某县管网改造三年方案\n{BODY}", "某县管网改造三年方案(2020-08-03).txt")).title
        == "某县管网改造三年方案"
    )


@pytest.mark.parametrize(
    "second", ["云桥县统计局　3月12日", "《云桥日报》记者潘某　通讯员李某", "投诉人：蓝桥药业有限公司", "云桥县统计局"]
)
def test_what_names_the_paper_is_its_title_not_who_wrote_or_issued_it(second: str) -> None:
    lines = (
        "云桥县投诉处理情况通报",
        second,
        "收到投诉后，云桥县财政局组织了调查，并请双方当面说明，现将结果通报如下。",
    )
    assert clean(raw("\n".join(lines))).title == lines[0]


def test_the_way_to_a_page_is_not_its_title() -> None:
    lines = (
        "学校首页 > 学校概况 > 学校简介",
        "云桥学院简介",
        "云桥学院于1958年开办，现有学生四千人，设有农学、水利、机械等九个系。",
    )
    assert clean(raw("\n".join(lines))).title == "云桥学院简介"


def test_the_column_in_brackets_before_a_title_is_not_of_it() -> None:
    assert title_of("【问答】租房补贴怎么领") == "租房补贴怎么领"
    assert title_of("【云桥见闻】") == "云桥见闻"
