"""rename: a field gets another name in its places, guide, formulas and data sheet."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assembler.bundled import resolve_template
from assembler.errors import TemplateError, UseError
from assembler.filenames import SUFFIX
from assembler.names import LONGEST_NAME, is_valid, nearest, normalised
from assembler.package import deflated, pack, read_package
from assembler.rename_sheet import SheetNames
from assembler.rename_word import Renamed, rename_in_part
from assembler.sheet import sheet_name
from assembler.template import Template
from assembler.together import write_together
from assembler.wordml import parse, serialise, story_parts

_SHEET_SUFFIXES = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Renaming:
    """What was renamed.

    Attributes:
        old: the name as it was.
        new: the name as it is.
        counts: how often, in the template.
        sheets: the data sheets that were changed with it.
    """

    old: str
    new: str
    counts: Renamed
    sheets: tuple[Path, ...]


def rename(name: Path, old: str, new: str) -> Renaming:
    """Give a field another name.

    Args:
        name: the template; its ending may be left out.
        old: the field's name.
        new: the name it gets.

    Returns:
        What was changed; the files are written, all of them or none.

    Raises:
        UseError: there is no such field, or the new name is taken or none.
        TemplateError: the template cannot be used.
        DataError: the data sheet beside it cannot be read.
        OutputError: a file cannot be written.
    """
    old, new = normalised(old), normalised(new)
    path = _own(name)
    template = Template.open(path)
    sheets = [SheetNames.open(sheet) for sheet in _sheets_of(path)]
    _refuse(template, sheets, old, new)
    content, counts = _renamed_template(path, old, new)
    _prove(content, template, old, new)
    changed = {sheet.path: sheet.renamed(old, new) for sheet in sheets}
    files = {p: data for p, data in changed.items() if data is not None}
    write_together({**files, path: content})
    return Renaming(old, new, counts, tuple(files))


def _own(name: Path) -> Path:
    """The template that a person means, if it is one of their own."""
    path = resolve_template(name)
    if path not in (name, name.with_name(f"{name.name}{SUFFIX}")):
        message = (
            f"“{name}”是自带的模板，不能改。请先把“{path}”复制到自己的文件夹，"
            "再改那一份。"
        )
        raise UseError(message)
    return path


def _sheets_of(path: Path) -> list[Path]:
    """The data sheets that adopt and sheet leave beside a template."""
    beside = path.with_name(sheet_name(path.stem))
    return [
        sheet
        for sheet in (beside.with_suffix(suffix) for suffix in _SHEET_SUFFIXES)
        if sheet.is_file()
    ]


def _refuse(
    template: Template, sheets: Sequence[SheetNames], old: str, new: str
) -> None:
    """Raise UseError where the old name is none, or the new one cannot be."""
    known = [*template.fields, *template.checked]
    if old not in known:
        near = nearest(old, known)
        hint = f"是不是“{near}”？" if near else f"现有的字段：{'、'.join(known[:8])}。"
        message = f"“{template.file}”里没有字段“{old}”。{hint}"
        raise UseError(message)
    if not is_valid(new):
        message = (
            f"“{new}”不能作字段名：字段名只用汉字、字母、数字和下划线，不以数字开头，"
            f"不超过 {LONGEST_NAME} 个字。请换一个。"
        )
        raise UseError(message)
    if new.casefold() in {name.casefold() for name in known if name != old}:
        message = f"已经有字段“{new}”，改了就会把两个字段混成一个。请换一个名字。"
        raise UseError(message)
    for sheet in sheets:
        if new != old and new in sheet.names:
            message = (
                f"数据表“{sheet.path.name}”里已经有“{new}”，改了就会有两个。"
                "请换一个名字，或者先在表里改掉那一个。"
            )
            raise UseError(message)


def _renamed_template(path: Path, old: str, new: str) -> tuple[bytes, Renamed]:
    package = read_package(path)
    members = dict(package.members)
    counts = Renamed()
    for story in story_parts(package):
        root = parse(package.data(story.part))
        before = serialise(root)
        found = rename_in_part(root, old, new)
        counts = Renamed(
            counts.places + found.places,
            counts.formulas + found.formulas,
            counts.notes + found.notes,
        )
        after = serialise(root)
        if after != before:
            members[story.part] = deflated(story.part, after.encode())
    return pack(members.values()), counts


def _prove(content: bytes, template: Template, old: str, new: str) -> None:
    """Raise an error unless the renamed template has the same fields and places.

    A word such as 注 or 图1 is a valid name, but in brackets it is no blank.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / template.file
        path.write_bytes(content)
        try:
            renamed = _shape(Template.open(path), "", "")
        except TemplateError:
            renamed = {}
    if renamed != _shape(template, old, new):
        message = (
            f"“{template.file}”改用“{new}”以后，有的地方认不出是字段了，没有改。"
            "请换一个名字，如在后面加上“名称”“数”。"
        )
        raise UseError(message)


def _shape(template: Template, old: str, new: str) -> dict[str, list[tuple[str, int]]]:
    """Each field's places, one field under its new name."""
    fields = {**template.fields, **template.checked}
    return {
        new if name == old else name: [(p.part, p.paragraph) for p in field.places]
        for name, field in fields.items()
    }
