"""The templates and sample data that come with the program."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# In a wheel they lie inside the package, in a checkout beside it.
_ROOTS = (_PACKAGE / "bundled", _PACKAGE.parent)


def resolve_template(name: Path) -> Path:
    """The template that a person means by a path or a bare name.

    Args:
        name: a path as typed; the ending may be left out, and the name of a
            bundled template such as ``工作部署`` is enough.

    Returns:
        The path of an existing file or folder, or ``name`` where there is none.
    """
    return _resolve(name, "word_templates", ".docx")


def resolve_data(name: Path) -> Path:
    """The data file that a person means; as `resolve_template`."""
    return _resolve(name, "data", ".csv")


def bundled_templates() -> list[Path]:
    """The templates that come with the program."""
    return [
        path
        for root in _ROOTS
        for path in sorted((root / "word_templates").glob("*.docx"))
    ]


def bundled_data() -> list[Path]:
    """The data files that come with the program."""
    return [path for root in _ROOTS for path in sorted((root / "data").glob("*.csv"))]


def _resolve(name: Path, folder: str, suffix: str) -> Path:
    with_suffix = name.with_name(name.name + suffix) if name.name else name
    candidates = [name, with_suffix]
    if name.name == str(name):
        bases = [Path(), *_ROOTS]
        candidates += [
            base / folder / file.name for base in bases for file in (with_suffix, name)
        ]
    return next((path for path in candidates if path.exists()), name)
