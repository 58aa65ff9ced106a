"""refresh: new figures into drafts that people have edited, their edits kept.

draft ─ open ─ locate ─┐
                       ├─ plan ─ rewrite ─ replace the file
data ─ row ─ check ────┘
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.check import Checked, Checker
from assembler.draft import Draft, named_template, unusable
from assembler.drafts import Standing, lock_of
from assembler.errors import OutputError, TemplateError, UseError
from assembler.findings import Finding, Severity
from assembler.places import Lost
from assembler.plan import Step, Terms, make_plan
from assembler.refresh_report import findings_of
from assembler.replacement import clear_aside, replace_file
from assembler.rewrite import rewrite
from assembler.row_choice import RowChoice
from assembler.rows import Table
from assembler.threeway import Take


@dataclass(frozen=True, slots=True)
class RefreshOptions:
    """What a person asked refresh for.

    Attributes:
        tracked: whether new figures become revisions to be accepted or refused.
        take: whose figure stands where both sides changed it; None leaves the draft's
            with a comment.
        row: the row, by number, place or label; None takes the record's.
        dry_run: whether only to say what would change.
        template: the template, for drafts that know theirs no more.
    """

    tracked: bool = False
    take: Take | None = None
    row: str | None = None
    dry_run: bool = False
    template: Path | None = None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of a draft.

    Attributes:
        path: the file.
        row: the row's number; None where none was found.
        reached: whether the draft was held against the data; False where something
            stood in the way, which the findings tell.
        written: whether the file was replaced.
        steps: what became of each place.
        lost: the places that are there no more.
        findings: what a person should know.
        backup: the old file, where it is kept for good.
        error: why the file could not be read at all.
        unwritten: whether the new content could not be written.
    """

    path: Path
    row: int | None = None
    reached: bool = False
    written: bool = False
    steps: tuple[Step, ...] = ()
    lost: tuple[Lost, ...] = ()
    findings: tuple[Finding, ...] = ()
    backup: Path | None = None
    error: TemplateError | None = None
    unwritten: bool = False


def refresh(
    paths: Iterable[Path], table: Table, options: RefreshOptions
) -> Iterator[Refreshed]:
    """Refresh drafts with new data.

    Args:
        paths: the drafts.
        table: the new data.
        options: what is wanted.

    Yields:
        What became of each draft, in order; one that cannot be read does not keep the
        others waiting.

    Raises:
        TemplateError: the template that was named cannot be used.
        DataError: the data cannot be read.
        UseError: one row was asked for several drafts.
    """
    paths = list(paths)
    if options.row is not None and len(paths) > 1:
        message = "--row 一次只能用于一篇稿子。请一篇一篇地运行。"
        raise UseError(message)
    choice = RowChoice(table, options.row)
    template = named_template(options.template)
    for path in paths:
        try:
            draft = Draft.open(path, template)
        except TemplateError as error:
            yield Refreshed(path, error=error, findings=(unusable(path, error),))
        else:
            yield _refreshed(draft, choice, table, options)


def _refreshed(
    draft: Draft, choice: RowChoice, table: Table, options: RefreshOptions
) -> Refreshed:
    if draft.standing is Standing.OPEN:
        return Refreshed(draft.path, findings=(_open(draft.path),))
    chosen = choice.row_for(draft)
    row = chosen.row
    if row is None:
        return Refreshed(draft.path, findings=chosen.findings)
    checker = Checker(draft.known.base, table.columns, table.path.name)
    checked = checker.row(row)
    told = (*chosen.findings, *checker.columns(), *checked.findings)
    if checked.is_wrong:
        refused = _refused(draft.path, checked)
        return Refreshed(draft.path, row.number, findings=(*told, refused))
    units = {column.name: column.unit for column in table.columns}
    known = draft.known
    terms = Terms(known.base, checker, units, options.take, known.guessed)
    return _carried_out(draft, terms, checked, told, options)


def _carried_out(
    draft: Draft,
    terms: Terms,
    checked: Checked,
    told: tuple[Finding, ...],
    options: RefreshOptions,
) -> Refreshed:
    located = draft.locate()
    plan = make_plan(terms, checked, located)
    origin = terms.checker.origin(checked.row, draft.path.stem)
    done = rewrite(draft, plan, located.lost, origin, tracked=options.tracked)
    findings = findings_of(draft, plan, done.steps, located)
    result = Refreshed(
        path=draft.path,
        row=checked.row.number,
        reached=True,
        steps=done.steps,
        lost=located.lost,
        findings=(*told, *findings),
    )
    if options.dry_run:
        return result
    if done.content is None:
        clear_aside(draft.path)
        return result
    try:
        backup = replace_file(draft.path, done.content, keep=draft.record is None)
    except OutputError as error:
        findings = [*told, _unwritten(draft.path, error.message)]
        return Refreshed(draft.path, findings=tuple(findings), unwritten=True)
    return replace(result, written=True, backup=backup)


def _open(path: Path) -> Finding:
    lock = lock_of(path)
    beside = f"；如果它没有打开，请删去旁边的“{lock.name}”" if lock else ""
    return Finding(
        code="open-file",
        severity=Severity.ERROR,
        message=f"“{path.name}”正在 Word 或 WPS 里打开着，没有动它。",
        file=str(path),
        hint=f"请保存并关闭它，再运行一次{beside}。",
    )


def _unwritten(path: Path, why: str) -> Finding:
    return Finding(
        code="draft-not-written",
        severity=Severity.ERROR,
        message=f"“{path.name}”没有更新，还是原来的样子：{why}",
        file=str(path),
    )


def _refused(path: Path, checked: Checked) -> Finding:
    return Finding(
        code="draft-not-refreshed",
        severity=Severity.ERROR,
        message=f"“{path.name}”没有更新：{checked.row.heading}的数据有错。",
        file=str(path),
        row=checked.row.number,
        hint="请按上面说的改好数据，再运行一次。",
    )
