"""The clean copy: the same text, and no trace of who made it with what."""

import io
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document as WordDocument

from assembler.clean import clean_copy
from assembler.document import Document
from tests.documents import (
    RENDERED_BREAK,
    Xml,
    box,
    changed,
    comment,
    complex_field,
    control,
    document,
    field,
    lines,
    link,
    mark,
    note,
    p,
    r,
    run,
    shape,
    simple_field,
    unzipped,
    zipped,
)
from tests.drafting import bundled_drafts
from tests.programs import validation_errors
from tests.speeches import BODY

# What must not be found in any member of a clean copy.
TRACES = re.compile(
    r"assembler|字段|装配|python-docx|urn:assembler|customXml|docProps|w:comment|highlight"
    r"|rsid|paraId|张三|李四|审阅者|C:\\|file:|attachedTemplate|mailMerge|docVar|proofErr"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN, SETTINGS = "word/document.xml", "word/settings.xml"
PEOPLE_TYPE = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.people+xml"
)
RELATIONS = "word/_rels/document.xml.rels"


def clean(content: bytes) -> bytes:
    return clean_copy(Document.parse(content, "稿子.docx"))


def traces(content: bytes) -> dict[str, set[str]]:
    """Member → what of it is a trace."""
    found = {}
    for name, data in unzipped(content).items():
        words = set(TRACES.findall(name + data.decode("utf-8", "replace")))
        if words:
            found[name] = words
    return found


def with_parts(content: bytes, parts: Mapping[str, tuple[str, str, str]]) -> bytes:
    """A document with further parts: name → relationship, content type, content."""
    members = unzipped(content)
    types = members["[Content_Types].xml"].decode()
    relations = members[RELATIONS].decode()
    for number, (name, (kind, content_type, inner)) in enumerate(parts.items()):
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/>'
        types = types.replace("</Types>", f"{override}</Types>")
        relation = f'<Relationship Id="x{number}" Type="{kind}" Target="/{name}"/>'
        relations = relations.replace("</Relationships>", f"{relation}</Relationships>")
        members[name] = inner.encode()
    members["[Content_Types].xml"] = types.encode()
    members[RELATIONS] = relations.encode()
    return zipped(members)


def worked_on() -> bytes:
    """A document that carries all that a person and programs leave behind."""
    content = document(
        p(
            Xml('<w:permStart w:id="5" w:edGrp="everyone" w:ed="张三"/>'),
            field("开工率", "68.3"),
            mark("_GoBack", "%，"),
            r("待核", '<w:highlight w:val="yellow"/>'),
            comment(0, "请看这里"),
            Xml('<w:proofErr w:type="spellStart"/><w:permEnd w:id="5"/>'),
            run(RENDERED_BREAK + "<w:t>下一页</w:t>"),
        ),
        p(control("单位", "区发展改革局"), box(p(field("地区", "清河区")))),
        p(note(1), shape()),
        footnotes=[p(field("出处", "见附表"))],
        headers={"default": p(field("页眉", "内部"))},
        comments=["李四：请核"],
    )
    content = changed(content, MAIN, 'name="框"', r'name="C:\张三\图.png"')
    content = changed(
        content, MAIN, "<w:p><w:r>", '<w:p w:rsidR="00A1" w:rsidP="00B2"><w:r>'
    )
    bound = '<w:tag w:val="单位"/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>'
    content = changed(content, MAIN, '<w:tag w:val="单位"/>', bound)
    settings = (
        '<w:attachedTemplate r:id="rId9"/><w:trackRevisions/><w:evenAndOddHeaders/>'
        '<w:docVars><w:docVar w:name="作者" w:val="张三"/></w:docVars>'
        '<w:rsids><w:rsidRoot w:val="00A1"/><w:rsid w:val="00A1"/></w:rsids>'
    )
    content = changed(content, SETTINGS, "<w:evenAndOddHeaders/>", settings)
    return with_parts(
        content,
        {
            "customXml/item1.xml": (
                f"{OFFICE}/customXml",
                "application/xml",
                '<r:record xmlns:r="urn:assembler:record:1" by="张三"/>',
            ),
            "word/people.xml": (
                "http://schemas.microsoft.com/office/2011/relationships/people",
                PEOPLE_TYPE,
                '<p:people xmlns:p="urn:p"><p:person p:author="张三"/></p:people>',
            ),
        },
    )


def test_what_a_person_and_programs_left_behind_is_gone() -> None:
    assert traces(worked_on())
    assert traces(clean(worked_on())) == {}


def test_the_text_of_every_story_stays() -> None:
    before, after = worked_on(), clean(worked_on())
    for part in (MAIN, "word/header1.xml", "word/footnotes.xml"):
        assert lines(after, part) == lines(before, part)


@pytest.mark.validator
def test_a_clean_copy_validates(tmp_path: Path) -> None:
    path = tmp_path / "稿子.docx"
    for content in (worked_on(), *bundled_drafts().values()):
        path.write_bytes(clean(content))
        assert validation_errors(path) == []


@pytest.mark.parametrize("name", ["工作部署", "总结推进", "问题整改"])
def test_a_bundled_draft_leaves_no_trace_but_its_text(name: str) -> None:
    draft = bundled_drafts()[name]
    copy = clean(draft)
    assert traces(copy) == {}
    assert lines(copy) == lines(draft)
    members = unzipped(copy)
    assert not any(member.startswith(("customXml", "docProps")) for member in members)
    assert "bookmarkStart" not in members[MAIN].decode()


def test_cleaning_twice_is_cleaning_once() -> None:
    for content in (worked_on(), *bundled_drafts().values()):
        assert clean(clean(content)) == clean(content)


def test_python_docx_opens_a_clean_copy() -> None:
    opened = WordDocument(io.BytesIO(clean(bundled_drafts()["总结推进"])))
    assert opened.paragraphs[-1].text == "谢谢大家。"


def test_a_bookmark_that_a_field_refers_to_stays() -> None:
    content = document(
        p(mark("_Ref1", "第一项"), mark("_Toc1", "没人引用")),
        p(complex_field(" REF _Ref1 \\h ", "第一项")),
    )
    main = unzipped(clean(content))[MAIN].decode()
    assert "_Ref1" in main
    assert "_Toc1" not in main


def test_a_cross_reference_to_a_field_keeps_its_target_under_another_name() -> None:
    content = document(
        p(field("开工率", "68.3"), "%"),
        p("上述", simple_field(" REF 字段_开工率 ", "68.3"), "%"),
        headers={"default": p(complex_field(" REF 字段_开工率 ", "68.3"))},
    )
    members = unzipped(clean(content))
    assert "字段" not in members[MAIN].decode() + members["word/header1.xml"].decode()
    assert members[MAIN].decode().count("_Ref000000001") == 2
    assert "_Ref000000001" in members["word/header1.xml"].decode()


def test_a_link_to_a_file_becomes_plain_text_and_others_stay() -> None:
    content = document(p(link("附件"), link("网站")))
    for words, identifier in (("附件", "f1"), ("网站", "w1")):
        anchor = f'<w:hyperlink w:anchor="那里"><w:r><w:t xml:space="preserve">{words}'
        content = changed(
            content,
            MAIN,
            anchor,
            anchor.replace('w:anchor="那里"', f'r:id="{identifier}"'),
        )
    relation = (
        '<Relationship Id="{}" Type="' + OFFICE + '/hyperlink" Target="{}"'
        ' TargetMode="External"/>'
    )
    both = relation.format("f1", "file:///C:/张三/表.xlsx") + relation.format(
        "w1", "https://example.org/"
    )
    content = changed(content, RELATIONS, "</Relationships>", f"{both}</Relationships>")
    copy = clean(content)
    assert lines(copy) == ["附件网站"]
    assert traces(copy) == {}
    assert unzipped(copy)[MAIN].decode().count("<w:hyperlink") == 1
    assert "https://example.org/" in unzipped(copy)[RELATIONS].decode()


def test_pictures_and_what_they_refer_to_stay() -> None:
    image = ("word/media/图.bin", "application/octet-stream", "\x01\x02")
    content = with_parts(
        document(p(BODY)), {image[0]: (f"{OFFICE}/image", image[1], image[2])}
    )
    members = unzipped(clean(content))
    assert members["word/media/图.bin"] == b"\x01\x02"
    assert "word/media/图.bin" in members[RELATIONS].decode()


def test_members_that_nothing_leads_to_are_left_out() -> None:
    members = unzipped(document(p(BODY)))
    stray = zipped(members | {"word/旧稿.xml": b"<a/>", "docMetadata/x.xml": b"<a/>"})
    assert set(unzipped(clean(stray))) == set(members)


def test_an_empty_run_of_a_comments_number_goes_with_it() -> None:
    content = document(p("甲", comment(0, "乙"), "丙"), comments=["请核"])
    main = unzipped(clean(content))[MAIN].decode()
    assert main.count("<w:r>") == 3
