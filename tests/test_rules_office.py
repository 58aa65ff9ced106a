"""What an office adds: its names, its words, what it has accepted for good."""

from assembler.findings import Severity
from assembler.rules import Hit, Office, Paragraph, TextDocument, run


def _read(text: str, office: Office | None = None, own: str | None = None) -> list[Hit]:
    paragraphs = (Paragraph(n, line) for n, line in enumerate(text.split("\n"), 1))
    return run(TextDocument(tuple(paragraphs)), own_place=own, office=office)


def _codes(hits: list[Hit]) -> list[str]:
    return [hit.code for hit in hits]


def test_accepted_words_are_reported_by_no_rule() -> None:
    text = "学习云岭县委的讲话，贯彻布署。"
    assert _codes(_read(text)) == ["wrong-word"]
    assert _read(text, Office(accepted=frozenset({"布署"}))) == []


def test_own_wrong_words_are_plain_text_not_patterns() -> None:
    office = Office(wrong_words=(("五个一(工程", "“五个一”工程"), ("", "空")))
    hits = _read("推进五个一(工程。", office)
    assert "wrong-word" in _codes(hits)
    assert [hit.repair for hit in hits if hit.code == "wrong-word"] == ["“五个一”工程"]


def test_all_own_places_are_at_home() -> None:
    text = "为推动云岭县高质量发展作出贡献。"
    assert _codes(_read(text, own="清河区")) == ["foreign-place"]
    assert _read(text, Office(own_places=("清河区", "云岭县"))) == []


def test_a_foreign_place_is_asked_about_once_by_whatever_name() -> None:
    text = "擦亮云岭名片。\n云岭县发展前景广阔。"
    hits = _read(text, Office(foreign_places=("云岭县",)), own="清河区")
    assert [(hit.code, hit.paragraph) for hit in hits] == [("foreign-place", 1)]


def test_without_a_name_the_title_tells_whose_speech_it_is() -> None:
    text = "在清河区项目推进会上的讲话\n为推动云岭县高质量发展作出贡献。"
    assert _codes(_read(text)) == ["foreign-place"]
    assert _read(text.replace("清河区", "全区")) == []


def test_blank_names_of_places_are_passed_over() -> None:
    assert _read("全区上下要行动起来。", Office(own_places=(" ", "")), own=" ") == []


def test_a_single_case_may_be_milder_than_its_rule() -> None:
    doubtful = _read("全年税收亿元，比上年有所增长。")
    certain = _read("进度居全省第位，位次后移。")
    assert [hit.severity for hit in doubtful] == [Severity.WARNING]
    assert [hit.severity for hit in certain] == [Severity.ERROR]


def test_an_empty_document_has_no_findings() -> None:
    assert run(TextDocument(())) == []
    assert _read("") == []
