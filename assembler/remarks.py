"""Word comments at the places of a draft: what refresh has to say there."""

from collections.abc import Container

from assembler.comments import COMMENT_MARKS, Comments
from assembler.places import Place
from assembler.wordml import IDENTIFIER, Element, pieces

UNPROVED = "合并记录没有了："


class Remarks:
    """This program's comments in the body of a document.

    Args:
        comments: the document's comments.
        root: the root of its main part.
    """

    def __init__(self, comments: Comments, root: Element) -> None:
        self._comments = comments
        self._root = root
        self._ours = comments.ours()
        self._answered = comments.ours(answered=True)

    def is_answered(self, place: Place, text: str) -> bool:
        """Whether somebody has answered a comment that says this of a place."""
        return any(
            self._answered[identifier] == text
            for identifier, _ in _touching(place, self._answered)
        )

    def say(self, elements: list[Element], text: str, known: list[str]) -> bool:
        """Comment some elements, unless one of these comments says it already.

        Args:
            elements: the runs of a place, in their order.
            text: what there is to say.
            known: those of them that tell of the same already.

        Returns:
            Whether that changes the document.
        """
        if not known:
            self._comments.add(elements[0], elements[-1], text)
        elif self._ours[known[0]] != text:
            self._comments.rewrite(known[0], text)
        else:
            return False
        return True

    def clear(self, known: list[str]) -> None:
        """Take comments out."""
        for identifier in known:
            self._comments.remove(identifier, self._root)
            del self._ours[identifier]

    def about(self, place: Place) -> list[str]:
        """The comments that speak of a place and of nothing else."""
        length = max(place.end - place.start, 1)
        told = self.conflict(place)
        return [
            identifier
            for identifier, (first, last) in _touching(place, self._ours)
            if last - first <= length or identifier in told
        ]

    def conflict(self, place: Place) -> list[str]:
        """The comments that tell of a conflict over a place."""
        opening = conflict_opening(place.field)
        return [
            identifier
            for identifier, _ in _touching(place, self._ours)
            if self._ours[identifier].startswith(opening)
        ]


def conflict_opening(field: str) -> str:
    """How a comment begins that tells of a conflict over a field."""
    return f"数据更新：{field}现在应是"


def _touching(
    place: Place, comments: Container[str]
) -> list[tuple[str, tuple[int, int]]]:
    """Those of some comments that speak of some of a place, and from where to where."""
    return [
        (identifier, (first, last))
        for identifier, (first, last) in _ranges(place.paragraph.element).items()
        if identifier in comments and first <= place.end and last >= place.start
    ]


def _ranges(paragraph: Element) -> dict[str, tuple[int, int]]:
    """Comment's id → offsets of the stretch that it speaks of."""
    first, last = COMMENT_MARKS
    lengths = {piece.element: len(piece.text) for piece in pieces(paragraph)}
    starts: dict[str, int] = {}
    found: dict[str, tuple[int, int]] = {}
    offset = 0
    for element in paragraph.iter("*"):
        offset += lengths.get(element, 0)
        identifier = element.get(IDENTIFIER, "")
        if element.tag == first:
            starts[identifier] = offset
        elif element.tag == last and identifier in starts:
            found[identifier] = starts[identifier], offset
    return found
