"""A small office: a template, a data file, a draft, and refresh run on it."""

from collections.abc import Mapping
from pathlib import Path

from assembler.check import Checker
from assembler.merge import Maker, MergeOptions, Outcome, merge
from assembler.refresh import Refreshed, RefreshOptions, refresh
from assembler.rows import Table, open_table
from assembler.template import Template
from tests.cli.conftest import write_csv
from tests.documents import lines
from tests.handwork import Edit


class Office:
    """A folder with a template, data and one draft.

    Args:
        folder: where all lies.
        template: the template.
        row: the row of the data file, to which changes are made.
    """

    def __init__(self, folder: Path, template: Path, row: Mapping[str, str]) -> None:
        self.folder = folder
        self.template = template
        self.row = dict(row)
        self.draft = folder / "稿子" / f"{row['文件名']}.docx"

    def table(self, changes: Mapping[str, str]) -> Table:
        """The data file with another row."""
        row = self.row | dict(changes)
        data = self.folder / "数据.csv"
        return open_table(write_csv(data, tuple(row), tuple(row.values())))

    def merge(
        self,
        changes: Mapping[str, str] | None = None,
        *,
        force: bool = False,
        draft: bool = False,
    ) -> Outcome:
        """Make the draft."""
        template, table = Template.open(self.template), self.table(changes or {})
        checker = Checker(template, table.columns, "数据.csv")
        wanted = MergeOptions(self.draft.parent, force=force, draft=draft)
        (outcome,) = merge(Maker(template, checker, wanted), table.rows())
        return outcome

    def edit(self, edit: Edit) -> None:
        """Let somebody edit the draft."""
        self.draft.write_bytes(edit(self.draft.read_bytes()))

    def refresh(
        self, changes: Mapping[str, str], options: RefreshOptions | None = None
    ) -> Refreshed:
        """Refresh the draft with a row."""
        table = self.table(changes)
        (done,) = refresh([self.draft], table, options or RefreshOptions())
        if done.error is not None:
            raise done.error
        return done

    def says(self) -> tuple[str, ...]:
        """The paragraphs of the body."""
        return tuple(lines(self.draft.read_bytes()))


def codes(done: Refreshed) -> frozenset[str]:
    """The codes of what refresh had to say."""
    return frozenset(one.code for one in done.findings)
