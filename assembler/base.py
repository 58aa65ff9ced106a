"""What a draft remembers of its template: its fields, and the text as merge wrote it.

A custom XML part beside the record. For a template without logic it is the same in all
drafts, so it costs a row nothing. With the record's values in it, it is the base of a
three-way comparison: how every sentence read before anybody touched the draft.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from assembler.custom_xml import Slot, Store, find_part, make_slot, read_root
from assembler.fields import Field, FieldSource
from assembler.figures import Kind
from assembler.guide import GuideRelation
from assembler.locate import Place
from assembler.names import field_of
from assembler.package import Package
from assembler.stream import MarkedParagraph

NAMESPACE = "urn:assembler:base:1"
_STORE = Store(NAMESPACE, "{2B8C7A94-51D0-4E3F-8A66-C07D93E1F5B8}")
_WORDS_AROUND = 12


@dataclass(frozen=True, slots=True)
class BaseMark:
    """A field's place in the text: the name of the bookmark that stood there."""

    bookmark: str

    @property
    def field(self) -> str:
        """The field's name."""
        return field_of(self.bookmark) or ""


BaseParagraph = tuple[str | BaseMark, ...]


@dataclass(frozen=True, slots=True)
class BaseStory:
    """A story as the template laid it out.

    Attributes:
        part: the part's name when the draft was made.
        label: the story's Chinese name.
        paragraphs: constant text and places, paragraph by paragraph.
    """

    part: str
    label: str
    paragraphs: tuple[BaseParagraph, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """What a draft remembers of its template; rows can be checked against it.

    Attributes:
        file: the template's file name.
        fields: field name → field, in reading order.
        checked: fields that no place prints but formulas may use.
        relations: what must hold between fields.
        stories: the text.
        guessed: whether it was read off a draft that had lost its own.
        lost: none; what a template's guide had lost, merge has told.
    """

    file: str
    fields: Mapping[str, Field]
    checked: Mapping[str, Field]
    relations: tuple[GuideRelation, ...]
    stories: tuple[BaseStory, ...]
    guessed: bool = False
    lost: tuple[str, ...] = ()

    def bookmarks(self) -> Iterator[str]:
        """The names of the bookmarks that stood in its places."""
        for story in self.stories:
            for paragraph in story.paragraphs:
                for piece in paragraph:
                    if isinstance(piece, BaseMark):
                        yield piece.bookmark


def base_xml(
    source: FieldSource,
    paragraphs: Iterable[MarkedParagraph],
    *,
    guessed: bool = False,
) -> str:
    """The content of the part.

    Args:
        source: the fields.
        paragraphs: the text of all stories, story by story.
        guessed: whether they were read off a draft that had lost its own.
    """
    printed = "".join(map(_field_xml, source.fields.values()))
    checked = "".join(_field_xml(one, "checked") for one in source.checked.values())
    relations = "".join(map(_relation_xml, source.relations))
    stories = "".join(_stories_xml(paragraphs))
    sign = ' guessed="1"' if guessed else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<b:base xmlns:b="{NAMESPACE}" file={quoteattr(source.file)}{sign}>'
        f"{printed}{checked}{relations}{stories}</b:base>"
    )


def _field_xml(field: Field, tag: str = "field") -> str:
    given = {
        "name": field.name,
        "kind": str(field.kind),
        "unit": field.unit or None,
        "formula": field.formula,
        "note": field.note or None,
        "optional": "1" if field.optional else None,
        "default": field.default,
    }
    return f"<b:{tag}{_attributes(given)}/>"


def _relation_xml(relation: GuideRelation) -> str:
    given = {"note": relation.note or None, "soft": "1" if relation.soft else None}
    return f"<b:relation{_attributes(given)}>{escape(relation.text)}</b:relation>"


def _attributes(given: Mapping[str, str | None]) -> str:
    return "".join(
        f" {name}={quoteattr(value)}"
        for name, value in given.items()
        if value is not None
    )


def _stories_xml(paragraphs: Iterable[MarkedParagraph]) -> Iterator[str]:
    part = None
    for paragraph in paragraphs:
        story = paragraph.story
        if story.part != part:
            if part is not None:
                yield "</b:story>"
            part = story.part
            yield f"<b:story{_attributes({'part': part, 'label': story.label})}>"
        yield f"<b:p>{''.join(_paragraph_xml(paragraph))}</b:p>"
    if part is not None:
        yield "</b:story>"


def _paragraph_xml(paragraph: MarkedParagraph) -> Iterator[str]:
    position = 0
    for mark in paragraph.marks:
        if mark.start < position:
            continue
        yield escape(paragraph.text[position : mark.start])
        yield f"<b:at name={quoteattr(mark.bookmark.name)}/>"
        position = mark.end
    yield escape(paragraph.text[position:])


def find_base(package: Package) -> str | None:
    """The name of the part; None where there is none."""
    return find_part(package, _STORE)


def make_base_room(package: Package) -> Slot:
    """Room for the part in a package that has none."""
    return make_slot(package, _STORE)


def read_base(package: Package, printed: Mapping[str, str]) -> Base | None:
    """What a draft remembers of its template.

    Args:
        package: the draft.
        printed: field name → the text that the record has for it.

    Returns:
        None where the draft has no such part or it cannot be read.
    """
    root = read_root(package, _STORE)
    return None if root is None else _base(root, printed)


def parse_base(text: str, printed: Mapping[str, str]) -> Base:
    """As `read_base`, from what `base_xml` gives."""
    return _base(etree.fromstring(text.encode()), printed)


def _base(root: etree._Element, printed: Mapping[str, str]) -> Base:
    stories = tuple(_story(element) for element in _children(root, "story"))
    places = _places(stories, printed)
    fields = (
        _field(element, places.get(element.get("name", ""), (_UNPLACED,)))
        for element in _children(root, "field")
    )
    checked = (_field(element, ()) for element in _children(root, "checked"))
    return Base(
        file=root.get("file", ""),
        fields={field.name: field for field in fields},
        checked={field.name: field for field in checked},
        relations=tuple(
            GuideRelation(e.text or "", e.get("note", ""), e.get("soft") == "1")
            for e in _children(root, "relation")
        ),
        stories=stories,
        guessed=root.get("guessed") == "1",
    )


def _children(root: etree._Element, tag: str) -> Iterator[etree._Element]:
    return root.iterchildren(f"{{{NAMESPACE}}}{tag}")


def _story(element: etree._Element) -> BaseStory:
    paragraphs = (tuple(_pieces(p)) for p in _children(element, "p"))
    return BaseStory(
        element.get("part", ""), element.get("label", ""), tuple(paragraphs)
    )


def _pieces(paragraph: etree._Element) -> Iterator[str | BaseMark]:
    if paragraph.text:
        yield paragraph.text
    for place in _children(paragraph, "at"):
        yield BaseMark(place.get("name", ""))
        if place.tail:
            yield place.tail


# Of a field that only tags ask for, or whose line was left out.
_UNPLACED = Place("", "", "tag", "", "正文", 1, "", "")


def _field(element: etree._Element, places: tuple[Place, ...]) -> Field:
    kind = element.get("kind", "")
    return Field(
        name=element.get("name", ""),
        kind=next((known for known in Kind if known == kind), Kind.TEXT),
        unit=element.get("unit", ""),
        formula=element.get("formula"),
        note=element.get("note", ""),
        optional=element.get("optional") == "1",
        default=element.get("default"),
        places=places,
    )


def _places(
    stories: Iterable[BaseStory], printed: Mapping[str, str]
) -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for story in stories:
        for number, paragraph in enumerate(story.paragraphs, 1):
            for mark, place in _places_in(story, number, paragraph, printed):
                found.setdefault(mark.field, []).append(place)
    return {field: tuple(places) for field, places in found.items()}


def _places_in(
    story: BaseStory, number: int, paragraph: BaseParagraph, printed: Mapping[str, str]
) -> Iterator[tuple[BaseMark, Place]]:
    texts = [
        printed.get(piece.field, "") if isinstance(piece, BaseMark) else piece
        for piece in paragraph
    ]
    for index, piece in enumerate(paragraph):
        if isinstance(piece, BaseMark):
            yield (
                piece,
                Place(
                    bookmark=piece.bookmark,
                    mask=texts[index],
                    notation="bookmark",
                    part=story.part,
                    label=story.label,
                    paragraph=number,
                    before="".join(texts[:index])[-_WORDS_AROUND:],
                    after="".join(texts[index + 1 :])[:_WORDS_AROUND],
                ),
            )
