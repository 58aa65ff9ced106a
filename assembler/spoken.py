"""How long a speech takes: its syllables as they are spoken, its characters.

Figures are read out: 68.3% is 百分之六十八点三, eight syllables, 2025年 five. At 180 a
minute, the usual pace of a speech; from 150 to 200 is common.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from assembler.numerals import to_chinese

PACE = 180
_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_YEAR = r"(?<!\d)\d{4}(?=年)"
_PERCENT = rf"({_NUMBER})\s*[%％‰]"
_RANGE = r"(?<=[\d月日年%])[—～~\-](?=\d)"
_TIME = r"(?<!\d)(\d{1,2})[:：](\d{2})(?!\d)"
_SIGNS = {"℃": 3, "㎡": 3, "%": 3, "％": 3, "‰": 3, "+": 1, "×": 1, "=": 2, "＝": 2}
_HANZI = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff〇]")
_VOWELS = re.compile("[aeiouy]+")
_WORD = re.compile("[A-Za-z]+")
# Longer ones are codes and telephone numbers, read digit by digit.
_LONGEST_NUMBER = 8
# What Word counts as one: a mark or hanzi, or a run of letters and digits.
_COUNTED = re.compile(r"[A-Za-z0-9.,%:/\-]+|[^\sA-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Length:
    """How long a speech is.

    Attributes:
        characters: of all its text, as Word counts 字数.
        syllables: of what is spoken.
    """

    characters: int
    syllables: int

    @property
    def minutes(self) -> int:
        """Minutes at `PACE`, at least one."""
        return max(1, round(self.syllables / PACE))


def characters(text: str) -> int:
    """The characters of a text as Word counts 字数: a number or Latin word as one."""
    return len(_COUNTED.findall(text))


def syllables(text: str) -> int:
    """The syllables of a text as it is read out."""
    count = 0
    for pattern, spoken in (
        (_RANGE, _one),
        (_YEAR, _digits),
        (_TIME, _time),
        (_PERCENT, _percent),
        (_NUMBER, _number),
    ):
        count += sum(spoken(found) for found in re.finditer(pattern, text))
        text = re.sub(pattern, " ", text)
    count += sum(_word(found) for found in _WORD.findall(text))
    count += sum(_SIGNS.get(character, 0) for character in text)
    return count + len(_HANZI.findall(text))


def _one(_: "re.Match[str]") -> int:
    return 1


def _digits(found: "re.Match[str]") -> int:
    return len(found.group())


def _time(found: "re.Match[str]") -> int:
    """8:30 is 八点三十分, 9:00 九点."""
    hour, minute = found.groups()
    after = _spoken(minute) + 1 if int(minute) else 0
    return _spoken(hour) + 1 + after


def _percent(found: "re.Match[str]") -> int:
    return len("百分之") + _spoken(found[1])


def _number(found: "re.Match[str]") -> int:
    return _spoken(found.group())


def _spoken(number: str) -> int:
    plain = number.replace(",", "")
    whole = plain.partition(".")[0]
    is_code = len(whole) > _LONGEST_NUMBER or (whole[0] == "0" and len(whole) > 1)
    if is_code:
        return len(plain)
    return len(to_chinese(Decimal(plain)))


def _word(word: str) -> int:
    """Capitals are spelt (GDP), other words have a syllable a vowel."""
    if word.isupper():
        return len(word)
    return max(1, len(_VOWELS.findall(word.lower())))
