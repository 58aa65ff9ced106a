"""Field names, and the bookmarks that carry them."""

import pytest

from assembler.names import (
    bookmark_name,
    field_of,
    is_field_bookmark,
    is_valid,
    nearest,
    normalised,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("开工率", "开工率"),
        (" 开 工　率 ", "开工率"),
        ("ＧＤＰ增速", "GDP增速"),
        ("第１项", "第1项"),
        ("", ""),
    ],
)
def test_heads_are_compared_without_width_and_blanks(text: str, name: str) -> None:
    assert normalised(text) == name


@pytest.mark.parametrize(
    "name", ["开工率", "GDP增速", "具体项目1", "_甲", "甲_乙", "甲__乙", "字" * 32]
)
def test_an_identifier_of_at_most_32_characters_is_a_name(name: str) -> None:
    assert is_valid(name)


@pytest.mark.parametrize(
    "name",
    ["", "1季度", "开工率(%)", "开工-率", "开 工", "甲·乙", "字" * 33, "百分之%"],
)
def test_what_word_takes_for_no_bookmark_is_no_name(name: str) -> None:
    assert not is_valid(name)


@pytest.mark.parametrize("name", ["项目__2", "项目__12", "项目_Copy_1"])
def test_a_name_that_would_read_as_another_places_mark_is_no_name(name: str) -> None:
    assert not is_valid(name)


@pytest.mark.parametrize(
    ("bookmark", "field"),
    [
        ("字段_开工率", "开工率"),
        ("字段_开工率__2", "开工率"),
        ("字段_开工率__12", "开工率"),
        ("字段_开工率_Copy_1", "开工率"),
        ("字段_开工率__2_Copy_1", "开工率"),
        ("字段_开工率_Copy_1_Copy_2", "开工率"),
        ("字段_甲__乙", "甲__乙"),
        ("字段_甲_2", "甲_2"),
        ("字段_ＧＤＰ", "GDP"),
        ("字段_", None),
        ("_GoBack", None),
        ("_Toc123", None),
        ("开工率", None),
    ],
)
def test_a_bookmark_says_which_field_it_carries(
    bookmark: str, field: str | None
) -> None:
    assert field_of(bookmark) == field
    assert is_field_bookmark(bookmark) == (field is not None)


def test_the_bookmarks_of_a_field_lead_back_to_it() -> None:
    for name in ("开工率", "甲_2", "字" * 32):
        for place in (1, 2, 11):
            bookmark = bookmark_name(name, place)
            assert field_of(bookmark) == name
            assert len(bookmark) <= 40


def test_a_slip_of_the_pen_is_near_to_the_right_name() -> None:
    names = ["开工率", "完工数", "上年全年投资"]
    assert nearest("开共率", names) == "开工率"
    assert nearest("上年投资", names) == "上年全年投资"
    assert nearest("讲话人", names) is None
