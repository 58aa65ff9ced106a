"""adopt's way with plain texts: an article becomes speeches to be set as templates.

Besides the repairs of `assembler.tidy`, empty lines, typed indents, the numbers of
pieces and hints behind masks go; all of it is in the one list of changes.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from pathlib import Path

from assembler.adopt_changes import Changes, repaired, untouched
from assembler.adopt_model import Mark, Mend, Paragraph
from assembler.article import Piece, pieces_of
from assembler.blanks import Verdict, find_blanks
from assembler.filenames import DistinctNames, safe_stem
from assembler.findings import Finding, Severity
from assembler.guide import Guide
from assembler.layout import Blank, Role, SpeechParagraph, set_speech
from assembler.roles import roles_of
from assembler.tidy_text import Edit, lines_of

_LINE_END = r"[\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029]"
_LAYOUT = re.compile(rf"\A\s+|\s*{_LINE_END}\s*|\s+\Z")
# What XML 1.0 cannot hold (section 2.2).
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\ufffe\uffff]")
EMPTY_LINE, INDENT = "空行", "段首段尾的空格，改由段落格式缩进"
_CONTROL = "Word 里存不下的控制字符"
_PIECE_NUMBER, _HINT = "合集里的编号", "填写提示，移到字段说明里"
_MARKDOWN, _MARKDOWN_SIGN = ".md", "Markdown 的记号"
_HEADING_SIGN, _BOLD_SIGNS = re.compile("^#{1,6} +"), re.compile(r"\*\*([^*]+)\*\*")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class TextModel:
    """A speech of an article; its attributes are those of `adopt_model.Model`."""

    title: str
    stem: str
    paragraphs: tuple[Paragraph, ...]
    repairs: tuple[Mend, ...]
    doubts: tuple[Finding, ...]
    guide: Guide = field(default_factory=lambda: Guide({}))
    taken: frozenset[str] = frozenset()

    def template(self, marks: Sequence[Mark], guide: Guide) -> bytes:
        """The speech set in the styles of the bundled templates."""
        marked: dict[int, list[Mark]] = {}
        for mark in marks:
            marked.setdefault(mark.paragraph.number, []).append(mark)
        content = [
            SpeechParagraph(p.role, tuple(_content(p, marked.get(p.number, []))))
            for p in self.paragraphs
        ]
        return set_speech(content, guide, self.title)


def _content(paragraph: Paragraph, marks: Sequence[Mark]) -> Iterator[str | Blank]:
    done = 0
    for mark in marks:
        if mark.start > done:
            yield paragraph.text[done : mark.start]
        # A tag is a field by itself, and a bookmark round it would be a second one.
        tag = mark.mask.startswith("{{")
        mask = paragraph.text[mark.start : mark.end]
        yield f"{{{{{mark.name}}}}}" if tag else Blank(mask, mark.name)
        done = mark.end
    if done < len(paragraph.text):
        yield paragraph.text[done:]


@dataclass(frozen=True, slots=True)
class Article:
    """An article with all that was changed in it.

    Attributes:
        changes: from the text as it came, its line ends made one, to that of its
            introduction and speeches, a line a paragraph.
        speeches: where each speech begins and ends in the changed text.
        models: the speeches; never none.
    """

    changes: Changes
    speeches: tuple[tuple[int, int], ...]
    models: tuple[TextModel, ...]


def read_article(text: str, path: Path, *, repair: bool) -> Article:
    """Part an article into speeches.

    Args:
        text: the article.
        path: its file, for names and messages.
        repair: whether to repair what copying broke; else only what a Word document
            has other means for is changed.
    """
    original = text.replace("\r\n", "\n").replace("\r", "\n")
    changes = repaired(original) if repair else untouched(original)
    if repair and path.suffix.lower() == _MARKDOWN:
        changes = changes.amended(_markdown_edits(changes.text))
    changes = changes.amended(_control_edits(changes.text))
    changes = changes.amended(_layout_edits(changes.text))
    lines = changes.text.split("\n")
    pieces = pieces_of(lines)
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    edits = list(_number_edits(changes.text, starts, pieces)) if repair else []
    begins = [_shifted(edits, starts[piece.first]) for piece in pieces]
    changes = changes.amended(edits)
    notes, edits = _hints(changes.text)
    begins = [_shifted(edits, begin) for begin in begins]
    changes = changes.amended(edits)
    spans = tuple(pairwise([*begins, len(changes.text)]))
    stems = _stems(path, pieces, [lines[piece.first] for piece in pieces])
    models = _models(_Speeches(changes, spans, notes), stems)
    models[0] = _introduced(models[0], changes.text[: begins[0]].strip(), path)
    return Article(changes, spans, tuple(models))


def _markdown_edits(text: str) -> Iterator[Edit]:
    """Yield the signs of headings and bold type, which are no blanks in Markdown."""
    for start, end in lines_of(text):
        line = text[start:end]
        masks = find_blanks(line, markdown=True)
        found = [match.span() for match in _HEADING_SIGN.finditer(line)]
        for match in _BOLD_SIGNS.finditer(line):
            found += [(match.start(), match.start(1)), (match.end(1), match.end())]
        for first, last in found:
            if not any(mask.start < last and first < mask.end for mask in masks):
                yield Edit(start + first, start + last, "", _MARKDOWN_SIGN)


def _control_edits(text: str) -> Iterator[Edit]:
    for match in _UNPRINTABLE.finditer(text):
        yield Edit(*match.span(), "", _CONTROL)


def _layout_edits(text: str) -> Iterator[Edit]:
    """Yield what makes a line a paragraph: no empty lines, no spaces at edges."""
    for match in _LAYOUT.finditer(text):
        inside = match.start() > 0 and match.end() < len(text)
        after = "\n" if inside else ""
        if match[0] != after:
            why = INDENT if match[0].strip("\n") else EMPTY_LINE
            yield Edit(*match.span(), after, why)


def _number_edits(
    text: str, starts: Sequence[int], pieces: Iterable[Piece]
) -> Iterator[Edit]:
    """Yield the numbers of an article's pieces, which no speech has."""
    for piece in pieces:
        start, end = (starts[piece.first] + place for place in piece.mark)
        if end > start:
            whole = start == starts[piece.first] and text[end : end + 1] == "\n"
            yield Edit(start, end + whole, "", _PIECE_NUMBER)


def _shifted(edits: Iterable[Edit], offset: int) -> int:
    """Where a place stands when the edits before it are made."""
    before = (edit for edit in edits if edit.end <= offset)
    return offset + sum(len(e.after) - (e.end - e.start) for e in before)


def _hints(text: str) -> tuple[dict[int, str], list[Edit]]:
    """The hints behind masks: place of the mask → the words; and their removal."""
    notes: dict[int, str] = {}
    edits: list[Edit] = []
    shift = 0
    for start, end in lines_of(text):
        for blank in find_blanks(text[start:end]):
            if blank.hint_span is None or blank.verdict is not Verdict.BLANK:
                continue
            first, last = (start + place for place in blank.hint_span)
            notes[start + blank.start - shift] = text[first + 1 : last - 1]
            edits.append(Edit(first, last, "", _HINT))
            shift += last - first
    return notes, edits


def _stems(path: Path, pieces: Sequence[Piece], heads: Sequence[str]) -> list[str]:
    """A file name for each speech: the article's own, or the titles of its pieces."""
    if len(pieces) == 1:
        return [safe_stem(path.stem)]
    names = DistinctNames()
    stems = []
    for piece, head in zip(pieces, heads, strict=True):
        bare = piece.mark == (0, len(head))
        stem = safe_stem(f"{path.stem}_{head.strip('【】[]（）')}" if bare else head)
        stems.append(names.distinct(stem))
    return stems


@dataclass(frozen=True, slots=True)
class _Speeches:
    """The changed text, where its speeches are, and the hints that masks had."""

    changes: Changes
    spans: tuple[tuple[int, int], ...]
    notes: dict[int, str]


def _models(speeches: _Speeches, stems: Sequence[str]) -> list[TextModel]:
    repairs = speeches.changes.repairs()
    at = [offset for offset, _ in repairs]
    cuts = [0, *(bisect_left(at, begin) for begin, _ in speeches.spans[1:]), len(at)]
    models = []
    for span, stem, (first, last) in zip(
        speeches.spans, stems, pairwise(cuts), strict=True
    ):
        paragraphs, starts = _paragraphs(speeches, span)
        titles = [p.text for p in paragraphs if p.role is Role.TITLE]
        mends = (
            Mend(r.before, r.after, r.why, bisect_right(starts, offset) or None)
            for offset, r in repairs[first:last]
        )
        models.append(
            TextModel(
                title="".join(titles) or stem,
                stem=stem,
                paragraphs=paragraphs,
                repairs=tuple(mends),
                doubts=tuple(_doubts(speeches.changes, paragraphs, starts)),
            )
        )
    return models


def _paragraphs(
    speeches: _Speeches, span: tuple[int, int]
) -> tuple[tuple[Paragraph, ...], list[int]]:
    """The paragraphs of a speech, and where each begins in the changed text."""
    first, end = span
    whole = speeches.changes.text[first:end]
    places = [(first + a, whole[a:b]) for a, b in lines_of(whole) if b > a]
    roles = roles_of([line for _, line in places])
    notes = sorted(speeches.notes)
    paragraphs = []
    for number, ((start, line), role) in enumerate(zip(places, roles, strict=True), 1):
        inside = notes[
            bisect_left(notes, start) : bisect_left(notes, start + len(line))
        ]
        words = tuple((at - start, speeches.notes[at]) for at in inside)
        paragraphs.append(Paragraph(line, number, role=role, notes=words))
    return tuple(paragraphs), [start for start, _ in places]


def _doubts(
    changes: Changes, paragraphs: Sequence[Paragraph], starts: Sequence[int]
) -> Iterator[Finding]:
    """Yield the damage of a speech that no rule could repair."""
    for start, end, item in changes.suspicions():
        rank = bisect_right(starts, start) - 1
        if rank < 0 or start > starts[rank] + len(paragraphs[rank].text):
            continue
        paragraph, length = paragraphs[rank], len(paragraphs[rank].text)
        span = start - starts[rank], min(end - starts[rank], length)
        # What a mask is made of goes when it is filled.
        masks = find_blanks(paragraph.text)
        if not any(mask.start <= span[0] < mask.end for mask in masks):
            found = (item.code, Severity.WARNING)
            yield paragraph.finding(found, span, item.message, item.hint)


def _introduced(model: TextModel, introduction: str, path: Path) -> TextModel:
    """The first speech, with word of the introduction that was left out."""
    if not introduction:
        return model
    introduction = introduction.replace("\n", "")
    said = Finding(
        "introduction-left-out",
        Severity.INFO,
        f"“{path.name}”开头的引言（{len(introduction)}个字）不是讲话，没有收进模板："
        f"“{introduction[:_SHOWN]}……”。",
        hint="其中要是有讲话的内容，请移到讲话里再运行一次。",
    )
    return replace(model, doubts=(said, *model.doubts))
