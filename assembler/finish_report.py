"""What finish says on the screen: what was refused and why, what was made where."""

from collections.abc import Callable, Iterator
from pathlib import Path

from assembler.errors import AssemblerError
from assembler.findings import Finding, worst_first
from assembler.finish import Finished, Outcome, Refused, combine, make_pdfs
from assembler.proof import Unread
from assembler.proof_report import Line, counted, finding_lines, refuse_unread


class Gate:
    """Collects what became of drafts, has the rest made, then tells of it."""

    def __init__(self) -> None:
        self._outcomes: list[Outcome] = []
        self._combined: Path | None = None
        self._pdfs: dict[Path, Path] = {}
        self._stopped: AssemblerError | None = None
        self._of_files: list[Finding] = []

    @property
    def findings(self) -> list[Finding]:
        """The findings of all drafts and files, worst first."""
        read = (one for one in self._outcomes if not isinstance(one, Unread))
        return worst_first(
            [*(f for one in read for f in one.findings), *self._of_files]
        )

    def take(self, outcome: Outcome) -> None:
        """Take in what became of a draft."""
        self._outcomes.append(outcome)

    def combine(self, path: Path) -> None:
        """Have all speeches put in one document."""
        finding = combine(self._outcomes, path)
        if finding is None:
            self._combined = path
        else:
            self._of_files.append(finding)

    @property
    def files(self) -> list[Path]:
        """All documents that were made."""
        made = [path for one in self._finished for path in one.files]
        return [*made, *([self._combined] if self._combined else [])]

    @property
    def _finished(self) -> list[Finished]:
        return [one for one in self._outcomes if isinstance(one, Finished)]

    def make_pdfs(self, advance: Callable[[], None]) -> None:
        """Have PDFs made; what stops that is raised by `require_all`."""
        try:
            made = make_pdfs(self.files, advance) if self.files else None
        except AssemblerError as error:
            self._stopped = error
        else:
            self._pdfs = made.paths if made else {}
            self._of_files += made.findings if made else ()

    def require_all(self) -> None:
        """Raise what kept a draft from being read, or PDFs from being made."""
        refuse_unread([one for one in self._outcomes if isinstance(one, Unread)])
        if self._stopped is not None:
            raise self._stopped

    def lines(self) -> Iterator[Line]:
        """The report: refused drafts with all that is wrong, then what was made."""
        for outcome in self._outcomes:
            if isinstance(outcome, Refused):
                yield Line(f"【{outcome.draft.name}】没有通过，没有生成打印稿：")
                for finding in outcome.findings:
                    yield from finding_lines(finding)
            elif isinstance(outcome, Finished):
                yield from self._of_finished(outcome)
        for finding in self._of_files:
            yield from finding_lines(finding)
        yield from self._closing()

    def _of_finished(self, outcome: Finished) -> Iterator[Line]:
        if outcome.findings:
            yield Line(f"【{outcome.draft.name}】通过，{counted(outcome.findings)}")
            for finding in outcome.findings:
                yield from finding_lines(finding)
        for backup in outcome.backups:
            yield Line(f"原来的同名文件内容不同，已留底：{backup}")

    def _closing(self) -> Iterator[Line]:
        refused = len(self._outcomes) - len(self._finished)
        if self.files:
            folders = "、".join(dict.fromkeys(f"“{p.parent}”" for p in self.files))
            line = f"完成：{len(self._finished)} 篇定稿，文件在{folders}。"
            if self._pdfs:
                line += f"PDF {len(self._pdfs)} 个。"
            yield Line(line)
        if refused:
            yield Line(f"没有通过 {refused} 篇，请按上面说的改好再运行。")

    def as_json(self) -> dict[str, object]:
        """The same for other programs."""
        combined = self._combined
        return {
            "written": [self._written_json(one) for one in self._finished],
            "refused": [
                str(one.draft) for one in self._outcomes if isinstance(one, Refused)
            ],
            "unread": [
                str(one.path) for one in self._outcomes if isinstance(one, Unread)
            ],
            "combined": str(combined) if combined else None,
            "combined_pdf": self._pdf_of(combined),
            "findings": [finding.as_json() for finding in self.findings],
        }

    def _written_json(self, one: Finished) -> dict[str, object]:
        return {
            "draft": str(one.draft),
            "file": str(one.copy),
            "large": str(one.large) if one.large else None,
            "pdf": self._pdf_of(one.copy),
            "large_pdf": self._pdf_of(one.large),
        }

    def _pdf_of(self, path: Path | None) -> str | None:
        made = self._pdfs.get(path) if path else None
        return str(made) if made else None
