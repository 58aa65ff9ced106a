"""Findings: what a person should know, with its place and what to do about it."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Self


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def chinese(self) -> str:
        """The word people read: 错误, 提醒 or 说明."""
        return _CHINESE[self]

    @property
    def rank(self) -> int:
        """0 for the worst, so that sorting puts it first."""
        return list(Severity).index(self)


_CHINESE = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "说明"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person should know.

    Attributes:
        code: a stable English code such as ``missing-value`` (docs/findings.md).
        severity: error, warning or info.
        message: one plain Chinese sentence that stands alone.
        file: the file's name as the user gave it.
        row: the row's number as Excel shows it (the column's, in the upright form).
        field: the field's name.
        part: the part of the Word package, ``word/document.xml``.
        paragraph: the paragraph's number in its part, from 1.
        excerpt: the words around, the spot between 〖 and 〗.
        hint: what to do, in Chinese.
    """

    code: str
    severity: Severity
    message: str
    file: str | None = None
    row: int | None = None
    field: str | None = None
    part: str | None = None
    paragraph: int | None = None
    excerpt: str | None = None
    hint: str | None = None

    def as_json(self: Self) -> dict[str, str | int | None]:
        """The finding as the JSON contract has it: ten keys, absent ones null."""
        return asdict(self)


def has_errors(findings: "list[Finding] | tuple[Finding, ...]") -> bool:
    """Whether one of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def worst_first(findings: "list[Finding]") -> list[Finding]:
    """The findings by severity, each severity in the order given."""
    return sorted(findings, key=lambda finding: finding.severity.rank)
