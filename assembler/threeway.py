"""The three-way rule: what was left in a place, what stands there, what the data say.

Pure. `decide` is all there is to the question which of the three a place shows in the
end; nothing else in the program answers it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Take(StrEnum):
    """Whose figure stands where both sides changed it."""

    DATA = "data"
    DRAFT = "draft"


class Verdict(StrEnum):
    """What becomes of a place.

    `SAME`: nothing has changed. `UPDATED`: the new text goes in. `KEPT`: a person's
    text stays, the data being what they were. `AGREED`: the draft says already what the
    data say now. `CONFLICT`: a person's text stays, and the data say something else.
    `TAKEN` and `DECIDED`: such a conflict, decided for the data or for the draft.
    """

    SAME = "same"
    UPDATED = "updated"
    KEPT = "kept"
    AGREED = "agreed"
    CONFLICT = "conflict"
    TAKEN = "taken"
    DECIDED = "decided"

    @property
    def writes(self) -> bool:
        """Whether the new text is put into the draft."""
        return self in (Verdict.UPDATED, Verdict.TAKEN)

    @property
    def settles(self) -> bool:
        """Whether the data's text is what the next refresh starts from."""
        return self is not Verdict.CONFLICT


@dataclass(frozen=True, slots=True)
class Sides:
    """The three sides of one place.

    Attributes:
        base: the text that merge or refresh left there, None where that is not known.
        draft: the text that stands there now.
        data: the text that the data give now.
        touched: whether a person changed the place; ``draft`` may say the same as
            ``base`` although something was written right beside it.
        certain: whether it is beyond doubt how far the draft's text reaches.
        bounded: whether it stands at least between the words that it stood between.
        plain: whether a text whose base is not known may be replaced unasked.
    """

    base: str | None
    draft: str
    data: str
    touched: bool
    certain: bool
    bounded: bool = True
    plain: bool = True


def _equal(first: str, second: str) -> bool:
    return first == second


def decide(
    sides: Sides,
    take: Take | None = None,
    alike: Callable[[str, str], bool] = _equal,
) -> Verdict:
    """The three-way rule.

    Args:
        sides: the three sides.
        take: whose figure stands where both sides changed it.
        alike: whether two texts say the same: 一半 and 五成, 1,200 and 1200.
    """
    if sides.base is None:
        return _without_base(sides, take, alike)
    if not sides.touched:
        return Verdict.SAME if sides.data == sides.base else Verdict.UPDATED
    if alike(sides.data, sides.base):
        return Verdict.KEPT
    if sides.certain and alike(sides.draft, sides.data):
        return Verdict.AGREED
    if sides.certain and sides.draft != sides.base and alike(sides.draft, sides.base):
        # Only put in other words, 一半 as 五成; a new figure needs new words anyway.
        return Verdict.UPDATED
    return _both_changed(sides, take)


def _both_changed(sides: Sides, take: Take | None) -> Verdict:
    if take is Take.DRAFT:
        return Verdict.DECIDED
    # What nobody can tell the end of cannot be replaced, whoever asks for it.
    is_taken = take is Take.DATA and sides.certain
    return Verdict.TAKEN if is_taken else Verdict.CONFLICT


def _without_base(
    sides: Sides, take: Take | None, alike: Callable[[str, str], bool]
) -> Verdict:
    """Nobody can tell any more whether a person changed the place or not."""
    if sides.bounded and alike(sides.draft, sides.data):
        return Verdict.SAME
    if sides.plain and sides.certain and take is None:
        return Verdict.UPDATED
    return _both_changed(sides, take)
