"""The command line: what people type and get back as exit codes."""

import io
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assembler import __version__
from assembler.chinese import ChineseCommand, ChineseGroup
from assembler.errors import TemplateError, UseError
from assembler.findings import Finding, worst_first
from assembler.report import (
    Tally,
    exit_by,
    findings_json,
    print_counts,
    print_findings,
    print_json,
    print_table,
    progress,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembler.check import Checker
    from assembler.merge import MergeOptions
    from assembler.rows import Row, Table
    from assembler.template import Field, Template

_SPEECHES = Path("讲话稿")

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
SeparatorOption = Annotated[
    str | None,
    typer.Option("--separator", metavar="符号", help="CSV 的分隔符，认错时才需要。"),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="列名=值", help="只要这一列是这个值的行。"),
]
RowsOption = Annotated[
    str | None,
    typer.Option(
        "--rows", metavar="行号", help="只要这几行，如 3-8,11；按 Excel 的行号。"
    ),
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
    draft: Annotated[
        bool,
        typer.Option(
            "--draft",
            help="有错的行也生成：缺的地方标黄写明【待补】，有疑问的数字加批注。",
        ),
    ] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="有人改过的、不是本程序生成的同名文件也替换，并留备份。"
        ),
    ] = False,
    where: WhereOption = None,
    rows: RowsOption = None,
    sheet: SheetOption = None,
    encoding: EncodingOption = None,
    separator: SeparatorOption = None,
    as_json: JsonOption = False,
) -> None:
    """把数据填进模板，一行数据生成一篇讲话稿。

    有错的行不生成，其余照常生成；问题都列出来，并说明怎么改。
    """
    from assembler.merge import MergeOptions, make_folder

    source = _Source(data, where, rows, sheet, encoding, separator)
    options = MergeOptions(_SPEECHES, name, force, draft)
    job = _prepare(template, source, options, output)
    tally = Tally(keep=as_json)
    if not as_json:
        typer.echo(f"数据：{job.table.described}", err=True)
    for part in job.parts:
        make_folder(part.options.folder)
        _merge_part(part, job, tally, as_json=as_json)
    findings = worst_first([*job.column_findings(), *tally.findings])
    if as_json:
        print_json({**tally.as_json(), "findings": findings_json(findings)})
    else:
        print_findings(findings)
        _print_closing_line(tally, job)
    exit_by(findings)


@app.command(cls=ChineseCommand, short_help="核对：把数据里的问题一次全列出来。")
def check(
    template: TemplateArgument,
    data: DataArgument,
    *,
    where: WhereOption = None,
    rows: RowsOption = None,
    sheet: SheetOption = None,
    encoding: EncodingOption = None,
    separator: SeparatorOption = None,
    as_json: JsonOption = False,
) -> None:
    """核对数据：缺的、多的、单位不对的、算不拢的，一次全列出来，不生成文件。"""
    from assembler.merge import MergeOptions, check_rows

    source = _Source(data, where, rows, sheet, encoding, separator)
    job = _prepare(template, source, MergeOptions(_SPEECHES))
    found = job.column_findings()
    if not as_json:
        typer.echo(f"数据：{job.table.described}", err=True)
    for part in job.parts:
        rows_of = job.rows()
        for checked in check_rows(part.template, rows_of, part.checker, part.options):
            found += checked.findings
    findings = worst_first(list(dict.fromkeys(found)))
    if as_json:
        print_json({"findings": findings_json(findings)})
    else:
        print_table(findings, upright=job.table.upright)
        print_counts(findings)
    exit_by(findings)


@app.command(cls=ChineseCommand, short_help="列出模板里的字段。")
def fields(template: TemplateArgument, *, as_json: JsonOption = False) -> None:
    """按阅读顺序列出模板里的字段：类型、单位、出现几处、前后的字。"""
    opened = _open_template(template)
    if as_json:
        print_json([_field_json(field) for field in opened.fields.values()])
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


@dataclass(frozen=True, slots=True)
class _Source:
    """The data as the command line names them."""

    data: Path
    where: list[str] | None
    rows: str | None
    sheet: str | None
    encoding: str | None
    separator: str | None


@dataclass(frozen=True, slots=True)
class _Part:
    """One template of a job, with what checks its rows and where its drafts go."""

    template: "Template"
    checker: "Checker"
    options: "MergeOptions"


@dataclass(frozen=True, slots=True)
class _Job:
    """One data file and the templates that it fills."""

    table: "Table"
    source: _Source
    parts: list[_Part]

    def rows(self) -> "Iterator[Row]":
        """The rows that were asked for."""
        from assembler.rows import select

        where = [_condition(text) for text in self.source.where or []]
        return select(self.table.rows(), where=where, numbers=self.source.rows)

    def column_findings(self) -> list[Finding]:
        """What is wrong with the columns, for each template."""
        return [one for part in self.parts for one in part.checker.columns()]


def _condition(text: str) -> tuple[str, str]:
    column, sign, value = text.replace("＝", "=").partition("=")
    if not sign:
        message = f"--where 的写法“{text}”不对，要写成 列名=值，如 地区=云岭区。"
        raise UseError(message)
    return column, value


def _prepare(
    template: Path,
    source: _Source,
    options: "MergeOptions",
    output: Path | None = None,
) -> _Job:
    """Open the templates and the data; ``output`` is the folder that was asked for."""
    from assembler.bundled import resolve_data
    from assembler.check import Checker
    from assembler.merge import used_columns
    from assembler.rows import open_table

    templates = _open_templates(template)
    table = open_table(
        resolve_data(source.data),
        sheet=source.sheet,
        encoding=source.encoding,
        separator=source.separator,
    )
    # A column is of use if one of the templates prints it.
    used = {name for opened in templates for name in opened.fields}
    used |= {name for opened in templates for name in opened.checked}
    used |= set(used_columns(options))
    return _Job(
        table,
        source,
        [
            _Part(
                opened,
                Checker(opened, table.columns, table.path.name, used),
                replace(options, folder=_folder_for(opened, output, len(templates))),
            )
            for opened in templates
        ],
    )


def _folder_for(template: "Template", output: Path | None, count: int) -> Path:
    if output is not None and count == 1:
        return output
    return (output or _SPEECHES) / template.name


def _merge_part(part: _Part, job: _Job, tally: Tally, *, as_json: bool) -> None:
    from assembler.merge import merge

    label = f"正在生成 {part.template.name}"
    with progress(job.table.count, label, hidden=as_json) as advance:
        for outcome in merge(part.template, job.rows(), part.checker, part.options):
            tally.add(outcome)
            advance()


def _open_template(template: Path) -> "Template":
    from assembler.bundled import resolve_template
    from assembler.template import Template

    return Template.open(resolve_template(template))


def _open_templates(template: Path) -> "list[Template]":
    """The template, or every template in a folder."""
    from assembler.bundled import resolve_template

    path = resolve_template(template)
    if not path.is_dir():
        return [_open_template(path)]
    paths = [p for p in sorted(path.glob("*.docx")) if not p.name.startswith("~$")]
    if not paths:
        message = f"文件夹“{template}”里没有 Word 模板（.docx）。请检查文件夹的名字。"
        raise TemplateError(message)
    return [_open_template(p) for p in paths]


def _print_closing_line(tally: Tally, job: _Job) -> None:
    counts = tally.counts
    folders = "、".join(f"“{part.options.folder}”" for part in job.parts)
    line = f"完成：生成 {counts['written']} 篇讲话稿，放在文件夹{folders}。"
    if counts["failed"]:
        line += f"有错没有生成的 {counts['failed']} 行，请按上面说的改好再运行。"
    if counts["skipped"]:
        line += f"没有覆盖的 {counts['skipped']} 篇。"
    typer.echo(line)


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
