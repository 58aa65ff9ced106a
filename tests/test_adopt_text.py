"""A plain text becomes templates: what is kept, what is repaired, what is said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assembler.adopt import Adopted, Adoption, AdoptOptions, adopt, open_source
from assembler.adopt_text import read_article
from assembler.errors import DataError, OutputError, TemplateError
from assembler.figures import Kind
from assembler.template import Template
from assembler.tidy import undo
from tests.documents import bookmark_texts, lines, root_of

Adopt = Callable[..., Adoption]
REST = "我们要把各项工作抓得紧而又紧、实而又实，确保全年目标任务圆满完成。"


@pytest.fixture
def adopted(tmp_path: Path) -> Adopt:
    """Adopt a text in a folder of its own."""

    def run(text: str | bytes, *, repair: bool = True, names: str = "") -> Adoption:
        source = tmp_path / "范文.txt"
        source.write_bytes(text if isinstance(text, bytes) else text.encode())
        wanted = None
        if names:
            wanted = tmp_path / "名称.csv"
            wanted.write_text(names, "utf-8")
        options = AdoptOptions(tmp_path / "模板", wanted)
        return adopt(open_source(source, repair=repair), options)

    return run


def only(adoption: Adoption) -> Adopted:
    [one] = adoption.adopted
    return one


def names(one: Adopted) -> list[str]:
    return [mark.name for mark in one.marks]


def body(one: Adopted) -> list[str]:
    """The speech in a template, without its guide."""
    found = lines(one.template.read_bytes())
    return found[: found.index("字段说明")]


def codes(one: Adopted) -> set[str]:
    return {finding.code for finding in one.doubts}


def test_blanks_become_fields_round_their_masks(adopted: Adopt) -> None:
    one = only(adopted("全区安排重点项目X个，包含子项目X个，开工率X%。\n"))
    assert bookmark_texts(one.template.read_bytes()) == [
        ("字段_重点项目数", "X"),
        ("字段_子项目数", "X"),
        ("字段_开工率", "X"),
    ]
    assert body(one) == ["全区安排重点项目X个，包含子项目X个，开工率X%。"]


def test_the_guide_tells_kinds_and_units(adopted: Adopt) -> None:
    one = only(adopted("完成投资X亿元，增长X%。请X同志牵头。"))
    fields = Template.open(one.template).fields.values()
    assert [(field.kind, field.unit) for field in fields] == [
        (Kind.AMOUNT, "亿元"),
        (Kind.PERCENT, "%"),
        (Kind.PERSON, ""),
    ]


def test_the_guide_has_the_formulas_that_the_text_states(adopted: Adopt) -> None:
    one = only(adopted("子项目X个，已开工X个，开工率X%。"))
    field = Template.open(one.template).fields["开工率"]
    assert field.formula == "已开工数 / 子项目数"


def test_paragraphs_are_set_in_the_styles_of_their_roles(adopted: Adopt) -> None:
    text = (
        f"在会上的讲话\n同志们：\n一、抓开工。{REST}\n二、开工X个。{REST}\n谢谢大家！"
    )
    one = only(adopted(text))
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    body_of = root_of(one.template.read_bytes()).find(f"{word}body")
    assert body_of is not None
    styles = [style.get(f"{word}val") for style in body_of.iter(f"{word}pStyle")]
    assert styles[:5] == ["Title", "Salutation", "Heading1", "Heading1", "Closing"]


def test_typed_indents_and_empty_lines_are_layout_and_listed(adopted: Adopt) -> None:
    one = only(adopted("\n　　同志们：\n\n　　完成X个。  \n"))
    assert body(one) == ["同志们：", "完成X个。"]
    assert {mend.before.strip("\n") for mend in one.repairs} == {"　　", "  "}


def test_what_copying_broke_is_repaired_and_listed(adopted: Adopt) -> None:
    one = only(adopted("1-10月,項目推進(jìn)X個，增長X%，要抓緊抓實。"))
    assert body(one) == [
        "1—10月，项目推进X个，增长X%，要抓紧抓实。".replace("紧", "紧")
    ]
    assert ("-", "—", 1) in {(m.before, m.after, m.paragraph) for m in one.repairs}


def test_without_tidy_the_words_stay(adopted: Adopt) -> None:
    text = "1-10月,項目推進(jìn)X個，增長X%，要抓緊抓實。"
    assert body(only(adopted(text, repair=False))) == [text]


def test_a_hint_behind_a_mask_moves_to_the_guide(adopted: Adopt) -> None:
    one = only(adopted("受理XX 件（据实填写），办结X件。"))
    assert body(one) == ["受理XX 件，办结X件。"]
    notes = [field.note for field in Template.open(one.template).fields.values()]
    assert notes == ["据实填写", ""]


@pytest.mark.parametrize(
    ("text", "masks"),
    [
        ("总产值 XX 亿元，增长X %。", [" XX ", "X "]),
        ("区GDP XX 亿元。", ["XX "]),
        ("参会X X。", ["X", "X"]),
        ("请 XX", ["XX"]),
        ("云岭县人民政府 XX年XX月", ["XX", "XX"]),
    ],
)
def test_spaces_that_only_set_a_mask_apart_go_with_it(
    adopted: Adopt, text: str, masks: list[str]
) -> None:
    one = only(adopted(text))
    assert [t for _, t in bookmark_texts(one.template.read_bytes())] == masks


def test_a_date_under_the_title_is_one_optional_field(adopted: Adopt) -> None:
    text = f"在会上的讲话\n（20XX年X月X日）\n区长　XX\n同志们：\n{REST}开工X个。"
    one = only(adopted(text))
    first = one.marks[0]
    assert (first.mask, first.name, first.kind) == (
        "20XX年X月X日",
        "会议日期",
        Kind.DATE,
    )
    assert Template.open(one.template).fields["会议日期"].optional


def test_post_and_name_that_are_only_masks_are_optional(adopted: Adopt) -> None:
    text = f"在会上的讲话\nXX　XXX\n同志们：\n{REST}开工X个。"
    one = only(adopted(text))
    assert names(one)[:2] == ["讲话人职务", "讲话人"]


def test_the_name_behind_a_post_is_the_speaker_s(adopted: Adopt) -> None:
    text = f"在会上的讲话\n区委副书记　XXX\n同志们：\n{REST}开工X个。"
    one = only(adopted(text))
    field = Template.open(one.template).fields["讲话人"]
    assert (field.kind, field.optional) == (Kind.PERSON, False)


def test_signs_of_markdown_are_no_blanks(tmp_path: Path) -> None:
    source = tmp_path / "范文.md"
    source.write_text(
        "# 在会上的讲话\n\n**开工不快**的项目有X个，**公司承建。\n", "utf-8"
    )
    found = adopt(open_source(source, repair=True), AdoptOptions(tmp_path))
    assert body(only(found)) == ["在会上的讲话", "开工不快的项目有X个，**公司承建。"]
    assert [mark.mask for mark in only(found).marks] == ["X", "**"]


def test_a_tag_stays_a_tag(adopted: Adopt) -> None:
    one = only(adopted("由{{牵头单位}}办结{{办结件数}}件。"))
    assert body(one) == ["由{{牵头单位}}办结{{办结件数}}件。"]
    assert list(Template.open(one.template).fields) == ["牵头单位", "办结件数"]


def test_doubtful_masks_stay_and_are_listed(adopted: Adopt) -> None:
    one = only(adopted("完成X个，开展5X%工作，生产总值 亿元。"))
    assert len(one.marks) == 1
    assert {"doubtful-blank", "missing-figure"} <= codes(one)


def test_another_s_facts_are_told_once(adopted: Adopt) -> None:
    one = only(adopted("云岭县完成X个。\n云岭县要做到最好，云岭县要走在前列。"))
    places = [d for d in one.doubts if d.code == "foreign-place"]
    assert len(places) == 1
    assert places[0].file == "范文.docx"
    assert places[0].excerpt == "〖云岭县〗完成X个。"


# Several speeches --------------------------------------------------------------------

ARTICLE = (
    f"小编整理了几篇。\n推进会讲话稿1\n同志们：\n{REST}{REST}开工X个。\n"
    f"推进会讲话稿2\n各位领导：\n{REST}{REST}完成X%。\n"
)


def test_each_speech_of_an_article_becomes_a_template(adopted: Adopt) -> None:
    adoption = adopted(ARTICLE)
    assert [one.template.name for one in adoption.adopted] == [
        "推进会讲话稿1.docx",
        "推进会讲话稿2.docx",
    ]
    assert [body(one)[0] for one in adoption.adopted] == ["推进会讲话稿"] * 2


def test_the_introduction_is_left_out_and_said_so(adopted: Adopt) -> None:
    first, second = adopted(ARTICLE).adopted
    assert "小编" not in "".join(body(first) + body(second))
    [said] = [d for d in first.doubts if d.code == "introduction-left-out"]
    assert "小编整理了几篇" in said.message


def test_without_tidy_the_pieces_keep_their_numbers(adopted: Adopt) -> None:
    adoption = adopted(ARTICLE, repair=False)
    assert [one.title for one in adoption.adopted] == ["推进会讲话稿1", "推进会讲话稿2"]


def test_a_speech_without_blanks_is_left_out_and_said_so(adopted: Adopt) -> None:
    one = only(adopted(ARTICLE.replace("完成X%", "完成")))
    assert "speech-without-blanks" in codes(one)


def test_pieces_without_titles_are_named_after_the_file(adopted: Adopt) -> None:
    text = f"篇一\n{REST}{REST}开工X个。\n篇二\n{REST}{REST}完成X%。"
    stems = [one.template.stem for one in adopted(text).adopted]
    assert stems == ["范文_篇一", "范文_篇二"]


# Files -------------------------------------------------------------------------------


def test_a_sheet_lies_beside_the_template(adopted: Adopt) -> None:
    one = only(adopted("开工率X%。"))
    rows = one.sheet.read_text("utf-8-sig").splitlines()
    assert rows[0] == "字段,值,单位,类型,说明,前后文"
    assert rows[2] == "开工率,,%,百分比,,开工率〖X〗%。"


def test_adopting_twice_writes_nothing_new(adopted: Adopt) -> None:
    first = only(adopted("开工率X%。"))
    before = first.template.stat().st_mtime_ns
    second = only(adopted("开工率X%。"))
    assert (first.is_new, second.is_new) == (True, False)
    assert second.template.read_bytes() == first.template.read_bytes()
    assert before


@pytest.mark.parametrize("which", ["template", "sheet"])
def test_a_file_that_a_person_may_have_changed_is_kept(
    adopted: Adopt, which: str
) -> None:
    one = only(adopted("开工率X%。"))
    path: Path = getattr(one, which)
    path.write_bytes(b"mine")
    with pytest.raises(OutputError, match="没有覆盖"):
        adopted("开工率X%。")
    assert path.read_bytes() == b"mine"


def test_a_file_in_the_way_keeps_all_others_from_being_written(
    adopted: Adopt, tmp_path: Path
) -> None:
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "推进会讲话稿2.docx").write_bytes(b"mine")
    with pytest.raises(OutputError):
        adopted(ARTICLE)
    assert [path.name for path in (tmp_path / "模板").iterdir()] == [
        "推进会讲话稿2.docx"
    ]


# Names -------------------------------------------------------------------------------


def test_names_can_be_chosen(adopted: Adopt) -> None:
    one = only(
        adopted("子项目X个，已开工X个，开工率X%。", names="旧名,新名\n子项目数,总数\n")
    )
    assert names(one) == ["总数", "已开工数", "开工率"]
    assert Template.open(one.template).fields["开工率"].formula == "已开工数 / 总数"


def test_names_can_be_exchanged(adopted: Adopt) -> None:
    table = "旧名,新名\n子项目数,已开工数\n已开工数,子项目数\n"
    one = only(adopted("子项目X个，已开工X个，开工率X%。", names=table))
    assert names(one) == ["已开工数", "子项目数", "开工率"]
    assert Template.open(one.template).fields["开工率"].formula == "子项目数 / 已开工数"


def test_names_come_from_the_sheet_with_a_column_of_new_ones(adopted: Adopt) -> None:
    table = "字段,值,新名,单位\n文件名,,,\n开工率,,项目开工率,%\n"
    assert names(only(adopted("开工率X%。", names=table))) == ["项目开工率"]


def test_what_a_first_run_left_untouched_gets_its_new_names(adopted: Adopt) -> None:
    adopted("开工率X%。")
    one = only(adopted("开工率X%。", names="旧名,新名\n开工率,项目开工率\n"))
    assert one.is_new
    assert list(Template.open(one.template).fields) == ["项目开工率"]


def test_two_fields_do_not_become_one_by_mistake(adopted: Adopt) -> None:
    with pytest.raises(DataError, match="混成一个"):
        adopted("开工率X%，完工率X%。", names="旧名,新名\n开工率,完工率\n")


def test_two_fields_become_one_when_both_are_named(adopted: Adopt) -> None:
    table = "旧名,新名\n开工率,完工率\n完工率,完工率\n"
    one = only(adopted("开工率X%，完工率X%。", names=table))
    assert names(one) == ["完工率", "完工率"]
    assert "joined-fields" in codes(one)


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ("旧名,新名\n开工律,项目开工率\n", "是不是“开工率”"),
        ("旧名,新名\n开工率,3月开工率\n", "不能用"),
        ("甲,乙\n开工率,项目开工率\n", "表头是“旧名”和“新名”"),
        ("字段,值\n开工率,项目开工率\n", "表头是“旧名”和“新名”"),
    ],
)
def test_a_file_of_names_that_fits_nothing_is_explained(
    adopted: Adopt, table: str, word: str
) -> None:
    with pytest.raises(DataError, match=word):
        adopted("开工率X%。", names=table)


# Law ---------------------------------------------------------------------------------


def test_the_damaged_article_comes_back_when_its_repairs_are_undone() -> None:
    path = Path(__file__).parent / "damaged_article.txt"
    text = path.read_bytes().decode()
    article = read_article(text, path, repair=True)
    assert undo(article.changes.tidied) == text.replace("\r\n", "\n")
    assert len(article.models) == 3


def test_texts_of_any_encoding_give_the_same_template(adopted: Adopt) -> None:
    text = "同志们：\n今年的工作要抓紧，开工率X%。\n"
    contents = set()
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        contents.add(only(adopted(text.encode(encoding))).template.read_bytes())
    assert len(contents) == 1


def test_a_text_with_nothing_to_fill_in_is_refused(adopted: Adopt) -> None:
    with pytest.raises(TemplateError, match="没有找到空白处"):
        adopted("今年的工作要抓紧。")
