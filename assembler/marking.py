"""A draft with gaps: each gap on yellow, each doubtful figure with a comment."""

from collections.abc import Mapping
from dataclasses import replace

from assembler.comments import Comments, highlight
from assembler.fingerprint import fingerprint
from assembler.names import field_of, is_field_bookmark
from assembler.package import Package, deflated, pack, parse_package
from assembler.record import find_record, read_record, record_xml
from assembler.wordml import (
    RUN,
    Bookmark,
    Element,
    bookmarks,
    in_text_box,
    parse,
    serialise,
    story_parts,
)


def gap_text(field: str) -> str:
    """What stands in a draft where a field has no value yet."""
    return f"【待补：{field}】"


def mark_draft(draft: bytes, gaps: frozenset[str], remarks: Mapping[str, str]) -> bytes:
    """Mark what is still to be done in a draft.

    Args:
        draft: as merge rendered it, `gap_text` in the places of gaps.
        gaps: the fields whose places are set on yellow.
        remarks: field name → what a comment at its first place in the body says; text
            boxes, headers and notes can have none.

    Returns:
        The draft, its record telling the fingerprint of what it now shows.
    """
    package = parse_package(draft, "")
    comments = Comments(package)
    changed: dict[str, bytes] = {}
    open_remarks = dict(remarks)
    for story in story_parts(package):
        root = parse(package.data(story.part))
        for bookmark in bookmarks(root, is_field_bookmark):
            field = field_of(bookmark.name) or ""
            if field in gaps:
                for run in _runs_of(bookmark):
                    highlight(run)
            if story.part == package.main_part and not in_text_box(bookmark.start):
                remark = open_remarks.pop(field, None)
                if remark is not None:
                    comments.add(bookmark.start, bookmark.end, remark)
        changed[story.part] = serialise(root).encode()
    return _with_new_fingerprint(package, changed | comments.changed_parts())


def _runs_of(bookmark: Bookmark) -> list[Element]:
    runs = []
    for element in bookmark.start.itersiblings():
        if element is bookmark.end:
            break
        if element.tag == RUN:
            runs.append(element)
    return runs


def _with_new_fingerprint(package: Package, changed: Mapping[str, bytes]) -> bytes:
    members = dict(package.members)
    members |= {name: deflated(name, data) for name, data in changed.items()}
    marked = Package(members)
    part, record = find_record(marked), read_record(marked)
    if part is not None and record is not None:
        known = replace(record, fingerprint=fingerprint(marked))
        members[part] = deflated(part, record_xml(known).encode())
    return pack(members.values())
