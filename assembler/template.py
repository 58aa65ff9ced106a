"""A Word file compiled to a renderer.

Opening a template does all the work that does not depend on the data: fields found,
slots cut, constant text serialised, unchanged members laid out as they came. A row
then costs one join, one deflate and one write for each part that has a field.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from assembler import __version__
from assembler.base import Base, base_xml, make_base_room
from assembler.context import kind_from_context
from assembler.custom_xml import Slot, replaced
from assembler.errors import TemplateError
from assembler.fields import Field
from assembler.figures import Kind
from assembler.fingerprint import comment_stories, content_of, digest
from assembler.guide import Guide, GuideRelation, GuideRow, read_guide, remove_guide
from assembler.locate import Located, Place, locate
from assembler.package import (
    CONTENT_TYPES,
    DOCUMENT_TYPE,
    DOTX_TYPE,
    Archive,
    Member,
    Package,
    deflated,
    quickly_deflated,
    read_package,
)
from assembler.parts import Part, TaggedPart, compile_parts
from assembler.record import (
    NOWHERE,
    Origin,
    Record,
    find_record,
    make_room,
    record_xml,
)
from assembler.stream import MarkedParagraph, marked_paragraphs
from assembler.wordml import (
    Element,
    Story,
    parse,
    story_parts,
    value_markup,
)

_SEPARATOR = "\0"
# Characters that XML 1.0 cannot hold (section 2.2), line breaks and tabs apart.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Template:
    """A template, compiled.

    Attributes:
        name: its name without the ending.
        file: its file name.
        digest: the SHA-256 of the file.
        fields: field name → field, in reading order.
        checked: the guide's fields that no place prints but formulas may use.
        lost: those of them that the guide does not mark as unprinted.
        relations: what must hold between fields.
    """

    name: str
    file: str
    digest: str
    fields: Mapping[str, Field]
    checked: Mapping[str, Field]
    lost: tuple[str, ...]
    relations: tuple[GuideRelation, ...]
    _parts: tuple[Part, ...]
    _constant_content: tuple[tuple[str, str], ...]
    _archive: Archive
    _record_part: str
    _base: "_BasePart"

    @classmethod
    def open(cls, path: Path) -> "Template":
        """Read and compile a template.

        Args:
            path: the .docx file.

        Raises:
            TemplateError: it cannot be read, is a draft, or has blanks or tags
                that must be mended first (as findings).
        """
        package = read_package(path)
        _refuse_draft(package, path.name)
        stories = story_parts(package)
        roots = {story: _parse_story(package, story, path.name) for story in stories}
        comments = {
            story: _parse_story(package, story, path.name)
            for story in comment_stories(package)
        }
        guide = _take_guide(package, roots) or Guide({})
        optional = frozenset(n for n, row in guide.rows.items() if row.optional)
        located = locate(roots, optional, path.name)
        parts = compile_parts(roots, list(located.places))
        fields, checked = _fields(located, guide), _checked_fields(located, guide)
        source = Base(path.name, fields, checked, guide.relations, ())
        record, base = _slots(package)
        base_part = _BasePart.of(source, base.part, roots, parts)
        constant = {**record.constant, **base.constant, **base_part.constant}
        return cls(
            name=path.stem,
            file=path.name,
            digest=hashlib.sha256(path.read_bytes()).hexdigest(),
            fields=fields,
            checked=checked,
            lost=tuple(
                name
                for name, row in guide.rows.items()
                if row.printed and name not in located.places
            ),
            relations=guide.relations,
            _parts=parts,
            _constant_content=_constant_content(roots | comments, parts),
            _archive=Archive(_constant_members(package, constant, parts)),
            _record_part=record.part,
            _base=base_part,
        )

    @property
    def base(self) -> str:
        """What a draft remembers of the template (see `assembler.base`).

        Of a template with logic it is that of no draft: tags stand in its text.
        """
        return self._base.text

    def render(
        self,
        values: Mapping[str, str],
        row: str = "",
        data: Mapping[str, str] | None = None,
        origin: Origin = NOWHERE,
    ) -> bytes:
        """A draft.

        Args:
            values: field name → text to print; an empty text leaves the field out,
                and so does a missing one where the field is optional.
            row: the row's label, for the record.
            data: what the record keeps beside the printed texts (see `Record`).
            origin: where the values came from, for the record.

        Returns:
            The bytes of the .docx. Equal arguments give equal bytes.

        Raises:
            KeyError: a value is missing that is not optional.
            ValueError: a value has a character that XML cannot hold.
            TemplateError: a tag cannot be carried out with these values.
        """
        texts = self._texts(values)
        if illegal_character("".join(texts.values())) is not None:
            raise ValueError(values)
        joined = _SEPARATOR.join(texts.values())
        escaped = {prefix: _escaped(texts, joined, prefix) for prefix in self._prefixes}
        contents = list(self._constant_content)
        rendered = {}
        for part in self._parts:
            markup, content = part.render(texts, escaped[part.prefix])
            contents.append((part.label, content))
            rendered[part.name] = markup.encode()
        record = Record(
            template=self.name,
            digest=self.digest,
            row=row,
            fingerprint=digest(contents),
            printed=texts,
            data=data or {},
            version=__version__,
            origin=origin,
        )
        rendered |= self._base.varying(rendered)
        rendered[self._record_part] = record_xml(record).encode()
        members = [quickly_deflated(name, data) for name, data in rendered.items()]
        return self._archive.assemble(members)

    def _texts(self, values: Mapping[str, str]) -> dict[str, str]:
        """The texts of all fields, in their order."""
        texts = {
            name: values.get(name, "") if field.optional else values[name]
            for name, field in self.fields.items()
        }
        for name, default in self._defaults.items():
            texts[name] = texts[name] or default
        if any("\r" in text for text in texts.values()):
            return {
                name: text.replace("\r\n", "\n").replace("\r", "\n")
                for name, text in texts.items()
            }
        return texts

    @cached_property
    def _defaults(self) -> dict[str, str]:
        return {
            name: field.default
            for name, field in self.fields.items()
            if field.default is not None
        }

    @cached_property
    def _prefixes(self) -> frozenset[str]:
        return frozenset(part.prefix for part in self._parts)


@dataclass(frozen=True, slots=True)
class _BasePart:
    """What drafts remember of the template: as a rule the same in all of them.

    Attributes:
        part: the part's name.
        source: the fields.
        roots: story → root, before rows; of a template with logic all, else none.
        text: the part's content before rows.
    """

    part: str
    source: Base
    roots: Mapping[Story, Element]
    text: str

    @classmethod
    def of(
        cls,
        source: Base,
        part: str,
        roots: Mapping[Story, Element],
        parts: tuple[Part, ...],
    ) -> "_BasePart":
        has_logic = any(isinstance(one, TaggedPart) for one in parts)
        text = base_xml(source, _marked(roots))
        return cls(part, source, roots if has_logic else {}, text)

    @property
    def constant(self) -> dict[str, bytes]:
        """The member, where it is the same in all drafts."""
        return {} if self.roots else {self.part: self.text.encode()}

    def varying(self, rendered: Mapping[str, bytes]) -> dict[str, bytes]:
        """The member, where it follows from what logic left of the text."""
        if not self.roots:
            return {}
        roots = {
            story: parse(rendered[story.part]) if story.part in rendered else root
            for story, root in self.roots.items()
        }
        return {self.part: base_xml(self.source, _marked(roots)).encode()}


def _marked(roots: Mapping[Story, Element]) -> list[MarkedParagraph]:
    return [one for pair in roots.items() for one in marked_paragraphs(*pair)]


def _slots(package: Package) -> tuple[Slot, Slot]:
    """Room for the record, and beside it for the base."""
    record = make_room(package)
    return record, make_base_room(replaced(package, record.constant))


def _escaped(texts: Mapping[str, str], joined: str, prefix: str) -> Mapping[str, str]:
    """The fields' texts, which were joined to be escaped in one go."""
    pieces = value_markup(joined, prefix).split(_SEPARATOR)
    # Without fields there is one empty piece, and no name for it.
    return dict(zip(texts, pieces, strict=bool(texts)))


def illegal_character(text: str) -> str | None:
    """The first character of a text that a Word file cannot hold, or None."""
    if text.isprintable():
        return None
    found = _ILLEGAL.search(text)
    return found.group() if found else None


def _refuse_draft(package: Package, name: str) -> None:
    if find_record(package) is not None:
        message = (
            f"“{name}”是合并出来的稿子，不是模板。"
            f"要换上新数据，请用：assembler refresh {name} --data 数据文件；"
            "要重新合并，请用原来的模板。"
        )
        raise TemplateError(message)


def _parse_story(package: Package, story: Story, name: str) -> Element:
    try:
        return parse(package.data(story.part))
    except etree.XMLSyntaxError as error:
        message = (
            f"“{name}”的{story.label}已经损坏，读不出来。"
            "请用 Word 或 WPS 打开它（会提示修复），另存为 .docx 再用。"
        )
        raise TemplateError(message) from error


def _take_guide(package: Package, roots: Mapping[Story, Element]) -> Guide | None:
    main = next(r for story, r in roots.items() if story.part == package.main_part)
    guide = read_guide(main)
    remove_guide(main)
    return guide


def _constant_content(
    roots: Mapping[Story, Element], parts: tuple[Part, ...]
) -> tuple[tuple[str, str], ...]:
    changed = {part.name for part in parts}
    return tuple(
        (story.label, content_of(root))
        for story, root in roots.items()
        if story.part not in changed
    )


def _constant_members(
    package: Package, added: Mapping[str, bytes], parts: tuple[Part, ...]
) -> list[Member]:
    """The members that all drafts share, content types first."""
    changed = {part.name for part in parts}
    constant = {n: m for n, m in package.members.items() if n not in changed}
    for name, data in added.items():
        constant[name] = deflated(name, _as_document(name, data))
    first = constant.pop(CONTENT_TYPES)
    return [first, *constant.values()]


def _as_document(name: str, data: bytes) -> bytes:
    """Let a draft of a .dotx be a document."""
    if name != CONTENT_TYPES:
        return data
    return data.replace(DOTX_TYPE.encode(), DOCUMENT_TYPE.encode())


def _fields(located: Located, guide: Guide) -> dict[str, Field]:
    return {
        name: _field(name, places, guide, optional=name in located.optional)
        for name, places in located.places.items()
    }


def _checked_fields(located: Located, guide: Guide) -> dict[str, Field]:
    """The guide's fields that no place prints but formulas may use."""
    return {
        name: _field(name, (), guide, optional=True)
        for name in guide.rows
        if name not in located.places
    }


def _field(
    name: str, places: tuple[Place, ...], guide: Guide, *, optional: bool
) -> Field:
    row = guide.rows.get(name, GuideRow(name))
    kind, unit = _kind_of(name, row, places)
    return Field(
        name=name,
        kind=kind,
        unit=unit,
        formula=row.formula or None,
        note=row.note,
        optional=optional or row.default is not None,
        default=row.default,
        places=places,
    )


def _kind_of(name: str, row: GuideRow, places: tuple[Place, ...]) -> tuple[Kind, str]:
    """Kind and unit by the guide, else by the words beside the first place."""
    if row.kind:
        try:
            return Kind(row.kind), row.unit
        except ValueError as error:
            message = (
                f"字段说明里“{name}”的类型写的是“{row.kind}”，没有这种类型。"
                f"请改成其中一种：{'、'.join(Kind)}。"
            )
            raise TemplateError(message) from error
    if not places:
        return Kind.TEXT, row.unit
    kind, unit = kind_from_context(places[0].before, places[0].after)
    return kind, row.unit or unit or ""
