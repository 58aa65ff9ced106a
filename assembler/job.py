"""What a command is to work on: a data file, and the templates that it fills."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.bundled import resolve_data, resolve_template
from assembler.check import Checker
from assembler.errors import TemplateError, UseError
from assembler.findings import Finding
from assembler.merge import Maker, MergeOptions, Outcome, merge, plan, used_columns
from assembler.parallel import merge_in_processes
from assembler.rows import Row, Table, open_table, select
from assembler.template import Template

SPEECHES = Path("讲话稿")


@dataclass(frozen=True, slots=True)
class Source:
    """The data as a person names them.

    Attributes:
        data: the file.
        where: conditions ``列名=值`` that rows must fulfil.
        rows: the rows that are wanted, ``3-8,11``.
        sheet: the workbook's sheet.
        encoding: the CSV file's encoding, None to find out.
        separator: the CSV file's separator, None to find out.
    """

    data: Path
    where: tuple[str, ...] = ()
    rows: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None

    def open(self) -> Table:
        """The table; DataError where it cannot be used."""
        return open_table(
            resolve_data(self.data),
            sheet=self.sheet,
            encoding=self.encoding,
            separator=self.separator,
        )

    def chosen(self, table: Table) -> Iterator[Row]:
        """The rows that are wanted; UseError where a condition is none."""
        where = [_condition(text) for text in self.where]
        return select(table.rows(), where=where, numbers=self.rows)


def _condition(text: str) -> tuple[str, str]:
    column, sign, value = text.replace("＝", "=").partition("=")
    if not sign:
        message = f"--where 的写法“{text}”不对，要写成 列名=值，如 地区=云岭区。"
        raise UseError(message)
    return column, value


@dataclass(frozen=True, slots=True)
class Job:
    """A data file, and a maker for each template that it fills."""

    table: Table
    source: Source
    template: Path
    makers: tuple[Maker, ...]

    def column_findings(self) -> list[Finding]:
        """What is wrong with the columns, for each template."""
        return [one for maker in self.makers for one in maker.checker.columns()]

    def checked(self) -> Iterator[Finding]:
        """All findings of all rows, for each template; writes nothing."""
        for maker in self.makers:
            rows = self.source.chosen(self.table)
            tasks = plan(maker.template, rows, maker.checker.file, maker.options)
            for task in tasks:
                yield from maker.check(task).findings

    def merged(self, index: int, processes: int) -> Iterator[Outcome]:
        """What becomes of each row with one of the templates.

        Args:
            index: which of the makers.
            processes: how many processes share the work.
        """
        maker, rows = self.makers[index], self.source.chosen(self.table)
        if processes <= 1:
            return merge(maker, rows)
        tasks = plan(maker.template, rows, maker.checker.file, maker.options)
        arguments = (self.template, self.source, maker.options, index)
        return merge_in_processes(reopened, arguments, tasks, processes)


def open_job(
    template: Path, source: Source, options: MergeOptions, output: Path | None = None
) -> Job:
    """Open the templates and the data.

    Args:
        template: a template, or a folder of templates.
        source: the data.
        options: how drafts are named and written; the folder follows from ``output``.
        output: the folder that was asked for, None for one named by the template.

    Raises:
        TemplateError: a template cannot be used, or the folder holds none.
        DataError: the data cannot be used.
        UseError: the pattern for file names is none.
    """
    templates = _open_templates(template)
    for opened in templates:
        _require_fields(opened)
    table = source.open()
    # A column is of use if one of the templates prints it.
    used = {name for opened in templates for name in opened.fields}
    used |= {name for opened in templates for name in opened.checked}
    used |= set(used_columns(options))
    makers = [
        Maker(
            opened,
            Checker(opened, table.columns, table.path.name, used),
            replace(options, folder=_folder(opened, output, len(templates))),
        )
        for opened in templates
    ]
    return Job(table, source, template, tuple(makers))


def _require_fields(template: Template) -> None:
    """Every speech of a template without fields would be the same."""
    if not template.fields:
        message = (
            f"“{template.file}”里一个字段也没有，合并出来每篇都一样。"
            f"请先给空白处起名：assembler adopt {template.file}；"
            "或者写成 [名称]，或插入名为“字段_名称”的书签。"
        )
        raise TemplateError(message)


def reopened(
    template: Path, source: Source, options: MergeOptions, index: int
) -> Maker:
    """A maker as `open_job` made it, for another process."""
    maker = open_job(template, source, options).makers[index]
    return replace(maker, options=options)


def _folder(template: Template, output: Path | None, count: int) -> Path:
    if output is not None and count == 1:
        return output
    return (output or SPEECHES) / template.name


def _open_templates(template: Path) -> list[Template]:
    path = resolve_template(template)
    if not path.is_dir():
        return [Template.open(path)]
    paths = [p for p in sorted(path.glob("*.docx")) if not p.name.startswith("~$")]
    if not paths:
        message = f"文件夹“{template}”里没有 Word 模板（.docx）。请检查文件夹的名字。"
        raise TemplateError(message)
    return [Template.open(p) for p in paths]
