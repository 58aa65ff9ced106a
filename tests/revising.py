"""Drafts with revisions, LibreOffice's judgement of them, and how they look then."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from assembler.refresh import RefreshOptions
from assembler.wordml import remove
from tests.documents import MAIN, WORD, lines, root_of, unzipped, zipped
from tests.handwork import Edit
from tests.offices import Office
from tests.programs import Judged, libreoffice_revisions

STORY = re.compile(r"word/(document|(header|footer)\d*|footnotes|endnotes)\.xml")

PAGE = re.compile("(?:— [0-9]+ —)?")


def w(name: str) -> str:
    return f"{{{WORD}}}{name}"


@dataclass(frozen=True)
class Trial:
    """A draft, and what refresh makes of it.

    Attributes:
        name: what to call it where it fails.
        before: the draft.
        tracked: refreshed with ``--tracked``.
        plain: refreshed without.
    """

    name: str
    before: bytes
    tracked: bytes
    plain: bytes


def tried(
    name: str, office: Office, data: Mapping[str, str], options: RefreshOptions
) -> Trial:
    """Refresh an office's draft in both ways; it is left without revisions."""
    before = office.draft.read_bytes()
    office.refresh(data, replace(options, tracked=True))
    tracked = office.draft.read_bytes()
    office.draft.write_bytes(before)
    office.refresh(data, options)
    return Trial(name, before, tracked, office.draft.read_bytes())


def written(contents: Iterable[bytes], folder: Path) -> list[Path]:
    """Documents as files of a new folder."""
    folder.mkdir()
    files = []
    for number, content in enumerate(contents):
        files.append(folder / f"{number}.docx")
        files[-1].write_bytes(content)
    return files


def judge(contents: Iterable[bytes], folder: Path) -> list[Judged]:
    """Let LibreOffice judge documents, all in one start."""
    return libreoffice_revisions(written(contents, folder), folder / "判")


def has_revisions(content: bytes) -> bool:
    """Whether there is anything in a document to be judged."""
    roots = (root_of(content, part) for part in unzipped(content) if STORY.match(part))
    return any(next(root.iter(w("ins"), w("del")), None) is not None for root in roots)


def texts(content: bytes) -> list[list[str]]:
    """The paragraphs of each story, in whatever part LibreOffice keeps it.

    It adds empty stories and reckons page numbers, which are left out.
    """
    stories = [lines(content, part) for part in unzipped(content) if STORY.match(part)]
    told = ([one for one in story if not PAGE.fullmatch(one)] for story in stories)
    return sorted(story for story in told if story)


def looks(content: bytes) -> list[list[tuple[str, str]]]:
    """The characters of each story, each with its format; bookmarks among them."""
    parts = (part for part in unzipped(content) if STORY.match(part))
    stories = ([*_looks(root_of(content, part))] for part in parts)
    return sorted(story for story in stories if story)


def _looks(root: etree._Element) -> Iterator[tuple[str, str]]:
    ends: dict[str, str] = {}
    for element in root.iter("*"):
        if element.tag == w("bookmarkStart"):
            name = element.get(w("name"), "")
            ends[element.get(w("id"), "")] = name
            yield name, "("
        elif element.tag == w("bookmarkEnd"):
            yield ends.get(element.get(w("id"), ""), ""), ")"
        elif element.tag == w("t"):
            for character in element.text or "":
                yield character, _format(element.getparent())


def _format(run: etree._Element | None) -> str:
    properties = None if run is None else run.find(w("rPr"))
    return "" if properties is None else etree.tostring(properties).decode()


def numbered(content: bytes) -> bytes:
    """A draft whose revisions have each a number of their own, as programs write."""
    root = root_of(content)
    for number, element in enumerate(root.iter(w("ins"), w("del")), 9000):
        element.set(w("id"), str(number))
    return zipped(unzipped(content) | {MAIN: etree.tostring(root)})


def rejected(content: bytes) -> bytes:
    """A document with its revisions rejected, without LibreOffice."""
    members = unzipped(content)
    for part in filter(STORY.match, members):
        root = root_of(content, part)
        for insertion in list(root.iter(w("ins"))):
            remove(insertion)
        for text in root.iter(w("delText")):
            text.tag = w("t")
        for deletion in root.iter(w("del")):
            deletion.tag = w("smartTag")
        members[part] = etree.tostring(root)
    return zipped(members)


def rewritten(name: str, instead: str) -> Edit:
    """Let other markup stand for a figure and the start of its bookmark.

    Args:
        name: the field.
        instead: groups 1 to 4 are the start; the run up to the name of its ``w:t``;
            from there to the name in its end tag; the rest.
    """
    start = f'(<w:bookmarkStart [^>]*"字段_{name}"/>)'
    run = "(<w:r>(?:(?!</w:r>).)*?<w:)t( [^<]*</w:)t(></w:r>)"

    def edit(content: bytes) -> bytes:
        members = unzipped(content)
        markup, count = re.subn(start + run, instead, members[MAIN].decode())
        assert count == 1
        return zipped(members | {MAIN: markup.encode()})

    return edit
