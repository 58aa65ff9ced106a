"""The arguments and options of the commands, and what their help pages say."""

from pathlib import Path
from typing import Annotated

import typer

from assembler import __version__
from assembler.threeway import Take


def _show_version(value: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if value:
        typer.echo(f"assembler {__version__}")
        raise typer.Exit


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
DocumentsArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="稿子",
        help="稿子（.docx），可以写几个，也可以写文件夹或 *.docx。",
        show_default=False,
    ),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="代码",
        help="不报这一种问题，代码见每条末尾；长期不报的写进 assembler.toml。",
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
VersionOption = Annotated[
    bool,
    typer.Option(
        "--version", callback=_show_version, is_eager=True, help="显示版本号。"
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="文件夹",
        help="稿子放在哪个文件夹；不写就放在 讲话稿/模板名。",
    ),
]
NameOption = Annotated[
    str | None,
    typer.Option(
        "--name",
        metavar="格式",
        help="文件名的格式，花括号里写列名，如 '{地区}讲话稿'；"
        "不写就用“文件名”这一列。",
    ),
]
DraftOption = Annotated[
    bool,
    typer.Option(
        "--draft",
        help="有错的行也生成：缺的地方标黄写明【待补】，有疑问的数字加批注。",
    ),
]
ForceOption = Annotated[
    bool,
    typer.Option(
        "--force", help="有人改过的、不是本程序生成的同名文件也替换，并留备份。"
    ),
]
JobsOption = Annotated[
    int,
    typer.Option(
        "--jobs",
        metavar="个数",
        min=1,
        help="同时用几个进程；几千行以上才用得着。",
        show_default=False,
    ),
]
MergeCombinedOption = Annotated[
    Path | None,
    typer.Option(
        "--combined",
        metavar="文件",
        help="另把各篇按数据的次序合订成一个 .docx，每篇另起一页，通读、打印用；"
        "改过没有覆盖的稿子也收进去。",
    ),
]
SheetOutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="文件",
        help="存成什么文件：.csv 或 .xlsx；不写就是 模板名_数据.csv。",
    ),
]
WideOption = Annotated[
    bool,
    typer.Option("--wide", help="横表：一行一篇。不写就是竖表：一行一个字段。"),
]
SourceArgument = Annotated[
    Path,
    typer.Argument(
        metavar="范文",
        help="有空白处（X、××、【名称】等）的文字 .txt 或 Word 稿 .docx。",
        show_default=False,
    ),
]
AdoptOutputOption = Annotated[
    Path,
    typer.Option(
        "-o",
        "--output",
        metavar="文件夹",
        help="模板和数据表放在哪个文件夹；不写就放在当前文件夹。",
        show_default=False,
    ),
]
NamesOption = Annotated[
    Path | None,
    typer.Option(
        "--names",
        metavar="文件",
        help="改名字的表，两列“旧名”“新名”；或在数据表里加一列“新名”。",
    ),
]
NoTidyOption = Annotated[
    bool,
    typer.Option("--no-tidy", help="不修复复制弄坏的文字，原样照用。"),
]
OldArgument = Annotated[
    str, typer.Argument(metavar="旧名", help="现在的字段名。", show_default=False)
]
NewArgument = Annotated[
    str, typer.Argument(metavar="新名", help="要改成的字段名。", show_default=False)
]
DataOption = Annotated[
    Path,
    typer.Option(
        "--data",
        metavar="数据",
        help="新的数据文件（.csv 或 .xlsx）。",
        show_default=False,
    ),
]
TrackedOption = Annotated[
    bool,
    typer.Option("--tracked", help="新数做成修订，在 Word 里逐处接受或拒绝。"),
]
TakeOption = Annotated[
    Take | None,
    typer.Option(
        "--take",
        metavar="data|draft",
        help="人和数据都改了的地方听谁的：data 用数据的，draft 用稿子的；"
        "不写就留着稿子的，并加批注。",
    ),
]
RowOption = Annotated[
    str | None,
    typer.Option(
        "--row",
        metavar="行",
        help="用哪一行：行号或文件名；不写就按稿子里的合并记录。",
    ),
]
TemplateOption = Annotated[
    Path | None,
    typer.Option(
        "--template", metavar="模板", help="合并记录丢了的稿子，是用哪个模板做的。"
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="只说会改什么，不动文件。")
]
ExtractOutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="文件",
        help="存成什么文件：.csv 或 .xlsx；不写就是 稿名_数据.csv。",
    ),
]
UprightOption = Annotated[
    bool,
    typer.Option(
        "--upright",
        help="竖表：一行一个字段。不写就照原来的数据表，找不到它就是横表。",
    ),
]
LikeOption = Annotated[
    Path | None,
    typer.Option(
        "--like",
        metavar="数据",
        help="照这份数据表的样子：横竖、列、次序和单位；不写就找原来那份。",
    ),
]
CommentOption = Annotated[
    bool,
    typer.Option(
        "--comment", help="另存一份“名（校对）.docx”，在每一处加上 Word 批注。"
    ),
]
PagesOption = Annotated[
    bool, typer.Option("--pages", help="用 LibreOffice 数准页数；不写就推算。")
]
FinishOutputOption = Annotated[
    Path,
    typer.Option("-o", "--output", metavar="文件夹", help="打印稿放在哪个文件夹。"),
]
PdfOption = Annotated[bool, typer.Option("--pdf", help="同时用 LibreOffice 转成 PDF。")]
LargeOption = Annotated[
    bool, typer.Option("--large", help="同时生成讲台上用的大字版。")
]
CombinedOption = Annotated[
    Path | None,
    typer.Option(
        "--combined",
        metavar="文件",
        help="把几篇合成一个 .docx 打印，每篇页码从 1 起。",
    ),
]
