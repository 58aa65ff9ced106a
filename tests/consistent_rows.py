"""Rows that satisfy layouts.md, made at random, and its rules written out twice.

`FORMULAS` and `RELATIONS` are the rules as a guide holds them. `broken_rules` says the
same in plain arithmetic of its own, so that the laws hold the one against the other.
"""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random

from assembler.evaluation import Quantity
from assembler.figures import Figure, Kind
from assembler.findings import Finding
from assembler.formulas import parse_formula, parse_relation
from assembler.reading import read
from assembler.tenths import nearest_share, word_share

Row = Mapping[str, str]

WHOLE = 100
CLASSES = ("超进度数", "达进度数", "不作评估数", "欠进度数")
TOUR = ("拟拉练项目数", "拉练不作评估数", "拉练欠进度数")
STARTED = ("已开工数", "应开工未开工数")
COUNTS = ("重点项目数", "子项目数", *STARTED, *CLASSES, *TOUR)
SHARES = {
    "开工率": ("已开工数", "子项目数"),
    "应开工未开工占比": ("应开工未开工数", "子项目数"),
    "超进度占比": ("超进度数", "子项目数"),
    "达进度占比": ("达进度数", "子项目数"),
    "欠进度占比": ("欠进度数", "子项目数"),
    "占上年全年比": ("今年前十月投资", "上年全年投资"),
    "占年度计划比": ("今年前十月投资", "年度计划投资"),
}
AMOUNTS = ("上年全年投资", "今年前十月投资", "年度计划投资", "投资差距")

KINDS: dict[str, tuple[Kind, str | None]] = {
    **dict.fromkeys(COUNTS, (Kind.COUNT, "个")),
    **dict.fromkeys(SHARES, (Kind.PERCENT, "%")),
    **dict.fromkeys(AMOUNTS, (Kind.AMOUNT, "亿元")),
    "欠进度约占几成": (Kind.TENTHS, None),
    "固投月份": (Kind.MONTH, "月"),
}
FORMULAS = {
    **{
        field: parse_formula(f"{part} / {whole}", field)
        for field, (part, whole) in SHARES.items()
    },
    "投资差距": parse_formula("上年全年投资 - 今年前十月投资", "投资差距"),
}
RELATIONS = tuple(
    (parse_relation(text), False)
    for text in (
        "超进度数 + 达进度数 + 不作评估数 + 欠进度数 = 子项目数",
        "拉练欠进度数 <= 拟拉练项目数 - 拉练不作评估数",
        "拟拉练项目数 <= 子项目数",
        "已开工数 + 应开工未开工数 <= 子项目数",
        "重点项目数 <= 子项目数",
        "固投月份 = 10",
        "欠进度占比 接近 欠进度约占几成",
    )
)


def consistent_rows(seed: int) -> Iterator[dict[str, str]]:
    """Rows without end that satisfy every rule, figures as an office writes them."""
    random = Random(seed)  # noqa: S311  (a seeded row is no secret)
    while True:
        row = _row(random)
        # What a speaker may say of the share, 接近…, is not free to choose.
        if not broken_rules(row):
            yield row


def consistent_row(seed: int) -> dict[str, str]:
    """One such row."""
    return next(consistent_rows(seed))


def _row(random: Random) -> dict[str, str]:
    total = random.randint(4, 900)
    counts = _counts(random, total)
    amounts = _amounts(random)
    numbers: dict[str, int | Decimal] = {**counts, **amounts}
    row = {name: f"{value}" for name, value in numbers.items()}
    decimals = random.choice((0, 1, 1, 1, 2))
    for field, (part, whole) in SHARES.items():
        share = Fraction(numbers[part]) / Fraction(numbers[whole]) * 100
        row[field] = f"{half_up(share, decimals)}{random.choice(('', '%', '％'))}"
    row["欠进度约占几成"] = _said(Fraction(counts["欠进度数"], total))
    row["固投月份"] = "10"
    return row


def _counts(random: Random, total: int) -> dict[str, int]:
    cuts = sorted(random.randint(0, total) for _ in CLASSES[1:])
    bounds = (0, *cuts, total)
    classes = [high - low for low, high in pairwise(bounds)]
    started = random.randint(0, total)
    tour = random.randint(0, total)
    skipped = random.randint(0, tour)
    return {
        "子项目数": total,
        "重点项目数": random.randint(1, total),
        "已开工数": started,
        "应开工未开工数": random.randint(0, total - started),
        **dict(zip(CLASSES, classes, strict=True)),
        "拟拉练项目数": tour,
        "拉练不作评估数": skipped,
        "拉练欠进度数": random.randint(0, tour - skipped),
    }


def _amounts(random: Random) -> dict[str, Decimal]:
    decimals = random.choice((0, 1, 1, 2))
    unit = Decimal(1).scaleb(-decimals)
    before = random.randint(1, 9999)
    now = random.randint(0, before)
    plan = random.randint(max(now, 1), 12000)
    return {
        "上年全年投资": before * unit,
        "今年前十月投资": now * unit,
        "年度计划投资": plan * unit,
        "投资差距": (before - now) * unit,
    }


def _said(share: Fraction) -> str:
    """A part to say 接近 of: the next one that is not below the share."""
    said = [Fraction(tens, 20) for tens in range(1, 20)] + [nearest_share(share)]
    return word_share(min((s for s in said if s >= share), default=Fraction(19, 20)))


def half_up(value: Fraction, decimals: int) -> Decimal:
    """Rounded by the decimal module, a way of its own."""
    quotient = Decimal(value.numerator) / Decimal(value.denominator)
    return quotient.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(text: str) -> Decimal:
    return Decimal(text.rstrip("%％"))


def broken_rules(row: Row) -> set[str]:
    """The rules of layouts.md that a row breaks, by the field they are listed under."""
    n = {name: number(text) for name, text in row.items() if name != "欠进度约占几成"}
    broken = {
        field
        for field, (part, whole) in SHARES.items()
        if n[whole] == 0
        or half_up(Fraction(n[part]) / Fraction(n[whole]) * 100, _places(n[field]))
        != n[field]
    }
    gap = Fraction(n["上年全年投资"] - n["今年前十月投资"])
    if half_up(gap, _places(n["投资差距"])) != n["投资差距"]:
        broken.add("投资差距")
    broken |= {field for field in SHARES if not 0 <= n[field] <= WHOLE}
    return broken | _broken_relations(n, row["欠进度约占几成"])


def _broken_relations(n: Mapping[str, Decimal], said: str) -> set[str]:
    gap = share_of(said) - Fraction(n["欠进度占比"]) / 100
    holds = {
        "子项目数=": sum(n[name] for name in CLASSES) == n["子项目数"],
        "拉练欠进度数": n["拉练欠进度数"] <= n["拟拉练项目数"] - n["拉练不作评估数"],
        "拟拉练项目数": n["拟拉练项目数"] <= n["子项目数"],
        "已开工数": n["已开工数"] + n["应开工未开工数"] <= n["子项目数"],
        "重点项目数": n["重点项目数"] <= n["子项目数"],
        "固投月份": n["固投月份"] == 10,
        "欠进度约占几成": 0 <= gap <= Fraction(5, 100),
    }
    return {name for name, does_hold in holds.items() if not does_hold}


_SAID = {
    "一半": Fraction(1, 2),
    "三分之一": Fraction(1, 3),
    "三分之二": Fraction(2, 3),
    "四分之一": Fraction(1, 4),
    "四分之三": Fraction(3, 4),
    "5%": Fraction(1, 20),
}
_SAID |= {
    f"{digit}成{half}": Fraction(2 * tens + (half == "五"), 20)
    for tens, digit in enumerate("一二三四五六七八九", start=1)
    for half in ("", "五")
}


def share_of(said: str) -> Fraction:
    return _SAID[said]


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return -exponent


def understood(row: Row) -> tuple[dict[str, Quantity], list[Finding]]:
    """The row's figures as the program reads them, and why cells give none."""
    figures, refusals = dict[str, Quantity](), list[Finding]()
    for name, text in row.items():
        kind, unit = KINDS[name]
        reading = read(text, kind, unit, field=name)
        if isinstance(reading.value, Figure):
            figures[name] = Quantity.of(reading.value, kind, unit)
        else:
            refusals.extend(reading.findings)
    return figures, refusals
