"""sheet: an empty data file for a template, pleasant to fill in."""

import csv
import io
from pathlib import Path

from assembler.errors import OutputError
from assembler.fields import Field
from assembler.package import write_whole
from assembler.template import Template

FILE_COLUMN = "文件名"
UPRIGHT_HEAD = ("字段", "值", "单位", "类型", "说明", "前后文")
_CALCULATED = "可不填，自动计算"


def write_sheet(template: Template, path: Path, *, wide: bool) -> None:
    """Write an empty data file.

    Args:
        template: whose fields it lists, in reading order.
        path: the file; its ending says CSV or Excel.
        wide: a line a speech instead of a line a field.

    Raises:
        OutputError: the file exists already, cannot be written, or has another
            ending.
    """
    if path.exists():
        message = (
            f"“{path}”已经存在，没有覆盖（里面可能填了数据）。"
            "请用 -o 换个文件名，或者先把它移走。"
        )
        raise OutputError(message)
    write_whole(path, sheet_bytes(template, path, wide=wide))


def sheet_bytes(template: Template, path: Path, *, wide: bool) -> bytes:
    """An empty data file as bytes.

    Args:
        template: whose fields it lists, in reading order.
        path: what the file is to be called; its ending says CSV or Excel.
        wide: a line a speech instead of a line a field.

    Raises:
        OutputError: the name has another ending.
    """
    lines = _wide_lines(template) if wide else _upright_lines(template)
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _csv(lines)
    if suffix == ".xlsx":
        from assembler.sheet_excel import workbook  # noqa: PLC0415 - openpyxl is slow

        return workbook(template, lines, wide=wide)
    message = f"不知道怎么写“{path.name}”：数据表只能是 .csv 或 .xlsx。"
    raise OutputError(message)


def sheet_name(template: str) -> str:
    """What the sheet of a template is called; the template without its ending."""
    return f"{template}_数据.csv"


def listed_fields(template: Template) -> list[Field]:
    """The fields that a data file needs: those printed, then those only checked."""
    return [*template.fields.values(), *template.checked.values()]


def help_of(field: Field) -> str:
    """What a person should know when filling in a field."""
    parts = [field.note]
    if field.formula:
        parts.insert(0, f"{_CALCULATED}（＝{field.formula}）")
    if field.optional and not field.note.startswith(("选填", "只用于校核")):
        parts.insert(0, "选填")
    return "；".join(part for part in parts if part)


def _upright_lines(template: Template) -> list[list[str]]:
    lines = [list(UPRIGHT_HEAD), [FILE_COLUMN, "", "", "", "生成的文件叫什么", ""]]
    for field in listed_fields(template):
        around = "；".join(place.excerpt for place in field.places)
        lines.append(
            [field.name, "", field.unit, str(field.kind), help_of(field), around]
        )
    return lines


def _wide_lines(template: Template) -> list[list[str]]:
    return [[FILE_COLUMN, *(field.name for field in listed_fields(template))]]


def _csv(lines: list[list[str]]) -> bytes:
    # With a byte order mark Excel reads UTF-8; without, it takes it for GBK.
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(lines)
    return stream.getvalue().encode("utf-8-sig")
