"""Where the fields of a template stand, and slots in their places.

Takes the parsed parts of a template, turns every notation into field bookmarks,
lists the places with the words around, and leaves in each place one run with an
empty text that holds the mark of its slot.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from assembler.cutting import isolate, replace_text
from assembler.errors import TemplateError
from assembler.findings import Finding, Severity
from assembler.names import field_of, is_field_bookmark, is_valid
from assembler.notations import (
    BOOKMARK,
    TAG_NOTATION,
    Marker,
    Stretch,
    mark_brackets,
    mark_controls,
    mark_merge_fields,
    unnamed_blanks,
)
from assembler.program import END_MARK, slot_mark, when_mark
from assembler.tags import (
    LogicName,
    TagError,
    logic_names,
    mark_simple_tags,
    stretch_of,
)
from assembler.wordml import (
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    SECTION_PROPERTIES,
    TEXT,
    Bookmark,
    CrossingError,
    Element,
    Story,
    bookmark_span,
    bookmarks,
    is_instruction,
    paragraph_of,
    paragraphs,
    text_of,
)

MARK_TARGET = "assembler"
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


@dataclass(frozen=True, slots=True)
class _Spot:
    """A field's bookmark while its slot is still to be made."""

    bookmark: Bookmark
    field: str
    stretch: Stretch


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
    problems: list[Finding] = []
    places: dict[str, list[Place]] = {}
    spots: list[_Spot] = []
    excused = set(optional)
    for story, root in roots.items():
        numbers = {p: number for number, p in enumerate(paragraphs(root), 1)}
        part = _Part(story, root, numbers)
        problems += _mark_notations(part, marker)
        for logic in _logic_names(part, problems):
            if logic.optional:
                excused.add(logic.name)
            place = _place(part, logic.stretch, "", TAG_NOTATION)
            places.setdefault(logic.name, []).append(place)
        found = _spots(part, problems)
        for spot in found:
            shown = places.setdefault(spot.field, [])
            if spot.stretch.paragraph in numbers:
                mark = spot.bookmark.name
                notation = marker.notations.get(mark, BOOKMARK)
                shown.append(_place(part, spot.stretch, mark, notation))
        problems += _unnamed(part)
        spots += found
    if problems:
        raise TemplateError(_summary(name, problems), tuple(problems))
    _fill_slots(spots, list(places))
    for root in roots.values():
        _mark_optional(root, list(places), frozenset(excused))
    return Located(
        {field: tuple(shown) for field, shown in places.items()}, frozenset(excused)
    )


def _mark_notations(part: _Part, marker: Marker) -> list[Finding]:
    mark_controls(part.root, marker)
    mark_merge_fields(part.root, marker)
    try:
        refused = mark_simple_tags(part.root, marker)
    except TagError as error:
        return [tag_problem(error, part.story, part.root)]
    refused += mark_brackets(part.root, marker)
    return [
        _problem(
            "crossing-field",
            "字段有一半在超链接、域或修订里，填不进去",
            "请在模板里把它整个重新打一遍（不带链接和修订），再试。",
            part,
            stretch,
        )
        for stretch in refused
    ]


def _logic_names(part: _Part, problems: list[Finding]) -> list[LogicName]:
    if problems:
        return []
    return logic_names(part.root)


def tag_problem(error: TagError, story: Story, root: Element) -> Finding:
    """A tag that failed, with its place where that can be told."""
    numbers = {p: number for number, p in enumerate(paragraphs(root), 1)}
    stretch = stretch_of(root, error.tag)
    return _problem(
        "bad-tag",
        f"标签写得不对（{error.reason}）",
        "请对照模板制作说明改好这个标签，或者删掉它。",
        _Part(story, root, numbers),
        stretch,
    )


def _spots(part: _Part, problems: list[Finding]) -> list[_Spot]:
    """The field bookmarks of a part whose text can be replaced."""
    found: list[_Spot] = []
    for bookmark in bookmarks(part.root, is_field_bookmark):
        field = field_of(bookmark.name) or ""
        try:
            stretch = Stretch(*bookmark_span(bookmark))
            if stretch.end > stretch.start:
                isolate(stretch.paragraph, stretch.start, stretch.end)
        except CrossingError:
            problems.append(_crossing(part, bookmark))
            continue
        spot = _Spot(bookmark, field, stretch)
        problems += _spot_problems(part, spot, found)
        found.append(spot)
    return found


def _spot_problems(part: _Part, spot: _Spot, earlier: list[_Spot]) -> Iterator[Finding]:
    if not is_valid(spot.field):
        yield _problem(
            "bad-field-name",
            f"字段名“{spot.field}”不能用",
            "字段名要在32个字以内，只用汉字、字母、数字和下划线，不以数字开头。",
            part,
            spot.stretch,
        )
    for other in earlier:
        if other.stretch.overlaps(spot.stretch):
            yield _problem(
                "overlapping-fields",
                f"字段“{other.field}”和“{spot.field}”的书签叠在一起",
                "请在 Word 的“插入→书签”里删掉其中一个。",
                part,
                spot.stretch,
            )


def _place(part: _Part, stretch: Stretch, bookmark: str, notation: str) -> Place:
    text = text_of(stretch.paragraph)
    return Place(
        bookmark=bookmark,
        mask=text[stretch.start : stretch.end],
        notation=notation,
        part=part.story.part,
        label=part.story.label,
        paragraph=part.numbers.get(stretch.paragraph, 0),
        before=text[max(0, stretch.start - _WORDS_AROUND) : stretch.start],
        after=text[stretch.end : stretch.end + _WORDS_AROUND],
    )


def _unnamed(part: _Part) -> list[Finding]:
    return [
        _problem(
            "unnamed-blank",
            "空白处没有名字，不知道该填哪一列",
            "请先用 assembler adopt 给空白处起名，"
            "或者在 Word 里选中它，插入名为“字段_名称”的书签。",
            part,
            stretch,
        )
        for stretch in unnamed_blanks(part.root)
    ]


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
    if stretch is None:
        text = f"{part.story.label}：{message}。"
        return Finding(code, Severity.ERROR, text, part=part.story.part, hint=hint)
    place = _place(part, stretch, "", "")
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


def _fill_slots(spots: list[_Spot], fields: list[str]) -> None:
    numbers = {field: number for number, field in enumerate(fields)}
    # From the last to the first, so that the offsets of the others stay right.
    for spot in reversed(spots):
        stretch = spot.stretch
        if stretch.end > stretch.start:
            runs = isolate(stretch.paragraph, stretch.start, stretch.end)
        else:
            runs = [_new_run(spot.bookmark.start)]
        runs[0].addprevious(spot.bookmark.start)
        runs[-1].addnext(spot.bookmark.end)
        text = replace_text(runs)
        text.append(_mark(slot_mark(numbers[spot.field])))


def _new_run(mark: Element) -> Element:
    """A run for an empty bookmark, in the format of the run before it."""
    run = mark.makeelement(RUN)
    neighbour = next(mark.itersiblings(RUN, preceding=True), None)
    properties = None if neighbour is None else neighbour.find(RUN_PROPERTIES)
    if properties is not None:
        run.append(deepcopy(properties))
    mark.addnext(run)
    return run


def _mark(text: str) -> Element:
    return etree.ProcessingInstruction(MARK_TARGET, text)


def _mark_optional(root: Element, fields: list[str], optional: frozenset[str]) -> None:
    """Let paragraphs that hold only optional fields stand only if one has a value."""
    for paragraph in list(paragraphs(root, fallback=True)):
        slots = _slot_numbers(paragraph)
        if (
            slots
            and all(fields[number] in optional for number in slots)
            and not any(character.isalnum() for character in text_of(paragraph))
            and _may_be_left_out(paragraph)
        ):
            paragraph.addprevious(_mark(when_mark(slots, every=False)))
            paragraph.addnext(_mark(END_MARK))
            _mark_gaps(paragraph)


def _slot_numbers(element: Element) -> list[int]:
    return [
        int((child.text or "").split()[1])
        for text in element.iter(TEXT)
        for child in text
        if is_instruction(child)
    ]


def _may_be_left_out(paragraph: Element) -> bool:
    """Whether Word's rules let a paragraph go: another one stands beside it."""
    section = paragraph.find(f"{PARAGRAPH_PROPERTIES}/{SECTION_PROPERTIES}")
    beside = [
        *paragraph.itersiblings(PARAGRAPH),
        *paragraph.itersiblings(PARAGRAPH, preceding=True),
    ]
    return section is None and any(not _slot_numbers(other) for other in beside)


def _mark_gaps(paragraph: Element) -> None:
    """Let blank space between two slots stand only if both have a value."""
    texts = [text for text in paragraph.iter(TEXT) if text.text or len(text)]
    for before, gap, behind in zip(texts, texts[1:], texts[2:], strict=False):
        around = [*_slot_numbers_of(before), *_slot_numbers_of(behind)]
        if len(around) == 2 and gap.text and gap.text.isspace():  # noqa: PLR2004 - a pair
            opening, blank = _mark(when_mark(around, every=True)), gap.text
            gap.text = None
            gap.append(opening)
            opening.tail = blank
            gap.append(_mark(END_MARK))


def _slot_numbers_of(text: Element) -> list[int]:
    return [int((c.text or "").split()[1]) for c in text if is_instruction(c)]
