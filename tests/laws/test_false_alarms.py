"""No alarm over rows that satisfy every rule of layouts.md."""

from itertools import islice

from assembler.agreement import disagreements, settle_doubts
from assembler.reading import read
from tests.consistent_rows import (
    FORMULAS,
    KINDS,
    RELATIONS,
    consistent_rows,
    understood,
)


def test_no_rule_raises_a_false_alarm_over_ten_thousand_consistent_rows() -> None:
    for row in islice(consistent_rows(2022), 10_000):
        figures, refusals = understood(row)
        assert refusals == [], row
        assert list(disagreements(FORMULAS, RELATIONS, figures)) == [], row


def test_no_cell_of_a_consistent_row_is_a_finding_once_formulas_settle_doubts() -> None:
    for row in islice(consistent_rows(31), 1_000):
        for name, text in row.items():
            kind, unit = KINDS[name]
            findings = read(text, kind, unit, field=name).findings
            if name in FORMULAS:
                findings = settle_doubts(findings, None)
            assert findings == (), (name, text)
