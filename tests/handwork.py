"""What people and programs do to a draft, edit by edit, for scenarios of refresh.

Each function takes a draft's bytes and gives them back edited. They find their way by
the text and by bookmark names, so that they work on what LibreOffice has saved too.
"""

import re
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from tests.documents import WORD, unzipped, zipped

MAIN = "word/document.xml"
Edit = Callable[[bytes], bytes]


def w(name: str) -> str:
    return f"{{{WORD}}}{name}"


def _edited(content: bytes, change: Callable[[etree._Element], None]) -> bytes:
    members = unzipped(content)
    root = etree.fromstring(members[MAIN])
    change(root)
    return zipped(members | {MAIN: etree.tostring(root)})


def together(*edits: Edit) -> Edit:
    """Several edits, one after the other."""

    def do(content: bytes) -> bytes:
        for edit in edits:
            content = edit(content)
        return content

    return do


def nothing(content: bytes) -> bytes:
    """Leave the draft as it is."""
    return content


# Finding ------------------------------------------------------------------------------


def _text(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(w("t")))


def _paragraph(root: etree._Element, words: str) -> etree._Element:
    for paragraph in root.iter(w("p")):
        if (
            words in _text(paragraph)
            and next(paragraph.iter(w("txbxContent")), None) is None
        ):
            return paragraph
    raise ValueError(words)


def _marks(root: etree._Element, name: str) -> tuple[etree._Element, etree._Element]:
    for start in root.iter(w("bookmarkStart")):
        if start.get(w("name")) == f"字段_{name}":
            for end in root.iter(w("bookmarkEnd")):
                if end.get(w("id")) == start.get(w("id")):
                    return start, end
    raise ValueError(name)


def _held(root: etree._Element, name: str) -> list[etree._Element]:
    """The runs between a field's marks."""
    start, end = _marks(root, name)
    elements = list(root.iter("*"))
    inside = elements[elements.index(start) : elements.index(end)]
    return [element for element in inside if element.tag == w("r")]


def _run(model: etree._Element, text: str) -> etree._Element:
    """A run with this text in the format of another."""
    run = etree.Element(w("r"))
    properties = model.find(w("rPr"))
    if properties is not None:
        run.append(deepcopy(properties))
    _add_text(run, text)
    return run


def _add_text(run: etree._Element, text: str) -> None:
    element = etree.SubElement(run, w("t"))
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _set(run: etree._Element, text: str) -> None:
    for child in list(run):
        if child.tag != w("rPr"):
            run.remove(child)
    _add_text(run, text)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _split_at(run: etree._Element, offset: int) -> etree._Element:
    """Cut a run in two; the second half is given back."""
    text = _text(run)
    second = _run(run, text[offset:])
    _set(run, text[:offset])
    run.addnext(second)
    return second


# Words --------------------------------------------------------------------------------


def rewrite(old: str, new: str) -> Edit:
    """Replace words, whatever runs they lie in."""

    def do(root: etree._Element) -> None:
        paragraph = _paragraph(root, old)
        texts = list(paragraph.iter(w("t")))
        start = _text(paragraph).index(old)
        end, offset, rest = start + len(old), 0, new
        for text in texts:
            own = text.text or ""
            first = max(start - offset, 0)
            last = max(min(end - offset, len(own)), 0)
            if first < last:
                text.text, rest = own[:first] + rest + own[last:], ""
            offset += len(own)

    return lambda content: _edited(content, do)


def append_paragraph(text: str) -> Edit:
    """Write a paragraph at the end of the body."""

    def do(root: etree._Element) -> None:
        last = [p for p in root.iter(w("p")) if p.getparent().tag == w("body")][-1]  # type: ignore[union-attr]
        paragraph = etree.Element(w("p"))
        _add_text(etree.SubElement(paragraph, w("r")), text)
        last.addnext(paragraph)

    return lambda content: _edited(content, do)


def delete_paragraph(words: str) -> Edit:
    """Delete the paragraph that holds these words."""
    return lambda content: _edited(content, lambda root: _drop(_paragraph(root, words)))


def delete_last_paragraph(content: bytes) -> bytes:
    """Delete the last paragraph of the body."""

    def do(root: etree._Element) -> None:
        body = root.find(w("body"))
        assert body is not None
        _drop(body.findall(w("p"))[-1])

    return _edited(content, do)


def split_after(words: str) -> Edit:
    """Press Enter behind some words."""

    def do(root: etree._Element) -> None:
        paragraph = _paragraph(root, words)
        end = _text(paragraph).index(words) + len(words)
        offset = 0
        for run in list(paragraph.iter(w("r"))):
            length = len(_text(run))
            if offset < end <= offset + length:
                break
            offset += length
        second = _split_at(run, end - offset)
        new = etree.Element(w("p"))
        properties = paragraph.find(w("pPr"))
        if properties is not None:
            new.append(deepcopy(properties))
        for element in [second, *second.itersiblings()]:
            new.append(element)
        paragraph.addnext(new)

    return lambda content: _edited(content, do)


def join_to_next(words: str) -> Edit:
    """Delete the end of a paragraph."""

    def do(root: etree._Element) -> None:
        paragraph = _paragraph(root, words)
        following = next(paragraph.itersiblings(w("p")))
        for element in list(following):
            if element.tag != w("pPr"):
                paragraph.append(element)
        _drop(following)

    return lambda content: _edited(content, do)


def move_paragraph(words: str, before: str) -> Edit:
    """Cut a paragraph and paste it before another; its bookmarks go along."""

    def do(root: etree._Element) -> None:
        paragraph = _paragraph(root, words)
        _paragraph(root, before).addprevious(paragraph)

    return lambda content: _edited(content, do)


def copy_paragraph(words: str, program: str) -> Edit:
    """Copy a paragraph to the end: LibreOffice renames bookmarks, Word drops them."""

    def do(root: etree._Element) -> None:
        paragraph = _paragraph(root, words)
        copy = deepcopy(paragraph)
        for number, mark in enumerate(list(copy.iter(w("bookmarkStart"))), 700):
            ends = copy.iter(w("bookmarkEnd"))
            end = next(e for e in ends if e.get(w("id")) == mark.get(w("id")))
            if program == "word":
                _drop(mark)
                _drop(end)
            else:
                mark.set(w("name"), f"{mark.get(w('name'))}_Copy_1")
                mark.set(w("id"), str(number))
                end.set(w("id"), str(number))
        last = [p for p in root.iter(w("p")) if p.getparent() is paragraph.getparent()]
        last[-1].addnext(copy)

    return lambda content: _edited(content, do)


# Figures ------------------------------------------------------------------------------


def change_inside(name: str, new: str) -> Edit:
    """Change a figure from inside: the bookmark stays round it."""

    def do(root: etree._Element) -> None:
        first, *others = _held(root, name)
        _set(first, new)
        for run in others:
            _drop(run)

    return lambda content: _edited(content, do)


def retype_in_libreoffice(name: str, new: str) -> Edit:
    """Select a figure and type another: only the first piece is inside."""

    def do(root: etree._Element) -> None:
        first, *others = _held(root, name)
        _, end = _marks(root, name)
        _set(first, new[:1])
        for run in others:
            _drop(run)
        end.addnext(_run(first, new[1:]))

    return lambda content: _edited(content, do)


def retype_in_word(name: str, new: str) -> Edit:
    """Select a figure and type another: Word takes the bookmark away."""
    return together(change_inside(name, new), lose_bookmark(name))


def retype_tracked(name: str, new: str) -> Edit:
    """The same while changes are tracked: the range holds the deleted text only."""

    def do(root: etree._Element) -> None:
        _, end = _marks(root, name)
        for number, run in enumerate(_held(root, name), 900):
            for text in run.iter(w("t")):
                text.tag = w("delText")
            deletion = etree.Element(w("del"))
            deletion.set(w("id"), str(number))
            deletion.set(w("author"), "章若川")
            deletion.set(w("date"), "2026-01-05T09:00:00Z")
            run.addprevious(deletion)
            deletion.append(run)
            insertion = deepcopy(deletion)
            insertion.tag = w("ins")
            insertion[:] = []
            insertion.set(w("id"), "950")
            insertion.append(_run(run, new))
            end.addnext(insertion)

    return lambda content: _edited(content, do)


def delete_figure(name: str, program: str) -> Edit:
    """Delete a figure: LibreOffice leaves an empty bookmark, Word none."""

    def do(root: etree._Element) -> None:
        for run in _held(root, name):
            _drop(run)

    def delete(content: bytes) -> bytes:
        emptied = _edited(content, do)
        return lose_bookmark(name)(emptied) if program == "word" else emptied

    return delete


def type_before(name: str, text: str, *, inside: bool = False) -> Edit:
    """Type right before a figure: outside its bookmark, with Word inside."""

    def do(root: etree._Element) -> None:
        start, _ = _marks(root, name)
        run = _run(_held(root, name)[0], text)
        if inside:
            start.addnext(run)
        else:
            start.addprevious(run)

    return lambda content: _edited(content, do)


def type_after(name: str, text: str) -> Edit:
    """Type right behind a figure."""

    def do(root: etree._Element) -> None:
        _, end = _marks(root, name)
        end.addnext(_run(_held(root, name)[0], text))

    return lambda content: _edited(content, do)


def enter_inside(name: str) -> Edit:
    """Press Enter in the middle of a figure."""

    def do(root: etree._Element) -> None:
        run = _held(root, name)[0]
        paragraph = run.getparent()
        assert paragraph is not None
        second = _split_at(run, 1)
        new = etree.Element(w("p"))
        for element in [second, *second.itersiblings()]:
            new.append(element)
        paragraph.addnext(new)

    return lambda content: _edited(content, do)


def format_figure(name: str, markup: str) -> Edit:
    """Give a figure a format of its own, such as ``<w:b/>``."""

    def do(root: etree._Element) -> None:
        for run in _held(root, name):
            properties = run.find(w("rPr"))
            if properties is None:
                properties = etree.Element(w("rPr"))
                run.insert(0, properties)
            element = f'<w:rPr xmlns:w="{WORD}">{markup}</w:rPr>'
            properties.extend(list(etree.fromstring(element)))

    return lambda content: _edited(content, do)


def link_half(name: str) -> Edit:
    """Let half of a figure be a link."""

    def do(root: etree._Element) -> None:
        second = _split_at(_held(root, name)[0], 1)
        link = etree.Element(w("hyperlink"))
        link.set(w("anchor"), "那里")
        second.addprevious(link)
        link.append(second)

    return lambda content: _edited(content, do)


# Bookmarks and the record -------------------------------------------------------------


def lose_bookmark(name: str) -> Edit:
    """Replace a wider selection by the same words: the bookmark is gone."""

    def do(root: etree._Element) -> None:
        for mark in _marks(root, name):
            _drop(mark)

    return lambda content: _edited(content, do)


def grow_bookmark(name: str, characters: int) -> Edit:
    """Let a bookmark take in characters behind it."""

    def do(root: etree._Element) -> None:
        _, end = _marks(root, name)
        run = next(end.itersiblings(w("r")))
        _split_at(run, characters)
        run.addnext(end)

    return lambda content: _edited(content, do)


def move_bookmark(name: str, words: str) -> Edit:
    """Let a bookmark stand round other words, at the beginning of a run."""

    def do(root: etree._Element) -> None:
        start, end = _marks(root, name)
        run = next(r for r in root.iter(w("r")) if _text(r).startswith(words))
        _split_at(run, len(words))
        run.addprevious(start)
        run.addnext(end)

    return lambda content: _edited(content, do)


def double_bookmark(name: str, words: str) -> Edit:
    """Let a second bookmark of the same name stand round other words."""

    def do(root: etree._Element) -> None:
        start, end = (deepcopy(mark) for mark in _marks(root, name))
        start.set(w("id"), "777")
        end.set(w("id"), "777")
        run = next(r for r in root.iter(w("r")) if _text(r).startswith(words))
        _split_at(run, len(words))
        run.addprevious(start)
        run.addnext(end)

    return lambda content: _edited(content, do)


def strip_bookmarks(content: bytes) -> bytes:
    """Some programs keep no bookmarks at all."""
    members = unzipped(content)
    for name, data in members.items():
        if name.startswith("word/") and name.endswith(".xml"):
            members[name] = re.sub(rb"<w:bookmark(?:Start|End)[^>]*/>", b"", data)
    return zipped(members)


def strip_record(content: bytes) -> bytes:
    """Some programs drop custom XML parts on saving."""
    members = unzipped(content)
    kept = {n: data for n, data in members.items() if not n.startswith("customXml/")}
    relationships = "word/_rels/document.xml.rels"
    for name in (relationships, "[Content_Types].xml"):
        kept[name] = re.sub(
            rb'<(?:Relationship|Override) [^>]*"[^"]*customXml/[^>]*/>', b"", kept[name]
        )
    return zipped(kept)


def add_member(name: str, data: bytes) -> Edit:
    """Other programs put parts of their own into a document."""
    return lambda content: zipped({**unzipped(content), name: data})
