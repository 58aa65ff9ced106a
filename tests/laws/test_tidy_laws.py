import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.tidy import moved, tidy, undo
from assembler.tidy_text import Edit, added, apart, applied

CORPUS = Path(__file__).parents[1] / "corpus"
SPEECH = (CORPUS / "projects_speech.txt").read_text(encoding="utf-8")
DAMAGE = (
    *(
        "(jìn)",
        "（fā）",
        "發",
        "著",
        "區",
        "&nbsp;",
        "&39;",
        "&amp;quot;",
        "\n",
        "\r\n",
    ),
    *(" ", "\u3000", ",", ":", ";", "?", "!", "(", ")", '"', "'", "-", "~", "〞", "「"),
    *("\u200b", "👍", "\n扫码关注，回复“讲话”领取全文\n", "\n×", "1-10月", "[2024]3号"),
    *("”", "“", "（", "X", "xx0.7", "[项目]", "20XX年", "12,345", "8:30", "\ufffd"),
)
MARKED = (
    "&nbsp;",
    "&39;",
    "(jìn)",
    "1-10月",
    "〞",
    "「",
    "」",
    "〔",
    "著",
    "\u200b",
    "×",
)
ALPHABET = st.sampled_from(
    [
        *"项目建设要抓紧，。；：、！？（）“”《》\n\r \u3000,:;?!()\"'-~XxA1289年月日",
        *MARKED,
        *"亿元%發區",
    ]
)
ANYTHING = st.one_of(st.text(max_size=80), st.lists(ALPHABET, max_size=60).map("".join))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    start = draw(st.integers(0, len(SPEECH) - 300))
    text = SPEECH[start : start + 300]
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(DAMAGE)) + text[at:]
    return text


@given(st.one_of(ANYTHING, damaged()))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_undoing_the_repairs_gives_the_original_back(text: str) -> None:
    assert undo(tidy(text)) == text


@given(st.one_of(ANYTHING, damaged()))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_repaired_text_needs_no_repair(text: str) -> None:
    assert tidy(tidy(text).text).repairs == ()


@given(st.one_of(ANYTHING, damaged()))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_repairs_and_suspicions_tell_what_stands_in_the_original(text: str) -> None:
    tidied = tidy(text)
    end = 0
    for repair in tidied.repairs:
        assert end <= repair.start <= repair.end <= len(text)
        assert text[repair.start : repair.end] == repair.before != repair.after
        end = repair.end
    for item in tidied.suspicions:
        assert text[item.start : item.end] == item.before
        assert 0 <= moved(tidied, item.start) <= len(tidied.text)


@given(damaged())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_figures_are_never_changed(text: str) -> None:
    for repair in tidy(text).repairs:
        of_the_site = "网" in repair.why  # a site's line or its character codes
        assert of_the_site or digits(repair.before) == digits(repair.after)


def digits(text: str) -> list[str]:
    return re.findall("[0-9]", text)


EDITS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 6), st.sampled_from(["", "a", "bcd"])),
    max_size=6,
)


@given(st.text("甲乙丙丁", min_size=5, max_size=40), st.lists(EDITS, max_size=4))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_the_sum_of_all_edits_makes_the_same_text_in_one_go(
    original: str, rounds: list[list[tuple[int, int, str]]]
) -> None:
    current = original
    repairs = added(original, current, (), [])
    for proposed in rounds:
        edits = apart(
            Edit(start, min(start + size, len(current)), after, "理由")
            for start, size, after in proposed
            if start < len(current)
        )
        repairs = added(original, current, repairs, edits)
        current = applied(current, edits)
        once = [Edit(r.start, r.end, r.after, r.why) for r in repairs]
        assert applied(original, once) == current
