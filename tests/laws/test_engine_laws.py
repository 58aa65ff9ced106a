"""Laws of the engine, over documents cut, disturbed and filled at random."""

import io
import zipfile
from functools import cache
from itertools import takewhile
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assembler.errors import TemplateError
from assembler.package import parse_package
from assembler.record import read_record
from assembler.tag_text import tags_in
from assembler.template import Template
from tests.documents import (
    MAIN,
    WORD,
    bookmark_texts,
    document,
    lines,
    p,
    root_of,
    unzipped,
    zipped,
)
from tests.drafting import EVERYTHING, ROOT, bundled, template

BUNDLED = ("工作部署", "总结推进", "问题整改")
XML_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
VALUE = st.text(
    st.one_of(
        st.sampled_from("0123456789.%，、；\n\t {}[]<>&\"'X"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=30,
)
# How often a run is cut between two characters.
LIKELINESS = 0.1
DISTURBANCES = (
    '<w:proofErr w:type="gramStart"/>',
    '<w:bookmarkStart w:id="{n}" w:name="_Toc{n}"/><w:bookmarkEnd w:id="{n}"/>',
    '<w:commentRangeStart w:id="{n}"/><w:commentRangeEnd w:id="{n}"/>',
    '<w:permStart w:id="{n}" w:edGrp="everyone"/><w:permEnd w:id="{n}"/>',
    "<w:r><w:rPr><w:i/></w:rPr></w:r>",
    "<w:r><w:t></w:t></w:r>",
)


@cache
def opened(name: str) -> Template:
    return bundled(name)


@cache
def source(name: str) -> bytes:
    return (ROOT / "word_templates" / f"{name}.docx").read_bytes()


def w(name: str) -> str:
    return f"{{{WORD}}}{name}"


def disturbed(content: bytes, chance: Random) -> bytes:
    """A document as Word leaves it: runs cut anywhere, marks and ids among them."""
    root = root_of(content)
    for number, run in enumerate(list(root.iter(w("r")))):
        text = run.find(w("t"))
        if text is None or not text.text:
            continue
        for cut in range(len(text.text) - 1, 0, -1):
            if chance.random() < LIKELINESS:
                _cut(run, text, cut)
        mark = chance.choice((*DISTURBANCES, ""))
        _insert_before(run, mark.replace("{n}", str(5000 + number)))
        run.set(w("rsidR"), f"{number:08X}")
    return zipped(unzipped(content) | {MAIN: etree.tostring(root)})


def _cut(run: etree._Element, text: etree._Element, cut: int) -> None:
    second = etree.fromstring(etree.tostring(run))
    second.tail = None
    whole = text.text or ""
    text.text = whole[:cut]
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    rest = second.find(w("t"))
    assert rest is not None
    rest.text = whole[cut:]
    rest.addprevious(etree.Element(w("lastRenderedPageBreak")))
    rest.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(second)


def _insert_before(run: etree._Element, markup: str) -> None:
    for mark in etree.fromstring(f'<a xmlns:w="{WORD}">{markup}</a>'):
        run.addprevious(mark)


def listed(found: Template) -> list[tuple[object, ...]]:
    """All that `fields` tells of a template."""
    return [
        (name, f.kind, f.unit, f.formula, f.optional, f.places)
        for name, f in found.fields.items()
    ]


@given(st.integers(0, 10**9), st.sampled_from(BUNDLED))
@settings(max_examples=15)
def test_cutting_and_marking_runs_changes_no_field_and_no_text(
    seed: int, name: str
) -> None:
    chance = Random(seed)  # noqa: S311 - cuts, not secrets
    cut = template(disturbed(source(name), chance), f"{name}.docx")
    assert listed(cut) == listed(opened(name))
    values = {field: f"‹{field}›" for field in cut.fields}
    made = cut.render(values)
    assert lines(made) == lines(opened(name).render(values))
    assert bookmark_texts(made) == bookmark_texts(opened(name).render(values))


@given(st.integers(0, 10**9))
@settings(max_examples=40)
def test_cutting_and_marking_runs_hides_no_notation(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - cuts, not secrets
    whole, cut = template(EVERYTHING), template(disturbed(EVERYTHING, chance))
    assert listed(cut) == listed(whole)
    values = {name: f"‹{name}›" for name in whole.fields} | {"清单": "路；桥"}
    assert lines(cut.render(values)) == lines(whole.render(values))
    assert bookmark_texts(cut.render(values)) == bookmark_texts(whole.render(values))


@given(st.data(), st.sampled_from(BUNDLED))
@settings(max_examples=25)
def test_text_outside_fields_survives_and_values_can_be_taken_out_again(
    draw: st.DataObject, name: str
) -> None:
    found = opened(name)
    needed = [n for n, f in found.fields.items() if not f.optional]
    values = draw.draw(st.fixed_dictionaries(dict.fromkeys(needed, VALUE)))
    made = found.render(values)
    record = read_record(parse_package(made, "稿.docx"))
    assert record is not None
    assert {n: record.printed[n] for n in needed} == values
    for bookmark, text in bookmark_texts(made):
        field = bookmark.removeprefix("字段_").split("__")[0]
        assert text == record.printed[field]
    assert blanked(made) == blanked(found.render(dict.fromkeys(needed, "")))


def blanked(content: bytes) -> str:
    """A document's markup with the runs of its fields taken out."""
    root = root_of(content)
    for start in list(root.iter(w("bookmarkStart"))):
        inside = takewhile(lambda e: e.tag != w("bookmarkEnd"), start.itersiblings())
        for element in list(inside):
            start.getparent().remove(element)  # type: ignore[union-attr] # has one
    return etree.tostring(root, encoding="unicode")


@given(st.data(), st.sampled_from(BUNDLED))
@settings(max_examples=15)
def test_equal_values_give_equal_bytes_and_a_sound_zip(
    draw: st.DataObject, name: str
) -> None:
    found = opened(name)
    values = draw.draw(st.fixed_dictionaries(dict.fromkeys(found.fields, VALUE)))
    made = found.render(values)
    assert made == found.render(values)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        before = parse_package(source(name), "模板.docx")
        assert set(before.members) <= set(archive.namelist())
    after = parse_package(made, "稿.docx")
    types = after.content_types
    assert {n: types[n] for n in before.members} == before.content_types
    kept = before.relationships(MAIN)
    assert after.relationships(MAIN)[: len(kept)] == kept


PIECES = st.sampled_from(
    [
        *("{{", "}}", "{%", "%}", "{#", "#}", "｛｛", "｝｝", "{", "}", "%", "[", "]"),
        *("【", "】", "X", "X.8", "XX", "甲", "开工率", " ", "if ", "endif", "for "),
        *("in ", "项", "else", "set ", "=", "p ", "tr ", "r ", "|", "upper", "default"),
        *("(", ")", "'", "“", "”", "<", "&", "&lt;", "\n", "\t", ".", "5", "-", "raw"),
        *("__class__", "loop", "range(3)", "{%p if 甲 %}", "{%p endif %}", "《", "个"),
        *("{% for 项 in 甲 %}", "{% endfor %}", "{{ 项 }}", "{{ 甲 }}", "[甲名]"),
    ]
)
ANY_PARAGRAPH = st.one_of(
    st.lists(PIECES, max_size=12).map("".join), XML_TEXT, st.just("")
)


@given(st.lists(ANY_PARAGRAPH, min_size=1, max_size=4), VALUE)
@settings(max_examples=400)
def test_any_text_compiles_and_renders_or_is_refused(
    texts: list[str], value: str
) -> None:
    content = document(*(p(text) for text in texts), "末段")
    result = outcome(content, value)
    if isinstance(result, TemplateError):
        assert result.findings
        return
    shown = lines(result)
    assert shown[-1].endswith("末段")
    if not any(has_tag(text) or "[" in text or "【" in text for text in texts):
        assert shown == [*texts, "末段"]


def outcome(content: bytes, value: str) -> bytes | TemplateError:
    """The draft with this value everywhere, or why there is none."""
    try:
        found = template(content)
        return found.render(dict.fromkeys(found.fields, value))
    except TemplateError as error:
        return error


def has_tag(text: str) -> bool:
    return any(True for _ in tags_in(text))


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), max_size=3))
@settings(max_examples=150)
def test_a_file_with_wrong_bytes_is_read_or_refused(
    faults: list[tuple[int, int]],
) -> None:
    content = bytearray(small())
    for place, fault in faults:
        content[place % len(content)] ^= fault
    result = outcome(bytes(content), "3")
    assert isinstance(result, TemplateError) or lines(result)


@cache
def small() -> bytes:
    return document(p("占{{ 甲 }}%"), headers={"default": p("上")})


@given(st.lists(XML_TEXT, min_size=1, max_size=5), XML_TEXT)
@settings(max_examples=60)
def test_a_value_never_touches_the_text_around_it(texts: list[str], value: str) -> None:
    around = [text.translate(str.maketrans("", "", "{}[]【】xX×")) for text in texts]
    content = document(*(p(text, "{{ 甲 }}", text) for text in around))
    result = outcome(content, value)
    # A stretch of the text may be a blank of another kind.
    if isinstance(result, bytes):
        assert lines(result) == [text + value + text for text in around]
