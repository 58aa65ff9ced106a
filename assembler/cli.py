"""The command line: what people type, read and get back as exit codes."""

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assembler import __version__
from assembler.chinese import ChineseCommand, ChineseGroup
from assembler.findings import Finding, Severity, has_errors, worst_first

if TYPE_CHECKING:
    from assembler.merge import Outcome
    from assembler.rows import Table
    from assembler.template import Field, Template

_PROGRESS_FROM = 8
_COLOURS = {
    Severity.ERROR: typer.colors.RED,
    Severity.WARNING: typer.colors.YELLOW,
    Severity.INFO: typer.colors.BRIGHT_BLACK,
}

app = typer.Typer(
    cls=ChineseGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="讲话稿装配：用 Word 模板和数据表，一次生成排好版的讲话稿。",
    epilog=(
        "例：assembler merge 工作部署 重点项目进度\n"
        "    用自带的模板和样例数据生成讲话稿，放在“讲话稿”文件夹里。"
    ),
)

TemplateArgument = Annotated[
    Path,
    typer.Argument(
        metavar="模板",
        help="Word 模板（.docx）；自带的可以只写名字：工作部署、问题整改、总结推进。",
        show_default=False,
    ),
]
DataArgument = Annotated[
    Path,
    typer.Argument(
        metavar="数据",
        help="数据文件（.csv 或 .xlsx），一行一篇；也可以竖着放，一列一篇。",
        show_default=False,
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="结果用 JSON 输出，给别的程序读。")
]
SheetOption = Annotated[
    str | None,
    typer.Option("--sheet", metavar="表名", help="Excel 里用哪张工作表。"),
]
EncodingOption = Annotated[
    str | None,
    typer.Option("--encoding", metavar="编码", help="CSV 的编码，认错时才需要。"),
]


def _show_version(value: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if value:
        typer.echo(f"assembler {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="显示版本号。"
        ),
    ] = False,
) -> None:
    """讲话稿装配：用 Word 模板和数据表，一次生成排好版的讲话稿。"""


@app.command(cls=ChineseCommand, short_help="合并：模板＋数据 → 讲话稿，一行一篇。")
def merge(
    template: TemplateArgument,
    data: DataArgument,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="文件夹",
            help="稿子放在哪个文件夹；不写就放在 讲话稿/模板名。",
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name",
            metavar="格式",
            help="文件名的格式，花括号里写列名，如 '{地区}讲话稿'；"
            "不写就用“文件名”这一列。",
        ),
    ] = None,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="有人改过的、不是本程序生成的同名文件也替换，并留备份。"
        ),
    ] = False,
    sheet: SheetOption = None,
    encoding: EncodingOption = None,
    as_json: JsonOption = False,
) -> None:
    """把数据填进模板，一行数据生成一篇讲话稿。

    有错的行不生成，其余照常生成；问题都列出来，并说明怎么改。
    """
    from assembler.check import Checker
    from assembler.merge import MergeOptions, merge, used_columns

    opened, table = _open(template, data, sheet, encoding)
    folder = output or Path("讲话稿") / opened.name
    options = MergeOptions(folder, name, force)
    checker = Checker(opened, table.columns, data.name, used_columns(options))
    if not as_json:
        typer.echo(f"模板：{opened.file}　数据：{table.described}", err=True)
    tally = _Tally(keep=as_json)
    with _progress(table, hidden=as_json) as advance:
        for outcome in merge(opened, table, checker, options):
            tally.add(outcome)
            advance()
    findings = worst_first([*checker.columns(), *tally.findings])
    if as_json:
        _print_json({**tally.as_json(), "findings": _findings_json(findings)})
    else:
        _print_findings(findings)
        _print_closing_line(tally, folder)
    _exit_by(findings)


@app.command(cls=ChineseCommand, short_help="列出模板里的字段。")
def fields(template: TemplateArgument, *, as_json: JsonOption = False) -> None:
    """按阅读顺序列出模板里的字段：类型、单位、出现几处、前后的字。"""
    opened = _open_template(template)
    if as_json:
        _print_json([_field_json(field) for field in opened.fields.values()])
        return
    places = sum(len(field.places) for field in opened.fields.values())
    typer.echo(f"{opened.file}：{len(opened.fields)} 个字段，{places} 处。")
    for number, field in enumerate(opened.fields.values(), 1):
        typer.echo(_field_line(number, field))


@app.command(cls=ChineseCommand, short_help="给模板做一张空的数据表，照着填。")
def sheet(
    template: TemplateArgument,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="文件",
            help="存成什么文件：.csv 或 .xlsx；不写就是 模板名_数据.csv。",
        ),
    ] = None,
    wide: Annotated[
        bool,
        typer.Option("--wide", help="横表：一行一篇。不写就是竖表：一行一个字段。"),
    ] = False,
) -> None:
    """做一张空的数据表：字段按阅读顺序排好，带单位、类型和前后的字，照着填就行。"""
    from assembler.sheet import write_sheet

    opened = _open_template(template)
    path = output or Path(f"{opened.name}_数据.csv")
    write_sheet(opened, path, wide=wide)
    typer.echo(f"已生成数据表：{path}（{len(opened.fields)} 个字段）")
    typer.echo(f"填好以后运行：assembler merge {template} {path}")


class _Tally:
    """What became of the rows so far; paths are kept only where they are printed."""

    def __init__(self, *, keep: bool) -> None:
        self._keep = keep
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
        if self._keep:
            path = getattr(outcome, "path", None)
            entry: dict[str, object] = {"row": outcome.row}
            if path is not None:
                entry["file"] = str(path)
            self._lists[kind].append(entry)

    def as_json(self) -> dict[str, list[dict[str, object]]]:
        """The rows by what became of them."""
        return self._lists


def _open_template(template: Path) -> "Template":
    from assembler.bundled import resolve_template
    from assembler.template import Template

    return Template.open(resolve_template(template))


def _open(
    template: Path, data: Path, sheet: str | None, encoding: str | None
) -> "tuple[Template, Table]":
    from assembler.bundled import resolve_data
    from assembler.rows import open_table

    opened = _open_template(template)
    return opened, open_table(resolve_data(data), sheet=sheet, encoding=encoding)


@contextmanager
def _progress(table: "Table", *, hidden: bool) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal, where there are more than a few rows."""
    if hidden or table.count < _PROGRESS_FROM or not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(
        length=table.count, label="正在生成", file=sys.stderr
    ) as bar:
        yield lambda: bar.update(1)


def _print_json(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if sys.stdout.isatty():
        typer.echo(text)
    else:
        # Other programs expect UTF-8 whatever the console's code page is.
        typer.echo(text.encode())


def _findings_json(findings: Sequence[Finding]) -> list[dict[str, str | int | None]]:
    return [finding.as_json() for finding in findings]


def _print_findings(findings: Sequence[Finding]) -> None:
    """Print findings to stderr, worst first; mere remarks about columns in one line."""
    unused = [finding for finding in findings if finding.code == "unused-column"]
    plain = [f for f in unused if f.hint and not f.hint.startswith("是不是")]
    for finding in findings:
        if finding not in plain:
            colour = _COLOURS[finding.severity]
            head = typer.style(finding.severity.chinese, fg=colour)
            typer.echo(f"{head}  {finding.message}{finding.hint or ''}", err=True)
    if plain:
        names = "、".join(finding.field or "" for finding in plain)
        typer.echo(f"说明  数据里有 {len(plain)} 列模板没有用到：{names}。", err=True)


def _print_closing_line(tally: _Tally, folder: Path) -> None:
    counts = tally.counts
    line = f"完成：生成 {counts['written']} 篇讲话稿，放在文件夹“{folder}”。"
    if counts["failed"]:
        line += f"有错没有生成的 {counts['failed']} 行，请按上面说的改好再运行。"
    if counts["skipped"]:
        line += f"没有覆盖的 {counts['skipped']} 篇。"
    typer.echo(line)


def _exit_by(findings: Iterable[Finding]) -> None:
    if has_errors(list(findings)):
        raise typer.Exit(1)


def _field_json(field: "Field") -> dict[str, Any]:
    first = field.places[0]
    return {
        "name": field.name,
        "mask": first.mask,
        "notation": first.notation,
        "kind": str(field.kind),
        "unit": field.unit,
        "formula": field.formula,
        "places": [
            {
                "part": place.part,
                "paragraph": place.paragraph,
                "before": place.before,
                "after": place.after,
            }
            for place in field.places
        ],
    }


def _field_line(number: int, field: "Field") -> str:
    unit = f"，{field.unit}" if field.unit else ""
    formula = f"，＝{field.formula}" if field.formula else ""
    optional = "，选填" if field.optional else ""
    first, *others = field.places
    more = f"（共 {len(others) + 1} 处）" if others else ""
    return (
        f"{number:>3}  {field.name}（{field.kind}{unit}{formula}{optional}）"
        f"  {first.position}：{first.excerpt}{more}"
    )


def main() -> None:
    """Start the program, with consoles that cannot show a character kept alive."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()
