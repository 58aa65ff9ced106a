"""Syllables as figures are read out, characters as Word counts them."""

import pytest

from assembler.spoken import Length, characters, syllables

SPOKEN = [
    ("同志们：", 3, "marks are not spoken"),
    ("68.3%", 8, "百分之六十八点三"),
    ("2025年", 5, "二零二五年"),
    ("1—10月", 4, "一至十月"),
    ("12.6亿元", 6, "十二点六亿元"),
    ("120个", 5, "一百二十个"),
    ("3,456.78万元", 12, "三千四百五十六点七八万元"),
    ("8:30", 5, "八点三十分"),
    ("9:00", 2, "九点"),
    ("第7位", 3, "第七位"),
    ("05号楼", 4, "零五号楼"),
    ("13800001111", 11, "digit by digit"),
    ("GDP增长5%", 9, "G D P 增长百分之五"),
    ("30%～40%", 11, "百分之三十至百分之四十"),
    ("Windows", 2, "a vowel a syllable"),
    ("二〇二五年", 5, "hanzi one each"),
    ("25℃", 6, "二十五摄氏度"),
    ("", 0, "nothing"),
]


@pytest.mark.parametrize(("text", "count", "read"), SPOKEN)
def test_figures_are_counted_as_they_are_read_out(
    text: str, count: int, read: str
) -> None:
    assert syllables(text) == count, read


@pytest.mark.parametrize(
    ("text", "count"),
    [("同志们：", 4), ("增长68.3%。", 4), ("GDP 2025", 2), ("  \n", 0), ("“好”", 3)],
)
def test_a_number_counts_as_one_character(text: str, count: int) -> None:
    assert characters(text) == count


def test_a_speech_of_1800_syllables_takes_ten_minutes() -> None:
    assert Length(1900, 1800).minutes == 10
    assert Length(1, 1).minutes == 1
