"""Evenings in an office: a speech is merged, edited at random, and new figures come.

The speech is the bundled 工作部署 with its thirty-six fields; the rows satisfy its
guide. What each place must show in the end is known without the program: from the
edits (`tests.editing`) and the three-way rule (`tests.judging`).
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from assembler.check import Checked, Checker
from assembler.fields import printed_texts
from assembler.refresh import Refreshed, RefreshOptions, refresh
from assembler.rows import Table, open_table
from assembler.template import Template
from tests import handwork
from tests.cli.conftest import write_csv
from tests.consistent_rows import SHARES, consistent_row
from tests.editing import Desk, Instance
from tests.judging import Case, Judged, Told, judge
from tests.programs import libreoffice

_ROOT = Path(__file__).parents[1]
TEMPLATE = _ROOT / "word_templates" / "工作部署.docx"
_DATA = _ROOT / "data" / "重点项目进度.csv"
_FORMULAS = {name: f"{part} / {whole}" for name, (part, whole) in SHARES.items()}
_FORMULAS["投资差距"] = "上年全年投资 - 今年前十月投资"
_WORDS = {
    "讲话人": ("俞怀川", "贺同舟"),
    "冲击因素": ("多轮强降雨", "汛期延长"),
    "牵头领导": ("陆知远", "韩叙安"),
    "负责单位或负责人": ("区自然资源局", "栗坞街道"),
    "高压线迁改单位": ("区供电公司", "城东供电所"),
    "督导专班单位一": ("区委督查室", "区纪委监委"),
    "本地名称": ("云岭区", "柳渡区"),
    "会议日期": ("2025年11月6日", "2025年11月9日"),
}


@cache
def template() -> Template:
    """The bundled speech."""
    return Template.open(TEMPLATE)


@cache
def _bundled_row() -> Mapping[str, str]:
    with _DATA.open(encoding="utf-8-sig", newline="") as stream:
        return next(iter(csv.DictReader(stream)))


def row_of(seed: int) -> dict[str, str]:
    """A row that satisfies the guide."""
    random = Random(seed)  # noqa: S311 - a seeded row is no secret
    words = {name: random.choice(texts) for name, texts in _WORDS.items()}
    return {**_bundled_row(), **consistent_row(seed), **words}


@dataclass(frozen=True)
class Stripped:
    """What programs have stripped from a draft.

    Attributes:
        record: whether the record is gone.
        bookmarks: whether the bookmarks are gone.
    """

    record: bool = False
    bookmarks: bool = False

    def edits(self) -> list[handwork.Edit]:
        """What does that to a draft."""
        chosen = {
            handwork.strip_record: self.record,
            handwork.strip_bookmarks: self.bookmarks,
        }
        return [edit for edit, is_wanted in chosen.items() if is_wanted]


class Evening:
    """A draft, the row it was made of, and the desk it is edited on.

    Args:
        folder: where the files lie.
        seed: of the row, and of all that is done at random.
        program: ``lo`` or ``word``: how bookmarks behave when somebody types.
    """

    def __init__(self, folder: Path, seed: int, program: str) -> None:
        self._folder = folder
        self.seed = seed
        self._program = program
        self.random = Random(seed)  # noqa: S311 - a seeded edit is no secret
        self.draft = folder / "稿.docx"
        self.row = row_of(seed)
        self.stripped = Stripped()
        self.desk = Desk(self._merged(), self.random, program)

    def _merged(self) -> bytes:
        checked, checker = self._checked()
        origin = checker.origin(checked.row, self.draft.stem)
        label = checked.row.label
        return template().render(checked.values, label, checked.data, origin)

    def _checked(self) -> tuple[Checked, Checker]:
        table = self.table()
        checker = Checker(template(), table.columns, table.path.name)
        return checker.row(next(iter(table.rows()))), checker

    def table(self) -> Table:
        """The data as they are now."""
        path = self._folder / "数据.csv"
        return open_table(write_csv(path, tuple(self.row), tuple(self.row.values())))

    def edit(self, times: int) -> None:
        """Let somebody edit the draft, and save it."""
        self.desk.edit(times)
        self.save()

    def save(self, stripped: Stripped | None = None) -> None:
        """Save the draft as it is on the desk; a program may strip it."""
        self.stripped = stripped or Stripped()
        content = self.desk.content()
        for strip in self.stripped.edits():
            content = strip(content)
        self.draft.write_bytes(content)

    def new_figures(self) -> None:
        """Let other figures come; now and then they are the old ones."""
        if self.random.random() < 0.8:
            self.row = row_of(self.random.randrange(10**6))

    def refresh(self, options: RefreshOptions | None = None) -> Refreshed:
        """Refresh the draft with the row as it is now."""
        asked = options or RefreshOptions()
        (done,) = refresh([self.draft], self.table(), asked)
        if done.error is not None:
            raise done.error
        assert done.reached, [one.message for one in done.findings]
        return done

    def judged(
        self,
        done: Refreshed,
        options: RefreshOptions | None = None,
        *,
        formats: bool = True,
    ) -> list[Judged]:
        """What became of each place.

        Args:
            done: what refresh had to say.
            options: how it was asked.
            formats: whether formats are judged; programs write them in their own way.

        Raises:
            WrongError: refresh did what it must not do.
        """
        case = replace(self._case(options or RefreshOptions()), formats=formats)
        content = self.draft.read_bytes()
        return judge(self.desk, content, Told(done.findings), case)

    def _case(self, options: RefreshOptions) -> Case:
        checked, _ = self._checked()
        texts = printed_texts(template().fields, checked.values)
        has_record = not self.stripped.record
        return Case(
            new=self.row | texts,
            formulas=_FORMULAS,
            take=str(options.take or ""),
            has_record=has_record,
            tracked=options.tracked,
            has_base=has_record or options.template is not None,
            has_marks=not self.stripped.bookmarks,
        )

    def sit_down_again(self, judged: Sequence[Judged]) -> None:
        """Open the draft as refresh has left it, to edit it once more."""
        desk = Desk(self.draft.read_bytes(), self.random, self._program)
        heirs = _heirs(judged)
        kept = [one for one in judged if one.instance in heirs]
        marked = {one.instance for one in kept if _is_marked(desk, one)}
        whole = {heirs[one].root for one in marked}
        for old, heir in heirs.items():
            # What refresh could not take in, and has told of, is prose from now on.
            is_copy = heir.source is not None or heir.root in whole
            heir.loose = old not in marked and is_copy
        desk.remember((heirs[one.instance], *_stretch(one)) for one in kept)
        self.desk = desk


def _stretch(judged: Judged) -> tuple[int, int, int]:
    """Where a place stands: its paragraph, its beginning, its length.

    What a person wrote beside a name is prose once the data's name is in its place.
    """
    shown, data = judged.shown, judged.data
    if judged.outcome == "taken" and data in shown:
        return judged.line, judged.start + shown.index(data), len(data)
    return judged.line, judged.start, len(shown)


def save_by_libreoffice(evenings: Sequence[Evening], folder: Path) -> None:
    """Let LibreOffice save the drafts of some evenings, in one start.

    Args:
        evenings: with their drafts.
        folder: for files on the way.
    """
    drafts = [folder / f"{number}.docx" for number in range(len(evenings))]
    for path, evening in zip(drafts, evenings, strict=True):
        path.write_bytes(evening.draft.read_bytes())
    saved = libreoffice(drafts, folder / "saved")
    for path, evening in zip(saved, evenings, strict=True):
        evening.draft.write_bytes(path.read_bytes())


def _is_marked(desk: Desk, judged: Judged) -> bool:
    """Whether a bookmark of its field holds a place."""
    chars = desk.texts()[judged.line][judged.start :][: len(judged.shown)]
    field = judged.instance.field
    return any(char.place is not None and char.place.field == field for char in chars)


def _heirs(judged: Sequence[Judged]) -> dict[Instance, Instance]:
    """The places of a draft as the next cycle finds them."""
    heirs: dict[Instance, Instance] = {}
    # What copies are copies of comes first.
    for one in sorted(judged, key=lambda one: one.instance.source is not None):
        old = one.instance
        base, is_edited = _left(one)
        source = heirs.get(old.root)
        heir = Instance(old.field, base, is_edited, source, broken=old.broken)
        heirs[old] = heir
        heirs.setdefault(old.root, heir)
    for old, heir in heirs.items():
        heir.rest = None if old.rest is None else heirs.get(old.rest)
    return heirs


def _left(judged: Judged) -> tuple[str, bool]:
    """What refresh remembers of a place, and whether it shows something else."""
    old = judged.instance
    states: dict[str, Callable[[], tuple[str, bool]]] = {
        "conflict": lambda: (old.base, True),
        "not placed": lambda: (old.base, old.edited),
        "decided": lambda: (judged.data, True),
        "kept": lambda: (judged.data, judged.shown != judged.data),
        "taken": lambda: (judged.data, False),
    }
    known = states.get(judged.outcome)
    return known() if known else (judged.shown, False)
