"""Number formats as a spreadsheet shows them, by hand after ECMA-376 18.8.31: scaling, literals, conditions, dates."""

from __future__ import annotations

import datetime

import pytest

from ragpark.load.number_format import is_date_format, is_time_format, shown


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (3200000, "0.0,,", "3.2"),
        (1234567, "#,##0,", "1,235"),
        (3200000, '0.0,,"百万"', "3.2百万"),
        (123456, '0!.0,"万"', "12.3万"),  # 123,456 / 1000 = 123 → 12.3
        (98765, "0\\.0,万", "9.9万"),
        (1234567890, '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "12.35亿"),  # 1,234.57 → 1235 → 12.35
        (12345678, '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "1234.6万"),
        (9876, '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "9876"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (-1234.5, '"¥"#,##0.00;"¥"\\-#,##0.00', "¥-1,234.50"),
        (-3.2, "0.0;[Red]0.0", "-3.2"),  # red is a minus that a reader cannot see
        (-3.2, "0.0_);(0.0)", "-3.2"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (0, "0;-0;", ""),  # shows no zero
        (5, "000", "005"),
        (5, 'General"家"', "5家"),
        (3, '"第"0"名"', "第3名"),
        (0.123, "0.0%", "12.3%"),
        (0.5, "#.##", "0.5"),
        (0.5, "# ?/?", "0.5"),
        ("一", '@"级"', "一级"),
        (datetime.time(8, 30), "h:mm", "08:30"),
        (datetime.timedelta(hours=30), "[h]:mm", "30:00"),
        (datetime.datetime(2023, 6, 26, 9, 5), "yyyy/m/d h:mm", "2023年6月26日 09:05"),
    ],
)  # fmt: skip
def test_a_value_shows_as_its_format_says(value: object, number_format: str, expected: str) -> None:
    assert shown(value, number_format) == expected


@pytest.mark.parametrize(
    ("number_format", "date", "time"),
    [
        ("yyyy/m/d", True, False), ("[$-804]yyyy年m月d日", True, False), ("[DBNum1]yyyy\"年\"m\"月\"", True, False),
        ("h:mm AM/PM", True, True), ("[h]:mm", True, True), ("General", False, False), ('0.00"d"', False, False),
        ("[Red]0", False, False), ("#,##0_);[Red](#,##0)", False, False), ("@", False, False),
    ],
)  # fmt: skip
def test_formats_of_dates(number_format: str, date: bool, time: bool) -> None:
    assert is_date_format(number_format) is date
    assert (date and is_time_format(number_format)) is time
