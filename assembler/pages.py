"""How many pages a PDF has."""

import re
import zlib

_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b.*?stream\r?\n(.*?)endstream", re.DOTALL)


def page_count(pdf: bytes) -> int:
    """The pages of a PDF.

    Args:
        pdf: the file. Newer writers pack the objects that name pages into compressed
            streams (ISO 32000-1, 7.5.7).
    """
    count = len(_PAGE.findall(pdf))
    for packed in _OBJECTS.findall(pdf):
        try:
            count += len(_PAGE.findall(zlib.decompress(packed)))
        except zlib.error:
            continue
    return count
