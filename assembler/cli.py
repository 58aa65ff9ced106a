"""The command line: what people type and get back as exit codes."""

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from assembler.chinese import ChineseCommand, ChineseGroup
from assembler.findings import worst_first
from assembler.options import (
    AdoptOutputOption,
    CombinedOption,
    CommentOption,
    DataArgument,
    DataOption,
    DocumentsArgument,
    DraftOption,
    DryRunOption,
    EncodingOption,
    ExtractOutputOption,
    FinishOutputOption,
    ForceOption,
    IgnoreOption,
    JobsOption,
    JsonOption,
    LargeOption,
    LikeOption,
    MergeCombinedOption,
    NameOption,
    NamesOption,
    NewArgument,
    NoTidyOption,
    OldArgument,
    OutputOption,
    PagesOption,
    PdfOption,
    RowOption,
    RowsOption,
    SeparatorOption,
    SheetOption,
    SheetOutputOption,
    SourceArgument,
    TakeOption,
    TemplateArgument,
    TemplateOption,
    TrackedOption,
    UprightOption,
    VersionOption,
    WhereOption,
    WideOption,
)
from assembler.report import (
    Tally,
    exit_by,
    findings_json,
    print_closing_line,
    print_counts,
    print_findings,
    print_json,
    print_table,
    progress,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assembler.fields import Field
    from assembler.job import Job
    from assembler.pile import Pile
    from assembler.proof_report import Line
    from assembler.template import Template

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


@app.callback()
def _program(
    *,
    version: VersionOption = False,
) -> None:
    """讲话稿装配：用 Word 模板和数据表，一次生成排好版的讲话稿。"""


@app.command(cls=ChineseCommand, short_help="合并：模板＋数据 → 讲话稿，一行一篇。")
def merge(
    template: TemplateArgument,
    data: DataArgument,
    *,
    output: OutputOption = None,
    name: NameOption = None,
    draft: DraftOption = False,
    force: ForceOption = False,
    jobs: JobsOption = 1,
    combined: MergeCombinedOption = None,
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
    from assembler.job import SPEECHES, Source, open_job
    from assembler.merge import MergeOptions, make_folder

    source = Source(data, tuple(where or ()), rows, sheet, encoding, separator)
    options = MergeOptions(SPEECHES, name, force, draft)
    job = open_job(template, source, options, output)
    tally = Tally(keep=as_json, pile=_pile(job, combined, force=force))
    if not as_json:
        typer.echo(f"数据：{job.table.described}", err=True)
    for index, maker in enumerate(job.makers):
        make_folder(maker.options.folder)
        label = f"正在生成 {maker.template.name}"
        with progress(job.table.count, label, hidden=as_json) as advance:
            for outcome in job.merged(index, jobs):
                tally.add(outcome)
                advance()
    tally.close()
    findings = worst_first([*job.column_findings(), *tally.findings])
    if as_json:
        print_json({**tally.as_json(), "findings": findings_json(findings)})
    else:
        print_findings(findings)
        print_closing_line(tally, [maker.options.folder for maker in job.makers])
    tally.require_all()
    exit_by(findings)


def _pile(job: "Job", combined: Path | None, *, force: bool) -> "Pile | None":
    if combined is None:
        return None
    from assembler.pile import open_pile

    return open_pile(job, combined, force=force)


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
    from assembler.job import SPEECHES, Source, open_job
    from assembler.merge import MergeOptions

    source = Source(data, tuple(where or ()), rows, sheet, encoding, separator)
    job = open_job(template, source, MergeOptions(SPEECHES))
    if not as_json:
        typer.echo(f"数据：{job.table.described}", err=True)
    found = [*job.column_findings(), *job.checked()]
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
    output: SheetOutputOption = None,
    wide: WideOption = False,
) -> None:
    """做一张空的数据表：字段按阅读顺序排好，带单位、类型和前后的字，照着填就行。"""
    from assembler.sheet import write_sheet

    opened = _open_template(template)
    path = output or Path(f"{opened.name}_数据.csv")
    write_sheet(opened, path, wide=wide)
    typer.echo(f"已生成数据表：{path}（{len(opened.fields)} 个字段）")
    typer.echo(f"填好以后运行：assembler merge {template} {path}")


@app.command(
    cls=ChineseCommand, short_help="范文 → 模板和数据表：认出空白处，起好名字。"
)
def adopt(
    source: SourceArgument,
    *,
    output: AdoptOutputOption = Path(),
    names: NamesOption = None,
    no_tidy: NoTidyOption = False,
    as_json: JsonOption = False,
) -> None:
    """把范文做成模板和数据表：认出空白处，按前后的字起名字，改好复制弄坏的文字。

    合集里有几篇就做几个模板。改了什么、什么拿不准，都列出来；已有的文件不覆盖。
    """
    from assembler.adopt import AdoptOptions, open_source
    from assembler.adopt import adopt as adopt_source
    from assembler.adopt_report import adoption_json, print_adoption

    opened = open_source(source, repair=not no_tidy)
    with progress(opened.steps, "正在辨认空白处", hidden=as_json) as advance:
        adoption = adopt_source(opened, AdoptOptions(output, names), advance)
    if as_json:
        print_json(adoption_json(adoption))
    else:
        print_adoption(adoption, opened)


@app.command(cls=ChineseCommand, short_help="给模板里的字段改名，数据表跟着改。")
def rename(
    template: TemplateArgument,
    old: OldArgument,
    new: NewArgument,
) -> None:
    """给字段改名：稿子里各处、字段说明、算式，还有旁边的“模板名_数据”表，一起改。"""
    from assembler.adopt_report import print_renaming
    from assembler.rename import rename as rename_field

    print_renaming(rename_field(template, old, new), template)


@app.command(
    cls=ChineseCommand, short_help="更新：把新数据换进改过的稿子，人改的都留着。"
)
def refresh(
    drafts: DocumentsArgument,
    *,
    data: DataOption,
    tracked: TrackedOption = False,
    take: TakeOption = None,
    row: RowOption = None,
    template: TemplateOption = None,
    dry_run: DryRunOption = False,
    sheet: SheetOption = None,
    encoding: EncodingOption = None,
    separator: SeparatorOption = None,
    as_json: JsonOption = False,
) -> None:
    """把新数据换进已经改过的稿子：没动过的数换成新的，人改过的留着，说不准的列出来。

    两边都改了的地方，稿子不动，新数写在批注里。
    """
    from assembler.file_choice import documents_in
    from assembler.job import Source
    from assembler.refresh import RefreshOptions
    from assembler.refresh import refresh as refreshed
    from assembler.refresh_lines import Told

    paths = documents_in(drafts)
    source = Source(data, sheet=sheet, encoding=encoding, separator=separator)
    options = RefreshOptions(tracked, take, row, dry_run, template)
    told = Told(dry_run=dry_run)
    with progress(len(paths), "正在更新", hidden=as_json) as advance:
        for one in refreshed(paths, source.open(), options):
            told.take(one)
            advance()
    if as_json:
        print_json({**told.as_json(), "findings": findings_json(told.findings)})
    else:
        for name, findings in told.sections():
            if name:
                typer.echo(f"【{name}】", err=True)
            print_findings(findings)
        typer.echo("\n".join(told.lines()))
    raise typer.Exit(told.exit_code)


@app.command(
    cls=ChineseCommand, short_help="取数：把稿子里现在的数取出来，放回数据表。"
)
def extract(
    drafts: DocumentsArgument,
    *,
    output: ExtractOutputOption = None,
    upright: UprightOption = False,
    like: LikeOption = None,
    template: TemplateOption = None,
    as_json: JsonOption = False,
) -> None:
    """把稿子里现在的数取出来，放进一份新的数据表，并列出和上次的数据不一样的地方。"""
    from assembler.draft import named_template
    from assembler.extract_lines import Harvest
    from assembler.file_choice import documents_in

    paths, named = documents_in(drafts), named_template(template)
    harvest = Harvest(like, upright=upright)
    with progress(len(paths), "正在取数", hidden=as_json) as advance:
        for path in paths:
            harvest.take(path, named)
            advance()
    # Other programs read the values from what is printed; they need no file.
    target = None if as_json and output is None else harvest.write(output)
    if as_json:
        findings = findings_json(harvest.findings)
        print_json({**harvest.as_json(target), "findings": findings})
    else:
        print_findings(harvest.findings)
        typer.echo(harvest.closing_line(target))
    raise typer.Exit(harvest.exit_code)


@app.command(cls=ChineseCommand, short_help="校对：像校对员那样通读稿子，挑出毛病。")
def proof(
    documents: DocumentsArgument,
    *,
    comment: CommentOption = False,
    ignore: IgnoreOption = None,
    pages: PagesOption = False,
    as_json: JsonOption = False,
) -> None:
    """通读稿子：空白、标点、序号、单位、数字、版面，哪里不对，怎么改，一次全列出来。"""
    from assembler.file_choice import documents_in
    from assembler.proof import read_all
    from assembler.proof_report import Desk

    paths = documents_in(documents)
    desk = Desk(comment=comment, pages=pages)
    with progress(len(paths), "正在校对", hidden=as_json) as advance:
        for one in read_all(paths, ignore or ()):
            desk.take(one)
            advance()
    desk.finish()
    if as_json:
        print_json(desk.as_json())
    else:
        _print_lines(desk.lines())
    desk.require_all_read()
    exit_by(desk.findings)


@app.command(cls=ChineseCommand, short_help="定稿：通过校对的稿子，生成干净的打印稿。")
def finish(
    drafts: DocumentsArgument,
    *,
    output: FinishOutputOption = Path("打印稿"),
    pdf: PdfOption = False,
    large: LargeOption = False,
    combined: CombinedOption = None,
    ignore: IgnoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """最后一关：先校对，有错的不放行；通过的去掉书签、批注、作者等痕迹，生成打印稿。"""
    from assembler.file_choice import documents_in
    from assembler.finish import FinishOptions, finish
    from assembler.finish_report import Gate

    paths, gate = documents_in(drafts), Gate()
    options = FinishOptions(output, large, frozenset(ignore or ()))
    with progress(len(paths), "正在定稿", hidden=as_json) as advance:
        for outcome in finish(paths, options):
            gate.take(outcome)
            advance()
    if combined is not None:
        gate.combine(combined)
    if pdf:
        with progress(len(gate.files), "正在转 PDF", hidden=as_json) as advance:
            gate.make_pdfs(advance)
    if as_json:
        print_json(gate.as_json())
    else:
        _print_lines(gate.lines())
    gate.require_all()
    exit_by(gate.findings)


def _print_lines(lines: "Iterable[Line]") -> None:
    for line in lines:
        head = typer.style(line.text[: line.head], fg=line.colour)
        typer.echo(head + line.text[line.head :])


def _open_template(template: Path) -> "Template":
    from assembler.bundled import resolve_template
    from assembler.template import Template

    return Template.open(resolve_template(template))


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
