"""docxtpl's tag language: ``{{ 名称 }}``, ``{%p if %}``, ``{%tr for %}``, filters.

A tag that is a plain name becomes a field bookmark like every other notation; what the
other tags need is read from Jinja's syntax tree. `tag_program` carries them out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assembler.cutting import isolate, replace_text
from assembler.notations import CROSSING, TAG_NOTATION, Marker, Refusal, Stretch
from assembler.tag_text import (
    as_jinja,
    inner_text,
    plain_name,
    reason_in_chinese,
    tags_in,
    unclosed,
    without_element_word,
)
from assembler.wordml import (
    CrossingError,
    Element,
    paragraphs,
    set_text,
    text_of,
)

if TYPE_CHECKING:
    from jinja2 import nodes


class TagError(Exception):
    """A tag that cannot be understood or carried out.

    Attributes:
        reason: what is wrong, in Chinese where Jinja's words are known.
        tag: the tag as it stands in the template, without its delimiters; empty
            where it is not known.
        turn: how many tags that say the same stand before it in its part.
        stretch: where it stands, None where that is still to be found out.
    """

    def __init__(
        self, reason: str, tag: str = "", turn: int = 0, stretch: Stretch | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason_in_chinese(reason)
        self.tag = tag
        self.turn = turn
        self.stretch = stretch


def has_logic(root: Element) -> bool:
    """Whether a part has tags that are more than a plain name."""
    return any(
        plain_name(text[start:end]) is None
        for text in map(text_of, paragraphs(root, fallback=True))
        for start, end in tags_in(text)
    )


def mark_simple_tags(root: Element, marker: Marker) -> list[Refusal]:
    """Turn tags that are a plain name into bookmarks, and pull others together.

    Names that a tag of the part itself binds (``for``, ``set``) are no fields.

    Returns:
        The tags that could not be cut out since they cross a border.

    Raises:
        TagError: a tag cannot be understood.
    """
    bound: frozenset[str] = frozenset()
    if has_logic(root):
        from assembler.tag_logic import bound_names

        bound = bound_names(_parsed(root, _all_tags(root), {}))
    refused = []
    for paragraph in list(paragraphs(root, fallback=True)):
        text = text_of(paragraph)
        for start, end in tags_in(text):
            try:
                runs = isolate(paragraph, start, end)
            except CrossingError:
                refused.append(Refusal(CROSSING, Stretch(paragraph, start, end)))
                continue
            name = plain_name(text[start:end])
            if name is not None and name not in bound:
                marker.mark(runs, name, TAG_NOTATION)
            else:
                set_text(replace_text(runs), _kept(text[start:end]))
    return refused


def _kept(tag: str) -> str:
    """A tag as docxtpl is to see it: a value never replaces what is around it."""
    line = tag.replace("\n", " ").replace("\t", " ")
    return without_element_word(line) if tag.startswith(("{{", "｛｛")) else line


@dataclass(frozen=True, slots=True)
class TagUse:
    """A field's name in a tag with logic, and where that tag stands."""

    name: str
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class Logic:
    """What the tags of a part need.

    Attributes:
        uses: the fields in tags with logic, in reading order.
        needed: the names that stand outside conditions and ``default`` filters.
    """

    uses: tuple[TagUse, ...] = ()
    needed: frozenset[str] = frozenset()


def logic_of(root: Element, marked: Mapping[Stretch, str]) -> Logic:
    """What the tags of a part need that are no bookmarks.

    Args:
        root: the part.
        marked: where the fields stand that are bookmarks → their names.

    Raises:
        TagError: a tag cannot be understood.
    """
    from assembler.tag_logic import needs_of, words_of

    covered = {(s.paragraph, s.start) for s in marked}
    tags = [s for s in _all_tags(root) if (s.paragraph, s.start) not in covered]
    if not tags:
        return Logic((), frozenset(marked.values()))
    needs = needs_of(_parsed(root, tags, marked))
    uses = [
        TagUse(name, tag)
        for tag in tags
        for name in words_of(_text(tag))
        if name in needs
    ]
    return Logic(tuple(uses), frozenset(name for name in needs if needs[name]))


def _all_tags(root: Element, *, fallback: bool = False) -> list[Stretch]:
    return [
        Stretch(paragraph, start, end)
        for paragraph in paragraphs(root, fallback=fallback)
        for start, end in tags_in(text_of(paragraph))
    ]


def _text(stretch: Stretch) -> str:
    return text_of(stretch.paragraph)[stretch.start : stretch.end]


def _parsed(
    root: Element, tags: list[Stretch], marked: Mapping[Stretch, str]
) -> "nodes.Template":
    """The tags of a part alone as Jinja reads them, a line for each paragraph."""
    from assembler.tag_logic import SourceError, as_expression, syntax_of

    sources = {tag: as_jinja(_text(tag)) for tag in tags}
    sources |= {stretch: as_expression(name) for stretch, name in marked.items()}
    homes: dict[Element, list[Stretch]] = {p: [] for p in paragraphs(root)}
    for stretch in sources:
        homes.setdefault(stretch.paragraph, []).append(stretch)
    lines = [
        "".join(sources[s] for s in sorted(home, key=lambda stretch: stretch.start))
        for home in homes.values()
    ]
    try:
        return syntax_of(lines)
    except SourceError as error:
        beside = list(homes)[error.line - 1]
        raise _syntax_error(error.reason, tags, beside) from error


def _syntax_error(reason: str, tags: list[Stretch], paragraph: Element) -> TagError:
    """The error with the tag that it most likely means."""
    from assembler.tag_logic import is_sound

    texts = [_text(tag) for tag in tags]
    beside = [rank for rank, tag in enumerate(tags) if tag.paragraph is paragraph]
    wrong = (
        rank
        for rank in beside
        if texts[rank].startswith("{{") and not is_sound(as_jinja(texts[rank]))
    )
    rank = next(wrong, beside[0] if beside else None)
    if reason.startswith("Unexpected end of template"):
        rank = unclosed(texts)
    if rank is None:
        return TagError(reason)
    return TagError(reason, inner_text(texts[rank]), stretch=tags[rank])


def stretch_of(root: Element, error: TagError) -> Stretch | None:
    """Where the tag stands that an error names; None where it cannot be told."""
    if error.stretch is not None or not error.tag:
        return error.stretch
    alike = [
        tag
        for tag in _all_tags(root, fallback=True)
        if inner_text(_text(tag)) == error.tag
    ]
    return alike[error.turn] if error.turn < len(alike) else None
