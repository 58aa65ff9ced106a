"""The readable sources of the bundled speeches, and the sample data beside them.

Only the standard library: these tests judge what people wrote, not the program.
"""

import csv
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "word_templates" / "sources"
BOM = b"\xef\xbb\xbf"

ROLES = {"标题", "日期", "讲话人", "称呼", "正文", "一级", "二级", "结语"}
KINDS = {
    *("数量", "百分比", "百分点", "金额", "月份", "年份", "日期"),
    *("位次", "成数", "人名", "单位", "地名", "文字"),
}
HEAD_FIELDS = ["标题", "会议日期", "讲话人职务", "讲话人"]
DATA_ONLY = "年度计划投资"
UNIT_OF_KIND = {"百分比": "%", "百分点": "个百分点", "月份": "月", "位次": "位"}
SHARES_IN_WORDS = {
    "一半": Decimal(50),
    "五成": Decimal(50),
    "四成": Decimal(40),
    "三成": Decimal(30),
    "三分之一": Decimal(100) / 3,
    "四分之一": Decimal(25),
}

# The blanks in reading order: mask, field, the words before it, the words after it;
# · where the layout names no word.
GAPS = """
x    冲击因素            ·      ·
x    重点项目数          ·      个
x    子项目数            ·      个
x    已开工数            ·      个
X    开工率              ·      %
X    应开工未开工数      ·      个
X.8  应开工未开工占比    ·      %
X    子项目数            ·      个
X    超进度数            ·      个
X    超进度占比          占     %
X    达进度数            ·      个
X    达进度占比          占     %
X    不作评估数          ·      个
X    欠进度数            ·      个
X    欠进度占比          占     %
X    欠进度约占几成      接近   的
X    上年全年投资        ·      亿元
X    今年前十月投资      ·      亿元
X    占年度计划比        占年度计划的 %
X    占上年全年比        年全年的 %
X    投资差距            ·      亿元
X    固投月份            1—     月
X    固投低于全市百分点  ·      个百分点
X    固投全市位次        全市第 位
X    拟拉练项目数        ·      个
X    拉练不作评估数      ·      个
X    拉练欠进度数        ·      个
X    牵头领导            ·      同志
X    负责单位或负责人    ·      负责
X    报征事项            ·      ·
"""
BLANKS = {
    "工作部署": GAPS
    + """
X    开工期限月份        ·      月中旬
X    应完工未完工数      ·      个
X    建设标准名称        “      ”标准
X    高压线迁改单位      ·      ·
X    督导专班单位一      ·      、
X    督导专班单位二      、     组成
X    本地名称            ·      工作大局
""",
    "问题整改": """
[具体项目1]      具体项目1      ·  ·
[列举困难]       列举困难       ·  ·
[关键阶段]       关键阶段       ·  ·
[具体项目2]      具体项目2      ·  ·
[具体外部因素]   具体外部因素   ·  ·
[项目名称]       项目名称       ·  ·
[具体工作环节]   具体工作环节   ·  ·
""",
    "总结推进": GAPS
    + """
xx   本地名称            ·      ·
xx   本地名称            ·      ·
xx   前八月固投额        ·      亿元
""",
}
NAMES = list(BLANKS)
FIGURE_LAYOUTS = ["工作部署", "总结推进"]

# Layout: characters, blanks, fields, thanks at the end.
SIZES = {
    "工作部署": (1900, 37, 36, "谢谢大家。"),
    "问题整改": (1700, 7, 7, "谢谢大家！"),
    "总结推进": (1300, 33, 31, "谢谢大家。"),
}
PARTS = {
    "工作部署": {
        "第一，正视差距": "一是 二是 三是",
        "第二，全力推进": "一要 二要 三要 四要",
        "第三，强化保障": "一要 二要 三要",
        "第四，督导考核": "一要 二要 三要",
    },
    "问题整改": {
        "重点项目是": "",
        "前一阶段的工作": "",
        "存在的问题": "一是 二是 三是",
        "整改": "一要 二要 三要",
    },
    "总结推进": {
        "首先，正视差距": "一是 二是 三是",
        "找准差距，就要全力推进": "一要 二要",
        "同时，研判形势": "",
        "其次，": "",
        "最后，": "",
    },
}
FORMULAS = {
    "开工率": "已开工数 / 子项目数",
    "应开工未开工占比": "应开工未开工数 / 子项目数",
    "超进度占比": "超进度数 / 子项目数",
    "达进度占比": "达进度数 / 子项目数",
    "欠进度占比": "欠进度数 / 子项目数",
    "占年度计划比": "今年前十月投资 / 年度计划投资",
    "占上年全年比": "今年前十月投资 / 上年全年投资",
    "投资差距": "上年全年投资 - 今年前十月投资",
}
RELATIONS = [
    ("校核", "超进度数 + 达进度数 + 不作评估数 + 欠进度数 = 子项目数"),
    ("校核", "已开工数 + 应开工未开工数 <= 子项目数"),
    ("校核", "重点项目数 <= 子项目数"),
    ("校核", "拟拉练项目数 <= 子项目数"),
    ("校核", "拉练欠进度数 <= 拟拉练项目数 - 拉练不作评估数"),
    ("校核", "固投月份 = 10"),
    ("校核（提醒）", "欠进度约占几成 ≈ 欠进度占比"),
    ("校核（提醒）", "欠进度占比 <= 欠进度约占几成"),
]
WORKED_EXAMPLE = (
    "120 240 164 68.3 38 15.8 36 15.0 72 30.0 14 118 49.2 一半 "
    "412.6 263.8 58.0 63.9 148.8 10 3.2 7 46 5 23"
)
# What the proofreader must not find, in the masked text and in every merged one.
SLIPS = {
    "doubled word": r"([\u4e00-\u9fff]{2,6})\1",
    "doubled character": r"([的了在是和对])\1",
    "half-width mark": r"[\u4e00-\u9fff][,:;?!()\"']|[,:;?!()\"'][\u4e00-\u9fff]",
    "doubled mark": r"([，。；：、！？])\1|[，、；][。，、；]",
    "range without 一字线": r"\d[-~～–]\d",
    "space inside": r"[ \t]",
    "missing figure": r"第位|达%|[\u4e00-\u9fff]%",
    "points with a percent sign": r"百分点%|[高低]于[^，。]*\d%",
    "another level": r"全县|我[市县区]|本[市县]",
    "the chain word in another word": r"统一[要是]|另一[要是]|唯一是",
}

Paragraph = tuple[str, str]
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Blank:
    mask: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Guide:
    name: str
    kind: str
    unit: str
    formula: str
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    paragraphs: tuple[Paragraph, ...]
    guide: tuple[Guide, ...]

    @property
    def fields(self) -> list[Guide]:
        return [row for row in self.guide if not row.name.startswith("校核")]

    @property
    def relations(self) -> list[Guide]:
        return [row for row in self.guide if row.name.startswith("校核")]


@cache
def source(name: str) -> Source:
    text = (SOURCES / f"{name}.txt").read_text(encoding="utf-8")
    speech, table = text.removesuffix("\n").split("\n字段说明\n")
    head, *rows = table.split("\n")
    assert head == "字段\t类型\t单位\t算式\t说明"
    pairs = [line.partition("\t") for line in speech.split("\n")]
    return Source(
        tuple((role, words) for role, _, words in pairs),
        tuple(Guide(*row.split("\t")) for row in rows),
    )


BLANK = re.compile(r"⟦(?P<mask>[^⟦⟧|]+)\|(?P<name>[^⟦⟧|]+)⟧|\[(?P<bracket>[^\[\]]+)\]")


def blanks(name: str) -> list[Blank]:
    """All blanks of a source, head fields too, with the text around as it is read."""
    found = []
    for _, words in source(name).paragraphs:
        for match in BLANK.finditer(words):
            mask = match["mask"] or match[0]
            before, after = words[: match.start()], words[match.end() :]
            found.append(Blank(mask, match["name"] or match["bracket"], before, after))
    return found


def body_blanks(name: str) -> list[Blank]:
    return [blank for blank in blanks(name) if blank.name not in HEAD_FIELDS]


def expected(name: str) -> list[list[str]]:
    lines = BLANKS[name].splitlines()
    return [line.replace("·", " · ").split() for line in lines if line]


def masked(name: str) -> list[str]:
    """The paragraphs as the model text reads, masks shown."""
    fill = re.compile(r"⟦([^|]+)\|[^⟧]+⟧")
    return [fill.sub(r"\1", words) for _, words in source(name).paragraphs]


def merged(name: str, row: Row) -> list[str]:
    """The paragraphs with a row's values; an optional field left out keeps its mask."""

    def value(match: re.Match[str]) -> str:
        field = match["name"] or match["bracket"]
        return row[field] or match["mask"]

    return [BLANK.sub(value, words) for _, words in source(name).paragraphs]


def table(file: str) -> list[list[str]]:
    text = (ROOT / "data" / file).read_bytes().decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


def figure_rows() -> list[Row]:
    head, *rows = table("重点项目进度.csv")
    return [dict(zip(head, row, strict=True)) for row in rows]


def upright_rows() -> list[Row]:
    names, *columns = zip(*table("问题整改.csv"), strict=True)
    return [dict(zip(names, column, strict=True)) for column in columns]


def speeches() -> list[tuple[str, str]]:
    """Every text people may see: the masked ones and all that the data makes."""
    texts = [(name, words) for name in NAMES for words in masked(name)]
    for name in NAMES:
        rows = upright_rows() if name == "问题整改" else figure_rows()
        texts += [(name, words) for row in rows for words in merged(name, row)]
    return texts


def figure(text: str) -> Decimal:
    return SHARES_IN_WORDS[text] if text in SHARES_IN_WORDS else Decimal(text)


def term(words: str, row: Row) -> Decimal:
    """A name, a number, or two of them with ``/`` between."""
    over = [figure(row.get(part, part)) for part in words.split(" / ")]
    return over[0] if len(over) == 1 else over[0] / over[1]


def evaluate(formula: str, row: Row) -> Decimal:
    """Sums and differences of terms: all that the guides use."""
    first, *rest = re.split(r" ([+-]) ", formula)
    total = term(first, row)
    for sign, words in zip(rest[::2], rest[1::2], strict=True):
        total += term(words, row) if sign == "+" else -term(words, row)
    return total


def holds(relation: str, row: Row) -> bool:
    left, sign, right = re.split(r" (<=|=|≈) ", relation)
    one, other = evaluate(left, row), evaluate(right, row)
    verdicts = {"=": one == other, "<=": one <= other, "≈": abs(one - other) <= 2}
    return verdicts[sign]


# --- the speeches -----------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_source_is_utf8_with_line_feeds_and_known_roles(name: str) -> None:
    raw = (SOURCES / f"{name}.txt").read_bytes()
    assert b"\r" not in raw
    assert not raw.startswith(BOM)
    assert raw.endswith(b"\n")
    assert {role for role, _ in source(name).paragraphs} <= ROLES


@pytest.mark.parametrize("name", NAMES)
def test_speech_opens_with_title_date_speaker_salutation(name: str) -> None:
    roles = [role for role, _ in source(name).paragraphs]
    assert roles[:5] == ["标题", "日期", "讲话人", "称呼", "正文"]
    assert [blank.name for blank in blanks(name)][:4] == HEAD_FIELDS
    assert masked(name)[1:3] == ["（X年X月X日）", "X\u3000X"]
    assert masked(name)[3].endswith("：")
    assert masked(name)[-1] == SIZES[name][3]
    assert roles[-1] == "结语"


@pytest.mark.parametrize("name", NAMES)
def test_blanks_stand_in_the_order_of_the_layout_with_its_masks(name: str) -> None:
    found = [[blank.mask, blank.name] for blank in body_blanks(name)]
    assert found == [row[:2] for row in expected(name)]


@pytest.mark.parametrize("name", NAMES)
def test_words_of_the_layout_stand_directly_beside_their_blank(name: str) -> None:
    for blank, row in zip(body_blanks(name), expected(name), strict=True):
        before, after = (word.replace("·", "") for word in row[2:])
        near = BLANK.sub(lambda match: match["mask"] or match[0], blank.before)
        assert near.endswith(before), blank
        assert blank.after.startswith(after), blank


@pytest.mark.parametrize("name", NAMES)
def test_counts_of_blanks_and_fields_are_those_of_the_layout(name: str) -> None:
    _, places, fields, _ = SIZES[name]
    found = [blank.name for blank in body_blanks(name)]
    assert (len(found), len(set(found))) == (places, fields)


def test_three_speeches_have_77_blanks_and_44_names() -> None:
    names = [{blank.name for blank in body_blanks(name)} for name in NAMES]
    assert sum(len(body_blanks(name)) for name in NAMES) == 77
    assert len(set().union(*names)) == 44


@pytest.mark.parametrize("name", NAMES)
def test_length_is_within_five_percent(name: str) -> None:
    wanted = SIZES[name][0]
    whole = sum(len(re.sub(r"\s", "", words)) for words in masked(name))
    speech = sum(len(re.sub(r"\s", "", words)) for words in masked(name)[3:])
    for length in (whole, speech):
        assert abs(length - wanted) <= wanted * 0.05, (whole, speech)


@pytest.mark.parametrize("name", NAMES)
def test_parts_and_points_come_in_the_order_of_the_layout(name: str) -> None:
    found: list[tuple[str, list[str]]] = []
    for role, words in source(name).paragraphs:
        if role == "一级":
            found.append((words, []))
        if role == "二级":
            found[-1][1].append(words[:2])
    assert len(found) == len(PARTS[name])
    for (words, points), (start, chain) in zip(found, PARTS[name].items(), strict=True):
        assert words.startswith(start)
        assert " ".join(points) == chain


@pytest.mark.parametrize("name", NAMES)
def test_each_point_is_several_full_sentences_after_a_short_heading(name: str) -> None:
    for role, words in source(name).paragraphs:
        if role not in {"一级", "二级"}:
            continue
        heading, _, body = words.partition("。")
        assert len(heading) <= 25, heading
        assert "⟦" not in heading
        assert body.endswith(("。", "！")), words
        if role == "二级":
            assert len(re.findall(r"[。；！]", body)) >= 3, words
            assert len(body) >= 80, words


def test_no_sentence_stands_twice() -> None:
    seen: set[str] = set()
    for name in NAMES:
        for sentence in re.split(r"(?<=[。！：])", "".join(masked(name)[4:-1])):
            assert sentence not in seen, sentence
            seen |= {sentence} - {""}


@pytest.mark.parametrize("slip", SLIPS)
def test_no_proofreader_would_mark_a_slip(slip: str) -> None:
    for name, words in speeches():
        text = words.replace("X%", "1%").replace("X.8", "1.8")
        found = re.search(SLIPS[slip], text)
        assert found is None, (name, found and found[0], text)


def test_no_letter_but_the_masks() -> None:
    for name in NAMES:
        left = BLANK.sub("", "".join(words for _, words in source(name).paragraphs))
        assert not re.search(r"[A-Za-zＡ-Ｚａ-ｚ×*_]", left)


def test_quotes_and_brackets_are_paired() -> None:
    for _, words in speeches():
        for opening, closing in ("“”", "（）", "[]", "⟦⟧"):
            assert words.count(opening) == words.count(closing), words


# --- the guide --------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_guide_lists_each_field_once_in_reading_order(name: str) -> None:
    order = list(dict.fromkeys(blank.name for blank in blanks(name)))
    extra = [DATA_ONLY] if name in FIGURE_LAYOUTS else []
    assert [row.name for row in source(name).fields] == order + extra


@pytest.mark.parametrize("name", NAMES)
def test_guide_gives_each_field_a_kind_its_unit_and_a_note(name: str) -> None:
    for row in source(name).fields:
        assert row.kind in KINDS
        assert row.note
        if row.kind in UNIT_OF_KIND:
            assert row.unit == UNIT_OF_KIND[row.kind]
        assert row.name.isidentifier()
        assert len(row.name) <= 32


@pytest.mark.parametrize("name", NAMES)
def test_unit_in_the_guide_is_the_one_printed_after_the_blank(name: str) -> None:
    units = {row.name: row.unit for row in source(name).fields}
    for blank in body_blanks(name):
        assert blank.after.startswith(units[blank.name]), blank


@pytest.mark.parametrize("name", NAMES)
def test_head_fields_are_optional_and_the_title_has_its_default(name: str) -> None:
    optional = [row.name for row in source(name).fields if row.note.startswith("选填")]
    assert optional == HEAD_FIELDS
    assert source(name).fields[0].note == f"选填。默认：{masked(name)[0]}"


@pytest.mark.parametrize("name", FIGURE_LAYOUTS)
def test_guide_holds_the_formulas_and_relations_of_the_layout(name: str) -> None:
    guide = source(name)
    assert {row.name: row.formula for row in guide.fields if row.formula} == FORMULAS
    assert [(row.name, row.formula) for row in guide.relations] == RELATIONS
    assert all(row.note and not row.kind and not row.unit for row in guide.relations)


@pytest.mark.parametrize("name", FIGURE_LAYOUTS)
def test_data_only_field_says_that_it_is_not_printed(name: str) -> None:
    last = source(name).fields[-1]
    assert (last.name, last.kind, last.unit) == (DATA_ONLY, "金额", "亿元")
    assert last.note.startswith("只用于校核，不印在稿子里")


# --- the data ---------------------------------------------------------------------


@pytest.mark.parametrize("file", ["重点项目进度.csv", "问题整改.csv"])
def test_data_files_are_as_excel_writes_them(file: str) -> None:
    raw = (ROOT / "data" / file).read_bytes()
    assert raw.startswith(BOM)
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert len({len(line) for line in table(file)}) == 1


def test_one_row_fills_both_layouts_and_nothing_is_left_over() -> None:
    head = table("重点项目进度.csv")[0]
    wanted = [row.name for name in FIGURE_LAYOUTS for row in source(name).fields]
    assert len(head) == len(set(head))
    assert head[:2] == ["文件名", "地区"]
    assert set(head[2:]) == set(wanted)
    printed = [name for name in dict.fromkeys(wanted) if name != DATA_ONLY]
    assert head[2:] == [*printed, DATA_ONLY]


def test_upright_file_has_a_line_for_each_field() -> None:
    lines = [line[0] for line in table("问题整改.csv")]
    wanted = [row.name for row in source("问题整改").fields]
    assert lines == ["字段", "文件名", *wanted]


def test_there_are_six_districts_and_two_upright_speeches_at_least() -> None:
    rows = figure_rows()
    assert len({row["地区"] for row in rows}) == len(rows) >= 6
    assert len(upright_rows()) >= 2
    for kind in (rows, upright_rows()):
        assert len({row["文件名"] for row in kind}) == len(kind)


@pytest.mark.parametrize(
    "row", figure_rows() + upright_rows(), ids=lambda r: r["文件名"]
)
def test_only_the_title_may_be_empty(row: Row) -> None:
    assert [name for name, value in row.items() if not value.strip()] in ([], ["标题"])


@pytest.mark.parametrize("row", figure_rows(), ids=lambda r: r["地区"])
def test_formulas_give_the_figures_of_each_row(row: Row) -> None:
    kinds = {field.name: field.kind for field in source("工作部署").fields}
    for name, formula in FORMULAS.items():
        given = Decimal(row[name])
        scale = 100 if kinds[name] == "百分比" else 1
        exact = evaluate(formula, row) * scale
        assert exact.quantize(given, ROUND_HALF_UP) == given, name


@pytest.mark.parametrize("row", figure_rows(), ids=lambda r: r["地区"])
@pytest.mark.parametrize("relation", [formula for _, formula in RELATIONS])
def test_relations_hold_in_each_row(row: Row, relation: str) -> None:
    assert holds(relation, row)


@pytest.mark.parametrize("row", figure_rows(), ids=lambda r: r["地区"])
def test_figures_lie_in_the_range_of_their_kind(row: Row) -> None:
    for name in FIGURE_LAYOUTS:
        for field in source(name).fields:
            value = row[field.name]
            if field.kind in {"数量", "位次", "月份"}:
                assert re.fullmatch(r"[1-9]\d*", value), field.name
            if field.kind == "月份":
                assert int(value) <= 12
            if field.kind == "百分比":
                assert re.fullmatch(r"\d\d?\.\d", value), field.name
            if field.kind == "地名":
                assert value == row["地区"]


def test_the_worked_example_of_the_layouts_is_one_of_the_rows() -> None:
    names = list(dict.fromkeys(row[1] for row in expected("工作部署")))[1:26]
    rows = [" ".join(row[name] for name in names) for row in figure_rows()]
    assert WORKED_EXAMPLE in rows
