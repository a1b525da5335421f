"""What a paragraph says: tracked changes as accepted, controls, links and fields, hidden text, symbols, contents lists."""

import pytest
from docx_files import box, cell, field, lines, numbered, numbering, par, row, run, table, word_file

from ragpark.load.docx import read_docx

DELETED = '<w:rPr><w:del w:id="9" w:author="x"/></w:rPr>'


def deleted(text: str) -> str:
    return f'<w:del w:id="1" w:author="x"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def inserted(inner: str) -> str:
    return f'<w:ins w:id="2" w:author="x">{inner}</w:ins>'


def test_figures_replaced_in_tracked_changes() -> None:
    assert lines(par(run("上市企业") + deleted("24家") + inserted(run("27家")) + run("。"))) == ["上市企业27家。"]
    nested = inserted(run("新增") + '<w:del w:id="3"><w:r><w:delText>5</w:delText></w:r></w:del>' + run("6家"))
    assert lines(par(nested)) == ["新增6家"]


def test_rows_and_cells_deleted_in_tracked_changes() -> None:
    rows = (
        row("指标", cell("旧值", "<w:cellDel/>"), cell("2023年", "<w:cellIns/>")),
        row("众创空间", cell("1", "<w:cellDel/>"), "18"),
        row("孵化器", "2", "99", properties=DELETED.removeprefix("<w:rPr>").removesuffix("</w:rPr>")),
        row("加速器", cell("3", "<w:cellDel/>"), "7", properties='<w:ins w:id="4"/>'),
    )
    assert lines(table(*rows)) == ["指标：众创空间；2023年：18", "指标：加速器；2023年：7"]


def test_a_table_deleted_whole_and_text_moved_elsewhere() -> None:
    gone = table(row("指标", "2022年", properties="<w:del/>"), row("产值", "3", properties="<w:del/>"))
    moved = par("<w:moveFrom><w:r><w:t>走了。</w:t></w:r></w:moveFrom>", "<w:rPr><w:moveFrom/></w:rPr>")
    arrived = par("<w:moveTo><w:r><w:t>来了。</w:t></w:r></w:moveTo>")
    assert lines(moved + par("中间。") + gone + arrived) == ["中间。", "来了。"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    assert lines(par("园区位于东部，", DELETED) + par("面积52平方公里。")) == ["园区位于东部，面积52平方公里。"]
    assert lines(par(deleted("整段删除。"), DELETED) + par("留下。")) == ["留下。"]


def test_a_deleted_paragraph_is_not_counted_in_its_list() -> None:
    gone = numbered(deleted("乙"), more=DELETED)
    assert lines(numbered("甲") + gone + numbered("丙"), numbering("decimal|%1、")) == ["1、甲", "2、丙"]


def test_an_initial_set_large_belongs_to_its_word() -> None:
    assert lines(par("云", '<w:framePr w:dropCap="drop"/>') + par("澜园区位于东部。")) == ["云澜园区位于东部。"]


def test_controls_around_runs_paragraphs_rows_and_cells() -> None:
    def control(inner: str, properties: str = "") -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    figure = f"<w:tr>{cell('产值')}{control(cell('88'))}</w:tr>"
    body = control(par(run("共") + control(control(run("15"))) + run("家。"))) + table(
        row("指标", "2023年"), control(figure)
    )
    assert lines(body) == ["共15家。", "指标：产值；2023年：88"]
    prompt = control(run("单击此处输入文字"), "<w:showingPlcHdr/>")
    assert lines(par(run("负责人：") + prompt) + control(par("请选择日期"), "<w:showingPlcHdr/>")) == ["负责人："]


def test_links_and_fields_show_their_results() -> None:
    link = f'<w:hyperlink w:anchor="x">{run("400-820-1122")}</w:hyperlink>'
    simple = f'<w:fldSimple w:instr="DOCPROPERTY n">{run("156")}</w:fldSimple>'
    body = par(run("热线：") + link) + par(run("项目") + simple + run("个，图") + field("SEQ 图", "3") + run("。"))
    assert lines(body) == ["热线：400-820-1122", "项目156个，图3。"]


def test_a_field_inside_the_code_of_another_is_not_shown() -> None:
    inner = field("PAGE", "7")
    nested = field("IF", "续表").replace("<w:r><w:instrText> IF </w:instrText></w:r>", f"{inner}{run('大于1')}")
    assert lines(par(nested + run("二"))) == ["续表二"]


def test_a_field_without_an_end_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
    assert lines(par(begin + run("产值88亿元。")) + par("后文。")) == ["产值88亿元。", "后文。"]


@pytest.mark.parametrize(
    ("code", "properties", "said"),
    [
        ("EQ \\o\\ac(○,7)", "", "⑦"),
        ("eq \\f(1,3)", "", "1/3"),
        ("FORMCHECKBOX", "<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>", "☑"),
        ("FORMCHECKBOX", "<w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData>", "□"),
        (
            "FORMDROPDOWN",
            "<w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='甲'/><w:listEntry w:val='乙'/></w:ddList></w:ffData>",
            "乙",
        ),
        ("PAGEREF x", "", ""),
    ],
)
def test_fields_without_a_result(code: str, properties: str, said: str) -> None:
    assert lines(par(run("选") + field(code, "", properties) + run("项"))) == [f"选{said}项"]


def test_hidden_text_is_left_out_whoever_hides_it() -> None:
    styles = {
        "styles.xml": '<w:style w:type="character" w:styleId="H"><w:name w:val="藏"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="批注段"/><w:rPr><w:vanish/></w:rPr></w:style>'
    }
    body = par(
        run("甲") + run("乙", "<w:vanish/>") + run("丙", '<w:rStyle w:val="H"/>') + run("丁", '<w:vanish w:val="0"/>')
    )
    body += par(run("戊") + run("己", '<w:vanish w:val="false"/>'), '<w:pStyle w:val="P"/>')
    assert lines(body, styles) == ["甲丁", "己"]
    hidden = row("内部", "1", properties="<w:hidden/>")
    assert lines(table(row("指标", "2023年"), hidden, row("产值", "88"))) == ["指标：产值；2023年：88"]


def test_comments_annotations_and_readings_are_no_text() -> None:
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>lán</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>澜</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    comment = '<w:commentRangeStart w:id="0"/>' + run("演练4次") + '<w:r><w:commentReference w:id="0"/></w:r>'
    parts = {"comments.xml": f'<w:comment w:id="0">{par("应为9次")}</w:comment>'}
    assert lines(par(run("云") + ruby + comment), parts) == ["云澜演练4次"]


def test_symbols_kept_in_a_font() -> None:
    def sym(font: str, code: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'

    body = par(sym("Wingdings", "F0FE") + run("同意") + sym("Wingdings 2", "F0A3") + run("不同意"))
    body += par(run("误差") + sym("Symbol", "F0A3") + run("5%") + sym("Webdings", "F05C"))
    assert lines(body) == ["☑同意□不同意", "误差≤5%"]


def test_lines_of_a_contents_list_are_no_text_but_count_as_paragraphs() -> None:
    begin, end = field("TOC \\o", "X").split(run("X"))
    first = par(begin + run("一、总体") + "<w:r><w:tab/></w:r>" + run("1"))
    second = par(run("二、产业") + "<w:r><w:tab/></w:r>" + run("12"))
    read = read_docx(word_file(first + second + par(end) + par("一、总体")), "文.docx").lines
    assert [(line.text, line.place) for line in read] == [("一、总体", 4)]
    figures = {"styles.xml": '<w:style w:type="paragraph" w:styleId="f"><w:name w:val="table of figures"/></w:style>'}
    assert lines(
        par(run("图1 产值") + "<w:r><w:tab/></w:r>" + run("3"), '<w:pStyle w:val="f"/>') + par("正文"), figures
    ) == ["正文"]


def test_levels_of_headings() -> None:
    styles = {
        "styles.xml": "".join(
            f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>{more}</w:style>'
            for id_, name, more in (
                ("1", "heading 1", ""),
                ("b", "公文标题", '<w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
                ("c", "循环", '<w:basedOn w:val="c"/>'),
            )
        )
    }
    body = par("甲", '<w:pStyle w:val="1"/>') + par("乙", '<w:pStyle w:val="b"/>') + par("丙", '<w:pStyle w:val="c"/>')
    body += par("丁", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>') + par("戊", '<w:outlineLvl w:val="2"/>')
    read = read_docx(word_file(body, styles), "文.docx").lines
    assert [(line.text, line.level) for line in read] == [("甲", 1), ("乙", 2), ("丙", 0), ("丁", 0), ("戊", 3)]


def test_deleted_boxes_are_gone_too() -> None:
    assert lines(par(run("正文。") + f'<w:del w:id="1">{box(par("旧框88家"))}</w:del>')) == ["正文。"]


def test_a_break_ends_a_line_of_text_but_not_a_heading() -> None:
    broken = run("关于云澜园区") + "<w:r><w:br/></w:r>" + run("产业政策的通知")
    assert lines(par(broken)) == ["关于云澜园区", "产业政策的通知"]
    assert lines(par(broken, '<w:outlineLvl w:val="0"/>')) == ["关于云澜园区产业政策的通知"]


def test_line_ends_inside_the_markup_are_spaces() -> None:
    assert lines(par(run("R&amp;D\n强度"))) == ["R&D 强度"]
