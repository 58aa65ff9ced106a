"""Laws of extract: the row comes back, and no value comes back as another unsaid."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assembler.bundled import resolve_data, resolve_template
from assembler.extract_cells import says_same
from assembler.extract_file import write_table
from assembler.numerals import to_chinese
from assembler.rows import open_table
from assembler.rows_guard import guarded, is_formula, unguarded
from assembler.rows_model import clean
from tests.cli.conftest import write_csv
from tests.consistent_rows import consistent_row
from tests.editing import Desk, Instance
from tests.extracting import Bureau, Lines, across, harvest, heads, rows, upright

# How offices write a value ------------------------------------------------------------

WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


def one_of(*texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(texts)


def shares() -> st.SearchStrategy[str]:
    tenths = st.integers(11, 999)
    return tenths.flatmap(
        lambda n: one_of(
            f"{n / 10:.1f}",
            f"{n / 10:.1f}%",
            f"{n / 10:.2f}％",
            f"{n // 10 + 2}",
            f"{n / 10:.1f}%".translate(WIDE),
            f"百分之{to_chinese(Decimal(n // 10 + 2))}",
            f"约{n // 10 + 2}",
        )
    )


def counts(unit: str) -> st.SearchStrategy[str]:
    return st.integers(3, 98_765).flatmap(
        lambda n: one_of(
            *(f"{n}", f"{n:,}", f"{n}{unit}", f"{n:,} {unit}", f"{n}".translate(WIDE)),
            *(f"{n}.0", f"+{n}", to_chinese(Decimal(n)), f"{n}余", f"约{n}{unit}"),
            *(f"{n / 10:.1f}万", f"{n // 100 + 1}00"),
        )
    )


def amounts() -> st.SearchStrategy[str]:
    return st.integers(10, 99_999).flatmap(
        lambda n: one_of(
            *(f"{n / 10:.1f}", f"{n / 10:.2f}亿元", f"{n}万元", f"{n * 1000}万元"),
            *(f"{n:,}", f"{n}亿", f"¥{n}亿", f"{n / 10:.1f}".translate(WIDE)),
            *(f"约{n}亿元", f"{n}余亿元", f"-{n / 10:.1f}", "1.25亿元", "0.126万亿元"),
        )
    )


def days() -> st.SearchStrategy[str]:
    return st.tuples(
        st.integers(2000, 2090), st.integers(1, 12), st.integers(1, 28)
    ).flatmap(
        lambda d: one_of(
            *(f"{d[0]}年{d[1]}月{d[2]}日", f"{d[0]}-{d[1]:02}-{d[2]:02}", "44865"),
            *(f"{d[0]}/{d[1]}/{d[2]}", f"{d[1]}月{d[2]}日", f"{d[0]}年{d[1]}月"),
            *(f"{d[0]}.{d[1]}.{d[2]} 00:00:00", f"{d[0]}年", "二〇二五年十月三日"),
        )
    )


WORDS = st.text("云岭澄湖区局、，（）“”·0123456789 Aa-+@'_x", min_size=2, max_size=12)
NAMES = one_of("陆知远", "贺同舟、魏知遥", "苏 砺之", "陆知远同志", " 柏允之　")
FORMS: Mapping[str, st.SearchStrategy[str]] = {
    "文件名": st.just("云岭讲话"),
    "地区": one_of("云岭区", "澄湖县", "@云岭"),
    "会议日期": days(),
    "讲话人": NAMES,
    "项目数": counts("个"),
    "开工数": counts("个"),
    "开工率": one_of("", "—", "无"),
    "投资": amounts(),
    "占比": shares() | one_of("", "/", "0.5%"),
    "差距": one_of("3.2", "3.2个百分点", "３．２", "三点二", "-3.2", "0.5", "12.75"),
    "位次": one_of("7", "第7位", "第七", "7名", "１２"),
    "几成": one_of(
        *("三成", "30%", "一半", "50%", "五成", "半数", "三分之一", "1/3", "四成五"),
        *("25%", "四分之一", "49.2%", "３５％", "三成半", "近一半", "百分之三十"),
    ),
    "年份": one_of("2022", "2022年", "二〇二二", "二零二二年", "2022年度"),
    "月份": one_of("10", "10月", "05", "十月", "１２", "10月份"),
    "单位": one_of("区自然资源局", "区林业局、 区水务局", "-区局"),
    "因素": WORDS.filter(lambda text: clean(text) != ""),
    "计划投资": amounts() | one_of("", "—"),
    "备注": one_of("", "=1+1", "-3.2", "联系人：小秦", "'=1"),
}
ROWS = st.fixed_dictionaries(dict(FORMS))


@contextmanager
def bureau(*given_rows: Mapping[str, str]) -> Iterator[Bureau]:
    with TemporaryDirectory() as folder:
        yield Bureau(Path(folder), *given_rows)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No data file lies where the work is done."""
    monkeypatch.chdir(tmp_path)


@settings(max_examples=120)
@given(
    given_row=ROWS,
    form=st.sampled_from([across, upright]),
    unit=st.sampled_from(["", "(万元)"]),
)
def test_law_extract_after_merge_gives_the_row_back(
    given_row: dict[str, str], form: Callable[..., Lines], unit: str
) -> None:
    named = {(k + unit if k == "投资" else k): v for k, v in given_row.items()}
    with bureau() as office:
        write_csv(office.data, *([*map(guarded, line)] for line in form(named)))
        drafts = office.merge(with_gaps=False)
        assume(drafts)
        before = drafts[0].read_bytes()
        found = harvest(*drafts)
        table = found.write(office.folder / "取.csv")
        assert rows(table) == rows(office.data)
        assert heads(table) == heads(office.data)
        assert open_table(table).upright is (form is upright)
        assert found.differences == []
        # The draft alone tells as much as merge needs.
        office.away()
        table.unlink()
        harvest(*drafts).write(table)
        (again,) = office.merge(table, office.folder / "再", with_gaps=False)
        assert again.read_bytes() == before


BUNDLED = rows(resolve_data(Path("重点项目进度")))


@settings(max_examples=12)
@given(
    seed=st.integers(0, 10**6),
    number=st.integers(0, len(BUNDLED) - 1),
    template=st.sampled_from(["工作部署", "总结推进"]),
)
def test_law_of_the_bundled_templates(seed: int, number: int, template: str) -> None:
    given_row = {**BUNDLED[number], **consistent_row(seed)}
    with bureau(given_row) as office:
        office.template = resolve_template(Path(template))
        (draft,) = office.merge()
        table = harvest(draft).write(office.folder / "取.xlsx")
        assert rows(table) == [given_row]
        office.away()
        table.unlink()
        harvest(draft).write(table)
        (again,) = office.merge(table, office.folder / "再")
        assert again.read_bytes() == draft.read_bytes()


# Corrected by hand --------------------------------------------------------------------

# Under these extract says itself that a value may not be what the draft says.
TOLD = {
    "doubtful-value",
    "places-differ",
    "place-lost",
    "kept-as-text",
    "prints-otherwise",
}


def now(desk: Desk, place: Instance) -> str:
    """What a place says after the edits."""
    return "".join(c.text for text in desk.texts() for c in text if c.place is place)


@settings(max_examples=150)
@given(
    seed=st.integers(0, 10**9),
    times=st.integers(1, 6),
    program=st.sampled_from(["lo", "word"]),
)
def test_law_no_value_comes_back_as_another_unsaid(
    seed: int, times: int, program: str
) -> None:
    with bureau() as office:
        (draft,) = office.merge()
        office.away()
        desk = Desk(draft.read_bytes(), Random(seed), program)  # noqa: S311 - no secret
        desk.edit(times)
        draft.write_bytes(desk.content())
        found = harvest(draft)
        told = {one.field for one in found.findings if one.code in TOLD}
        printed = office.printed(found.write(office.folder / "取.csv"))
        (taken,) = found.taken
        for name, field in taken.fields.items():
            places = [one for one in desk.instances() if one.field == name]
            # That a figure was deleted is told as a difference.
            said = {now(desk, one) for one in places} - {""}
            hits = [says_same(field, printed[name], text) for text in said]
            # Of a sentence and its copy nobody knows which was there first.
            is_copied = any(one.source is not None for one in places)
            assert name in told or (any(hits) if is_copied and hits else all(hits))


# The file -----------------------------------------------------------------------------


@given(st.text("'=+-@＝＋－＠\t\r\n0123.,%％云岭"))
def test_law_guarding_is_undone_by_reading(text: str) -> None:
    bare = text.lstrip("\t\r\n")
    assert unguarded(guarded(text)) == bare
    assert guarded(text)[:1] == "'" or not is_formula(guarded(text))


CELLS = st.text(
    st.one_of(
        st.sampled_from("'\"=+-@＝，,;\n\t 0123456789.%_xX"),
        st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0xFFFD),
    ),
    max_size=12,
)


@settings(max_examples=80)
@given(
    cells=st.lists(CELLS.map(clean), min_size=3, max_size=3),
    ending=st.sampled_from([".csv", ".xlsx"]),
)
def test_law_any_text_is_read_from_the_file_as_it_was(
    cells: list[str], ending: str
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"取{ending}"
        write_table([["文件名", "甲", "乙", "丙"], ["云岭讲话", *cells]], path)
        assert list(rows(path)[0].values())[1:] == cells
