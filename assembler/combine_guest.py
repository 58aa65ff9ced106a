"""A document that is combined with others: its parts, by what they are."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from assembler.errors import TemplateError
from assembler.package import Package, parse_package
from assembler.wordml import BODY, VALUE, WORD, Element, parse, w

# Parts that a document has once; what they say is taken in piece by piece.
ONCE = frozenset(
    {
        *("styles", "settings", "numbering", "fontTable", "theme", "webSettings"),
        *("footnotes", "endnotes", "comments", "glossaryDocument", "stylesWithEffects"),
    }
)
# Parts that hold what the text refers to by number: kind of part → kind of element.
NOTES = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class Guest:
    """A document whose parts are taken into another's.

    Attributes:
        name: its file name, for messages.
        package: its container.
        roots: kind of part → its name and root, for the main part and those that a
            document has once.
    """

    name: str
    package: Package
    roots: dict[str, tuple[str, Element]]

    @classmethod
    def read(cls, name: str, content: bytes) -> Self:
        """Read a document; TemplateError where it is none."""
        package = parse_package(content, name)
        main = package.main_part
        roots = {"main": (main, parse(package.data(main)))}
        return cls(name, package, roots | _parts(package, ONCE))

    @classmethod
    def settings(cls, name: str, content: bytes) -> Self:
        """Read of a document its settings alone; as `read`."""
        package = parse_package(content, name)
        return cls(name, package, _parts(package, {"settings"}))

    @property
    def main(self) -> Element:
        """The root of the main part."""
        return self.roots["main"][1]

    @property
    def body(self) -> Element:
        """The body."""
        body = self.main.find(BODY)
        if body is None:
            message = f"“{self.name}”没有正文，合不到一起。"
            raise TemplateError(message)
        return body

    @property
    def styles(self) -> Element:
        """The root of the styles part; an empty one where there is none."""
        if "styles" not in self.roots:
            return parse(f'<w:styles xmlns:w="{WORD}"/>'.encode())
        return self.roots["styles"][1]

    @property
    def notes(self) -> dict[str, Element]:
        """Kind of note → the root of the part that holds those."""
        return {kind: self.roots[kind][1] for kind in NOTES if kind in self.roots}

    def setting(self, tag: str) -> bool:
        """Whether a setting is on."""
        _, root = self.roots.get("settings", ("", None))
        found = None if root is None else root.find(tag)
        return found is not None and found.get(VALUE, "1") not in _OFF

    def turn_on(self, tag: str) -> None:
        """Turn a setting on."""
        if "settings" in self.roots and not self.setting(tag):
            root = self.roots["settings"][1]
            for old in root.findall(tag):
                root.remove(old)
            root.insert(_place_in_settings(root), root.makeelement(tag))


def _parts(package: Package, kinds: Collection[str]) -> dict[str, tuple[str, Element]]:
    """Kind of part → name and root, for those of the main part that there are."""
    return {
        relationship.type: (part, parse(package.data(part)))
        for relationship in package.relationships(package.main_part)
        if relationship.type in kinds
        and (part := relationship.target) in package.members
    }


def _place_in_settings(root: Element) -> int:
    """Before the first of those that follow w:evenAndOddHeaders (17.15.1.78)."""
    behind = (
        *("bookFoldRevPrinting", "bookFoldPrinting", "bookFoldPrintingSheets"),
        *("drawingGridHorizontalSpacing", "drawingGridVerticalSpacing"),
        *("characterSpacingControl", "hdrShapeDefaults", "footnotePr", "endnotePr"),
        *("compat", "docVars", "rsids", "themeFontLang", "clrSchemeMapping"),
        *("shapeDefaults", "decimalSymbol", "listSeparator"),
    )
    tags = {w(name) for name in behind}
    return next((n for n, child in enumerate(root) if child.tag in tags), len(root))
