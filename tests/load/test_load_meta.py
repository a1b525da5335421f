"""Dates and titles as formats give them, front matter, sidecars."""

import pytest

from ragpark.errors import LoadError
from ragpark.load.frontmatter import front_matter
from ragpark.load.meta import iso_date, sensible_title, tidy
from ragpark.load.sidecar import read_sidecar


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2022-06-07 07:17:20 +0800", "2022-06-07"),
        ("2022-06-07T07:17:20Z", "2022-06-07"),
        ("2022/6/7", "2022-06-07"),
        ("2022.06.07", "2022-06-07"),
        ("2022年6月7日", "2022-06-07"),
        ("发布于 2022 年 6 月 7 日", "2022-06-07"),
        ("二〇二二年四月十五日", "2022-04-15"),
        ("二○二〇年十二月三十一日", "2020-12-31"),
        ("二〇二一年十月二十日", "2021-10-20"),
        ("20220607", "2022-06-07"),
        ("20220607071720", "2022-06-07"),
        ("D:20220607071720+08'00'", "2022-06-07"),
        ("Tue, 07 Jun 2022 07:17:20 +0800", "2022-06-07"),
        ("2022年6月", "2022-06"),
        ("2022-06", "2022-06"),
        ("2022", "2022"),
        ("2022年", "2022"),
        ("2022-13-07", None),
        ("2022年2月30日", None),
        ("去年", None),
        ("", None),
        ("0512-62881234", None),
        ("3022-01-01", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize("title", ["园区2020年科技年报", "Annual report 2020", "关于印发某办法的通知"])
def test_sensible_titles(title: str) -> None:
    assert sensible_title(title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Microsoft Word - 关于通知",
        "untitled",
        "无标题文档",
        "文档1",
        "Document2",
        "科技年报2020.docx",
        "a1b2",
        "\ufffd\ufffd年报告",
        "PowerPoint 演示文稿",
    ],
)
def test_titles_that_name_nothing(title: str) -> None:
    assert not sensible_title(title)


def test_tidy_drops_empty_values_and_names_a_bad_date() -> None:
    meta, problems = tidy({"title": " 甲\n乙 ", "source": " ", "date": "择日"})
    assert meta == {"title": "甲 乙"}
    assert len(problems) == 1
    assert "择日" in problems[0]


def test_front_matter() -> None:
    lines = [
        "---",
        "layout: post",
        'title: "苏城：一条“新路”"',
        "Date: 2022-06-07 07:17:20 +0800",
        "tags:",
        "- 甲",
        "---",
        "正文",
    ]
    values, taken = front_matter(lines)
    assert values == {"layout": "post", "title": "苏城：一条“新路”", "date": "2022-06-07 07:17:20 +0800", "tags": ""}
    assert taken == 7


@pytest.mark.parametrize(
    "lines",
    [
        ["---", "这是一条分隔线下的正文。", "---"],  # a rule over prose
        ["---", "title: 没有结束"],
        ["---", "---", "空"],
        ["正文", "---", "title: 不在开头", "---"],
        [],
    ],
)
def test_what_is_no_front_matter(lines: list[str]) -> None:
    assert front_matter(lines) == ({}, 0)


def test_front_matter_may_follow_blank_lines_and_hold_quotes() -> None:
    lines = [
        "\ufeff",
        "",
        "---",
        "title: '三问“一扇门”'",
        "tags: ",
        " - 甲",
        "date: Tue, 07 Jun 2022 07:17:20 GMT",
        "---",
        "正文",
    ]
    values, taken = front_matter(lines)
    assert (values["title"], taken) == ("三问“一扇门”", 8)


def test_toml_front_matter() -> None:
    lines = [
        "+++",
        'title = "一扇门"',
        "date = 2023-08-02T09:00:00+08:00",
        'tags = ["城市"]',
        "[extra]",
        "a = 1",
        "+++",
        "正文",
    ]
    assert front_matter(lines) == ({"title": "一扇门", "date": "2023-08-02 09:00:00+08:00"}, 7)
    assert front_matter(["+++", "不是 TOML", "+++"]) == ({}, 0)


def test_labels_in_front_matter_are_title_date_and_source() -> None:
    meta, problems = tidy({"标题": "一扇门", "发布时间": "2023年8月2日", "发布机构": "某局"})
    assert (meta["title"], meta["date"], meta["source"], problems) == ("一扇门", "2023-08-02", "某局", [])


def test_a_sidecar_may_pin_the_subject() -> None:
    assert read_sidecar('subject = "某市"'.encode(), "a.pdf.meta.toml") == ({"subject": "某市"}, [])


def test_sidecar_values() -> None:
    data = 'title = "年报"\ndate = 2021-03-05\nsource = "统计局"\n'.encode()
    assert read_sidecar(data, "a.pdf.meta.toml") == ({"title": "年报", "date": "2021-03-05", "source": "统计局"}, [])
    assert read_sidecar(b"\xef\xbb\xbfdate = 2021", "a.pdf.meta.toml") == ({"date": "2021"}, [])


def test_a_sidecar_date_that_does_not_parse_is_a_problem_that_names_the_file() -> None:
    pinned, problems = read_sidecar('date = "择日"'.encode(), "a.pdf.meta.toml")
    assert pinned == {}
    assert "a.pdf.meta.toml" in problems[0]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ('titel = "错"'.encode(), "未知的项“titel”；可用的项有：title、date、source、subject"),
        (b"title = ", "无法解析"),
        ('title = "年报"'.encode("gb18030"), "无法解析"),
        (b"title = [1]", "应是一段文字"),
        (b"title = true", "应是一段文字"),
    ],
)
def test_a_wrong_sidecar_is_a_load_error_that_names_it(data: bytes, says: str) -> None:
    with pytest.raises(LoadError, match=r"a\.pdf\.meta\.toml") as caught:
        read_sidecar(data, "a.pdf.meta.toml")
    assert says in str(caught.value)
