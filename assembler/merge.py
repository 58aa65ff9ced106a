"""merge: a template and a data file become drafts, one for each row.

Rows are planned (which file each becomes), checked, rendered and written, one after
the other; nothing is kept of a row but what became of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from assembler.check import Checked, Checker
from assembler.drafts import Standing, standing
from assembler.errors import OutputError, TemplateError
from assembler.filenames import (
    SUFFIX,
    DistinctNames,
    expand,
    pattern_columns,
    safe_stem,
)
from assembler.findings import Finding, Severity
from assembler.marking import gap_text, mark_draft
from assembler.package import clear_temporaries, write_whole
from assembler.repeats import Repeats
from assembler.replacement import keep_backup
from assembler.rows import Row
from assembler.template import Template

FILE_COLUMN = "文件名"


@dataclass(frozen=True, slots=True)
class MergeOptions:
    """What a person asked merge for.

    Attributes:
        folder: where the drafts go; made where it does not exist.
        name: a pattern for file names, None for the column 文件名.
        force: replace files that somebody changed, keeping a backup of each.
        draft: write rows with errors too, gaps and doubts marked in the document.
    """

    folder: Path
    name: str | None = None
    force: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A draft was written from this row."""

    row: int
    path: Path
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A draft was not written since another file lies in its place."""

    row: int
    path: Path
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A row gave no draft since something is wrong with it."""

    row: int
    findings: tuple[Finding, ...]


Outcome = Written | Skipped | Failed


class Task(NamedTuple):
    """A row with the file that is to be made of it.

    Attributes:
        row: the row.
        path: where its draft goes.
        repeated: what the row repeats of the rows before it.
    """

    row: Row
    path: Path
    repeated: tuple[Finding, ...]


def plan(
    template: Template, rows: Iterable[Row], file: str, options: MergeOptions
) -> Iterator[Task]:
    """The tasks for these rows, taken as they are needed.

    A name is taken for each row, written or not: a row that is mended later must not
    take over the file of another.

    Args:
        template: the template.
        rows: the data.
        file: the data file's name, for findings.
        options: where the drafts go and what they are called.

    Raises:
        UseError: the pattern for names has a column that the data do not have.
    """
    names = DistinctNames()
    repeats = Repeats(file, FILE_COLUMN)
    for row in rows:
        stem = _stem(template, row, options)
        path = options.folder / (names.distinct(stem) + SUFFIX)
        yield Task(row, path, tuple(repeats.findings(row, stem)))


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes drafts of one template's rows.

    Attributes:
        template: the template.
        checker: made for this template and the data.
        options: what to do with rows that are wrong, and with files in the way.
    """

    template: Template
    checker: Checker
    options: MergeOptions

    def check(self, task: Task) -> Checked:
        """The row checked, also against the rows before it."""
        checked = self.checker.row(task.row)
        if not task.repeated:
            return checked
        return replace(checked, findings=(*checked.findings, *task.repeated))

    def make(self, task: Task) -> Outcome:
        """Check a row and make its draft, if it is right.

        Raises:
            OutputError: the file cannot be written.
        """
        checked = self.check(task)
        number = task.row.number
        if checked.is_wrong and not self.options.draft:
            return Failed(number, checked.findings)
        try:
            draft = self._rendered(checked, task.path)
        except TemplateError as error:
            return Failed(number, (*checked.findings, *_of_row(error, task.row)))
        return self._place(draft, task.path, checked)

    def _rendered(self, checked: Checked, path: Path) -> bytes:
        row, values = checked.row, checked.values
        if checked.gaps:
            values = {**values, **{name: gap_text(name) for name in checked.gaps}}
        origin = self.checker.origin(row, path.stem)
        draft = self.template.render(values, row.label, checked.data, origin)
        if not self.options.draft or not checked.findings:
            return draft
        return mark_draft(draft, checked.gaps, _remarks(checked))

    def _place(self, draft: bytes, path: Path, checked: Checked) -> Outcome:
        state = standing(path, self.template.name)
        if state not in (Standing.ABSENT, Standing.UNCHANGED):
            if not self.options.force or state is Standing.OPEN:
                finding = _kept(state, path, checked.row)
                findings = (*checked.findings, finding)
                return Skipped(checked.row.number, path, findings)
            keep_backup(path)
        return _write(draft, path, checked)


def merge(maker: Maker, rows: Iterable[Row]) -> Iterator[Outcome]:
    """Make a draft of each row that is right.

    Args:
        maker: the template, its checker and the options.
        rows: the data; taken as they are needed.

    Yields:
        What became of each row, in order.

    Raises:
        DataError: a row cannot be read.
        OutputError: a file cannot be written.
    """
    options = maker.options
    make_folder(options.folder)
    return map(maker.make, plan(maker.template, rows, maker.checker.file, options))


def _remarks(checked: Checked) -> dict[str, str]:
    """Field name → what is doubtful about it; gaps speak for themselves."""
    found: dict[str, list[str]] = {}
    for finding in checked.findings:
        if finding.field and finding.field not in checked.gaps:
            message = finding.message.removeprefix(checked.row.heading)
            found.setdefault(finding.field, []).append(message + (finding.hint or ""))
    return {name: "\n".join(texts) for name, texts in found.items()}


def _write(draft: bytes, path: Path, checked: Checked) -> Outcome:
    try:
        write_whole(path, draft)
    except OutputError:
        # On Windows an open document is locked; the other drafts can still be made.
        if not path.exists():
            raise
        finding = _kept(Standing.OPEN, path, checked.row)
        return Skipped(checked.row.number, path, (*checked.findings, finding))
    return Written(checked.row.number, path, checked.findings)


def used_columns(options: MergeOptions) -> list[str]:
    """The columns that file names need; UseError where the pattern is not one."""
    return [FILE_COLUMN, *(pattern_columns(options.name) if options.name else [])]


def make_folder(folder: Path) -> None:
    """Make the output folder; clear away what a killed program left in it.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = (
            f"建不了文件夹“{folder}”（{error.strerror}）。请用 -o 换一个能写的文件夹。"
        )
        raise OutputError(message) from error
    clear_temporaries(folder)


def _stem(template: Template, row: Row, options: MergeOptions) -> str:
    if options.name is not None:
        return safe_stem(expand(options.name, row.values))
    named = row.values.get(FILE_COLUMN)
    return safe_stem(named or f"{template.name}_{row.label or row.place}")


def _of_row(error: TemplateError, row: Row) -> Iterator[Finding]:
    for finding in error.findings:
        message = f"{row.heading}{finding.message}"
        yield replace(finding, row=row.number, message=message)


_REASONS = {
    Standing.EDITED: (
        "edited-draft",
        "已经有人改过，没有覆盖",
        (
            "要把新数据更新进去又保留修改，请用：assembler refresh；"
            "确实要重新生成，加上 --force（会留备份）。"
        ),
    ),
    Standing.FOREIGN: (
        "foreign-file",
        "不是本程序生成的，没有覆盖",
        (
            "请用 -o 换一个文件夹，或用 --name 换个文件名；"
            "确实要替换，加上 --force（会留备份）。"
        ),
    ),
    Standing.OTHER_TEMPLATE: (
        "other-template",
        "是用另一个模板合并的，没有覆盖",
        "请用 -o 给每个模板各指定一个文件夹，或用 --name 换个文件名。",
    ),
    Standing.OPEN: (
        "open-file",
        "正在 Word 或 WPS 里打开着，没有覆盖",
        "请保存并关闭它，再运行一次。",
    ),
}


def _kept(state: Standing, path: Path, row: Row) -> Finding:
    code, what, hint = _REASONS[state]
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=f"{row.heading}的文件“{path.name}”{what}。",
        file=str(path),
        row=row.number,
        hint=hint,
    )
