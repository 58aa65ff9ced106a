"""Rules on faces: hanzi without one, in a wrong one, in one that does not fit.

What a person sets as 仿宋 in Word is ``w:eastAsia`` in the file; programs that set the
Latin face only leave the hanzi to chance. Text pasted from a web page or another
document brings its face and size along.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from assembler.document import Document, ReadStory, Remark
from assembler.findings import Severity
from assembler.rules_text import Paragraph
from assembler.styles import number_in
from assembler.wordml import RUN, Element, pieces, w

_HANZI = re.compile("[\u4e00-\u9fff〇]")
_BODY_LENGTH, _LEAST_STRETCH = 40, 2
_USUAL_SIZE = 32
_HEADING_ENDS = ("。", "：", "！")
# Faces without simplified hanzi, by what their names hold.
_FOREIGN = re.compile(
    r"明朝|ゴシック|Mincho|Gothic|Meiryo|メイリオ|Yu |游ゴ|游明|Batang|Gulim|Dotum"
    r"|Malgun|Times|Arial|Calibri|Cambria|Courier|Tahoma|Verdana|Georgia|Consolas|Helvetica"
    r"|Segoe|Century|Garamond|Aptos|Liberation|DejaVu|Roboto"
    r"|細明體|標楷體|MingLiU|DFKai|JhengHei|正黑體",
    re.IGNORECASE,
)
# Faces of screens and of empty documents, which no speech is set in on purpose
# while its other paragraphs are in 仿宋 or 楷体.
_SCREEN = re.compile(
    r"等线|DengXian|微软雅黑|YaHei|宋体$|SimSun|MS Song|苹方|PingFang|思源|Source Han"
    r"|Noto|Unicode MS",
    re.IGNORECASE,
)
_SONG_TITLE = "标宋"
_FACE_HINT = "选中这些文字，把中文字体设为仿宋_GB2312（标题为方正小标宋简体）。"
_PASTE_HINT = "选中这些文字，用格式刷刷成和前后一样；粘贴时选“只保留文本”。"


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Hanzi of one face and size in a row.

    Attributes:
        part: the part they stand in.
        paragraph: its paragraph.
        start: first character in the paragraph's text.
        end: one past the last.
        face: the face that the document asks for, None for none.
        size: in points.
        count: how many hanzi it has.
    """

    part: str
    paragraph: Paragraph
    start: int
    end: int
    face: str | None
    size: float
    count: int

    def remark(self, code: str, message: str, hint: str) -> Remark:
        return Remark(
            code=code,
            severity=Severity.WARNING,
            message=message,
            hint=hint,
            part=self.part,
            paragraph=self.paragraph.number,
            start=self.start,
            end=self.end,
        )


def fonts(document: Document) -> Iterator[Remark]:
    """Hanzi without a face, in a foreign one, or unlike the text around them."""
    found = [s for story in document.stories for s in _stretches(story, document)]
    yield from _without_face(found)
    yield from _in_foreign_face(found)
    body = [s for s in found if s.part == document.body.story.part]
    yield from _unlike_the_others(body)


def _stretches(story: ReadStory, document: Document) -> Iterator[_Stretch]:
    for paragraph in story.text.paragraphs:
        element = story.elements[paragraph.number]
        yield from _stretches_of(paragraph, element, story.story.part, document)


def _stretches_of(
    paragraph: Paragraph, element: Element, part: str, document: Document
) -> Iterator[_Stretch]:
    formatted = [
        (piece, _format(piece.element, element, document))
        for piece in pieces(element)
        if _HANZI.search(piece.text)
    ]
    for (face, size), group in groupby(formatted, key=lambda pair: pair[1]):
        held = [piece for piece, _ in group]
        yield _Stretch(
            part=part,
            paragraph=paragraph,
            start=held[0].start,
            end=held[-1].end,
            face=face,
            size=size,
            count=sum(len(_HANZI.findall(piece.text)) for piece in held),
        )


def _format(
    text: Element, paragraph: Element, document: Document
) -> tuple[str | None, float]:
    run = next(text.iterancestors(RUN), paragraph)
    styles = document.styles
    size = styles.of_run(run, paragraph, w("sz"))
    face = styles.east_asian_font(run, paragraph)
    return face, number_in(size, _USUAL_SIZE) / 2


def _without_face(found: list[_Stretch]) -> Iterator[Remark]:
    bare = [one for one in found if one.face is None]
    if bare:
        message = f"汉字没有指定中文字体{_extent(bare)}，各台电脑上印出来会不一样。"
        yield bare[0].remark("missing-font", message, _FACE_HINT)


def _in_foreign_face(found: list[_Stretch]) -> Iterator[Remark]:
    foreign = [one for one in found if one.face and _FOREIGN.search(one.face)]
    for face in dict.fromkeys(one.face for one in foreign):
        held = [one for one in foreign if one.face == face]
        message = f"汉字用的是“{face}”{_extent(held)}，这不是简体中文字体。"
        yield held[0].remark("wrong-font", message, _FACE_HINT)


def _extent(held: list[_Stretch]) -> str:
    count = len({(one.part, one.paragraph.number) for one in held})
    return f"（共 {count} 段）" if count > 1 else ""


def _unlike_the_others(body: list[_Stretch]) -> Iterator[Remark]:
    """Stretches of the body that look pasted: a screen's face, another size."""
    prose = [one for one in body if _is_prose(one.paragraph)]
    usual = _most(prose)
    if usual is None:
        return
    for _, group in groupby(prose, key=lambda one: one.paragraph.number):
        held = list(group)
        own = _most(held) or usual
        for one in held:
            reference = usual if own == (one.face, one.size) else own
            if what := _difference(one, reference):
                yield one.remark("mixed-font", what, _PASTE_HINT)


def _is_prose(paragraph: Paragraph) -> bool:
    return not paragraph.in_table and len(paragraph.text.strip()) >= _BODY_LENGTH


def _most(found: list[_Stretch]) -> tuple[str | None, float] | None:
    """The face and size of most hanzi."""
    counts = Counter[tuple[str | None, float]]()
    for one in found:
        counts[one.face, one.size] += one.count
    return counts.most_common(1)[0][0] if counts else None


def _difference(one: _Stretch, usual: tuple[str | None, float]) -> str | None:
    """What tells a stretch from the text around it; None where it fits."""
    face, size = usual
    if one.count < _LEAST_STRETCH or one.face is None or face is None:
        return None
    if one.size != size and not _is_run_in_heading(one):
        return f"这 {one.count} 个字是 {one.size:g} 磅，前后是 {size:g} 磅。"
    if one.face != face and _is_screen(one.face) and not _is_screen(face):
        return f"这 {one.count} 个字是“{one.face}”，前后是“{face}”。"
    return None


def _is_run_in_heading(one: _Stretch) -> bool:
    text = one.paragraph.text
    begins = one.start == 0 and one.end < len(text)
    return begins and text[: one.end].endswith(_HEADING_ENDS)


def _is_screen(face: str) -> bool:
    return _SCREEN.search(face) is not None and _SONG_TITLE not in face
