"""Rules that need the document: each with documents that are wrong, and right ones.

Every entry is one document and says what makes it wrong or what might look so. The
words after the arrow are those the remark has to mark.
"""

import pytest

from tests.documents import (
    Xml,
    box,
    cell,
    changed,
    comment,
    control,
    deleted,
    document,
    guide,
    inserted,
    note,
    p,
    r,
    row,
    run,
    table,
)
from tests.speeches import (
    BODY,
    MAIN,
    SALUTATION,
    STYLES,
    body,
    codes,
    face,
    speech,
    spot,
    style,
    title,
    whole,
)

MARGINS = 'w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"'
PAPER = 'w:w="11906" w:h="16838"'
PITCH = 'w:line="579"'
SIZE = '<w:sz w:val="32"/>'
HIDDEN = "<w:vanish/>"
YELLOW = '<w:highlight w:val="yellow"/>'
LATIN = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'
TITLE_LINE = '<w:snapToGrid w:val="0"/><w:jc w:val="center"/><w:outlineLvl'
TALL_LINE = TITLE_LINE.replace(
    "<w:jc", '<w:spacing w:line="700" w:lineRule="exact"/><w:jc'
)
_ODD = 'w:author="张三" w:date="2026-01-05T09:00:00Z"'


def page(old: str, new: str) -> bytes:
    return changed(whole(), MAIN, old, new)


def styled(old: str, new: str) -> bytes:
    return changed(whole(), STYLES, old, new)


def change(name: str) -> Xml:
    """A tracked change of formatting, as what a pPr or rPr ends with."""
    return Xml(f'<w:{name}Change w:id="7" {_ODD}><w:{name}/></w:{name}Change>')


def second_section(paper: str) -> bytes:
    inner = f"<w:sectPr><w:pgSz {paper}/><w:pgMar {MARGINS}/></w:sectPr>"
    return whole(BODY, p("附件", properties=inner), BODY)


def faces(east_asian: str) -> bytes:
    """A speech whose face is another one everywhere."""
    return styled('w:eastAsia="仿宋_GB2312"', f'w:eastAsia="{east_asian}"')


def no_face() -> bytes:
    return styled(' w:eastAsia="仿宋_GB2312"', "")


NEW_PAGE = p(r(BODY), properties=style("BodyText", "<w:pageBreakBefore/>"))


def ends_with(
    text: str, name: str = "Heading1", *more: str, lines: int = 18, then: str = BODY
) -> bytes:
    """A speech with so many lines of text, this heading, and more text."""
    heading = p(text, properties=style(name, *more))
    return speech(title(), SALUTATION, *["进度要加快。"] * lines, heading, then, BODY)


HEAD, REST = BODY[:12], BODY[12:]
LONG = "在全区重点项目推进暨招商引资工作大会上"

WRONG = {
    "page-setup": [
        ("Letter paper", page(PAPER, 'w:w="12240" w:h="15840"')),
        ("A3 paper", page(PAPER, 'w:w="16838" w:h="23811"')),
        ("landscape", page(PAPER, 'w:w="16838" w:h="11906" w:orient="landscape"')),
        (
            "Word's margins",
            page(MARGINS, 'w:top="1440" w:right="1800" w:bottom="1440" w:left="1800"'),
        ),
        ("a margin 4 mm off", page('w:left="1587"', 'w:left="1814"')),
        ("30 points a line: 21 lines", styled(PITCH, 'w:line="600"')),
        ("small three: 29 characters", styled(SIZE, '<w:sz w:val="30"/>')),
        ("a section on A3", second_section('w:w="16838" w:h="23811"')),
    ],
    "title-tail": [
        (
            "21 characters",
            whole()[:0]
            or speech(
                title("在全区重点项目推进暨招商引资工作会上的讲话"), SALUTATION, BODY
            ),
        ),
        (
            "with a comma",
            speech(
                title("真抓实干，为建设现代化滨水花园城区努力奋斗"), SALUTATION, BODY
            ),
        ),
        (
            "a break before one character",
            speech(title(f"{LONG}的讲\n话"), SALUTATION, BODY),
        ),
        (
            "title by its looks",
            speech(
                p(
                    r(f"{LONG}的讲\n话", '<w:sz w:val="44"/>'),
                    properties='<w:jc w:val="center"/>',
                ),
                SALUTATION,
                BODY,
            ),
        ),
        (
            "figures are narrow",
            speech(title("在2026年全区重点项目推进暨招商引资会讲话"), SALUTATION, BODY),
        ),
    ],
    "title-at-page-end": [
        ("一、 as the 22nd line", ends_with("一、抓好重点项目开工")),
        ("（二）", ends_with("（二）抓好征地拆迁")),
        ("a heading by its style", ends_with("抓好征地拆迁", "Heading2")),
        (
            "a heading of two lines",
            ends_with("一、" + "抓好重点项目开工" * 4, lines=17),
        ),
        ("第二部分", ends_with("第二部分 存在的问题")),
    ],
    "missing-font": [
        ("no face in the defaults", no_face()),
        ("styles without any face", document(p("同志们："), p(BODY))),
        ("a table without a face", document(table(row("项目", "进度")))),
        (
            "a header without a face",
            changed(
                document(p(face(BODY, "仿宋")), headers={"default": p("云岭区")}),
                MAIN,
                "仿宋",
                "仿宋",
            ),
        ),
        (
            "a footnote without a face",
            document(p(face(BODY, "仿宋"), note(1)), footnotes=[p("见附表。")]),
        ),
    ],
    "wrong-font": [
        ("Times for hanzi", faces("Times New Roman")),
        ("a Japanese face", faces("ＭＳ 明朝")),
        ("a Korean face", faces("Batang")),
        ("a face for traditional hanzi", faces("新細明體 PMingLiU")),
        ("one run in Calibri", whole(body(HEAD, face(REST, "Calibri")))),
        (
            "in a text box",
            document(p(face(BODY, "仿宋"), box(p(face("附注说明", "Arial"))))),
        ),
    ],
    "mixed-font": [
        (
            "a stretch in 等线",
            whole(body(HEAD, face("稳步推进的各项工作", "等线"), REST)),
        ),
        (
            "a stretch in 微软雅黑",
            whole(body(BODY, face("请扫码查看有关材料", "微软雅黑"))),
        ),
        (
            "a stretch of another size",
            whole(body(HEAD, r("各项工作稳步推进", '<w:sz w:val="24"/>'), REST)),
        ),
        ("a whole paragraph in 宋体", whole(BODY, BODY, body(face(BODY, "宋体")))),
        (
            "a whole paragraph of small four",
            whole(BODY, BODY, body(face(BODY, "仿宋_GB2312", 12))),
        ),
    ],
    "open-revision": [
        ("inserted", whole(body(BODY, inserted("抓紧落实。")))),
        ("deleted", whole(body(BODY, deleted("旧话")))),
        ("formatting of a run", whole(body(r(BODY, change("rPr"))))),
        (
            "formatting of a paragraph",
            whole(p(BODY, properties=style("BodyText", change("pPr")))),
        ),
        ("in a table", document(table(row("项目", cell(p(inserted("进度"))))))),
        (
            "in a footnote",
            document(p(BODY, note(1)), footnotes=[p(inserted("见附表。"))]),
        ),
        ("in a header", document(p(BODY), headers={"default": p(inserted("云岭区"))})),
        (
            "a paragraph mark",
            whole(p(BODY, properties=f'<w:rPr><w:ins w:id="3" {_ODD}/></w:rPr>')),
        ),
    ],
    "open-comment": [
        (
            f"{count} comments",
            document(
                p(*(comment(n, "今年") for n in range(count))),
                comments=["请核"] * count,
            ),
        )
        for count in range(1, 6)
    ],
    "highlighted-text": [
        ("yellow", whole(body(HEAD, r("稳步推进", YELLOW)))),
        ("green", whole(body(HEAD, r("稳步推进", '<w:highlight w:val="green"/>')))),
        (
            "in the title",
            speech(p(r("在会上的讲话", YELLOW), properties=style("Title")), BODY),
        ),
        ("in a table", document(table(row("项目", cell(p(r("待核", YELLOW))))))),
        ("in a footer", document(p(BODY), footers={"default": p(r("定稿", YELLOW))})),
    ],
    "hidden-text": [
        ("a run", whole(body(BODY, r("内部掌握。", HIDDEN)))),
        ("a paragraph", whole(BODY, p(r("领导不念这段。", HIDDEN)))),
        ("in a table", document(table(row("项目", cell(p(r("内部", HIDDEN))))))),
        ("in a text box", document(p(BODY, box(p(r("内部", HIDDEN)))))),
        ("in a footnote", document(p(BODY, note(1)), footnotes=[p(r("内部", HIDDEN))])),
    ],
    "leftover-control": [
        (
            "a prompt",
            document(
                p(
                    "由",
                    control("牵头单位", "单击此处输入文字。", placeholder=True),
                    "负责。",
                )
            ),
        ),
        (
            "a date to choose",
            document(p(control("日期", "单击选择日期", placeholder=True))),
        ),
        (
            "round a paragraph",
            document(control("正文", p("点击输入内容"), placeholder=True)),
        ),
        (
            "in a table",
            document(
                table(row("项目", cell(p(control("数", "请输入", placeholder=True)))))
            ),
        ),
        (
            "in a header",
            document(
                p(BODY),
                headers={"default": p(control("单位", "请输入", placeholder=True))},
            ),
        ),
    ],
    "leftover-guide": [
        (
            f"a guide of {count} fields",
            document(p(BODY), guide(*[("开工率", "百分比", "%", "", "")] * count)),
        )
        for count in range(1, 6)
    ],
}

RIGHT = {
    "page-setup": [
        ("the bundled page", whole()),
        ("a margin a millimetre off", page('w:left="1587"', 'w:left="1640"')),
        ("two sections alike", second_section(PAPER)),
        (
            "a title of 35 points a line",
            styled(TITLE_LINE, TALL_LINE),
        ),
        ("28.9 points a line: 22 lines", styled(PITCH, 'w:line="578"')),
    ],
    "title-tail": [
        ("one line", whole()),
        (
            "20 characters fill the line",
            speech(
                title("在全区重点项目推进暨招商引资工作会上的讲话"[:20]),
                SALUTATION,
                BODY,
            ),
        ),
        ("two in the last line", speech(title(f"{LONG}\n的讲话"), SALUTATION, BODY)),
        (
            "a break between words",
            speech(
                title("在全区重点项目推进暨\n招商引资工作大会上的讲话"),
                SALUTATION,
                BODY,
            ),
        ),
        ("body text may end with one", whole(BODY[:26] * 2 + "好。")),
    ],
    "title-at-page-end": [
        ("a line higher", ends_with("一、抓好重点项目开工", lines=17)),
        ("a line lower", ends_with("一、抓好重点项目开工", lines=19)),
        ("kept with the next", ends_with("一、抓好开工", "Heading1", "<w:keepNext/>")),
        ("a run-in heading", ends_with("第一，抓好重点项目开工。")),
        ("before a page break", ends_with("一、抓好重点项目开工", then=NEW_PAGE)),
    ],
    "missing-font": [
        ("the bundled styles", whole()),
        ("Latin without a face", document(p("GDP 2026"))),
        ("a face in each run", document(p(face(BODY, "仿宋")))),
        ("an empty document", document(p())),
        (
            "a page number",
            document(p(face(BODY, "仿宋")), footers={"default": p("— 1 —")}),
        ),
    ],
    "wrong-font": [
        ("仿宋_GB2312", whole()),
        ("方正仿宋_GBK", faces("方正仿宋_GBK")),
        ("华文仿宋", faces("华文仿宋")),
        ("Times for digits", whole(body(HEAD, r("2026", LATIN), REST))),
        ("FangSong", faces("FangSong")),
        (
            "digits in Arial",
            whole(body(HEAD, r("2026", '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'))),
        ),
    ],
    "mixed-font": [
        ("a run-in heading in 黑体", whole(body(face("第一，抓开工。", "黑体"), BODY))),
        (
            "楷体 within a paragraph",
            whole(body(BODY, face("二要抓进度。", "楷体_GB2312"), REST)),
        ),
        (
            "a larger run-in heading",
            whole(body(face("第一，抓开工。", "黑体", 18), BODY)),
        ),
        ("bold words", whole(body(HEAD, r("各项工作", "<w:b/>"), REST))),
        (
            "a small table",
            speech(
                title(),
                SALUTATION,
                BODY,
                table(row(cell(p(face(BODY, "宋体", 10))), "")),
            ),
        ),
        (
            "a short note",
            whole(BODY, body(face("（注：数据截至10月底。）", "宋体", 14))),
        ),
        ("all of it in 宋体", faces("宋体")),
    ],
    "open-revision": [
        ("none", whole()),
        ("a comment", document(p(comment(0, BODY)), comments=["请核"])),
        ("a bookmark", document(p(BODY))),
        ("a highlight", whole(body(r(BODY, YELLOW)))),
        ("the words 修订", whole(BODY + "规划修订工作已经启动。")),
    ],
    "open-comment": [
        ("none", whole()),
        ("revisions", whole(body(BODY, inserted("抓紧落实。")))),
        ("a footnote", document(p(BODY, note(1)), footnotes=[p("见附表。")])),
        ("the words 批注", whole(BODY + "领导批注的事项要逐条办结。")),
        ("a text box", document(p(BODY, box(p("附注"))))),
    ],
    "highlighted-text": [
        ("none", whole()),
        ("no highlight", whole(body(r(BODY, '<w:highlight w:val="none"/>')))),
        ("blank space", whole(body(BODY, r(" ", YELLOW)))),
        ("bold", whole(body(r(BODY, "<w:b/>")))),
        ("a colour", whole(body(r(BODY, '<w:color w:val="000000"/>')))),
    ],
    "hidden-text": [
        ("none", whole()),
        ("shown again", whole(body(r(BODY, '<w:vanish w:val="0"/>')))),
        ("blank space", whole(body(BODY, r(" ", HIDDEN)))),
        (
            "a hidden code",
            document(
                p(
                    BODY,
                    run('<w:fldChar w:fldCharType="begin"/>', HIDDEN),
                    run('<w:fldChar w:fldCharType="end"/>', HIDDEN),
                )
            ),
        ),
        ("the words 隐藏", whole(BODY + "隐藏的风险要早排查。")),
    ],
    "leftover-control": [
        ("filled in", document(p("由", control("牵头单位", "区发展改革局"), "负责。"))),
        ("empty", document(p(control("牵头单位", placeholder=True)))),
        ("round a paragraph", document(control("正文", p(BODY)))),
        ("in a table", document(table(row("项目", cell(p(control("数", "35"))))))),
        ("no control", whole()),
    ],
    "leftover-guide": [
        ("none", whole()),
        ("the words alone", document(p("字段说明"), p(BODY))),
        ("another table", document(p("字段说明"), table(row("项目", "进度")))),
        ("a table without heading", document(table(row("字段", "类型")))),
        ("the words in a sentence", whole(BODY + "字段说明已经发给各单位。")),
    ],
}

SPOTS = [
    ("title-tail", "21 characters", "话"),
    ("title-tail", "with a comma", "斗"),
    ("title-tail", "a break before one character", "话"),
    ("title-tail", "title by its looks", "话"),
    ("title-tail", "figures are narrow", "话"),
    ("wrong-font", "one run in Calibri", REST),
    ("wrong-font", "in a text box", "附注说明"),
    ("missing-font", "a header without a face", "云岭区"),
    ("mixed-font", "a stretch in 等线", "稳步推进的各项工作"),
    ("mixed-font", "a stretch in 微软雅黑", "请扫码查看有关材料"),
    ("mixed-font", "a stretch of another size", "各项工作稳步推进"),
    ("mixed-font", "a whole paragraph in 宋体", BODY),
    ("open-revision", "inserted", "抓紧落实。"),
    ("open-revision", "in a table", "进度"),
    ("open-revision", "in a footnote", "见附表。"),
    ("highlighted-text", "yellow", "稳步推进"),
    ("highlighted-text", "in a footer", "定稿"),
    ("hidden-text", "a run", "内部掌握。"),
    ("hidden-text", "in a text box", "内部"),
    ("leftover-control", "a prompt", "单击此处输入文字。"),
    ("leftover-control", "in a header", "请输入"),
]


def cases(entries: dict[str, list[tuple[str, bytes]]]) -> list[object]:
    return [
        pytest.param(code, content, id=f"{code}: {what}")
        for code, documents in entries.items()
        for what, content in documents
    ]


def test_each_rule_has_five_wrong_and_five_right_documents() -> None:
    assert WRONG.keys() == RIGHT.keys()
    for entries in (WRONG, RIGHT):
        assert all(len(documents) >= 5 for documents in entries.values())


@pytest.mark.parametrize(("code", "content"), cases(WRONG))
def test_what_is_wrong_is_found(code: str, content: bytes) -> None:
    assert code in codes(content)


@pytest.mark.parametrize(("code", "content"), cases(RIGHT))
def test_what_is_right_is_not_flagged(code: str, content: bytes) -> None:
    assert code not in codes(content)


@pytest.mark.parametrize(("code", "what", "words"), SPOTS)
def test_the_remark_marks_what_is_wrong(code: str, what: str, words: str) -> None:
    assert spot(dict(WRONG[code])[what], code) == words
