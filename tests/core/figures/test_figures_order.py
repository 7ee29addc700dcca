"""A table of figures says the same in whatever order and shape it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assess.core.figures import FigureTable, read_figures
from assess.core.units.unit_list import UnitNames
from tests.tables import a_sheet, a_table, some_units

MONTHLY = {"kind": "number", "from": "unit", "period": "month"}
SHEET = a_sheet(
    {
        "pm25": {"kind": "number", "from": "unit"},
        "mean": {**MONTHLY, "roll_up": "mean"},
        "sum": {**MONTHLY, "roll_up": "sum"},
        "last": {**MONTHLY, "roll_up": "last"},
    }
)
UNITS = some_units(u1="建外街道", u2="三里屯街道", u3="望京街道")


def read(*lines: str) -> FigureTable:
    """The figures of a flawless table."""
    figures, flaws = read_figures(SHEET, UNITS, UnitNames(UNITS), a_table(*lines), 2026)
    assert flaws == []
    return figures


cells = st.one_of(st.just(""), st.integers(0, 999).map(str), st.decimals(0, 99, places=1).map(str))
tables = st.dictionaries(
    st.tuples(st.sampled_from(["u1", "u2", "u3"]), st.sampled_from(["", "2026-01", "2026-12"])),
    st.fixed_dictionaries({}, optional={"pm25": cells, "mean": cells, "sum": cells, "last": cells}),
)


def consistent(table: Mapping[tuple[str, str], Mapping[str, str]]) -> list[tuple[str, str, str, str]]:
    """The values of a table that contradict no other: yearly figures by the year, monthly ones all by the month."""
    return [
        (unit, figure, period, text)
        for (unit, period), row in table.items()
        for figure, text in row.items()
        if text and (figure == "pm25") == (not period)
    ]


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing_and_long_equals_wide(table: Any, chance: Any) -> None:
    entries = consistent(table)
    figures = sorted({figure for _, figure, _, _ in entries})
    long = [",".join(entry) for entry in entries]
    chance.shuffle(long)
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for unit, figure, period, text in entries:
        rows.setdefault((unit, period), {})[figure] = text
    wide = [",".join([unit, period, *(row.get(each, "") for each in figures)]) for (unit, period), row in rows.items()]
    chance.shuffle(figures)
    turned = [
        ",".join([*(row.get(each, "") for each in figures), period, unit]) for (unit, period), row in rows.items()
    ]
    chance.shuffle(turned)

    said = read("unit,figure,period,value", *long)
    assert read(",".join(["unit", "period", *sorted(figures)]), *wide).canonical() == said.canonical()
    assert read(",".join([*figures, "period", "unit"]), *turned).canonical() == said.canonical()
