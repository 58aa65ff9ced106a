"""Workbooks as offices have them: each cell as Excel shows it."""

import datetime as dt
import os
import re
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from assembler.errors import DataError
from assembler.rows import Table, open_table
from assembler.rows_guard import guarded
from assembler.rows_ole2 import is_sound

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(not SOFFICE, reason="LibreOffice is missing")

Fill = Callable[[Worksheet], None]
Make = Callable[..., Path]


day = dt.datetime.fromisoformat


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def make_book(fill: Fill, name: str = "进度.xlsx") -> Path:
        book = openpyxl.Workbook()
        fill(book.worksheets[0])
        book.save(tmp_path / name)
        return tmp_path / name

    return make_book


def lines(*rows: Sequence[Any]) -> Fill:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(list(row))

    return fill


def values(table: Table) -> list[dict[str, str]]:
    return [row.values for row in table.rows()]


def refusal(path: Path, **options: str) -> str:
    with pytest.raises(DataError) as caught:
        list(open_table(path, **options).rows())
    assert caught.value.exit_code == 3
    return caught.value.message


def edited(path: Path, member: str, edit: Callable[[str], str]) -> Path:
    """The workbook with one of its members changed."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[member] = edit(members[member].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def sheet_edited(path: Path, old: str, new: str) -> Path:
    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return edited(path, "xl/worksheets/sheet1.xml", edit)


# Cells ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        (0.683, "0.0%", "68.3%"),
        (0.5, "0%", "50%"),
        (15.000000000000002, "General", "15"),
        (0.1 + 0.2, "General", "0.3"),
        (412.55, '0.0"亿元"', "412.6亿元"),
        (1234.5, "#,##0.00", "1,234.50"),
        (164, "General", "164"),
        (7, '"第"0"位"', "第7位"),
        (day("2022-10-31"), "yyyy/m/d", "2022/10/31"),
        (dt.date(2022, 10, 31), 'yyyy"年"m"月"d"日"', "2022年10月31日"),
        (day("2022-10-31"), 'm"月"d"日"', "10月31日"),
        (day("2022-10-31T09:00"), "yyyy-mm-dd h:mm", "2022-10-31 9:00"),
        (dt.time(15, 30), "h:mm", "15:30"),
        ("　清河区 ", "General", "清河区"),
        ("一、用地\n二、用林", "General", "一、用地\n二、用林"),
        ("007", "@", "007"),
        (True, "General", "TRUE"),
        ("#REF!", "General", "#REF!"),
        ("#DIV/0!", "General", "#DIV/0!"),
        (None, "0.0", ""),
    ],
)
def test_a_cell_is_read_as_excel_shows_it(
    make: Make, stored: object, code: str, text: str
) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["地区", "值"])
        sheet.append(["清河区", stored])
        sheet["B2"].number_format = code

    assert values(open_table(make(fill))) == [{"地区": "清河区", "值": text}]


def test_a_date_format_known_by_number_only_is_a_date(make: Make) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["日期"])
        sheet.append([44865])
        sheet["A2"].number_format = "0.0000"

    path = edited(
        make(fill),
        "xl/styles.xml",
        lambda text: re.sub("<numFmts.*</numFmts>", "", text).replace('"164"', '"31"'),
    )
    assert values(open_table(path)) == [{"日期": "2022年10月31日"}]


def test_a_workbook_without_styles_shows_plain_values(make: Make) -> None:
    path = make(lines(["投资"], [412.6]))
    edited(path, "xl/_rels/workbook.xml.rels", lambda text: text.replace("/styles", ""))
    assert values(open_table(path)) == [{"投资": "412.6"}]


def test_days_counted_from_1904_are_the_same_days(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append(["日期"])
    book.worksheets[0].append([day("2022-10-31")])
    book.worksheets[0]["A2"].number_format = "yyyy/m/d"
    book.save(tmp_path / "mac.xlsx")
    assert values(open_table(tmp_path / "mac.xlsx")) == [{"日期": "2022/10/31"}]


def test_a_formula_gives_its_stored_result(make: Make) -> None:
    path = make(lines(["甲", "乙"], [2, "=A2*1.5"]))
    sheet_edited(path, "<v></v>" if _has(path, "<v></v>") else "<v />", "<v>3</v>")
    assert values(open_table(path)) == [{"甲": "2", "乙": "3"}]


def _has(path: Path, text: str) -> bool:
    with zipfile.ZipFile(path) as archive:
        return text in archive.read("xl/worksheets/sheet1.xml").decode()


def test_a_formula_with_an_empty_result_is_an_empty_cell(make: Make) -> None:
    path = make(lines(["甲", "乙"], [2, '=""']))
    sheet_edited(path, '<c r="B2">', '<c r="B2" t="str">')
    assert values(open_table(path)) == [{"甲": "2", "乙": ""}]


def test_a_formula_without_a_result_is_refused_with_its_place(make: Make) -> None:
    message = refusal(make(lines(["甲", "乙"], [2, "=A2*1.5"])))
    assert "第2行 B 列是公式" in message
    assert "打开一次，保存" in message


@pytest.mark.parametrize("stored", ["abc", "NaN", "1E+999"])
def test_what_is_stored_as_a_number_and_is_none_is_read_as_it_stands(
    make: Make, stored: str
) -> None:
    path = make(lines(["甲"], [1]))
    sheet_edited(path, 't="n"><v>1<', f't="n"><v>{stored}<')
    assert values(open_table(path)) == [{"甲": stored}]


def test_texts_in_the_cell_and_with_runs_are_read_without_reading_aids(
    make: Make,
) -> None:
    runs = (
        '<is><r><t>清河</t></r><r><rPr><b/></rPr><t xml:space="preserve">区 </t></r>'
        "<rPh sb='0' eb='1'><t>qinghe</t></rPh></is>"
    )
    path = make(lines(["地区"], [1]))
    sheet_edited(path, '<c r="A2" t="n"><v>1</v></c>', f'<c t="inlineStr">{runs}</c>')
    assert values(open_table(path)) == [{"地区": "清河区"}]


def with_shared_strings(path: Path, strings: str) -> Path:
    """The workbook with a part of shared strings, which openpyxl does not write."""
    related = 'Id="rId9" Target="sharedStrings.xml" Type="http://x/sharedStrings"'
    edited(
        path,
        "xl/_rels/workbook.xml.rels",
        lambda text: text.replace("</Rel", f"<Relationship {related} /></Rel"),
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{strings}</sst>')
    return path


def test_shared_texts_are_read_without_reading_aids(make: Make) -> None:
    path = make(lines(["地区", "镇"], [0, 1]))
    for place, index in (("A2", 0), ("B2", 1)):
        number = f'<c r="{place}" t="n"><v>{index}'
        sheet_edited(path, number, number.replace('"n"', '"s"'))
    with_shared_strings(
        path,
        "<si><t>清河区</t><rPh sb='0' eb='1'><t>qinghe</t></rPh><phoneticPr/></si>"
        "<si><r><t>白石</t></r><r><rPr><b/></rPr><t>镇</t></r></si>",
    )
    assert values(open_table(path)) == [{"地区": "清河区", "镇": "白石镇"}]


def test_a_shared_text_that_is_not_there_is_damage(make: Make) -> None:
    path = make(lines(["地区"], [7]))
    sheet_edited(path, 't="n"><v>7', 't="s"><v>7')
    assert "已损坏" in refusal(with_shared_strings(path, "<si><t>清河区</t></si>"))


def test_escaped_characters_of_a_text_are_undone(make: Make) -> None:
    path = make(lines(["事项"], ["甲_x000A_乙_x005F_x000A_"]))
    assert values(open_table(path)) == [{"事项": "甲\n乙_x000A_"}]


# Tables -----------------------------------------------------------------------------


def test_rows_and_columns_are_numbered_as_excel_does(make: Make) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B3"], sheet["C3"] = "地区", "开工率（%）"
        sheet["B5"], sheet["C5"] = "清河区", 68.3

    (row,) = open_table(make(fill)).rows()
    assert (row.number, row.label) == (5, "清河区")
    assert row.values == {"地区": "清河区", "开工率": "68.3"}


def test_an_upright_sheet_is_read_by_columns(make: Make) -> None:
    table = open_table(
        make(
            lines(
                ["字段", "单位", "清河", "云岭"],
                ["地区", None, "清河区", "云岭县"],
                ["投资", "万元", 412600, 96],
            )
        )
    )
    assert [(row.place, row.label) for row in table.rows()] == [
        ("C列", "清河"),
        ("D列", "云岭"),
    ]
    assert values(table)[0] == {"地区": "清河区", "投资": "412600"}
    assert table.columns[1].unit == "万元"
    assert table.described == "Excel，工作表“Sheet”，竖表，2 个字段，2 列"


def test_a_merged_title_above_the_heads_is_passed_over(make: Make) -> None:
    def fill(sheet: Worksheet) -> None:
        lines(["重点项目进度表"], [], ["地区", "开工率"], ["清河区", 1])(sheet)
        sheet.merge_cells("A1:B2")

    table = open_table(make(fill))
    assert table.titles == ("重点项目进度表",)
    assert values(table) == [{"地区": "清河区", "开工率": "1"}]


def test_title_cells_merged_side_by_side_above_the_heads_do_no_harm(
    make: Make,
) -> None:
    def fill(sheet: Worksheet) -> None:
        lines(
            ["填报：甲局", None, "单位：万元", None],
            ["地区", "月份", "投资", "备注"],
            ["清河区", 10, 412, None],
        )(sheet)
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("C1:D1")

    table = open_table(make(fill))
    assert [column.name for column in table.columns] == ["地区", "月份", "投资", "备注"]
    assert list(values(table)[0].values()) == ["清河区", "10", "412", ""]


def test_figures_under_a_merged_head_are_no_second_line_of_heads(make: Make) -> None:
    def fill(sheet: Worksheet) -> None:
        lines(["地区", "投资"], ["清河区", 412])(sheet)
        sheet["C1"] = None
        sheet.merge_cells("B1:C1")

    assert values(open_table(make(fill))) == [{"地区": "清河区", "投资": "412"}]


def test_heads_of_two_lines_take_the_lower_and_where_doubled_the_group_too(
    make: Make,
) -> None:
    def fill(sheet: Worksheet) -> None:
        lines(
            ["地区", "投资（亿元）", None, "超进度", None, "达进度", None],
            [None, "上年全年投资", "今年前十月投资", "数", "占比(%)", "数", "占比(%)"],
            ["清河区", 412.6, 263.8, 36, 15, 72, 30],
        )(sheet)
        for block in ("A1:A2", "B1:C1", "D1:E1", "F1:G1", "K1:L1"):
            sheet.merge_cells(block)

    table = open_table(make(fill))
    assert [(column.name, column.unit) for column in table.columns] == [
        ("地区", None),
        ("上年全年投资", "亿元"),
        ("今年前十月投资", "亿元"),
        ("超进度数", None),
        ("超进度占比", "%"),
        ("达进度数", None),
        ("达进度占比", "%"),
    ]
    assert list(values(table)[0].values()) == [
        *("清河区", "412.6", "263.8", "36", "15", "72", "30")
    ]


def test_groups_without_a_merged_first_column_are_heads_too(make: Make) -> None:
    def fill(sheet: Worksheet) -> None:
        lines(
            ["超进度", None, "达进度", None],
            ["数", "占比", "数", "占比"],
            [36, 15, 72, 30],
        )(sheet)
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("C1:D1")

    table = open_table(make(fill))
    assert list(values(table)[0]) == [
        "超进度数",
        "超进度占比",
        "达进度数",
        "达进度占比",
    ]


def test_a_head_merged_over_an_empty_column_is_one_column(make: Make) -> None:
    def fill(sheet: Worksheet) -> None:
        lines(["地区", None, "开工率"], ["清河区", None, 1])(sheet)
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("A2:B2")

    assert values(open_table(make(fill))) == [{"地区": "清河区", "开工率": "1"}]


def test_a_head_merged_over_two_filled_columns_is_refused(make: Make) -> None:
    def fill(sheet: Worksheet) -> None:
        lines(["地区", "投资", None], ["清河区", 1, 2])(sheet)
        sheet.merge_cells("B1:C1")

    message = refusal(make(fill))
    assert "第 C 列没有列名" in message
    assert "取消合并" in message


def test_a_merged_block_of_values_belongs_to_its_first_cell(make: Make) -> None:
    def fill(sheet: Worksheet) -> None:
        lines(["片区", "地区"], ["东片", "清河区"], [None, "云岭县"])(sheet)
        sheet.merge_cells("A2:A3")

    assert [row["片区"] for row in values(open_table(make(fill)))] == ["东片", ""]


def test_styled_empty_cells_and_rows_are_no_data(make: Make) -> None:
    def fill(sheet: Worksheet) -> None:
        lines(["地区", "开工率"], ["清河区", 1])(sheet)
        for place in ("D1", "E2", "A3", "B400"):
            sheet[place].number_format = "0.00"

    table = open_table(make(fill))
    assert table.count == 1
    assert values(table) == [{"地区": "清河区", "开工率": "1"}]


# Sheets -----------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "说明"
    for name in ("旧数据", "十月", "2022"):
        lines(["地区"], [name])(book.create_sheet(name))
    book["旧数据"].sheet_state = "hidden"
    book.save(tmp_path / "多表.xlsx")
    return tmp_path / "多表.xlsx"


@pytest.mark.parametrize(
    ("wanted", "sheet"),
    [
        (None, "十月"),
        ("十月", "十月"),
        (" 十 月", "十月"),
        ("2", "十月"),
        ("3", "2022"),
        ("2022", "2022"),
        ("旧数据", "旧数据"),
    ],
)
def test_the_sheet_is_the_first_visible_with_content_or_the_one_asked_for(
    book: Path, wanted: str | None, sheet: str
) -> None:
    table = open_table(book, sheet=wanted)
    assert table.sheet == sheet
    assert values(table) == [{"地区": sheet}]
    assert table.described == f"Excel，工作表“{sheet}”，横表，1 行"


@pytest.mark.parametrize("wanted", ["十一月", "9", "0"])
def test_an_unknown_sheet_is_refused_with_those_there_are(
    book: Path, wanted: str
) -> None:
    message = refusal(book, sheet=wanted)
    assert f"没有工作表“{wanted}”" in message
    assert "“说明”、“十月”、“2022”" in message
    assert "旧数据" not in message


def test_a_sheet_that_is_a_chart_is_no_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    lines(["地区"], ["清河区"])(book.worksheets[0])
    book.create_chartsheet("图", 0)
    book.save(tmp_path / "图表.xlsx")
    assert open_table(tmp_path / "图表.xlsx", sheet="1").sheet == "Sheet"


def test_a_workbook_without_content_is_refused(make: Make) -> None:
    assert "都是空的" in refusal(make(lines()))


# Files ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["进度.csv", "进度.xls", "进度.xlsm", "进度"])
def test_a_workbook_is_read_by_its_content_whatever_its_name(
    make: Make, name: str
) -> None:
    path = make(lines(["地区"], ["清河区"]))
    table = open_table(path.rename(path.with_name(name)))
    assert values(table) == [{"地区": "清河区"}]


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("xl/workbook.bin", ".xlsb"),
        ("word/document.xml", "Word 文档"),
        ("ppt/presentation.xml", "演示文稿"),
        ("content.xml", "OpenDocument"),
        ("照片.jpg", "压缩包"),
    ],
)
def test_other_zip_files_are_refused_by_what_they_are(
    tmp_path: Path, member: str, said: str
) -> None:
    path = tmp_path / "数据.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "")
    message = refusal(path)
    assert message.startswith("数据.xlsx ")
    assert said in message


@pytest.mark.parametrize(
    "member",
    [
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
    ],
)
@pytest.mark.parametrize("cut", [0.0, 0.5])
def test_a_damaged_workbook_is_a_table_or_one_of_our_errors(
    make: Make, member: str, cut: float
) -> None:
    path = make(lines(["地区", "开工率"], ["清河区", 1]))
    edited(path, member, lambda text: text[: int(len(text) * cut)])
    if member == "[Content_Types].xml":
        assert len(values(open_table(path))) == 1
    else:
        assert "已损坏" in refusal(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [('r="A2"', 'r="XFE2"'), ('<row r="2"', '<row r="x"')],
)
def test_places_that_no_sheet_has_are_damage(make: Make, old: str, new: str) -> None:
    path = sheet_edited(make(lines(["地区"], ["清河区"])), old, new)
    assert "已损坏" in refusal(path)


def test_a_merged_block_without_corners_is_passed_over(make: Make) -> None:
    def fill(sheet: Worksheet) -> None:
        lines(["地区", "甲"], ["清河区", 1])(sheet)
        sheet.merge_cells("C1:D1")
        sheet.merge_cells("F1:G1")

    path = sheet_edited(make(fill), "C1:D1", "C:D")
    assert values(open_table(path)) == [{"地区": "清河区", "甲": "1"}]


def test_a_workbook_that_vanishes_between_two_readings_is_an_error(make: Make) -> None:
    path = make(lines(["地区"], ["清河区"]))
    table = open_table(path)
    path.unlink()
    with pytest.raises(DataError, match="打不开"):
        list(table.rows())


def test_a_workbook_cut_off_in_the_middle_is_refused(make: Make) -> None:
    path = make(lines(["地区"], ["清河区"]))
    path.write_bytes(path.read_bytes()[:-200])
    assert "已损坏" in refusal(path)


def test_the_strict_form_of_the_standard_is_read_too(make: Make) -> None:
    path = make(lines(["地区", "开工率"], ["清河区", 1]))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    with zipfile.ZipFile(path) as archive:
        members = [name for name in archive.namelist() if name.startswith("xl/")]
    for member in members:
        edited(path, member, lambda text: text.replace(main, strict))
    sheet_edited(path, '<c r="B2" t="n"><v>1</v>', '<c r="B2" t="d"><v>2022-10-31</v>')
    assert values(open_table(path)) == [{"地区": "清河区", "开工率": "44865"}]


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_law_a_workbook_with_broken_bytes_is_a_table_or_one_of_our_errors(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("law") / "表.xlsx"
    book = openpyxl.Workbook()
    office_sheet(book.worksheets[0])
    book.worksheets[0]["D4"] = book.worksheets[0]["I4"] = 1
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    member = data.draw(st.sampled_from(sorted(members)))
    content = bytearray(members[member])
    place = data.draw(st.integers(0, len(content) - 1))
    content[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary())
    with zipfile.ZipFile(path, "w") as archive:
        for name, old in members.items():
            archive.writestr(name, bytes(content) if name == member else old)
    try:
        table = open_table(path)
        found = len(list(table.rows())) == table.count
    except DataError as error:
        found = error.message.startswith("表.xlsx ")
    assert found


def compound_file(table: list[int], mini: list[int]) -> bytes:
    """A compound file of which only the sector tables are there."""
    header = bytearray(OLE2 + bytes(504))
    header[30:32] = (9).to_bytes(2, "little")
    header[60:64] = (1).to_bytes(4, "little")
    header[76:512] = struct.pack("<109i", 0, *[-1] * 108)
    sectors = [table + [-1] * (128 - len(table)), mini + [-1] * (128 - len(mini))]
    return bytes(header) + b"".join(struct.pack("<128i", *each) for each in sectors)


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END = -2


@pytest.mark.parametrize(
    ("table", "mini", "sound"),
    [
        ([-3, END, 3, 4, END], [1, 2, END], True),
        ([-3, END, 3, 4, 2], [END], False),
        ([-3, END, 2], [END], False),
        ([-3, END, END], [1, 2, 0], False),
        ([-3, 2, END], [END], True),
        ([-3, 99_999, END], [END], True),
    ],
)
def test_chains_of_sectors_that_run_in_a_circle_are_found(
    table: list[int], mini: list[int], *, sound: bool
) -> None:
    assert is_sound(compound_file(table, mini)) is sound


@pytest.mark.parametrize(
    "content", [OLE2 + bytes(40), OLE2 + bytes(600), compound_file([-3, 1], [END])]
)
def test_what_only_begins_like_an_old_workbook_is_refused(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "旧表.xls"
    path.write_bytes(content)
    assert "读不出来" in refusal(path)


# The same data in all forms ---------------------------------------------------------

TEXTS = st.text("清河区云岭县0123456789.,;%\"'（） \n&<>=@", max_size=8).map(str.strip)


@given(
    body=st.lists(
        st.lists(TEXTS.filter(lambda text: not text.startswith("=")), min_size=3),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=60, deadline=None)
def test_law_a_workbook_and_a_csv_file_of_the_same_texts_are_equal(
    tmp_path_factory: pytest.TempPathFactory, body: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    heads = ["地区", "甲", "乙", "丙"]
    rows = [[f"区{n}", *line[:3]] for n, line in enumerate(body)]
    book = openpyxl.Workbook()
    lines(heads, *rows)(book.worksheets[0])
    book.save(folder / "表.xlsx")
    quoted = [
        ",".join('"' + guarded(cell).replace('"', '""') + '"' for cell in row)
        for row in [heads, *rows]
    ]
    (folder / "表.csv").write_text("\n".join(quoted) + "\n", encoding="utf-8")

    across = open_table(folder / "表.xlsx")

    assert list(across.rows()) == list(open_table(folder / "表.csv").rows())


def convert(path: Path, kind: str) -> Path:
    """The workbook saved again by LibreOffice, in a folder of its own."""
    folder = path.parent / "again"
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={(path.parent / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOME": str(path.parent)},
    )
    return folder / path.with_suffix(f".{kind}").name


def office_sheet(sheet: Worksheet) -> None:
    """A table with everything that an office puts into one."""
    lines(
        ["重点项目进度表"],
        ["地区", "开工率", "投资", None, "日期", "位次", "事项", "批准", "差错"],
        [None, None, "上年（亿元）", "今年（亿元）"],
        ["清河区", 0.683, 412.6, "=C4/2", day("2022-10-31"), 7, "甲\n乙", True],
        ["云岭县", 0.7, 96, 1234.5, day("2022-03-01"), 1, "“两高”<&>", False],
    )(sheet)
    sheet["I4"] = "=1/0"
    for block in ("A1:I1", "C2:D2", *(f"{letter}2:{letter}3" for letter in "ABEFGHI")):
        sheet.merge_cells(block)
    for row in (4, 5):
        sheet[f"B{row}"].number_format = "0.0%"
        sheet[f"D{row}"].number_format = "#,##0.00"
        sheet[f"E{row}"].number_format = 'yyyy"年"m"月"d"日"'
        sheet[f"F{row}"].number_format = '"第"0"位"'


OFFICE_VALUES = [
    {
        "地区": "清河区",
        "开工率": "68.3%",
        "上年": "412.6",
        "今年": "206.30",
        "日期": "2022年10月31日",
        "位次": "第7位",
        "事项": "甲\n乙",
        "批准": "TRUE",
        "差错": "#DIV/0!",
    },
    {
        "地区": "云岭县",
        "开工率": "70.0%",
        "上年": "96",
        "今年": "1,234.50",
        "日期": "2022年3月1日",
        "位次": "第1位",
        "事项": "“两高”<&>",
        "批准": "FALSE",
        "差错": "",
    },
]


@pytest.mark.libreoffice
@needs_libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_workbook_saved_again_by_libreoffice_is_read_equal(
    make: Make, kind: str
) -> None:
    again = convert(make(office_sheet), kind)
    table = open_table(again)
    assert values(table) == OFFICE_VALUES
    assert table.titles == ("重点项目进度表",)
    assert table.described.startswith("Excel，工作表“Sheet”，横表，2 行")
    assert [row.number for row in table.rows()] == [4, 5]


@pytest.mark.libreoffice
@needs_libreoffice
def test_an_old_workbook_has_sheets_like_a_new_one_and_may_be_damaged(
    book: Path,
) -> None:
    old = convert(book, "xls")
    assert open_table(old).sheet == "十月"
    assert values(open_table(old, sheet="2022")) == [{"地区": "2022"}]
    assert "没有工作表“十一月”" in refusal(old, sheet="十一月")
    whole = old.read_bytes()
    begin = whole.index(b"\x09\x08\x10\x00") + 20
    old.write_bytes(whole[:begin] + b"\x2f\x00" + whole[begin + 2 :])
    assert "密码" in refusal(old)
    for size in (600, 2000, len(whole) // 2, len(whole) - 2000):
        old.write_bytes(whole[:size])
        try:
            again = values(open_table(old))
        except DataError as error:
            again = [{"地区": error.message[:5]}]
        assert again in ([{"地区": "十月"}], [{"地区": "多表.xl"}])
