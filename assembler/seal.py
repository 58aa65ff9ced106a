"""The seal in a combined document: by it the program knows its own work again.

A combined document is no draft and has no record. All it holds of its making is the
fingerprint of what it said, so that one which nobody has touched may be replaced.
"""

from pathlib import Path

from lxml import etree

from assembler.custom_xml import Store, make_slot, read_root
from assembler.drafts import Standing, lock_of
from assembler.errors import AssemblerError
from assembler.fingerprint import fingerprint
from assembler.package import (
    Package,
    pack,
    parse_package,
    quickly_deflated,
    read_package,
)

_NAMESPACE = "urn:assembler:combined:1"
_STORE = Store(_NAMESPACE, "{B1C0A0E4-94D8-4B4C-9C0B-2F6C4D1E7A35}")


def sealed(content: bytes) -> bytes:
    """A document with a seal.

    Args:
        content: the bytes of a .docx that has none.

    Returns:
        The bytes of the same with one; equal input gives equal bytes.
    """
    package = parse_package(content, "")
    slot = make_slot(package, _STORE)
    seal = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<c:combined xmlns:c="{_NAMESPACE}" fingerprint="{fingerprint(package)}"/>'
    )
    added = {**slot.constant, slot.part: seal.encode()}
    members = dict(package.members)
    members |= {name: quickly_deflated(name, data) for name, data in added.items()}
    return pack(members.values())


def sealed_standing(path: Path) -> Standing:
    """How a file stands to the combined document that is to be written there.

    Judged by its content, never by its time.
    """
    if not path.exists():
        return Standing.ABSENT
    if lock_of(path) is not None:
        return Standing.OPEN
    try:
        package = read_package(path)
        seal = read_root(package, _STORE)
        is_touched = seal is None or _is_touched(package, seal)
    except (AssemblerError, etree.XMLSyntaxError, KeyError):
        return Standing.FOREIGN
    if seal is None:
        return Standing.FOREIGN
    return Standing.EDITED if is_touched else Standing.UNCHANGED


def _is_touched(package: Package, seal: etree._Element) -> bool:
    return seal.get("fingerprint") != fingerprint(package)
