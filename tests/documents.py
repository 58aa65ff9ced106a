"""A small notation that builds Word documents for tests, and reads them back.

Built and read without the program's own reader and writer, so that a fault there
cannot hide itself: ``document(p("今年", r("{{ 开"), r("工率 }}")))`` gives the bytes
of a .docx. Plain strings are text and become runs; `Xml` is markup as it stands.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ANCHOR = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_ROOT = (
    f'xmlns:w="{WORD}" xmlns:r="{_OFFICE}" xmlns:mc="{_COMPATIBILITY}"'
    f' xmlns:wps="{_SHAPE}" xmlns:a="{_DRAWING}" xmlns:wp="{_ANCHOR}"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:'
    'office:office" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' mc:Ignorable="w14 wps"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DATE = 'w:author="张三" w:date="2026-01-05T09:00:00Z"'


class Xml(str):
    """Markup, as it stands."""

    __slots__ = ()


def _joined(content: Sequence[str]) -> str:
    return "".join(c if isinstance(c, Xml) else r(c) for c in content)


# Runs and what stands among them -----------------------------------------------------


def r(text: str, properties: str = "") -> Xml:
    """A run; ``properties`` is what its rPr holds, such as ``<w:b/>``."""
    inner = "".join(_character(piece) for piece in _pieces(text))
    return run(inner, properties)


def run(inner: str, properties: str = "") -> Xml:
    """A run with any markup inside."""
    head = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return Xml(f"<w:r>{head}{inner}</w:r>")


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for character in text:
        if character in "\n\t":
            yield from (piece, character)
            piece = ""
        else:
            piece += character
    yield piece


def _character(piece: str) -> str:
    if piece in ("\n", "\t"):
        return "<w:br/>" if piece == "\n" else "<w:tab/>"
    return f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else ""


def start(name: str, identifier: int) -> Xml:
    """A bookmark's start mark."""
    return Xml(f'<w:bookmarkStart w:id="{identifier}" w:name={quoteattr(name)}/>')


def end(identifier: int) -> Xml:
    """A bookmark's end mark."""
    return Xml(f'<w:bookmarkEnd w:id="{identifier}"/>')


def mark(name: str, *content: str, identifier: int | None = None) -> Xml:
    """A bookmark round runs; its id follows from the name unless given."""
    number = zlib.crc32(name.encode()) % 10**6 if identifier is None else identifier
    return Xml(start(name, number) + _joined(content) + end(number))


def field(name: str, *content: str) -> Xml:
    """The product's own notation: the bookmark ``字段_<name>``."""
    return mark(f"字段_{name}", *content)


def link(*content: str) -> Xml:
    """A hyperlink to a place in the document."""
    return Xml(f'<w:hyperlink w:anchor="那里">{_joined(content)}</w:hyperlink>')


def inserted(*content: str) -> Xml:
    """A tracked insertion."""
    return Xml(f'<w:ins w:id="901" {_DATE}>{_joined(content)}</w:ins>')


def deleted(text: str) -> Xml:
    """A tracked deletion."""
    inner = f'<w:delText xml:space="preserve">{escape(text)}</w:delText>'
    return Xml(f'<w:del w:id="902" {_DATE}>{run(inner)}</w:del>')


def control(tag: str, *content: str, alias: str = "", placeholder: bool = False) -> Xml:
    """A content control: round runs, or round paragraphs, rows or cells as given."""
    properties = (
        (f"<w:alias w:val={quoteattr(alias)}/>" if alias else "")
        + (f"<w:tag w:val={quoteattr(tag)}/>" if tag else "")
        + ("<w:showingPlcHdr/>" if placeholder else "")
    )
    return Xml(
        f"<w:sdt><w:sdtPr>{properties}</w:sdtPr>"
        f"<w:sdtContent>{_joined(content)}</w:sdtContent></w:sdt>"
    )


def simple_field(code: str, *content: str) -> Xml:
    """A field in its short form, such as `` MERGEFIELD 名称 ``."""
    instruction = quoteattr(code)
    return Xml(f"<w:fldSimple w:instr={instruction}>{_joined(content)}</w:fldSimple>")


def complex_field(code: str | Sequence[str], *result: str) -> Xml:
    """A field in its long form; its code may come in several pieces."""
    codes = [code] if isinstance(code, str) else code
    inner = "".join(
        run(f'<w:instrText xml:space="preserve">{escape(piece)}</w:instrText>')
        for piece in codes
    )
    return Xml(
        run('<w:fldChar w:fldCharType="begin"/>')
        + inner
        + run('<w:fldChar w:fldCharType="separate"/>')
        + _joined(result)
        + run('<w:fldChar w:fldCharType="end"/>')
    )


def note(number: int, kind: str = "footnote") -> Xml:
    """The reference to a footnote or endnote."""
    return run(f'<w:{kind}Reference w:id="{number}"/>')


def comment(number: int, *content: str) -> Xml:
    """Runs that a comment speaks of, and its reference."""
    return Xml(
        f'<w:commentRangeStart w:id="{number}"/>{_joined(content)}'
        f'<w:commentRangeEnd w:id="{number}"/>'
        + run(f'<w:commentReference w:id="{number}"/>')
    )


def shape(inner: str = "", number: int = 1) -> Xml:
    """A run with a drawn box, for programs that know them."""
    text = f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>"
    return run(
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="1800000" cy="720000"/><wp:docPr id="{number}" name="框"/>'
        f'<a:graphic><a:graphicData uri="{_SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="720000"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"{text if inner else ''}<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing>"
    )


def box(*paragraphs: str) -> Xml:
    """A text box as Word writes it: ``mc:Choice`` and, once more, ``mc:Fallback``."""
    inner = "".join(paragraphs)
    choice = shape(inner).removeprefix("<w:r>").removesuffix("</w:r>")
    return run(
        f'<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
        '<mc:Fallback><w:pict><v:rect style="width:142pt;height:57pt"><v:textbox>'
        f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:rect></w:pict>"
        "</mc:Fallback></mc:AlternateContent>"
    )


# Paragraphs, tables, sections --------------------------------------------------------


def p(*content: str, properties: str = "") -> Xml:
    """A paragraph; ``properties`` is what its pPr holds."""
    head = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return Xml(f"<w:p>{head}{_joined(content)}</w:p>")


def cell(*blocks: str) -> Xml:
    """A table cell; a plain string is a paragraph of it."""
    inner = "".join(b if isinstance(b, Xml) else p(b) for b in blocks)
    return Xml(f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{inner}</w:tc>')


def row(*cells: str) -> Xml:
    """A table row; a plain string is a cell of it."""
    inner = "".join(c if isinstance(c, Xml) else cell(c) for c in cells)
    return Xml(f"<w:tr>{inner}</w:tr>")


def table(*rows: str, columns: int = 2) -> Xml:
    """A table."""
    grid = '<w:gridCol w:w="2000"/>' * columns
    return Xml(
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def guide(*lines: tuple[str, str, str, str, str]) -> Xml:
    """The guide 字段说明: its heading and its table."""
    head = ("字段", "类型", "单位", "算式", "说明")
    rows = [row(*line) for line in (head, *lines)]
    return Xml(p("字段说明") + table(*rows, columns=5) + p())


def section(references: str = "", *, first: bool = False) -> Xml:
    """Page set-up, with references to headers and footers."""
    title = "<w:titlePg/>" if first else ""
    return Xml(
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098"'
        ' w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992"'
        f' w:gutter="0"/>{title}</w:sectPr>'
    )


PAGE_BREAK = run('<w:br w:type="page"/>')
RENDERED_BREAK = "<w:lastRenderedPageBreak/>"
PROOFING = Xml('<w:proofErr w:type="spellStart"/>')

# The container -----------------------------------------------------------------------

_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{WORD}"><w:style w:type="paragraph" w:default="1"'
    ' w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="character"'
    ' w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/></w:style>'
    "</w:styles>"
)


def document(
    *blocks: str,
    headers: Mapping[str, str] | None = None,
    footers: Mapping[str, str] | None = None,
    footnotes: Sequence[str] = (),
    endnotes: Sequence[str] = (),
    comments: Sequence[str] = (),
) -> bytes:
    """The bytes of a .docx.

    Args:
        blocks: what the body holds; a plain string is a paragraph.
        headers: default, first or even → the paragraphs of that header. A body block
            may hold ``section(SAME_HEADERS)`` to use them in an earlier section too.
        footers: the same for footers.
        footnotes: the paragraphs of each footnote, numbered from 1.
        endnotes: the same for endnotes.
        comments: the text of each comment, numbered from 0.
    """
    parts = {"styles": ("styles", _STYLES), "settings": ("settings", _settings())}
    references = ""
    for kind, texts in (("header", headers), ("footer", footers)):
        for number, (which, inner) in enumerate((texts or {}).items(), 1):
            tag = "hdr" if kind == "header" else "ftr"
            parts[f"{kind}{number}"] = kind, _part(tag, inner)
            references += f'<w:{kind}Reference w:type="{which}" r:id="{kind}{number}"/>'
    for kind, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes:
            parts[f"{kind}s"] = f"{kind}s", _notes(kind, notes)
    if comments:
        parts["comments"] = "comments", _comments(comments)
    inner = "".join(b if isinstance(b, Xml) else p(b) for b in blocks)
    inner = inner.replace(SAME_HEADERS, references)
    last = section(references, first="first" in {**(headers or {}), **(footers or {})})
    return zipped(_members(_part("document", f"<w:body>{inner}{last}</w:body>"), parts))


SAME_HEADERS = "<!--the headers and footers of the last section-->"


def _part(tag: str, inner: str) -> str:
    return f"{_HEAD}<w:{tag} {_ROOT}>{inner}</w:{tag}>"


def _settings() -> str:
    return _part("settings", "<w:evenAndOddHeaders/>")


def _notes(kind: str, notes: Sequence[str]) -> str:
    line = (
        f'<w:{kind} w:type="separator" w:id="-1">{p(run("<w:separator/>"))}</w:{kind}>'
    )
    more = p(run("<w:continuationSeparator/>"))
    line += f'<w:{kind} w:type="continuationSeparator" w:id="0">{more}</w:{kind}>'
    line += "".join(
        f'<w:{kind} w:id="{number}">{inner}</w:{kind}>'
        for number, inner in enumerate(notes, 1)
    )
    return _part(f"{kind}s", line)


def _comments(comments: Sequence[str]) -> str:
    return _part(
        "comments",
        "".join(
            f'<w:comment w:id="{number}" {_DATE} w:initials="张">{p(text)}</w:comment>'
            for number, text in enumerate(comments)
        ),
    )


def _members(main: str, parts: Mapping[str, tuple[str, str]]) -> dict[str, bytes]:
    overrides = _override("document", "document.main") + "".join(
        _override(name, kind) for name, (kind, _) in parts.items()
    )
    types = (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    )
    relationships = "".join(
        _relationship(name, kind, f"{name}.xml") for name, (kind, _) in parts.items()
    )
    members = {
        "[Content_Types].xml": types,
        "_rels/.rels": _relationships(
            _relationship("rId1", "officeDocument", "word/document.xml")
        ),
        "word/document.xml": main,
        "word/_rels/document.xml.rels": _relationships(relationships),
        **{f"word/{name}.xml": text for name, (_, text) in parts.items()},
    }
    return {name: text.encode() for name, text in members.items()}


def _override(name: str, kind: str) -> str:
    return f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{kind}+xml"/>'


def _relationship(identifier: str, kind: str, target: str) -> str:
    return (
        f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    )


def _relationships(inner: str) -> str:
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}'
        "</Relationships>"
    )


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip file of these members, at a date that does not change."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0))
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """The members of a zip file, whose checksums must be right."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(content: bytes, member: str, old: str, new: str) -> bytes:
    """A document with a stretch of one member's markup replaced."""
    members = unzipped(content)
    before = members[member].decode()
    if old not in before:
        raise ValueError(old)
    return zipped(members | {member: before.replace(old, new).encode()})


# Reading back ------------------------------------------------------------------------

MAIN = "word/document.xml"
_CHARACTERS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_UNREAD = {"del", "moveFrom", "pPr", "rPr", "sdtPr", "txbxContent", "rt"}


def root_of(content: bytes, part: str = MAIN) -> etree._Element:
    """The root element of a part."""
    return etree.fromstring(unzipped(content)[part])


def lines(content: bytes, part: str = MAIN) -> list[str]:
    """The texts of all paragraphs of a part, boxes and their fallbacks too."""
    return [_text(found) for found in root_of(content, part).iter(f"{{{WORD}}}p")]


def _text(element: etree._Element) -> str:
    pieces = []
    for child in element.iterchildren("*"):
        name = etree.QName(child).localname
        if name == "t":
            pieces.append(child.text or "")
        elif name in _CHARACTERS:
            pieces.append(_CHARACTERS[name])
        elif name not in _UNREAD:
            pieces.append(_text(child))
    return "".join(pieces)


def bookmark_texts(content: bytes, part: str = MAIN) -> list[tuple[str, str]]:
    """Name and text of each field bookmark of a part, in document order."""
    found = []
    elements = list(root_of(content, part).iter("*"))
    for place, element in enumerate(elements):
        name = element.get(f"{{{WORD}}}name", "")
        if element.tag == f"{{{WORD}}}bookmarkStart" and name.startswith("字段_"):
            found.append((name, _text_until_end(elements[place + 1 :], element)))
    return found


def _text_until_end(elements: list[etree._Element], mark: etree._Element) -> str:
    text = ""
    for element in elements:
        name = etree.QName(element).localname
        if name == "bookmarkEnd" and element.get(f"{{{WORD}}}id") == mark.get(
            f"{{{WORD}}}id"
        ):
            return text
        if name == "t":
            text += element.text or ""
        elif name in _CHARACTERS and etree.QName(element.getparent()).localname == "r":
            text += _CHARACTERS[name]
    message = f"no end for {mark.get(f'{{{WORD}}}name')}"
    raise AssertionError(message)
