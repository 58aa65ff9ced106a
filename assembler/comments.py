"""Word comments and highlight: what a draft says to the person who reads it.

Comments live in a part of their own (ISO/IEC 29500-1, 17.13.4) which is made where the
document has none. They carry no date, so that equal input gives equal bytes.
"""

from lxml import etree

from assembler.package import (
    CONTENT_TYPES,
    OFFICE_RELATIONSHIP,
    RELATIONSHIPS_NAMESPACE,
    TYPES_NAMESPACE,
    Package,
    relationships_name,
)
from assembler.wordml import (
    IDENTIFIER,
    PARAGRAPH,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    VALUE,
    WORD,
    Element,
    comment_parts,
    parse,
    serialise,
    set_text,
    w,
)

AUTHOR = "讲话稿装配"
_INITIALS = "装配"
_PART = "word/comments.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_HIGHLIGHT = w("highlight")
# What follows w:highlight in w:rPr, in the schema's order (17.3.2.28).
_AFTER_HIGHLIGHT = frozenset(
    w(name)
    for name in (
        *("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em"),
        *("lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange"),
    )
)


class Comments:
    """The comments of a document, to which some are added.

    Args:
        package: the document.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts = comment_parts(package)
        if self._parts:
            self._root = parse(package.data(self._parts[0]))
        else:
            self._root = parse(f'<w:comments xmlns:w="{WORD}"/>'.encode())
        ids = [int(c.get(IDENTIFIER, "-1")) for c in self._root.iter(w("comment"))]
        self._next = max(ids, default=-1) + 1
        self._added = False

    def add(self, first: Element, last: Element, text: str) -> None:
        """Comment what stands from one element to another.

        Args:
            first: an element among runs, of the main part.
            last: the same element or a later sibling.
            text: the comment; a line break begins a new paragraph of it.
        """
        identifier = str(self._next)
        self._next += 1
        self._added = True
        mark = {IDENTIFIER: identifier}
        first.addprevious(first.makeelement(w("commentRangeStart"), mark))
        end = last.makeelement(w("commentRangeEnd"), mark)
        reference = last.makeelement(RUN)
        reference.append(last.makeelement(w("commentReference"), mark))
        last.addnext(end)
        end.addnext(reference)
        self._root.append(self._comment(identifier, text))

    def _comment(self, identifier: str, text: str) -> Element:
        comment = self._root.makeelement(
            w("comment"),
            {IDENTIFIER: identifier, w("author"): AUTHOR, w("initials"): _INITIALS},
        )
        for line in text.split("\n"):
            paragraph = etree.SubElement(comment, PARAGRAPH)
            run = etree.SubElement(paragraph, RUN)
            set_text(etree.SubElement(run, TEXT), line)
        return comment

    def changed_parts(self) -> dict[str, bytes]:
        """Member name → content of the members that change; none without additions."""
        if not self._added:
            return {}
        if self._parts:
            return {self._parts[0]: serialise(self._root).encode()}
        main = self._package.main_part
        return {
            _PART: serialise(self._root).encode(),
            CONTENT_TYPES: _with_override(self._package),
            relationships_name(main): _with_relationship(self._package, main),
        }


def _with_override(package: Package) -> bytes:
    types = etree.fromstring(package.data(CONTENT_TYPES))
    attributes = {"PartName": f"/{_PART}", "ContentType": _TYPE}
    etree.SubElement(types, f"{{{TYPES_NAMESPACE}}}Override", attributes)
    return _bytes(types)


def _with_relationship(package: Package, main: str) -> bytes:
    relationships = etree.fromstring(package.data(relationships_name(main)))
    taken = {element.get("Id") for element in relationships}
    number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    attributes = {
        "Id": f"rId{number}",
        "Type": f"{OFFICE_RELATIONSHIP}comments",
        "Target": f"/{_PART}",
    }
    tag = f"{{{RELATIONSHIPS_NAMESPACE}}}Relationship"
    etree.SubElement(relationships, tag, attributes)
    return _bytes(relationships)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def highlight(run: Element) -> None:
    """Let a run stand on yellow."""
    properties = run.find(RUN_PROPERTIES)
    if properties is None:
        properties = run.makeelement(RUN_PROPERTIES)
        run.insert(0, properties)
    for old in properties.findall(_HIGHLIGHT):
        properties.remove(old)
    mark = properties.makeelement(_HIGHLIGHT, {VALUE: "yellow"})
    behind = next((e for e in properties if e.tag in _AFTER_HIGHLIGHT), None)
    if behind is None:
        properties.append(mark)
    else:
        behind.addprevious(mark)
