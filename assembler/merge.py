"""merge: a template and a data file become drafts, one for each row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.check import Checked, Checker
from assembler.drafts import Standing, backup_path, standing
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
from assembler.package import write_whole
from assembler.repeats import Repeats
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


def merge(
    template: Template, rows: Iterable[Row], checker: Checker, options: MergeOptions
) -> Iterator[Outcome]:
    """Make a draft of each row that is right.

    Args:
        template: the template.
        rows: the data; taken as they are needed.
        checker: made for this template and these data.
        options: where the drafts go and what they are called.

    Yields:
        What became of each row, in order.

    Raises:
        DataError: a row cannot be read.
        OutputError: a file cannot be written.
    """
    names = DistinctNames()
    make_folder(options.folder)
    for checked in check_rows(template, rows, checker, options):
        # A name is taken for each row, written or not: a row that is mended later
        # must not take over the file of another.
        stem = names.distinct(stem_of(template, checked.row, options))
        if checked.is_wrong and not options.draft:
            yield Failed(checked.row.number, checked.findings)
        else:
            yield _make(template, checked, options.folder / (stem + SUFFIX), options)


def check_rows(
    template: Template, rows: Iterable[Row], checker: Checker, options: MergeOptions
) -> Iterator[Checked]:
    """Check each row, also against the rows before it.

    Args:
        template: the template.
        rows: the data.
        checker: made for this template and these data.
        options: what the drafts are called.
    """
    repeats = Repeats(checker.file, FILE_COLUMN)
    for row in rows:
        checked = checker.row(row)
        repeated = repeats.findings(row, stem_of(template, row, options))
        if repeated:
            checked = replace(checked, findings=(*checked.findings, *repeated))
        yield checked


def _make(
    template: Template, checked: Checked, path: Path, options: MergeOptions
) -> Outcome:
    row = checked.row
    try:
        draft = _rendered(template, checked)
    except TemplateError as error:
        return Failed(row.number, (*checked.findings, *_of_row(error, row)))
    state = standing(path, template.name)
    if state not in (Standing.ABSENT, Standing.UNCHANGED):
        if not options.force or state is Standing.OPEN:
            finding = _kept(state, path, row)
            return Skipped(row.number, path, (*checked.findings, finding))
        write_whole(backup_path(path), path.read_bytes())
    return _write(draft, path, checked)


def _rendered(template: Template, checked: Checked) -> bytes:
    row = checked.row
    if not checked.is_wrong:
        return template.render(checked.values, row.label, checked.data)
    gaps = {name: gap_text(name) for name in checked.gaps}
    values = {**checked.values, **gaps}
    draft = template.render(values, row.label, checked.data)
    return mark_draft(draft, checked.gaps, _remarks(checked))


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
    """Make the output folder.

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


def stem_of(template: Template, row: Row, options: MergeOptions) -> str:
    """The file name, without ending, that a row asks for; UseError as `expand`."""
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
