"""Templates from bytes, drafts from templates, for tests of the engine."""

import tempfile
from pathlib import Path

import pytest

from assembler.check import Checker
from assembler.errors import TemplateError
from assembler.findings import Finding
from assembler.rows import open_table
from assembler.template import Template

ROOT = Path(__file__).parents[1]


def template(content: bytes, name: str = "模板.docx") -> Template:
    """The template that these bytes are."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return Template.open(path)


def draft(content: bytes, **values: str) -> bytes:
    """A draft of this template; a field without a value gets its name in 《》."""
    opened = template(content)
    unnamed = {name: f"《{name}》" for name in opened.fields if name not in values}
    return opened.render(unnamed | values)


def refusal(content: bytes) -> TemplateError:
    """Why a template is refused."""
    with pytest.raises(TemplateError) as caught:
        template(content)
    return caught.value


def problems(content: bytes) -> tuple[Finding, ...]:
    """The findings for which a template is refused."""
    return refusal(content).findings


def bundled(name: str) -> Template:
    """One of the bundled templates."""
    return Template.open(ROOT / "word_templates" / f"{name}.docx")


def bundled_drafts() -> dict[str, bytes]:
    """The first draft of each bundled template."""
    drafts = {}
    for name, data in (
        ("工作部署", "重点项目进度"),
        ("总结推进", "重点项目进度"),
        ("问题整改", "问题整改"),
    ):
        template = bundled(name)
        rows = open_table(ROOT / "data" / f"{data}.csv")
        checker = Checker(template, rows.columns, f"{data}.csv")
        checked = checker.row(next(iter(rows.rows())))
        drafts[name] = template.render(checked.values, checked.row.label)
    return drafts


def fields(content: bytes) -> dict[str, list[str]]:
    """Field name → per place its notation, position and the words around."""
    return {
        name: [f"{p.notation} {p.position} {p.excerpt}" for p in field.places]
        for name, field in template(content).fields.items()
    }
