"""The record inside a draft: what merge put into it.

A custom XML part of the main document part. It holds no time: equal input gives equal
bytes, and what counts of a draft is its content.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from assembler.custom_xml import Slot, Store, find_part, make_slot, read_root
from assembler.package import Package

NAMESPACE = "urn:assembler:record:1"
_STORE = Store(NAMESPACE, "{6E3B1B52-6F3D-4C8E-9B53-6A1F7A5D2C10}")
_SEPARATOR = "\0"
# XML 1.0, section 2.2; what a row holds beside its printed texts may be anything.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a draft's values came from; the same for all forms of the same data.

    Attributes:
        file: the name the draft was written under, without its ending.
        heads: the data file's columns that the draft has to do with, each with its
            unit where that is not the field's.
        own: what the row says of itself: column name → cell, for 文件名, 地区, 序号.
    """

    file: str = ""
    heads: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)


NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class Record:
    """What merge, and refresh after it, put into a draft.

    Attributes:
        template: the template's name, without its ending.
        digest: the SHA-256 of the template file.
        row: the row's label.
        fingerprint: the fingerprint of the draft as it was written.
        printed: field name → the text that was printed.
        data: field name → the text in the data, where the printed text does not say
            the same, which for a figure that was calculated is mostly ""; and that of
            fields which no speech prints.
        places: bookmark name → the text that refresh left there last, for places
            that do not show what was printed since, and for copies.
        version: the program's version.
        origin: where the values came from.
    """

    template: str
    digest: str
    row: str
    fingerprint: str
    printed: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    origin: Origin = NOWHERE


def record_xml(record: Record) -> str:
    """The content of the record's part."""
    origin = record.origin
    head = (
        f' version="{record.version}" template={_quoted(record.template)}'
        f' digest="{record.digest}" row={_quoted(record.row)}'
        f' file={_quoted(origin.file)} fingerprint="{record.fingerprint}"'
    )
    # One escape for all texts: XML text cannot hold the separator.
    texts = escape(_SEPARATOR.join(record.printed.values())).split(_SEPARATOR)
    content = (
        _fields_xml(record, texts)
        + _columns_xml(record)
        + _origin_xml(origin)
        + _places_xml(record)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<r:record xmlns:r="{NAMESPACE}"{head}>{content}</r:record>'
    )


def _fields_xml(record: Record, texts: list[str]) -> str:
    openings = _openings(tuple(record.printed))
    if not record.data.keys().isdisjoint(record.printed):
        openings = tuple(
            opening[:-1] + stored + ">"
            for opening, stored in zip(openings, _stored(record), strict=True)
        )
    pieces = [""] * (2 * len(openings))
    pieces[::2] = openings
    # Without fields there is one text, the empty one.
    pieces[1::2] = texts[: len(openings)]
    return "".join(pieces) + ("</r:field>" if openings else "")


@lru_cache(maxsize=8)
def _openings(names: tuple[str, ...]) -> tuple[str, ...]:
    # All rows of a template have the same fields.
    heads = [f"<r:field name={_quoted(name)}>" for name in names]
    return tuple(heads[:1] + [f"</r:field>{head}" for head in heads[1:]])


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


def _origin_xml(origin: Origin) -> str:
    own = "".join(
        f"<r:own name={_quoted(name)}>{_escaped(text)}</r:own>"
        for name, text in origin.own.items()
    )
    return own + _heads_xml(origin.heads)


@lru_cache(maxsize=8)
def _heads_xml(heads: tuple[str, ...]) -> str:
    # All rows of a data file have the same heads.
    return "".join(f"<r:head>{_escaped(head)}</r:head>" for head in heads)


def _places_xml(record: Record) -> str:
    return "".join(
        f"<r:place bookmark={_quoted(name)}>{_escaped(text)}</r:place>"
        for name, text in record.places.items()
    )


@lru_cache(maxsize=512)
def _quoted(value: str) -> str:
    return quoteattr(_UNWRITABLE.sub("", value))


def _escaped(value: str) -> str:
    return escape(_UNWRITABLE.sub("", value), {"\r": "&#13;"})


def find_record(package: Package) -> str | None:
    """The name of the part that holds the record; None where there is none."""
    return find_part(package, _STORE)


def read_record(package: Package) -> Record | None:
    """The record of a draft; None where there is none or it cannot be read."""
    root = read_root(package, _STORE)
    if root is None:
        return None
    printed: dict[str, str] = {}
    data: dict[str, str] = {}
    for element in root.iter(f"{{{NAMESPACE}}}field"):
        name = element.get("name", "")
        printed[name] = element.text or ""
        if "data" in element.attrib:
            data[name] = element.get("data", "")
    data |= _texts(root, "column", "name")
    return Record(
        template=root.get("template", ""),
        digest=root.get("digest", ""),
        row=root.get("row", ""),
        fingerprint=root.get("fingerprint", ""),
        printed=printed,
        data=data,
        places=_texts(root, "place", "bookmark"),
        version=root.get("version", ""),
        origin=_origin(root),
    )


def _origin(root: etree._Element) -> Origin:
    heads = root.iter(f"{{{NAMESPACE}}}head")
    return Origin(
        file=root.get("file", ""),
        heads=tuple(element.text or "" for element in heads),
        own=_texts(root, "own", "name"),
    )


def _texts(root: etree._Element, tag: str, key: str) -> dict[str, str]:
    """The texts of the elements of one name, by one of their attributes."""
    elements = root.iter(f"{{{NAMESPACE}}}{tag}")
    return {element.get(key, ""): element.text or "" for element in elements}


def make_room(package: Package) -> Slot:
    """Room for a record in a package that has none."""
    return make_slot(package, _STORE)
