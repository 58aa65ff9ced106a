"""A field's name changed in all its places in a Word file, whatever the notation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assembler.blanks import find_blanks
from assembler.guide import find_guide
from assembler.guide_word import guide_cells
from assembler.names import FIELD_PREFIX, field_of, normalised
from assembler.notations import bracket_name, field_spans
from assembler.rename_text import in_formula, in_merge_code, in_tags
from assembler.wordml import (
    ALIAS,
    BOOKMARK_START,
    CONTROL_PROPERTIES,
    FIELD_CHARACTER,
    FIELD_CHARACTER_TYPE,
    INSTRUCTION,
    INSTRUCTION_TEXT,
    NAME,
    PARAGRAPH,
    SIMPLE_FIELD,
    TAG,
    TEXT,
    VALUE,
    Element,
    in_fallback,
    paragraphs,
    pieces,
    text_of,
)

_NAME_COLUMN, _FORMULA_COLUMN, _NOTE_COLUMN = "字段", "算式", "说明"


@dataclass(frozen=True, slots=True)
class Renamed:
    """How often a name was changed, and where it is still written.

    Attributes:
        places: the field's places in the speech.
        formulas: the formulas and relations that use it.
        notes: the guide's notes that speak of it, left as they are.
    """

    places: int = 0
    formulas: int = 0
    notes: tuple[str, ...] = ()


def rename_in_part(root: Element, old: str, new: str) -> Renamed:
    """Change a field's name in one part.

    Args:
        root: the part's root, changed in place; the text of masks stays, but for
            brackets and tags, whose text is the name.
        old: the name as it is.
        new: the name to be; no field has it.
    """
    guide = find_guide(root)
    own = {e for part in guide or () for e in part.iter(PARAGRAPH)}
    # Brackets first: which are fields by themselves depends on the bookmarks.
    places = sum(
        _rename_words(paragraph, _bracketed(paragraph, root, old), new)
        for paragraph in paragraphs(root, fallback=True)
        if paragraph not in own
    )
    places += _rename_bookmarks(root, old, new)
    places += _rename_controls(root, old, new)
    places += _rename_merge_fields(root, old, new)
    for paragraph in paragraphs(root, fallback=True):
        places += _rename_words(paragraph, in_tags(text_of(paragraph), old), new)
    if guide is None:
        return Renamed(places)
    formulas, notes = _rename_in_guide(guide[1], old, new)
    return Renamed(places, formulas, notes)


def _rename_bookmarks(root: Element, old: str, new: str) -> int:
    count = 0
    for start in root.iter(BOOKMARK_START):
        name = start.get(NAME, "")
        if field_of(name) == old:
            start.set(NAME, f"{FIELD_PREFIX}{new}{_suffix(name, old)}")
            count += not in_fallback(start)
    return count


def _suffix(bookmark: str, field: str) -> str:
    """What a bookmark's name has behind the field's: __2, _Copy_1."""
    raw = bookmark.removeprefix(FIELD_PREFIX)
    end = next(n for n in range(len(raw) + 1) if normalised(raw[:n]) == field)
    return raw[end:]


def _rename_controls(root: Element, old: str, new: str) -> int:
    count = 0
    for properties in root.iter(CONTROL_PROPERTIES):
        named = [
            element
            for element in properties.iterchildren(TAG, ALIAS)
            if normalised(element.get(VALUE, "")) == old
        ]
        for element in named:
            element.set(VALUE, new)
        count += bool(named) and not in_fallback(properties)
    return count


def _rename_merge_fields(root: Element, old: str, new: str) -> int:
    count = 0
    for simple in root.iter(SIMPLE_FIELD):
        code = simple.get(INSTRUCTION, "")
        for start, end in in_merge_code(code, old):
            simple.set(INSTRUCTION, code[:start] + new + code[end:])
            count += not in_fallback(simple)
    for paragraph in paragraphs(root, fallback=True):
        for texts in _codes(paragraph):
            count += _rename_code(texts, old, new)
        shown = text_of(paragraph)
        spans = _all(shown, f"«{old}»")
        _rename_words(paragraph, ((a + 1, b - 1) for a, b in spans), new)
    return count


def _codes(paragraph: Element) -> Iterator[list[Element]]:
    """The pieces of each long field's code."""
    opened: list[list[Element]] = []
    for element in paragraph.iter(FIELD_CHARACTER, INSTRUCTION_TEXT):
        kind = element.get(FIELD_CHARACTER_TYPE)
        if kind == "begin":
            opened.append([])
        elif element.tag == INSTRUCTION_TEXT and opened:
            opened[-1].append(element)
        elif kind == "end" and opened:
            yield opened.pop()


def _rename_code(texts: Sequence[Element], old: str, new: str) -> int:
    code = "".join(element.text or "" for element in texts)
    for start, end in in_merge_code(code, old):
        offset = 0
        stretches = []
        for element in texts:
            stretches.append((offset, element))
            offset += len(element.text or "")
        _put(stretches, start, end, new)
        return 0 if in_fallback(texts[0]) else 1
    return 0


def _all(text: str, words: str) -> Iterator[tuple[int, int]]:
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + len(words))


def _bracketed(
    paragraph: Element, root: Element, old: str
) -> Iterator[tuple[int, int]]:
    """Yield where bracketed names stand that no bookmark covers."""
    text = text_of(paragraph)
    blanks = [blank for blank in find_blanks(text) if bracket_name(blank) == old]
    if not blanks:
        return
    covered = field_spans(root).get(paragraph, [])
    for blank in blanks:
        if not any(a < blank.end and blank.start < b for a, b in covered):
            inside = blank.mask[1:-1]
            first = blank.start + 1 + len(inside) - len(inside.lstrip())
            yield first, first + len(inside.strip())


def _rename_words(
    paragraph: Element, spans: Iterator[tuple[int, int]], new: str
) -> int:
    """Put the new name in place of these stretches of a paragraph's text."""
    found = list(spans)
    for start, end in reversed(found):
        held = [
            (p.start, p.element) for p in pieces(paragraph) if p.element.tag == TEXT
        ]
        _put(held, start, end, new)
    return 0 if in_fallback(paragraph) else len(found)


def _put(held: Sequence[tuple[int, Element]], start: int, end: int, new: str) -> None:
    """Replace a stretch of the text that several elements hold, each from an offset.

    The new text goes where the first character stood.
    """
    for offset, element in held:
        text = element.text or ""
        first, last = max(0, start - offset), min(len(text), end - offset)
        if first < last:
            element.text = text[:first] + new + text[last:]
            new = ""


def _rename_in_guide(table: Element, old: str, new: str) -> tuple[int, tuple[str, ...]]:
    formulas, notes = 0, []
    for column, cell in guide_cells(table):
        for paragraph in list(cell.iter(PARAGRAPH)):
            text = text_of(paragraph)
            if column == _NAME_COLUMN and normalised(text) == old:
                first = len(text) - len(text.lstrip())
                span = (first, first + len(text.strip()))
                _rename_words(paragraph, iter([span]), new)
            elif column == _FORMULA_COLUMN:
                formulas += bool(_rename_words(paragraph, in_formula(text, old), new))
            elif column == _NOTE_COLUMN and old in text:
                notes.append(text)
    return formulas, tuple(notes)
