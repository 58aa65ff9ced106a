"""A glance never says more than the long way would."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.bundled import resolve_data, resolve_template
from assembler.check import Checker
from assembler.glance import Glance
from assembler.rows import Row, open_table
from assembler.rulebook import make_rulebook
from assembler.template import Template

TABLE = open_table(resolve_data(Path("重点项目进度")))
COLUMNS = {column.name: column for column in TABLE.columns}
ROWS = [row.values for row in TABLE.rows()]
TEMPLATES = [Template.open(resolve_template(Path(n))) for n in ("工作部署", "总结推进")]


class _Blind:
    """A glance that never answers."""

    def is_plainly_right(self, cells: object) -> bool:
        return cells is None


def long_way(template: Template) -> Checker:
    checker = Checker(template, TABLE.columns, "数据.csv")
    checker._glance = _Blind()  # type: ignore[assignment]  # noqa: SLF001 - see above
    return checker


LONG = [long_way(template) for template in TEMPLATES]
GLANCES = [Glance(make_rulebook(template, COLUMNS)) for template in TEMPLATES]

figures = st.one_of(
    st.integers(0, 500).map(str),
    st.integers(0, 9999).map(lambda n: f"{n // 10}.{n % 10}"),
    st.integers(0, 9999).map(lambda n: f"{n / 100:.2f}"),
    st.from_regex(r"-?0?[0-9]{1,4}(\.[0-9]{0,4})?[%个亿元月]?", fullmatch=True),
)
words = st.one_of(
    st.sampled_from(
        [
            "一半",
            "三成",
            "四分之一",
            "待补",
            "某某区",
            "无",
            "X",
            "暂缺",
            "贺同舟",
            "空港",
        ]
    ),
    st.text("区委同志标准负责组成督查室、（）9 　x待无空某", min_size=0, max_size=8),
    st.sampled_from(["2025年11月6日", "2025年2月30日", "2025年02月03日", "45967"]),
)


@settings(max_examples=400)
@given(
    base=st.sampled_from(ROWS),
    changes=st.dictionaries(
        st.sampled_from(sorted(COLUMNS)), st.one_of(figures, words), max_size=3
    ),
)
def test_what_a_glance_passes_the_long_way_prints_unchanged_without_a_finding(
    base: dict[str, str], changes: dict[str, str]
) -> None:
    row = Row(2, "甲", {**base, **changes})
    for glance, checker, template in zip(GLANCES, LONG, TEMPLATES, strict=True):
        names = [*template.fields, *template.checked]
        cells = {name: row.values.get(name, "") for name in names}
        if glance.is_plainly_right(cells):
            checked = checker.row(row)
            assert checked.findings == ()
            assert checked.values == {name: cells[name] for name in template.fields}


def test_a_glance_passes_the_rows_of_the_bundled_data() -> None:
    for glance, template in zip(GLANCES, TEMPLATES, strict=True):
        names = [*template.fields, *template.checked]
        passed = [glance.is_plainly_right({n: row[n] for n in names}) for row in ROWS]
        assert all(passed)


@given(
    base=st.sampled_from(ROWS),
    field=st.sampled_from(
        ["超进度数", "欠进度数", "子项目数", "投资差距", "上年全年投资"]
    ),
)
def test_a_figure_moved_by_one_unit_is_never_passed(
    base: dict[str, str], field: str
) -> None:
    text = base[field]
    decimals = len(text.partition(".")[2])
    moved = (round(float(text) * 10**decimals) + 1) / 10**decimals
    cells = {**base, field: f"{moved:.{decimals}f}"}
    assert not GLANCES[0].is_plainly_right(cells)
