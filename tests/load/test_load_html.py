"""Web pages: what a reader came for stays, with levels, rows and line numbers; what surrounds it goes."""

import pytest

from ragpark.errors import LoadError
from ragpark.load.html import read_html
from ragpark.records import RawLine

MODERN = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>关于促进创新的通知_某市人民政府</title>
<meta name="PubDate" content="2023-05-06 10:00"><meta name="ContentSource" content="市科技局">
<style>p{color:red}</style><script>var a = "首页";</script></head><body>
<form id="aspnetForm" action="/x"><input type="hidden" value="x">
<div class="header"><div class="top">欢迎访问某市政府网站 <a href="#">无障碍</a> <a href="#">长者模式</a></div></div>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>
<div class="crumb">当前位置：<a>首页</a> &gt; <a>政务公开</a></div>
<div class="main"><h1>关于促进创新的通知</h1>
<p class="info">发布日期：2023-05-06&nbsp;&nbsp;浏览次数：<span>123</span></p>
<div style="display: none">隐藏文字</div><p hidden>也隐藏</p>
<h2>一、总体情况</h2>
<p>　　全市共有企业<b>2800</b>家，
同比增长5.2%。<br>其中民营企业2000家。</p>
<h3>（一）小节</h3><p>短。</p>
<p>根据<a href="/1">《甲办法》</a>、<a href="/2">《乙办法》</a>、<a href="/3">《丙规定》</a>办理。</p>
<table border=1><caption>表1 主要指标</caption>
<tr><th>指标</th><th>2022年</th><th>2023年</th></tr>
<tr><td>产值</td><td>10亿元</td><td>12亿元</td></tr></table>
<ol><li>第一项</li><li><p>第二项</p></li></ol>
<p>附件：<a href=1>1.甲表</a> <a href=1>2.乙表</a> <a href=1>3.丙表</a></p>
<p>扫一扫在手机打开当前页</p></div>
<div class="rel"><h3>相关链接</h3><ul><li><a>甲新闻</a></li><li><a>乙新闻</a></li><li><a>丙新闻</a></li></ul></div>
</form>
<div class="footer"><p>主办单位：某市人民政府办公室。备案号：某ICP备12345号</p></div></body></html>
"""

OLD_TABLES = """<HTML><HEAD><TITLE>统计公报</TITLE><META http-equiv=Content-Type content="text/html; charset=gb2312">
</HEAD><BODY><TABLE width=980><TR><TD><A>首页</A>|<A>机构</A>|<A>公报</A>|<A>年鉴</A></TD></TR>
<TR><TD><TABLE><TR><TD class=title>某区统计公报</TD></TR>
<TR><TD><P>全年地区生产总值300亿元。</P><P>增长6%。
<TABLE><TR><TD>项目</TD><TD>绝对数</TD></TR><TR><TD>工业</TD><TD>120亿元</TD></TR></TABLE></TD></TR></TABLE>
</TD></TR><TR><TD class=copyright>版权所有 某区统计局</TD></TR></TABLE></BODY></HTML>
"""


def read(page: str, codec: str = "utf-8") -> list[RawLine]:
    return list(read_html(page.encode(codec), "页.html").lines)


def body(markup: str) -> list[tuple[str, int]]:
    return [(line.text, line.level) for line in read(f"<html><body>{markup}</body></html>")]


def test_a_government_page_keeps_title_paragraphs_levels_and_rows_with_their_lines() -> None:
    assert [(line.place, line.level, line.text) for line in read(MODERN)] == [
        (9, 1, "关于促进创新的通知"),
        (10, 0, "发布日期：2023-05-06\u00a0\u00a0浏览次数：123"),
        (12, 2, "一、总体情况"),
        (13, 0, "全市共有企业2800家，同比增长5.2%。"),
        (14, 0, "其中民营企业2000家。"),
        (15, 3, "（一）小节"),
        (15, 0, "短。"),
        (16, 0, "根据《甲办法》、《乙办法》、《丙规定》办理。"),
        (17, 0, "表1 主要指标"),
        (19, 0, "指标：产值；2022年：10亿元；2023年：12亿元"),
        (20, 0, "1. 第一项"),
        (20, 0, "2. 第二项"),
        (21, 0, "附件：1.甲表 2.乙表 3.丙表"),
        (22, 0, "扫一扫在手机打开当前页"),
    ]
    assert all(line.solid for line in read(MODERN))


def test_title_date_and_source_come_from_the_head() -> None:
    meta = read_html(MODERN.encode(), "页.html").meta
    assert meta == {"title": "关于促进创新的通知", "date": "2023-05-06 10:00", "source": "市科技局"}


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:title" content="甲通知"><title>乙</title>', "甲通知"),
        ('<meta name="ArticleTitle" content="甲通知"><meta property="og:title" content="乙">', "甲通知"),
        ("<title>甲通知 - 某局</title>", "甲通知"),
        ("<title>甲通知|公告|某局</title>", "甲通知"),
        ("<title>2021-2023年规划</title>", "2021-2023年规划"),
        ("", "页内标题"),
        ("<title>页内标题的解读_某局</title>", "页内标题"),
    ],
)
def test_where_the_title_comes_from(head: str, title: str) -> None:
    page = f"<html><head>{head}</head><body><h1>页内标题</h1><p>文。</p></body></html>"
    assert read_html(page.encode(), "页.html").meta["title"] == title


def test_a_page_laid_out_with_tables_in_gbk() -> None:
    assert [(line.place, line.text) for line in read(OLD_TABLES, "gb18030")] == [
        (3, "某区统计公报"),
        (4, "全年地区生产总值300亿元。"),
        (4, "增长6%。"),
        (5, "项目：工业；绝对数：120亿元"),
    ]


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><a>首页</a><a>公开</a></nav>",
        "<footer>版权所有</footer>",
        "<aside><h3>热点</h3><a>甲</a></aside>",
        '<div role="navigation">首页</div>',
        '<div class="bread-crumb crumbs">首页 &gt; 公开</div>',
        '<div id="pageFooter">网站标识码 123</div>',
        '<div class="bottom">网站标识码 123</div><div id="position">首页 &gt; 公开</div>',
        '<div class="share">分享到：微信</div>',
        "<ul><li><a>甲新闻</a></li><li><a>乙新闻</a></li><li><a>丙新闻</a></li></ul>",
        "<h3>相关阅读</h3><ul><li><a>甲新闻</a></li><li><a>乙新闻</a></li><li><a>丙新闻</a></li></ul>",
        "<script>alert('x')</script><noscript>请启用脚本</noscript><template>模板</template>",
        '<select><option>选项</option></select><button>提交</button><textarea>输入</textarea><input value="x">',
        '<p style="DISPLAY:none">看不见</p><p style="visibility : hidden">看不见</p><!-- 注释 --><?php echo 1 ?>',
    ],
)
def test_furniture_goes(furniture: str) -> None:
    text = "园区全年研发投入占比提高到百分之五，高新技术企业达到两千八百家，继续保持领先。" * 2
    assert body(f"{furniture}<p>{text}</p>{furniture}") == [(text, 0)]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<div class="navy">甲乙丙丁戊</div>', "甲乙丙丁戊"),
        ('<div class="content-header"><h1>题目</h1></div>', "题目"),
        ("<article><header><h1>题目</h1></header></article>", "题目"),
        ('<div class="related">与此有关的政策自发布之日起施行。</div>', "与此有关的政策自发布之日起施行。"),
        ('<div class="position-relative border-bottom">小标题</div>', "小标题"),
        ("<p><a>甲</a>与<a>乙</a></p>", "甲与乙"),
        ("<form><p>整页都在表单里。</p></form>", "整页都在表单里。"),
    ],
)  # fmt: skip
def test_content_that_looks_like_furniture_stays(markup: str, expected: str) -> None:
    text = "园区全年研发投入占比提高，高新技术企业达到两千八百家，继续保持领先，各项工作稳步推进。" * 3
    assert expected in [line for line, _ in body(f"{markup}<p>{text}</p>")]


def test_a_page_that_is_a_list_of_links_keeps_them() -> None:
    assert body("<ul><li><a>甲年鉴</a></li><li><a>乙年鉴</a></li><li><a>丙年鉴</a></li></ul>") == [
        ("甲年鉴", 0),
        ("乙年鉴", 0),
        ("丙年鉴", 0),
    ]


def test_white_space_is_as_a_browser_shows_it() -> None:
    assert body("<p>研发\n  投入 R&amp;D\n  ratio　和 综&nbsp;述</p>") == [("研发投入 R&D ratio　和 综\u00a0述", 0)]


def test_preformatted_text_keeps_its_lines_open_for_joining() -> None:
    assert [
        (line.text, line.place, line.solid) for line in read("<html><body>\n<pre>园区投\n\n入增长</pre></body></html>")
    ] == [("园区投", 2, False), ("", 3, False), ("入增长", 4, False)]


def test_lists_are_numbered_from_where_they_start() -> None:
    assert body('<ol start="3"><li>甲<ol><li>子</li></ol></li><li value=9>乙</li></ol><ul><li>丙</li></ul>') == [
        ("3. 甲", 0),
        ("1. 子", 0),
        ("9. 乙", 0),
        ("丙", 0),
    ]


def test_a_merged_table_in_a_page() -> None:
    assert body(
        "<table><tr><td rowspan=2>指标</td><td colspan=2>2023年</td></tr><tr><td>产值</td><td>增速</td></tr>"
        "<tr><td rowspan='x'>工业</td><td>10亿元</td><td>5%</td></tr></table>"
    ) == [("指标：工业；2023年产值：10亿元；2023年增速：5%", 0)]


def test_deep_nesting_and_broken_markup_do_no_harm() -> None:
    assert body("<div>" * 500 + "深处" + "</div>" * 3) == [("深处", 0)]
    assert body("<p>甲<p>乙</b></i><td>丙") == [("甲", 0), ("乙", 0), ("丙", 0)]


def test_a_page_that_is_no_text_is_refused() -> None:
    with pytest.raises(LoadError, match="不是文本文件"):
        read_html(bytes(range(256)) * 10, "页.html")


def _texts(body: str) -> list[str]:
    page = f"<html><head><meta charset=utf-8><title>页</title></head><body>{body}</body></html>"
    return [line.text for line in read_html(page.encode(), "a.html").lines]


def test_cells_of_a_data_table_may_hold_lists_and_headings() -> None:
    assert _texts(
        "<table><tr><th>星期<th>时间</tr><tr><td>周一<td><ul><li>8:30-12:00</li><li>13:00-17:00</li></ul></tr></table>"
    ) == ["星期：周一；时间：8:30-12:00 13:00-17:00"]
    assert _texts(
        "<table><tr><td>事项<br>名称<td>材料<td>时限</tr><tr><td><h4>设立</h4><td><ol><li>申请表<li>章程</ol>"
        "<td><p>3个工作日</p></tr><tr><td>变更<td><p>申请表</p><td>5个工作日</tr></table>"
    ) == ["事项名称：设立；材料：申请表；章程；时限：3个工作日", "事项名称：变更；材料：申请表；时限：5个工作日"]


def test_tables_that_only_lay_out_stay_text() -> None:
    menu = "<ul><li><a href=a>要闻</a></li><li><a href=b>公告</a></li></ul>"
    assert _texts(f"<table><tr><td>{menu}<td><h3>通告</h3><p>东路封闭。</p></tr></table>")[-2:] == [
        "通告",
        "东路封闭。",
    ]
    assert _texts("<table role=presentation><tr><td>左<td>右</tr><tr><td>上<td>下</tr></table>") == [
        "左",
        "右",
        "上",
        "下",
    ]


def test_a_unit_row_under_a_header_row_names_the_columns() -> None:
    assert _texts(
        "<table><thead><tr><th>指标<th colspan=2>2023年</tr></thead><tr><td><td>数值<td>增长</tr>"
        "<tr><td><td>亿元<td>%</tr><tr><td>产值<td>12<td>5</tr></table>"
    ) == ["指标：产值；2023年数值（亿元）：12；2023年增长（%）：5"]


def test_description_lists_read_as_pairs() -> None:
    assert _texts("<dl><dt>成立时间</dt><dd>2009年6月</dd><dt>面积：</dt><dd>18公顷</dd></dl>") == [
        "成立时间：2009年6月",
        "面积：18公顷",
    ]
    assert _texts("<dl><dt>甲<dt>乙<dd><p>一段</p><p>二段</p><dt>几点开门？<dd>八点。<dt>余下</dl>") == [
        "甲、乙：一段",
        "二段",
        "几点开门？ 八点。",
        "余下",
    ]


def test_raised_characters_stay_apart_from_figures() -> None:
    assert _texts("<p>产值88<sup>2</sup>亿元，面积3km<sup>2</sup>，CO<sub>2</sub>。</p>") == [
        "产值88亿元[2]，面积3km²，CO2。"
    ]
    assert _texts("<table><tr><th>指标<th>数值</tr><tr><td>用水（m<sup>3</sup>）<td>12<sup>1</sup></tr></table>") == [
        "指标：用水（m³）；数值：12[1]"
    ]
    assert _texts("<pre>人口6<sup>3</sup>万人</pre>") == ["人口6万人[3]"]


def test_frames_are_named_and_their_spare_text_is_read() -> None:
    page = "<html><frameset><frame src=a.html><noframes><body><p>植树1900棵。</p></body></noframes></frameset></html>"
    loaded = read_html(page.encode(), "a.html")
    assert [line.text for line in loaded.lines] == ["植树1900棵。"]
    assert any("a.html" in problem for problem in loaded.problems)


def test_text_that_a_page_would_fill_in_later_is_read_where_it_has_none() -> None:
    later = '<script type="application/ld+json">{"@graph":[{"articleBody":"全年修路7公里，植树1900棵，清淤3公里。"}]}</script>'
    assert _texts(f"{later}<div id=app></div>") == ["全年修路7公里，植树1900棵，清淤3公里。"]
    assert _texts("<div></div><noscript><p>全年修路7公里，植树1900棵，清淤3公里，架桥2座。</p></noscript>") == [
        "全年修路7公里，植树1900棵，清淤3公里，架桥2座。"
    ]
