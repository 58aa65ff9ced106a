"""The record inside a draft: what merge put into it.

A custom XML part (ISO/IEC 29500-1, 15.2.5 and 15.2.6) of the main document part. Other
programs rename it on saving, so it is found by its root element, never by its name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from assembler.package import (
    CONTENT_TYPES,
    OFFICE_RELATIONSHIP,
    RELATIONSHIPS_NAMESPACE,
    TYPES_NAMESPACE,
    Package,
    relationships_name,
)

NAMESPACE = "urn:assembler:record:1"
_STORE_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES_TYPE = (
    "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
)
_ITEM_ID = "{6E3B1B52-6F3D-4C8E-9B53-6A1F7A5D2C10}"
_SEPARATOR = "\0"
# XML 1.0, section 2.2; what a row holds beside its printed texts may be anything.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    f'<ds:datastoreItem xmlns:ds="{_STORE_NAMESPACE}" ds:itemID="{_ITEM_ID}">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs>'
    "</ds:datastoreItem>"
)


@dataclass(frozen=True, slots=True)
class Record:
    """What merge put into a draft.

    Attributes:
        template: the template's name, without its ending.
        digest: the SHA-256 of the template file.
        row: the row's label.
        fingerprint: the fingerprint of the draft as it was written.
        printed: field name → the text that was printed.
        data: field name → the text in the data, where the printed text does not say
            the same; and that of fields which no speech prints.
        version: the program's version.
    """

    template: str
    digest: str
    row: str
    fingerprint: str
    printed: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    version: str = ""


def record_xml(record: Record) -> str:
    """The content of the record's part."""
    head = (
        f' version="{record.version}" template={_quoted(record.template)}'
        f' digest="{record.digest}" row={_quoted(record.row)}'
        f' fingerprint="{record.fingerprint}"'
    )
    # One escape for all texts: XML text cannot hold the separator.
    texts = escape(_SEPARATOR.join(record.printed.values())).split(_SEPARATOR)
    fields = "".join(
        f'<r:field name="{name}"{stored}>{text}</r:field>'
        for name, stored, text in zip(
            record.printed, _stored(record), texts, strict=False
        )
    )
    content = fields + _columns_xml(record)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<r:record xmlns:r="{NAMESPACE}"{head}>{content}</r:record>'
    )


def _stored(record: Record) -> list[str]:
    """Per field the attribute with its data, where the record keeps them."""
    data = record.data
    return [
        f" data={_quoted(data[name])}" if name in data else ""
        for name in record.printed
    ]


def _columns_xml(record: Record) -> str:
    return "".join(
        f"<r:column name={_quoted(name)}>{_escaped(text)}</r:column>"
        for name, text in record.data.items()
        if name not in record.printed
    )


def _quoted(value: str) -> str:
    return quoteattr(_UNWRITABLE.sub("", value))


def _escaped(value: str) -> str:
    return escape(_UNWRITABLE.sub("", value), {"\r": "&#13;"})


def find_record(package: Package) -> str | None:
    """The name of the part that holds the record; None where there is none."""
    for relationship in package.relationships(package.main_part):
        part = relationship.target
        if relationship.type == "customXml" and part in package.members:
            head = package.data(part)[:1000]
            if NAMESPACE.encode() in head:
                return part
    return None


def read_record(package: Package) -> Record | None:
    """The record of a draft; None where there is none or it cannot be read."""
    part = find_record(package)
    if part is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(package.data(part), parser)
    except etree.XMLSyntaxError:
        return None
    printed: dict[str, str] = {}
    data: dict[str, str] = {}
    for element in root.iter(f"{{{NAMESPACE}}}field"):
        name = element.get("name", "")
        printed[name] = element.text or ""
        if "data" in element.attrib:
            data[name] = element.get("data", "")
    for element in root.iter(f"{{{NAMESPACE}}}column"):
        data[element.get("name", "")] = element.text or ""
    return Record(
        template=root.get("template", ""),
        digest=root.get("digest", ""),
        row=root.get("row", ""),
        fingerprint=root.get("fingerprint", ""),
        printed=printed,
        data=data,
        version=root.get("version", ""),
    )


@dataclass(frozen=True, slots=True)
class RecordSlot:
    """Where the record goes in drafts of one template.

    Attributes:
        part: the name of the record's part.
        constant: member name → content, for the members that change once to make
            room for it: relationships, content types, the part's properties.
    """

    part: str
    constant: Mapping[str, bytes]


def make_room(package: Package) -> RecordSlot:
    """Add an empty place for a record to a template's package."""
    number = _free_number(package)
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    main = package.main_part
    types = etree.fromstring(package.data(CONTENT_TYPES))
    _ensure_default(types, "xml", "application/xml")
    _ensure_default(
        types, "rels", "application/vnd.openxmlformats-package.relationships+xml"
    )
    _override(types, properties, _PROPERTIES_TYPE)
    _override(types, item, "application/xml")
    item_relationships = _no_relationships()
    _relate(item_relationships, "customXmlProps", f"itemProps{number}.xml")
    relationships = _relationships(package, main)
    _relate(relationships, "customXml", "/" + item)
    return RecordSlot(
        item,
        {
            CONTENT_TYPES: _bytes(types),
            relationships_name(main): _bytes(relationships),
            relationships_name(item): _bytes(item_relationships),
            properties: _PROPERTIES.encode(),
        },
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
