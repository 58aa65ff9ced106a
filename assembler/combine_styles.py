"""The styles of one document taken into another's.

Styles that say the same are one; a style that says something else under the same name
comes in under a new one. Theme faces cannot be had twice in one file; of defaults see
`assembler.combine_defaults`.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from assembler.wordml import NAME, TYPE, VALUE, Element, w

STYLE, STYLE_ID, DEFAULT = w("style"), w("styleId"), w("default")
REFERENCES = tuple(
    w(name) for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
)
# What does not change how text looks.
_UNSEEN = frozenset(
    w(name)
    for name in (
        *("name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden"),
        *("uiPriority", "semiHidden", "unhideWhenUsed", "qFormat", "locked", "rsid"),
    )
)
_OFF = frozenset({"0", "false", "off"})


def default_paragraph_style(styles: Element) -> str | None:
    """The id of the style of paragraphs that name none."""
    for style in styles.iter(STYLE):
        is_default = style.get(DEFAULT, "0") not in _OFF
        if is_default and style.get(TYPE) == "paragraph":
            return style.get(STYLE_ID)
    return None


def take_in(styles: Element, others: Element, number: int) -> dict[str, str]:
    """Add another document's styles.

    Args:
        styles: the root of the styles part that grows.
        others: the root of the other's.
        number: which document it is, for new names.

    Returns:
        The other's style id → id in the grown part, for those that changed.
    """
    known, guests = _by_id(styles), _by_id(others)
    by_name = {_name(style): key for key, style in known.items()}
    renamed: dict[str, str] = {}
    added: list[Element] = []
    for own, style in guests.items():
        same = own if own in known else by_name.get(_name(style))
        if same is None:
            added.append(deepcopy(style))
        elif _whole_looks(same, known) == _whole_looks(own, guests):
            renamed[own] = same
        else:
            renamed[own] = f"{own}_{number}"
            added.append(_under_new_name(style, renamed[own], number))
    changed = {old: new for old, new in renamed.items() if old != new}
    for style in added:
        rename_references(style, changed)
        styles.append(style)
    return changed


def _by_id(styles: Element) -> dict[str, Element]:
    return {style.get(STYLE_ID, ""): style for style in styles.iter(STYLE)}


def _whole_looks(identifier: str, styles: Mapping[str, Element]) -> list[str]:
    """How text in a style looks: what it says and what it is based on says."""
    found: list[str] = []
    seen: set[str] = set()
    while identifier in styles and identifier not in seen:
        seen.add(identifier)
        style = styles[identifier]
        found.append(_looks(style))
        base = style.find(w("basedOn"))
        identifier = "" if base is None else base.get(VALUE, "")
    return found


def _under_new_name(style: Element, identifier: str, number: int) -> Element:
    found = deepcopy(style)
    found.set(STYLE_ID, identifier)
    found.set(w("customStyle"), "1")
    if DEFAULT in found.attrib:
        del found.attrib[DEFAULT]
    name = found.find(NAME)
    if name is not None:
        name.set(VALUE, f"{name.get(VALUE, '')} {number}")
    return found


def rename_references(root: Element, renamed: Mapping[str, str]) -> None:
    """Let a part refer to styles by their new ids."""
    for reference in root.iter(*REFERENCES):
        value = reference.get(VALUE, "")
        if value in renamed:
            reference.set(VALUE, renamed[value])


def uses_theme_faces(root: Element) -> bool:
    """Whether faces are named by the theme's words."""
    fonts = root.iter(w("rFonts"))
    return any(str(name).endswith("Theme") for f in fonts for name in f.attrib)


def _name(style: Element) -> str:
    found = style.find(NAME)
    return "" if found is None else found.get(VALUE, "").casefold()


def _looks(element: Element) -> str:
    """What an element says of how text looks, in one form."""
    return "".join(_said(element))


def _said(element: Element) -> Iterator[str]:
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _UNSEEN:
            continue
        if etree.QName(child).namespace != etree.QName(NAME).namespace:
            continue
        attributes = sorted(
            (name, value)
            for name, value in child.attrib.items()
            if str(name).startswith("{") and child.tag != w("lang")
        )
        yield f"<{child.tag}{attributes}>"
        yield from _said(child)
        yield "</>"
