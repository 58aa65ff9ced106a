"""adopt: a model text with blanks becomes a template and a data sheet to fill in."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.adopt_blanks import Recognised, doubts_of, of_file, recognised
from assembler.adopt_model import Mark, Mend, Model
from assembler.adopt_names import Fields, fields_of, guide_of
from assembler.adopt_source import ModelSource, open_source
from assembler.errors import OutputError, TemplateError
from assembler.filenames import SUFFIX
from assembler.findings import Finding, Severity, worst_first
from assembler.merge import make_folder
from assembler.name_changes import read_changes, refuse_unknown, renamed
from assembler.sheet import sheet_bytes, sheet_name
from assembler.template import Template
from assembler.together import write_together

__all__ = ["AdoptOptions", "Adopted", "Adoption", "adopt", "open_source"]

# More than any speech and any paragraph has. The work grows with the square of the
# blanks in a paragraph, and a file of thousands is a list, no speech.
_MOST_BLANKS, _MOST_IN_PARAGRAPH = 3000, 300
# Doubts that may be blanks after all, where a text seems to have none.
_NEAR_BLANKS = frozenset({"doubtful-blank", "missing-figure", "masked-number"})


@dataclass(frozen=True, slots=True)
class AdoptOptions:
    """What a person asked adopt for.

    Attributes:
        folder: where templates and sheets go; made where it does not exist.
        names: a file with names to use instead of the proposed ones.
    """

    folder: Path = Path()
    names: Path | None = None


@dataclass(frozen=True, slots=True)
class Adopted:
    """A model text that became a template.

    Attributes:
        title: what the speech is called.
        template: the template's file.
        sheet: the data sheet's file.
        marks: its blanks as fields, in reading order.
        repairs: what was repaired.
        doubts: what a person should look at.
        is_new: whether the files were written; else they lay there already.
    """

    title: str
    template: Path
    sheet: Path
    marks: tuple[Mark, ...]
    repairs: tuple[Mend, ...]
    doubts: tuple[Finding, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Adoption:
    """What became of a file.

    Attributes:
        adopted: the templates made of it, in its order.
        is_template: whether it is a template already, so that nothing was to do.
    """

    adopted: tuple[Adopted, ...]
    is_template: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """A model text whose blanks have names."""

    model: Model
    fields: Fields
    doubts: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Built:
    """A template and its sheet, not written yet."""

    named: _Named
    template: Path
    sheet: Path
    files: Mapping[Path, bytes]


def adopt(
    source: ModelSource,
    options: AdoptOptions,
    advance: Callable[[], None] = lambda: None,
) -> Adoption:
    """Turn each model text of a file into a template with a sheet.

    Args:
        source: the file, read and parted into model texts.
        options: where the results go, and the names that are wanted.
        advance: called after each paragraph.

    Raises:
        TemplateError: the file has no blanks, or one that cannot become a field.
        DataError: the file of names cannot be used.
        OutputError: a result lies there already and may have been changed, or cannot
            be written. Then nothing is written.
    """
    named = [_named(model, advance) for model in source.models]
    with_blanks = [one for one in named if one.fields.marks]
    if not with_blanks:
        return _nothing_to_do(source, named)
    wanted = _with_names(with_blanks, options.names)
    built = [_build(one, source.path, options.folder) for one in wanted]
    in_the_way = _in_the_way(built)
    if in_the_way and options.names is not None:
        # What a first run left and nobody has touched may get its other names.
        plain = [_build(one, source.path, options.folder) for one in with_blanks]
        in_the_way &= _in_the_way(plain)
    if in_the_way:
        raise OutputError(_kept(in_the_way))
    new = [_is_new(one) for one in built]
    make_folder(options.folder)
    write_together({p: data for one in built for p, data in one.files.items()})
    left_out = [_without_blanks(one.model) for one in named if not one.fields.marks]
    adopted = [_adopted(one, is_new) for one, is_new in zip(built, new, strict=True)]
    first = replace(adopted[0], doubts=(*left_out, *adopted[0].doubts))
    return Adoption((first, *adopted[1:]))


def _named(model: Model, advance: Callable[[], None]) -> _Named:
    text = []
    for paragraph in model.paragraphs:
        text.append(recognised(paragraph))
        advance()
    _refuse_lists(model, text)
    doubts = (*model.doubts, *doubts_of(text))
    return _Named(model, fields_of(text, model.taken), doubts)


def _refuse_lists(model: Model, text: Sequence[Recognised]) -> None:
    """Raise an error for what has more blanks than a speech can have."""
    counts = [len(one.blanks) for one in text]
    fullest = max(text, key=lambda one: len(one.blanks), default=None)
    if sum(counts) > _MOST_BLANKS:
        where, count, most = "一篇", sum(counts), _MOST_BLANKS
    elif fullest is not None and len(fullest.blanks) > _MOST_IN_PARAGRAPH:
        where = f"第{fullest.paragraph.number}段"
        count, most = len(fullest.blanks), _MOST_IN_PARAGRAPH
    else:
        return
    message = (
        f"“{model.title}”{where}里有 {count} 个空白处，超过了 {most} 个，不像讲话。"
        "请把它拆开再运行。"
    )
    raise TemplateError(message)


def _nothing_to_do(source: ModelSource, named: Sequence[_Named]) -> Adoption:
    if any(one.model.taken for one in named):
        return Adoption((), is_template=True)
    seen = [one for text in named for one in text.doubts if one.code in _NEAR_BLANKS]
    doubtful = "有几处拿不准的列在上面，是空白处就把它改写成 X；" if seen else ""
    message = (
        f"“{source.path.name}”里没有找到空白处，没有做成模板。{doubtful}"
        "请在要填的地方写上 X 或【名称】，再运行一次。"
    )
    raise TemplateError(message, tuple(seen))


def _with_names(named: Sequence[_Named], path: Path | None) -> Sequence[_Named]:
    """The model texts with the names that a person wants."""
    if path is None:
        return named
    changes = read_changes(path)
    known = [mark.name for one in named for mark in one.fields.marks]
    refuse_unknown(changes, known, path)
    return [replace(one, fields=renamed(one.fields, changes, path)) for one in named]


def _build(named: _Named, source: Path, folder: Path) -> _Built:
    model, fields = named.model, named.fields
    guide = guide_of(fields.marks, fields.formulas, model.guide)
    content = model.template(fields.marks, guide)
    template = folder / f"{model.stem}{SUFFIX}"
    sheet = folder / sheet_name(model.stem)
    data = sheet_bytes(_opened(content, template.name, source), sheet, wide=False)
    return _Built(named, template, sheet, {template: content, sheet: data})


def _opened(content: bytes, name: str, source: Path) -> Template:
    """The template as merge will see it, before it is written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            return Template.open(path)
        except TemplateError as error:
            message = f"“{source.name}”有地方要先改好，没有做成模板。{error.message}"
            raise TemplateError(message, error.findings) from error


def _in_the_way(built: Sequence[_Built]) -> set[Path]:
    """The files that lie where results go and hold something else."""
    files = (item for one in built for item in one.files.items())
    return {
        path for path, content in files if path.exists() and _differs(path, content)
    }


def _differs(path: Path, content: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != content


def _kept(paths: set[Path]) -> str:
    names = "”“".join(sorted(map(str, paths)))
    return (
        f"“{names}”已经存在，没有覆盖（里面可能有人改过、填过）。只想改名字，"
        "请用 assembler rename；要重新做，请先把它移走，或用 -o 换个文件夹。"
    )


def _is_new(built: _Built) -> bool:
    return any(_differs(path, content) for path, content in built.files.items())


def _adopted(built: _Built, is_new: bool) -> Adopted:  # noqa: FBT001 - as it is stored
    named = built.named
    doubts = [*named.doubts, *named.fields.doubts]
    return Adopted(
        title=named.model.title,
        template=built.template,
        sheet=built.sheet,
        marks=named.fields.marks,
        repairs=tuple(named.model.repairs),
        doubts=of_file(worst_first(doubts), built.template.name),
        is_new=is_new,
    )


def _without_blanks(model: Model) -> Finding:
    return Finding(
        "speech-without-blanks",
        Severity.WARNING,
        f"“{model.title}”里没有空白处，没有做成模板。",
        hint="要做成模板，请在要填的地方写上 X 或【名称】再运行。",
    )
