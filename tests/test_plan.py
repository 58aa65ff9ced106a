"""When two texts of a field say the same, however they are written."""

import pytest

from assembler.fields import Field
from assembler.figures import Kind
from assembler.plan import says_same


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
