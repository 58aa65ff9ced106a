"""A field's name changed in a data sheet, everything else in it left as it lies."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from assembler.rename_text import in_formula, replaced
from assembler.rows import UPRIGHT_HEADS
from assembler.rows_csv import CsvFile
from assembler.rows_excel import ExcelFile
from assembler.rows_head import Head, field_name, find_head
from assembler.rows_model import column_letter

# How a sheet tells of a formula among its notes.
_CALCULATED = re.compile("（＝(?P<formula>[^\n]+?)）(?=；|$)", re.MULTILINE)
_QUOTE = '"'
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Row from 1, column from 0 → the new text of the cell.
_Place = tuple[int, int]
_Changes = Mapping[_Place, str]


@dataclass(frozen=True, slots=True)
class SheetNames:
    """The field names of a data sheet.

    Attributes:
        path: the file, .csv or .xlsx.
    """

    path: Path
    _file: CsvFile | ExcelFile
    _head: Head

    @classmethod
    def open(cls, path: Path) -> "SheetNames":
        """Read a sheet's names; DataError where it cannot be read."""
        excel = path.suffix.lower() == ".xlsx"
        file = ExcelFile.open(path, None) if excel else CsvFile.open(path, None, None)
        head = find_head(path, file)
        return cls(path, file, head)

    @property
    def names(self) -> frozenset[str]:
        """The names, normalised, those of columns that are no fields too."""
        return frozenset(field_name(text)[0] for _, text in self._name_cells())

    def renamed(self, old: str, new: str) -> bytes | None:
        """The file with a field's name changed; None where it does not name it."""
        changes = dict(self._changed_cells(old, new))
        if not changes:
            return None
        if isinstance(self._file, CsvFile):
            return _changed_csv(self._file, changes)
        return _changed_workbook(self._file, changes)

    @property
    def _first(self) -> int:
        """The column that holds the names of an upright sheet."""
        return self._head.positions[0]

    @property
    def _is_upright(self) -> bool:
        return field_name(self._head.cells[self._first])[0] in UPRIGHT_HEADS

    def _name_cells(self) -> Iterator[tuple[_Place, str]]:
        """Yield the cells that hold names: the heads, or the first of each line."""
        for number, cells in self._file.records():
            if self._is_upright and number > self._head.last:
                yield (number, self._first), "".join(cells[self._first :][:1])
            elif not self._is_upright and number == self._head.last:
                yield from (((number, i), text) for i, text in enumerate(cells))

    def _changed_notes(self, old: str, new: str) -> Iterator[tuple[_Place, str]]:
        """Yield the cells of an upright sheet whose formulas use the old name."""
        heads = [field_name(head)[0] for head in self._head.cells]
        for number, cells in self._file.records():
            if self._is_upright and number > self._head.last:
                for index, (head, text) in enumerate(zip(heads, cells, strict=False)):
                    change = _NOTES.get(head, _unchanged)
                    if (changed := change(text, old, new)) != text:
                        yield (number, index), changed

    def _changed_cells(self, old: str, new: str) -> Iterator[tuple[_Place, str]]:
        for place, text in self._name_cells():
            if field_name(text)[0] == old:
                yield place, _renamed_head(text, old, new)
        yield from self._changed_notes(old, new)


def _renamed_head(text: str, old: str, new: str) -> str:
    """The head with its name changed and its unit kept."""
    if old in text:
        return text.replace(old, new, 1)
    unit = field_name(text)[1]
    return f"{new}（{unit}）" if unit else new


def _unchanged(text: str, _old: str, _new: str) -> str:
    return text


def _renamed_formula(text: str, old: str, new: str) -> str:
    return replaced(text, in_formula(text, old), new)


def _renamed_note(text: str, old: str, new: str) -> str:
    """A note with the name changed in the formula that it tells of."""
    return _CALCULATED.sub(
        lambda match: f"（＝{_renamed_formula(match['formula'], old, new)}）", text
    )


# What is done with the columns that tell of formulas.
_NOTES = {"算式": _renamed_formula, "说明": _renamed_note}


def _changed_csv(file: CsvFile, changes: _Changes) -> bytes:
    text = file.path.read_bytes().decode(file.encoding)
    pieces, done = [], 0
    for place, start, end in _csv_cells(text, file.separator):
        if place in changes:
            cell = changes[place]
            if text.startswith(_QUOTE, start):
                cell = f'"{cell.replace(_QUOTE, _QUOTE * 2)}"'
            pieces += [text[done:start], cell]
            done = end
    return "".join([*pieces, text[done:]]).encode(file.encoding)


def _csv_cells(text: str, separator: str) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Yield each cell's place and where it begins and ends, its quotes included."""
    cell = re.compile(
        rf'(?:"(?:[^"]|"")*"|[^"{re.escape(separator)}\r\n][^{re.escape(separator)}\r\n]*)?'
    )
    row, column, start = 1, 0, 0
    while start < len(text):
        match = cell.match(text, start)
        end = match.end() if match else start
        yield (row, column), start, end
        column += 1
        if text.startswith(separator, end):
            start = end + 1
            continue
        row, column = row + 1, 0
        start = end + (2 if text.startswith("\r\n", end) else 1)


def _changed_workbook(file: ExcelFile, changes: _Changes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(file.path) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == file.part:
                data = _changed_part(data, changes)
            new.writestr(info, data, info.compress_type)
    return stream.getvalue()


def _changed_part(data: bytes, changes: _Changes) -> bytes:
    """A worksheet with other texts in some cells, each beside its text, not shared."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(data, parser)
    texts = {f"{column_letter(col)}{row}": text for (row, col), text in changes.items()}
    for cell in root.iter("{*}c"):
        text = texts.get(cell.get("r", ""))
        if text is not None:
            _set_text(cell, text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_text(cell: etree._Element, text: str) -> None:
    namespace = str(cell.tag).rpartition("}")[0] + "}"
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    holder = etree.SubElement(cell, f"{namespace}is")
    element = etree.SubElement(holder, f"{namespace}t")
    element.set(_XML_SPACE, "preserve")
    element.text = text
