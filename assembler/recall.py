"""What a draft still knows of its making, wherever that is to be had.

First from the draft itself. What other programs have stripped comes from its template,
if that is at hand; failing that, the bookmarks and the words beside them have to do.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from assembler.base import (
    Base,
    BaseMark,
    BaseParagraph,
    BaseStory,
    parse_base,
    read_base,
)
from assembler.bundled import bundled_templates, resolve_template
from assembler.context import kind_from_context
from assembler.errors import AssemblerError
from assembler.fields import Field
from assembler.locate import Place
from assembler.package import Package
from assembler.places import Known
from assembler.record import Record
from assembler.stream import Mark, MarkedParagraph
from assembler.template import Template

_WORDS_AROUND = 12
# A stretch of a template that no other text is likely to have.
_TELLING = 8
_LEAST_SHARE = 0.5

Paragraphs = tuple[MarkedParagraph, ...]


def recall(
    package: Package,
    record: Record | None,
    template: Template | None,
    draft: Paragraphs,
) -> Known | None:
    """What is known of a draft.

    Args:
        package: its container.
        record: its record, None where that was stripped.
        template: its template, where that is at hand.
        draft: its text.

    Returns:
        None where nothing is known of any field.
    """
    printed = record.printed if record else None
    places = record.places if record else {}
    base = read_base(package, printed or {})
    if base is None and template is not None:
        base = parse_base(template.base, printed or {})
    if base is not None:
        return Known(base, printed, places, guessed=base.guessed)
    guessed = _guessed(draft)
    return Known(guessed, printed, places, guessed=True) if guessed.fields else None


# The template -------------------------------------------------------------------------


def template_of(
    path: Path, package: Package, record: Record | None, draft: Paragraphs
) -> Template | None:
    """A draft's template, if it is at hand and tells what the draft does not.

    Args:
        path: the draft's file.
        package: its container.
        record: its record, None where that was stripped.
        draft: its text.
    """
    has_base = read_base(package, {}) is not None
    if record is None:
        return None if has_base else _most_alike(_candidates(path), draft)
    file = Path(f"{record.template}.docx")
    for candidate in (path.with_name(file.name), resolve_template(file)):
        if has_base and _digest(candidate) == record.digest:
            return None
        if (found := _opened(candidate)) is not None:
            return found
    return None


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _opened(path: Path) -> Template | None:
    """A template that nobody asked for; a file of that name may be anything."""
    try:
        return Template.open(path)
    except AssemblerError:
        return None


def _candidates(path: Path) -> Iterator[Template]:
    """The templates that a draft may be of: by its folder's name, beside it, ours."""
    beside = sorted(path.resolve().parent.glob("*.docx"))
    named = resolve_template(Path(path.resolve().parent.name))
    for file in dict.fromkeys([named, *beside, *bundled_templates()]):
        found = _opened(file) if file.is_file() else None
        # A draft that has lost its record opens as a template, but it has no guide.
        if found is not None and any(
            f.note or f.formula for f in found.fields.values()
        ):
            yield found


def _most_alike(templates: Iterable[Template], draft: Paragraphs) -> Template | None:
    """The template whose fields and words a draft has, if that is beyond doubt."""
    text = "\n".join(paragraph.text for paragraph in draft)
    fields = {mark.field for paragraph in draft for mark in paragraph.marks}
    shares = {
        template.digest: (_share(template, text), template)
        for template in templates
        if fields <= template.fields.keys()
    }
    ranked = sorted(shares.values(), key=lambda pair: pair[0], reverse=True)
    if not ranked or ranked[0][0] < _LEAST_SHARE:
        return None
    is_sole = len(ranked) == 1 or ranked[1][0] < _LEAST_SHARE
    return ranked[0][1] if is_sole else None


def _share(template: Template, text: str) -> float:
    """How much of what a template says a text says too."""
    pieces = [
        piece
        for story in parse_base(template.base, {}).stories
        for paragraph in story.paragraphs
        for piece in paragraph
        if isinstance(piece, str) and len(piece) >= _TELLING
    ]
    return sum(piece in text for piece in pieces) / len(pieces) if pieces else 0.0


# The draft alone ----------------------------------------------------------------------


def _guessed(draft: Paragraphs) -> Base:
    """A base read off the draft itself: its bookmarks, and the words beside them."""
    fields: dict[str, Field] = {}
    stories: dict[tuple[str, str], list[BaseParagraph]] = {}
    for paragraph in draft:
        story = paragraph.story.part, paragraph.story.label
        stories.setdefault(story, []).append(_base_paragraph(paragraph))
        for mark in paragraph.marks:
            fields.setdefault(mark.field, _guessed_field(paragraph, mark))
    return Base(
        file="",
        fields=fields,
        checked={},
        relations=(),
        stories=tuple(
            BaseStory(*story, tuple(found)) for story, found in stories.items()
        ),
    )


def _base_paragraph(paragraph: MarkedParagraph) -> BaseParagraph:
    pieces: list[str | BaseMark] = []
    position = 0
    for mark in paragraph.marks:
        if mark.start >= position:
            pieces += [paragraph.text[position : mark.start]]
            pieces += [BaseMark(mark.bookmark.name)]
            position = mark.end
    return (*pieces, paragraph.text[position:])


def _guessed_field(paragraph: MarkedParagraph, mark: Mark) -> Field:
    text, story = paragraph.text, paragraph.story
    before = text[max(0, mark.start - _WORDS_AROUND) : mark.start]
    after = text[mark.end : mark.end + _WORDS_AROUND]
    kind, unit = kind_from_context(before, after)
    place = Place(
        bookmark=mark.bookmark.name,
        mask=text[mark.start : mark.end],
        notation="bookmark",
        part=story.part,
        label=story.label,
        paragraph=paragraph.number,
        before=before,
        after=after,
    )
    return Field(
        name=mark.field,
        kind=kind,
        unit=unit or "",
        formula=None,
        note="",
        # Nobody knows any more whether a row may leave it out.
        optional=True,
        default=None,
        places=(place,),
    )
