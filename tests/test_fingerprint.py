"""A fingerprint: the same after a mere re-save, another after the smallest edit."""

import base64
import io
from pathlib import Path

import docx
import pytest

from assembler.fingerprint import content_of, digest, fingerprint
from assembler.package import parse_package, read_package
from assembler.record import read_record
from tests.documents import (
    MAIN,
    SAME_HEADERS,
    Xml,
    box,
    cell,
    changed,
    comment,
    complex_field,
    deleted,
    document,
    field,
    guide,
    inserted,
    link,
    mark,
    note,
    p,
    r,
    root_of,
    row,
    run,
    section,
    shape,
    simple_field,
    table,
)
from tests.drafting import bundled_drafts, draft
from tests.programs import libreoffice

ROOT = Path(__file__).parents[1]
X = field("甲", "X")
VALUES = {"甲": "68.3", "乙": "值\n二", "空": "", "多": "A&B<C>\t😀\n\n“x” " * 5}


def print_of(content: bytes) -> str:
    return fingerprint(parse_package(content, "稿.docx"))


def recorded(content: bytes) -> str:
    record = read_record(parse_package(content, "稿.docx"))
    assert record is not None
    return record.fingerprint


RUBY = run(
    '<w:ruby><w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="10"/>'
    '<w:hpsRaise w:val="20"/><w:hpsBaseText w:val="21"/><w:lid w:val="zh-CN"/>'
    f"</w:rubyPr><w:rt>{r('fā')}</w:rt><w:rubyBase>{r('发')}</w:rubyBase></w:ruby>"
)
OLD_BOX = run(
    '<w:pict><v:shape style="width:100pt;height:50pt"><v:textbox><w:txbxContent>'
    f"{p('老框', field('乙', 'X'))}</w:txbxContent></v:textbox></v:shape></w:pict>"
)
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


def with_a_picture() -> bytes:
    """What python-docx makes of a speech with a picture."""
    made = docx.Document()
    made.add_heading("标题", 1)
    made.add_paragraph("占{{ 甲 }}").add_run("粗").bold = True
    made.add_paragraph("图：").add_run("前").add_picture(io.BytesIO(PIXEL))
    made.add_paragraph("一条", style="List Bullet")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


# All that a speech, and what is sent along with it, may hold.
SAMPLES: dict[str, bytes] = {
    "a plain paragraph": document(p("占", X, "%")),
    "emphasis": document(
        p("占", r("粗", "<w:b/>"), field("甲", r("X", "<w:b/>")), r("后", "<w:b/>")),
        p(r("斜", "<w:i/>"), r("红", '<w:color w:val="FF0000"/>'), X),
        p(r("亮", '<w:highlight w:val="yellow"/>'), r("线", '<w:u w:val="single"/>')),
    ),
    "emphasis that says none": document(
        p(r("粗", '<w:b w:val="0"/>'), r("色", '<w:color w:val="auto"/>'), X)
    ),
    "an emphasised field without a value": document(
        p("占", field("空", r("X", "<w:b/>")), "后", X),
        guide(("空", "", "", "", "选填")),
    ),
    "a paragraph left out amid emphasis": document(
        p(r("前", "<w:b/>"), X),
        p(field("空", r("X", "<w:i/>"))),
        p(r("后", "<w:b/>")),
        guide(("空", "", "", "", "选填")),
    ),
    "special characters": document(
        p("一\n二\t三", run("<w:noBreakHyphen/>"), "四", run("<w:softHyphen/>"), X),
        p("一\u00a0二\u3000三  四 ", run("<w:cr/>"), X, " "),
        p(run('<w:sym w:font="Wingdings" w:char="F0FC"/>'), X),
    ),
    "page breaks and empty paragraphs": document(
        p("一"), p(run('<w:br w:type="page"/>')), p(), p("二", X), p(), p("末")
    ),
    "tables": document(
        table(
            row("甲", cell(p("乙", X))), row("丙", cell("丁", table(row("内")), p()))
        ),
        p("末"),
    ),
    "headers and footers": document(
        p("一", properties=section(SAME_HEADERS)),
        p("文", X),
        headers={
            "default": p("页眉", field("乙", "X")),
            "first": p("首页"),
            "even": p("双数页"),
        },
        footers={"default": p("第", complex_field(" PAGE ", "1"), "页")},
    ),
    "notes": document(
        p("一", note(1), "二", note(1, "endnote"), X),
        footnotes=[p(run("<w:footnoteRef/>"), "脚注", field("乙", "X"))],
        endnotes=[p(run("<w:endnoteRef/>"), "尾注")],
    ),
    "comments": document(p("一", comment(0, "二"), X), comments=["批注内容"]),
    "boxes": document(
        p("一", box(p("框", field("乙", "X")), p("框二")), "二", X), p("三", OLD_BOX)
    ),
    "shapes": document(p("一", shape(), "二", X)),
    "links": document(p("见", link("这里"), X), p(mark("那里", "目标"))),
    "tracked changes": document(
        p("第", deleted("二"), inserted("三"), "次", X), p(deleted("全删")), p("末")
    ),
    "computed fields": document(
        p("共", complex_field(" NUMPAGES ", "9"), "页", simple_field(" PAGE ", "3")),
        p(complex_field(' DATE \\@ "yyyy" ', "2020"), X),
    ),
    "styles and sizes": document(
        p(r("一", '<w:rStyle w:val="PlaceholderText"/><w:sz w:val="32"/>'), X),
        p(r("2", '<w:vertAlign w:val="superscript"/>'), RUBY, "展"),
    ),
    "a picture, a list, a heading": with_a_picture(),
    "tags": document(
        p("{%p for 项 in 多 %}"),
        p(
            r("粗", "<w:b/>"),
            r("{{ 项 }}", "<w:b/>"),
            field("甲", "X"),
            box(p("框", X)),
        ),
        p("{%p endfor %}"),
        table(row("{%tr if 空 %}", ""), row("一", "二"), row("{%tr endif %}", "")),
        p("{% if 甲 %}有{% endif %}末"),
    ),
    "a hard value": document(p(field("多", "X"), "末")),
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_recorded_fingerprint_is_that_of_the_draft(sample: str) -> None:
    made = draft(SAMPLES[sample], **VALUES)
    assert recorded(made) == print_of(made)


@pytest.mark.parametrize("sample", SAMPLES)
def test_python_docx_does_not_change_it(sample: str) -> None:
    made = draft(SAMPLES[sample], **VALUES)
    stream = io.BytesIO()
    docx.Document(io.BytesIO(made)).save(stream)
    assert stream.getvalue() != made
    assert print_of(stream.getvalue()) == recorded(made)


@pytest.mark.libreoffice
def test_libreoffice_does_not_change_it(tmp_path: Path) -> None:
    drafts = {name: draft(sample, **VALUES) for name, sample in SAMPLES.items()}
    drafts |= bundled_drafts()
    files = [tmp_path / f"{number}.docx" for number in range(len(drafts))]
    for file, made in zip(files, drafts.values(), strict=True):
        file.write_bytes(made)
    saved = libreoffice(files, tmp_path / "saved")
    changed_ones = [
        name
        for name, made, file in zip(drafts, drafts.values(), saved, strict=True)
        if fingerprint(read_package(file)) != recorded(made)
        or read_record(read_package(file)) is None
    ]
    assert changed_ones == []


BASE = draft(
    document(
        p("今年，", r("开工", "<w:b/>"), X, "%", note(1), box(p("框里的话"))),
        p("末段", comment(0, "这里")),
        headers={"default": p("页眉上"), "even": p("页眉双")},
        footnotes=[p("脚注里")],
        endnotes=[p("尾注里")],
        comments=["批注说"],
    ),
    **VALUES,
)
EDITS: dict[str, tuple[str, str, str]] = {
    "a comma": (MAIN, "今年，", "今年、"),
    "a space": (MAIN, "今年，", "今年， "),
    "a figure": (MAIN, "68.3", "68.4"),
    "bold taken off": (MAIN, "<w:b/>", ""),
    "bold moved on": (MAIN, "<w:b/></w:rPr>", "<w:b/><w:i/></w:rPr>"),
    "bold added": (MAIN, "<w:r><w:t", "<w:r><w:rPr><w:b/></w:rPr><w:t"),
    "a paragraph cut in two": (MAIN, "<w:r><w:t", "</w:p><w:p><w:r><w:t"),
    "a paragraph left out": (MAIN, str(p("末段"))[len("<w:p>") : -len("</w:p>")], ""),
    "a word marked as inserted": (
        MAIN,
        str(r("末段")),
        str(inserted("末段")),
    ),
    "a picture": (MAIN, str(r("末段")), str(r("末段")) + shape(number=9)),
    "the box": (MAIN, "框里的话", "框外的话"),
    "the header": ("word/header1.xml", "页眉上", "页眉下"),
    "the other header": ("word/header2.xml", "页眉双", "页眉单"),
    "the footnote": ("word/footnotes.xml", "脚注里", "脚注外"),
    "the endnote": ("word/endnotes.xml", "尾注里", "尾注外"),
    "the comment": ("word/comments.xml", "批注说", "批注问"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_changes_it(edit: str) -> None:
    assert print_of(changed(BASE, *EDITS[edit])) != print_of(BASE)


def test_a_comment_added_changes_it() -> None:
    without, with_one = (
        document(p("文"), comments=texts) for texts in ((), ("看一下",))
    )
    assert print_of(without) != print_of(with_one)


SAVES: dict[str, tuple[str, str, str]] = {
    "a run cut in two": (MAIN, "今年，", "今</w:t></w:r><w:r><w:t>年，"),
    "an emphasised run cut in two": (
        MAIN,
        "开工<",
        '开</w:t></w:r><w:r><w:rPr><w:b w:val="1"/></w:rPr><w:t>工<',
    ),
    "an empty run": (MAIN, "</w:p>", "<w:r><w:rPr><w:i/></w:rPr></w:r></w:p>"),
    "marks of a spelling check": (MAIN, "<w:r>", '<w:proofErr w:type="gramEnd"/><w:r>'),
    "a page that ended there": (
        MAIN,
        "<w:b/></w:rPr>",
        "<w:b/></w:rPr><w:lastRenderedPageBreak/>",
    ),
    "a bookmark": (MAIN, "</w:p>", mark("_GoBack") + "</w:p>"),
    "another face": (MAIN, "<w:b/>", '<w:rFonts w:ascii="Arial"/><w:b/>'),
    "ids of a paragraph": (MAIN, "<w:p>", '<w:p w:rsidR="00112233">'),
    "a property that is off": (MAIN, "<w:b/>", '<w:b/><w:i w:val="false"/>'),
}


@pytest.mark.parametrize("save", SAVES)
def test_what_a_save_writes_anew_does_not_change_it(save: str) -> None:
    assert print_of(changed(BASE, *SAVES[save])) == print_of(BASE)


def test_stories_count_as_a_set_and_empty_ones_not_at_all() -> None:
    stories = [("正文", "一\n"), ("页眉", "上\n"), ("页眉", "下\n")]
    again = [("页眉", "下\n"), ("页眉", "\n"), *stories]
    assert digest(stories) == digest(again)
    assert digest(stories) != digest([("正文", "一\n"), ("页眉", "上下\n")])
    assert digest([("正文", "一\n")]) != digest([("页眉", "一\n")])


def test_a_table_of_contents_is_computed() -> None:
    listed = complex_field(' TOC \\o "1-3" ', "目录", "一……1")
    assert content_of(root_of(document(p(listed), p("一")))) == "\n一\n"


def test_a_field_over_paragraphs_is_followed() -> None:
    first, last = complex_field(" TOC ", "甲").rsplit("<w:r>", 1)
    over = document(p(Xml(first)), p("乙"), p(Xml("<w:r>" + last), "丙"))
    assert content_of(root_of(over)) == "\n\n丙\n"
