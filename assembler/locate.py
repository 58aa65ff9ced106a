"""Where the fields of a template stand, and slots in their places.

Takes the parsed parts of a template, turns every notation into field bookmarks,
lists the places with the words around, and leaves in each place one run with an
empty text that holds the mark of its slot.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assembler.cutting import isolate
from assembler.errors import TemplateError
from assembler.findings import Finding, Severity
from assembler.names import field_of, is_field_bookmark, is_valid
from assembler.notations import (
    BOOKMARK,
    CROSSING,
    NESTED,
    TAG_NOTATION,
    UNNAMED,
    UNUSABLE_NAME,
    Marker,
    Refusal,
    Stretch,
    mark_brackets,
    unnamed_blanks,
)
from assembler.slots import Spot, fill_slots, mark_optional
from assembler.tags import TagError, logic_of, mark_simple_tags, stretch_of
from assembler.word_fields import mark_controls, mark_merge_fields
from assembler.wordml import (
    Bookmark,
    CrossingError,
    Element,
    Story,
    bookmark_span,
    bookmarks,
    paragraph_of,
    paragraphs,
    text_of,
)

_WORDS_AROUND = 12


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a field.

    Attributes:
        bookmark: the name of the bookmark there.
        mask: the characters that stand there in the template.
        notation: bookmark, bracket, control, mergefield or tag.
        part: the part's name in the package.
        label: the story's Chinese name.
        paragraph: number of the paragraph in its part, from 1.
        before: up to twelve characters before the mask.
        after: up to twelve characters behind it.
    """

    bookmark: str
    mask: str
    notation: str
    part: str
    label: str
    paragraph: int
    before: str
    after: str

    @property
    def excerpt(self) -> str:
        """The words around, the mask between 〖 and 〗."""
        return f"{self.before}〖{self.mask}〗{self.after}"

    @property
    def position(self) -> str:
        """Where it is, for people: 正文第3段."""
        return f"{self.label}第{self.paragraph}段"


@dataclass(frozen=True, slots=True)
class Located:
    """What was found in a template.

    Attributes:
        places: field name → its places, in reading order.
        optional: the fields that a row may leave out.
    """

    places: Mapping[str, tuple[Place, ...]]
    optional: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A story's part while it is looked through."""

    story: Story
    root: Element
    numbers: Mapping[Element, int]


def locate(
    roots: Mapping[Story, Element], optional: frozenset[str], name: str
) -> Located:
    """Find the fields of all parts and put slots in their places.

    Args:
        roots: story → root of its part, the guide already taken out; changed so
            that each place holds its slot.
        optional: the names of fields that the guide lets a row leave out.
        name: the template's file name, for messages.

    Returns:
        The places of all fields. The number in a slot's mark is the field's rank in
        them.

    Raises:
        TemplateError: with all problems as findings: blanks without a name, fields
            that cross the border of a link or a paragraph, overlapping fields,
            names that are too long, tags that cannot be understood.
    """
    marker = Marker(roots.values())
    looks = [_look_through(story, root, marker) for story, root in roots.items()]
    problems = [problem for look in looks for problem in look.problems]
    if problems:
        raise TemplateError(_summary(name, problems), tuple(problems))
    places: dict[str, list[Place]] = {}
    for look in looks:
        for field, place in look.places:
            places.setdefault(field, []).extend([place] if place else [])
    needed = frozenset(field for look in looks for field in look.needed)
    excused = optional | (places.keys() - needed)
    fields = list(places)
    fill_slots([spot for look in looks for spot in look.spots], fields)
    for root in roots.values():
        mark_optional(root, fields, excused)
    return Located({field: tuple(shown) for field, shown in places.items()}, excused)


@dataclass(frozen=True, slots=True)
class _Look:
    """What looking through a part brought.

    Attributes:
        spots: the field bookmarks, in document order.
        places: field and place in reading order; no place in the repetition of a
            text box.
        needed: the fields that a row must have.
        problems: what must be mended first.
    """

    spots: tuple[Spot, ...] = ()
    places: tuple[tuple[str, Place | None], ...] = ()
    needed: frozenset[str] = frozenset()
    problems: tuple[Finding, ...] = ()


def _look_through(story: Story, root: Element, marker: Marker) -> _Look:
    numbers = {p: number for number, p in enumerate(paragraphs(root), 1)}
    part = _Part(story, root, numbers)
    try:
        refused = _mark_notations(root, marker)
        spots, problems = _spots(part)
        logic = logic_of(root, {spot.stretch: spot.field for spot in spots})
    except TagError as error:
        return _Look(problems=(tag_problem(error, story, root),))
    refused += [
        blank
        for blank in unnamed_blanks(root)
        if not any(blank.stretch.overlaps(other.stretch) for other in refused)
    ]
    problems += [_refusal(part, r) for r in refused if r.stretch.paragraph in numbers]
    places = [(use.name, use.stretch, "", TAG_NOTATION) for use in logic.uses]
    for spot in spots:
        mark = spot.bookmark.name
        notation = marker.notations.get(mark, BOOKMARK)
        places.append((spot.field, spot.stretch, mark, notation))
    order = sorted(places, key=lambda place: _reading_order(part, place[1]))
    return _Look(
        tuple(spots),
        tuple((name, _place(part, s, mark, how)) for name, s, mark, how in order),
        logic.needed,
        tuple(problems),
    )


def _reading_order(part: _Part, stretch: Stretch) -> tuple[int, int]:
    # The repetition of a text box comes last: it has no number.
    return part.numbers.get(stretch.paragraph, len(part.numbers) + 1), stretch.start


def _mark_notations(root: Element, marker: Marker) -> list[Refusal]:
    refused = mark_controls(root, marker)
    refused += mark_merge_fields(root, marker)
    refused += mark_simple_tags(root, marker)
    refused += mark_brackets(root, marker)
    marker.settle(root)
    return refused


_REFUSALS = {
    CROSSING: (
        "字段有一半在超链接、域或修订里，填不进去",
        "请在模板里把它整个重新打一遍（不带链接和修订），再试。",
    ),
    NESTED: (
        "合并域“{name}”套在别的域（如 IF 域）里，本程序不计算域",
        "请把外面的域去掉，只留合并域；要按条件取舍，请用 {{% if %}} 标签。",
    ),
    UNNAMED: (
        "空白处没有名字，不知道该填哪一列",
        (
            "请先用 assembler adopt 给空白处起名，"
            "或者在 Word 里选中它，插入名为“字段_名称”的书签。"
        ),
    ),
    UNUSABLE_NAME: (
        "字段名“{name}”不能用",
        "字段名要在32个字以内，只用汉字、字母、数字和下划线，不以数字开头。",
    ),
}


def _refusal(part: _Part, refused: Refusal) -> Finding:
    message, hint = (text.format(name=refused.name) for text in _REFUSALS[refused.code])
    return _problem(refused.code, message, hint, part, refused.stretch)


def tag_problem(error: TagError, story: Story, root: Element) -> Finding:
    """A tag that failed, with its place where that can be told."""
    numbers = {p: number for number, p in enumerate(paragraphs(root), 1)}
    return _problem(
        "bad-tag",
        f"标签写得不对（{error.reason}）",
        "请对照模板制作说明改好这个标签，或者删掉它。",
        _Part(story, root, numbers),
        stretch_of(root, error),
    )


def _spots(part: _Part) -> tuple[list[Spot], list[Finding]]:
    """The field bookmarks of a part whose text can be replaced, and the others."""
    found: list[Spot] = []
    problems: list[Finding] = []
    for bookmark in bookmarks(part.root, is_field_bookmark):
        try:
            spot = Spot(bookmark, field_of(bookmark.name) or "", _cut_out(bookmark))
        except CrossingError:
            problems.append(_crossing(part, bookmark))
            continue
        problems += _spot_problems(part, spot, found)
        found.append(spot)
    return found, problems


def _cut_out(bookmark: Bookmark) -> Stretch:
    """Where a bookmark's text lies; its runs are cut so that it can be replaced.

    Raises:
        CrossingError: it cannot be.
    """
    stretch = Stretch(*bookmark_span(bookmark))
    if stretch.end > stretch.start:
        isolate(stretch.paragraph, stretch.start, stretch.end)
    elif paragraph_of(bookmark.start) is None:
        raise CrossingError
    return stretch


def _spot_problems(part: _Part, spot: Spot, earlier: list[Spot]) -> Iterator[Finding]:
    if not is_valid(spot.field):
        yield _refusal(part, Refusal(UNUSABLE_NAME, spot.stretch, spot.field))
    for other in earlier:
        if other.stretch.overlaps(spot.stretch):
            yield _problem(
                "overlapping-fields",
                f"字段“{other.field}”和“{spot.field}”的书签叠在一起",
                "请在 Word 的“插入→书签”里删掉其中一个。",
                part,
                spot.stretch,
            )


def _place(
    part: _Part, stretch: Stretch, bookmark: str = "", notation: str = ""
) -> Place | None:
    """The place of a stretch; None in the repetition of a text box."""
    if stretch.paragraph not in part.numbers:
        return None
    text = text_of(stretch.paragraph)
    return Place(
        bookmark=bookmark,
        mask=text[stretch.start : stretch.end],
        notation=notation,
        part=part.story.part,
        label=part.story.label,
        paragraph=part.numbers[stretch.paragraph],
        before=text[max(0, stretch.start - _WORDS_AROUND) : stretch.start],
        after=text[stretch.end : stretch.end + _WORDS_AROUND],
    )


def _crossing(part: _Part, bookmark: Bookmark) -> Finding:
    paragraph = paragraph_of(bookmark.start)
    return _problem(
        "crossing-field",
        f"书签“{bookmark.name}”跨了段落、链接或图片，填不进去",
        "请在 Word 里只选中要替换的那几个字，重新插入同名书签。",
        part,
        None if paragraph is None else Stretch(paragraph, 0, 0),
    )


def _problem(
    code: str, message: str, hint: str, part: _Part, stretch: Stretch | None
) -> Finding:
    place = None if stretch is None else _place(part, stretch)
    if place is None:
        text = f"{part.story.label}：{message}。"
        return Finding(code, Severity.ERROR, text, part=part.story.part, hint=hint)
    return Finding(
        code,
        Severity.ERROR,
        f"{place.position}“{place.excerpt}”：{message}。",
        part=place.part,
        paragraph=place.paragraph,
        excerpt=place.excerpt,
        hint=hint,
    )


def _summary(name: str, problems: list[Finding]) -> str:
    unnamed = sum(problem.code == "unnamed-blank" for problem in problems)
    if unnamed == len(problems):
        return (
            f"“{name}”里有{unnamed}个空白处没有名字，不知道该填哪一列。"
            f"请先运行：assembler adopt {name}"
        )
    return f"“{name}”这个模板有{len(problems)}处要先改好。"
