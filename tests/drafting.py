"""Templates from bytes, drafts from templates, for tests of the engine."""

import tempfile
from pathlib import Path

import pytest

from assembler.check import Checker
from assembler.errors import TemplateError
from assembler.findings import Finding
from assembler.rows import open_table
from assembler.template import Template
from tests.documents import (
    SAME_HEADERS,
    box,
    cell,
    comment,
    complex_field,
    control,
    document,
    field,
    guide,
    note,
    p,
    r,
    row,
    section,
    simple_field,
    table,
)

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


# Every notation in every story.
EVERYTHING = document(
    p("书签", field("甲", "X"), r("粗", "<w:b/>"), "，标签{{ 乙 }}，方括号[丙名]。"),
    p(
        "控件",
        control(
            "丁", r("单击", '<w:rStyle w:val="PlaceholderText"/>'), placeholder=True
        ),
    ),
    control("戊", p("整段")),
    p(simple_field(" MERGEFIELD 己 ", "X"), complex_field(" MERGEFIELD 庚 ", "X")),
    p("框", box(p("框里", field("辛", "X")), p("{{ 壬 }}"))),
    table(
        row("{%tr for 项 in 清单 %}", ""),
        row("{{ 项 }}", cell(p(field("甲__2", "X")))),
        row("{%tr endfor %}", ""),
    ),
    table(row(control("癸", cell("X")), "乙")),
    p("{%p if 有否 %}"),
    p("有的话", note(1)),
    p("{%p endif %}"),
    p("可缺", field("选", "X")),
    p(field("选二", "X"), "　", field("选", "X")),
    p("前节", properties=section(SAME_HEADERS)),
    p("末段", note(1, "endnote"), comment(0, "批")),
    guide(("选", "", "", "", "选填"), ("选二", "", "", "", "选填")),
    headers={"default": p("上", field("子", "X")), "first": p("首{{ 丑|upper }}")},
    footers={"default": p("第", complex_field(" PAGE ", "1"), "页[寅名]")},
    footnotes=[p("注{{ 卯 }}")],
    endnotes=[p("尾", field("辰", "X"))],
    comments=["批"],
)


def awkward_drafts() -> dict[str, bytes]:
    """Drafts with every notation, filled with hard values, and with none."""
    opened = template(EVERYTHING)
    hard = dict.fromkeys(opened.fields, "A&B<二>\n三\t四😀")
    bare = dict.fromkeys(opened.fields, "")
    return {
        "hard values": opened.render(hard | {"清单": "路；桥；隧"}),
        "no values": opened.render(bare),
    }
