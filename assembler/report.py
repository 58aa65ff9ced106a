"""What commands print: findings, counts, JSON, progress."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from assembler.chinese import display_width, wrapped
from assembler.findings import Finding, Severity, has_errors
from assembler.rows_model import column_letter

if TYPE_CHECKING:
    from pathlib import Path

    from assembler.merge import Outcome
    from assembler.pile import Pile

_PROGRESS_FROM = 8
_WIDTH = 96
_LEAST_ROOM = 30
_LONGEST_PLACE = 9
_COLUMNS_NAMED = 12
_INDENT = "      "
_COLOURS = {
    Severity.ERROR: typer.colors.RED,
    Severity.WARNING: typer.colors.YELLOW,
    Severity.INFO: typer.colors.BRIGHT_BLACK,
}


class Tally:
    """What became of the rows so far; paths are kept only where they are printed.

    Args:
        keep: whether paths are to be printed.
        pile: what all speeches are gathered in, where a person asked for that.
    """

    def __init__(self, *, keep: bool, pile: "Pile | None" = None) -> None:
        self._keep = keep
        self.pile = pile
        self._lists: dict[str, list[dict[str, object]]] = {
            "written": [],
            "skipped": [],
            "failed": [],
        }
        self.counts = dict.fromkeys(self._lists, 0)
        self.findings: list[Finding] = []

    def add(self, outcome: "Outcome") -> None:
        """Count an outcome and take over its findings."""
        kind = type(outcome).__name__.lower()
        self.counts[kind] += 1
        self.findings += outcome.findings
        if self.pile is not None:
            self.pile.take(outcome)
        if self._keep:
            path = getattr(outcome, "path", None)
            entry: dict[str, object] = {"row": outcome.row}
            if path is not None:
                entry["file"] = str(path)
            self._lists[kind].append(entry)

    def close(self) -> None:
        """Have the combined document made, where a person asked for one."""
        if self.pile is None:
            return
        hidden = self._keep
        with progress(len(self.pile), "正在合订", hidden=hidden) as advance:
            self.pile.bind(advance)
        self.findings += self.pile.findings

    def require_all(self) -> None:
        """Raise what kept the combined document from being made."""
        if self.pile is not None:
            self.pile.require()

    def as_json(self) -> dict[str, object]:
        """The rows by what became of them, and the combined document's path."""
        return {**self._lists, **(self.pile.as_json() if self.pile else {})}


@contextmanager
def progress(count: int, label: str, *, hidden: bool) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal, where there are more than a few things to do.

    Args:
        count: how many things there are.
        label: what is being done, in Chinese.
        hidden: whether to show none in any case.

    Yields:
        What to call after each thing.
    """
    if hidden or count < _PROGRESS_FROM or not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(length=count, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def print_json(value: object) -> None:
    """Print one JSON document to stdout."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if sys.stdout.isatty():
        typer.echo(text)
    else:
        # Other programs expect UTF-8 whatever the console's code page is.
        typer.echo(text.encode())


def findings_json(findings: Sequence[Finding]) -> list[dict[str, str | int | None]]:
    """The findings as the JSON contract has them."""
    return [finding.as_json() for finding in findings]


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings to stderr, in the order given; unused columns in one line."""
    unused = [one for one in findings if one.code == "unused-column"]
    plain = [one for one in unused if not (one.hint or "").startswith("是不是")]
    for finding in findings:
        if finding not in plain:
            _print_finding(finding)
    if plain:
        names = "、".join(one.field or "" for one in plain[:_COLUMNS_NAMED])
        names += "等" * (len(plain) > _COLUMNS_NAMED)
        typer.echo(f"说明  数据里有 {len(plain)} 列模板没有用到：{names}。", err=True)


def _print_finding(finding: Finding) -> None:
    head = typer.style(finding.severity.chinese, fg=_COLOURS[finding.severity])
    first, *others = wrapped(finding.message, _WIDTH - display_width(_INDENT))
    typer.echo(f"{head}  {first}", err=True)
    for line in others:
        typer.echo(f"{_INDENT}{line}", err=True)
    if finding.hint:
        hint = wrapped(f"→ {finding.hint}", _WIDTH - display_width(_INDENT))
        for line in hint:
            typer.echo(f"{_INDENT}{line}", err=True)


def print_table(findings: Sequence[Finding], *, upright: bool) -> None:
    """Print findings as a table to work through: severity, row, field, what to do.

    Args:
        findings: in the order they are to be printed.
        upright: whether a row is a column of the file.
    """
    if not findings:
        return
    rows = [_cells(finding, upright=upright) for finding in findings]
    heads = ("程度", "列" if upright else "行", "字段")
    widths = [
        max(display_width(line[column]) for line in (heads, *rows))
        for column in range(len(heads))
    ]
    indent = sum(widths) + 2 * len(widths)
    typer.echo(_padded(heads, widths) + "问题 → 怎么改")
    for finding, cells in zip(findings, rows, strict=True):
        head = _padded(cells, widths)
        colour = _COLOURS[finding.severity]
        head = typer.style(head[:2], fg=colour) + head[2:]
        room = max(_WIDTH - indent, _LEAST_ROOM)
        lines = list(wrapped(_without_heading(finding.message), room))
        lines += wrapped(f"→ {finding.hint}", room) if finding.hint else ()
        typer.echo(head + lines[0])
        for line in lines[1:]:
            typer.echo(" " * indent + line)


def _cells(finding: Finding, *, upright: bool) -> tuple[str, str, str]:
    row = ""
    if finding.row is not None:
        row = column_letter(finding.row - 1) if upright else str(finding.row)
    return finding.severity.chinese, row, finding.field or ""


def _padded(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(
        cell + " " * (width - display_width(cell) + 2)
        for cell, width in zip(cells, widths, strict=True)
    )


def _without_heading(message: str) -> str:
    """The message without 第3行（清河区）, which the table has in a column."""
    place, bracket, rest = message.partition("（")
    if not bracket or not place.endswith(("行", "列")) or len(place) > _LONGEST_PLACE:
        return message
    depth = 1
    for index, character in enumerate(rest):
        depth += {"（": 1, "）": -1}.get(character, 0)
        if depth == 0:
            return rest[index + 1 :].removeprefix("的")
    return message


def print_closing_line(tally: Tally, folders: "Sequence[Path]") -> None:
    """Print how many speeches were written where, and how many were not."""
    counts = tally.counts
    where = "、".join(f"“{folder}”" for folder in folders)
    line = f"完成：生成 {counts['written']} 篇讲话稿，放在文件夹{where}。"
    if counts["failed"]:
        line += f"有错没有生成的 {counts['failed']} 行，请按上面说的改好再运行。"
    if counts["skipped"]:
        line += f"没有覆盖的 {counts['skipped']} 篇。"
    typer.echo(line)
    for more in tally.pile.lines() if tally.pile else ():
        typer.echo(more)


def print_counts(findings: Sequence[Finding]) -> None:
    """Print how many findings there are of each severity."""
    counts = {s: sum(one.severity is s for one in findings) for s in Severity}
    parts = [f"{counts[s]} 个{s.chinese}" for s in Severity if counts[s]]
    typer.echo("没有发现问题。" if not parts else f"共 {'、'.join(parts)}。")


def exit_by(findings: Iterable[Finding]) -> None:
    """Leave with exit code 1 where one of the findings is an error."""
    if has_errors(list(findings)):
        raise typer.Exit(1)
