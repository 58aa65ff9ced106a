"""Taking the parts of one document into another: names, ids and what refers to them."""

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

from assembler.combine_defaults import settle
from assembler.combine_guest import NOTES, ONCE, Guest
from assembler.combine_styles import (
    default_paragraph_style,
    rename_references,
    take_in,
    uses_theme_faces,
)
from assembler.errors import TemplateError
from assembler.formatting import properties_of, set_property
from assembler.package import (
    CONTENT_TYPES,
    OFFICE_RELATIONSHIP,
    RELATIONSHIPS_NAMESPACE,
    TYPES_NAMESPACE,
    Package,
    deflated,
    pack,
    relationships_name,
)
from assembler.wordml import (
    BOOKMARK_END,
    BOOKMARK_START,
    CONTROL_PROPERTIES,
    IDENTIFIER,
    INSTRUCTION,
    INSTRUCTION_TEXT,
    NAME,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    SIMPLE_FIELD,
    TYPE,
    VALUE,
    WORD,
    Element,
    parse,
    remove,
    serialise,
    unwrap,
    w,
)

_RELATIONS = f"{{{OFFICE_RELATIONSHIP.rstrip('/')}}}"
_TAG = f"{{{RELATIONSHIPS_NAMESPACE}}}Relationship"
_OVERRIDE = f"{{{TYPES_NAMESPACE}}}Override"
_STORY_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_REFERENCES = ("Reference", "RangeStart", "RangeEnd")
_HYPERLINK = w("hyperlink")
# The longest name of a bookmark that Word takes.
_LONGEST_NAME = 40
_MIRROR = w("mirrorMargins")


class Book:
    """The document that others are taken into.

    Args:
        host: the first document, which grows.
    """

    def __init__(self, host: Guest) -> None:
        self.host = host
        package = host.package
        self._members = {name: m.data() for name, m in package.members.items()}
        self._bookmarks = set(_bookmark_names(host.main))
        self._known_styles: dict[bytes, Mapping[str, str]] = {
            etree.tostring(host.styles): {}
        }
        self._types = etree.fromstring(self._members[CONTENT_TYPES])
        self._relations = etree.fromstring(
            self._members[relationships_name(package.main_part)]
        )

    def require_room_for(self, guest: Guest) -> None:
        """Let a guest look the same here; TemplateError where that cannot be."""
        reasons = [
            (
                not settle(guest.styles, self.host.styles),
                "默认的字体字号",
            ),
            (self.host.setting(_MIRROR) != guest.setting(_MIRROR), "对称页边距的设置"),
            (self._faces_differ(guest), "主题字体"),
            (_notes_hold_more(guest), "脚注里的链接或图片（不能合并）"),
        ]
        for differs, what in reasons:
            if differs:
                message = (
                    f"“{guest.name}”和“{self.host.name}”合不到一个文件里：{what}不一样。"
                    "请去掉 --combined 分开打印，或者用同一个模板重新合并。"
                )
                raise TemplateError(message)

    def _faces_differ(self, guest: Guest) -> bool:
        theme, other = (
            etree.tostring(g.roots["theme"][1]) if "theme" in g.roots else b""
            for g in (self.host, guest)
        )
        used = any(uses_theme_faces(g.styles) for g in (self.host, guest))
        return used and theme != other

    def take_in(self, guest: Guest, number: int) -> None:
        """Take a guest's parts in and let it refer to them by their new names."""
        renamed = self._take_in_styles(guest, number)
        lists = self._take_in_lists(guest, renamed)
        relations, copied = self._take_in_parts(guest, number)
        bookmarks = self._new_bookmark_names(guest.main, number)
        notes = guest.notes.values()
        for root in (guest.main, *notes, *(root for _, root in copied)):
            _name_default_style(root, default_paragraph_style(guest.styles))
            rename_references(root, renamed)
            _renumber_lists(root, lists)
        for kind in guest.notes:
            self._take_in_notes(guest, kind)
        _refer(guest.main, relations)
        _rename_bookmarks(guest.main, bookmarks)
        _renumber_marks(guest.main, number)
        for part, root in copied:
            self._members[part] = serialise(root).encode()

    def _take_in_styles(self, guest: Guest, number: int) -> Mapping[str, str]:
        if "styles" not in self.host.roots:
            return {}
        # Drafts of one template have one set of styles; comparing it takes its time.
        content = etree.tostring(guest.styles)
        if content not in self._known_styles:
            renamed = take_in(self.host.styles, guest.styles, number)
            self._known_styles[content] = renamed
        return self._known_styles[content]

    def _take_in_lists(
        self, guest: Guest, renamed: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Take numbering in; list id → new id."""
        if "numbering" not in guest.roots:
            return {}
        _, root = guest.roots["numbering"]
        rename_references(root, renamed)
        if "numbering" not in self.host.roots:
            self._adopt(guest, "numbering")
            return {}
        own = self.host.roots["numbering"][1]
        abstract = _shifted(own, root, w("abstractNum"), w("abstractNumId"))
        lists = _shifted(own, root, w("num"), w("numId"))
        for reference in root.iter(w("abstractNumId")):
            reference.set(VALUE, abstract.get(reference.get(VALUE, ""), ""))
        first = own.find(w("num"))
        for element in root.findall(w("abstractNum")):
            # All abstract lists stand before all lists.
            own.append(element) if first is None else first.addprevious(element)
        own.extend(root.findall(w("num")))
        return lists

    def _take_in_notes(self, guest: Guest, kind: str) -> None:
        if kind == "comments":
            _free_of_relations(guest.notes[kind])
        if kind not in self.host.roots:
            self._adopt(guest, kind)
            return
        tag, root = w(NOTES[kind]), guest.notes[kind]
        own = self.host.roots[kind][1]
        for layout in [
            n for n in root.findall(tag) if n.get(TYPE) not in (None, "normal")
        ]:
            root.remove(layout)
        ids = _shifted(own, root, tag, IDENTIFIER)
        own.extend(root.findall(tag))
        marks = [w(NOTES[kind] + end) for end in _REFERENCES]
        for text in (guest.main, *guest.notes.values()):
            for mark in text.iter(*marks):
                old = mark.get(IDENTIFIER, "")
                mark.set(IDENTIFIER, ids.get(old, old))

    def _new_bookmark_names(self, root: Element, number: int) -> dict[str, str]:
        """Names of bookmarks that are taken → new names."""
        names = _bookmark_names(root)
        renamed = {
            name: f"{name[: _LONGEST_NAME - len(str(number)) - 1]}_{number}"
            for name in names
            if name in self._bookmarks
        }
        self._bookmarks.update(renamed.get(name, name) for name in names)
        return renamed

    def _adopt(self, guest: Guest, kind: str) -> None:
        """Take a part over whole that the host has none of."""
        part, root = guest.roots[kind]
        self.host.roots[kind] = part, root
        self._relate(kind, part)
        self._declare(part, guest.package.content_types[part])

    def _take_in_parts(
        self, guest: Guest, number: int
    ) -> tuple[dict[str, str], list[tuple[str, Element]]]:
        """Copy what the guest's main part refers to.

        Returns:
            Relationship id → new id, and the copied parts that hold Word text.
        """
        ids: dict[str, str] = {}
        names: dict[str, str] = {}
        for relationship in guest.package.relationships(guest.package.main_part):
            if relationship.type in ONCE:
                continue
            target = relationship.target
            if not relationship.external:
                target = self._copy(guest.package, target, number, names)
            ids[relationship.id] = self._relate(
                relationship.type, target, external=relationship.external
            )
        copied = [
            (new, parse(self._members[new]))
            for new in names.values()
            if new.endswith(".xml") and WORD.encode() in self._members[new]
        ]
        return ids, copied

    def _copy(
        self, package: Package, part: str, number: int, names: dict[str, str]
    ) -> str:
        """Copy a part and what it refers to; the part's new name."""
        if part in names:
            return names[part]
        folder, file = posixpath.split(part)
        new = posixpath.join(folder, f"{number}_{file}")
        names[part] = new
        self._members[new] = package.data(part)
        self._declare(new, package.content_types[part])
        if relationships_name(part) in package.members:
            root = etree.fromstring(package.data(relationships_name(part)))
            known = {r.id: r for r in package.relationships(part)}
            for element in root.iter(_TAG):
                relationship = known[element.get("Id", "")]
                if not relationship.external:
                    target = self._copy(package, relationship.target, number, names)
                    element.set("Target", f"/{target}")
            self._members[relationships_name(new)] = _bytes(root)
        return new

    def _declare(self, part: str, kind: str) -> None:
        attributes = {"PartName": f"/{part}", "ContentType": kind}
        etree.SubElement(self._types, _OVERRIDE, attributes)

    def _relate(self, kind: str, target: str, *, external: bool = False) -> str:
        taken = {element.get("Id") for element in self._relations}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        attributes = {
            "Id": f"rId{number}",
            "Type": OFFICE_RELATIONSHIP + kind,
            "Target": target if external else f"/{target}",
        }
        if external:
            attributes["TargetMode"] = "External"
        etree.SubElement(self._relations, _TAG, attributes)
        return f"rId{number}"

    def empty_story(self, section: Element, kind: str, which: str) -> Element:
        """A reference to a header or footer without text."""
        part = f"word/{kind}Empty.xml"
        if part not in self._members:
            tag = {"header": "hdr", "footer": "ftr"}[kind]
            self._members[part] = (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                f'<w:{tag} xmlns:w="{WORD}"><w:p/></w:{tag}>'
            ).encode()
            self._declare(part, f"{_STORY_TYPE}{kind}+xml")
            self._relate(kind, part)
        identifier = next(
            e.get("Id", "") for e in self._relations if e.get("Target") == f"/{part}"
        )
        attributes = {TYPE: which, f"{_RELATIONS}id": identifier}
        return section.makeelement(w(f"{kind}Reference"), attributes)

    def content(self) -> bytes:
        """The bytes of the .docx."""
        for part, root in self.host.roots.values():
            self._members[part] = serialise(root).encode()
        main = self.host.package.main_part
        self._members[CONTENT_TYPES] = _bytes(self._types)
        self._members[relationships_name(main)] = _bytes(self._relations)
        return pack(deflated(name, data) for name, data in self._members.items())


def _notes_hold_more(guest: Guest) -> bool:
    return any(
        guest.package.relationships(guest.roots[kind][0])
        for kind in ("footnotes", "endnotes", "numbering")
        if kind in guest.roots
    )


def _free_of_relations(root: Element) -> None:
    """Take out of comments the links and pictures that are kept in other parts."""
    for link in list(root.iter(_HYPERLINK)):
        unwrap(link, link)
    for element in list(root.iter(w("drawing"), w("pict"), w("object"))):
        remove(element)


def _shifted(own: Element, other: Element, tag: str, attribute: str) -> dict[str, str]:
    """Give elements numbers that are free in another part; old number → new."""
    highest = max((int(e.get(attribute, "0")) for e in own.findall(tag)), default=0)
    found = {}
    for number, element in enumerate(other.findall(tag), highest + 1):
        found[element.get(attribute, "")] = str(number)
        element.set(attribute, str(number))
    return found


def _name_default_style(root: Element, style: str | None) -> None:
    """Let paragraphs name the style that went without saying in their own document."""
    for paragraph in root.iter(PARAGRAPH) if style else ():
        properties = properties_of(paragraph, PARAGRAPH_PROPERTIES)
        if properties.find(w("pStyle")) is None:
            set_property(properties, "pStyle", val=style)


def _renumber_lists(root: Element, lists: Mapping[str, str]) -> None:
    for reference in root.iter(w("numId")):
        old = reference.get(VALUE, "")
        reference.set(VALUE, lists.get(old, old))


def _refer(root: Element, relations: Mapping[str, str]) -> None:
    """Let a part refer to others by their new ids."""
    for element in root.iter("*"):
        for name, value in element.attrib.items():
            if str(name).startswith(_RELATIONS) and value in relations:
                element.set(name, relations[str(value)])


def _bookmark_names(root: Element) -> list[str]:
    return [start.get(NAME, "") for start in root.iter(BOOKMARK_START)]


def _rename_bookmarks(root: Element, renamed: Mapping[str, str]) -> None:
    for old, new in renamed.items():
        for start in root.iter(BOOKMARK_START):
            if start.get(NAME) == old:
                start.set(NAME, new)
        for code in root.iter(INSTRUCTION_TEXT):
            code.text = (code.text or "").replace(old, new)
        for simple in root.iter(SIMPLE_FIELD):
            simple.set(INSTRUCTION, simple.get(INSTRUCTION, "").replace(old, new))
        for link in root.iter(_HYPERLINK):
            if link.get(w("anchor")) == old:
                link.set(w("anchor"), new)


def _renumber_marks(root: Element, number: int) -> None:
    """Give bookmarks and pictures numbers of their own; controls may go without."""
    base = number * 100_000
    for element in _marks(root):
        old = element.get(IDENTIFIER, "0")
        element.set(IDENTIFIER, str(base + int(old if old.isdecimal() else "0")))
    for count, element in enumerate(root.iter("{*}docPr"), 1):
        element.set("id", str(base + count))
    for properties in root.iter(CONTROL_PROPERTIES):
        for identifier in properties.findall(IDENTIFIER):
            properties.remove(identifier)


def _marks(root: Element) -> Iterator[Element]:
    yield from root.iter(BOOKMARK_START)
    yield from root.iter(BOOKMARK_END)


def _bytes(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
