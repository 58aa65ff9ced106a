"""What adopt is given: a text or a Word document, told apart by its first bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assembler.adopt_model import Model
from assembler.adopt_text import read_article
from assembler.adopt_word import read_document
from assembler.errors import TemplateError
from assembler.package import parse_package
from assembler.textfile import (
    OLE2,
    ZIP,
    EncodingError,
    foreign_thing,
    is_markup,
    read_text,
)
from assembler.unreadable import Wanted, why_unreadable

_FIRST_BYTES = 1024
_MODEL_TEXT = Wanted("范文", "文件", (".txt", ".docx", ".md"))
_WORKBOOK = "Workbook".encode("utf-16-le")
_AS_TEXT = "请把里面的文字复制出来，存成 .txt 再运行。"


@dataclass(frozen=True, slots=True)
class ModelSource:
    """A file with model texts in it.

    Attributes:
        path: the file.
        described: what it is, for people: GB18030 编码的文字.
        models: its model texts, in order.
    """

    path: Path
    described: str
    models: Sequence[Model]

    @property
    def steps(self) -> int:
        """How many paragraphs there are to go through."""
        return sum(len(model.paragraphs) for model in self.models)


def open_source(path: Path, *, repair: bool) -> ModelSource:
    """Read a file with one or more model texts.

    Args:
        path: a text in any encoding, or a .docx.
        repair: whether to repair what copying broke.

    Raises:
        TemplateError: it is not there, empty, or neither text nor .docx.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(_FIRST_BYTES)
        if start.startswith(ZIP):
            document = read_document(path.read_bytes(), path, repair=repair)
            return ModelSource(path, "Word 文档", [document])
        _refuse_foreign(path, start)
        text = read_text(path)
    except EncodingError as error:
        message = (
            f"“{path.name}”不是文字稿：里面的字节不成文字，多半是程序、图片一类的文件。"
            "请核对文件，范文要是 .txt 或 .docx。"
        )
        raise TemplateError(message) from error
    except OSError as error:
        raise TemplateError(why_unreadable(path, error, _MODEL_TEXT)) from error
    if not text.text.strip():
        message = (
            f"“{path.name}”是空的，里面没有文字。请核对文件，或者先把范文粘贴进去。"
        )
        raise TemplateError(message)
    article = read_article(text.text, path, repair=repair)
    return ModelSource(path, f"{text.described} 编码的文字", article.models)


def _refuse_foreign(path: Path, start: bytes) -> None:
    """Raise an error for a file that is known to be something else."""
    if start.startswith(OLE2):
        content = path.read_bytes()
        if _WORKBOOK in content:
            message = (
                f"“{path.name}”是 Excel 表格，不是范文。请给出 .txt 或 .docx 文件。"
            )
            raise TemplateError(message)
        parse_package(content, path.name)
    if thing := foreign_thing(start):
        message = f"“{path.name}”是{thing}，不是文字稿。{_AS_TEXT}"
        raise TemplateError(message)
    if is_markup(start):
        message = (
            f"“{path.name}”里面是网页代码，不是文字。"
            "请在浏览器里打开网页，选中正文复制出来，存成 .txt 再运行。"
        )
        raise TemplateError(message)
