"""The word lists of the rules: small data files that an office can extend.

One entry a line; what follows ``#`` is a note. They lie in ``assembler/words``.
"""

from functools import cache

_FOLDER = "words"


@cache
def words(name: str) -> tuple[str, ...]:
    """The entries of a list.

    Args:
        name: the file's name without its ending.

    Returns:
        The entries in the file's order, notes and blank lines left out.
    """
    from importlib.resources import files  # noqa: PLC0415 - slow, and not always used

    source = files("assembler").joinpath(_FOLDER, f"{name}.txt")
    lines = source.read_text(encoding="utf-8").splitlines()
    return tuple(entry for line in lines if (entry := line.partition("#")[0].strip()))


@cache
def pairs(name: str) -> tuple[tuple[str, str], ...]:
    """The entries of a list of two columns, parted by a tab.

    Args:
        name: the file's name without its ending.

    Returns:
        First and second column of each entry.
    """
    return tuple(
        (first.strip(), second.strip())
        for entry in words(name)
        for first, _, second in [entry.partition("\t")]
    )


@cache
def any_of(name: str) -> str:
    """A pattern that matches any entry of a list, the longest first."""
    return "|".join(sorted(words(name), key=len, reverse=True))
