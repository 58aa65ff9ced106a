"""A speech set as a template: styles, blanks, guide, and equal bytes."""

import io

import docx
import pytest

from assembler.guide import Guide, GuideRelation, GuideRow, read_guide
from assembler.layout import Blank, Role, SpeechParagraph, set_speech, skeleton
from assembler.package import parse_package
from assembler.wordml import parse
from tests.documents import MAIN, bookmark_texts, root_of, unzipped
from tests.drafting import draft, template

GUIDE = Guide(
    {
        "开工率": GuideRow("开工率", "百分比", "%", "已开工数 / 子项目数", "占比"),
        "讲话人": GuideRow("讲话人", "人名", "", "", "选填。姓名"),
    },
    (
        GuideRelation("甲 + 乙 = 丙", "相加", soft=False),
        GuideRelation("甲 <= 丙", "", soft=True),
    ),
)
SPEECH = (
    SpeechParagraph(Role.TITLE, ("在会上的讲话",)),
    SpeechParagraph(Role.DATE, ("（", Blank("X年X月X日", "会议日期"), "）")),
    SpeechParagraph(Role.SPEAKER, (Blank("X", "讲话人"),)),
    SpeechParagraph(Role.SALUTATION, ("同志们：",)),
    SpeechParagraph(Role.BODY, ("今年开工率", Blank("X.8", "开工率"), "%。好。")),
    SpeechParagraph(
        Role.LEVEL_1, ("第一，要抓", Blank("X", "重点"), "。具体说。再说。")
    ),
    SpeechParagraph(Role.LEVEL_2, ("一是没有句号的",)),
    SpeechParagraph(Role.LEVEL_3, ("（1）小标题。内容",)),
    SpeechParagraph(Role.BODY, ("又是", Blank("X.8", "开工率"), "%。")),
    SpeechParagraph(Role.CLOSING, ("谢谢大家！",)),
)


def read(content: bytes) -> "docx.document.Document":
    return docx.Document(io.BytesIO(content))


def test_a_speech_is_set_in_the_styles_of_its_roles() -> None:
    found = [
        (paragraph.style.name if paragraph.style else "", paragraph.text)
        for paragraph in read(set_speech(SPEECH, Guide({}), "题")).paragraphs
    ]
    assert found == [
        ("Title", "在会上的讲话"),
        ("Date", "（X年X月X日）"),
        ("讲话人", "X"),
        ("Salutation", "同志们："),
        ("Body Text", "今年开工率X.8%。好。"),
        ("Heading 1", "第一，要抓X。具体说。再说。"),
        ("Heading 2", "一是没有句号的"),
        ("Heading 3", "（1）小标题。内容"),
        ("Body Text", "又是X.8%。"),
        ("Closing", "谢谢大家！"),
    ]


@pytest.mark.parametrize(
    ("number", "heads"),
    [(5, ["第一，要抓", "X", "。"]), (6, ["一是没有句号的"]), (7, ["（1）小标题。"])],
)
def test_a_run_in_heading_ends_with_its_first_sentence(
    number: int, heads: list[str]
) -> None:
    paragraph = read(set_speech(SPEECH, Guide({}), "题")).paragraphs[number]
    styled = [
        run.text
        for run in paragraph.runs
        if run.style is not None and run.style.name != "Default Paragraph Font"
    ]
    assert styled == heads


def test_blanks_are_bookmarked_and_places_counted() -> None:
    made = set_speech(SPEECH, Guide({}), "题")
    assert bookmark_texts(made) == [
        ("字段_会议日期", "X年X月X日"),
        ("字段_讲话人", "X"),
        ("字段_开工率", "X.8"),
        ("字段_重点", "X"),
        ("字段_开工率__2", "X.8"),
    ]


def test_the_guide_is_read_as_it_was_set() -> None:
    made = set_speech(SPEECH, GUIDE, "题")
    assert read_guide(parse(unzipped(made)[MAIN])) == GUIDE


def test_a_speech_without_a_guide_ends_with_its_closing() -> None:
    body = root_of(set_speech(SPEECH, Guide({}), "题"))[0]
    assert [e.tag.rpartition("}")[2] for e in body][-2:] == ["p", "sectPr"]
    assert list(body.iter("{*}tbl")) == []


def test_the_guides_head_row_repeats_and_its_widths_fill_the_page() -> None:
    made = set_speech(SPEECH, GUIDE, "题")
    head, *rows = root_of(made).iter("{*}tr")
    assert head.find("{*}trPr/{*}tblHeader") is not None
    assert all(line.find("{*}trPr/{*}tblHeader") is None for line in rows)
    (found,), (page,) = read(made).tables, read(made).sections
    room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    widths = [column.width or 0 for column in found.columns]
    assert len(widths) == 5
    assert abs(sum(widths) / room - 1) < 0.01


def test_what_is_set_is_a_template_that_fills() -> None:
    made = set_speech(SPEECH, GUIDE, "题")
    opened = template(made)
    assert list(opened.fields) == ["会议日期", "讲话人", "开工率", "重点"]
    texts = [paragraph.text for paragraph in read(draft(made, 讲话人="")).paragraphs]
    assert texts[:3] == ["在会上的讲话", "（《会议日期》）", "同志们："]
    assert texts[-1] == "谢谢大家！"


def test_equal_speeches_give_equal_bytes_and_the_title_is_a_property() -> None:
    made = set_speech(SPEECH, GUIDE, "推进会讲话")
    assert made == set_speech(SPEECH, GUIDE, "推进会讲话")
    assert read(made).core_properties.title == "推进会讲话"


def test_the_skeleton_is_an_empty_document() -> None:
    package = parse_package(skeleton(), "骨架.docx")
    assert {r.type for r in package.relationships(package.main_part)} >= {
        "styles",
        "footer",
        "settings",
    }
    assert [paragraph.text for paragraph in read(skeleton()).paragraphs] == []
