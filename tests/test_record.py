"""The record inside a draft: written, found again, read tolerantly."""

import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assembler.package import CONTENT_TYPES, Package, deflated, parse_package
from assembler.record import (
    NAMESPACE,
    Record,
    find_record,
    make_room,
    read_record,
    record_xml,
)
from tests.documents import changed, document, field, p, unzipped, zipped
from tests.drafting import draft
from tests.programs import libreoffice

RECORD = Record(
    template="工作部署",
    digest="ab" * 32,
    row="清河区",
    fingerprint="cd" * 32,
    printed={"开工率": "68.3", "标题": "在会上的讲话", "备注": ""},
    data={"开工率": "0.683", "年度投资": "1,234"},
    version="0.1.0",
)
EMPTY = document(p("文"))


def with_record(content: bytes, record: Record | str) -> Package:
    """A document with a record in it."""
    package = parse_package(content, "稿.docx")
    slot = make_room(package)
    text = record if isinstance(record, str) else record_xml(record)
    added = {slot.part: deflated(slot.part, text.encode())}
    added |= {name: deflated(name, data) for name, data in slot.constant.items()}
    return Package({**package.members, **added})


def read_back(record: Record) -> Record | None:
    return read_record(with_record(EMPTY, record))


def test_a_record_is_read_as_it_was_written() -> None:
    assert read_back(RECORD) == RECORD


@pytest.mark.parametrize(
    "text",
    ["A&B<C>\"'", "一\n二\t三", " 两边空 ", "]]>", "😀", "&#10;", "\r\n", "{{ 甲 }}"],
)
def test_any_text_survives(text: str) -> None:
    record = replace(
        RECORD, row=text, template=text, printed={"甲": text.strip("\r\n")}
    )
    record = replace(record, data={"甲": text, "乙": text})
    assert read_back(record) == record


XML_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"))


@given(XML_TEXT, XML_TEXT, XML_TEXT)
def test_no_text_makes_a_record_unreadable(row: str, data: str, column: str) -> None:
    kept = replace(RECORD, row=row, data={"开工率": data, column: data})
    read = read_back(kept)
    assert read is not None
    assert read.printed == RECORD.printed
    legal = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", row)
    assert read.row == legal


def test_a_document_without_a_record_has_none() -> None:
    package = parse_package(EMPTY, "稿.docx")
    assert find_record(package) is None
    assert read_record(package) is None


@pytest.mark.parametrize(
    "text",
    [
        f'<r:record xmlns:r="{NAMESPACE}">',
        f"no markup {NAMESPACE}",
        f'<!DOCTYPE r [<!ENTITY a "b">]><r xmlns="{NAMESPACE}">&a;</r>',
    ],
)
def test_a_record_that_cannot_be_read_is_none_or_empty(text: str) -> None:
    found = read_record(with_record(EMPTY, text))
    assert found is None or found.fingerprint == ""


def test_a_record_of_a_later_version_is_read_as_far_as_it_is_known() -> None:
    text = record_xml(RECORD).replace("<r:field", '<r:new a="b"/><r:field', 1)
    text = text.replace("<r:record", '<r:record when="2026"', 1)
    assert read_record(with_record(EMPTY, text)) == RECORD


def test_the_record_is_found_by_its_root_not_its_name() -> None:
    package = with_record(EMPTY, RECORD)
    part = find_record(package)
    assert part == "customXml/item1.xml"
    renamed = {}
    for name, member in package.members.items():
        data = member.data().replace(b"item1.xml", b"item9.xml")
        data = data.replace(b"itemProps1.xml", b"itemProps9.xml")
        renamed[name.replace("item1", "item9").replace("Props1", "Props9")] = data
    moved = parse_package(zipped(renamed), "稿.docx")
    assert find_record(moved) == "customXml/item9.xml"
    assert read_record(moved) == RECORD


def test_other_peoples_custom_parts_are_left_alone() -> None:
    stream = io.BytesIO()
    docx.Document().save(stream)
    theirs = unzipped(stream.getvalue())
    package = with_record(stream.getvalue(), RECORD)
    assert "customXml/item1.xml" in theirs
    assert find_record(package) == "customXml/item2.xml"
    assert package.data("customXml/item1.xml") == theirs["customXml/item1.xml"]


def test_the_package_knows_the_new_parts() -> None:
    package = with_record(EMPTY, RECORD)
    types = package.content_types
    assert types["customXml/item1.xml"] == "application/xml"
    assert types["customXml/itemProps1.xml"].endswith("customXmlProperties+xml")
    assert types["customXml/_rels/item1.xml.rels"].endswith("relationships+xml")
    (properties,) = package.relationships("customXml/item1.xml")
    assert (properties.type, properties.target) == (
        "customXmlProps",
        "customXml/itemProps1.xml",
    )
    ids = [r.id for r in package.relationships("word/document.xml")]
    assert len(ids) == len(set(ids))


def test_a_template_whose_types_lack_defaults_gets_them() -> None:
    bare = changed(
        EMPTY,
        CONTENT_TYPES,
        '<Default Extension="xml" ContentType="application/xml"/>',
        "",
    )
    types = with_record(bare, RECORD).content_types
    assert types["customXml/item1.xml"] == "application/xml"


def test_the_added_members_are_sound_markup() -> None:
    package = with_record(EMPTY, RECORD)
    for name in package.members:
        etree.fromstring(package.data(name))


@pytest.mark.libreoffice
def test_the_record_survives_libreoffice(tmp_path: Path) -> None:
    made = draft(document(p("占", field("甲", "X"))), 甲="A&B\n<二>")
    (tmp_path / "稿.docx").write_bytes(made)
    (saved,) = libreoffice([tmp_path / "稿.docx"], tmp_path / "saved")
    before = read_record(parse_package(made, "稿.docx"))
    assert before is not None
    assert read_record(parse_package(saved.read_bytes(), "稿.docx")) == before
    assert before.printed == {"甲": "A&B\n<二>"}
