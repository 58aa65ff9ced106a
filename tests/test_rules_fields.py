"""A draft's figures held to what merge knew of them, after somebody edited it."""

from pathlib import Path

import pytest

from assembler.document import Document, Remark
from assembler.findings import Severity
from assembler.rules_fields import fields
from tests.documents import MAIN, bookmark_texts, changed, document, field, p, unzipped
from tests.documents import guide as guide_table
from tests.drafting import draft

GUIDE = (
    ("子项目数", "数量", "个", "", ""),
    ("已开工数", "数量", "个", "", ""),
    ("开工率", "百分比", "%", "已开工数 / 子项目数", ""),
    ("完工数", "数量", "个", "", ""),
    ("在建数", "数量", "个", "", ""),
    ("投资", "金额", "亿元", "", ""),
    ("牵头单位", "单位", "", "", ""),
    ("校核", "", "", "完工数 + 在建数 = 已开工数", ""),
)
VALUES = {
    "子项目数": "240",
    "已开工数": "164",
    "开工率": "68.3",
    "完工数": "64",
    "在建数": "100",
    "投资": "12.6",
    "牵头单位": "区发展改革局",
}
TEXT = (
    p("子项目", field("子项目数", "x"), "个，已开工", field("已开工数", "x"), "个，"),
    p("开工率", field("开工率", "X"), "%，完成投资", field("投资", "X"), "亿元。"),
    p("其中完工", field("完工数", "x"), "个、在建", field("在建数", "x"), "个。"),
    p("这", field("子项目数__2", "x"), "个子项目由", field("牵头单位", "X"), "牵头。"),
    p(field("牵头单位__2", "X"), "每月通报", field("投资__2", "X"), "亿元投资进展。"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the template beside the draft."""
    (tmp_path / "模板.docx").write_bytes(document(*TEXT, guide_table(*GUIDE)))
    return tmp_path


def edited(*edits: tuple[str, str]) -> bytes:
    """The draft after a person has replaced markup in it."""
    content = draft(document(*TEXT, guide_table(*GUIDE)), **VALUES)
    for old, new in edits:
        content = changed(content, MAIN, old, new)
    return content


def retyped(old: str, new: str) -> tuple[str, str]:
    return f">{old}<", f">{new}<"


def found(content: bytes, folder: Path) -> list[Remark]:
    return list(fields(Document.parse(content, str(folder / "稿子.docx"))))


def codes(content: bytes, folder: Path) -> list[str]:
    return [remark.code for remark in found(content, folder)]


def nth(name: str, old: str, new: str) -> tuple[str, str]:
    """An edit of the text in the bookmark of one place."""
    content = draft(document(*TEXT, guide_table(*GUIDE)), **VALUES)
    markup = unzipped(content)[MAIN].decode()
    start = markup.index(f'w:name="字段_{name}"')
    end = markup.index("<w:bookmarkEnd", start)
    before = markup[start:end]
    return before, before.replace(f">{old}<", f">{new}<")


def rewritten(name: str, text: str) -> tuple[str, str]:
    """An edit by which a paragraph says something else, bookmarks and all."""
    content = draft(document(*TEXT, guide_table(*GUIDE)), **VALUES)
    markup = unzipped(content)[MAIN].decode()
    place = markup.index(f'w:name="字段_{name}"')
    start = markup.rindex("<w:p>", 0, place)
    return markup[start : markup.index("</w:p>", place) + len("</w:p>")], p(text)


ALL_GONE = [
    rewritten("子项目数", "今年项目不少，"),
    rewritten("牵头单位", "有关单位要负起责任来。"),
]
WRONG = {
    "formula-mismatch": [
        ("a share was changed", [retyped("68.3", "86.3")]),
        ("a part was changed, its share was not", [retyped("164", "174")]),
        ("the whole was changed in both places", [retyped("240", "250")]),
        ("digits were swapped", [retyped("164", "146")]),
        ("a decimal was lost", [retyped("68.3", "63.8")]),
    ],
    "relation-broken": [
        ("a part was changed", [retyped("64", "65")]),
        ("the other part was changed", [retyped("100", "110")]),
        ("both parts were changed", [retyped("64", "70"), retyped("100", "90")]),
        ("the sum was changed", [retyped("164", "174")]),
        ("digits were swapped", [retyped("64", "46")]),
    ],
    "value-conflict": [
        ("the first place was changed", [nth("子项目数", "240", "242")]),
        ("the second place was changed", [nth("子项目数__2", "240", "242")]),
        ("an amount was changed once", [nth("投资__2", "12.6", "16.2")]),
        ("a decimal point was lost", [nth("投资", "12.6", "126")]),
        ("words were changed once", [nth("牵头单位__2", "区发展改革局", "区住建局")]),
    ],
    "lost-field": [
        ("a sentence was rewritten", [rewritten("开工率", "开工情况总体较好。")]),
        ("a sentence was deleted", [rewritten("完工数", "")]),
        ("figures were moved to an annex", [rewritten("完工数", "详见附表。")]),
        ("all places of a field are gone", ALL_GONE),
        ("words for a figure", [rewritten("开工率", "开工率超过六成，投资平稳增长。")]),
    ],
}
RIGHT = {
    "formula-mismatch": [
        ("nothing was changed", []),
        (
            "part and share were changed",
            [retyped("164", "168"), retyped("68.3", "70.0")],
        ),
        ("fewer decimals, rightly rounded", [retyped("68.3", "68")]),
        ("more decimals, rightly rounded", [retyped("68.3", "68.33")]),
        ("words around were changed", [("已开工", "已经开工建设")]),
    ],
    "relation-broken": [
        ("nothing was changed", []),
        ("parts and sum agree", [retyped("64", "65"), retyped("100", "99")]),
        ("written out", [retyped("100", "一百")]),
        ("with a unit", [retyped("64", "64个")]),
        ("a field without relation", [retyped("12.6", "13.6")]),
    ],
    "value-conflict": [
        ("nothing was changed", []),
        ("both places alike", [retyped("240", "242")]),
        ("the same number in hanzi", [nth("子项目数__2", "240", "二百四十")]),
        ("a zero more", [nth("投资__2", "12.6", "12.60")]),
        ("other fields differ", [retyped("64", "65")]),
    ],
    "lost-field": [
        ("nothing was changed", []),
        ("the bookmark alone is gone", [('w:name="字段_已开工数"', 'w:name="别的"')]),
        ("a field without formula", [rewritten("投资__2", "每月通报进展。")]),
        ("one of two places", [rewritten("牵头单位", "有关单位要牵头。")]),
        ("a value was changed", [retyped("164", "174")]),
    ],
}


def cases(entries: dict[str, list[tuple[str, list[tuple[str, str]]]]]) -> list[object]:
    return [
        pytest.param(code, edits, id=f"{code}: {what}")
        for code, documents in entries.items()
        for what, edits in documents
    ]


def test_each_rule_has_five_wrong_and_five_right_drafts() -> None:
    assert WRONG.keys() == RIGHT.keys()
    for entries in (WRONG, RIGHT):
        assert all(len(documents) >= 5 for documents in entries.values())


@pytest.mark.parametrize(("code", "edits"), cases(WRONG))
def test_a_slip_of_the_hand_is_found(
    code: str, edits: list[tuple[str, str]], folder: Path
) -> None:
    assert code in codes(edited(*edits), folder)


@pytest.mark.parametrize(("code", "edits"), cases(RIGHT))
def test_a_right_correction_is_not_flagged(
    code: str, edits: list[tuple[str, str]], folder: Path
) -> None:
    assert code not in codes(edited(*edits), folder)


def test_the_remark_says_what_was_and_what_is(folder: Path) -> None:
    remarks = found(edited(retyped("164", "174")), folder)
    share = next(one for one in remarks if one.code == "formula-mismatch")
    assert share.severity is Severity.ERROR
    assert "68.3%" in share.message
    assert "72.5%" in share.message
    assert "已开工数合并时是 164，现在是 174" in share.message
    assert (share.field, share.paragraph) == ("开工率", 2)


def test_a_conflict_stands_at_the_place_that_was_changed(folder: Path) -> None:
    [conflict] = found(edited(nth("子项目数__2", "240", "242")), folder)
    assert conflict.paragraph == 4
    assert "这里是“242”" in conflict.message
    assert "第1段是“240”" in conflict.message
    assert conflict.severity is Severity.ERROR


def test_words_that_differ_are_only_a_warning(folder: Path) -> None:
    [conflict] = found(edited(nth("牵头单位__2", "区发展改革局", "该局")), folder)
    assert conflict.severity is Severity.WARNING


def test_a_figure_retyped_over_the_bookmarks_edge_is_read_whole(folder: Path) -> None:
    # LibreOffice leaves but the first digit that is typed inside.
    split = (">164</w:t></w:r>", ">1</w:t></w:r>"), ("个，</w:t>", "74个，</w:t>")
    content = edited(*split)
    assert "字段_已开工数" in dict(bookmark_texts(content))
    assert "formula-mismatch" in codes(content, folder)


def test_a_figure_that_lost_its_bookmark_is_still_reckoned_with(folder: Path) -> None:
    # Word deletes the bookmark of a figure that is typed over.
    content = edited(('w:name="字段_已开工数"', 'w:name="别的"'), retyped("164", "174"))
    assert "formula-mismatch" in codes(content, folder)


def test_the_template_is_not_needed(folder: Path) -> None:
    (folder / "模板.docx").unlink()
    assert "formula-mismatch" in codes(edited(retyped("164", "174")), folder)


def test_a_document_without_record_gives_nothing(folder: Path) -> None:
    assert found(document(*TEXT), folder) == []
