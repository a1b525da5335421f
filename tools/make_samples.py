"""Write the binary sample documents, docs_raw/*.pdf, *.docx and *.xlsx; the text samples are edited by hand.

Run from the repository: `python tools/make_samples.py` (needs reportlab, python-docx and openpyxl).
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs_raw"

PDF_NAME = "五个高新区速览.pdf"
PDF_HEADER = "园区观察    2025年第3期"
# A line that starts with "#" is a heading, "##" the title; the page break falls inside a sentence.
PDF_PARTS = [
    "##五个高新区速览",
    "二〇二五年三月十八日    示例资料汇编编辑组",
    (
        "国家高新区各有来路，也各有短长。本篇把北京中关村、上海张江、武汉光谷、合肥高新区和深圳高新区的公开数字排在一起，"
        "每条注明出处，供比较时查用（示例资料）。各地统计口径不同，同一行里的数不宜直接相减。"
    ),
    "#一、中关村",
    (
        "中关村的前身是1988年5月国务院批准的北京市新技术产业开发试验区，2009年3月成为全国第一个国家自主创新示范区。"
        "据北京市人大常委会2024年7月24日公布的报告，中关村各分园集聚国家高新技术企业1.96万家，"
        "2023年规模以上企业总收入8.7万亿元。"
    ),
    (
        "据中国新闻社2024年11月18日报道，2023年中关村新设科技型企业51,497家，平均每天约141家；"
        "到2023年底有独角兽企业92家，总估值4750亿美元。同一年，中关村综合指数为329.4，比上年提高19.9个点。"
    ),
    "#二、张江",
    (
        "张江高科技园区1992年7月开园，2011年1月获批建设国家自主创新示范区。2017年7月，上海市批复张江科学城规划，"
        "当时的面积约94平方公里。张江以集成电路、生物医药、人工智能三大先导产业见长，公开材料没有单列研发投入强度。"
    ),
    "#三、武汉光谷",
    (
        "武汉东湖新技术开发区又称中国光谷，2009年12月获批国家自主创新示范区。据中国新闻网2025年2月8日报道，"
        "去年光谷地区生产总值突破3200亿元，增长7.1%，在全国高新区的综合排名从第9位升到第6位。"
        "光电子信息产业规模突破6000亿元，生命健康产业规模突破2000亿元，芯片产业产值首次超过1000亿元。"
    ),
    (
        "到2024年底，光谷有国家级专精特新企业173家，科技型中小企业5,827家。去年工业增加值增长17.5%。"
        "今年的目标是地区生产总值增长6.5%左右，高新技术产业增加值增长8%。"
    ),
    "#四、合肥高新区",
    (
        "合肥高新区1991年成为首批国家级高新区，管理面积128平方公里。据央广网2023年2月17日报道，"
        "科技部火炬中心2022年的综合评价中，合肥高新区在169个国家级高新区里排第7位，比上年前进一位。"
        "2022年万人有效发明专利474件，税收占合肥全市的24.6%，新增工业百亿企业4家、上市公司3家。"
    ),
    "#五、深圳高新区",
    (
        "深圳高新区1996年9月设立。2019年4月25日，深圳市政府印发扩区方案，规划面积由11.52平方公里扩大到159.48平方公里，"
        "在南山、坪山、龙岗、宝安、龙华五个区都有片区，格局称为“一区两核多园”。"
        "方案还定下目标：到2025年形成5—8个千亿级产业集群。"
    ),
    "（撰稿：叶晚晴    编辑：何岸）",
]

DOCX_NAME = "全国科技经费投入公报摘编.docx"
REGIONS = [  # R&D spending as a share of GDP, as first published in the bulletins for 2022 and 2023
    ("地区", "2022年研发投入强度（%）", "2023年研发投入强度（%）"),
    ("全国", "2.54", "2.65"),
    ("北京", "6.83", "6.73"),
    ("上海", "4.44", "4.34"),
    ("天津", "3.49", "3.58"),
    ("广东", "3.42", "3.54"),
    ("江苏", "3.12", "3.29"),
    ("浙江", "3.11", "3.20"),
    ("安徽", "2.56", "2.69"),
]
# (style, text); the style "table" stands for REGIONS
DOCX_PARTS = [
    ("Title", "全国科技经费投入公报摘编"),
    ("Normal", "示例资料汇编编辑组    二〇二四年十月八日"),
    (
        "Normal",
        "国家统计局、科学技术部、财政部每年联合发布全国科技经费投入统计公报：2022年度的公报于2023年9月18日发布，"
        "2023年度的于2024年10月2日发布。本篇并读两份公报，只取数字（示例资料）。",
    ),
    ("Heading 1", "一、总量与强度"),
    (
        "Normal",
        "2023年，全国研究与试验发展（R&D）经费33357.1亿元，比上年增长8.4%；投入强度即R&D经费与国内生产总值之比为2.65%，"
        "提高0.09个百分点。2022年，全国R&D经费30782.9亿元，增长10.1%；公报当时给出的投入强度为2.54%。"
        "上年数据后来作过修订，所以0.09个百分点不能拿两份公报直接相减得到。",
    ),
    (
        "Normal",
        "R&D经费总量2012年超过1万亿元，2019年超过2万亿元，2022年超过3万亿元，目前居世界第二位。"
        "“十四五”规划要求全社会研发经费投入年均增长7%以上。2023年我国投入强度在世界上列第12位，"
        "接近经合组织国家2.73%的平均水平。",
    ),
    ("Heading 1", "二、谁在花钱"),
    (
        "Normal",
        "2023年，企业的R&D经费为25922.2亿元，在全社会中占77.7%；政府属研究机构3856.3亿元；高等学校2753.3亿元。",
    ),
    ("Heading 2", "（一）基础研究"),
    (
        "Normal",
        "2023年全国基础研究经费2259.1亿元，占R&D经费的6.77%；2022年为2023.5亿元，占6.57%。"
        "2023年应用研究经费3661.5亿元，试验发展经费27436.5亿元。",
    ),
    ("Heading 1", "三、地区比较"),
    (
        "Normal",
        "2023年投入强度超过全国平均水平的有七个地区，见下表。广东、江苏两省的R&D经费都在4000亿元以上；"
        "西藏最少，为7.2亿元。",
    ),
    ("table", ""),
    ("Normal", "表中2022年的数为公报首次发布数，未按修订调整。"),
    ("Heading 1", "四、一个城市的例子：深圳"),
    (
        "Normal",
        "据2023年广东省科技经费投入公报，2023年深圳R&D经费2236.61亿元，比上年增长18.9%，占地区生产总值的6.46%；"
        "企业经费2085.78亿元，总量居全国城市首位。2022年度的公报则显示，深圳上述比重为5.81%。"
        "深圳的强度2013年达到4%，2020年超过5%，2023年超过6%。",
    ),
    (
        "Normal",
        "省级公报的发布时间晚于全国公报一到两个月，城市一级的数字又常常只见于新闻报道。引用时宜写明“某年度公报”，"
        "不要只写发布年份：2024年10月发布的，是2023年度的数。",
    ),
]

XLSX_NAME = "各地研发经费对照表.xlsx"
XLSX_SOURCE = "资料依据：国家统计局、科学技术部、财政部2022年度与2023年度全国科技经费投入统计公报，首次公布数。"
# R&D spending in 亿元 in 2022 and 2023; the shares of the national totals (30782.9 and 33357.1) are worked out here
SPENDING = [
    ("广东", 4411.9, 4802.6),
    ("江苏", 3835.4, 4212.3),
    ("北京", 2843.3, 2947.1),
    ("浙江", 2416.8, 2640.2),
    ("山东", 2180.4, 2386.0),
    ("上海", 1981.6, 2049.6),
]
NATIONAL = (30782.9, 33357.1)
SPENDERS = [  # 2022, 2023, growth in 2023
    ("企业", 23878.6, 25922.2, 8.6),
    ("政府属研究机构", 3814.4, 3856.3, 1.1),
    ("高等学校", 2412.4, 2753.3, 14.1),
]


def write_xlsx(path: Path) -> None:
    """Two sheets: names on two levels over merged cells, shares stored as fractions; two small tables one above the other."""
    import openpyxl

    workbook = openpyxl.Workbook()
    workbook.properties.creator = "示例资料汇编编辑组"
    workbook.properties.created = workbook.properties.modified = datetime(2025, 1, 16)
    sheet = workbook.active
    sheet.title = "分地区"
    sheet.append(["表1 六省市研究与试验发展（R&D）经费"])
    sheet.merge_cells("A1:F1")
    sheet.append(["地区", "2022年", None, "2023年", None, "排序变化"])
    sheet.append([None, "R&D经费（亿元）", "占全国比重", "R&D经费（亿元）", "占全国比重", None])
    for merged in ("A2:A3", "B2:C2", "D2:E2", "F2:F3"):
        sheet.merge_cells(merged)
    for name, before, after in SPENDING:
        sheet.append([name, before, before / NATIONAL[0], after, after / NATIONAL[1], "不变"])
    for row in sheet.iter_rows(min_row=4, min_col=2, max_col=5):
        for cell in row:
            cell.number_format = "0.0%" if cell.column in (3, 5) else "#,##0.0"
    sheet.append([XLSX_SOURCE])
    sheet.append(["占全国比重由编辑组按公报数算出，四舍五入到一位小数（示例资料）。"])
    sheet = workbook.create_sheet("分主体")
    sheet.append(["表2 全国R&D经费执行主体", None, "单位：亿元"])
    sheet.append(["执行主体", 2022, 2023, "2023年增长（%）"])
    for spender in SPENDERS:
        sheet.append(list(spender))
    sheet.append([])
    sheet.append(["表3 三类主体占全国R&D经费的比重（%）"])
    sheet.append(["年份", *(name for name, *_ in SPENDERS)])
    for n, year in enumerate((2022, 2023)):
        sheet.append([year, *(round(spender[1 + n] / NATIONAL[n] * 100, 1) for spender in SPENDERS)])
    sheet.append(["三类之外还有其他主体，所以各项相加不等于总数；比重由编辑组按公报数算出。"])
    workbook.save(path)


def write_pdf(path: Path) -> None:
    """Two A4 pages with a running header and a page number; the font is one every PDF reader brings along."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    font, left, top, bottom, leading, per_line = "STSong-Light", 72, 750, 90, 24, 36
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    os.environ["SOURCE_DATE_EPOCH"] = "1742256000"  # 2025-03-18: the creation date, and the same bytes on every run
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setTitle(Path(PDF_NAME).stem)
    rows = []
    for part in PDF_PARTS:
        size = 18 if part.startswith("##") else 14 if part.startswith("#") else 12
        text = part.lstrip("#") if part.startswith("#") else "　　" + part
        rows += [(size, line) for line in _lines(text, per_line)]
    per_page = (top - bottom) // leading
    for number, first in enumerate(range(0, len(rows), per_page), 1):
        canvas.setFont(font, 9)
        canvas.drawString(left, 800, PDF_HEADER)
        for n, (size, line) in enumerate(rows[first : first + per_page]):
            canvas.setFont(font, size)
            canvas.drawString(left, top - n * leading, line)
        canvas.setFont(font, 9)
        canvas.drawCentredString(A4[0] / 2, 40, f"— {number} —")
        canvas.showPage()
    canvas.save()


def _lines(text: str, width: int) -> list[str]:
    """Break at `width` full-width cells (ASCII counts half); no line starts with a closing mark or inside a number."""
    lines, line, used = [], "", 0.0
    for position, char in enumerate(text):
        inside = char.isascii() and char != " " and line[-1:].isascii() and position > 0
        if used >= width - 0.5 and not inside and char not in "，。、；：”）—%":
            lines.append(line)
            line, used = "", 0.0
        line += char
        used += 0.5 if char.isascii() else 1
    return [*lines, line]


def write_docx(path: Path) -> None:
    """Heading styles, plain paragraphs and one table with a header row."""
    import docx

    document = docx.Document()
    document.core_properties.title = Path(DOCX_NAME).stem
    document.core_properties.author = "示例资料汇编编辑组"
    document.core_properties.created = document.core_properties.modified = datetime(2024, 10, 8)
    for style, text in DOCX_PARTS:
        if style != "table":
            document.add_paragraph(text, style=style)
            continue
        table = document.add_table(rows=0, cols=len(REGIONS[0]), style="Table Grid")
        for row in REGIONS:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = value
    document.save(str(path))


if __name__ == "__main__":
    write_pdf(DOCS / PDF_NAME)
    write_docx(DOCS / DOCX_NAME)
    write_xlsx(DOCS / XLSX_NAME)
