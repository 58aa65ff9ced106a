"""Small speeches on the printed page, for tests of what is said of whole documents."""

from pathlib import Path

from assembler.document import Document, Remark
from assembler.layout import skeleton
from assembler.proof import proof_document
from assembler.settings import Settings
from tests.documents import Xml, changed, p, r

MAIN, STYLES = "word/document.xml", "word/styles.xml"
BODY = (
    "今年以来，全区上下坚持项目为先，各项工作稳步推进，总体形势是好的，"
    "但进度还不平衡，个别环节还有短板，必须抓紧补上。"
)


def style(name: str, *more: str) -> str:
    """Paragraph properties that begin with a style."""
    return f'<w:pStyle w:val="{name}"/>' + "".join(more)


def title(text: str = "在重点项目推进会上的讲话") -> Xml:
    """The title."""
    return p(text, properties=style("Title"))


def body(*content: str) -> Xml:
    """A paragraph of running text."""
    return p(*(content or (BODY,)), properties=style("BodyText"))


SALUTATION = p("同志们：", properties=style("Salutation"))
CLOSING = p("谢谢大家。", properties=style("Closing"))


def speech(*blocks: str, page: tuple[str, str] = ("", "")) -> bytes:
    """A speech in the styles of the bundled templates.

    Args:
        blocks: its paragraphs; a plain string is one of running text.
        page: markup of the page to be replaced, and what replaces it.
    """
    inner = "".join(b if isinstance(b, Xml) else body(b) for b in blocks)
    content = changed(skeleton(), MAIN, "<w:body>", f"<w:body>{inner}")
    return changed(content, MAIN, *page) if page[0] else content


def whole(*paragraphs: str) -> bytes:
    """A speech with title, salutation and closing round these paragraphs."""
    return speech(title(), SALUTATION, *(paragraphs or (BODY,)), CLOSING)


def remarks(content: bytes, settings: Settings | None = None) -> list[Remark]:
    """What proof says of a document."""
    document = Document.parse(content, "稿子.docx")
    read = proof_document(document, Path("稿子.docx"), settings or Settings())
    return list(read.remarks)


def codes(content: bytes) -> set[str]:
    """The codes of what proof says of a document."""
    return {remark.code for remark in remarks(content)}


def spot(content: bytes, code: str) -> str:
    """The words that the first remark of a code marks."""
    document = Document.parse(content, "稿子.docx")
    remark = next(one for one in remarks(content) if one.code == code)
    excerpt = document.finding(remark).excerpt or ""
    return excerpt.partition("〖")[2].partition("〗")[0]


def face(text: str, east_asian: str, points: float | None = None) -> Xml:
    """A run whose hanzi are in a face, and of a size if given."""
    size = f'<w:sz w:val="{int(points * 2)}"/>' if points else ""
    return r(text, f'<w:rFonts w:eastAsia="{east_asian}"/>{size}')
