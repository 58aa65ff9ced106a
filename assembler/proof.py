"""proof: a document read as the office's proofreader would read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.document import Document, ReadStory, Remark
from assembler.errors import TemplateError, UseError
from assembler.figures import SEVERITIES
from assembler.findings import Finding
from assembler.names import nearest
from assembler.office import to_pdf
from assembler.package import write_whole
from assembler.pages import page_count
from assembler.proof_marks import commented
from assembler.record import read_record
from assembler.rules import RULES, Hit, run
from assembler.rules_fields import fields
from assembler.rules_fonts import fonts
from assembler.rules_page import page_setup, title_at_page_end, title_tail
from assembler.rules_state import (
    hidden_text,
    highlighted,
    leftover_controls,
    leftover_guide,
    open_comments,
    open_revisions,
)
from assembler.rules_text import Paragraph
from assembler.settings import Settings, settings_for
from assembler.spoken import Length, characters, syllables
from assembler.typeset import estimated_pages

OWN_PLACE = "本地名称"
# What rules over the document, not its text alone, may find.
DOCUMENT_CODES = frozenset(
    {
        "hidden-text",
        "highlighted-text",
        "leftover-control",
        "leftover-guide",
        "lost-field",
        "missing-font",
        "mixed-font",
        "open-comment",
        "open-revision",
        "page-setup",
        "title-at-page-end",
        "title-tail",
        "wrong-font",
    }
)
CODES = DOCUMENT_CODES | SEVERITIES.keys() | {rule.code for rule in RULES}
# Rules on how a speech is laid out look at its body; a footer is no speech.
_BODY_ONLY = frozenset(
    {"closing-form", "empty-paragraph", "salutation-form", "space-indent"}
)
# What rules over the text and rules over fields may both find.
_TWICE_FOUND = frozenset(
    {"difference-mismatch", "share-mismatch", "sum-mismatch", "value-conflict"}
)
_HEAD_PARAGRAPHS = 12
_SALUTATION = ("salutation", "称呼")
_SALUTATION_ENDS = ("：", ":", "，", "！")
_ADDRESSED = ("同志", "各位", "朋友", "代表", "委员")


@dataclass(frozen=True, slots=True)
class Proofread:
    """A document that was read.

    Attributes:
        path: the file.
        document: what was read.
        remarks: what is wrong, by place.
        length: of what is spoken.
        pages: how many there are by reckoning; None where only printing would tell.
    """

    path: Path
    document: Document
    remarks: tuple[Remark, ...]
    length: Length
    pages: int | None

    @property
    def findings(self) -> list[Finding]:
        """The remarks as findings, worst first, each severity in reading order."""
        ordered = sorted(self.remarks, key=lambda remark: remark.severity.rank)
        return [self.document.finding(remark) for remark in ordered]


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that could not be read, and why."""

    path: Path
    error: TemplateError


def read_all(
    paths: Iterable[Path], ignore: Iterable[str]
) -> Iterator[Proofread | Unread]:
    """Read documents, each by the settings of its folder.

    Args:
        paths: documents.
        ignore: codes of findings that are not to be reported.

    Yields:
        What was found in each, in the order given.

    Raises:
        UseError: there is no such code, or a settings file cannot be understood.
    """
    asked = frozenset(ignore)
    _require_known(asked)
    for path in paths:
        settings = settings_for(path)
        try:
            yield proofread(path, replace(settings, ignore=settings.ignore | asked))
        except TemplateError as error:
            yield Unread(path, error)


def proofread(path: Path, settings: Settings) -> Proofread:
    """Read a document with all rules.

    Args:
        path: the .docx.
        settings: what the office has settled.

    Raises:
        TemplateError: the document cannot be read.
        UseError: the settings ignore a code that there is not.
    """
    _require_known(settings.ignore)
    return proof_document(Document.open(path), path, settings)


def proof_document(document: Document, path: Path, settings: Settings) -> Proofread:
    """Read a document that is already open; as `proofread`."""
    remarks = [
        r for r in _all(document, settings) if not _accepted(r, document, settings)
    ]
    parts = [story.story.part for story in document.stories]
    remarks.sort(key=lambda remark: _place(remark, parts))
    return Proofread(
        path=path,
        document=document,
        remarks=tuple(dict.fromkeys(remarks)),
        length=_length(document),
        pages=estimated_pages(document),
    )


def _require_known(codes: Iterable[str]) -> None:
    for code in sorted(codes):
        if code not in CODES:
            near = nearest(code, sorted(CODES))
            advice = (
                f"是不是 {near}？" if near else "各种问题的代码见 docs/findings.md。"
            )
            message = f"没有“{code}”这种问题，忽略不了。{advice}"
            raise UseError(message)


def _place(remark: Remark, parts: list[str]) -> tuple[int, int, int, str]:
    """What is said of the whole document comes first."""
    part = -1 if remark.part is None else parts.index(remark.part)
    return part, remark.paragraph or 0, remark.start, remark.code


def _all(document: Document, settings: Settings) -> Iterator[Remark]:
    held = list(fields(document))
    yield from held
    for remark in _of_texts(document, settings):
        if not (remark.code in _TWICE_FOUND and _is_told(remark, held)):
            yield remark
    yield from page_setup(document, settings.page)
    for rule in (
        title_tail,
        title_at_page_end,
        fonts,
        leftover_guide,
        leftover_controls,
        open_revisions,
        open_comments,
        highlighted,
        hidden_text,
    ):
        yield from rule(document)


def _is_told(remark: Remark, held: list[Remark]) -> bool:
    return any(
        (other.part, other.paragraph) == (remark.part, remark.paragraph)
        and other.start < remark.end
        and remark.start < other.end
        for other in held
    )


def _of_texts(document: Document, settings: Settings) -> Iterator[Remark]:
    own_place = _own_place(document)
    for story in document.stories:
        elsewhere = frozenset() if story is document.body else _BODY_ONLY
        ignore = settings.ignore | elsewhere
        for hit in run(story.text, ignore, own_place, settings.office):
            yield _remark(hit, story)


def _own_place(document: Document) -> str | None:
    """Whose speech it is, by the data that merge put into it."""
    record = read_record(document.package)
    if record is None:
        return None
    return record.printed.get(OWN_PLACE) or record.data.get(OWN_PLACE)


def _remark(hit: Hit, story: ReadStory) -> Remark:
    return Remark(
        code=hit.code,
        severity=hit.severity,
        message=hit.message,
        hint=hit.hint,
        part=story.story.part,
        paragraph=hit.paragraph,
        start=hit.start,
        end=hit.end,
    )


def _accepted(remark: Remark, document: Document, settings: Settings) -> bool:
    """Whether the office has settled that this is right."""
    if remark.code in settings.ignore:
        return True
    if remark.part is None or remark.paragraph is None:
        return False
    text = document.story(remark.part).paragraph(remark.paragraph).text
    return (remark.code, text[remark.start : remark.end]) in settings.accepted


def _length(document: Document) -> Length:
    written = sum(characters(p.text) for p in document.body.text.paragraphs)
    return Length(written, sum(map(syllables, spoken_texts(document))))


def spoken_texts(document: Document) -> list[str]:
    """The paragraphs that are read out: from the salutation on, tables apart."""
    prose = [p for p in document.body.text.paragraphs if not p.in_table]
    head = next((n for n, p in enumerate(prose[:_HEAD_PARAGRAPHS]) if _opens(p)), 0)
    return [paragraph.text for paragraph in prose[head:]]


def _opens(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the salutation."""
    if (paragraph.style or "").lower() in _SALUTATION:
        return True
    text = paragraph.text.strip()
    return text.endswith(_SALUTATION_ENDS) and any(word in text for word in _ADDRESSED)


def count_pages(reads: Iterable[Proofread], seconds: float) -> dict[Path, int]:
    """The pages that LibreOffice prints of each document.

    Args:
        reads: documents.
        seconds: how long it may take for one.

    Returns:
        Path → pages, for those that it can open.

    Raises:
        OutputError: LibreOffice is missing or does not start.
    """
    done = to_pdf([read.path for read in reads], seconds)
    return {one.source: page_count(one.content) for one in done if one.content}


def write_comments(read: Proofread) -> Path:
    """Write a copy of a document with a comment at each place: 名（校对）.docx.

    A file that is already there is a person's and stays; the copy then gets a number.

    Returns:
        The copy's path.

    Raises:
        OutputError: it cannot be written.
    """
    content = commented(read.document, read.remarks)
    path = _free_path(read.path, content)
    write_whole(path, content)
    return path


def _free_path(path: Path, content: bytes) -> Path:
    number = 1
    while True:
        mark = "（校对）" if number == 1 else f"（校对{number}）"
        candidate = path.with_name(f"{path.stem}{mark}{path.suffix}")
        if not candidate.exists() or candidate.read_bytes() == content:
            return candidate
        number += 1
