"""Number formats: what is stored, the format code, what Excel shows.

Lines that end in ``!`` are those which LibreOffice, asked as a second opinion, shows
otherwise; the reason stands beside the group.
"""

import csv
import os
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.numformat import BUILTIN, NumberFormat, general

SOFFICE = shutil.which("soffice")

# format code ‖ stored number ‖ shown text
TABLE = """
General ‖ 240 ‖ 240
General ‖ 0 ‖ 0
General ‖ 15.000000000000002 ‖ 15
General ‖ 0.30000000000000004 ‖ 0.3
General ‖ 68.3 ‖ 68.3
General ‖ 0.683 ‖ 0.683
General ‖ -3.2 ‖ -3.2
General ‖ 0.1 ‖ 0.1
General ‖ 1234567 ‖ 1234567
General ‖ 0.0001 ‖ 0.0001
# Excel shows ten digits, LibreOffice fifteen.
General ‖ 33.333333333333336 ‖ 33.33333333 !
General ‖ 0.3333333333333333 ‖ 0.333333333 !
General ‖ -0.6666666666666666 ‖ -0.666666667 !
General ‖ 12345678901.5 ‖ 12345678902 !
General ‖ 0.00012345678 ‖ 0.000123457 !
General"个" ‖ 164 ‖ 164个
0 ‖ 2.5 ‖ 3
0 ‖ -2.5 ‖ -3
0 ‖ 0.49 ‖ 0
0 ‖ 164 ‖ 164
0.0 ‖ 0.25 ‖ 0.3
0.0 ‖ 1.05 ‖ 1.1
0.0 ‖ 68.35 ‖ 68.4
0.0 ‖ 15 ‖ 15.0
0.00 ‖ 1.005 ‖ 1.01
0.00 ‖ 1.0049999999999999 ‖ 1.01
0.00 ‖ 28.499999999999996 ‖ 28.50
0.0_ ‖ 3.25 ‖ 3.3
0.0_);(0.0) ‖ -3.25 ‖ (3.3)
0.0_);[Red]\\(0.0\\) ‖ -3.25 ‖ (3.3)
0% ‖ 0.683 ‖ 68%
0.0% ‖ 0.683 ‖ 68.3%
0.0% ‖ 0.3 ‖ 30.0%
0.00% ‖ 0.683 ‖ 68.30%
0.0% ‖ -0.021 ‖ -2.1%
0.0"%" ‖ 68.3 ‖ 68.3%
#,##0 ‖ 1234 ‖ 1,234
#,##0 ‖ 123 ‖ 123
#,##0 ‖ 0 ‖ 0
#,##0 ‖ 12345678 ‖ 12,345,678
#,##0.00 ‖ 1234.5 ‖ 1,234.50
#,##0.00 ‖ 0.5 ‖ 0.50
#,##0.0;[Red]-#,##0.0 ‖ -1234.56 ‖ -1,234.6
#,##0_);(#,##0) ‖ -1234 ‖ (1,234)
#,##0;-#,##0 ‖ -1234 ‖ -1,234
0.00E+00 ‖ 123456 ‖ 1.23E+05
0.00E+00 ‖ 0.000999999 ‖ 1.00E-03
0.00E+00 ‖ 0 ‖ 0.00E+00
##0.0E+0 ‖ 123456 ‖ 123.5E+3
0.0, ‖ 12345 ‖ 12.3
0.0,, ‖ 12345678 ‖ 12.3
#,##0,"千元" ‖ 1234567 ‖ 1,235千元
0"个" ‖ 164 ‖ 164个
0.0"亿元" ‖ 412.55 ‖ 412.6亿元
0.0亿元 ‖ 412.55 ‖ 412.6亿元
"第"0"位" ‖ 7 ‖ 第7位
# LibreOffice takes the ! of Chinese Excel for itself.
0!.0,"万元" ‖ 123456 ‖ 12.3万元 !
0\\.0, ‖ 123456 ‖ 12.3
000000 ‖ 42 ‖ 000042
000-0000 ‖ 5551234 ‖ 555-1234
0.0## ‖ 1.5 ‖ 1.5
0.0## ‖ 1.2345 ‖ 1.235
#.## ‖ 0.5 ‖ .5
# LibreOffice drops a point with nothing behind it.
0.# ‖ 12 ‖ 12. !
# ‖ 0 ‖
0.0;-0.0;"—" ‖ 0 ‖ —
0;-0;无 ‖ 0 ‖ 无
0;;; ‖ -5 ‖
[>=10000]0.0,"千";0 ‖ 123456 ‖ 123.5千
[>=10000]0.0,"千";0 ‖ 56 ‖ 56
# LibreOffice loses the sign; with a sign nothing can be misread.
[>=10000]0.0,"千";0 ‖ -56 ‖ -56 !
[<0]"低"0.0;"高"0.0 ‖ -2.1 ‖ 低2.1
[<0]"低"0.0;"高"0.0 ‖ 2.1 ‖ 高2.1
[=1]"一";[=2]"二";0 ‖ 2 ‖ 二
[<=1]"低";[>1]"高" ‖ 1 ‖ 低
[<>0]0.0;"无" ‖ 0 ‖ 无
[>100]0;[<50]0.0 ‖ 60 ‖ 60.0 !
[>1.2.3]0.0 ‖ 5 ‖ 5.0 !
[>abc]0.0 ‖ 5 ‖ 5.0 !
[DBNum3]0.0 ‖ 12.5 ‖ １２.５ !
[Red]0.0 ‖ 3.14 ‖ 3.1
# Colours in Chinese are WPS's.
[蓝色]0.0 ‖ 3.14 ‖ 3.1 !
"¥"#,##0.00 ‖ 1234.5 ‖ ¥1,234.50
[$¥-804]#,##0.00 ‖ 1234.5 ‖ ¥1,234.50
[$€-2] #,##0 ‖ 1234 ‖ € 1,234
_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_  ‖ 1234.5 ‖ ¥1,234.50
_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_  ‖ 0 ‖ -
@ ‖ 12 ‖ 12
yyyy/m/d ‖ 44865 ‖ 2022/10/31
yyyy-mm-dd ‖ 44865 ‖ 2022-10-31
yyyy.m.d ‖ 44865 ‖ 2022.10.31
yyyy"年"m"月"d"日" ‖ 44865 ‖ 2022年10月31日
yyyy"年"m"月"d"日" ‖ 44865.5 ‖ 2022年10月31日
yyyy年m月d日 ‖ 44865 ‖ 2022年10月31日
[$-804]yyyy"年"m"月"d"日";@ ‖ 44865 ‖ 2022年10月31日
yyyy"年"m"月";@ ‖ 44865 ‖ 2022年10月
m"月"d"日" ‖ 44865 ‖ 10月31日
m"月"d"日";@ ‖ 44621 ‖ 3月1日
yy-m-d ‖ 44865 ‖ 22-10-31
mm/dd/yy ‖ 44621 ‖ 03/01/22
d-mmm-yy ‖ 44865 ‖ 31-Oct-22
mmmm d, yyyy ‖ 44865 ‖ October 31, 2022
mmm ‖ 44865 ‖ Oct
mmmmm ‖ 44865 ‖ O
m ‖ 44865 ‖ 10
[$-804]aaaa ‖ 44865 ‖ 星期一
[$-804]dddd ‖ 44865 ‖ 星期一
[$-804]mmmm ‖ 44865 ‖ 十月
ddd ‖ 44865 ‖ Mon
[DBNum1][$-804]yyyy"年"m"月"d"日";@ ‖ 44865 ‖ 二〇二二年十月三十一日
# LibreOffice asks its own system for the long date; here it is the Chinese one.
[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy ‖ 44865 ‖ 2022年10月31日 !
yyyy/m/d h:mm ‖ 44865.5 ‖ 2022/10/31 12:00
h:mm ‖ 0.375 ‖ 9:00
hh:mm:ss ‖ 0.3755 ‖ 09:00:43
h:mm AM/PM ‖ 0.75 ‖ 6:00 PM
# LibreOffice does not know 上午/下午.
上午/下午h"时"mm"分" ‖ 0.75 ‖ 下午6时00分 !
[h]:mm ‖ 1.5 ‖ 36:00
[mm]:ss ‖ 0.01 ‖ 14:24
mm:ss.0 ‖ 0.00001 ‖ 00:00.9
h"时"mm"分" ‖ 0.6458333333333334 ‖ 15时30分
# LibreOffice writes what Excel spells out only with a [$-804] beside it.
[DBNum1]General ‖ 123 ‖ 一百二十三 !
[DBNum1]General ‖ 1005.2 ‖ 一千〇五.二 !
[DBNum2]General ‖ 1050 ‖ 壹仟零伍拾 !
[DBNum1]0 ‖ 205 ‖ 二〇五 !
# Fractions are not drawn.
# ?/? ‖ 0.5 ‖ 0.5 !
# No such date: Excel fills the cell with signs.
yyyy/m/d ‖ -1 ‖ ######## !
yyyy/m/d ‖ 3000000 ‖ ######## !
"""


def cases() -> list[tuple[str, str, str, bool]]:
    """Code, stored number, shown text, whether LibreOffice agrees."""
    found = []
    for line in TABLE.splitlines():
        parts = line.split(" ‖")
        if len(parts) == 3:
            code, stored, shown = parts
            agreed = not shown.endswith(" !")
            text = shown.removesuffix(" !").strip()
            found.append((code, stored.strip(), text, agreed))
    return found


def shown(code: str, stored: str) -> str:
    return NumberFormat.parse(code).show(Decimal(stored)).strip()


@pytest.mark.parametrize(("code", "stored", "text"), [c[:3] for c in cases()])
def test_a_number_is_shown_as_excel_shows_it(code: str, stored: str, text: str) -> None:
    assert shown(code, stored) == text


@pytest.mark.libreoffice
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is missing")
def test_libreoffice_agrees_where_it_can(tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415 - needed here alone

    agreed = [case for case in cases() if case[3]]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.column_dimensions["A"].width = 60
    for line, (code, stored, _, _) in enumerate(agreed, 1):
        sheet.cell(line, 1, float(stored)).number_format = code
        sheet.cell(line, 2, "x")
    book.save(tmp_path / "formats.xlsx")
    as_shown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,2052,false,true"
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            as_shown,
            "--outdir",
            str(tmp_path),
            str(tmp_path / "formats.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    with (tmp_path / "formats.csv").open(encoding="utf-8", newline="") as stream:
        theirs = [cells[0].strip() for cells in csv.reader(stream)]
    ours = [text for _, _, text, _ in agreed]
    assert theirs == ours


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("General", "清河区"),
        ("@", "清河区"),
        ("0.0", "清河区"),
        ('@"讲话"', "清河区讲话"),
        ('0;-0;0;"（"@"）"', "（清河区）"),
        ('yyyy"年";@', "清河区"),
    ],
)
def test_text_is_shown_as_it_is_unless_the_format_adds_to_it(
    code: str, text: str
) -> None:
    assert NumberFormat.parse(code).show_text("清河区") == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (14, "2022/10/31"),
        (22, "2022/10/31 0:00"),
        (27, "2022年10月"),
        (28, "10月31日"),
        (31, "2022年10月31日"),
        (36, "2022年10月"),
        (57, "2022年10月"),
        (58, "10月31日"),
    ],
)
def test_dates_that_chinese_excel_names_by_number_only(number: int, text: str) -> None:
    assert shown(BUILTIN[number], "44865") == text


@pytest.mark.parametrize(
    ("serial", "text"),
    [
        ("0", "1900/1/0"),
        ("1", "1900/1/1"),
        ("59", "1900/2/28"),
        ("60", "1900/2/29"),
        ("61", "1900/3/1"),
        ("2958465", "9999/12/31"),
    ],
)
def test_the_calendar_is_excels_with_its_false_leap_day(serial: str, text: str) -> None:
    assert shown("yyyy/m/d", serial) == text


def test_a_file_that_counts_from_1904_shows_the_same_day() -> None:
    style = NumberFormat.parse("yyyy/m/d")
    assert style.show(Decimal(43403), date1904=True) == "2022/10/31"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("0", "〇"),
        ("10", "一十"),
        ("110", "一百一十"),
        ("101", "一百〇一"),
        ("1001", "一千〇一"),
        ("20030", "二万〇三十"),
        ("100000", "一十万"),
        ("10010001", "一千〇一万〇一"),
        ("123456789", "一亿二千三百四十五万六千七百八十九"),
        ("1000000000001", "一万亿〇一"),
        ("12345678901234567890", "一二三四五六七八九〇一二三四六〇〇〇〇〇"),
    ],
)
def test_numbers_are_spelled_out_in_chinese(number: str, said: str) -> None:
    assert shown("[DBNum1]General", number) == said


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("123456789012", "123456789012"),
        ("123456789012345678", "123456789012346000"),
        ("0.0000123456789", "0.0000123457"),
        ("1E+25", "1E+25"),
        ("-1.5E+300", "-1.5E+300"),
    ],
)
def test_general_keeps_the_digits_where_excel_would_take_an_exponent(
    number: str, text: str
) -> None:
    assert general(Decimal(number)) == text


CODES = st.text('0#?.,;%E+-@"\\!_*[]$DBNum1804 hmsyda年月/<>=GeneralAP', max_size=20)
DOUBLES = st.floats(allow_nan=False, allow_infinity=False)


@given(code=CODES, number=DOUBLES, text=st.text(max_size=5))
def test_law_any_code_shows_any_value(code: str, number: float, text: str) -> None:
    style = NumberFormat.parse(code)
    assert isinstance(style.show(Decimal(repr(number))), str)
    assert isinstance(style.show_text(text), str)


@given(number=st.decimals(-(10**9), 10**9, places=4), places=st.integers(0, 4))
def test_law_shown_decimals_are_the_number_rounded_half_up(
    number: Decimal, places: int
) -> None:
    code = "0." + "0" * places if places else "0"
    off = abs(Decimal(shown(code, str(number))) - number)
    assert off <= Decimal(5).scaleb(-places - 1)
    assert shown("#,##0.0000", str(number)).replace(",", "") == f"{number + 0:.4f}"


@given(number=st.integers(-(10**15) + 1, 10**15 - 1))
def test_law_whole_numbers_keep_every_digit(number: int) -> None:
    assert shown("General", str(number)) == str(number)
    assert shown("0", str(number)) == str(number)
