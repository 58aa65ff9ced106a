"""Laws of the proofreading rules, over texts pieced together at random."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.rules import RULES, Hit, Office, Paragraph, TextDocument, run

_PIECES = st.sampled_from(
    [
        *"，。；：、！？“”‘’（）《》〔〕【】[]()…—-·.,:;?!\"' \u3000\n\t",
        *"一二三四五六七八九十两半〇○Xx×*_%％#&{}«»$0123456789",
        *"第是要的了在年月日个户家人元万亿省市县区镇乡村我全本占率达为中其",
        "其中",
        "合计",
        "分别占",
        "三次产业结构为",
        "其余",
        "百分点",
        "增长",
        "减少",
        "由",
        "提高到",
        "差距",
        "首先，",
        "其次，",
        "最后，",
        "讲三点意见。",
        "截至45231",
        "2024年",
        "1—9月",
        "66666666666666666666",
        "3.14159265358979323846",
        "亿元",
        "同志们：",
        "谢谢大家。",
        "区长周远志",
        "周远志书记",
        "一季度即将结束",
        "（2024年11月6日）",
        "書區",
        "(jìn)",
    ]
)
_TEXTS = st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=30)
_DOCUMENTS = st.lists(
    st.builds(
        Paragraph,
        number=st.just(0),
        text=_TEXTS,
        in_table=st.booleans(),
        indent=st.sampled_from([None, 0, 2]),
    ),
    max_size=6,
).map(
    lambda paragraphs: TextDocument(
        tuple(
            Paragraph(number, each.text, None, None, each.in_table, each.indent)
            for number, each in enumerate(paragraphs, start=1)
        )
    )
)
_OFFICE = Office(foreign_places=("云岭县",), wrong_words=(("同事们", "同志们"),))


def _run(document: TextDocument) -> list[Hit]:
    return run(document, own_place="清河区", office=_OFFICE)


@settings(deadline=None, max_examples=150)
@given(_DOCUMENTS)
def test_every_hit_lies_in_its_paragraph(document: TextDocument) -> None:
    for hit in _run(document):
        text = document.paragraphs[hit.paragraph - 1].text
        assert 0 <= hit.start <= hit.end <= len(text)
        assert hit.start < hit.end or not text


@settings(deadline=None, max_examples=60)
@given(_DOCUMENTS)
def test_hits_come_in_reading_order_and_are_the_same_each_time(
    document: TextDocument,
) -> None:
    hits = _run(document)
    assert hits == _run(document)
    places = [(hit.paragraph, hit.start, hit.end) for hit in hits]
    assert all(first <= second for first, second in pairwise(places))


@settings(deadline=None, max_examples=60)
@given(_DOCUMENTS, st.sets(st.sampled_from([rule.code for rule in RULES])))
def test_an_ignored_rule_is_silent_and_the_others_say_the_same(
    document: TextDocument, codes: set[str]
) -> None:
    kept = run(document, frozenset(codes), own_place="清河区", office=_OFFICE)
    assert kept == [hit for hit in _run(document) if hit.code not in codes]


@settings(deadline=None, max_examples=60)
@given(_DOCUMENTS)
def test_an_accepted_stretch_is_not_reported_again(document: TextDocument) -> None:
    stretches = frozenset(
        document.paragraphs[hit.paragraph - 1].text[hit.start : hit.end]
        for hit in _run(document)
    )
    office = Office(
        foreign_places=_OFFICE.foreign_places,
        wrong_words=_OFFICE.wrong_words,
        accepted=stretches,
    )
    assert run(document, own_place="清河区", office=office) == []
