"""Text boxes, charts and diagrams are read where they hang; what is not read is said."""

from docx_files import NAMESPACES, box, lines, par, run, word_file

from ragpark.load.docx import read_docx


def test_a_box_is_read_once_after_its_paragraph() -> None:
    assert lines(par(run("见提示框。") + box(par("新增412家，"), par("注销57家。"))) + par("下一段。")) == [
        "见提示框。",
        "新增412家，",
        "注销57家。",
        "下一段。",
    ]


def test_boxes_of_old_files_in_groups_and_in_boxes() -> None:
    old = "<w:r><w:pict><v:group>" + "".join(
        f"<v:shape><v:textbox><w:txbxContent>{par(text)}</w:txbxContent></v:textbox></v:shape>"
        for text in ("甲框", "乙框")
    )
    assert lines(par(old + "</v:group></w:pict></w:r>")) == ["甲框", "乙框"]
    assert lines(par(box(par(run("外") + box(par("里")))))) == ["外", "里"]


def test_hidden_shapes_and_word_art_are_no_text() -> None:
    hidden = f'<w:r><w:pict><v:shape style="visibility:hidden"><v:textbox><w:txbxContent>{par("藏")}</w:txbxContent></v:textbox></v:shape>'
    mark = '<v:shape><v:textpath string="机密"/></v:shape></w:pict></w:r>'
    assert lines(par(run("正文。") + hidden + mark)) == ["正文。"]


def _series(name: str, number_format: str, *values: str) -> str:
    def points(items: tuple[str, ...]) -> str:
        return "".join(f'<c:pt idx="{at}"><c:v>{item}</c:v></c:pt>' for at, item in enumerate(items))

    return (
        f"<c:ser><c:tx><c:strRef><c:strCache>{points((name,))}</c:strCache></c:strRef></c:tx>"
        f"<c:cat><c:strRef><c:strCache>{points(('2022年', '2023年'))}</c:strCache></c:strRef></c:cat><c:val><c:numRef>"
        f"<c:numCache><c:formatCode>{number_format}</c:formatCode>{points(values)}</c:numCache></c:numRef></c:val></c:ser>"
    )


def test_a_chart_is_the_table_of_its_figures() -> None:
    series = _series("产值（亿元）", "General", "80.5", "88.100000000000009") + _series(
        "占比", "0.0%", "0.0516", "0.06"
    )
    chart = f'<?xml version="1.0"?><c:chartSpace {NAMESPACES}><c:chart><c:plotArea>{series}</c:plotArea></c:chart></c:chartSpace>'
    drawing = '<w:r><w:drawing><a:graphicData><c:chart r:id="rId_chart1"/></a:graphicData></w:drawing></w:r>'
    assert lines(par(drawing), {"charts/chart1.xml": chart}) == [
        "2022年；产值（亿元）：80.5；占比：5.16%",
        "2023年；产值（亿元）：88.1；占比：6%",
    ]


def test_a_diagram_is_the_lines_in_it() -> None:
    points = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>" for text in ("管委会", "招商局")
    )
    data = f'<?xml version="1.0"?><dgm:dataModel {NAMESPACES}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>'
    drawing = '<w:r><w:drawing><a:graphicData><dgm:relIds r:dm="rId_data1"/></a:graphicData></w:drawing></w:r>'
    assert lines(par(drawing), {"diagrams/data1.xml": data}) == ["管委会", "招商局"]


def test_what_cannot_be_read_is_a_problem_said_once() -> None:
    old = '<w:r><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r>'
    read = read_docx(word_file(par(run("公式：") + old + old) + '<w:altChunk r:id="rId_none"/>'), "文.docx")
    assert [line.text for line in read.lines] == ["公式："]
    assert len(read.problems) == 2 and "旧式公式" in read.problems[0] and "嵌入" in read.problems[1]
