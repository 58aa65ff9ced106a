"""Word comments and highlight: what a draft says to the person who reads it.

Comments live in a part of their own (ISO/IEC 29500-1, 17.13.4) which is made where the
document has none. They carry no date, so that equal input gives equal bytes.
"""

from lxml import etree

from assembler.manifest import (
    add_override,
    as_bytes,
    content_types,
    relate,
    relationships_of,
)
from assembler.package import CONTENT_TYPES, Package, relationships_name
from assembler.wordml import (
    IDENTIFIER,
    PARAGRAPH,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    VALUE,
    WORD,
    Element,
    comment_parts,
    parse,
    remove,
    serialise,
    set_text,
    text_of,
    w,
)

AUTHOR = "讲话稿装配"
_INITIALS = "装配"
_PART = "word/comments.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENT = w("comment")
COMMENT_MARKS = w("commentRangeStart"), w("commentRangeEnd")
# Word's marks of who answers whom ([MS-DOCX], 2.2.4 and 2.5.4).
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_ANSWERED_ID = "{http://schemas.microsoft.com/office/word/2012/wordml}paraIdParent"
HIGHLIGHT = w("highlight")
# What follows w:highlight in w:rPr, in the schema's order (17.3.2.28).
_AFTER_HIGHLIGHT = frozenset(
    w(name)
    for name in (
        *("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em"),
        *("lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange"),
    )
)


class Comments:
    """The comments of a document, to which some are added.

    Args:
        package: the document.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts = comment_parts(package)
        if self._parts:
            self._root = parse(package.data(self._parts[0]))
        else:
            self._root = parse(f'<w:comments xmlns:w="{WORD}"/>'.encode())
        ids = [int(c.get(IDENTIFIER, "-1")) for c in self._root.iter(_COMMENT)]
        self._next = max(ids, default=-1) + 1
        self._changed = False

    def ours(self, *, answered: bool = False) -> dict[str, str]:
        """The text of each comment of this program, by id.

        Args:
            answered: whether those that somebody has answered are wanted, or those
                that nobody has.
        """
        parents = self._answered()
        return {
            comment.get(IDENTIFIER, ""): "\n".join(map(text_of, lines))
            for comment in self._root.iter(_COMMENT)
            if comment.get(w("author")) == AUTHOR
            and (lines := list(comment.iter(PARAGRAPH)))
            and (lines[-1].get(_PARAGRAPH_ID) in parents) is answered
        }

    def _answered(self) -> set[str | None]:
        """The last paragraphs of the comments that others are answers to."""
        return {
            answer.get(_ANSWERED_ID)
            for relationship in self._package.relationships(self._package.main_part)
            if relationship.type == "commentsExtended"
            and relationship.target in self._package.members
            for answer in parse(self._package.data(relationship.target)).iter()
            if answer.get(_ANSWERED_ID)
        }

    def rewrite(self, identifier: str, text: str) -> None:
        """Let a comment say something else."""
        for comment in self._root.iter(_COMMENT):
            if comment.get(IDENTIFIER) == identifier:
                self._root.replace(comment, self._comment(identifier, text))
                self._changed = True

    def remove(self, identifier: str, root: Element) -> None:
        """Take a comment out, and its marks out of the main part's root."""
        for comment in list(self._root.iter(_COMMENT)):
            if comment.get(IDENTIFIER) == identifier:
                remove(comment)
                self._changed = True
        for mark in list(root.iter(*COMMENT_MARKS, w("commentReference"))):
            if mark.get(IDENTIFIER) == identifier:
                run = mark.getparent()
                is_reference = run is not None and run.tag == RUN
                remove(run if run is not None and is_reference else mark)

    def add(self, first: Element, last: Element, text: str) -> None:
        """Comment what stands from one element to another.

        Args:
            first: an element among runs, of the main part.
            last: the same element or a later sibling.
            text: the comment; a line break begins a new paragraph of it.
        """
        identifier = str(self._next)
        self._next += 1
        self._changed = True
        mark = {IDENTIFIER: identifier}
        first.addprevious(first.makeelement(COMMENT_MARKS[0], mark))
        end = last.makeelement(COMMENT_MARKS[1], mark)
        reference = last.makeelement(RUN)
        reference.append(last.makeelement(w("commentReference"), mark))
        last.addnext(end)
        end.addnext(reference)
        self._root.append(self._comment(identifier, text))

    def _comment(self, identifier: str, text: str) -> Element:
        comment = self._root.makeelement(
            _COMMENT,
            {IDENTIFIER: identifier, w("author"): AUTHOR, w("initials"): _INITIALS},
        )
        for line in text.split("\n"):
            paragraph = etree.SubElement(comment, PARAGRAPH)
            run = etree.SubElement(paragraph, RUN)
            set_text(etree.SubElement(run, TEXT), line)
        return comment

    def changed_parts(self) -> dict[str, bytes]:
        """Member name → content of the members that change; none without changes."""
        if not self._changed:
            return {}
        if self._parts:
            return {self._parts[0]: serialise(self._root).encode()}
        main = self._package.main_part
        types = content_types(self._package)
        add_override(types, _PART, _TYPE)
        relationships = relationships_of(self._package, main)
        relate(relationships, "comments", f"/{_PART}")
        return {
            _PART: serialise(self._root).encode(),
            CONTENT_TYPES: as_bytes(types),
            relationships_name(main): as_bytes(relationships),
        }


def highlight(run: Element) -> None:
    """Let a run stand on yellow."""
    properties = run.find(RUN_PROPERTIES)
    if properties is None:
        properties = run.makeelement(RUN_PROPERTIES)
        run.insert(0, properties)
    for old in properties.findall(HIGHLIGHT):
        properties.remove(old)
    mark = properties.makeelement(HIGHLIGHT, {VALUE: "yellow"})
    behind = next((e for e in properties if e.tag in _AFTER_HIGHLIGHT), None)
    if behind is None:
        properties.append(mark)
    else:
        behind.addprevious(mark)
