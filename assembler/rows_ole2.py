"""The sector chains of a compound file, which .xls is ([MS-CFB] §2.2 to §2.5).

A damaged chain that runs in a circle would keep its reader busy for ever.
"""

import struct

_SECTOR_SHIFT_AT = 30
_MINI_TABLE_AT = 60
_TABLES_AT = 76
_TABLES_IN_HEADER = 109
_NUMBER = struct.Struct("<i")
_SHIFTS = (9, 12)
_UNSEEN, _ON_THE_WAY, _DONE = 0, 1, 2


def is_sound(content: bytes) -> bool:
    """Whether every chain of sectors comes to an end.

    Of a file of more than 7 MB the part that its header lists is looked at.

    Args:
        content: the whole file.
    """
    if len(content) < _TABLES_AT + _TABLES_IN_HEADER * _NUMBER.size:
        return False
    (shift,) = struct.unpack_from("<H", content, _SECTOR_SHIFT_AT)
    if shift not in _SHIFTS:
        return False
    listed = struct.unpack_from(f"<{_TABLES_IN_HEADER}i", content, _TABLES_AT)
    table = _numbers(content, [sector for sector in listed if sector >= 0], shift)
    if _has_circle(table):
        return False
    (start,) = _NUMBER.unpack_from(content, _MINI_TABLE_AT)
    return not _has_circle(_numbers(content, _chain(table, start), shift))


def _numbers(content: bytes, sectors: list[int], shift: int) -> list[int]:
    """What stands in these sectors, as far as the file reaches."""
    numbers: list[int] = []
    for sector in sectors:
        piece = content[(sector + 1) << shift : (sector + 2) << shift]
        whole = piece[: len(piece) // _NUMBER.size * _NUMBER.size]
        numbers.extend(number for (number,) in _NUMBER.iter_unpack(whole))
    return numbers


def _chain(table: list[int], sector: int) -> list[int]:
    chain: list[int] = []
    while 0 <= sector < len(table):
        chain.append(sector)
        sector = table[sector]
    return chain


def _has_circle(table: list[int]) -> bool:
    """Whether following the numbers from some place comes back to it."""
    state = bytearray(len(table))
    for start in range(len(table)):
        way: list[int] = []
        sector = start
        while 0 <= sector < len(table) and state[sector] == _UNSEEN:
            state[sector] = _ON_THE_WAY
            way.append(sector)
            sector = table[sector]
        if 0 <= sector < len(table) and state[sector] == _ON_THE_WAY:
            return True
        for done in way:
            state[done] = _DONE
    return False
