"""What a style says: the formatting that a run or paragraph ends up with.

A property is looked for in the order of ISO/IEC 29500-1, 17.7.2: direct formatting,
character style, paragraph style, what these are based on, the document's defaults.
"""

from collections.abc import Iterator

from assembler.package import Package
from assembler.wordml import (
    NAME,
    PARAGRAPH_PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    TYPE,
    VALUE,
    Element,
    parse,
    w,
)

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = frozenset({"0", "false", "off"})
# A theme names a face for each script; w:themeFontLang says which one is meant.
_SCRIPTS = {"zh-TW": "Hant", "zh-HK": "Hant", "ja-JP": "Jpan", "ko-KR": "Hang"}
_CHINESE = "Hans"
_STYLE_ID, _BASED_ON, _DEFAULT = w("styleId"), w("basedOn"), w("default")
_TWIPS, _HUNDREDTHS, _USUAL_SIZE = 20, 100, 32
_PARAGRAPH_STYLE, _RUN_STYLE = w("pStyle"), w("rStyle")


class Styles:
    """The styles, defaults and theme fonts of a document.

    Args:
        package: the document; one without a styles part has no styles.
    """

    def __init__(self, package: Package) -> None:
        root = _related(package, "styles")
        self._styles: dict[str, Element] = {}
        self._default: str | None = None
        self._defaults: tuple[Element, ...] = ()
        if root is not None:
            self._defaults = tuple(root.iter(w("docDefaults")))
            self._take_in(root)
        script = _script(_related(package, "settings"))
        self._theme = _theme_fonts(_related(package, "theme"), script)
        self._chains: dict[str, tuple[Element, ...]] = {}

    def _take_in(self, root: Element) -> None:
        for style in root.iter(w("style")):
            self._styles.setdefault(style.get(_STYLE_ID, ""), style)
            is_default = style.get(_DEFAULT, "0") not in _OFF
            if is_default and style.get(TYPE) == "paragraph":
                self._default = style.get(_STYLE_ID)

    def name_of(self, paragraph: Element) -> str | None:
        """The name of a paragraph's style, None where it has none."""
        style = self._styles.get(self._style_of(paragraph) or "")
        found = None if style is None else style.find(NAME)
        return None if found is None else found.get(VALUE)

    def _style_of(self, paragraph: Element) -> str | None:
        reference = paragraph.find(f"{PARAGRAPH_PROPERTIES}/{_PARAGRAPH_STYLE}")
        return self._default if reference is None else reference.get(VALUE)

    def paragraph_settings(self, paragraph: Element, tag: str) -> Iterator[Element]:
        """Each element that sets a property of a paragraph, the decisive one first.

        Args:
            paragraph: the ``w:p``.
            tag: the property's element, such as ``w:ind``.
        """
        for place in [paragraph, *self._chain(self._style_of(paragraph))]:
            yield from place.iterfind(f"{PARAGRAPH_PROPERTIES}/{tag}")
        for defaults in self._defaults:
            yield from defaults.iterfind(f".//{PARAGRAPH_PROPERTIES}/{tag}")

    def of_paragraph(self, paragraph: Element, tag: str, attribute: str) -> str | None:
        """A property of a paragraph.

        Args:
            paragraph: the ``w:p``.
            tag: the property's element, such as ``w:ind``.
            attribute: its attribute, such as ``w:firstLine``.

        Returns:
            The attribute's value; None where nothing sets it.
        """
        found = self.paragraph_settings(paragraph, tag)
        return next((e.get(attribute) for e in found if attribute in e.attrib), None)

    def has_paragraph(self, paragraph: Element, tag: str) -> bool:
        """Whether an on-or-off property of a paragraph is on: ``w:keepNext``."""
        return _is_on(next(self.paragraph_settings(paragraph, tag), None))

    def run_settings(
        self, run: Element, paragraph: Element, tag: str
    ) -> Iterator[Element]:
        """Each element that sets a property of a run, the decisive one first."""
        for place in self._run_places(run, paragraph):
            yield from place.iterfind(f"{RUN_PROPERTIES}/{tag}")
        for defaults in self._defaults:
            yield from defaults.iterfind(f".//{RUN_PROPERTIES}/{tag}")

    def of_run(
        self, run: Element, paragraph: Element, tag: str, attribute: str = VALUE
    ) -> str | None:
        """A property of a run, such as ``w:sz``; as `of_paragraph`."""
        found = self.run_settings(run, paragraph, tag)
        return next((e.get(attribute) for e in found if attribute in e.attrib), None)

    def has_run(self, run: Element, paragraph: Element, tag: str) -> bool:
        """Whether an on-or-off property of a run is on, such as ``w:b``."""
        return _is_on(next(self.run_settings(run, paragraph, tag), None))

    def east_asian_font(self, run: Element, paragraph: Element) -> str | None:
        """The face of a run's hanzi, None where nothing names one."""
        return self._face(run, paragraph, "eastAsia", "eastAsiaTheme")

    def latin_font(self, run: Element, paragraph: Element) -> str | None:
        """The face of a run's letters and digits, None where nothing names one."""
        return self._face(run, paragraph, "ascii", "asciiTheme")

    def _face(
        self, run: Element, paragraph: Element, plain: str, themed: str
    ) -> str | None:
        for fonts in self.run_settings(run, paragraph, w("rFonts")):
            theme = fonts.get(w(themed))
            if theme is not None:
                return self._theme.get(theme) or None
            if w(plain) in fonts.attrib:
                return fonts.get(w(plain)) or None
        return None

    def _run_places(self, run: Element, paragraph: Element) -> Iterator[Element]:
        yield run
        reference = run.find(f"{RUN_PROPERTIES}/{_RUN_STYLE}")
        if reference is not None:
            yield from self._chain(reference.get(VALUE))
        yield from self._chain(self._style_of(paragraph))

    def _chain(self, style: str | None) -> tuple[Element, ...]:
        """A style and what it is based on, nearest first."""
        if style is None:
            return ()
        if style not in self._chains:
            self._chains[style] = tuple(self._ancestry(style))
        return self._chains[style]

    def _ancestry(self, style: str) -> Iterator[Element]:
        seen: set[str] = set()
        current: str | None = style
        while current in self._styles and current not in seen:
            seen.add(current)
            element = self._styles[current]
            yield element
            base = element.find(_BASED_ON)
            current = None if base is None else base.get(VALUE, "")


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(VALUE, "1") not in _OFF


def _related(package: Package, kind: str) -> Element | None:
    """The root of the main part's styles, theme and the like; None without one."""
    for relationship in package.relationships(package.main_part):
        if relationship.type == kind and relationship.target in package.members:
            return parse(package.data(relationship.target))
    return None


def _script(settings: Element | None) -> str:
    language = None if settings is None else settings.find(w("themeFontLang"))
    if language is None:
        return _CHINESE
    return _SCRIPTS.get(language.get(w("eastAsia"), ""), _CHINESE)


def _theme_fonts(root: Element | None, script: str) -> dict[str, str]:
    """What the words of ``w:asciiTheme`` and the like stand for."""
    found: dict[str, str] = {}
    if root is None:
        return found
    for kind in ("major", "minor"):
        fonts = next(root.iter(f"{_DRAWING}{kind}Font"), None)
        if fonts is None:
            continue
        latin = _typeface(fonts.find(f"{_DRAWING}latin"))
        scripts = {
            font.get("script"): font.get("typeface", "")
            for font in fonts.iter(f"{_DRAWING}font")
        }
        asian = _typeface(fonts.find(f"{_DRAWING}ea")) or scripts.get(script, "")
        found |= {
            f"{kind}EastAsia": asian,
            f"{kind}Ascii": latin,
            f"{kind}HAnsi": latin,
        }
    return found


def _typeface(element: Element | None) -> str:
    return "" if element is None else element.get("typeface", "")


def first_text_run(paragraph: Element) -> Element | None:
    """The first run of a paragraph that holds text, else its first run."""
    runs = list(paragraph.iter(RUN))
    filled = (run for run in runs if any(t.text for t in run.iter(TEXT)))
    return next(filled, runs[0] if runs else None)


def size_of(paragraph: Element, styles: Styles) -> float:
    """The size of a paragraph's text in points."""
    run = first_text_run(paragraph)
    size = None if run is None else styles.of_run(run, paragraph, w("sz"))
    return max(number_in(size, _USUAL_SIZE), 1) / 2


def first_line_indent(paragraph: Element, styles: Styles) -> float:
    """How far a paragraph's first line is indented, in characters."""
    for indent in styles.paragraph_settings(paragraph, w("ind")):
        characters = number_in(indent.get(w("firstLineChars")))
        if characters:
            return characters / _HUNDREDTHS
        if w("firstLine") in indent.attrib or w("hanging") in indent.attrib:
            twips = number_in(indent.get(w("firstLine")))
            return twips / (size_of(paragraph, styles) * _TWIPS)
    return 0


def number_in(text: str | None, otherwise: float = 0) -> float:
    """The number that an attribute holds; another where it holds none.

    Args:
        text: the attribute's value; Word also writes 1.5 and -6.
        otherwise: what is meant where there is none.
    """
    try:
        return float(text) if text is not None else otherwise
    except ValueError:
        return otherwise
