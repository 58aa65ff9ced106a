"""What proof says on the screen: findings by document, worst first, and lengths."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assembler.chinese import display_width, wrapped
from assembler.errors import OutputError, TemplateError
from assembler.findings import Finding, Severity
from assembler.proof import Proofread, Unread, count_pages, write_comments
from assembler.settings import Settings
from assembler.spoken import PACE

_WIDTH = 96
_INDENT = "      "
_COLOURS = {
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.INFO: "bright_black",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report.

    Attributes:
        text: what it says.
        head: how many characters at its beginning are coloured.
        colour: their colour.
    """

    text: str
    head: int = 0
    colour: str | None = None


class Desk:
    """Collects what was read, then tells of it.

    Args:
        comment: whether a copy with comments is written of each document.
        pages: whether LibreOffice counts the pages.

    Attributes:
        findings: of all documents.
    """

    def __init__(self, *, comment: bool, pages: bool) -> None:
        self._comment, self._pages = comment, pages
        self._read: list[Proofread] = []
        self._unread: list[Unread] = []
        self._counts: dict[str, int] = {}
        self._copies: list[str] = []
        self._trouble: str | None = None
        self.findings: list[Finding] = []

    def take(self, one: Proofread | Unread) -> None:
        """Take in a document; its copy with comments is written at once.

        Raises:
            OutputError: the copy cannot be written.
        """
        if isinstance(one, Unread):
            self._unread.append(one)
            return
        self._read.append(one)
        self.findings += one.findings
        if self._comment and one.remarks:
            self._copies.append(str(write_comments(one)))

    def finish(self) -> None:
        """Let pages be counted, where that was asked for."""
        if not self._pages:
            return
        try:
            counts = count_pages(self._read, Settings().seconds)
        except OutputError as error:
            self._trouble = f"{error.message}。页数是推算的。"
        else:
            self._counts = {str(path): count for path, count in counts.items()}

    def require_all_read(self) -> None:
        """Raise TemplateError where a document could not be read."""
        refuse_unread(self._unread)

    def lines(self) -> Iterator[Line]:
        """The report."""
        for read in self._read:
            if len(self._read) > 1 and read.remarks:
                yield Line(f"【{read.path.name}】")
            for finding in read.findings:
                yield from finding_lines(finding)
            yield Line(
                f"{read.path.name}：{counted(read.findings)}{self._length(read)}"
            )
        for copy in self._copies:
            yield Line(f"已把问题写成批注：{copy}")
        if self._trouble:
            yield Line(self._trouble)

    def _length(self, read: Proofread) -> str:
        length, exact = read.length, self._counts.get(str(read.path))
        shown = f"{exact} 页，" if exact else ""
        if read.pages and not exact:
            shown = f"约 {read.pages} 页，"
        return (
            f"全文 {length.characters} 字，{shown}念出来 {length.syllables} 个音节，"
            f"每分钟 {PACE} 个约 {length.minutes} 分钟。"
        )

    def as_json(self) -> dict[str, object]:
        """The same for other programs."""
        return {
            "documents": [self._document_json(read) for read in self._read],
            "unread": [str(one.path) for one in self._unread],
            "copies": self._copies,
            "findings": [finding.as_json() for finding in self.findings],
        }

    def _document_json(self, read: Proofread) -> dict[str, object]:
        return {
            "file": str(read.path),
            "characters": read.length.characters,
            "syllables": read.length.syllables,
            "minutes": read.length.minutes,
            "pages": self._counts.get(str(read.path), read.pages),
        }


def refuse_unread(unread: Sequence[Unread]) -> None:
    """Raise TemplateError where documents could not be read, naming them all."""
    if unread:
        raise TemplateError("\n".join(one.error.message for one in unread))


def counted(findings: Sequence[Finding]) -> str:
    """How many findings there are of each severity, as a sentence."""
    counts = {s: sum(one.severity is s for one in findings) for s in Severity}
    parts = [f"{counts[s]} 个{s.chinese}" for s in Severity if counts[s]]
    return f"{'、'.join(parts)}。" if parts else "没有发现问题。"


def finding_lines(finding: Finding) -> Iterator[Line]:
    """A finding: what is wrong, the words around, what to do, its code."""
    room = _WIDTH - display_width(_INDENT)
    first, *texts = wrapped(finding.message, room)
    word = finding.severity.chinese
    yield Line(f"{word}  {first}", len(word), _COLOURS[finding.severity])
    if finding.excerpt and finding.excerpt != "〖〗":
        texts += wrapped(f"…{finding.excerpt}…", room)
    texts += wrapped(f"→ {finding.hint or ''}（{finding.code}）", room)
    for text in texts:
        yield Line(_INDENT + text)
