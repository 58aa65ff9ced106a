"""Which sheet of a workbook is read."""

from collections.abc import Callable
from pathlib import Path

from assembler.errors import DataError
from assembler.names import nearest, normalised


def choose_sheet(
    path: Path,
    wanted: str | None,
    visible: list[str],
    every: list[str],
    is_filled: Callable[[str], bool],
) -> str:
    """The name of the sheet to read.

    Args:
        path: the workbook, for messages.
        wanted: a sheet's name, hidden ones too, or a number among the visible ones from
            1; None for the first visible sheet that holds something.
        visible: the names of the visible sheets in order.
        every: the names of all sheets.
        is_filled: whether the sheet of a name holds anything.

    Raises:
        DataError: no such sheet, or all visible ones are empty.
    """
    if wanted is not None:
        return _named(path, wanted, visible, every)
    for name in visible:
        if is_filled(name):
            return name
    message = (
        f"{path.name} 的工作表都是空的（看了 {_listed(visible)}；隐藏的工作表不看）。"
        "请填好数据再试。"
    )
    raise DataError(message)


def _named(path: Path, wanted: str, visible: list[str], every: list[str]) -> str:
    if wanted in every:
        return wanted
    for name in every:
        if normalised(name).casefold() == normalised(wanted).casefold():
            return name
    number = normalised(wanted)
    if number.isascii() and number.isdecimal() and 0 < int(number) <= len(visible):
        return visible[int(number) - 1]
    near = nearest(wanted, every)
    hint = f"是不是“{near}”？" if near else ""
    message = f"{path.name} 里没有工作表“{wanted}”，有 {_listed(visible)}。{hint}"
    raise DataError(message)


def _listed(names: list[str]) -> str:
    return "、".join(f"“{name}”" for name in names) or "（没有可见的工作表）"
