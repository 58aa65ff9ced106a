"""What stops a command: one family of exceptions that carry their exit code.

The message of each is one Chinese sentence or two for the person at the screen:
where it is, what is wrong, what to do. Nothing else is printed of it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assembler.findings import Finding


class AssemblerError(Exception):
    """The root: something a person has to mend before the command can go on.

    Attributes:
        message: Chinese, for the person at the screen.
        findings: the single problems behind it, where there are several.
        exit_code: what the command line returns.
    """

    exit_code = 1

    def __init__(self, message: str, findings: "tuple[Finding, ...]" = ()) -> None:
        super().__init__(message)
        self.message = message
        self.findings = findings


class DataError(AssemblerError):
    """The data file cannot be used."""

    exit_code = 3


class TemplateError(AssemblerError):
    """The template or document cannot be used."""

    exit_code = 4


class OutputError(AssemblerError):
    """The output could not be written."""

    exit_code = 5


class UseError(AssemblerError):
    """The command was given something that it cannot mean."""

    exit_code = 2
