"""What a document says of all its text at once, laid down in its styles instead.

Two documents in one file share its defaults (ISO/IEC 29500-1, 17.7.5.1). Where those of
a document that is taken in differ, as after a save in another program, the styles that
are based on no other say what its defaults said.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assembler.combine_styles import STYLE, default_paragraph_style
from assembler.formatting import set_property
from assembler.wordml import (
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    TYPE,
    Element,
    w,
)

_KINDS = (PARAGRAPH_PROPERTIES, RUN_PROPERTIES)
_Values = dict[str, str]


class _Said(NamedTuple):
    """A property as styles are to say it."""

    kind: str
    name: str
    values: _Values


def _each(names: str, value: str) -> dict[str, Mapping[str, str]]:
    return {name: {"val": value} for name in names.split()}


# What holds where nothing is said: kind → property → attribute → value (17.3.1,
# 17.3.2). Toggles such as w:b are not among them: two styles that say them cancel each
# other (17.7.3).
_UNSAID: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    PARAGRAPH_PROPERTIES: {
        **_each("keepNext keepLines suppressAutoHyphens topLinePunct", "0"),
        **_each("contextualSpacing mirrorIndents", "0"),
        **_each("widowControl kinsoku wordWrap overflowPunct autoSpaceDE", "1"),
        **_each("autoSpaceDN adjustRightInd snapToGrid", "1"),
        **_each("jc", "left"),
        **_each("textAlignment", "auto"),
        "spacing": {
            **dict.fromkeys(("before", "after", "beforeLines", "afterLines"), "0"),
            **dict.fromkeys(("beforeAutospacing", "afterAutospacing"), "0"),
            "line": "240",
            "lineRule": "auto",
        },
        "ind": {
            **dict.fromkeys(("left", "right", "firstLine"), "0"),
            **dict.fromkeys(("leftChars", "rightChars", "firstLineChars"), "0"),
        },
    },
    RUN_PROPERTIES: {
        **_each("spacing kern position", "0"),
        **_each("snapToGrid", "1"),
        **_each("sz szCs", "20"),
        **_each("w", "100"),
        **_each("color", "auto"),
        **_each("u", "none"),
        "rFonts": {
            "hint": "default",
            **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), "Times New Roman"),
        },
    },
}


def settle(styles: Element, others: Element) -> bool:
    """Let a document look the same under another's defaults.

    Args:
        styles: the root of its styles part; changed in place.
        others: the root of the part whose defaults will hold.

    Returns:
        Whether that can be done; if not, nothing is changed.
    """
    said = list(_said_anew(styles, others))
    if not said:
        return True
    if None in said or default_paragraph_style(styles) is None:
        return False
    for style in styles.iter(STYLE):
        if style.get(TYPE) == "paragraph" and style.find(w("basedOn")) is None:
            for one in filter(None, said):
                _say(style, one)
    return True


def _said_anew(styles: Element, others: Element) -> Iterator[_Said | None]:
    """What the defaults say otherwise; None for what cannot be said in styles."""
    for kind in _KINDS:
        own, theirs = _defaults(styles, kind), _defaults(others, kind)
        for name in dict.fromkeys([*own, *theirs]):
            if name != "lang" and own.get(name) != theirs.get(name):
                yield _explicit(kind, name, own.get(name), theirs.get(name))


def _defaults(styles: Element, kind: str) -> dict[str, _Values]:
    """Property → its values, of what the defaults say of paragraphs or of runs."""
    found = styles.find(f"{w('docDefaults')}/{kind}Default/{kind}")
    return {} if found is None else {_local(e.tag): _values(e) for e in found}


def _explicit(
    kind: str, name: str, own: _Values | None, theirs: _Values | None
) -> _Said | None:
    """A property that says all that went without saying under one's own defaults."""
    unsaid = _UNSAID[kind].get(name)
    if unsaid is None:
        return None
    said = dict(own or {})
    slots = set(map(_slot, said))
    for slot in dict.fromkeys(map(_slot, theirs or {})):
        if slot in slots:
            continue
        if slot not in unsaid:
            return None
        said[slot] = unsaid[slot]
    return _Said(kind, name, said)


def _say(style: Element, said: _Said) -> None:
    """Let a style say a property, or those of its values that it does not say."""
    properties = _properties(style, said.kind)
    held = properties.find(w(said.name))
    own = {} if held is None else _values(held)
    slots = set(map(_slot, own))
    added = {n: value for n, value in said.values.items() if _slot(n) not in slots}
    if added:
        set_property(properties, said.name, **{**own, **added})


def _properties(style: Element, kind: str) -> Element:
    """The properties in a style; made where it has none, paragraphs' before runs'."""
    found = style.find(kind)
    if found is not None:
        return found
    found = style.makeelement(kind)
    other = style.find(_KINDS[kind == _KINDS[0]])
    if other is None:
        style.append(found)
    elif kind == PARAGRAPH_PROPERTIES:
        other.addprevious(found)
    else:
        other.addnext(found)
    return found


def _values(element: Element) -> _Values:
    return {_local(name): str(value) for name, value in element.attrib.items()}


def _slot(attribute: str) -> str:
    """What an attribute is about: w:ascii and w:asciiTheme are about one face."""
    return attribute.removesuffix("Theme")


def _local(name: object) -> str:
    return str(name).rpartition("}")[2]
