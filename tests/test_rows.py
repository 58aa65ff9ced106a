"""CSV files as offices have them, and what is said of those that cannot be used."""

import csv
import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.errors import DataError
from assembler.rows import Column, Table, field_name, open_table, select
from assembler.rows_csv import CsvFile
from assembler.rows_excel import ExcelFile
from assembler.rows_kind import unreadable
from assembler.rows_xls import XlsFile

Write = Callable[..., Path]

ACROSS = (
    "文件名,地区,开工率,投资(亿元)\n清河区讲话,清河区,68.3%,412.6\n,云岭县,70%,96\n"
)
UPRIGHT = "字段,甲,乙\n文件名,清河区讲话,\n地区,清河区,云岭县\n开工率,68.3%,70%\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(
        text: str | bytes, name: str = "进度.csv", encoding: str = "utf-8"
    ) -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write_file


def values(table: Table) -> list[dict[str, str]]:
    return [row.values for row in table.rows()]


def refusal(path: Path, **options: str) -> str:
    with pytest.raises(DataError) as caught:
        list(open_table(path, **options).rows())
    assert caught.value.exit_code == 3
    return caught.value.message


# Heads ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "name", "unit"),
    [
        ("开工率", "开工率", None),
        (" 开 工 率　", "开工率", None),
        ("\ufeff地区", "地区", None),
        ("投资(万元)", "投资", "万元"),
        ("投资（万元）", "投资", "万元"),
        ("投资【亿元】", "投资", "亿元"),
        ("投资〔亿元〕", "投资", "亿元"),
        ("投资（单位：亿元）", "投资", "亿元"),
        ("占比（％）", "占比", "%"),
        ("投资（不含农户）（亿元）", "投资(不含农户)", "亿元"),
        ("投资()", "投资", None),
        ("（万元）", "(万元)", None),
        ("ＧＤＰ增速", "GDP增速", None),
        ("", "", None),
    ],
)
def test_a_head_is_a_name_and_a_unit(head: str, name: str, unit: str | None) -> None:
    assert field_name(head) == (name, unit)


# Tables across ----------------------------------------------------------------------


def test_a_line_is_a_speech_and_a_column_a_field(write: Write) -> None:
    table = open_table(write(ACROSS))

    assert table.columns == (
        Column("文件名", "文件名", None),
        Column("地区", "地区", None),
        Column("开工率", "开工率", None),
        Column("投资(亿元)", "投资", "亿元"),
    )
    first, second = table.rows()
    assert first.values == {
        "文件名": "清河区讲话",
        "地区": "清河区",
        "开工率": "68.3%",
        "投资": "412.6",
    }
    assert (first.number, first.place, first.label) == (2, "第2行", "清河区讲话")
    assert (second.number, second.place, second.label) == (3, "第3行", "云岭县")


def test_rows_can_be_read_again(write: Write) -> None:
    table = open_table(write(ACROSS))
    assert values(table) == values(table)


def test_a_label_falls_back_to_the_first_value(write: Write) -> None:
    (row,) = open_table(write("月份,开工率\n,68.3%\n")).rows()
    assert row.label == "68.3%"


def test_numbers_count_every_line_as_excel_does(write: Write) -> None:
    path = write("清河区进度表,\n地区,开工率\n\n清河区,1\n,\n云岭县,2\n")
    assert [row.number for row in open_table(path).rows()] == [4, 6]


def test_a_cell_with_line_breaks_is_one_line_of_the_table(write: Write) -> None:
    path = write('地区,事项\n清河区,"一、用地\n二、用林"\n云岭县,无\n')
    first, second = open_table(path).rows()
    assert first.values["事项"] == "一、用地\n二、用林"
    assert second.number == 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_read(write: Write, end: str) -> None:
    table = open_table(write(ACROSS.replace("\n", end)))
    assert [row.label for row in table.rows()] == ["清河区讲话", "云岭县"]


def test_blanks_round_a_value_go_and_those_inside_stay(write: Write) -> None:
    (row,) = open_table(write("地区,事项\n　清河区 ,\u200b用 地　报批\t\n")).rows()
    assert row.values == {"地区": "清河区", "事项": "用 地　报批"}


def test_quoted_cells_keep_commas_and_quotes(write: Write) -> None:
    (row,) = open_table(write('地区,投资,标准\n清河区,"1,234","""两高"""\n')).rows()
    assert row.values["投资"] == "1,234"
    assert row.values["标准"] == '"两高"'


def test_figures_are_not_interpreted(write: Write) -> None:
    (row,) = open_table(write("a,b,c,d\n007,1.50,=1+1,2022/10/31\n")).rows()
    assert list(row.values.values()) == ["007", "1.50", "=1+1", "2022/10/31"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "清河区重点项目进度表,,\n地区,开工率,\n清河区,1,\n",
            ("清河区重点项目进度表",),
        ),
        ("进度表\n单位：万元\n地区,开工率\n清河区,1\n", ("进度表", "单位：万元")),
        ("\n\n进度表\n\n地区,开工率\n清河区,1\n", ("进度表",)),
        ("地区,开工率\n清河区,1\n", ()),
    ],
)
def test_title_lines_above_the_heads_are_passed_over(
    write: Write, text: str, titles: tuple[str, ...]
) -> None:
    table = open_table(write(text))
    assert table.titles == titles
    assert values(table) == [{"地区": "清河区", "开工率": "1"}]
    assert all(title in table.described for title in titles)


def test_a_title_line_of_two_cells_above_many_heads_is_passed_over(
    write: Write,
) -> None:
    table = open_table(
        write("进度表,,,\n填报：甲局,,,单位：万元\n地区,月份,事项,备注\n清河区,10,,\n")
    )
    assert table.titles == ("进度表", "填报：甲局　单位：万元")
    assert values(table) == [{"地区": "清河区", "月份": "10", "事项": "", "备注": ""}]


@pytest.mark.parametrize(
    "text",
    ["地区,备注,,\n清河区,1,2,3\n", "地区,备注\n清河区,甲,乙,丙\n"],
)
def test_heads_above_wider_lines_of_data_are_no_title(write: Write, text: str) -> None:
    assert "第2行" in refusal(write(text))


def test_empty_columns_without_a_head_are_dropped(write: Write) -> None:
    table = open_table(write("地区,,开工率,,\n清河区,,1,,\n云岭县, ,2\n"))
    assert values(table) == [
        {"地区": "清河区", "开工率": "1"},
        {"地区": "云岭县", "开工率": "2"},
    ]


def test_a_table_of_one_column_is_a_table(write: Write) -> None:
    assert values(open_table(write("地区\n清河区\n云岭县\n"))) == [
        {"地区": "清河区"},
        {"地区": "云岭县"},
    ]


def test_short_lines_of_excels_blocks_of_sixteen_are_sound(write: Write) -> None:
    full = "".join(f"区{number},1,备注\n" for number in range(2, 17))
    bare = "".join(f"区{number},1\n" for number in range(17, 33))
    table = open_table(write("地区,开工率,备注\n" + full + bare))
    rows = list(table.rows())
    assert len(rows) == 31
    assert rows[-1].values == {"地区": "区32", "开工率": "1", "备注": ""}


# Tables upright ---------------------------------------------------------------------


@pytest.mark.parametrize("head", ["字段", "字段名", "字段名称", " 字 段 "])
def test_an_upright_table_is_told_by_its_first_head(write: Write, head: str) -> None:
    table = open_table(write(UPRIGHT.replace("字段", head)))
    assert table.upright
    assert [column.name for column in table.columns] == ["文件名", "地区", "开工率"]
    first, second = table.rows()
    assert first.values == {"文件名": "清河区讲话", "地区": "清河区", "开工率": "68.3%"}
    assert (first.number, first.place, first.label) == (2, "B列", "清河区讲话")
    assert (second.number, second.place, second.label) == (3, "C列", "乙")


def test_helper_columns_of_a_sheet_are_no_speeches(write: Write) -> None:
    table = open_table(
        write(
            "字段,单位,类型,说明,前后文,算式,次数,值\n"
            "地区,,地名,,在〖X〗,,1,清河区\n"
            "投资,万元,金额,,完成〖X〗亿元,,2,412600\n"
            "投资差距(亿元),万元,金额,,,甲 - 乙,1,148.8\n"
            "备注,,,,,,,\n"
        )
    )
    (row,) = table.rows()
    assert row.place == "H列"
    assert row.label == "清河区"
    assert row.values == {
        "地区": "清河区",
        "投资": "412600",
        "投资差距": "148.8",
        "备注": "",
    }
    assert [column.unit for column in table.columns] == [None, "万元", "亿元", None]


def test_an_upright_table_may_have_lines_left_blank(write: Write) -> None:
    table = open_table(write("字段,值\n地区,清河区\n,\n开工率,1\n"))
    assert values(table) == [{"地区": "清河区", "开工率": "1"}]


# Encodings and separators -----------------------------------------------------------

ENCODINGS = ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
SEPARATORS = [",", "\t", ";", "，"]


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding_and_separator_are_found_out(
    write: Write, encoding: str, separator: str
) -> None:
    path = write(ACROSS.replace(",", separator), encoding=encoding)
    table = open_table(path)
    assert table.encoding == {"gbk": "gb18030"}.get(encoding, encoding)
    assert table.separator == separator
    assert values(table) == values(open_table(write(ACROSS, "对照.csv")))


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("清河区进度，截至十月\n地区,开工率\n清河区,1\n", ","),
        ("项目;事项\n甲;用地,用林\n乙;用水,用电\n", ";"),
        ("地区\t事项\n清河区\t用地, 用林; 报批\n", "\t"),
        ('"a;b","c"\n"1;2","3"\n', ","),
        ("地区,事项；备注\n清河区,用地\n", ","),
    ],
)
def test_the_separator_is_the_one_that_heads_and_lines_agree_on(
    write: Write, text: str, separator: str
) -> None:
    assert open_table(write(text)).separator == separator


def test_the_guess_can_be_overridden(write: Write) -> None:
    path = write("地名|月份\n松溪|10\n", encoding="big5")
    table = open_table(path, encoding="Big5", separator="|")
    assert (table.encoding, table.separator) == ("big5", "|")
    assert values(table) == [{"地名": "松溪", "月份": "10"}]


@pytest.mark.parametrize("name", ["GBK", "gb2312", "ANSI", "936", "GB18030"])
def test_names_of_gbk_stand_for_the_wider_gb18030(write: Write, name: str) -> None:
    path = write(ACROSS, encoding="gb18030")
    assert open_table(path, encoding=name).encoding == "gb18030"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf8_given_by_hand_takes_the_mark_along(write: Write, mark: bytes) -> None:
    table = open_table(write(mark + ACROSS.encode()), encoding="UTF8")
    assert table.columns[0].name == "文件名"


@pytest.mark.parametrize("word", ["tab", "\\t", "制表符", "TAB"])
def test_a_separator_may_be_spoken(write: Write, word: str) -> None:
    table = open_table(write(ACROSS.replace(",", "\t")), separator=word)
    assert table.separator == "\t"


def test_a_rare_character_of_gb18030_is_read(write: Write) -> None:
    path = write("姓名,月份\n李\U00020b9f,3\n", encoding="gb18030")
    assert values(open_table(path))[0]["姓名"] == "李\U00020b9f"


@pytest.mark.parametrize(
    ("text", "encoding", "described"),
    [
        (ACROSS, "gb18030", "CSV，GB18030 编码，逗号分隔，横表，2 行"),
        (ACROSS, "utf-8", "CSV，UTF-8 编码，逗号分隔，横表，2 行"),
        (ACROSS, "utf-8-sig", "CSV，UTF-8（带 BOM） 编码，逗号分隔，横表，2 行"),
        (
            UPRIGHT.replace(",", "\t"),
            "utf-16",
            "CSV，UTF-16 编码，制表符分隔，竖表，3 个字段，2 列",
        ),
    ],
)
def test_the_guess_is_told(
    write: Write, text: str, encoding: str, described: str
) -> None:
    assert open_table(write(text, encoding=encoding)).described == described


def test_a_long_file_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "长表.csv"
    head = ",".join(f"字段{number}" for number in range(5))
    line = ",".join(["清河区重点项目进度" * 16] * 5)
    with path.open("w", encoding="gb18030") as stream:
        stream.write(head + "\n")
        stream.writelines(line + "\n" for _ in range(6_000))
    assert path.stat().st_size > 8_000_000
    tracemalloc.start()
    table = open_table(path)
    count = sum(1 for _ in table.rows())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == table.count == 6_000
    # The largest thing held is one block of 256 KB, as bytes and as text.
    assert peak < 3_000_000


# What cannot be read ----------------------------------------------------------------

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ["空文件"]),
        (b"\xef\xbb\xbf \r\n", ["空文件"]),
        (",,\n,,\n", ["没有内容", "空行"]),
        ("地区,开工率\n", ["只有表头", "地区、开工率", "没有数据"]),
        ("字段,甲\n", ["还没有填值", "“甲”一列"]),
        ("字段,值\n地区,\n开工率,\n", ["还没有填值", "“值”一列"]),
        ("字段,单位\n地区,个\n", ["没有填值的列"]),
        ("地区,,开工率\n清河区,,1\n云岭县,9,2\n", ["第 B 列没有列名", "第3行"]),
        (
            "地区,开工率,开 工率（%）\n清河区,1,2\n",
            ["第 B 列“开工率”", "第 C 列“开 工率（%）”", "同名"],
        ),
        ("字段,甲\n地区,1\n地 区,2\n", ["第2行“地区”", "第3行“地 区”", "同名"]),
        ("字段,甲\n地区,1\n,2\n", ["第3行没有字段名", "B 列却有值"]),
        ('地区,开工率\n清河区,"1\n云岭县,2\n', ["第2行起", "双引号", "不成对"]),
        ('地区,开工率\n清河区,"1"0\n', ["第2行起", "双引号"]),
        ("地区,开工率\n清河区,\0\n", ["第2行有空字节"]),
        ('地区,开工率\n清河区,"' + "多" * 140_000, ["第2行起", "双引号"]),
        ("地区,率\nCaf\xe9,1\n".encode("latin-1", "ignore"), ["--encoding"]),
        (ACROSS.encode()[:-5] + b"\xff\xff" + b"\n", ["UTF-8", "第3行有坏掉的字"]),
        (ACROSS.encode("utf-16")[:-1], ["UTF-16", "坏掉"]),
        (b"%PDF-1.7\n", ["PDF"]),
        ("<html><table><tr><td>地区", ["网页"]),
        ("<?xml version='1.0'?><Workbook/>", ["XML", "另存为 .xlsx"]),
        (b"{\\rtf1 }", ["RTF"]),
        (b"\x89PNG\r\n", ["图片"]),
        (b"Rar!\x1a\x07", ["压缩包"]),
        (OLE2 + "WordDocument".encode("utf-16-le"), ["Word 文档", "先后"]),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), ["密码"]),
        (b"PK\x03\x04 no zip", ["已损坏"]),
    ],
)
def test_what_is_no_sound_table_is_refused(
    write: Write, content: str | bytes, said: list[str]
) -> None:
    message = refusal(write(content))
    assert message.startswith("进度.csv ")
    for words in said:
        assert words in message


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"encoding": "火星文"}, ["没有“火星文”这种编码", "gb18030"]),
        ({"encoding": "base64"}, ["没有“base64”这种编码"]),
        ({"encoding": "ascii"}, ["不是 ASCII 编码", "第1行"]),
        ({"separator": "||"}, ["“||”不能用", "tab"]),
        ({"separator": '"'}, ["不能用"]),
        ({"sheet": "1"}, ["没有工作表", "--sheet"]),
    ],
)
def test_an_option_that_does_not_fit_is_refused(
    write: Write, options: dict[str, str], said: list[str]
) -> None:
    message = refusal(write(ACROSS), **options)
    for words in said:
        assert words in message


def test_all_ragged_lines_are_listed_at_once(write: Write) -> None:
    path = write(
        "地区,子项目数,投资\n"
        "清河区,240,412\n"
        "云岭县,1,234,96\n"
        "松溪县,12\n"
        "安宁镇,12,9,,\n"
        "白石县,用地,用林,7\n"
    )
    with pytest.raises(DataError) as caught:
        open_table(path)
    message = caught.value.message
    assert "有 3 行" in message
    assert "表头 3 列" in message
    assert "第3行 4 个（“1,234”像是一个数" in message
    assert "第4行 2 个；" in message
    assert "第6行 4 个。" in message
    assert '"1,234"' in message
    assert [finding.row for finding in caught.value.findings] == [3, 4, 6]
    assert {finding.code for finding in caught.value.findings} == {"ragged-row"}


def test_a_missing_file_gets_its_neighbours_suggested(write: Write) -> None:
    path = write(ACROSS, "重点项目进度.csv")
    write(ACROSS, "讲话.docx")
    assert "是不是 重点项目进度.csv？" in refusal(path.with_name("重点项目进度表.csv"))
    assert "是不是 重点项目进度.csv？" in refusal(path.with_suffix(".xlsx"))
    assert "请核对文件名" in refusal(path.with_name("abc.csv"))
    assert "没有" in refusal(path.parent / "无此文件夹" / "a.csv")


def test_a_folder_is_no_data_file(write: Write) -> None:
    folder = write(ACROSS, "甲.csv").parent
    message = refusal(folder)
    assert "是文件夹" in message
    assert "甲.csv" in message


def test_a_file_that_may_not_be_read_is_refused(write: Write) -> None:
    path = write(ACROSS)
    assert "没有读取的权限" in unreadable(path, PermissionError()).message
    assert "设备没有准备好" in unreadable(path, OSError(5, "设备没有准备好")).message


@pytest.mark.parametrize("kind", [CsvFile, ExcelFile, XlsFile])
def test_a_file_that_vanishes_before_it_is_opened_is_an_error(
    tmp_path: Path, kind: type[CsvFile] | type[ExcelFile] | type[XlsFile]
) -> None:
    options = (None, None) if kind is CsvFile else (None,)
    with pytest.raises(DataError, match="打不开"):
        kind.open(tmp_path / "无", *options)


def test_a_path_that_no_system_takes_is_refused(write: Write) -> None:
    assert "打不开" in refusal(write(ACROSS).with_name("长" * 300 + ".csv"))


def test_excels_lock_file_is_named_as_such(write: Write) -> None:
    assert "请改用 进度.xlsx" in refusal(write(b"\x05lock", "~$进度.xlsx"))


def test_a_file_that_vanishes_between_two_readings_is_an_error(write: Write) -> None:
    path = write(ACROSS)
    table = open_table(path)
    path.unlink()
    with pytest.raises(DataError, match="打不开"):
        list(table.rows())


def test_a_file_that_turns_into_another_encoding_meanwhile_is_an_error(
    write: Write,
) -> None:
    table = open_table(write(ACROSS))
    write(ACROSS, encoding="gb18030")
    with pytest.raises(DataError, match="不是 UTF-8 编码"):
        list(table.rows())


# Choosing rows ----------------------------------------------------------------------

FIVE = "地区,月份\n" + "".join(f"{name},{10}\n" for name in "甲乙丙丁戊")


@pytest.mark.parametrize(
    ("numbers", "chosen"),
    [
        ("3", "乙"),
        ("3-5", "乙丙丁"),
        ("2,6", "甲戊"),
        ("６，２", "甲戊"),
        ("3—4、6", "乙丙戊"),
        ("3至4", "乙丙"),
        (" 2 - 3 , 5 ,", "甲乙丁"),
        ("1-100", "甲乙丙丁戊"),
    ],
)
def test_rows_are_chosen_by_number(write: Write, numbers: str, chosen: str) -> None:
    rows = select(open_table(write(FIVE)).rows(), numbers=numbers)
    assert "".join(row.label for row in rows) == chosen


@pytest.mark.parametrize("numbers", ["C", "c", "3", "C-C"])
def test_speeches_of_an_upright_table_are_chosen_by_column(
    write: Write, numbers: str
) -> None:
    (row,) = select(open_table(write(UPRIGHT)).rows(), numbers=numbers)
    assert row.label == "乙"


@pytest.mark.parametrize(
    ("where", "chosen"),
    [
        ([("地区", "清河区")], [2]),
        ([(" 地 区 ", " 清河区")], [2]),
        ([("月份", "１０")], [2, 3]),
        ([("月份", "10"), ("地区", "云岭县")], [3]),
        ([], [2, 3, 4]),
    ],
)
def test_rows_are_chosen_by_value(
    write: Write, where: list[tuple[str, str]], chosen: list[int]
) -> None:
    table = open_table(write("地区,月份\n清河区,10\n云岭县,10\n清河镇,9\n"))
    assert [row.number for row in select(table.rows(), where=where)] == chosen


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"where": [("地区名", "清河区")]}, ["“地区名”", "是不是“地区”？"]),
        ({"where": [("xyz", "清河区")]}, ["“xyz”", "地区、月份"]),
        ({"where": [("地区", "无此区")]}, ["没有一行符合", "地区=无此区"]),
        ({"numbers": "9"}, ["没有一行符合", "--rows 9"]),
        ({"numbers": "8-3"}, ["看不懂", "8-3", "从小到大"]),
        ({"numbers": "三"}, ["看不懂"]),
        ({"numbers": "0"}, ["看不懂"]),
        ({"numbers": ""}, ["看不懂"]),
    ],
)
def test_a_choice_that_cannot_be_is_refused(
    write: Write, options: dict[str, object], said: list[str]
) -> None:
    rows = open_table(write(FIVE)).rows()
    with pytest.raises(DataError) as caught:
        list(select(rows, **options))  # type: ignore[arg-type] # mixed on purpose
    for words in said:
        assert words in caught.value.message


def test_a_bad_range_is_refused_before_any_row_is_asked_for() -> None:
    with pytest.raises(DataError, match="看不懂"):
        select([], numbers="三")


# Laws -------------------------------------------------------------------------------

NAMES = st.text("甲乙丙丁率数投资", min_size=1, max_size=4)
# What GBK holds too, with all that a CSV file must quote; no blank at either end.
VALUES = st.text("清河区云岭县0123456789.,;，\t%\"'（） \n", max_size=8).map(str.strip)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Heads and lines; no line is blank, and the first head is none of ours."""
    width = draw(st.integers(2, 5))
    names = draw(st.lists(NAMES, min_size=width, max_size=width, unique=True))
    cells = st.lists(VALUES, min_size=width - 1, max_size=width - 1)
    lines = draw(st.lists(cells, min_size=1, max_size=4))
    firsts = [f"区{number}" for number in range(len(lines))]
    return [names, *([first, *line] for first, line in zip(firsts, lines, strict=True))]


def written(lines: list[list[str]], separator: str, end: str = "\r\n") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator=end).writerows(lines)
    return stream.getvalue()


@given(
    lines=tables(),
    encoding=st.sampled_from(ENCODINGS),
    separator=st.sampled_from(SEPARATORS),
    upright=st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_law_a_table_is_read_back_equal_however_it_is_written(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[list[str]],
    encoding: str,
    separator: str,
    upright: bool,  # noqa: FBT001 - a case of the law
) -> None:
    heads, *body = lines
    path = tmp_path_factory.mktemp("law") / "表.csv"
    if upright:
        speeches = ["字段", *(f"篇{number}" for number in range(len(body)))]
        lines = [speeches, *map(list, zip(heads, *body, strict=True))]
    path.write_bytes(written(lines, separator).encode(encoding))

    table = open_table(path, separator=separator)

    assert table.upright == upright
    assert values(table) == [dict(zip(heads, line, strict=True)) for line in body]


@given(content=st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@settings(max_examples=300, deadline=None)
def test_law_any_bytes_are_a_table_or_one_of_our_errors(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("law") / "表.csv"
    path.write_bytes(content)
    try:
        table = open_table(path)
    except DataError as error:
        said = error.message
    else:
        said = table.path.name * (len(list(table.rows())) == table.count)
    assert "表.csv" in said
