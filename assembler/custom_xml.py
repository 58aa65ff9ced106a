"""Custom XML parts of a document: found by their root, added beside other people's.

ISO/IEC 29500-1, 15.2.5 and 15.2.6. Other programs rename these parts on saving, so
they are found by their root's namespace, never by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from assembler.manifest import (
    add_override,
    as_bytes,
    content_types,
    ensure_default,
    no_relationships,
    relate,
    relationships_of,
)
from assembler.package import CONTENT_TYPES, Package, deflated, relationships_name

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
    item_relationships = no_relationships()
    relate(item_relationships, "customXmlProps", f"itemProps{number}.xml")
    relationships = relationships_of(package, main)
    relate(relationships, "customXml", "/" + item)
    return Slot(
        item,
        {
            CONTENT_TYPES: _types(package, item, properties),
            relationships_name(main): as_bytes(relationships),
            relationships_name(item): as_bytes(item_relationships),
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


def _types(package: Package, item: str, properties: str) -> bytes:
    types = content_types(package)
    ensure_default(types, "xml", "application/xml")
    ensure_default(
        types, "rels", "application/vnd.openxmlformats-package.relationships+xml"
    )
    add_override(types, properties, _PROPERTIES_TYPE)
    add_override(types, item, "application/xml")
    return as_bytes(types)
