"""The ways a template may write a field, each turned into a bookmark in the tree.

Content controls (tag = name), Word's merge fields, bracketed names ``[名称]`` and
``【名称】`` and tags ``{{ 名称 }}`` all become what the product's own templates have: a
bookmark ``字段_<name>`` round the runs of the mask.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from assembler.blanks import Blank, Verdict, find_blanks
from assembler.cutting import isolate
from assembler.names import bookmark_name, is_field_bookmark, is_valid, normalised
from assembler.wordml import (
    ALIAS,
    BOOKMARK_START,
    CONTENT_CONTROL,
    CONTROL_CONTENT,
    CONTROL_PROPERTIES,
    FIELD_CHARACTER,
    FIELD_CHARACTER_TYPE,
    INSTRUCTION,
    INSTRUCTION_TEXT,
    NAME,
    RUN,
    RUN_PROPERTIES,
    SIMPLE_FIELD,
    TAG,
    TEXT,
    VALUE,
    CrossingError,
    Element,
    add_bookmark,
    bookmark_span,
    bookmarks,
    highest_bookmark_id,
    paragraph_of,
    paragraphs,
    remove,
    set_text,
    text_of,
    unwrap,
    w,
)

BOOKMARK, CONTROL, MERGE_FIELD = "bookmark", "control", "mergefield"
BRACKET, TAG_NOTATION = "bracket", "tag"
_MARK_BRACKETS = ("[", "【")
# Controls of these kinds hold what Word itself fills in, not a field of ours.
_FOREIGN_CONTROLS = frozenset(
    w(name)
    for name in ("docPartObj", "docPartList", "picture", "group", "bibliography")
)
_PLACEHOLDER_SHOWN, _STYLE = w("showingPlcHdr"), w("rStyle")


@dataclass
class Marker:
    """Gives new bookmarks names and ids that are unique in the package.

    Args:
        roots: the roots of all parts.

    Attributes:
        notations: bookmark name → how the field was written there.
    """

    roots: Iterable[Element]
    notations: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note the names and ids that the template has already."""
        roots = list(self.roots)
        self._last_id = highest_bookmark_id(roots)
        self._taken = {
            start.get(NAME, "").lower()
            for root in roots
            for start in root.iter(BOOKMARK_START)
        }

    def mark(self, runs: list[Element], name: str, notation: str) -> None:
        """Set a field's bookmark round these sibling runs."""
        place = 1
        while bookmark_name(name, place).lower() in self._taken:
            place += 1
        bookmark = bookmark_name(name, place)
        self._taken.add(bookmark.lower())
        self._last_id += 1
        self.notations[bookmark] = notation
        add_bookmark(runs, bookmark, self._last_id)


def mark_controls(root: Element, marker: Marker) -> None:
    """Turn content controls whose tag (or title) is a field name into bookmarks.

    A control round several paragraphs, or round other controls, is a container and
    stays as it is.
    """
    for control in reversed(list(root.iter(CONTENT_CONTROL))):
        name = _control_name(control)
        content = control.find(CONTROL_CONTENT)
        if name is None or content is None:
            continue
        runs = list(content.iter(RUN))
        if not runs or not _are_siblings(runs):
            continue
        if _property(control, _PLACEHOLDER_SHOWN) is not None:
            _drop_placeholder_style(runs)
        marker.mark(runs, name, CONTROL)
        unwrap(control, content)


def _control_name(control: Element) -> str | None:
    properties = control.find(CONTROL_PROPERTIES)
    if properties is None or any(e.tag in _FOREIGN_CONTROLS for e in properties):
        return None
    for source in (TAG, ALIAS):
        element = properties.find(source)
        name = normalised(element.get(VALUE, "")) if element is not None else ""
        if name and is_valid(name):
            return name
    return None


def _property(control: Element, tag: str) -> Element | None:
    properties = control.find(CONTROL_PROPERTIES)
    return None if properties is None else properties.find(tag)


def _drop_placeholder_style(runs: list[Element]) -> None:
    for run in runs:
        for style in list(run.iter(_STYLE)):
            remove(style)


def _are_siblings(runs: list[Element]) -> bool:
    return all(run.getparent() is runs[0].getparent() for run in runs)


def mark_merge_fields(root: Element, marker: Marker) -> None:
    """Turn Word's MERGEFIELDs, simple and complex, into bookmarks."""
    for simple in list(root.iter(SIMPLE_FIELD)):
        name = _merge_name(simple.get(INSTRUCTION, ""))
        if name is not None:
            runs = list(simple.iter(RUN)) or [_named_run(simple, name)]
            marker.mark(runs, name, MERGE_FIELD)
            unwrap(simple, simple)
    for paragraph in paragraphs(root, fallback=True):
        for code, runs in list(_complex_fields(paragraph)):
            name = _merge_name(code)
            if name is not None:
                _mark_complex(runs, name, marker)


def _merge_name(code: str) -> str | None:
    """The field's name in ``MERGEFIELD "名称"`` and switches; None for other codes."""
    words = code.split(maxsplit=1)
    if len(words) < 2 or words[0].upper() != "MERGEFIELD":  # noqa: PLR2004 - code, name
        return None
    rest = words[1].strip()
    quoted = rest.startswith('"')
    raw = rest[1:].partition('"')[0] if quoted else rest.split(maxsplit=1)[0]
    name = normalised(raw)
    return name if is_valid(name) else None


def _named_run(parent: Element, name: str) -> Element:
    run = etree.SubElement(parent, RUN)
    set_text(etree.SubElement(run, TEXT), f"«{name}»")
    return run


def _complex_fields(paragraph: Element) -> Iterator[tuple[str, list[Element]]]:
    """Each complex field that begins and ends among a paragraph's own runs.

    Yields:
        Its code and its runs, from the one with ``begin`` to the one with ``end``.
    """
    _part_field_characters(paragraph)
    open_fields: list[list[Element]] = []
    for run in [run for run in paragraph.iter(RUN) if paragraph_of(run) is paragraph]:
        kind = _field_turn(run)
        if kind == "begin":
            open_fields.append([])
        for runs in open_fields:
            runs.append(run)
        if kind == "end" and open_fields:
            runs = open_fields.pop()
            code = "".join(t.text or "" for r in runs for t in r.iter(INSTRUCTION_TEXT))
            if _are_siblings(runs):
                yield code, runs


def _part_field_characters(paragraph: Element) -> None:
    """Give each field character a run of its own, as Word writes them."""
    for character in list(paragraph.iter(FIELD_CHARACTER)):
        run = character.getparent()
        if run is None or run.tag != RUN:
            continue
        contents = [child for child in run if child.tag != RUN_PROPERTIES]
        for child in contents[1:]:
            second = run.makeelement(RUN)
            properties = run.find(RUN_PROPERTIES)
            if properties is not None:
                second.append(etree.fromstring(etree.tostring(properties)))
            second.append(child)
            run.addnext(second)
            run = second


def _field_turn(run: Element) -> str:
    character = run.find(FIELD_CHARACTER)
    return "" if character is None else character.get(FIELD_CHARACTER_TYPE, "")


def _mark_complex(runs: list[Element], name: str, marker: Marker) -> None:
    turns = [_field_turn(run) for run in runs]
    result = []
    if "separate" in turns:
        result = runs[turns.index("separate") + 1 : -1]
    if not result:
        parent = runs[0].getparent()
        if parent is None:
            return
        result = [_named_run(parent, name)]
        runs[-1].addprevious(result[0])
    marker.mark(result, name, MERGE_FIELD)
    for run in runs:
        if run not in result:
            remove(run)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a paragraph's text that is a blank."""

    paragraph: Element
    start: int
    end: int

    def overlaps(self, other: "Stretch") -> bool:
        """Whether the two share a character."""
        return (
            self.paragraph is other.paragraph
            and self.start < other.end
            and other.start < self.end
        )


def mark_brackets(root: Element, marker: Marker) -> list[Stretch]:
    """Turn bracketed names into bookmarks.

    Returns:
        The stretches that could not be marked since they cross a border.
    """
    refused = []
    for paragraph, blanks in _open_blanks(root, fallback=True):
        for blank in blanks:
            name = bracket_name(blank)
            if name is not None:
                stretch = Stretch(paragraph, blank.start, blank.end)
                if not _mark_stretch(stretch, name, BRACKET, marker):
                    refused.append(stretch)
    return refused


def bracket_name(blank: Blank) -> str | None:
    """The field that a blank in ``[ ]`` or ``【 】`` names; None where it names none.

    The words inside as they stand, else what is left of them as a noun.
    """
    if blank.verdict is not Verdict.BLANK or not blank.mask.startswith(_MARK_BRACKETS):
        return None
    inside = normalised(blank.mask[1:-1])
    return next((n for n in (inside, blank.name) if n and is_valid(n)), None)


def unnamed_blanks(root: Element) -> list[Stretch]:
    """The blanks of a part that no field covers, in reading order."""
    return [
        Stretch(paragraph, blank.start, blank.end)
        for paragraph, blanks in _open_blanks(root)
        for blank in blanks
        if blank.verdict is Verdict.BLANK and not blank.mask.startswith("{{")
    ]


def _open_blanks(
    root: Element, *, fallback: bool = False
) -> Iterator[tuple[Element, list[Blank]]]:
    """Per paragraph the blanks outside the fields that are bookmarks already."""
    covered = field_spans(root)
    for paragraph in paragraphs(root, fallback=fallback):
        spans = covered.get(paragraph, [])
        yield (
            paragraph,
            [
                blank
                for blank in find_blanks(text_of(paragraph))
                if not any(
                    start < blank.end and blank.start < end for start, end in spans
                )
            ],
        )


def field_spans(root: Element) -> dict[Element, list[tuple[int, int]]]:
    """Per paragraph where the texts of its fields begin and end."""
    spans: dict[Element, list[tuple[int, int]]] = {}
    for bookmark in bookmarks(root, is_field_bookmark):
        try:
            paragraph, start, end = bookmark_span(bookmark)
        except CrossingError:
            continue
        spans.setdefault(paragraph, []).append((start, end))
    return spans


def _mark_stretch(stretch: Stretch, name: str, notation: str, marker: Marker) -> bool:
    try:
        runs = isolate(stretch.paragraph, stretch.start, stretch.end)
    except CrossingError:
        return False
    marker.mark(runs, name, notation)
    return True
