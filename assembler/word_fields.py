"""Word's own placeholders, turned into field bookmarks: controls and merge fields.

Content controls (ISO/IEC 29500-1, 17.5.2) whose tag or title is a field name, and
MERGEFIELDs (17.16.5.35) in their short and their long form.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from assembler.names import is_valid, normalised
from assembler.notations import (
    CONTROL,
    CROSSING,
    MERGE_FIELD,
    NESTED,
    UNNAMED,
    UNUSABLE_NAME,
    Marker,
    Refusal,
    Stretch,
)
from assembler.wordml import (
    ALIAS,
    CONTENT_CONTROL,
    CONTROL_CONTENT,
    CONTROL_PROPERTIES,
    FIELD_CHARACTER,
    FIELD_CHARACTER_TYPE,
    INSTRUCTION,
    INSTRUCTION_TEXT,
    PARAGRAPH,
    RUN,
    RUN_PROPERTIES,
    SIMPLE_FIELD,
    TAG,
    TEXT,
    VALUE,
    Element,
    paragraph_of,
    paragraphs,
    pieces,
    remove,
    set_text,
    text_of,
    unwrap,
    w,
)

# Controls of these kinds hold what Word itself fills in, not a field of ours.
_FOREIGN_CONTROLS = frozenset(
    w(name)
    for name in ("docPartObj", "docPartList", "picture", "group", "bibliography")
)
_PLACEHOLDER_SHOWN, _STYLE = w("showingPlcHdr"), w("rStyle")
# Google Docs writes such tags round what it has no Word form for.
_FOREIGN_TAG = re.compile("goog_rdk_[0-9]+$")
_MERGE = "MERGEFIELD"


def mark_controls(root: Element, marker: Marker) -> list[Refusal]:
    """Turn content controls whose tag (or title) is a field name into bookmarks.

    A control round several paragraphs, or round other controls, is a container and
    stays as it is.

    Returns:
        The controls that ask for a text but cannot become a field.
    """
    # From the inner to the outer, so that a container is seen as one.
    found = reversed(list(root.iter(CONTENT_CONTROL)))
    refused = [_mark_control(control, marker) for control in found]
    return [refusal for refusal in reversed(refused) if refusal is not None]


def _mark_control(control: Element, marker: Marker) -> Refusal | None:
    properties = control.find(CONTROL_PROPERTIES)
    content = control.find(CONTROL_CONTENT)
    if properties is None or content is None:
        return None
    if any(element.tag in _FOREIGN_CONTROLS for element in properties):
        return None
    asks = properties.find(_PLACEHOLDER_SHOWN) is not None
    name, runs = _control_name(properties), _control_runs(content)
    if not name or not runs or not _are_siblings(runs):
        return _control_refusal(control, name, runs, asks=asks)
    if asks:
        _drop_placeholder_style(runs)
    marker.mark(runs, name, CONTROL)
    unwrap(control, content)
    return None


def _control_name(properties: Element) -> str:
    """The control's field, "" where neither tag nor title is a field name."""
    sources = (properties.find(tag) for tag in (TAG, ALIAS))
    names = (normalised(s.get(VALUE, "")) for s in sources if s is not None)
    return next((n for n in names if is_valid(n) and not _FOREIGN_TAG.match(n)), "")


def _control_runs(content: Element) -> list[Element]:
    """The runs in a control; where it is empty, a new one."""
    runs = list(content.iter(RUN))
    holders = list(content.iter(PARAGRAPH)) or [content]
    if not runs and len(holders) == 1:
        runs = [etree.SubElement(holders[0], RUN)]
        set_text(etree.SubElement(runs[0], TEXT), "")
    return runs


def _control_refusal(
    control: Element, name: str, runs: list[Element], *, asks: bool
) -> Refusal | None:
    """What to say of a control that does not become a field; None for a container."""
    homes = {paragraph_of(run) for run in runs}
    paragraph = paragraph_of(runs[0]) if runs else None
    is_field = bool(name) and len(homes) == 1
    if paragraph is None or not (asks or is_field):
        return None
    stretch = _stretch_within(paragraph, control, *control.iter(RUN))
    return Refusal(CROSSING if name else UNNAMED, stretch)


def _stretch_within(paragraph: Element, *holders: Element) -> Stretch:
    """Where in a paragraph the text stands that these elements hold."""
    held = [
        piece
        for piece in pieces(paragraph)
        if any(ancestor in holders for ancestor in piece.element.iterancestors())
    ]
    if not held:
        return Stretch(paragraph, 0, 0)
    return Stretch(paragraph, held[0].start, held[-1].end)


def _drop_placeholder_style(runs: list[Element]) -> None:
    for run in runs:
        for style in list(run.iter(_STYLE)):
            remove(style)


def _are_siblings(runs: list[Element]) -> bool:
    return all(run.getparent() is runs[0].getparent() for run in runs)


def mark_merge_fields(root: Element, marker: Marker) -> list[Refusal]:
    """Turn Word's MERGEFIELDs, short and long, into bookmarks.

    Returns:
        Those that cannot become a field.
    """
    refused: list[Refusal] = []
    for simple in list(root.iter(SIMPLE_FIELD)):
        name = _merge_name(simple.get(INSTRUCTION, ""))
        if name is not None:
            refused += _mark_simple(simple, name, marker)
    for paragraph in paragraphs(root, fallback=True):
        if _MERGE in "".join(map(_code_of, paragraph.iter(RUN))).upper():
            _part_field_characters(paragraph)
            for found in list(_complex_fields(paragraph)):
                refused += _mark_complex(found, paragraph, marker)
    return refused


def _merge_name(code: str) -> str | None:
    """The name in ``MERGEFIELD "名称"`` and switches; None for other codes."""
    words = code.split(maxsplit=1)
    if len(words) < 2 or words[0].upper() != _MERGE:  # noqa: PLR2004 - code, name
        return None
    rest = words[1].strip()
    quoted = rest.startswith('"')
    raw = rest[1:].partition('"')[0] if quoted else rest.split(maxsplit=1)[0]
    return normalised(raw)


def _mark_simple(simple: Element, name: str, marker: Marker) -> Iterator[Refusal]:
    paragraph = paragraph_of(simple)
    if paragraph is None:
        return
    if not is_valid(name):
        yield Refusal(UNUSABLE_NAME, _stretch_within(paragraph, simple), name)
        return
    runs = list(simple.iter(RUN)) or [_named_run(simple, name)]
    marker.mark(runs, name, MERGE_FIELD)
    unwrap(simple, simple)


def _named_run(parent: Element, name: str) -> Element:
    run = etree.SubElement(parent, RUN)
    set_text(etree.SubElement(run, TEXT), f"«{name}»")
    return run


@dataclass
class _ComplexField:
    """A field in its long form.

    Attributes:
        inner: whether it stands in the code of another one.
        runs: from the one with ``begin`` to the one with ``end``.
        shows: whether ``separate`` was passed.
        closed: whether ``end`` was.
    """

    inner: bool
    runs: list[Element]
    shows: bool = False
    closed: bool = False

    @property
    def code(self) -> str:
        return "".join(map(_code_of, self.runs))


def _complex_fields(paragraph: Element) -> Iterator[_ComplexField]:
    """The complex fields that begin among a paragraph's own runs."""
    opened: list[_ComplexField] = []
    for run in [run for run in paragraph.iter(RUN) if paragraph_of(run) is paragraph]:
        kind = _field_turn(run)
        if kind == "begin":
            opened.append(_ComplexField(bool(opened) and not opened[-1].shows, []))
        for found in opened:
            found.runs.append(run)
        if kind == "separate" and opened:
            opened[-1].shows = True
        if kind == "end" and opened:
            opened[-1].closed = True
            yield opened.pop()
    yield from opened


def _code_of(run: Element) -> str:
    return "".join(text.text or "" for text in run.iter(INSTRUCTION_TEXT))


def _part_field_characters(paragraph: Element) -> None:
    """Give each field character a run of its own, as Word writes them."""
    for character in list(paragraph.iter(FIELD_CHARACTER)):
        run = character.getparent()
        if run is None or run.tag != RUN:
            continue
        contents = [child for child in run if child.tag != RUN_PROPERTIES]
        for child in contents[1:]:
            second = _like(run)
            second.append(child)
            run.addnext(second)
            run = second


def _like(run: Element) -> Element:
    """An empty run in the format of another."""
    second = run.makeelement(RUN)
    properties = run.find(RUN_PROPERTIES)
    if properties is not None:
        second.append(deepcopy(properties))
    return second


def _field_turn(run: Element) -> str:
    character = run.find(FIELD_CHARACTER)
    return "" if character is None else character.get(FIELD_CHARACTER_TYPE, "")


def _mark_complex(
    found: _ComplexField, paragraph: Element, marker: Marker
) -> Iterator[Refusal]:
    name = _merge_name(found.code)
    if name is None:
        return
    code = _complex_problem(found, name)
    if code:
        yield Refusal(code, _stretch_within(paragraph, *found.runs), name)
        return
    result = _result_runs(found, name)
    marker.mark(result, name, MERGE_FIELD)
    for run in found.runs:
        if run not in result:
            remove(run)


def _complex_problem(found: _ComplexField, name: str) -> str:
    if not is_valid(name):
        return UNUSABLE_NAME
    if found.inner:
        return NESTED
    return "" if found.closed and _are_siblings(found.runs) else CROSSING


def _result_runs(found: _ComplexField, name: str) -> list[Element]:
    """The runs that show a field's result, made anew where there is no text in them."""
    turns = [_field_turn(run) for run in found.runs]
    first = turns.index("separate") + 1 if found.shows else len(turns) - 1
    result = found.runs[first:-1]
    if any(text_of(run) for run in result):
        return result
    made = _like(result[0] if result else found.runs[0])
    set_text(etree.SubElement(made, TEXT), f"«{name}»")
    found.runs[-1].addprevious(made)
    return [made]
