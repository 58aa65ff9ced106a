"""Which of this program's comments speak of a place."""

import pytest

from assembler.comments import AUTHOR, COMMENT_MARKS, Comments
from assembler.package import parse_package
from assembler.places import Place, Trace
from assembler.remarks import Remarks
from assembler.stream import marked_paragraphs
from assembler.wordml import RUN, Story, parse
from tests.documents import changed, comment, document, p

CONFLICT = "数据更新：投资现在应是“15.8”。"
OF_ANOTHER = "数据更新：项目数现在应是“250”。"
OTHER = "合并记录没有了：这里原来是“11”。"


def opened(*content: str, says: str) -> tuple[Comments, Remarks, Place]:
    """The comments of a paragraph, and the place of its figure 12.6."""
    plain = document(p(*content), comments=[says])
    ours = changed(
        plain, "word/comments.xml", 'w:author="张三"', f'w:author="{AUTHOR}"'
    )
    package = parse_package(ours, "稿子.docx")
    root = parse(package.data(package.main_part))
    (paragraph,) = marked_paragraphs(Story(package.main_part, "正文"), root)
    start = paragraph.text.index("12.6")
    place = Place(
        field="投资",
        name="字段_投资",
        base="12.6",
        touched=False,
        certain=True,
        trace=Trace.MARK,
        paragraph=paragraph,
        start=start,
        end=start + 4,
        bookmark=None,
    )
    comments = Comments(package)
    return comments, Remarks(comments, root), place


@pytest.mark.parametrize(
    ("content", "says", "is_about", "is_conflict"),
    [
        (("完成投资", comment(0, "12.6"), "亿元。"), CONFLICT, True, True),
        (("完成投资", comment(0, "12.6"), "亿元。"), OTHER, True, False),
        # Touching it on either side, as other programs leave comments.
        (("完成投资12.6", comment(0, "亿元"), "。"), OTHER, True, False),
        (("完成", comment(0, "投资"), "12.6亿元。"), OTHER, True, False),
        (("完成投资12.6亿", comment(0, "元"), "。"), CONFLICT, False, False),
        (("完", comment(0, "成投"), "资12.6亿元。"), CONFLICT, False, False),
        # Of a longer stretch only what names the field is about its figure.
        (("完成", comment(0, "投资12.6亿元"), "。"), OTHER, False, False),
        (("完成", comment(0, "投资12.6亿元"), "。"), CONFLICT, True, True),
        (("完成", comment(0, "投资12.6亿元"), "。"), OF_ANOTHER, False, False),
        (("完成投资", comment(0, "12.6"), "亿元。"), OF_ANOTHER, True, False),
    ],
)
def test_comments_at_a_place_and_on_no_longer_stretch_are_about_it(
    content: tuple[str, ...], says: str, *, is_about: bool, is_conflict: bool
) -> None:
    _, remarks, place = opened(*content, says=says)
    assert remarks.about(place) == (["0"] if is_about else [])
    assert remarks.conflict(place) == (["0"] if is_conflict else [])


def test_a_comment_of_somebody_else_is_never_ours() -> None:
    content = document(p("投资", comment(0, "12.6"), "亿元"), comments=[CONFLICT])
    package = parse_package(content, "稿子.docx")
    assert Comments(package).ours() == {}


def test_a_comment_is_written_anew_only_if_it_says_something_else() -> None:
    comments, remarks, place = opened("投资", comment(0, "12.6"), "亿元", says=CONFLICT)
    runs = list(place.paragraph.element.iter(RUN))
    assert not remarks.say(runs, CONFLICT, ["0"])
    assert comments.ours() == {"0": CONFLICT}
    newer = CONFLICT.replace("15.8", "16.2")
    assert remarks.say(runs, newer, ["0"])
    assert comments.ours() == {"0": newer}
    assert remarks.say(runs, OTHER, [])
    assert sorted(comments.ours().values()) == sorted([newer, OTHER])


def test_a_comment_that_is_taken_out_leaves_neither_text_nor_mark() -> None:
    comments, remarks, place = opened("投资", comment(0, "12.6"), "亿元", says=CONFLICT)
    remarks.clear(remarks.about(place))
    assert remarks.about(place) == []
    assert comments.ours() == {}
    assert list(place.paragraph.element.iter(*COMMENT_MARKS)) == []
