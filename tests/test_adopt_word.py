"""A Word document becomes a template in place: what it looks like stays."""

from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest

from assembler.adopt import Adopted, Adoption, AdoptOptions, adopt, open_source
from assembler.errors import TemplateError
from assembler.figures import Kind
from assembler.guide import read_guide
from assembler.template import Template
from tests.documents import (
    MAIN,
    Xml,
    bookmark_texts,
    box,
    cell,
    changed,
    complex_field,
    control,
    document,
    field,
    guide,
    inserted,
    lines,
    link,
    p,
    r,
    root_of,
    row,
    table,
    unzipped,
)
from tests.programs import libreoffice, validation_errors

Adopt = Callable[..., Adoption]
BOLD = "<w:b/>"


@pytest.fixture
def adopted(tmp_path: Path) -> Adopt:
    """Adopt a document in a folder of its own."""

    def run(content: bytes, name: str = "去年讲话.docx") -> Adoption:
        source = tmp_path / name
        source.write_bytes(content)
        return adopt(open_source(source, repair=True), AdoptOptions(tmp_path / "模板"))

    return run


def only(adoption: Adoption) -> Adopted:
    [one] = adoption.adopted
    return one


def marked(one: Adopted, part: str = MAIN) -> list[tuple[str, str]]:
    """Name and mask of each field of a part, without 字段_."""
    found = bookmark_texts(one.template.read_bytes(), part)
    return [(name.removeprefix("字段_"), text) for name, text in found]


def everything() -> bytes:
    """Masks cut into runs, bold, in a table, header, footer, note and text box."""
    return document(
        p("在全区项目推进会上的讲话", properties='<w:jc w:val="center"/>'),
        p("同志们："),
        p("今年安排重点项目", r("X", BOLD), r("X"), "个，已开工", r("X"), "个。"),
        p(r("已完工项目", BOLD), r("X", BOLD), r("X个", BOLD), "，投资 XX 亿元。"),
        table(
            row("指标", "数值（亿元）"),
            row("固定资产投资", cell(p(r("X"), r("X.X")))),
            row("税收收入", "X"),
        ),
        p(box(p("本月完成投资X亿元"), p("由XX局负责"))),
        p("请[牵头领导]同志牵头。" + "各项工作有序推进，但是差距仍然存在。" * 20),
        headers={"default": p("第X期")},
        footers={"default": p("印发X份")},
        footnotes=[p("截至X月底")],
    )


def test_blanks_in_all_stories_become_fields(adopted: Adopt) -> None:
    one = only(adopted(everything()))
    assert [text for _, text in marked(one)] == [
        *("XX", "X", "XX", " XX ", "XX.X", "X"),
        *("X", "XX", "X", "XX"),  # the box and, once more, its fallback
        "[牵头领导]",
    ]
    assert [text for _, text in marked(one, "word/header1.xml")] == ["X"]
    assert [text for _, text in marked(one, "word/footer1.xml")] == ["X"]
    assert [text for _, text in marked(one, "word/footnotes.xml")] == ["X"]


def test_no_word_of_the_document_changes(adopted: Adopt) -> None:
    before = everything()
    after = only(adopted(before)).template.read_bytes()
    count = len(lines(before))
    assert lines(after)[:count] == lines(before)
    for part in ("word/header1.xml", "word/footer1.xml", "word/footnotes.xml"):
        assert lines(after, part) == lines(before, part)


def test_parts_without_blanks_are_carried_over_byte_for_byte(adopted: Adopt) -> None:
    before = unzipped(everything())
    after = unzipped(only(adopted(everything())).template.read_bytes())
    same = {name for name, data in before.items() if after[name] == data}
    assert set(before) - same == {
        MAIN,
        "word/header1.xml",
        "word/footer1.xml",
        "word/footnotes.xml",
    }


def test_a_box_and_its_fallback_have_fields_of_one_name(adopted: Adopt) -> None:
    found = marked(only(adopted(document(p(box(p("完成投资X亿元")))))))
    assert found == [("完成投资", "X")] * 2


def test_cells_are_named_after_their_row_and_column(adopted: Adopt) -> None:
    content = document(
        table(
            row("单位", "重点项目数", "开工率（%）"),
            row("禾丰镇", "X", "X"),
            row("栖梧镇", "X", "X%"),
            columns=3,
        )
    )
    one = only(adopted(content))
    fields = Template.open(one.template).fields
    assert list(fields) == [
        "禾丰镇重点项目数",
        "禾丰镇开工率",
        "栖梧镇重点项目数",
        "栖梧镇开工率",
    ]
    rate = fields["栖梧镇开工率"]
    assert (rate.kind, rate.unit) == (Kind.PERCENT, "%")
    assert rate.note == "表格里“栖梧镇”“开工率”这一格"


def test_the_template_opens_and_its_sheet_lists_each_field(adopted: Adopt) -> None:
    one = only(adopted(everything()))
    fields = Template.open(one.template).fields
    rows = one.sheet.read_text("utf-8-sig").splitlines()
    assert [line.partition(",")[0] for line in rows[2:]] == list(fields)


def test_adopting_a_template_again_changes_nothing(
    adopted: Adopt, tmp_path: Path
) -> None:
    first = only(adopted(everything()))
    again = adopted(first.template.read_bytes(), "模板.docx")
    assert (again.is_template, again.adopted) == (True, ())
    assert {path.name for path in (tmp_path / "模板").iterdir()} == {
        first.template.name,
        first.sheet.name,
    }


@pytest.mark.parametrize(
    "content",
    [
        document(p("开工率", field("开工率", "X"), "%。")),
        document(p("开工率{{ 开工率 }}%。")),
        document(p("开工率", control("开工率", "X"), "%。")),
        document(p("开工率", complex_field(" MERGEFIELD 开工率 ", "X"), "%。")),
        document(p("[项目名称]已完工。"), guide(("项目名称", "文字", "", "", ""))),
    ],
    ids=["bookmark", "tag", "control", "mergefield", "bracket"],
)
def test_fields_of_every_notation_are_left_alone(
    adopted: Adopt, content: bytes
) -> None:
    assert adopted(content).is_template


def test_a_template_with_a_new_blank_gets_one_more_field(adopted: Adopt) -> None:
    content = document(
        p("开工率", field("开工率", "X"), "%，完工率X%。"),
        guide(
            ("开工率", "百分比", "%", "", "说明文字"),
            ("校核", "", "", "开工率 <= 100", ""),
        ),
    )
    one = only(adopted(content, "进度.docx"))
    assert one.template.name == "进度_新.docx"
    assert marked(one) == [("开工率", "X"), ("完工率", "X")]
    found = read_guide(root_of(one.template.read_bytes()))
    assert found is not None
    assert list(found.rows) == ["开工率", "完工率"]
    assert found.rows["开工率"].note == "说明文字"
    assert [relation.text for relation in found.relations] == ["开工率 <= 100"]


def test_a_new_blank_of_a_taken_name_gets_another_and_a_doubt(adopted: Adopt) -> None:
    content = document(
        p("开工率", field("开工率", "X"), "%。"), p("全区开工率是X%。", "开工率X%。")
    )
    one = only(adopted(content))
    assert len({name for name, _ in marked(one)}) == 3
    assert "doubtful-name" in {finding.code for finding in one.doubts}


def test_brackets_without_a_guide_become_fields(adopted: Adopt) -> None:
    one = only(adopted(document(p("由[牵头单位]负责。"))))
    assert marked(one) == [("牵头单位", "[牵头单位]")]


def test_an_empty_merge_field_before_a_mask_does_not_move_it(adopted: Adopt) -> None:
    content = document(p("由", complex_field(" MERGEFIELD 单位名 "), "办结X件。"))
    assert marked(only(adopted(content))) == [("办结件数", "X")]


def test_a_mask_in_inserted_text_is_a_field(adopted: Adopt) -> None:
    assert marked(only(adopted(document(p("开工率", inserted("X"), "%。")))))


def test_a_hint_goes_and_is_kept_in_the_guide(adopted: Adopt) -> None:
    one = only(adopted(document(p("受理XX 件", r("（据实填写）", BOLD), "。"))))
    assert lines(one.template.read_bytes())[0] == "受理XX 件。"
    [mend] = one.repairs
    assert (mend.before, mend.after) == ("（据实填写）", "")
    assert Template.open(one.template).fields[one.marks[0].name].note == "据实填写"


def test_what_copying_broke_is_listed_and_left(adopted: Adopt) -> None:
    content = document(p("項目推進(jìn)X个，我們要抓緊抓實,完成任務。"))
    one = only(adopted(content))
    assert lines(one.template.read_bytes())[0] == lines(content)[0]
    assert "unrepaired" in {finding.code for finding in one.doubts}
    assert one.repairs == ()


def test_a_blank_that_crosses_a_link_is_refused_with_its_place(
    adopted: Adopt, tmp_path: Path
) -> None:
    with pytest.raises(TemplateError) as caught:
        adopted(document(p("开工率X"), p("完工率X", link("X%"), "。")))
    [problem] = caught.value.findings
    assert (problem.code, problem.paragraph) == ("crossing-field", 2)
    assert not (tmp_path / "模板").exists()


def test_a_draft_is_refused(adopted: Adopt) -> None:
    one = only(adopted(document(p("开工率X%。"))))
    draft = Template.open(one.template).render({"开工率": "68.3"})
    with pytest.raises(TemplateError, match="refresh"):
        adopted(draft, "稿子.docx")


def test_a_broken_tag_is_refused_with_its_place(adopted: Adopt) -> None:
    with pytest.raises(TemplateError) as caught:
        adopted(document(p("开工率X%。"), p("{% if 开工 %}")))
    assert [problem.paragraph for problem in caught.value.findings] == [2]


def test_a_template_document_becomes_a_document(adopted: Adopt) -> None:
    content = changed(
        document(p("开工率X%。")),
        "[Content_Types].xml",
        "document.main+xml",
        "template.main+xml",
    )
    one = only(adopted(content, "讲话.dotx"))
    types = unzipped(one.template.read_bytes())["[Content_Types].xml"]
    assert b"template.main" not in types


def test_an_empty_document_is_explained(adopted: Adopt) -> None:
    with pytest.raises(TemplateError, match="没有找到空白处"):
        adopted(document(Xml("")))


# Other programs ----------------------------------------------------------------------


@pytest.mark.validator
def test_the_validator_accepts_the_template(adopted: Adopt) -> None:
    assert validation_errors(only(adopted(everything())).template) == []


@pytest.mark.libreoffice
def test_the_pages_look_as_before(adopted: Adopt, tmp_path: Path) -> None:
    one = only(adopted(everything()))
    before, after = libreoffice(
        [tmp_path / "去年讲话.docx", one.template], tmp_path, "pdf"
    )
    with pdfplumber.open(before) as old, pdfplumber.open(after) as new:
        assert len(new.pages) == len(old.pages) + 1
        assert "字段说明" in (new.pages[-1].extract_text() or "")
        for own, other in zip(old.pages, new.pages, strict=False):
            images = [page.to_image(resolution=96).original for page in (own, other)]
            assert images[0].tobytes() == images[1].tobytes()
