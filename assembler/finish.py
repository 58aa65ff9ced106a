"""finish: the last gate before the printer, and the clean copies behind it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.clean import clean_copy
from assembler.combine import combined
from assembler.document import Document
from assembler.errors import OutputError, TemplateError, UseError
from assembler.filenames import DistinctNames
from assembler.findings import Finding, Severity, has_errors
from assembler.fonts import asked_fonts, missing_fonts
from assembler.large import large_copy
from assembler.office import to_pdf
from assembler.package import write_whole
from assembler.proof import Unread, proof_document
from assembler.replacement import keep_backup
from assembler.rules_state import open_revisions
from assembler.settings import Settings, settings_for
from assembler.wordml import paragraphs, text_of

FOLDER = Path("打印稿")
_LARGE, _SELF = "（大字版）", "（打印稿）"
_SUFFIX = ".docx"


@dataclass(frozen=True, slots=True)
class FinishOptions:
    """What a person asked finish for.

    Attributes:
        folder: where the copies go; made where it does not exist.
        large: whether a reading copy is made of each speech too.
        ignore: codes of findings that are not to be reported.
    """

    folder: Path = FOLDER
    large: bool = False
    ignore: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finished:
    """A draft that passed.

    Attributes:
        draft: the draft.
        copy: its clean copy.
        large: its reading copy, where one was asked for.
        findings: what a person may still want to know.
        backups: what lay in the copies' places before.
    """

    draft: Path
    copy: Path
    large: Path | None
    findings: tuple[Finding, ...] = ()
    backups: tuple[Path, ...] = ()

    @property
    def files(self) -> list[Path]:
        """The copies."""
        return [self.copy, *([self.large] if self.large else [])]


@dataclass(frozen=True, slots=True)
class Refused:
    """A draft that must not be printed, and why."""

    draft: Path
    findings: tuple[Finding, ...]


Outcome = Finished | Refused | Unread


def finish(paths: Iterable[Path], options: FinishOptions) -> Iterator[Outcome]:
    """Read each draft as proof does; make clean copies of those without an error.

    Args:
        paths: drafts.
        options: what is to be made, and where.

    Yields:
        What became of each draft, in order.

    Raises:
        OutputError: a copy cannot be written.
        UseError: a settings file cannot be understood.
    """
    names = DistinctNames()
    for path in paths:
        settings = settings_for(path)
        settings = replace(settings, ignore=settings.ignore | options.ignore)
        try:
            document = Document.open(path)
        except TemplateError as error:
            yield Unread(path, error)
            continue
        findings = _judged(document, path, settings)
        if has_errors(findings):
            yield Refused(path, findings)
        else:
            finished = _written(document, names.distinct(path.stem), settings, options)
            yield replace(finished, findings=findings)


def _judged(document: Document, path: Path, settings: Settings) -> tuple[Finding, ...]:
    """What proof says; open revisions are an error here, and are never ignored."""
    found = proof_document(document, path, settings).findings
    found = [one for one in found if one.code != "open-revision"]
    revisions = [
        document.finding(replace(one, severity=Severity.ERROR))
        for one in open_revisions(document)
    ]
    return (*revisions, *found)


def _written(
    document: Document, stem: str, settings: Settings, options: FinishOptions
) -> Finished:
    draft = Path(document.file)
    content = clean_copy(document)
    clean = Document.parse(content, draft.name)
    _require_same_text(document, clean)
    copy = options.folder / f"{stem}{_SUFFIX}"
    if copy.exists() and copy.samefile(draft):
        copy = options.folder / f"{stem}{_SELF}{_SUFFIX}"
    contents = {copy: content}
    large = options.folder / f"{stem}{_LARGE}{_SUFFIX}" if options.large else None
    if large is not None:
        contents[large] = large_copy(clean, settings.large)
    _make_folder(options.folder)
    kept = [_write(path, data) for path, data in contents.items()]
    return Finished(draft, copy, large, backups=tuple(p for p in kept if p))


def _require_same_text(draft: Document, clean: Document) -> None:
    """Raise OutputError unless the copy says what the draft says, story by story."""
    texts = [
        [[text_of(p) for p in paragraphs(story.root)] for story in document.stories]
        for document in (draft, clean)
    ]
    if texts[0] != texts[1]:
        message = (
            f"“{Path(draft.file).name}”的打印稿和稿子的文字对不上，没有写出来。"
            "请在 Word 里把稿子另存一次再试。"
        )
        raise OutputError(message)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = (
            f"建不了文件夹“{folder}”（{error.strerror}）。请用 -o 换一个能写的文件夹。"
        )
        raise OutputError(message) from error


def _write(path: Path, content: bytes) -> Path | None:
    """Write a copy; what else lay in its place is kept beside it.

    Returns:
        The path of what was kept, None where nothing was.
    """
    kept = None
    if path.exists() and path.read_bytes() != content:
        kept = keep_backup(path)
    write_whole(path, content)
    return kept


def combine(outcomes: Sequence[Outcome], path: Path) -> Finding | None:
    """Put all speeches in one document for printing.

    Args:
        outcomes: what became of the drafts.
        path: where the document goes.

    Returns:
        Why it was not made; None where it was.

    Raises:
        TemplateError: two documents cannot share a file.
        OutputError: it cannot be written.
        UseError: the path does not end with .docx.
    """
    if path.suffix.lower() != _SUFFIX:
        message = f"--combined 后面要写 .docx 文件名，不是“{path}”。"
        raise UseError(message)
    copies = [one.copy for one in outcomes if isinstance(one, Finished)]
    if len(copies) < len(outcomes) or not copies:
        missing = len(outcomes) - len(copies)
        return Finding(
            code="not-combined",
            severity=Severity.ERROR,
            message=f"没有合成“{path.name}”：还有 {missing} 篇没有定稿。",
            file=str(path),
            hint="把上面的错误改好，再运行一次。",
        )
    content = combined([(copy.name, copy.read_bytes()) for copy in copies])
    _make_folder(path.parent)
    _write(path, content)
    return None


@dataclass(frozen=True, slots=True)
class Pdfs:
    """The PDFs that were made.

    Attributes:
        paths: document → its PDF.
        findings: which could not be made; which faces this machine lacks.
    """

    paths: dict[Path, Path]
    findings: tuple[Finding, ...]


def make_pdfs(files: Sequence[Path], advance: Callable[[], None]) -> Pdfs:
    """Make PDFs of the copies, in one start of LibreOffice.

    Args:
        files: the copies.
        advance: called after each.

    Raises:
        OutputError: LibreOffice is missing or does not start; a PDF cannot be written.
    """
    lacking = missing_fonts(_faces(files))
    seconds = settings_for(Path()).seconds
    done = to_pdf(files, seconds, advance, lacking)
    paths, findings = {}, []
    for one in done:
        if one.content is None:
            findings.append(_no_pdf(one.source, one.problem or ""))
            continue
        paths[one.source] = one.source.with_suffix(".pdf")
        write_whole(paths[one.source], one.content)
    if lacking:
        findings.append(_lacking(lacking))
    return Pdfs(paths, tuple(findings))


def _faces(files: Iterable[Path]) -> list[str]:
    found = [face for path in files for face in asked_fonts(Document.open(path))]
    return list(dict.fromkeys(found))


def _no_pdf(path: Path, problem: str) -> Finding:
    return Finding(
        code="no-pdf",
        severity=Severity.ERROR,
        message=f"“{path.name}”没有转成 PDF：{problem}。",
        file=str(path),
        hint="打印稿（.docx）已经有了，也可以在 Word 里打开它，另存为 PDF。",
    )


def _lacking(faces: list[str]) -> Finding:
    return Finding(
        code="font-not-installed",
        severity=Severity.WARNING,
        message=f"这台电脑没有这些字体：{'、'.join(faces)}。PDF 里用了别的字体代替，"
        "样子会不一样。",
        hint="装好字体再转，或者在有这些字体的电脑上用 Word 另存为 PDF。",
    )
