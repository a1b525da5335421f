"""Ways in which text files hide what they say, two layouts of each: figures come out whole, with who, what and when."""

from __future__ import annotations

from pathlib import Path

from file_facts import read, rows


def test_characters_set_apart_with_a_dot_in_mid_height(tmp_path: Path) -> None:
    text = (
        "南浔区粮食生产简报\n\n2 0 2 2 年 南 浔 区 粮 食 总 产 量 1 8 · 3 7 万 吨 ， 播 种 面 积 4 1 2 · 5 万 亩 。\n"
    )
    assert rows(read(tmp_path, "简报.txt", text)) == [
        ("南浔区", 2022, "", "粮食总产量", 183_700, "吨"),
        ("南浔区", 2022, "", "播种面积", 4_125_000, "亩"),
    ]


def test_thousands_parted_by_thin_and_fixed_spaces_in_a_table(tmp_path: Path) -> None:
    text = (
        "# 2021年各港区生产情况\n\n| 港区 | 货物吞吐量（吨） | 平均堆存期（天） |\n| --- | --- | --- |\n"
        "| 黄骅港区 | 1\u2009245\u2009300 | 3．7 |\n| 秦皇岛港区 | 986\u00a0500 | 4．2 |\n"
    )
    assert [(row[1], row[3], row[4], row[5]) for row in rows(read(tmp_path, "港区.md", text))] == [
        (2021, "货物吞吐量", 1_245_300, "吨"),
        (2021, "平均堆存期", 3.7, "天"),
        (2021, "货物吞吐量", 986_500, "吨"),
        (2021, "平均堆存期", 4.2, "天"),
    ]


def test_raised_letters_and_brackets_in_the_cells_of_a_page(tmp_path: Path) -> None:
    page = (
        "<html><head><title>涪陵区2020年卫生资源</title></head><body><table>"
        "<tr><th>机构<th>床位数<sup>*</sup>（张）<th>占地面积（km<sup>2</sup>）</tr>"
        "<tr><td>区人民医院<sup>a</sup><td>1260<sup>1)</sup><td>0.12</tr>"
        '<tr><td>区中医院<td>740<sup><a href="#n2">2</a></sup><td>0.08</tr></table></body></html>'
    )
    found = rows(read(tmp_path, "卫生.html", page))
    assert [(row[1], row[4], row[5]) for row in found if "床位" in row[3]] == [(2020, 1260, "张"), (2020, 740, "张")]


def test_raised_digits_of_the_character_set_beside_a_figure(tmp_path: Path) -> None:
    text = "涪陵区2022年概况\n\n2022年，涪陵区共有中小学教师7820³人，森林面积1347km²。\n\n³ 不含民办学校。\n"
    assert [(row[0], row[1], row[3], row[4]) for row in rows(read(tmp_path, "概况.txt", text))] == [
        ("涪陵区", 2022, "中小学教师", 7820),
        ("涪陵区", 2022, "森林面积", 1347),
    ]


def test_labels_in_brackets_in_quotes_and_lists(tmp_path: Path) -> None:
    text = (
        "# 海盐县2022年学前教育\n\n> [统计口径]: 含经批准的民办园\n\n- 分年在园幼儿：\n\n  [2021年]: 1.52万人\n"
        "  [2022年]: 1.47万人 （年末数）\n"
    )
    document = read(tmp_path, "学前.md", text)
    for part in ("含经批准的民办园", "1.52万人", "1.47万人"):
        assert part in document.text


def test_a_note_of_several_lines_keeps_all_its_figures(tmp_path: Path) -> None:
    text = (
        "# 海盐县学前教育\n\n1. 普惠园稳步增加[^覆盖]。\n2. 师资继续改善。\n\n"
        "[^覆盖]: 2022年海盐县普惠园覆盖率92.4%。\n\n    2022年海盐县公办园覆盖率68.1%。\n"
    )
    assert rows(read(tmp_path, "学前.md", text)) == [
        ("海盐县", 2022, "", "普惠园覆盖率", 92.4, "%"),
        ("海盐县", 2022, "", "公办园覆盖率", 68.1, "%"),
    ]


def test_latin_indicators_glued_to_figures_in_one_sentence(tmp_path: Path) -> None:
    text = "象山县2021年统计公报\n\n2021年，全县GDP706.84亿元，规上企业R&D18.3亿元，FDI2.3亿美元。\n"
    assert rows(read(tmp_path, "公报.txt", text)) == [
        ("象山县", 2021, "", "GDP", 706.84e8, "元"),
        ("象山县", 2021, "", "规上企业R&D", 18.3e8, "元"),
        ("象山县", 2021, "", "FDI", 2.3e8, "美元"),
    ]


def test_a_digit_that_belongs_to_a_latin_name_is_no_figure(tmp_path: Path) -> None:
    text = "象山县2021年环境状况\n\n2021年，象山县VOCs排放量3200吨，PM10年均浓度41微克/立方米，建成5G基站1260个。\n"
    assert rows(read(tmp_path, "环境.txt", text)) == [
        ("象山县", 2021, "", "VOCs排放量", 3200, "吨"),
        ("象山县", 2021, "", "PM10年均浓度", 41, "微克/立方米"),
        ("象山县", 2021, "", "5G基站", 1260, "个"),
    ]


def test_years_over_names_in_a_markdown_table(tmp_path: Path) -> None:
    text = (
        "# 奉化区各学段情况\n\n| 学段 | 2021年 | | 2022年 | |\n|---|---|---|---|---|\n"
        "| | 学校数（所） | 在校生（人） | 学校数（所） | 在校生（人） |\n"
        "| 小学 | 32 | 18600 | 33 | 19020 |\n| 初中 | 17 | 9200 | 18 | 9350 |\n"
    )
    found = rows(read(tmp_path, "学段.md", text))
    assert [(row[1], row[4], row[5]) for row in found] == [
        (2021, 32, "所"), (2021, 18600, "人"), (2022, 33, "所"), (2022, 19020, "人"),
        (2021, 17, "所"), (2021, 9200, "人"), (2022, 18, "所"), (2022, 9350, "人"),
    ]  # fmt: skip
    assert all("小学" in row[3] for row in found[:4]) and all("初中" in row[3] for row in found[4:])


def test_groups_names_and_units_in_three_rows_of_a_delimited_file(tmp_path: Path) -> None:
    text = (
        "2022年各街道社会保险情况\n街道,参保,,待遇,\n,人数,基金收入,人数,基金支出\n,万人,亿元,万人,亿元\n"
        "岳林街道,4.1,3.2,1.3,2.8\n锦屏街道,5.6,4.7,1.9,3.9\n"
    )
    assert rows(read(tmp_path, "社保.csv", text)) == [
        ("岳林街道", 2022, "", "参保人数", 41_000, "人"),
        ("岳林街道", 2022, "", "参保基金收入", 3.2e8, "元"),
        ("岳林街道", 2022, "", "待遇人数", 13_000, "人"),
        ("岳林街道", 2022, "", "待遇基金支出", 2.8e8, "元"),
        ("锦屏街道", 2022, "", "参保人数", 56_000, "人"),
        ("锦屏街道", 2022, "", "参保基金收入", 4.7e8, "元"),
        ("锦屏街道", 2022, "", "待遇人数", 19_000, "人"),
        ("锦屏街道", 2022, "", "待遇基金支出", 3.9e8, "元"),
    ]


def test_names_in_headings_and_figures_in_lists_of_a_data_table(tmp_path: Path) -> None:
    page = (
        "<html><head><title>2022年余杭区水利项目</title></head><body><table>"
        "<tr><th><h3>工程</h3></th><th><h3>总投资（亿元）</h3></th><th><h3>受益农田（亩）</h3></th></tr>"
        "<tr><td><h4>北湖分洪闸</h4></td><td><ul><li>6.5</li></ul></td><td><p>12400</p></td></tr>"
        "<tr><td><h4>南苕溪泵站</h4></td><td><ul><li>3.8</li></ul></td><td><p>8600</p></td></tr>"
        "</table></body></html>"
    )
    document = read(tmp_path, "水利.html", page)
    assert "工程：北湖分洪闸；总投资（亿元）：6.5；受益农田（亩）：12400" in document.text
    assert [(row[1], row[4], row[5]) for row in rows(document)] == [
        (2022, 6.5e8, "元"), (2022, 12400, "亩"), (2022, 3.8e8, "元"), (2022, 8600, "亩"),
    ]  # fmt: skip


def test_pairs_and_steps_in_the_cells_of_a_page_of_guidance(tmp_path: Path) -> None:
    page = (
        "<html><head><title>余杭区不动产登记指南</title></head><body><h1>不动产登记指南</h1><table>"
        "<tr><td>业务</td><td>费用</td><td>步骤</td></tr>"
        "<tr><td>首次登记</td><td><dl><dt>住宅</dt><dd>80元</dd><dt>其他</dt><dd>550元</dd></dl></td>"
        "<td><ol><li>申请</li><li>审核</li></ol></td></tr>"
        "<tr><td>注销登记</td><td>免费</td><td><h5>当场办结</h5></td></tr></table></body></html>"
    )
    text = read(tmp_path, "指南.html", page).text
    (first,) = (line for line in text.split("\n") if "首次登记" in line)
    assert first.startswith("业务：首次登记；费用：") and all(w in first for w in ("住宅：80元", "其他：550元", "审核"))
    assert "业务：注销登记；费用：免费；步骤：当场办结" in text


def test_a_park_named_once_is_the_park_that_the_text_goes_on_with(tmp_path: Path) -> None:
    text = "青山湖科技园区2022年工作总结\n\n2022年，青山湖科技园区实现营业收入318亿元。园区拥有高新技术企业96家。\n"
    assert rows(read(tmp_path, "总结.txt", text)) == [
        ("青山湖科技园区", 2022, "", "营业收入", 318e8, "元"),
        ("青山湖科技园区", 2022, "", "高新技术企业", 96, "家"),
    ]


def test_parks_side_by_side_keep_their_own_figures(tmp_path: Path) -> None:
    text = "2022年重点园区运行情况\n\n2022年，白鹭湾数字经济园区营业收入12.6亿元，北塘物流园区营业收入8.4亿元。\n"
    assert rows(read(tmp_path, "运行.txt", text)) == [
        ("白鹭湾数字经济园区", 2022, "", "营业收入", 12.6e8, "元"),
        ("北塘物流园区", 2022, "", "营业收入", 8.4e8, "元"),
    ]


def test_parts_of_a_year_told_one_after_another(tmp_path: Path) -> None:
    text = (
        "# 丽水市旅游运行\n\n2022年，丽水市旅游收入586亿元。上半年，旅游收入241亿元；第三季度，旅游收入178亿元，"
        "其中9月份旅游收入52亿元。2022年1至11月，丽水市旅游收入540亿元。\n"
    )
    assert [row[1:3] + row[4:] for row in rows(read(tmp_path, "旅游.md", text))] == [
        (2022, "", 586e8, "元"), (2022, "上半年", 241e8, "元"), (2022, "三季度", 178e8, "元"),
        (2022, "9月", 52e8, "元"), (2022, "1—11月", 540e8, "元"),
    ]  # fmt: skip


def test_parts_of_a_year_as_columns_under_a_title_with_the_year(tmp_path: Path) -> None:
    text = "2022年丽水市用电情况,,,\n指标,一季度,前三季度,12月,全年\n全社会用电量（亿千瓦时）,38.2,121.6,13.9,164.5\n"
    assert [row[1:3] + row[4:] for row in rows(read(tmp_path, "用电.csv", text))] == [
        (2022, "一季度", 38.2e8, "千瓦时"), (2022, "前三季度", 121.6e8, "千瓦时"),
        (2022, "12月", 13.9e8, "千瓦时"), (2022, "", 164.5e8, "千瓦时"),
    ]  # fmt: skip
