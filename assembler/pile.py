"""merge --combined: the speeches of one run in one document, in the rows' order.

It holds what stands in the folder after the run: the drafts that were written, and
those that were left as they were since a person has worked in them. It is a plain copy
to be read and printed: no draft, without fields and record.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from assembler.bundled import resolve_template
from assembler.clean import clean_members
from assembler.combine import combined
from assembler.drafts import Standing
from assembler.errors import AssemblerError, OutputError, UseError
from assembler.filenames import SUFFIX
from assembler.findings import Finding, Severity
from assembler.job import Job
from assembler.merge import Failed, Outcome, Written, make_folder, plan
from assembler.names import field_of
from assembler.package import (
    Package,
    pack,
    quickly_deflated,
    read_package,
    write_whole,
)
from assembler.record import read_record
from assembler.replacement import keep_backup
from assembler.rows_model import column_letter
from assembler.seal import sealed, sealed_standing
from assembler.template import Template
from assembler.wordml import BOOKMARK_START, NAME, parse

_ROWS_NAMED = 10


class _Sheet(NamedTuple):
    """What became of a row: where its speech may stand, and whether it is new."""

    row: int
    path: Path | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """What came of the combined document.

    Attributes:
        path: the document; None where none was made.
        kept: how many of its speeches this run left as they were.
        missing: the numbers of the rows that are not in it.
        backup: what lay in its place before, where that was kept.
    """

    path: Path | None
    kept: int = 0
    missing: tuple[int, ...] = ()
    backup: Path | None = None


class Pile:
    """Gathers the speeches of a run, then has them made one document.

    Args:
        job: what is being merged.
        path: where the document goes.
    """

    def __init__(self, job: Job, path: Path) -> None:
        self.path = path
        self._job = job
        self._templates = {m.options.folder: m.template for m in job.makers}
        self._sheets: list[_Sheet] = []
        self.findings: list[Finding] = []
        self.bound = Bound(None)
        self._stopped: AssemblerError | None = None

    def __len__(self) -> int:
        """How many rows there were."""
        return len(self._sheets)

    def take(self, outcome: Outcome) -> None:
        """Take in what became of a row."""
        path = None if isinstance(outcome, Failed) else outcome.path
        is_new = isinstance(outcome, Written)
        self._sheets.append(_Sheet(outcome.row, path, is_new))

    def bind(self, advance: Callable[[], None]) -> None:
        """Have the document made; what stops that is raised by `require`.

        Args:
            advance: called after each row.
        """
        try:
            self.bound = self._bound(advance)
        except AssemblerError as error:
            self._stopped = error

    def require(self) -> None:
        """Raise what kept the document from being made."""
        if self._stopped is not None:
            raise self._stopped

    def _bound(self, advance: Callable[[], None]) -> Bound:
        speeches: list[tuple[str, bytes]] = []
        missing, kept = [], 0
        for sheet in self._sheets:
            package = self._speech(sheet)
            if sheet.path is None or package is None:
                missing.append(sheet.row)
            else:
                speeches.append((sheet.path.name, _plain(package)))
                kept += not sheet.is_new
            advance()
        if not speeches:
            return Bound(None, missing=tuple(missing))
        backup = self._write(sealed(combined(speeches)))
        return Bound(self.path, kept, tuple(missing), backup)

    def _speech(self, sheet: _Sheet) -> Package | None:
        """The draft that stands for a row after the run; None where none does."""
        if sheet.path is None:
            return None
        if sheet.is_new:
            return read_package(sheet.path)
        try:
            package = read_package(sheet.path)
            is_ours = _is_draft_of(package, self._templates[sheet.path.parent])
        except (AssemblerError, etree.XMLSyntaxError, KeyError):
            return None
        return package if is_ours else None

    def _write(self, content: bytes) -> Path | None:
        make_folder(self.path.parent)
        state = sealed_standing(self.path)
        is_theirs = state not in (Standing.ABSENT, Standing.UNCHANGED)
        backup = keep_backup(self.path) if is_theirs else None
        write_whole(self.path, content)
        folders = [folder.resolve() for folder in self._templates]
        if self.path.parent.resolve() in folders:
            self.findings.append(_beside(self.path))
        return backup

    def lines(self) -> Iterator[str]:
        """What there is to tell of the document."""
        bound = self.bound
        if bound.backup is not None:
            yield f"原来的“{self.path}”不同，已留底：{bound.backup}"
        if bound.path is not None:
            count = len(self) - len(bound.missing)
            line = f"合订：“{self.path}”共 {count} 篇，按数据的次序排。"
            if bound.kept:
                line += (
                    f"其中有 {bound.kept} 篇没有重新生成，照文件夹里现在的样子收进去。"
                )
            yield line + self._missing()
        elif self._stopped is None:
            yield f"没有合订“{self.path}”：一篇稿子也没有。"

    def _missing(self) -> str:
        missing = self.bound.missing
        if not missing:
            return ""
        upright = self._job.table.upright
        places = [
            f"{column_letter(n - 1)}列" if upright else f"第{n}行"
            for n in dict.fromkeys(missing[:_ROWS_NAMED])
        ]
        more = "等" if len(missing) > _ROWS_NAMED else ""
        return f"缺 {len(missing)} 篇：{'、'.join(places)}{more}。"

    def as_json(self) -> dict[str, str | None]:
        """The same for other programs."""
        path = self.bound.path
        return {"combined": str(path) if path else None}


def open_pile(job: Job, path: Path, *, force: bool) -> Pile:
    """A pile for a document that may be written at this path.

    Args:
        job: what is to be merged.
        path: where the document goes.
        force: whether a file that is somebody's may be replaced, a backup kept.

    Raises:
        UseError: the path cannot be meant: no .docx, a template, a draft of this run.
        OutputError: what lies there must not be replaced.
    """
    if path.suffix.lower() != SUFFIX:
        message = f"--combined 后面要写 .docx 文件名，不是“{path}”。"
        raise UseError(message)
    _refuse_template(job, path)
    _refuse_draft(job, path)
    _refuse_standing(path, force=force)
    return Pile(job, path)


def _refuse_template(job: Job, path: Path) -> None:
    template = resolve_template(job.template)
    if template.is_dir() and path.parent.resolve() == template.resolve():
        message = (
            f"--combined 的“{path}”放在模板的文件夹里，下次会被当成模板。"
            "请换一个文件夹。"
        )
        raise UseError(message)
    if path.exists() and path.samefile(template):
        message = f"--combined 后面写的是模板自己：“{path}”。请换一个文件名。"
        raise UseError(message)


def _refuse_draft(job: Job, path: Path) -> None:
    """The drafts' names follow from the data: read them where one may be the same."""
    folder, name = path.parent.resolve(), path.name.casefold()
    for maker in job.makers:
        if maker.options.folder.resolve() != folder:
            continue
        rows = job.source.chosen(job.table)
        for task in plan(maker.template, rows, maker.checker.file, maker.options):
            if task.path.name.casefold() == name:
                message = (
                    f"--combined 的“{path}”和{task.row.heading}的稿子是同一个文件。"
                    "请换一个文件名。"
                )
                raise UseError(message)


def _refuse_standing(path: Path, *, force: bool) -> None:
    if path.is_dir():
        message = f"--combined 的“{path}”是文件夹。请写出 .docx 文件的名字。"
        raise OutputError(message)
    above = next((folder for folder in path.parents if folder.exists()), Path())
    if not above.is_dir():
        message = f"--combined 的“{path}”写不了：“{above}”不是文件夹。请换一个文件夹。"
        raise OutputError(message)
    state = sealed_standing(path)
    if state in (Standing.ABSENT, Standing.UNCHANGED):
        return
    if state is Standing.OPEN or not force:
        message = f"--combined 的“{path}”{_REASONS[state]}"
        raise OutputError(message)


_REPLACE = "请换一个文件名；确实要替换，加上 --force（会留备份）。"
_REASONS = {
    Standing.EDITED: f"已经有人改过，没有覆盖。{_REPLACE}",
    Standing.FOREIGN: f"不是合订出来的，没有覆盖。{_REPLACE}",
    Standing.OPEN: (
        "正在 Word 或 WPS 里打开着，没有覆盖。请关闭它，或换一个文件名，再运行一次。"
    ),
}


def _is_draft_of(package: Package, template: Template) -> bool:
    """Whether a document is a draft of a template; one may have lost its record."""
    record = read_record(package)
    if record is not None:
        return record.template == template.name
    main = parse(package.data(package.main_part))
    names = (start.get(NAME, "") for start in main.iter(BOOKMARK_START))
    return any(field_of(name) in template.fields for name in names)


def _plain(package: Package) -> bytes:
    members = clean_members(package, remarks=True)
    return pack(quickly_deflated(name, data) for name, data in members.items())


def _beside(path: Path) -> Finding:
    return Finding(
        code="combined-beside-drafts",
        severity=Severity.INFO,
        message=f"合订的“{path.name}”和稿子放在一个文件夹里。",
        file=str(path),
        hint="以后对整个文件夹 refresh、finish 时，会把它也当作一篇稿子；"
        "最好用 --combined 放到别的文件夹。",
    )
