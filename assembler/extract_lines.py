"""What extract takes from drafts, in what form it writes it, and what it says."""

from functools import cached_property
from pathlib import Path

from assembler.bundled import resolve_data
from assembler.draft import Draft, unusable
from assembler.errors import TemplateError
from assembler.extract import Difference, Extracted, extracted
from assembler.extract_file import require_free, write_table
from assembler.extract_office import Office, find_office, named_office
from assembler.extract_table import Table, make_table
from assembler.findings import Finding, Severity, has_errors, worst_first
from assembler.template import Template

_SEVERAL = Path("稿子_数据.csv")


class Harvest:
    """Collects the values of drafts, writes them as a table, tells of them.

    Attributes:
        taken: what each draft says.

    Args:
        like: the data file in whose form they are wanted; None for the one they came
            from, where it lies at hand, else for columns as the drafts remember them.
        upright: whether a line a field is wanted, whatever that file is like.

    Raises:
        DataError: the data file cannot be read.
    """

    def __init__(self, like: Path | None, *, upright: bool) -> None:
        self._like = None if like is None else named_office(resolve_data(like))
        self._upright = upright
        self.taken: list[Extracted] = []
        self._seen: set[Path] = set()
        self._unread: list[Finding] = []

    def take(self, path: Path, template: Template | None) -> None:
        """Take the values of a draft; of one that was taken already, nothing.

        One that cannot be read does not keep the others waiting; the findings tell.

        Args:
            path: the draft.
            template: the template it was made of, for one that knows it no more.
        """
        if path.resolve() in self._seen:
            return
        self._seen.add(path.resolve())
        try:
            self.taken.append(extracted(Draft.open(path, template)))
        except TemplateError as error:
            self._unread.append(unusable(path, error))

    def write(self, path: Path | None) -> Path:
        """Write the table.

        Args:
            path: where to; None for a name beside the work at hand.

        Raises:
            OutputError: there is a file already, or it cannot be written.
            TemplateError: not one of the drafts could be read.
        """
        if not self.taken:
            raise TemplateError("".join(one.message for one in self._unread))
        if path is None:
            one = self.taken[0].draft.path if len(self.taken) == 1 else None
            path = Path(f"{one.stem}_数据.csv") if one else _SEVERAL
        require_free(path)
        write_table(self._table.lines(upright=self._is_upright), path)
        return path

    @property
    def exit_code(self) -> int:
        """What the command line returns: 4 where a draft could not be read."""
        if self._unread:
            return TemplateError.exit_code
        return int(has_errors(self.findings))

    @cached_property
    def _office(self) -> Office | None:
        return self._like or find_office(self.taken)

    @cached_property
    def _table(self) -> Table:
        return make_table(self.taken, self._office)

    @property
    def _is_upright(self) -> bool:
        return self._upright or (
            self._office is not None and self._office.table.upright
        )

    @property
    def differences(self) -> list[Difference]:
        """What differs from the records, draft by draft."""
        return [one for taken in self.taken for one in taken.differences]

    @property
    def findings(self) -> list[Finding]:
        """What there is to know, the worst first."""
        found = [one for taken in self.taken for one in taken.findings]
        return worst_first([*self._unread, *found, *self._table.findings])

    def closing_line(self, path: Path | None) -> str:
        """How much was taken, and where it lies."""
        fields = sum(len(one.fields) for one in self.taken)
        taken = f"取出 {len(self.taken)} 篇稿子的 {fields} 个值"
        return f"{taken}，{self._compared()}；放在“{path}”{self._form()}。"

    def _compared(self) -> str:
        """How the values stand to what merge put in, and how many are in doubt."""
        doubtful = {
            (one.file, one.field)
            for one in self.findings
            if one.field and one.severity is Severity.WARNING
        }
        to_check = f"{len(doubtful)} 个要核对（见上面的提醒）" if doubtful else ""
        if differing := len(self.differences):
            told = f"其中 {differing} 个和上次的数据不一样"
            return f"{told}，{to_check}" if to_check else told
        if to_check:
            return f"其中 {to_check}"
        is_known = all(one.draft.record is not None for one in self.taken)
        return "和上次的数据都一样" if is_known else "没有合并记录的不知道改过没有"

    def _form(self) -> str:
        """Whose form the table has."""
        if self._office is None:
            return ""
        form = "竖表" if self._is_upright else "横表"
        return f"（{form}，照“{self._office.table.path.name}”的样子）"

    def as_json(self, path: Path | None) -> dict[str, object]:
        """The values for programs."""
        return {
            "drafts": [
                {
                    "draft": str(row.one.draft.path),
                    "row": row.one.draft.record.row if row.one.draft.record else None,
                    "values": {
                        name: cell
                        for name, cell in row.cells.items()
                        if name in {column.name for column in self._table.columns}
                    },
                    "changes": [
                        {"field": d.field, "record": d.recorded, "draft": d.now}
                        for d in row.one.differences
                    ],
                    "kept_as_text": list(row.kept),
                }
                for speech in self._table.speeches
                for row in speech.rows
            ],
            "file": None if path is None else str(path),
        }
