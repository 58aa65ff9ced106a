"""Laws of adopt and rename: nothing is lost, nothing else changes, there and back."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assembler.adopt import Adopted, AdoptOptions, adopt, open_source
from assembler.adopt_text import read_article
from assembler.errors import TemplateError
from assembler.names import is_valid
from assembler.rename import rename
from assembler.template import Template
from assembler.tidy import undo
from tests.documents import (
    WORD,
    Xml,
    bookmark_texts,
    box,
    complex_field,
    control,
    document,
    field,
    guide,
    lines,
    p,
    r,
    row,
    simple_field,
    table,
    unzipped,
)

ARTICLE = (Path(__file__).parents[1] / "damaged_article.txt").read_text("utf-8")
LINES = ARTICLE.split("\n")
PIECES = (
    *("同志们：", "　　", "\n\n", "\r\n", " \t", "\x0c", "\x00", "\u2028", "×\n"),
    *("推进会讲话稿1\n", "推进会讲话稿2\n", "篇一\n", "【篇二】\n", "范文三：讲话\n"),
    *("（据实填写）", "(此处填写数额)", "XX 件", "(jìn)", "&nbsp;", "1-10月", "項目"),
)


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Lines of the damaged article in any order, with more damage."""
    chosen = draw(st.lists(st.sampled_from(LINES), max_size=12))
    text = "\n".join(chosen)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at:]
    return text


ANY_TEXT = st.one_of(articles(), st.text(max_size=60))


@given(text=ANY_TEXT, repair=st.booleans())
@settings(max_examples=250)
def test_undoing_all_changes_gives_the_article_back(*, text: str, repair: bool) -> None:
    article = read_article(text, Path("范文.txt"), repair=repair)
    original = text.replace("\r\n", "\n").replace("\r", "\n")
    assert undo(article.changes.tidied) == original


@given(text=ANY_TEXT, repair=st.booleans())
@settings(max_examples=250)
def test_every_character_of_the_changed_text_is_in_one_place(
    *, text: str, repair: bool
) -> None:
    article = read_article(text, Path("范文.txt"), repair=repair)
    whole = article.changes.text
    begin = article.speeches[0][0]
    speeches = [
        "\n".join(paragraph.text for paragraph in model.paragraphs)
        for model in article.models
    ]
    parts = [whole[:begin].strip("\n"), *speeches]
    assert "\n".join(part for part in parts if part) == whole.strip("\n")


@given(ANY_TEXT)
@settings(max_examples=250)
def test_every_change_is_told_with_its_speech(text: str) -> None:
    article = read_article(text, Path("范文.txt"), repair=True)
    told = [
        (mend.before, mend.after, mend.why)
        for model in article.models
        for mend in model.repairs
    ]
    assert told == [(r.before, r.after, r.why) for r in article.changes.tidied.repairs]


@given(ANY_TEXT)
@settings(max_examples=120)
def test_any_text_becomes_templates_that_open_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for one in adopted(folder, text):
        template = Template.open(one.template)
        assert {mark.name for mark in one.marks} == set(template.fields)
        assert all(is_valid(name) for name in template.fields)


def adopted(folder: Path, text: str) -> tuple[Adopted, ...]:
    source = folder / "范文.txt"
    source.write_text(text, "utf-8", errors="ignore")
    try:
        opened = open_source(source, repair=True)
        return adopt(opened, AdoptOptions(folder / "模板")).adopted
    except TemplateError:
        return ()


@given(ANY_TEXT)
@settings(max_examples=80)
def test_values_stand_where_the_masks_stood_and_nothing_else_changes(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("values")
    for one in adopted(folder, text):
        template = Template.open(one.template)
        values = {name: f"⟨{name}⟩" for name in template.fields}
        draft = template.render(values)
        expected = []
        paragraphs = {mark.paragraph.number: mark.paragraph for mark in one.marks}
        found = lines(one.template.read_bytes())
        for number, line in enumerate(found[: found.index("字段说明")], 1):
            marks = [mark for mark in one.marks if mark.paragraph.number == number]
            text_of = paragraphs[number].text if marks else line
            for mark in reversed(marks):
                value = values[mark.name]
                text_of = text_of[: mark.start] + value + text_of[mark.end :]
            expected.append(text_of)
        assert lines(draft) == expected


# rename ------------------------------------------------------------------------------

NAMES = st.text(
    alphabet=st.sampled_from("开工率项目进度投资占比数甲乙丙GDPcpi_"),
    min_size=2,
    max_size=12,
).filter(is_valid)


def notations(name: str) -> st.SearchStrategy[Xml]:
    """A paragraph that names the field in one notation or another."""
    return st.sampled_from(
        [
            p("率", field(name, "X"), "%"),
            p("率", field(f"{name}__2", r("X", "<w:b/>"), "X"), "%"),
            p(f"率{{{{ {name} }}}}%"),
            p(f"{{% if {name} %}}有{{% endif %}}"),
            p("率", control(name, "X"), "%"),
            p("率", simple_field(f" MERGEFIELD {name} ", f"«{name}»")),
            p("率", complex_field(f' MERGEFIELD "{name}" \\* X ', "X")),
            p(box(p("率", field(name, "X")))),
            table(row("率", p(field(name, "X")))),
        ]
    )


@st.composite
def templates(draw: st.DrawFn) -> tuple[bytes, str, str]:
    """A template, the name of one of its fields, and a new name."""
    old, other, new = draw(st.lists(NAMES, min_size=3, max_size=3, unique_by=str.lower))
    blocks = draw(st.lists(notations(old), min_size=1, max_size=4))
    formula = draw(st.sampled_from([f"{old} / 2", f"{other}＋{old}", f"{old}甲 − 1"]))
    content = document(
        *blocks,
        p(field(other, "X")),
        guide((old, "数量", "", "", ""), (other, "数量", "", formula, "")),
        headers={"default": p(field(f"{old}__9", "X"))},
    )
    return content, old, new


@given(templates())
@settings(max_examples=120)
def test_renaming_there_and_back_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[bytes, str, str]
) -> None:
    content, old, new = drawn
    path = tmp_path_factory.mktemp("rename") / "模板.docx"
    path.write_bytes(content)
    fields = list(Template.open(path).fields)
    rename(path, old, new)
    assert list(Template.open(path).fields) == [new if f == old else f for f in fields]
    rename(path, new, old)
    assert canonical(path.read_bytes()) == canonical(content)


def canonical(content: bytes) -> dict[str, bytes]:
    """The members of a document, markup in one form."""
    return {
        name: etree.tostring(etree.fromstring(data), method="c14n")
        for name, data in unzipped(content).items()
    }


@given(templates())
@settings(max_examples=60)
def test_renaming_leaves_masks_and_words_alone(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[bytes, str, str]
) -> None:
    content, old, new = drawn
    path = tmp_path_factory.mktemp("words") / "模板.docx"
    path.write_bytes(content)
    masks = [text for _, text in bookmark_texts(content)]
    rename(path, old, new)
    after = path.read_bytes()
    assert [text for _, text in bookmark_texts(after)] == masks
    assert f"字段_{old}" not in {name for name, _ in bookmark_texts(after)}
    assert WORD.encode() in unzipped(after)["word/document.xml"]
