"""The clean copy: the draft's text and formatting, and nothing about its making.

What goes: bookmarks that nothing refers to, the record and all other custom XML,
comments, highlight, document properties, revision save ids, the attached template,
mail merge sources, permissions. Parts that nothing leads to go with them.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from assembler.document import Document
from assembler.names import is_field_bookmark
from assembler.package import (
    CONTENT_TYPES,
    OFFICE_RELATIONSHIP,
    RELATIONSHIPS_NAMESPACE,
    ROOT_RELATIONSHIPS,
    TYPES_NAMESPACE,
    Package,
    deflated,
    pack,
    relationships_name,
)
from assembler.wordml import (
    BOOKMARK_END,
    BOOKMARK_START,
    IDENTIFIER,
    INSTRUCTION,
    INSTRUCTION_TEXT,
    NAME,
    PROOFING_ERROR,
    RENDERED_BREAK,
    RUN_PROPERTIES,
    SIMPLE_FIELD,
    VALUE,
    WORD,
    Element,
    parse,
    remove,
    serialise,
    unwrap,
    w,
)

_NEWER = "http://schemas.microsoft.com/office/word/"
# Parts about the making of a document, by the last word of the relationship's type.
_UNWANTED_PARTS = frozenset(
    {
        *("comments", "commentsExtended", "commentsIds", "commentsExtensible"),
        *("people", "customXml", "printerSettings", "attachedTemplate"),
        *("mailMergeSource", "mailMergeHeaderSource", "recipientData", "transform"),
    }
)
_UNWANTED = frozenset(
    {
        PROOFING_ERROR,
        RENDERED_BREAK,
        *(w(name) for name in ("permStart", "permEnd", "dataBinding", "rsid")),
        w("printerSettings"),
    }
)
_REMARKS = tuple(
    w(name) for name in ("commentRangeStart", "commentRangeEnd", "highlight")
)
_UNWANTED_SETTINGS = frozenset(
    w(name)
    for name in (
        *("rsids", "attachedTemplate", "mailMerge", "docVars", "trackRevisions"),
        *("revisionView", "writeProtection", "activeWritingStyle"),
        *("saveThroughXslt", "attachedSchema", "doNotTrackMoves"),
    )
)
_PICTURE_NAMES = frozenset({"docPr", "cNvPr"})
_GUIDE_STYLES = "字段说明"
_STYLE_REFERENCES = frozenset(
    w(name) for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
)
_LINK = w("hyperlink")
_RELATION = f"{{{OFFICE_RELATIONSHIP.rstrip('/')}}}id"
_FILE = re.compile(r"file:|[A-Za-z]:[\\/]|\\\\")
_WORDS = re.compile(r'[^\s"\\]+')


def clean_copy(document: Document) -> bytes:
    """The document without a trace of its making.

    Args:
        document: a document without open revisions.

    Returns:
        The bytes of a .docx that says the same; equal input gives equal bytes.
    """
    return pack(
        deflated(name, data) for name, data in clean_members(document.package).items()
    )


def clean_members(package: Package, *, remarks: bool = False) -> dict[str, bytes]:
    """The members of the clean copy of a package: name → content.

    Args:
        package: the document.
        remarks: whether comments and highlight stay, in a copy that is to be read
            before the speech is done.
    """
    unwanted = _UNWANTED_PARTS - {"comments"} if remarks else _UNWANTED_PARTS
    kept = list(dict.fromkeys(_reached(package, package.main_part, unwanted)))
    roots = {
        part: parse(package.data(part)) for part in kept if _is_word(part, package)
    }
    bookmarks = _bookmarks_kept(roots.values())
    members = {
        CONTENT_TYPES: _content_types(package, kept),
        ROOT_RELATIONSHIPS: _root_relationships(package),
    }
    for part in kept:
        paths = _paths(package, part)
        members[part] = package.data(part)
        if part in roots:
            _clean(roots[part], bookmarks, paths)
            if not remarks:
                _drop_remarks(roots[part])
            members[part] = serialise(roots[part]).encode()
        if relationships_name(part) in package.members:
            members[relationships_name(part)] = _relationships(
                package, part, paths, unwanted
            )
    return members


def _is_word(part: str, package: Package) -> bool:
    return part.endswith(".xml") and WORD.encode() in package.data(part)


def _paths(package: Package, part: str) -> set[str]:
    """The ids of links to files: they tell of folders and of who owns them."""
    return {
        relationship.id
        for relationship in package.relationships(part)
        if relationship.type == "hyperlink" and _FILE.match(relationship.target)
    }


def _reached(package: Package, part: str, unwanted: frozenset[str]) -> Iterator[str]:
    """A part and those that it leads to, but for what is about the making."""
    pending, seen = [part], {part}
    while pending:
        current = pending.pop(0)
        yield current
        for relationship in package.relationships(current):
            target = relationship.target
            if (
                relationship.type not in unwanted
                and not relationship.external
                and target in package.members
                and target not in seen
            ):
                seen.add(target)
                pending.append(target)


def _content_types(package: Package, kept: list[str]) -> bytes:
    root = etree.fromstring(package.data(CONTENT_TYPES))
    for override in list(root.iter(f"{{{TYPES_NAMESPACE}}}Override")):
        if override.get("PartName", "").lstrip("/") not in kept:
            root.remove(override)
    extensions = {posixpath.splitext(part)[1].lstrip(".").lower() for part in kept}
    for default in list(root.iter(f"{{{TYPES_NAMESPACE}}}Default")):
        extension = default.get("Extension", "").lower()
        if extension not in extensions | {"rels", "xml"}:
            root.remove(default)
    return _bytes(root)


def _root_relationships(package: Package) -> bytes:
    root = etree.fromstring(package.data(ROOT_RELATIONSHIPS))
    for relationship in list(root):
        if not relationship.get("Type", "").endswith("/officeDocument"):
            root.remove(relationship)
    return _bytes(root)


def _relationships(
    package: Package, part: str, paths: set[str], unwanted: frozenset[str]
) -> bytes:
    root = etree.fromstring(package.data(relationships_name(part)))
    for relationship in list(root.iter(f"{{{RELATIONSHIPS_NAMESPACE}}}Relationship")):
        kind = relationship.get("Type", "").rpartition("/")[2]
        if kind in unwanted or relationship.get("Id") in paths:
            root.remove(relationship)
    return _bytes(root)


def _bytes(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _clean(root: Element, bookmarks: Mapping[str, str], paths: set[str]) -> None:
    """Take out of a part, in place, what is about its making.

    Args:
        root: the part's root.
        bookmarks: the names of those that stay → their new names.
        paths: the ids of links to be undone.
    """
    _free_bookmarks(root, bookmarks)
    for element in list(root.iter("*")):
        if element.tag in _UNWANTED or _local(element) == "dataBinding":
            _drop(element)
    for link in [e for e in root.iter(_LINK) if e.get(_RELATION) in paths]:
        unwrap(link, link)
    for element in root.iter("*"):
        _clean_attributes(element)
    if root.tag == w("settings"):
        _clean_settings(root)
    elif root.tag == w("styles"):
        _drop_guide_styles(root)


def _drop_remarks(root: Element) -> None:
    """Take out highlight and what leads to comments."""
    for element in list(root.iter(*_REMARKS)):
        _drop(element)
    for reference in list(root.iter(w("commentReference"))):
        run = reference.getparent()
        _drop(reference)
        if run is not None and all(child.tag == RUN_PROPERTIES for child in run):
            _drop(run)


def _drop(element: Element) -> None:
    """Remove an element; text behind it, which only broken files have, stays."""
    if element.tail:
        before = element.getprevious()
        parent = element.getparent()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        elif parent is not None:
            parent.text = (parent.text or "") + element.tail
    remove(element)


def _clean_attributes(element: Element) -> None:
    for name in list(element.attrib):
        space, _, local = str(name).rpartition("}")
        is_save_id = local.startswith("rsid") and space[1:] == WORD
        is_edit_id = local in ("paraId", "textId") and space[1:].startswith(_NEWER)
        if is_save_id or is_edit_id:
            del element.attrib[name]
    if _local(element) in _PICTURE_NAMES:
        _clean_picture_name(element)


def _clean_picture_name(element: Element) -> None:
    """Word writes a picture's file name, path and all, beside it."""
    for name in ("descr", "title"):
        if _is_path(element.get(name, "")):
            del element.attrib[name]
    if _is_path(element.get("name", "")):
        element.set("name", "图片")


def _is_path(text: str) -> bool:
    return "\\" in text or "/" in text


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


# Bookmarks ---------------------------------------------------------------------------


def _bookmarks_kept(roots: Iterable[Element]) -> dict[str, str]:
    """The bookmarks that fields and links refer to: name → name in the clean copy.

    A cross-reference to one of our fields keeps its target, under a neutral name.
    """
    roots = list(roots)
    named = {s.get(NAME, "") for root in roots for s in root.iter(BOOKMARK_START)}
    used = named & {word for root in roots for word in _referred(root)}
    ours = sorted(filter(is_field_bookmark, used))
    renamed = {name: f"_Ref{number:09}" for number, name in enumerate(ours, 1)}
    return {name: renamed.get(name, name) for name in used}


def _referred(root: Element) -> Iterator[str]:
    """All words that field codes and links hold."""
    for code in root.iter(INSTRUCTION_TEXT):
        yield from _WORDS.findall(code.text or "")
    for field in root.iter(SIMPLE_FIELD):
        yield from _WORDS.findall(field.get(INSTRUCTION, ""))
    for link in root.iter(_LINK):
        yield link.get(w("anchor"), "")


def _free_bookmarks(root: Element, kept: Mapping[str, str]) -> None:
    ids = set()
    for start in list(root.iter(BOOKMARK_START)):
        name = start.get(NAME, "")
        if name in kept:
            start.set(NAME, kept[name])
            ids.add(start.get(IDENTIFIER))
        else:
            _drop(start)
    for end in list(root.iter(BOOKMARK_END)):
        if end.get(IDENTIFIER) not in ids:
            _drop(end)
    for old, new in kept.items():
        if old != new:
            _rename_references(root, old, new)


def _rename_references(root: Element, old: str, new: str) -> None:
    for code in root.iter(INSTRUCTION_TEXT):
        code.text = (code.text or "").replace(old, new)
    for field in root.iter(SIMPLE_FIELD):
        field.set(INSTRUCTION, field.get(INSTRUCTION, "").replace(old, new))
    for link in root.iter(_LINK):
        if link.get(w("anchor")) == old:
            link.set(w("anchor"), new)


# Settings and styles -----------------------------------------------------------------


def _clean_settings(root: Element) -> None:
    for child in list(root):
        if child.tag in _UNWANTED_SETTINGS or _local(child) == "docId":
            _drop(child)


def _drop_guide_styles(root: Element) -> None:
    """Styles of the guide, which no draft has."""
    guide = {
        style.get(w("styleId")): style
        for style in root.iter(w("style"))
        if _style_name(style).startswith(_GUIDE_STYLES)
    }
    for style in guide.values():
        remove(style)
    for reference in list(root.iter(*_STYLE_REFERENCES)):
        if reference.get(VALUE) in guide:
            remove(reference)


def _style_name(style: Element) -> str:
    name = style.find(NAME)
    return "" if name is None else name.get(VALUE, "")
