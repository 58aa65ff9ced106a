"""Rules on what is still open in a document: revisions, comments, gaps in controls."""

from collections.abc import Iterator
from dataclasses import replace

from assembler.document import Document, ReadStory, Remark
from assembler.findings import Severity
from assembler.wordml import (
    CONTENT_CONTROL,
    CONTROL_PROPERTIES,
    DELETED,
    INSERTED,
    MOVED_FROM,
    MOVED_TO,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    VALUE,
    Element,
    Piece,
    comment_parts,
    paragraph_of,
    parse,
    pieces,
    w,
)

# Every element that keeps a tracked change (ISO/IEC 29500-1, 17.13.5).
REVISIONS = frozenset(
    {
        INSERTED,
        DELETED,
        MOVED_FROM,
        MOVED_TO,
        *(
            w(f"{kind}Change")
            for kind in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr")
        ),
        *(w(name) for name in ("tblPrExChange", "numberingChange")),
        *(w(name) for name in ("cellIns", "cellDel", "cellMerge")),
    }
)
_OFF = frozenset({"0", "false", "off", "none"})
_REVISION_HINT = "在“审阅”里逐条接受或拒绝全部修订，再定稿。"
_COMMENT_HINT = "看过以后处理掉；定稿时批注不会印出来。"
_HIGHLIGHT_HINT = "标黄处多是待核的地方，核对后去掉；定稿时一律去掉。"
_HIDDEN_HINT = "选中这段，在“字体”里去掉“隐藏”，或者删掉它。"
_CONTROL_HINT = "在控件里填上内容，或者删掉这个控件。"
_GUIDE_HINT = "这是模板。请先合并成稿子，或者删掉最后的字段说明。"


def open_revisions(document: Document) -> Iterator[Remark]:
    """Tracked changes that nobody has accepted or refused: one remark with a count."""
    found = [
        (story, element)
        for story in document.stories
        for element in story.root.iter("*")
        if element.tag in REVISIONS
    ]
    if found:
        story, first = found[0]
        message = f"还有 {len(found)} 处修订没有接受或拒绝。"
        remark = Remark("open-revision", Severity.WARNING, message, _REVISION_HINT)
        yield _placed(remark, story, first)


def open_comments(document: Document) -> Iterator[Remark]:
    """Comments that are still in the document."""
    count = sum(
        len(list(parse(document.package.data(part)).iter(w("comment"))))
        for part in comment_parts(document.package)
    )
    if count:
        message = f"还有 {count} 条批注。"
        yield Remark("open-comment", Severity.INFO, message, _COMMENT_HINT)


def highlighted(document: Document) -> Iterator[Remark]:
    """Text on a coloured ground: one remark with a count."""
    found = [
        (story, paragraph, piece)
        for story, paragraph, piece in _all_pieces(document)
        if _has(piece, "highlight") and piece.text.strip()
    ]
    if found:
        story, paragraph, piece = found[0]
        message = f"还有 {len(found)} 处突出显示（标黄等）。"
        remark = Remark("highlighted-text", Severity.INFO, message, _HIGHLIGHT_HINT)
        yield _at(remark, story, paragraph, piece)


def hidden_text(document: Document) -> Iterator[Remark]:
    """Text that Word does not print and a reader does not see; once a paragraph."""
    told: set[tuple[str, int]] = set()
    for story, paragraph, piece in _all_pieces(document):
        place = (story.story.part, paragraph)
        if _has(piece, "vanish") and piece.text.strip() and place not in told:
            told.add(place)
            message = "这段文字设成了隐藏，打印出来没有，别人却能看到。"
            remark = Remark("hidden-text", Severity.WARNING, message, _HIDDEN_HINT)
            yield _at(remark, story, paragraph, piece)


def leftover_controls(document: Document) -> Iterator[Remark]:
    """Content controls that still show what is to be entered."""
    for story in document.stories:
        for control in story.root.iter(CONTENT_CONTROL):
            mark = control.find(f"{CONTROL_PROPERTIES}/{w('showingPlcHdr')}")
            text = next(control.iter(TEXT), None)
            if mark is not None and text is not None:
                message = f"内容控件里还是提示文字“{text.text or ''}”，没有填。"
                remark = Remark(
                    "leftover-control", Severity.ERROR, message, _CONTROL_HINT
                )
                yield _placed(remark, story, text)


def leftover_guide(document: Document) -> Iterator[Remark]:
    """The guide of a template at the document's end."""
    if document.has_guide:
        message = "文末还有“字段说明”，这是模板，不是稿子。"
        yield Remark("leftover-guide", Severity.ERROR, message, _GUIDE_HINT)


def _all_pieces(document: Document) -> Iterator[tuple[ReadStory, int, Piece]]:
    for story in document.stories:
        for number, element in story.elements.items():
            for piece in pieces(element):
                yield story, number, piece


def _has(piece: Piece, name: str) -> bool:
    """Whether a piece's own run has a property."""
    run = next(piece.element.iterancestors(RUN), None)
    found = None if run is None else run.find(f"{RUN_PROPERTIES}/{w(name)}")
    return found is not None and found.get(VALUE, "1") not in _OFF


def _placed(remark: Remark, story: ReadStory, element: Element) -> Remark:
    """A remark with the place of an element, as near as it can be told."""
    paragraph = paragraph_of(element)
    for number, candidate in story.elements.items():
        if candidate is paragraph or candidate is element:
            held = [p for p in pieces(candidate) if _is_within(p.element, element)]
            start, end = (held[0].start, held[-1].end) if held else (0, 0)
            return replace(
                remark, part=story.story.part, paragraph=number, start=start, end=end
            )
    return remark


def _is_within(inner: Element, outer: Element) -> bool:
    return inner is outer or outer in inner.iterancestors()


def _at(remark: Remark, story: ReadStory, paragraph: int, piece: Piece) -> Remark:
    return replace(
        remark,
        part=story.story.part,
        paragraph=paragraph,
        start=piece.start,
        end=piece.end,
    )
