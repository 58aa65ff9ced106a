"""Constant text with slots: what is put in, and what is left out."""

import pytest

from assembler.program import (
    END_MARK,
    compile_text,
    run,
    slot_mark,
    when_mark,
)

FIELDS = ["甲", "乙", "丙"]


def marked(*pieces: str | tuple[str]) -> str:
    return "".join(p if isinstance(p, str) else f"<{p[0]}>" for p in pieces)


def result(text: str, **values: str) -> str:
    program = compile_text(text, "<", ">", FIELDS)
    return run(program, dict.fromkeys(FIELDS, "") | values)


@pytest.mark.parametrize("text", ["", "今年", "\n", ">"])
def test_text_without_marks_stays_as_it_is(text: str) -> None:
    assert result(text) == text


def test_texts_go_into_their_slots() -> None:
    text = marked("今年", (slot_mark(1),), (slot_mark(0),), "。", (slot_mark(1),))
    assert result(text, 甲="3", 乙="4") == "今年43。4"


def test_a_value_is_never_read_as_a_mark() -> None:
    text = marked((slot_mark(0),), (slot_mark(1),))
    assert result(text, 甲=f"<{slot_mark(1)}>", 乙="4") == "<slot 1>4"


@pytest.mark.parametrize(
    ("every", "values", "shown"),
    [
        (False, {}, "（）"),
        (False, {"乙": "4"}, "（和）"),
        (False, {"甲": "3", "乙": "4"}, "（和）"),
        (True, {"乙": "4"}, "（）"),
        (True, {"甲": "3", "乙": "4"}, "（和）"),
    ],
)
def test_a_stretch_stands_if_any_or_all_of_its_fields_have_a_value(
    every: bool,  # noqa: FBT001 - a column of the table
    values: dict[str, str],
    shown: str,
) -> None:
    opening = when_mark([0, 1], every=every)
    assert result(marked("（", (opening,), "和", (END_MARK,), "）"), **values) == shown


def test_stretches_nest() -> None:
    text = marked(
        (when_mark([0, 1], every=False),),
        (slot_mark(0),),
        (when_mark([0, 1], every=True),),
        "、",
        (END_MARK,),
        (slot_mark(1),),
        (END_MARK,),
        "。",
    )
    assert result(text, 甲="3", 乙="4") == "3、4。"
    assert result(text, 乙="4") == "4。"
    assert result(text) == "。"
