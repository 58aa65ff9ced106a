"""File names for drafts."""

import pytest

from assembler.errors import UseError
from assembler.filenames import DistinctNames, expand, pattern_columns, safe_stem


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("清河区讲话", "清河区讲话"),
        ("清河区讲话.docx", "清河区讲话"),
        ("清河区讲话.DOCX", "清河区讲话"),
        (" 清河区　讲话 ", "清河区 讲话"),
        ("10月/11月", "10月／11月"),
        ("a\\b", "a＼b"),
        ('3<5: "为什么?*|"', "3＜5： ＂为什么？＊｜＂"),
        ("../../etc/passwd", "／..／etc／passwd"),
        ("..", "未命名"),
        (".隐藏", "隐藏"),
        ("名。。. .", "名。。"),
        ("第一行\n第二行\t末", "第一行 第二行 末"),
        ("a\u202eb\u0007c", "a b c"),
        ("CON", "CON_"),
        ("con.txt", "con.txt_"),
        ("Lpt1", "Lpt1_"),
        ("COM¹", "COM¹_"),
        ("CONIN$", "CONIN$_"),
        ("CONTENT", "CONTENT"),
        ("😀", "😀"),
        ("", "未命名"),
        ("   ", "未命名"),
        (".docx", "未命名"),
    ],
)
def test_a_name_is_safe_on_every_system(text: str, stem: str) -> None:
    assert safe_stem(text) == stem


def test_a_long_name_is_cut_between_characters() -> None:
    stem = safe_stem("讲" * 200)
    assert stem == "讲" * 70
    assert safe_stem("a" + "讲" * 200).encode().decode() == "a" + "讲" * 69


def test_a_name_cut_before_a_blank_does_not_end_in_one() -> None:
    assert safe_stem("a" * 209 + " b") == "a" * 209


@pytest.mark.parametrize("text", ["CON" + " " * 300 + "x", "NUL." + "a" * 300])
def test_a_reserved_name_stays_harmless_however_it_is_cut(text: str) -> None:
    stem = safe_stem(text)
    assert stem.partition(".")[0].strip().upper() not in {"CON", "NUL"} or (
        stem.endswith("_")
    )


def test_equal_names_are_numbered_in_order() -> None:
    names = DistinctNames()
    asked = ["讲话", "讲话", "讲话-2", "Abc", "aBC", "讲话"]
    given = [names.distinct(stem) for stem in asked]
    assert given == ["讲话", "讲话-2", "讲话-2-2", "Abc", "aBC-2", "讲话-3"]


def test_a_pattern_names_its_columns() -> None:
    assert pattern_columns("{地区}讲话稿{ 月 份 }") == ["地区", "月份"]
    assert pattern_columns("讲话稿") == []


@pytest.mark.parametrize("pattern", ["{地区", "地区}", "{地区}}", "{}", "{ }稿"])
def test_a_pattern_with_a_stray_brace_is_refused(pattern: str) -> None:
    with pytest.raises(UseError, match="花括号"):
        pattern_columns(pattern)


def test_a_pattern_is_filled_from_the_row() -> None:
    values = {"地区": "清河区", "月份": "10"}
    assert expand("{地区}{ 月份 }月", values) == "清河区10月"
    assert expand("{{{地区}}}", values) == "{清河区}"


@pytest.mark.parametrize("pattern", ["{地区.__class__}", "{地区!r}", "{地区:>99}"])
def test_a_pattern_reads_columns_and_nothing_else(pattern: str) -> None:
    with pytest.raises(UseError):
        expand(pattern, {"地区": "清河区"})


def test_a_column_that_is_not_there_is_named_with_its_likeness() -> None:
    with pytest.raises(UseError) as caught:
        expand("{地曲}", {"地区": "清河区", "月份": "10"})
    assert "{地曲}" in caught.value.message
    assert "地区" in caught.value.message
    with pytest.raises(UseError, match="现有的列：月份"):
        expand("{区县名}", {"月份": "10"})
