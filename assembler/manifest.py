"""The lists of a package: what its parts are, and how they hang together.

``[Content_Types].xml`` and the ``.rels`` members (ISO/IEC 29500-2, clauses 7 and 6.5).
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

_Root = etree._Element  # noqa: SLF001 - lxml names its element type so


def content_types(package: Package) -> _Root:
    """The root of ``[Content_Types].xml``, to be changed."""
    return etree.fromstring(package.data(CONTENT_TYPES))


def add_override(types: _Root, part: str, kind: str) -> None:
    """Say what one part is."""
    attributes = {"PartName": f"/{part}", "ContentType": kind}
    etree.SubElement(types, f"{{{TYPES_NAMESPACE}}}Override", attributes)


def ensure_default(types: _Root, extension: str, kind: str) -> None:
    """Say what parts of an ending are, unless that is said already."""
    tag = f"{{{TYPES_NAMESPACE}}}Default"
    if all(e.get("Extension", "").lower() != extension for e in types.iter(tag)):
        attributes = {"Extension": extension, "ContentType": kind}
        types.insert(0, etree.Element(tag, attributes))


def relationships_of(package: Package, part: str) -> _Root:
    """The root of a part's relationships, to be changed; empty where it has none."""
    name = relationships_name(part)
    if name in package.members:
        return etree.fromstring(package.data(name))
    return no_relationships()


def no_relationships() -> _Root:
    """The root of relationships without any."""
    return etree.fromstring(f'<Relationships xmlns="{RELATIONSHIPS_NAMESPACE}"/>')


def relate(relationships: _Root, kind: str, target: str) -> None:
    """Add a relationship of a kind of Office's, under an id that is free."""
    taken = {element.get("Id") for element in relationships}
    number = 1
    while f"rId{number}" in taken:
        number += 1
    etree.SubElement(
        relationships,
        f"{{{RELATIONSHIPS_NAMESPACE}}}Relationship",
        {"Id": f"rId{number}", "Type": OFFICE_RELATIONSHIP + kind, "Target": target},
    )


def as_bytes(root: _Root) -> bytes:
    """A list as it is written."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
