"""Custom XML parts of a document: found by their root, added beside other people's.

ISO/IEC 29500-1, 15.2.5 and 15.2.6. Other programs rename these parts on saving, so
they are found by their root's namespace, never by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from assembler.package import (
    CONTENT_TYPES,
    OFFICE_RELATIONSHIP,
    RELATIONSHIPS_NAMESPACE,
    TYPES_NAMESPACE,
    Package,
    deflated,
    relationships_name,
)

_STORE_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES_TYPE = (
    "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
)
# Where the root's namespace has to stand for a part to be looked at.
_HEAD = 1000


@dataclass(frozen=True, slots=True)
class Store:
    """A sort of custom XML part.

    Attributes:
        namespace: of its root element.
        identifier: the GUID under which Word and LibreOffice keep it.
    """

    namespace: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a part goes in the documents of one template.

    Attributes:
        part: the part's name.
        constant: member name → content, for the members that change once to make
            room for it: relationships, content types, the part's properties.
    """

    part: str
    constant: Mapping[str, bytes]


def replaced(package: Package, changed: Mapping[str, bytes]) -> Package:
    """A package with the content of some members changed or added."""
    members = {name: deflated(name, data) for name, data in changed.items()}
    return Package({**package.members, **members})


def find_part(package: Package, store: Store) -> str | None:
    """The name of the part of this sort; None where there is none."""
    root = store.namespace.encode()
    for relationship in package.relationships(package.main_part):
        part = relationship.target
        if (
            relationship.type == "customXml"
            and part in package.members
            and root in package.data(part)[:_HEAD]
        ):
            return part
    return None


def read_root(package: Package, store: Store) -> etree._Element | None:
    """The root of the part of this sort; None where there is none to be read."""
    part = find_part(package, store)
    if part is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(package.data(part), parser)
    except etree.XMLSyntaxError:
        return None


def make_slot(package: Package, store: Store) -> Slot:
    """Room for a part of this sort in a package that has none."""
    number = _free_number(package)
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    main = package.main_part
    item_relationships = _no_relationships()
    _relate(item_relationships, "customXmlProps", f"itemProps{number}.xml")
    relationships = _relationships(package, main)
    _relate(relationships, "customXml", "/" + item)
    return Slot(
        item,
        {
            CONTENT_TYPES: _types(package, item, properties),
            relationships_name(main): _bytes(relationships),
            relationships_name(item): _bytes(item_relationships),
            properties: _properties(store).encode(),
        },
    )


def _properties(store: Store) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        f'<ds:datastoreItem xmlns:ds="{_STORE_NAMESPACE}"'
        f' ds:itemID="{store.identifier}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{store.namespace}"/>'
        "</ds:schemaRefs></ds:datastoreItem>"
    )


def _free_number(package: Package) -> int:
    number = 1
    while {f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"} & set(
        package.members
    ):
        number += 1
    return number


def _relationships(package: Package, part: str) -> etree._Element:
    name = relationships_name(part)
    if name in package.members:
        return etree.fromstring(package.data(name))
    return _no_relationships()


def _no_relationships() -> etree._Element:
    return etree.fromstring(f'<Relationships xmlns="{RELATIONSHIPS_NAMESPACE}"/>')


def _relate(relationships: etree._Element, kind: str, target: str) -> None:
    taken = {element.get("Id") for element in relationships}
    number = 1
    while f"rId{number}" in taken:
        number += 1
    etree.SubElement(
        relationships,
        f"{{{RELATIONSHIPS_NAMESPACE}}}Relationship",
        {"Id": f"rId{number}", "Type": OFFICE_RELATIONSHIP + kind, "Target": target},
    )


def _types(package: Package, item: str, properties: str) -> bytes:
    types = etree.fromstring(package.data(CONTENT_TYPES))
    _ensure_default(types, "xml", "application/xml")
    _ensure_default(
        types, "rels", "application/vnd.openxmlformats-package.relationships+xml"
    )
    _override(types, properties, _PROPERTIES_TYPE)
    _override(types, item, "application/xml")
    return _bytes(types)


def _ensure_default(types: etree._Element, extension: str, kind: str) -> None:
    tag = f"{{{TYPES_NAMESPACE}}}Default"
    if all(e.get("Extension", "").lower() != extension for e in types.iter(tag)):
        types.insert(
            0, etree.Element(tag, {"Extension": extension, "ContentType": kind})
        )


def _override(types: etree._Element, part: str, kind: str) -> None:
    etree.SubElement(
        types,
        f"{{{TYPES_NAMESPACE}}}Override",
        {"PartName": "/" + part, "ContentType": kind},
    )


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
