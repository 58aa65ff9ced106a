"""From a Word file to drafts: what is refused, what stays, what is put in."""

import io
from pathlib import Path

import docx
import pytest

from assembler import __version__
from assembler.errors import TemplateError
from assembler.package import CONTENT_TYPES, parse_package
from assembler.record import read_record
from assembler.template import Template, illegal_character
from tests.documents import (
    MAIN,
    SAME_HEADERS,
    Xml,
    bookmark_texts,
    changed,
    comment,
    document,
    field,
    guide,
    lines,
    note,
    p,
    r,
    root_of,
    run,
    section,
    unzipped,
    zipped,
)
from tests.drafting import (
    EVERYTHING,
    ROOT,
    awkward_drafts,
    bundled,
    bundled_drafts,
    draft,
    refusal,
    template,
)
from tests.programs import libreoffice, validation_errors

BUNDLED = ("工作部署", "总结推进", "问题整改")
SIMPLE = document(p("占", field("甲", "X"), "%"), headers={"default": p("页眉")})


def zip_infos(content: bytes) -> dict[str, bytes]:
    """Member name → the compressed bytes."""
    members = parse_package(content, "稿.docx").members
    return {name: member.packed for name, member in members.items()}


# Opening ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "places", "count"),
    [("工作部署", 37, 36), ("总结推进", 33, 31), ("问题整改", 7, 7)],
)
def test_a_bundled_template_has_the_blanks_of_its_layout(
    name: str, places: int, count: int
) -> None:
    head = {"标题", "会议日期", "讲话人职务", "讲话人"}
    found = {n: f for n, f in bundled(name).fields.items() if n not in head}
    assert len(found) == count
    assert sum(len(f.places) for f in found.values()) == places


def test_a_template_knows_its_name_file_and_digest(tmp_path: Path) -> None:
    path = tmp_path / "清河区 模板.v2.docx"
    path.write_bytes(SIMPLE)
    opened = Template.open(path)
    assert (opened.name, opened.file) == ("清河区 模板.v2", "清河区 模板.v2.docx")
    assert len(opened.digest) == 64
    path.write_bytes(changed(SIMPLE, MAIN, "占", "约占"))
    assert Template.open(path).digest != opened.digest


def test_a_draft_is_no_template() -> None:
    error = refusal(draft(SIMPLE, 甲="3"))
    assert "不是模板" in error.message
    assert "refresh" in error.message


@pytest.mark.parametrize(
    ("part", "label"),
    [
        (MAIN, "正文"),
        ("word/header1.xml", "页眉"),
        ("word/footnotes.xml", "脚注"),
        ("word/comments.xml", "批注"),
    ],
)
def test_a_part_that_is_broken_is_named(part: str, label: str) -> None:
    whole = document(
        p("文", note(1)),
        headers={"default": p("上")},
        footnotes=[p("注")],
        comments=["批"],
    )
    members = unzipped(whole)
    broken = zipped(members | {part: members[part][:-9]})
    assert f"的{label}已经损坏" in refusal(broken).message


def test_a_part_with_a_document_type_is_refused() -> None:
    members = unzipped(SIMPLE)
    entities = b'<!DOCTYPE w [<!ENTITY a "b">]><w:document '
    typed = members[MAIN].replace(b"<w:document ", entities)
    assert "正文已经损坏" in refusal(zipped(members | {MAIN: typed})).message


def test_the_main_part_may_have_another_name() -> None:
    renamed = {
        name.replace("document.xml", "document2.xml"): data.replace(
            b"document.xml", b"document2.xml"
        )
        for name, data in unzipped(SIMPLE).items()
    }
    made = draft(zipped(renamed), 甲="3")
    assert lines(made, "word/document2.xml") == ["占3%"]
    assert read_record(parse_package(made, "稿.docx")) is not None


def test_a_kind_that_does_not_exist_is_refused_with_those_that_do() -> None:
    content = document(p(field("甲", "X")), guide(("甲", "百分数", "", "", "")))
    message = refusal(content).message
    assert "百分数" in message
    assert "百分比" in message


def test_a_template_without_fields_gives_its_text() -> None:
    content = document(p("一"), p("二"), headers={"default": p("上")})
    opened = template(content)
    assert dict(opened.fields) == {}
    assert lines(opened.render({})) == ["一", "二"]


def test_kinds_and_units_come_from_the_words_beside_without_a_guide() -> None:
    opened = template(document(p("投资", field("甲", "X"), "亿元，占[占比]%")))
    assert (opened.fields["甲"].kind, opened.fields["甲"].unit) == ("金额", "亿元")
    assert (opened.fields["占比"].kind, opened.fields["占比"].unit) == ("百分比", "%")


def test_pretty_printed_markup_is_read() -> None:
    spaced = changed(SIMPLE, MAIN, "><w:", ">\n  <w:")
    assert lines(draft(spaced, 甲="3")) == ["占3%"]


# Values -------------------------------------------------------------------------------

VALUES = {
    "figures": "68.3",
    "markup": "A&B<5%>\"'",
    "a tag": "{{ 7*7 }}",
    "a statement": "{% raw %}{#",
    "an instruction": "<?assembler slot 0?>",
    "a path": "../../x",
    "emoji": "😀👨‍👩‍👧",
    "rare characters": "𠮷\u200b\ufeff\u2028\u00ad",
    "entities": "&lt;&#10;",
    "a line break": "一\n二",
    "line breaks of windows": "一\r\n二\r三",
    "tabs": "一\t二",
    "blanks": "  两边  空  ",
    "ten thousand characters": "讲话稿，" * 2500,
    "nothing": "",
}


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("logic", [False, True], ids=["plain", "with tags"])
def test_a_value_is_printed_exactly(name: str, logic: bool) -> None:  # noqa: FBT001 - a column
    value = VALUES[name]
    shown = value.replace("\r\n", "\n").replace("\r", "\n")
    tag = "{% if 1 %}有{% endif %}" if logic else ""
    content = document(p("占", field("甲", "X"), "%。", tag), p("末"))
    made = draft(content, 甲=value)
    assert lines(made)[0].removesuffix("有") == f"占{shown}%。"
    assert lines(made)[-1] == "末"
    assert bookmark_texts(made) == [("字段_甲", shown)]
    paragraph = docx.Document(io.BytesIO(made)).paragraphs[0].text
    assert paragraph.removesuffix("有") == f"占{shown}%。"


@pytest.mark.parametrize("code", [0, 1, 8, 11, 12, 14, 31, 0xFFFE, 0xFFFF, 0xD800])
def test_a_character_that_xml_cannot_hold_is_refused(code: int) -> None:
    value = f"6{chr(code)}8"
    assert illegal_character(value) == chr(code)
    with pytest.raises(ValueError, match="甲"):
        template(SIMPLE).render({"甲": value})


@pytest.mark.parametrize("text", ["", "一\n二\t三\r", "\x7f\x85\ufffd", "😀"])
def test_a_character_that_xml_can_hold_is_let_in(text: str) -> None:
    assert illegal_character(text) is None


def test_a_value_that_is_needed_must_be_given() -> None:
    with pytest.raises(KeyError):
        template(SIMPLE).render({})


def test_a_value_that_no_place_asks_for_is_passed_over() -> None:
    assert lines(template(SIMPLE).render({"甲": "3", "乙": "4"})) == ["占3%"]


def test_python_docx_reads_every_value_in_place_and_no_mask() -> None:
    opened = bundled("工作部署")
    values = {name: f"‹{name}›" for name in opened.fields}
    read = docx.Document(io.BytesIO(opened.render(values)))
    text = "\n".join(paragraph.text for paragraph in read.paragraphs)
    for name, found in opened.fields.items():
        assert text.count(f"‹{name}›") == len(found.places)
    assert "X" not in text
    assert "字段说明" not in text


# The package --------------------------------------------------------------------------


def test_members_without_fields_are_the_same_compressed_bytes() -> None:
    made = draft(SIMPLE, 甲="3")
    before, after = zip_infos(SIMPLE), zip_infos(made)
    same = {"_rels/.rels", "word/styles.xml", "word/settings.xml", "word/header1.xml"}
    assert {n: after[n] for n in same} == {n: before[n] for n in same}
    assert after.keys() - before.keys() == {
        name.format(number)
        for number in (1, 2)
        for name in (
            "customXml/item{}.xml",
            "customXml/itemProps{}.xml",
            "customXml/_rels/item{}.xml.rels",
        )
    }


def test_parts_types_and_relationships_stay() -> None:
    content = document(
        p("前", properties=section(SAME_HEADERS)),
        p("占", field("甲", "X"), note(1), comment(0, "批")),
        headers={"default": p("上"), "even": p("双", field("乙", "X"))},
        footnotes=[p("注")],
        comments=["批"],
    )
    before = parse_package(content, "模板.docx")
    after = parse_package(draft(content), "稿.docx")
    types = after.content_types
    assert {n: types[n] for n in before.members} == before.content_types
    relationships = after.relationships(MAIN)
    assert relationships[: len(before.relationships(MAIN))] == before.relationships(
        MAIN
    )
    assert after.relationships("") == before.relationships("")


def test_equal_input_gives_equal_bytes() -> None:
    content = document(p(field("甲", "X"), "{% if 乙 %}有{% endif %}"))
    first, second = (
        template(content).render({"甲": "3", "乙": "4"}, "清河区") for _ in range(2)
    )
    assert first == second
    opened = template(content)
    assert opened.render({"甲": "3", "乙": "4"}, "清河区") == first
    assert opened.render({"甲": "5", "乙": "4"}, "清河区") != first


def test_one_draft_leaves_no_trace_in_the_next() -> None:
    content = document(
        p("{% set 和 = 甲 %}{{ 和 }}"),
        p("{% for 项 in 乙 %}", field("丙", "X"), "{{ 项 }}{% endfor %}"),
    )
    opened = template(content)
    values = {"甲": "1", "乙": "a、b", "丙": "3"}
    first = opened.render(values)
    opened.render({"甲": "9", "乙": "c、d、e", "丙": "8"})
    assert opened.render(values) == first


def test_a_dotx_gives_documents() -> None:
    kind = "wordprocessingml.{}.main+xml"
    dotx = changed(
        SIMPLE, CONTENT_TYPES, kind.format("document"), kind.format("template")
    )
    made = draft(dotx, 甲="3")
    types = unzipped(made)[CONTENT_TYPES].decode()
    assert kind.format("document") in types
    assert kind.format("template") not in types
    docx.Document(io.BytesIO(made))


def test_the_draft_remembers_what_was_put_in() -> None:
    opened = template(SIMPLE)
    made = opened.render({"甲": "68.3"}, "清河区", {"甲": "0.683"})
    record = read_record(parse_package(made, "稿.docx"))
    assert record is not None
    assert (record.template, record.digest) == ("模板", opened.digest)
    assert (record.row, record.version) == ("清河区", __version__)
    assert (dict(record.printed), dict(record.data)) == (
        {"甲": "68.3"},
        {"甲": "0.683"},
    )


def test_a_namespace_prefix_of_ones_own_is_kept() -> None:
    members = unzipped(SIMPLE)
    main = members[MAIN].replace(b"<w:", b"<q:").replace(b"</w:", b"</q:")
    main = main.replace(b"xmlns:w=", b"xmlns:q=").replace(b" w:", b" q:")
    made = draft(zipped(members | {MAIN: main}), 甲="一\n二")
    assert lines(made) == ["占一\n二%"]
    assert b"<w:" not in unzipped(made)[MAIN]


def test_what_jinja_cannot_carry_out_names_the_place() -> None:
    opened = template(document(p("一"), p("在{{ 甲|int // 乙|int }}后")))
    with pytest.raises(TemplateError) as caught:
        opened.render({"甲": "3", "乙": "0"})
    assert caught.value.message.startswith("正文第2段")


# Other programs -----------------------------------------------------------------------


@pytest.mark.validator
@pytest.mark.parametrize("name", ["hard values", "no values", *BUNDLED])
def test_the_validator_finds_no_fault(name: str, tmp_path: Path) -> None:
    path = tmp_path / "稿.docx"
    path.write_bytes((awkward_drafts() | bundled_drafts())[name])
    assert validation_errors(path) == []


@pytest.mark.validator
def test_the_validator_does_find_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "稿.docx"
    path.write_bytes(changed(draft(SIMPLE), MAIN, "<w:p>", "<w:p><w:tbl/>"))
    assert validation_errors(path)


@pytest.mark.libreoffice
def test_drafts_keep_their_bookmarks_and_texts_through_libreoffice(
    tmp_path: Path,
) -> None:
    drafts = bundled_drafts() | {"hard": awkward_drafts()["hard values"]}
    files = [tmp_path / f"{name}.docx" for name in drafts]
    for file, made in zip(files, drafts.values(), strict=True):
        file.write_bytes(made)
    saved = libreoffice(files, tmp_path / "saved")
    for made, file in zip(drafts.values(), saved, strict=True):
        assert set(bookmark_texts(made)) == set(bookmark_texts(file.read_bytes()))


@pytest.mark.libreoffice
def test_a_template_saved_by_libreoffice_is_the_same_template(tmp_path: Path) -> None:
    files = [ROOT / "word_templates" / f"{name}.docx" for name in BUNDLED]
    for before, saved in zip(BUNDLED, libreoffice(files, tmp_path), strict=True):
        first, second = bundled(before), Template.open(saved)
        assert list(first.fields.values()) == list(second.fields.values())
        assert first.relations == second.relations
        values = {name: f"‹{name}›" for name in first.fields}
        assert lines(first.render(values)) == lines(second.render(values))


@pytest.mark.parametrize("part", ["word/header2.xml", "word/footer1.xml"])
def test_every_part_of_the_awkward_template_is_filled(part: str) -> None:
    made = awkward_drafts()["hard values"]
    assert not any("{" in line or "[" in line for line in lines(made, part))
    assert "A&B" in "".join(lines(made, part)).replace("A&b", "A&B")


def test_runs_beside_the_fields_keep_their_own_formats() -> None:
    before = root_of(EVERYTHING)
    after = root_of(awkward_drafts()["hard values"])
    bold = [
        [e.text for e in root.iterfind(".//{*}r[{*}rPr]/{*}t")]
        for root in (before, after)
    ]
    assert "粗" in bold[0]
    assert "粗" in bold[1]
    assert "单击" not in bold[1]


def test_a_run_of_nothing_but_a_slot_is_one_text() -> None:
    content = document(p("占", field("甲", r("X"), run("<w:t>Y</w:t>")), Xml("")))
    _, inner = root_of(draft(content, 甲="3")).iter("{*}r")
    assert len(inner) == 1
