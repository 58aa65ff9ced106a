"""The reading copy for the lectern: large, wide lines, nothing torn apart.

A second output with sizes of its own, made from the clean copy: every paragraph gets
size and line by what it is, figures stay with their units, pages say 第3页/共9页.
"""

from collections.abc import Iterator

from lxml import etree

from assembler.document import Document
from assembler.formatting import (
    TABLE_PROPERTIES,
    clear_property,
    properties_of,
    set_property,
)
from assembler.package import (
    CONTENT_TYPES,
    OFFICE_RELATIONSHIP,
    RELATIONSHIPS_NAMESPACE,
    TYPES_NAMESPACE,
    deflated,
    pack,
    relationships_name,
)
from assembler.rules_page import is_title
from assembler.rules_text import Paragraph
from assembler.settings import LargeFormat
from assembler.styles import first_line_indent
from assembler.unbroken import keep_together
from assembler.wordml import (
    CELL,
    PARAGRAPH_PROPERTIES,
    PICTURES,
    RUN,
    RUN_PROPERTIES,
    SECTION_PROPERTIES,
    TABLE,
    TEXT_BOX,
    VALUE,
    WORD,
    Element,
    parse,
    serialise,
    text_of,
    w,
)

_TWIPS, _TWIPS_PER_MM = 20, 1440 / 25.4
_HEADER_MM, _FOOTER_MM = 12, 14
_MARK_POINTS, _NUMBER_POINTS = 16, 18
_SMALLEST_IN_TABLES = 22
_TITLE_LINE = 1.4
_SHORT = 16
# In fiftieths of a per cent.
_WHOLE_WIDTH = 5000
_ENGLISH = "en-US"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_STORIES = ("header", "footer")
_FACES = '<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体"/>'
_REFERENCES = frozenset({w("headerReference"), w("footerReference")})
_NOT_WANTED_IN_SECTIONS = (
    *("docGrid", "titlePg", "pgNumType", "cols", "lnNumType", "textDirection"),
)
_ONE_COPY_SETTINGS = ("evenAndOddHeaders", "mirrorMargins", "bookFoldPrinting")


def large_copy(document: Document, format_: LargeFormat) -> bytes:
    """The reading copy.

    Args:
        document: the clean copy; changed in place.
        format_: sizes, lines, margins.

    Returns:
        The bytes of a .docx.
    """
    _Enlarger(document, format_).enlarge()
    main = document.package.main_part
    members = {name: m.data() for name, m in document.package.members.items()}
    members[main] = serialise(document.body.root).encode()
    _add_stories(members, document, format_)
    _simplify_settings(members, document)
    return pack(deflated(name, data) for name, data in members.items())


class _Enlarger:
    """Sets the paragraphs and sections of a document's body."""

    def __init__(self, document: Document, format_: LargeFormat) -> None:
        self._document, self._format = document, format_

    def enlarge(self) -> None:
        paragraphs = list(self._paragraphs())
        for paragraph, element in paragraphs:
            self._set_paragraph(paragraph, element)
        self._keep_the_end([element for _, element in paragraphs])
        for section in self._document.body.root.iter(SECTION_PROPERTIES):
            self._set_section(section)
        for table in self._document.body.root.iter(TABLE):
            properties = properties_of(table, TABLE_PROPERTIES)
            set_property(properties, "tblW", type="pct", w=_WHOLE_WIDTH)
            set_property(properties, "tblInd", type="dxa", w=0)
            set_property(properties, "tblLayout", type="autofit")
        for height in self._document.body.root.iter(w("trHeight")):
            # Rows of a fixed height would cut the larger letters off.
            if w("hRule") in height.attrib:
                del height.attrib[w("hRule")]

    def _paragraphs(self) -> Iterator[tuple[Paragraph, Element]]:
        body = self._document.body
        for paragraph in body.text.paragraphs:
            element = body.elements[paragraph.number]
            if next(element.iterancestors(TEXT_BOX), None) is None:
                yield paragraph, element

    def _set_paragraph(self, paragraph: Paragraph, element: Element) -> None:
        styles, title = self._document.styles, is_title(paragraph, self._document)
        size = self._size(paragraph, title=title)
        indent = first_line_indent(element, styles) > 0
        centred = styles.of_paragraph(element, w("jc"), VALUE) in ("center", "right")
        properties = properties_of(element, PARAGRAPH_PROPERTIES)
        set_property(properties, "widowControl", val=1)
        set_property(properties, "snapToGrid", val=0)
        set_property(properties, "spacing", **self._lines(element, size, title=title))
        if properties.find(w("numPr")) is None:
            set_property(properties, "ind", **_indents(size if indent else 0))
        if not centred:
            # Lines that end early to keep a figure whole must not be stretched.
            set_property(properties, "jc", val="left")
        self._set_runs(element, properties, size)
        keep_together(element, last=not paragraph.in_table)

    def _size(self, paragraph: Paragraph, *, title: bool) -> float:
        if title:
            return self._format.title
        return _SMALLEST_IN_TABLES if paragraph.in_table else self._format.size

    def _lines(
        self, element: Element, size: float, *, title: bool
    ) -> dict[str, object]:
        around: dict[str, object] = {"before": 0, "after": 0}
        is_free = next(element.iterancestors(CELL), None) is not None
        if is_free or next(element.iter(*PICTURES), None) is not None:
            return around | {"line": 240, "lineRule": "auto"}
        line = size * _TITLE_LINE if title else self._format.line
        return around | {"line": round(line * _TWIPS), "lineRule": "exact"}

    def _set_runs(self, element: Element, properties: Element, size: float) -> None:
        marks = [properties_of(run, RUN_PROPERTIES) for run in _own_runs(element)]
        mark = properties.find(RUN_PROPERTIES)
        if mark is None:
            set_property(properties, "rPr")
            mark = properties.find(RUN_PROPERTIES)
        for one in [*marks, mark]:
            if one is not None:
                self._set_run(one, size)

    def _set_run(self, properties: Element, size: float) -> None:
        for name in ("sz", "szCs"):
            set_property(properties, name, val=round(size * 2))
        for name in ("spacing", "w", "fitText"):
            clear_property(properties, name)
        set_property(properties, "spacing", val=0)
        # Text marked as Chinese would lose its joiners in LibreOffice.
        set_property(properties, "lang", val=_ENGLISH, eastAsia=_ENGLISH)
        if self._format.bold:
            set_property(properties, "b")

    def _keep_the_end(self, elements: list[Element]) -> None:
        """Let a short last paragraph not stand on a page of its own."""
        filled = [e for e in elements if text_of(e).strip()]
        for before, last in zip(filled[-2:-1], filled[-1:], strict=False):
            if len(text_of(last)) <= _SHORT:
                properties = properties_of(before, PARAGRAPH_PROPERTIES)
                set_property(properties, "keepNext")

    def _set_section(self, section: Element) -> None:
        for child in list(section):
            local = str(child.tag).rpartition("}")[2]
            if child.tag in _REFERENCES or local in _NOT_WANTED_IN_SECTIONS:
                section.remove(child)
        margins = section.find(w("pgMar"))
        if margins is not None:
            for side in ("top", "right", "bottom", "left"):
                margins.set(w(side), _twips(getattr(self._format, side)))
            margins.set(w("header"), _twips(_HEADER_MM))
            margins.set(w("footer"), _twips(_FOOTER_MM))
            margins.set(w("gutter"), "0")
        for kind in reversed(_STORIES):
            attributes = {w("type"): "default", _RELATION: _relation(kind)}
            reference = section.makeelement(w(f"{kind}Reference"), attributes)
            section.insert(0, reference)


def _indents(size: float) -> dict[str, object]:
    """Two characters in, or not at all; no other indents."""
    first = round(2 * size * _TWIPS)
    characters = 200 if first else 0
    return {
        "leftChars": 0,
        "left": 0,
        "rightChars": 0,
        "right": 0,
        "firstLineChars": characters,
        "firstLine": first,
    }


def _own_runs(element: Element) -> Iterator[Element]:
    """The runs of a paragraph, those of text boxes in it apart."""
    for run in element.iter(RUN):
        holder = next(run.iterancestors(w("p")), None)
        if holder is element:
            yield run


def _twips(millimetres: float) -> str:
    return str(round(millimetres * _TWIPS_PER_MM))


# Header, footer, settings ------------------------------------------------------------

_RELATION = f"{{{OFFICE_RELATIONSHIP.rstrip('/')}}}id"


def _relation(kind: str) -> str:
    return f"rIdLarge{kind.capitalize()}"


def _add_stories(
    members: dict[str, bytes], document: Document, format_: LargeFormat
) -> None:
    main = document.package.main_part
    types = etree.fromstring(members[CONTENT_TYPES])
    name = relationships_name(main)
    empty = f'<Relationships xmlns="{RELATIONSHIPS_NAMESPACE}"/>'.encode()
    relationships = etree.fromstring(members.get(name, empty))
    for old in list(relationships):
        if old.get("Type", "").rpartition("/")[2] in _STORIES:
            _drop_story(old, relationships, document, members, types)
    for kind, inner in zip(_STORIES, (_header(format_), _footer()), strict=True):
        part = f"word/{kind}Large.xml"
        members[part] = inner.encode()
        attributes = {"PartName": f"/{part}", "ContentType": f"{_TYPE}{kind}+xml"}
        etree.SubElement(types, f"{{{TYPES_NAMESPACE}}}Override", attributes)
        etree.SubElement(
            relationships,
            f"{{{RELATIONSHIPS_NAMESPACE}}}Relationship",
            {
                "Id": _relation(kind),
                "Type": OFFICE_RELATIONSHIP + kind,
                "Target": f"/{part}",
            },
        )
    members[CONTENT_TYPES] = _bytes(types)
    members[name] = _bytes(relationships)


def _drop_story(
    old: Element,
    relationships: Element,
    document: Document,
    members: dict[str, bytes],
    types: Element,
) -> None:
    """Take the header or footer of the draft out of the package."""
    known = document.package.relationships(document.package.main_part)
    part = next(r.target for r in known if r.id == old.get("Id"))
    relationships.remove(old)
    members.pop(part, None)
    members.pop(relationships_name(part), None)
    for override in list(types.iter(f"{{{TYPES_NAMESPACE}}}Override")):
        if override.get("PartName", "").lstrip("/") == part:
            types.remove(override)


def _header(format_: LargeFormat) -> str:
    text = format_.mark.replace("&", "&amp;").replace("<", "&lt;")
    return _story("hdr", "right", f"<w:r>{_mark(_MARK_POINTS)}<w:t>{text}</w:t></w:r>")


def _footer() -> str:
    """第3页/共9页, counted by Word."""
    properties = _mark(_NUMBER_POINTS)

    def said(text: str) -> str:
        return f"<w:r>{properties}<w:t>{text}</w:t></w:r>"

    def field(code: str) -> str:
        marks = (
            '<w:fldChar w:fldCharType="begin"/>',
            f"<w:instrText> {code} </w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
        return "".join(f"<w:r>{properties}{mark}</w:r>" for mark in marks)

    inner = said("第") + field("PAGE") + said("页/共") + field("NUMPAGES") + said("页")
    return _story("ftr", "center", inner)


def _mark(points: int) -> str:
    size = f'<w:sz w:val="{points * 2}"/><w:szCs w:val="{points * 2}"/>'
    return f"<w:rPr>{_FACES}{size}</w:rPr>"


def _story(tag: str, side: str, inner: str) -> str:
    spacing = '<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/>'
    indent = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:{tag} xmlns:w="{WORD}"><w:p><w:pPr>{spacing}{indent}'
        f'<w:jc w:val="{side}"/></w:pPr>{inner}</w:p></w:{tag}>'
    )


def _simplify_settings(members: dict[str, bytes], document: Document) -> None:
    """One-sided pages, all alike."""
    package = document.package
    for relationship in package.relationships(package.main_part):
        if relationship.type == "settings" and relationship.target in members:
            root = parse(members[relationship.target])
            for name in _ONE_COPY_SETTINGS:
                for element in root.findall(w(name)):
                    root.remove(element)
            members[relationship.target] = serialise(root).encode()


def _bytes(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
