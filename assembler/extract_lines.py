"""What extract takes from drafts, in what form it writes it, and what it says."""

from pathlib import Path

from assembler.bundled import resolve_data
from assembler.draft import Draft
from assembler.extract import Extracted, extracted
from assembler.extract_table import table_lines, write_table
from assembler.findings import Finding, worst_first
from assembler.rows import Column, open_table
from assembler.template import Template

_SEVERAL = Path("稿子_数据.csv")


class Harvest:
    """Collects the values of drafts, writes them as a table, tells of them.

    Args:
        like: the data file in whose form they are wanted; None for columns as the
            drafts remember them.
        upright: whether a line a field is wanted.

    Raises:
        DataError: the data file cannot be read.
    """

    def __init__(self, like: Path | None, *, upright: bool) -> None:
        self._columns: tuple[Column, ...] = ()
        self._upright = upright
        self._taken: list[Extracted] = []
        if like is not None:
            table = open_table(resolve_data(like))
            self._columns = table.columns
            self._upright = upright or table.upright

    def take(self, path: Path, template: Template | None) -> None:
        """Take the values of a draft.

        Args:
            path: the draft.
            template: the template it was made of, for one that knows it no more.

        Raises:
            TemplateError: it cannot be read, or knows of no field.
        """
        draft = Draft.open(path, template)
        self._taken.append(extracted(draft, self._columns))

    def write(self, path: Path | None) -> Path:
        """Write the table.

        Args:
            path: where to; None for a name beside the work at hand.

        Raises:
            OutputError: there is a file already, or it cannot be written.
        """
        if path is None:
            one = self._taken[0].draft.path if len(self._taken) == 1 else None
            path = Path(f"{one.stem}_数据.csv") if one else _SEVERAL
        write_table(table_lines(self._taken, upright=self._upright), path)
        return path

    @property
    def findings(self) -> list[Finding]:
        """What there is to know, the worst first."""
        return worst_first([one for taken in self._taken for one in taken.findings])

    def closing_line(self, path: Path | None) -> str:
        """How much was taken, and where it lies."""
        differing = sum(len(one.differences) for one in self._taken)
        told = f"其中 {differing} 个和合并时不一样" if differing else "和合并时都一样"
        fields = sum(len(one.draft.known.base.fields) for one in self._taken)
        return f"取出 {len(self._taken)} 篇稿子的 {fields} 个值，{told}；放在“{path}”。"

    def as_json(self, path: Path | None) -> dict[str, object]:
        """The values for programs."""
        return {
            "drafts": [
                {
                    "draft": str(one.draft.path),
                    "row": one.draft.record.row if one.draft.record else None,
                    "values": dict(one.cells),
                    "changes": [
                        {"field": d.field, "record": d.recorded, "draft": d.now}
                        for d in one.differences
                    ],
                    "kept_as_text": list(one.kept),
                }
                for one in self._taken
            ],
            "file": None if path is None else str(path),
        }
