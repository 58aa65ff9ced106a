"""What says the same however it is written, and what becomes of a place then."""

from pathlib import Path

import pytest

from assembler.fields import Field
from assembler.figures import Kind
from assembler.plan import says_same
from tests.documents import document, guide, p
from tests.documents import field as blank
from tests.offices import Office


@pytest.mark.parametrize(
    ("kind", "unit", "one", "other", "same"),
    [
        (Kind.COUNT, "个", "1,200", "1200", True),
        (Kind.COUNT, "个", "1200", "1201", False),
        (Kind.AMOUNT, "亿元", "15.80", "15.8", True),
        (Kind.AMOUNT, "亿元", "十五点八", "15.8", True),
        (Kind.AMOUNT, "亿元", "15.8", "-15.8", False),
        (Kind.TENTHS, "", "一半", "五成", True),
        (Kind.TENTHS, "", "三成", "五成", False),
        (Kind.DATE, "", "2026年3月5日", "2026-03-05", True),
        (Kind.DATE, "", "2026年3月5日", "2026-03-06", False),
        (Kind.DATE, "", "2026年3月5日", "2025年3月5日", False),
        (Kind.PERSON, "", "陆知远", "陆知远", True),
        (Kind.PERSON, "", "陆知远", "贺同舟", False),
        # Nobody can tell what these say, but the same words say the same.
        (Kind.COUNT, "个", "大半", "大半", True),
        (Kind.COUNT, "个", "大半", "多半", False),
        (Kind.COUNT, "个", "大半", "120", False),
    ],
)
def test_what_says_the_same(
    kind: Kind, unit: str, one: str, other: str, *, same: bool
) -> None:
    field = Field("字段", kind, unit, None, "", optional=False, default=None, places=())
    assert says_same(field, one, other) is same
    assert says_same(field, other, one) is same


def test_a_value_that_the_new_data_leave_out_is_taken_out_of_the_speech(
    tmp_path: Path,
) -> None:
    template = tmp_path / "模板.docx"
    template.write_bytes(
        document(
            p("今年完成投资", blank("投资", "X"), "亿元", blank("补充", "X"), "。"),
            guide(("补充", "文字", "", "", "选填")),
        )
    )
    row = {"文件名": "讲话", "投资": "12.6", "补充": "，好于去年"}
    office = Office(tmp_path, template, row)
    office.merge()
    office.refresh({"补充": ""})
    assert office.says() == ("今年完成投资12.6亿元。",)
    office.refresh({"补充": "，来之不易"})
    assert office.says() == ("今年完成投资12.6亿元，来之不易。",)
