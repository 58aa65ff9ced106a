"""The ways a template may write a field, each turned into a bookmark in the tree.

Content controls (tag = name), Word's merge fields, bracketed names ``[名称]`` and
``【名称】`` and tags ``{{ 名称 }}`` all become what the product's own templates have: a
bookmark ``字段_<name>`` round the runs of the mask. Here are what they share and the
bracketed names; `word_fields` and `tags` hold the others.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assembler.blanks import Blank, Verdict, find_blanks
from assembler.cutting import isolate
from assembler.names import (
    bookmark_name,
    field_of,
    is_field_bookmark,
    is_valid,
    normalised,
)
from assembler.wordml import (
    ALTERNATIVES,
    BOOKMARK_START,
    IDENTIFIER,
    NAME,
    Bookmark,
    CrossingError,
    Element,
    add_bookmark,
    bookmark_span,
    bookmarks,
    highest_bookmark_id,
    in_fallback,
    paragraphs,
    text_of,
)

BOOKMARK, CONTROL, MERGE_FIELD = "bookmark", "control", "mergefield"
BRACKET, TAG_NOTATION = "bracket", "tag"
_MARK_BRACKETS = ("[", "【")
# Why a blank cannot become a field, as the codes of findings.
CROSSING, NESTED = "crossing-field", "nested-field"
UNNAMED, UNUSABLE_NAME = "unnamed-blank", "bad-field-name"


class Marker:
    """Gives field bookmarks names and ids that are unique in the package.

    Args:
        roots: the roots of all parts.

    Attributes:
        notations: bookmark name → how the field was written there.
    """

    def __init__(self, roots: Iterable[Element]) -> None:
        known = list(roots)
        self.notations: dict[str, str] = {}
        self._last_id = highest_bookmark_id(known)
        self._taken = {
            start.get(NAME, "").lower()
            for root in known
            for start in root.iter(BOOKMARK_START)
        }
        self._settled: set[str] = set()
        # Alternatives and field → the names given in the modern form of a text box
        # and those given in its fallback, which repeats it.
        self._given: dict[tuple[Element, str], tuple[list[str], list[str]]] = {}

    def mark(self, runs: list[Element], name: str, notation: str) -> None:
        """Set a field's bookmark round these sibling runs."""
        bookmark = self._name_for(runs[0], name)
        self.notations[bookmark] = notation
        add_bookmark(runs, bookmark, self._free_id())

    def settle(self, root: Element) -> None:
        """Part the field bookmarks of a part that share a name or an id."""
        ids = Counter(start.get(IDENTIFIER) for start in root.iter(BOOKMARK_START))
        for bookmark in bookmarks(root, is_field_bookmark):
            if not in_fallback(bookmark.start):
                self._part_name(bookmark)
            if ids[bookmark.start.get(IDENTIFIER)] > 1:
                number = str(self._free_id())
                bookmark.start.set(IDENTIFIER, number)
                bookmark.end.set(IDENTIFIER, number)

    def _part_name(self, bookmark: Bookmark) -> None:
        name = bookmark.name
        if name.lower() in self._settled:
            name = self._free_name(field_of(name) or "")
            bookmark.start.set(NAME, name)
        self._settled.add(name.lower())

    def _name_for(self, run: Element, field: str) -> str:
        home = next(run.iterancestors(ALTERNATIVES), None)
        if home is None:
            return self._free_name(field)
        side = in_fallback(run)
        given = self._given.setdefault((home, field), ([], []))
        own, twin = given[side], given[not side]
        own.append(twin[len(own)] if len(own) < len(twin) else self._free_name(field))
        return own[-1]

    def _free_name(self, field: str) -> str:
        place = 1
        while bookmark_name(field, place).lower() in self._taken:
            place += 1
        self._taken.add(bookmark_name(field, place).lower())
        return bookmark_name(field, place)

    def _free_id(self) -> int:
        self._last_id += 1
        return self._last_id


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


@dataclass(frozen=True, slots=True)
class Refusal:
    """A blank that cannot become a field: why, where, and its name if it has one."""

    code: str
    stretch: Stretch
    name: str = ""


def mark_brackets(root: Element, marker: Marker) -> list[Refusal]:
    """Turn bracketed names into bookmarks.

    Returns:
        Those that could not be marked since they cross a border.
    """
    refused = []
    for paragraph, blanks in _open_blanks(root, fallback=True):
        for blank in blanks:
            name = bracket_name(blank)
            if name is not None:
                stretch = Stretch(paragraph, blank.start, blank.end)
                if not _mark_stretch(stretch, name, BRACKET, marker):
                    refused.append(Refusal(CROSSING, stretch, name))
    return refused


def bracket_name(blank: Blank) -> str | None:
    """The field that a blank in ``[ ]`` or ``【 】`` names; None where it names none.

    The words inside as they stand, else what is left of them as a noun.
    """
    if blank.verdict is not Verdict.BLANK or not blank.mask.startswith(_MARK_BRACKETS):
        return None
    inside = normalised(blank.mask[1:-1])
    return next((n for n in (inside, blank.name) if n and is_valid(n)), None)


def unnamed_blanks(root: Element) -> list[Refusal]:
    """The blanks of a part that no field covers, in reading order."""
    return [
        Refusal(UNNAMED, Stretch(paragraph, blank.start, blank.end))
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
