"""Several speeches in one document: texts, looks, page numbers stay each one's own."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest
from docx import Document as WordDocument

from assembler.clean import clean_copy
from assembler.combine import combined
from assembler.document import Document
from assembler.errors import TemplateError
from assembler.office import find_office, to_pdf
from assembler.styles import Styles
from assembler.wordml import RUN, VALUE, w
from tests.documents import (
    MAIN,
    changed,
    complex_field,
    document,
    lines,
    mark,
    note,
    p,
    root_of,
    shape,
    unzipped,
)
from tests.drafting import bundled_drafts
from tests.programs import libreoffice, validation_errors
from tests.speeches import BODY, STYLES, body, whole

SETTINGS = "word/settings.xml"
BOTH = "<w:mirrorMargins/><w:evenAndOddHeaders/>"
UNBROKEN = (
    '<w:pPrDefault><w:pPr><w:suppressAutoHyphens w:val="1"/></w:pPr></w:pPrDefault>'
)
RELATIONS = "word/_rels/document.xml.rels"


def clean(content: bytes) -> bytes:
    return clean_copy(Document.parse(content, "稿子.docx"))


def bound(*contents: bytes) -> bytes:
    """The documents in one."""
    return combined([(f"{n}.docx", clean(c)) for n, c in enumerate(contents, 1)])


def looks(content: bytes) -> list[tuple[str | None, str | None, str]]:
    """Per paragraph the face and size of its first run, and its text."""
    opened = Document.parse(content, "稿子.docx")
    found = []
    for paragraph in opened.body.text.paragraphs:
        element = opened.body.elements[paragraph.number]
        run = next(element.iter(f"{{{element.nsmap['w']}}}r"), element)
        face = opened.styles.east_asian_font(run, element)
        size = opened.styles.of_run(run, element, f"{{{element.nsmap['w']}}}sz")
        found.append((face, size, paragraph.text))
    return found


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """What stands at the foot of each page of three speeches, "" on blank ones."""
    folder = tmp_path_factory.mktemp("combined")
    if find_office() is None:
        libreoffice([], folder, "pdf")
    path = folder / "合.docx"
    path.write_bytes(bound(*bundled_drafts().values(), bundled_drafts()["总结推进"]))
    [done] = to_pdf([path], 60)
    with pdfplumber.open(io.BytesIO(done.content or b"")) as pdf:
        feet = [page.extract_text_lines()[-1:] for page in pdf.pages]
        yield ["".join(str(line["text"]) for line in foot) for foot in feet]


@pytest.mark.libreoffice
def test_each_speech_has_pages_from_one_and_begins_on_a_new_sheet(
    numbers: list[str],
) -> None:
    first = [f"— {n} —" for n in range(1, 5)]
    short = [*first[:3], ""]
    assert numbers == [*first, *short, *first, *first[:3]]


def test_the_text_is_that_of_all_in_order() -> None:
    drafts = bundled_drafts().values()
    assert lines(bound(*drafts)) == [line for draft in drafts for line in lines(draft)]


def test_one_document_alone_stays_as_it_is() -> None:
    draft = bundled_drafts()["工作部署"]
    assert lines(bound(draft)) == lines(draft)


def test_equal_input_gives_equal_bytes() -> None:
    drafts = bundled_drafts().values()
    assert bound(*drafts) == bound(*drafts)


@pytest.mark.validator
def test_combined_documents_validate(tmp_path: Path) -> None:
    rich = document(
        p(mark("_Ref1", "甲"), complex_field(" REF _Ref1 ", "甲"), note(1), shape()),
        headers={"default": p("页眉"), "first": p("首页")},
        footnotes=[p("注")],
    )
    for number, contents in enumerate(
        (tuple(bundled_drafts().values()), (rich, rich, document(p(BODY)), rich))
    ):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(bound(*contents))
        assert validation_errors(path) == []
        assert WordDocument(str(path)).paragraphs


def test_styles_of_one_name_that_differ_stay_apart() -> None:
    other = changed(
        whole("第二篇。" * 12),
        STYLES,
        'w:eastAsia="方正小标宋简体"',
        'w:eastAsia="黑体"',
    )
    first = whole("第一篇。" * 12)
    assert looks(bound(first, other)) == looks(first) + looks(other)
    names = [
        e.get(f"{{{e.nsmap['w']}}}val")
        for e in root_of(bound(first, other), STYLES).iter("{*}name")
    ]
    assert len(names) == len(set(names))


def test_a_default_style_that_differs_is_named() -> None:
    other = changed(
        whole(), STYLES, '<w:spacing w:val="-6"/>', '<w:spacing w:val="0"/>'
    )
    content = bound(whole(), other)
    styles = Styles(Document.parse(content, "合").package)
    opened = Document.parse(content, "合").body.elements
    word = root_of(content).nsmap["w"]
    spacing = [
        styles.of_run(run, element, f"{{{word}}}spacing")
        for element in opened.values()
        for run in list(element.iter(f"{{{word}}}r"))[:1]
    ]
    half = len(spacing) // 2
    assert spacing[2:half] == ["-6"] * (half - 2)
    assert spacing[half + 2 :] == ["0"] * (half - 2)


def test_equal_styles_are_kept_once() -> None:
    one, two = bound(whole()), bound(whole(), whole())
    assert unzipped(one)[STYLES] == unzipped(two)[STYLES]


def test_notes_keep_their_references() -> None:
    first = document(p("甲", note(1), note(2)), footnotes=[p("甲一"), p("甲二")])
    second = document(p("乙", note(1)), footnotes=[p("乙一")])
    plain = document(p("丙"))
    content = bound(plain, first, second)
    references = [e.values()[0] for e in root_of(content).iter("{*}footnoteReference")]
    notes = {
        e.get(f"{{{e.nsmap['w']}}}id"): "".join(map(str, e.itertext()))
        for e in root_of(content, "word/footnotes.xml").iter("{*}footnote")
    }
    assert [notes[str(number)] for number in references] == ["甲一", "甲二", "乙一"]


def test_headers_stay_each_ones_own() -> None:
    first = document(p("甲"), headers={"default": p("甲的页眉")})
    second = document(p("乙"), headers={"default": p("乙的页眉")})
    bare = document(p("丙"))
    content = bound(first, second, bare)
    root, members = root_of(content), unzipped(content)
    relations = root_of(content, RELATIONS)
    targets = {e.get("Id"): str(e.get("Target")).lstrip("/") for e in relations}
    shown = []
    for part in root.iter("{*}sectPr"):
        [reference] = [
            e
            for e in part.iter("{*}headerReference")
            if "default" in map(str, e.values())
        ]
        name = next(targets[v] for v in map(str, reference.values()) if v in targets)
        full = name if name in members else f"word/{name}"
        shown.append("".join(map(str, root_of(content, full).itertext())))
    assert shown == ["甲的页眉", "乙的页眉", ""]


def test_bookmarks_of_one_name_stay_apart() -> None:
    one = document(p(mark("_Ref1", "甲"), complex_field(" REF _Ref1 ", "甲")))
    main = unzipped(bound(one, one))[MAIN].decode()
    assert main.count('w:name="_Ref1"') == 1
    assert main.count('w:name="_Ref1_2"') == 1
    assert " REF _Ref1_2 " in main


OTHERWISE = [
    ('w:eastAsia="仿宋_GB2312"', 'w:eastAsia="楷体_GB2312"'),
    ('<w:sz w:val="32"/>', '<w:sz w:val="30"/>'),
    ('<w:kern w:val="2"/>', ""),
    ('<w:kern w:val="2"/>', '<w:kern w:val="2"/><w:position w:val="4"/>'),
    ("<w:pPrDefault/>", UNBROKEN),
]


@pytest.mark.parametrize(("old", "new"), OTHERWISE)
@pytest.mark.parametrize("is_first", [True, False])
def test_defaults_that_differ_stay_each_ones_own(
    old: str, new: str, *, is_first: bool
) -> None:
    plain, other = (
        whole("第一篇。" * 12),
        changed(whole("第二篇。" * 12), STYLES, old, new),
    )
    pair = (other, plain) if is_first else (plain, other)
    content = bound(*pair)
    assert looks(content) == looks(pair[0]) + looks(pair[1])
    assert settings(content) == settings(pair[0]) + settings(pair[1])


def settings(content: bytes) -> list[tuple[str, str, str]]:
    """Per paragraph what its style says of what the cases change."""
    opened = Document.parse(content, "稿子.docx")
    found = []
    for element in opened.body.elements.values():
        run = next(element.iter(RUN), element)
        kern, position = (
            opened.styles.of_run(run, element, w(name)) or "0"
            for name in ("kern", "position")
        )
        hyphens = opened.styles.of_paragraph(element, w("suppressAutoHyphens"), VALUE)
        found.append((kern, position, hyphens or "0"))
    return found


@pytest.mark.libreoffice
@pytest.mark.validator
def test_a_draft_saved_by_libreoffice_goes_with_one_that_is_not(
    tmp_path: Path,
) -> None:
    first, second = list(bundled_drafts().values())[:2]
    path = tmp_path / "稿.docx"
    path.write_bytes(second)
    [other] = libreoffice([path], tmp_path / "存过", "docx")
    saved, its_own = other.read_bytes(), complaints(other)
    for pair in ((first, saved), (saved, first)):
        content = bound(*pair)
        assert lines(content) == [line for one in pair for line in lines(one)]
        assert looks(content) == [look for one in pair for look in looks(one)]
        path.write_bytes(content)
        assert complaints(path) <= its_own


def complaints(path: Path) -> set[str]:
    """What the validator says of a document: LibreOffice's are not free of faults."""
    found = map(json.loads, validation_errors(path))
    return {error["description"] for one in found for error in one["errors"]}


DIFFERENT = [
    ("默认的字体字号", STYLES, '<w:kern w:val="2"/>', '<w:b/><w:kern w:val="2"/>'),
    ("对称页边距", SETTINGS, "<w:evenAndOddHeaders/>", BOTH),
]


@pytest.mark.parametrize(("what", "part", "old", "new"), DIFFERENT)
def test_documents_that_cannot_share_a_file_are_refused(
    what: str, part: str, old: str, new: str
) -> None:
    other = changed(whole(), part, old, new)
    with pytest.raises(TemplateError, match=what) as caught:
        bound(whole(), other)
    assert "2.docx" in caught.value.message


def test_one_with_even_pages_and_one_without_go_together() -> None:
    plain = changed(
        whole(body("第二篇。")), "word/settings.xml", "<w:evenAndOddHeaders/>", ""
    )
    content = bound(whole(), plain)
    assert "evenAndOddHeaders" in unzipped(content)["word/settings.xml"].decode()
