"""The names that a person wants instead of the proposed ones: adopt's --names file.

A table with the heads 旧名 and 新名; or the data sheet that adopt left, its first head
字段, with a column 新名 beside.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assembler.adopt_names import Fields
from assembler.errors import DataError
from assembler.findings import Finding, Severity
from assembler.names import LONGEST_NAME, is_valid, nearest, normalised
from assembler.rename_text import formula_with, in_formula
from assembler.rows import Table, open_table

_OLD_HEADS = ("旧名", "原名", "字段", "名称")
_NEW_HEADS = ("新名", "新名称", "改为", "改成")


def read_changes(path: Path) -> dict[str, str]:
    """Read which names are to be changed.

    Args:
        path: the file, CSV or Excel.

    Returns:
        Old name → new name, those that stay as they are too.

    Raises:
        DataError: it cannot be read, has other heads, or a new name cannot be one.
    """
    changes = _pairs(open_table(path))
    wrong = [new for new in changes.values() if not is_valid(new)]
    if wrong:
        message = (
            f"{path.name} 里的新名“{'”“'.join(wrong)}”不能用：字段名只用汉字、字母、"
            f"数字和下划线，不以数字开头，不超过 {LONGEST_NAME} 个字。请改好再运行。"
        )
        raise DataError(message)
    return changes


def _pairs(table: Table) -> dict[str, str]:
    if table.upright:
        lines = [row.values for row in table.rows() if row.label in _NEW_HEADS]
        pairs = list(lines[0].items()) if lines else []
    else:
        names = [column.name for column in table.columns]
        old = next((head for head in _OLD_HEADS if head in names), None)
        new = next((head for head in _NEW_HEADS if head in names), None)
        rows = list(table.rows()) if old and new else []
        pairs = [(row.values[old or ""], row.values[new or ""]) for row in rows]
    found = {normalised(old): normalised(new) for old, new in pairs if old and new}
    if not found:
        message = (
            f"{table.path.name} 里没有要改的名字。请写两列，表头是“旧名”和“新名”；"
            "或者在 adopt 生成的数据表里加一列“新名”。"
        )
        raise DataError(message)
    return found


def refuse_unknown(
    changes: Mapping[str, str], known: Iterable[str], path: Path
) -> None:
    """Raise an error where an old name is none that was proposed.

    Args:
        changes: old name → new name.
        known: all proposed names.
        path: the file, for the message.

    Raises:
        DataError: it says which, with the nearest proposed name.
    """
    names = list(dict.fromkeys(known))
    unknown = [old for old in changes if old not in names]
    if unknown:
        near = nearest(unknown[0], names)
        hint = f"是不是“{near}”？" if near else f"现有的名字：{'、'.join(names[:8])}。"
        message = f"{path.name} 里的旧名“{'”“'.join(unknown)}”，范文里没有。{hint}"
        raise DataError(message)


def renamed(fields: Fields, changes: Mapping[str, str], path: Path) -> Fields:
    """Change the names of fields.

    Two fields become one only if the file names both of them.

    Args:
        fields: the blanks as fields.
        changes: old name → new name.
        path: the file, for messages.

    Returns:
        The fields with their new names, and word of those that became one.

    Raises:
        DataError: a new name belongs to a field that the file does not name.
    """
    names = list(dict.fromkeys(mark.name for mark in fields.marks))
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(changes.get(name, name), []).append(name)
    joined = {new: olds for new, olds in groups.items() if len(olds) > 1}
    for new, olds in joined.items():
        kept = [old for old in olds if old not in changes]
        if kept:
            message = (
                f"{path.name} 要把“{next(o for o in olds if o != new)}”改成“{new}”，"
                f"可是已经有一个“{new}”了，两个字段会混成一个。请换个名字；"
                f"确是同一个，就再写一行：旧名 {new}，新名 {new}。"
            )
            raise DataError(message)
    said = (_joined(new, olds) for new, olds in joined.items())
    marks = (replace(m, name=changes.get(m.name, m.name)) for m in fields.marks)
    return Fields(
        tuple(marks),
        dict(_formulas(fields.formulas, changes)),
        (*fields.doubts, *said),
    )


def _formulas(
    formulas: Mapping[str, str], changes: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the formulas under their new names; one that needs itself says nothing."""
    for old, text in formulas.items():
        name, formula = changes.get(old, old), formula_with(text, changes)
        if not any(in_formula(formula, name)):
            yield name, formula


def _joined(new: str, olds: Sequence[str]) -> Finding:
    return Finding(
        "joined-fields",
        Severity.INFO,
        f"“{'”“'.join(olds)}”按你的要求合成了一个字段“{new}”，各处填同一个值。",
        field=new,
    )
