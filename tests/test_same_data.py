"""The same data in any file an office may have give byte-equal speeches."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from assembler.bundled import resolve_data, resolve_template
from assembler.check import Checker
from assembler.merge import Maker, MergeOptions, Written, merge
from assembler.rows import open_table
from assembler.template import Template
from tests.programs import libreoffice

TEMPLATE = Template.open(resolve_template(Path("工作部署")))
with resolve_data(Path("重点项目进度")).open(
    encoding="utf-8-sig", newline=""
) as _stream:
    LINES = list(csv.reader(_stream))
Lines = list[list[str]]


def speeches(data: Path, folder: Path) -> dict[str, bytes]:
    table = open_table(data)
    checker = Checker(TEMPLATE, table.columns, data.name)
    outcomes = merge(Maker(TEMPLATE, checker, MergeOptions(folder)), table.rows())
    assert all(isinstance(outcome, Written) for outcome in outcomes)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    found = speeches(
        resolve_data(Path("重点项目进度")), tmp_path_factory.mktemp("expected")
    )
    assert len(found) == 6
    return found


def across(lines: Lines) -> Lines:
    return lines


def upright(lines: Lines) -> Lines:
    head, *rows = lines
    turned = [list(line) for line in zip(head, *rows, strict=True)]
    return [["字段", *(f"第{n}篇" for n in range(1, len(rows) + 1))], *turned]


def csv_text(lines: Lines, separator: str) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows(lines)
    return stream.getvalue()


@pytest.mark.parametrize("form", [across, upright])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"]
)
def test_every_encoding_separator_and_form_of_csv(
    tmp_path: Path,
    expected: dict[str, bytes],
    encoding: str,
    separator: str,
    form: Callable[[Lines], Lines],
) -> None:
    data = tmp_path / "数据.csv"
    data.write_bytes(csv_text(form(LINES), separator).encode(encoding))
    assert speeches(data, tmp_path / "稿子") == expected


def workbook(path: Path, lines: Lines, *, numbers: bool) -> Path:
    """The lines as text cells, or figures as numbers in a format that shows them."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            cell = page.cell(row, column)
            whole, _, decimals = text.partition(".")
            if numbers and whole.isascii() and whole.isdecimal():
                cell.value = float(text) if decimals else int(text)
                cell.number_format = f"0.{'0' * len(decimals)}" if decimals else "0"
            else:
                cell.value = text
    book.save(path)
    return path


@pytest.mark.parametrize("form", [across, upright])
@pytest.mark.parametrize("numbers", [False, True])
def test_a_workbook_with_text_or_with_numbers(
    tmp_path: Path,
    expected: dict[str, bytes],
    *,
    numbers: bool,
    form: Callable[[Lines], Lines],
) -> None:
    data = workbook(tmp_path / "数据.xlsx", form(LINES), numbers=numbers)
    assert speeches(data, tmp_path / "稿子") == expected


def test_numbers_that_excel_shows_without_their_last_zero(
    tmp_path: Path, expected: dict[str, bytes]
) -> None:
    trimmed = [
        [cell.removesuffix(".0") if cell[:1].isdecimal() else cell for cell in line]
        for line in LINES
    ]
    data = workbook(tmp_path / "数据.xlsx", trimmed, numbers=True)
    assert trimmed != LINES
    assert speeches(data, tmp_path / "稿子") == expected


@pytest.mark.libreoffice
@pytest.mark.parametrize("numbers", [False, True])
def test_a_workbook_saved_again_by_libreoffice(
    tmp_path: Path, expected: dict[str, bytes], *, numbers: bool
) -> None:
    data = workbook(tmp_path / "数据.xlsx", LINES, numbers=numbers)
    (tmp_path / "再存").mkdir()
    [saved] = libreoffice([data], tmp_path / "再存", "xlsx")
    assert saved.read_bytes() != data.read_bytes()
    assert speeches(saved, tmp_path / "稿子") == expected
