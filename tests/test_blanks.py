import csv
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.blanks import (
    Blank,
    Verdict,
    find_blanks,
    find_doubts,
    find_leftovers,
    place_names,
)

HERE = Path(__file__).parent


class Case(NamedTuple):
    id: str
    text: str
    expected: str
    note: str


def read(name: str) -> list[Case]:
    with (HERE / name).open(encoding="utf-8", newline="") as table:
        rows = csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        assert next(rows) == list(Case._fields)
        return [Case(*row) for row in rows]


CASES = [*read("blank_cases.tsv"), *read("blank_corpus.tsv")]


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_every_line_of_the_tables_is_recognised(case: Case) -> None:
    blanks = find_blanks(
        case.text,
        markdown=case.note.startswith("md:"),
        last=case.note.startswith("last:"),
    )
    assert [blank.mask for blank in blanks] == [
        mask for mask in case.expected.split("|") if mask
    ]
    wanted = Verdict.DOUBT if case.note.startswith("ask") else Verdict.BLANK
    assert {blank.verdict for blank in blanks} <= {wanted}


def test_the_corpus_is_large_and_its_ids_are_unique() -> None:
    own = read("blank_corpus.tsv")
    assert len(own) >= 150
    assert len({case.id for case in CASES}) == len(CASES)
    assert not {case.text for case in own} & {
        case.text for case in read("blank_cases.tsv")
    }


def only(text: str) -> Blank:
    (blank,) = find_blanks(text)
    return blank


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("开工X个", "letters"),
        ("自20××年起", "year"),
        ("于YYYY年MM月DD日", "date"),
        ("××县", "times"),
        ("**公司", "stars"),
        ("__小学", "underscores"),
        ("[项目名称]开工", "brackets"),
        ("到场（待补）人", "hint"),
        ("某某镇", "some"),
        ("○○局", "circles"),
        ("{{金额}}万元", "tag"),
        ("尊敬的«姓名»", "mergefield"),
        ("□□局", "other"),
    ],
)
def test_notation_is_told(text: str, notation: str) -> None:
    assert only(text).notation == notation


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[列举难点]", "难点"),
        ("[部门/单位]表态", "部门或单位"),
        ("共（此处填写人数）人", "人数"),
        ("欠进度【待补：欠进度数】个", "欠进度数"),
        ("目前【待补】个", None),
        ("由{{ 牵头单位|大写 }}牵头", "牵头单位"),
        ("在«会议地点»召开", "会议地点"),
        ("增长[X]%", None),
        ("开工X个", None),
    ],
)
def test_name_is_the_noun_in_the_bracket(text: str, name: str | None) -> None:
    assert only(text).name == name


def test_post_behind_a_name_is_a_blank_of_its_own() -> None:
    name, post = find_blanks("总指挥：XXX（职务）")
    assert (name.mask, post.mask, post.name) == ("XXX", "（职务）", "职务")


@pytest.mark.parametrize(
    "text",
    ["受益XX 户（据实填写）", "完成XX%（请照快报填写）", "共XX件（请按\n台账填写）"],
)
def test_hint_behind_a_mask_goes_with_it(text: str) -> None:
    blank = only(text)
    assert blank.hint_span is not None
    start, end = blank.hint_span
    assert text[start] == "（"
    assert text[end - 1] == "）"


def test_hint_far_from_a_mask_is_not_taken_along() -> None:
    first, second = find_blanks(
        "开工X个，进展顺利，群众反映很好，另有（此处填写数额）万元"
    )
    assert first.hint_span is None
    assert second.notation == "hint"


@pytest.mark.parametrize("mask", ["xx0.7", "xx.36", "xx458", "12.X"])
def test_digits_inside_a_mask_are_remarked_on(mask: str) -> None:
    blank = only(f"增长{mask}%")
    assert blank.mask == mask
    assert blank.verdict is Verdict.BLANK
    assert "数字" in (blank.reason or "")


def test_half_masked_decimal_is_no_damage() -> None:
    assert only("占X.8%").reason is None


def test_every_doubt_says_why() -> None:
    doubts = [
        blank
        for case in CASES
        for blank in find_blanks(case.text)
        if blank.verdict is Verdict.DOUBT
    ]
    assert doubts
    assert all(blank.reason for blank in doubts)


def test_bold_type_counts_only_where_the_text_is_markdown() -> None:
    text = "要**守住底线**，不出问题"
    assert find_blanks(text, markdown=True) == []
    assert {blank.verdict for blank in find_blanks(text)} == {Verdict.DOUBT}


def test_lone_sign_is_a_close_button_only_at_the_text_s_end() -> None:
    assert find_blanks("×", last=True) == []
    assert only("×").verdict is Verdict.DOUBT


def test_neighbouring_lines_tell_a_word_that_a_line_end_cut() -> None:
    assert find_blanks("光片要看仔细", before="请医生拍X") == []
    assert find_blanks("请医生拍X") != []
    assert find_blanks("请医生拍X", after="光片要看仔细") == []
    assert [blank.start for blank in find_blanks("X个项目", before="新开工")] == [0]


def test_masks_of_neighbouring_lines_are_not_returned() -> None:
    assert [b.mask for b in find_blanks("竣工XX个", before="开工X个，", after="X")] == [
        "XX"
    ]


LETTERS = st.sampled_from(
    list("XxＸ×*_○〇某N[]【】〔〕（）(){}<>«»“”《》，。、；：%.-—+=/\\ 　\n0123456789")
    + list("年月日个县镇局公司同志第届世纪号光轴清河打填写待补GDPaA&@#√")
)


@given(st.text(alphabet=LETTERS, max_size=60), st.booleans(), st.booleans())
@settings(max_examples=400, deadline=None, derandomize=True)
def test_masks_are_cut_from_the_text_in_order(
    text: str,
    markdown: bool,  # noqa: FBT001 (hypothesis fills it)
    last: bool,  # noqa: FBT001 (hypothesis fills it)
) -> None:
    blanks = find_blanks(text, markdown=markdown, last=last)
    end = 0
    for blank in blanks:
        assert end <= blank.start < blank.end
        assert blank.mask == text[blank.start : blank.end]
        assert blank.mask == blank.mask.strip()
        assert blank.name is None or 0 < len(blank.name) <= 32
        end = blank.end
    for doubt in [*find_doubts(text), *find_leftovers(text)]:
        assert 0 <= doubt.start < doubt.end <= len(text)


MOVABLE = [
    case
    for case in CASES
    if case.id.startswith(("letters", "years", "square", "shell", "hints", "some"))
    or case.id.startswith(("tag", "mixed", "xfix", "xcode", "xsome", "xzero", "xmath"))
    if case.text not in {"XX", "×", "○ 强化保障"}
]


@pytest.mark.parametrize("case", MOVABLE, ids=[case.id for case in MOVABLE])
def test_clean_sentences_around_change_nothing(case: Case) -> None:
    lead = "同志们，今天会议开得很好。"
    framed = find_blanks(f"{lead}{case.text}。大家抓紧干。")
    assert [(blank.start - len(lead), blank.mask) for blank in framed] == [
        (blank.start, blank.mask) for blank in find_blanks(case.text)
    ]


@pytest.mark.parametrize(
    ("text", "spots"),
    [
        ("生产总值 亿元，增长 %", [" 亿元", " %"]),
        ("居第位", ["第位"]),
        ("刚才，个部门作了发言", ["个"]),
        ("会上，个乡镇表态", ["个"]),
        ("全年税收亿元，居全省第位，同比增长；", ["亿元", "第位", "同比增长"]),
        ("高于全省个百分点，快于全市 个百分点", ["个百分点", " 个百分点"]),
        ("分别提高1.2、个百分点", ["个百分点"]),
        ("受理件，办结件。", ["受理件", "办结件"]),
        ("今年 月召开，2024年月完成", ["今年 月", "2024年月"]),
        ("1—月完成投资亿元，", ["1—月", "亿元"]),
        ("占全部项目的，欠账不少", ["占全部项目的"]),
        ("税收……亿元", ["……亿元"]),
        ("达到 个项目", [" 个"]),
        ("排名第，差距明显", ["排名第"]),
    ],
)
def test_stripped_figures_are_doubted(text: str, spots: list[str]) -> None:
    doubts = find_doubts(text)
    assert [text[doubt.start : doubt.end] for doubt in doubts] == spots
    assert {doubt.code for doubt in doubts} == {"missing-figure"}


@pytest.mark.parametrize(
    "text",
    [
        "随后，还将宣读表彰决定",
        "刚才，作了发言",
        "用地问题由牵头、按期交地",
        "由同志负责",
    ],
)
def test_stripped_names_are_doubted(text: str) -> None:
    assert {doubt.code for doubt in find_doubts(text)} == {"missing-subject"}


CLEAN = [
    "引进亿元以上项目12个，其中百亿元产业链2条，上亿元的设备3台。",
    "个别同志有畏难情绪，个人利益要服从集体利益，个体户也要管好。",
    "稳步增长；各项指标均同比增长，居全市第3位，名列前茅。",
    "下面，我讲三点意见。第一，认清形势。第一位的是安全。",
    "提高了几个百分点，一个百分点就是几百个岗位，每个百分点都来之不易。",
    "由牵头单位负责，理由主要有三条，自由讨论半小时。",
    "截至上月底，前几个月的账要算清，去年同月没有可比性。",
    "刚才，财政局作了发言，随后还要现场答疑。",
    "单位：亿元。以万元为单位填报，数百万元的缺口要补上。",
    "各位领导、同志们：我代表县委表示感谢。",
    "占有重要地位的，是工业；占主导地位的，是制造业。",
    "某些同志等、靠、要，在一定程度上影响了进度。",
    "“放管服”改革持续深化，“一件事一次办”事项增加到36项。",
    "7×24小时值守，2024年3月5日8:30开始演练。",
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_sentences_have_neither_blanks_nor_doubts(text: str) -> None:
    assert find_blanks(text) == []
    assert find_doubts(text) == []


def test_clean_speeches_have_neither_blanks_nor_doubts() -> None:
    texts = sorted((HERE / "corpus").glob("*.txt"))
    assert texts
    for path in texts:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert [blank.mask for blank in find_blanks(line)] == [], path.name
            assert find_doubts(line) == [], path.name


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("在清河区召开现场会", [("foreign-place", "清河区")]),
        ("学习江苏经验", [("foreign-place", "江苏")]),
        (
            "请周远志同志讲话，李书记、王区长到场",
            [
                ("foreign-person", "周远志"),
                ("foreign-person", "李书记"),
                ("foreign-person", "王区长"),
            ],
        ),
        (
            "2019年完成投资35.6亿元",
            [("foreign-year", "2019年"), ("foreign-figure", "35.6亿元")],
        ),
        ("二〇一九年以来", [("foreign-year", "二〇一九年")]),
        ("推进“清河之窗”项目", [("foreign-project", "清河之窗")]),
        ("落实清政发〔2023〕5号", [("foreign-figure", "落实清政发〔2023〕5号")]),
        ("电话138****2046", [("masked-number", "138****2046")]),
        ("共17个项目，X个开工", [("foreign-figure", "17个")]),
    ],
)
def test_facts_of_the_model_text_are_listed(
    text: str, facts: list[tuple[str, str]]
) -> None:
    found = find_leftovers(text)
    assert [(doubt.code, text[doubt.start : doubt.end]) for doubt in found] == facts
    assert all(text[doubt.start : doubt.end] in doubt.message for doubt in found)


@pytest.mark.parametrize(
    "text",
    [
        "各县区、各乡镇街道、各园区要守土有责，全市一盘棋。",
        "在示范区、老旧小区、城区和社区开展整治，惠及城乡。",
        "老同志、负责同志和广大党员同志要带头，各位领导要包抓。",
        "1.加强领导。（2）落实责任。值班电话12345，24小时有人。",
        "重点项目、民生工程、污水处理厂要同步推进。",
        "增长X%，完成20XX年任务，xx0.7个百分点",
        "推动县域经济发展，落实区委决定，代表区政府表态。",
    ],
)
def test_common_words_are_no_facts(text: str) -> None:
    assert find_leftovers(text) == []


def test_short_name_is_listed_where_the_full_one_stands_elsewhere() -> None:
    names = place_names("在云岭县召开。\n擦亮云岭名片。")
    assert names == {"云岭"}
    text = "擦亮云岭名片。"
    assert find_leftovers(text) == []
    (doubt,) = find_leftovers(text, names=names)
    assert doubt.code == "foreign-place"


@pytest.mark.parametrize(
    "piece",
    ["a", "X", "*", "1", "（", "[", "项", "X_", "**项", "第 ", "某", "1.", "a."],
)
def test_long_runs_take_no_long_time(piece: str) -> None:
    # A rule that goes back over its run at every character would take hours here.
    text = piece * (100_000 // len(piece))
    find_blanks(text)
    find_doubts(text)
    find_leftovers(text)
