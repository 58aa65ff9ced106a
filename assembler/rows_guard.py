"""Cells that a spreadsheet program would run, and the sign that keeps it from it.

A cell of a CSV file that begins with ``=``, ``+``, ``-``, ``@`` or their full-width
forms is a formula to Excel and WPS, and so is one that does behind tabs and ends of
lines. A quotation mark in front keeps it text. What is written so is read back without
the mark, whatever marks the text itself begins with.
"""

import re

_SIGNS = "=+\\-@＝＋－＠"
_FORMULA = re.compile(f"[\t\r\n]*'*[{_SIGNS}]")
_GUARDED = re.compile(f"'+[{_SIGNS}]")
# What begins with a sign and is a figure all the same: -3.2, +5%.
_NUMBER = re.compile("[-+－＋][0-9０-９]+(?:[.．,，][0-9０-９]+)*[%％]?")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet program may take a cell for a formula; -3.2 is none."""
    return _FORMULA.match(cell) is not None and _NUMBER.fullmatch(cell) is None


def guarded(cell: str) -> str:
    """A cell as it is written to a CSV file; tabs in front, which no data have, off."""
    bare = cell.lstrip("\t\r\n")
    return f"'{bare}" if is_formula(bare) else bare


def unguarded(cell: str) -> str:
    """A cell of a CSV file as it was before it was guarded."""
    return cell[1:] if _GUARDED.match(cell) else cell
