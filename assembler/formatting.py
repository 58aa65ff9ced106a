"""Setting properties of text, tables and sections in the order the schema wants.

Word takes a wrong order for damage (ISO/IEC 29500-1, 17.3.1.26, 17.3.2.28, 17.4.59
and 17.6.17).
"""

from assembler.wordml import (
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    SECTION_PROPERTIES,
    Element,
    w,
)

TABLE_PROPERTIES = w("tblPr")
_ORDER = {
    PARAGRAPH_PROPERTIES: (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr"),
        *("widowControl", "numPr", "suppressLineNumbers", "pBdr", "shd", "tabs"),
        *("suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct"),
        *("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd"),
        *("snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents"),
        *("suppressOverlap", "jc", "textDirection", "textAlignment"),
        *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr"),
        "pPrChange",
    ),
    RUN_PROPERTIES: (
        *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike"),
        *("dstrike", "outline", "shadow", "emboss", "imprint", "noProof"),
        *("snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern"),
        *("position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd"),
        *("fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout"),
        *("specVanish", "oMath", "rPrChange"),
    ),
    TABLE_PROPERTIES: (
        *("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize"),
        *("tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd"),
        *("tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption"),
        *("tblDescription", "tblPrChange"),
    ),
    SECTION_PROPERTIES: (
        *("headerReference", "footerReference", "footnotePr", "endnotePr", "type"),
        *("pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols"),
        *("formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi"),
        *("rtlGutter", "docGrid", "printerSettings", "sectPrChange"),
    ),
}
_RANKS = {
    kind: {w(name): rank for rank, name in enumerate(names)}
    for kind, names in _ORDER.items()
}


def properties_of(element: Element, kind: str) -> Element:
    """The ``w:pPr``, ``w:rPr`` or ``w:tblPr`` of an element; made where it has none."""
    found = element.find(kind)
    if found is None:
        found = element.makeelement(kind)
        element.insert(0, found)
    return found


def set_property(properties: Element, name: str, **values: object) -> None:
    """Set a property, in place of what it was.

    Args:
        properties: a ``w:pPr``, ``w:rPr``, ``w:tblPr`` or ``w:sectPr``.
        name: the property, such as ``ind``.
        values: its attributes, such as ``firstLine=640``.
    """
    clear_property(properties, name)
    attributes = {w(key): str(value) for key, value in values.items()}
    element = properties.makeelement(w(name), attributes)
    ranks = _RANKS[str(properties.tag)]
    own = ranks[w(name)]
    behind = (e for e in properties if ranks.get(str(e.tag), len(ranks)) > own)
    following = next(behind, None)
    if following is None:
        properties.append(element)
    else:
        following.addprevious(element)


def clear_property(properties: Element, name: str) -> None:
    """Take a property out, where it is set."""
    for old in properties.findall(w(name)):
        properties.remove(old)
