"""A draft opened: what stands in it, and what it still knows of its making."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from assembler.blanks import Verdict, find_blanks
from assembler.bundled import resolve_template
from assembler.drafts import Standing, standing
from assembler.errors import TemplateError
from assembler.findings import Finding, Severity
from assembler.guide import find_guide
from assembler.package import Package, read_package
from assembler.places import Known, Located
from assembler.recall import recall, template_of
from assembler.record import Record, read_record
from assembler.search import find_places
from assembler.stream import MarkedParagraph, marked_paragraphs
from assembler.template import Template
from assembler.wordml import Element, Story, parse, story_parts


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that was opened.

    Attributes:
        path: the file.
        package: its container.
        roots: story → root of its part.
        paragraphs: the text, story by story.
        record: what merge put into it; None where that was stripped.
        known: what is known from the time it was made.
        standing: whether a person has changed it since, or has it open.
        template: its template, where that is at hand and tells something new.
    """

    path: Path
    package: Package
    roots: Mapping[Story, Element]
    paragraphs: tuple[MarkedParagraph, ...]
    record: Record | None
    known: Known
    standing: Standing
    template: Template | None

    @classmethod
    def open(cls, path: Path, template: Template | None = None) -> "Draft":
        """Read a draft.

        Args:
            path: the .docx file.
            template: the template it was made of, for a draft that knows it no more.

        Raises:
            TemplateError: it cannot be read, is a template, or knows nothing of any
                field.
        """
        package = read_package(path)
        roots = _roots(package, path.name)
        paragraphs = tuple(
            one for pair in roots.items() for one in marked_paragraphs(*pair)
        )
        record = read_record(package)
        if record is None and _is_template(roots, paragraphs, template):
            raise TemplateError(_TEMPLATE.replace("{name}", path.name))
        found = template or template_of(path, package, record, paragraphs)
        known = recall(package, record, found, paragraphs)
        if known is None:
            raise TemplateError(_UNKNOWN.replace("{name}", path.name))
        if template is not None and _is_unfit(template, known, paragraphs):
            raise TemplateError(_unfit(path.name, template.file, record))
        return cls(
            path=path,
            package=package,
            roots=roots,
            paragraphs=paragraphs,
            record=record,
            known=known,
            standing=standing(path, record.template if record else ""),
            template=found,
        )

    def locate(self) -> Located:
        """Where its fields stand now."""
        return find_places(self.paragraphs, self.known)

    @property
    def is_edited(self) -> bool:
        """Whether a person may have changed it."""
        return self.standing is not Standing.UNCHANGED

    def findings(self) -> list[Finding]:
        """What can no longer be told of it, and what of its template has changed."""
        found = []
        if self.record is None:
            found.append(self._finding(*_RECORD_LOST))
        if self.known.guessed:
            found.append(self._finding(*_BASE_LOST))
        changes = self._template_changes()
        if changes:
            name = self.template.file if self.template else ""
            message = f"“{self.path.name}”合并以后，模板“{name}”改过：{changes}。"
            found.append(self._finding("template-changed", message, _NEW_TEMPLATE))
        return found

    def _template_changes(self) -> str:
        template, record = self.template, self.record
        if template is None or record is None or template.digest == record.digest:
            return ""
        new = [name for name in template.fields if name not in record.printed]
        gone = [name for name in record.printed if name not in template.fields]
        parts = [f"新增字段 {'、'.join(new)}，稿子里没有"] if new else []
        parts += [f"去掉了字段 {'、'.join(gone)}"] if gone else []
        return "；".join(parts) or "字段没有增减，文字或格式有改动"

    def _finding(self, code: str, message: str, hint: str) -> Finding:
        return Finding(
            code=code,
            severity=Severity.WARNING,
            message=message.replace("{name}", self.path.name),
            file=str(self.path),
            hint=hint,
        )


def unusable(path: Path, error: TemplateError) -> Finding:
    """What to say of a file that cannot be read as a draft, where others wait."""
    return Finding(
        code="unusable-draft",
        severity=Severity.ERROR,
        message=error.message,
        file=str(path),
    )


_RECORD_LOST = (
    "record-lost",
    (
        "“{name}”里的合并记录没有了（可能被别的软件存没了），"
        "分不清哪些数是人改过的：凡是和数据不一样的都会换成数据里的。"
    ),
    (
        "原来的数写在批注里，原文件也留了备份，请逐处核对；"
        "想保留稿子里的数，请加 --take draft。"
    ),
)
_BASE_LOST = (
    "fields-lost",
    (
        "“{name}”里没有字段的类型、单位和算式了，"
        "只能从前后的字去认，算式和校核关系没法核对。"
    ),
    "如果模板还在，请加 --template 模板.docx 再运行。",
)
_UNKNOWN = (
    "“{name}”里没有合并记录，也没有字段书签，认不出哪些是填进去的数。"
    "如果它是用模板合并出来的，请加 --template 模板.docx 再运行。"
)
_TEMPLATE = (
    "“{name}”是模板，不是合并出来的稿子，没有动它。请写稿子的名字；"
    "要生成稿子，请用：assembler merge {name} 数据文件。"
)
_NEW_TEMPLATE = (
    "程序按合并时的模板更新。要用新模板，请另存一份重新合并，再把改过的地方抄过去。"
)


def named_template(path: Path | None) -> Template | None:
    """The template that a person named, None where nobody did.

    Raises:
        TemplateError: it cannot be used.
    """
    return None if path is None else Template.open(resolve_template(path))


def _is_template(
    roots: Mapping[Story, Element],
    paragraphs: Iterable[MarkedParagraph],
    template: Template | None,
) -> bool:
    """Whether a document without a record was never merged: it has its blanks still."""
    if any(find_guide(root) is not None for root in roots.values()):
        return True
    marks = blanks = masked = 0
    for paragraph in paragraphs:
        found = [b for b in find_blanks(paragraph.text) if b.verdict is Verdict.BLANK]
        blanks += len(found)
        marks += len(paragraph.marks)
        masked += sum(
            any(b.start < mark.end and mark.start < b.end for b in found)
            for mark in paragraph.marks
        )
    if marks:
        return 2 * masked >= marks
    return 2 * blanks >= (len(template.fields) if template else 2)


def _is_unfit(
    template: Template, known: Known, paragraphs: Iterable[MarkedParagraph]
) -> bool:
    """Whether a draft has been made of another template than the one named."""
    marked = {mark.field for paragraph in paragraphs for mark in paragraph.marks}
    fields = set(known.printed or ()) | marked
    return 2 * len(fields & template.fields.keys()) < len(fields)


def _unfit(name: str, template: str, record: Record | None) -> str:
    if record is None:
        return (
            f"“{name}”不像是用模板“{template}”合并的，没有动它。"
            "请核对 --template 后面的模板。"
        )
    return (
        f"“{name}”是用模板“{record.template}”合并的，不是“{template}”，没有动它。"
        "请去掉 --template，或者写对模板的名字。"
    )


def _roots(package: Package, name: str) -> dict[Story, Element]:
    try:
        return {s: parse(package.data(s.part)) for s in story_parts(package)}
    except etree.XMLSyntaxError as error:
        message = (
            f"“{name}”已经损坏，读不出来。"
            "请用 Word 或 WPS 打开它（会提示修复），另存为 .docx 再用。"
        )
        raise TemplateError(message) from error
