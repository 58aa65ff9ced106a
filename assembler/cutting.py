"""Cutting a paragraph's runs so that a stretch of its text can be replaced.

Word cuts a sentence into runs at will; what a person sees as one blank may begin in
the middle of one run and end in the middle of another.
"""

from copy import deepcopy

from lxml import etree

from assembler.wordml import (
    MARKS,
    REPLACEABLE,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    TEXTLESS,
    CrossingError,
    Element,
    pieces,
    remove,
    set_text,
)


def isolate(paragraph: Element, start: int, end: int) -> list[Element]:
    """Cut runs so that a stretch of a paragraph's text fills whole runs.

    Args:
        paragraph: the ``w:p``, changed in place; what a person sees stays.
        start: offset of the first character.
        end: offset behind the last character; more than ``start``.

    Returns:
        The runs that hold just that stretch, siblings of one another.

    Raises:
        CrossingError: the stretch crosses the border of a link, a field, a content
            control or a tracked change, or holds a picture or the like.
    """
    _cut(paragraph, start)
    _cut(paragraph, end)
    runs: list[Element] = []
    for piece in pieces(paragraph):
        if start <= piece.start and piece.end <= end and piece.text:
            run = _run_of(piece.element)
            if not runs or run is not runs[-1]:
                runs.append(run)
    _require_plain_siblings(runs)
    return runs


def _run_of(element: Element) -> Element:
    run = element.getparent()
    if run is None or run.tag != RUN:
        raise CrossingError
    return run


def _require_plain_siblings(runs: list[Element]) -> None:
    """Raise CrossingError unless only marks stand between these runs."""
    parent = runs[0].getparent()
    if parent is None or any(run.getparent() is not parent for run in runs):
        raise CrossingError
    children = list(parent)
    for element in children[parent.index(runs[0]) : parent.index(runs[-1])]:
        if not (element in runs or element.tag in MARKS or _is_empty_run(element)):
            raise CrossingError
    if any(child.tag not in REPLACEABLE for run in runs for child in run):
        raise CrossingError


def _is_empty_run(element: Element) -> bool:
    return element.tag == RUN and all(
        child.tag in TEXTLESS or (child.tag == TEXT and not child.text)
        for child in element
    )


def _cut(paragraph: Element, offset: int) -> None:
    """Let a run end at this offset of the paragraph's text."""
    for piece in pieces(paragraph):
        if piece.start < offset < piece.end:
            _split_text(piece.element, offset - piece.start)
            break
    for piece in pieces(paragraph):
        following = piece.element.getnext()
        if piece.start == offset and piece.text:
            _split_run_before(piece.element)
            return
        if piece.end == offset and piece.text and following is not None:
            _split_run_before(following)


def _split_text(element: Element, offset: int) -> None:
    text = element.text or ""
    set_text(element, text[:offset])
    second = element.makeelement(TEXT)
    set_text(second, text[offset:])
    element.addnext(second)


def _split_run_before(element: Element) -> None:
    run = _run_of(element)
    if all(e.tag == RUN_PROPERTIES for e in element.itersiblings(preceding=True)):
        return
    second = run.makeelement(RUN)
    properties = run.find(RUN_PROPERTIES)
    if properties is not None:
        second.append(deepcopy(properties))
    for child in [element, *element.itersiblings()]:
        second.append(child)
    run.addnext(second)


def replace_text(runs: list[Element]) -> Element:
    """Empty these runs but for one ``w:t``, in the format of the first.

    Args:
        runs: siblings as `isolate` returns them; all but the first are removed.

    Returns:
        The empty ``w:t``.
    """
    first, *others = runs
    for child in list(first):
        if child.tag != RUN_PROPERTIES:
            first.remove(child)
    for run in others:
        remove(run)
    text = etree.SubElement(first, TEXT)
    set_text(text, "")
    return text
