"""Values as the database keeps them become the very columns that they become when they are read as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from assess.core.exact import Column
from assess.core.expressions import TextColumn
from assess.core.figures import FigureTable, from_values
from assess.core.figures.entry import Stored, as_text, stored_column
from assess.core.figures.stored import StoredFigure, from_stored
from assess.core.figures.values import read_column
from assess.core.rules.figure import Figure
from assess.core.scoring.inputs import ScoringInputs
from assess.core.units.objects import UnitObjects
from tests.tables import a_figure, a_sheet, some_units

CHOICES = {"choices": ["II", "III"]}
BY_UNIT = {"from": "unit"}
FIGURES: dict[str, dict[str, Any]] = {
    "number": {"kind": "number"},
    "one_decimal": {"kind": "number", "decimals": "1"},
    "percent": {"kind": "percent", "min": "0", "max": "100"},
    "count": {"kind": "count"},
    "plan": {"kind": "yes-no"},
    "water": {"kind": "choice", **CHOICES},
    "monthly": {"kind": "number", "period": "month", "roll_up": "mean"},
    "classes": {"kind": "choice", "period": "half", "roll_up": "last", **CHOICES},
}
SHEET = a_sheet(
    {
        **{name: {**figure, **BY_UNIT} for name, figure in FIGURES.items()},
        "change": {"kind": "number", "from": "formula", "formula": "number - 1"},
    }
)
UNITS = some_units(u1="建外街道", u2="三里屯街道", u3="望京街道")
LARGEST = 2**63 - 1

millionths = st.one_of(
    st.integers(-LARGEST, LARGEST),
    st.integers(-10, 10_000).map(lambda whole: whole * 1_000_000),
    st.integers(-1000, 1000).map(lambda tenths: tenths * 100_000),
)
words = st.sampled_from(["II", "III", "ⅱ", "IV", "7.5", "是"])
stored_values = st.one_of(
    st.just(Stored()), millionths.map(Stored), words.map(lambda word: Stored(text=word)),
)  # fmt: skip
kept_values = st.tuples(
    st.sampled_from([*UNITS.codes, "gone"]),
    st.sampled_from([*SHEET.figures, "gone"]),
    st.sampled_from(["2026", "2026-01", "2026-02", "2026-H1", "2025", "2025-12", "2025-H2"]),
    stored_values,
).map(lambda parts: StoredFigure(*parts[:3], *parts[3]))


def values_in(column: Column | TextColumn) -> list[Any]:
    """Each value, None where one is missing."""
    if isinstance(column, Column):
        return column.fractions()
    return [None if gone else word for word, gone in zip(column.values, column.missing.tolist(), strict=True)]


def layers_in(table: FigureTable) -> dict[str, list[tuple[str, type, list[Any], list[str]]]]:
    """Every layer of a table with the places that its values came from."""
    return {
        figure: [
            (str(layer.label), type(layer.values), values_in(layer.values), places_in(table, layer.rows.tolist()))
            for layer in layers
        ]
        for figure, layers in table.layers.items()
    }


def places_in(table: FigureTable, rows: Sequence[int]) -> list[str]:
    """Where the value of each unit stands; nothing where it has none."""
    return ["" if row < 0 else str(table.places(row, 0)) for row in rows]


def through_text(values: Sequence[StoredFigure], year: int) -> FigureTable:
    """The figures that the same values make when they are typed."""
    given_texts: dict[str, dict[str, dict[str, str]]] = {}
    for value in values:
        if value.figure in SHEET.figures and value.unit in UNITS.places:
            text = as_text(SHEET.figures[value.figure], *value.value)
            given_texts.setdefault(value.unit, {}).setdefault(value.figure, {})[value.period] = text
    return from_values(SHEET, UNITS, given_texts, "figures", year)[0]


@given(figure=st.sampled_from(list(FIGURES.values())), stored=st.lists(stored_values, min_size=1))
@example(figure=FIGURES["number"], stored=[Stored(LARGEST), Stored(-LARGEST), Stored(-1)])
@example(figure=FIGURES["one_decimal"], stored=[Stored(50_000), Stored(100_000)])
def test_a_kept_column_is_that_which_its_text_makes_and_so_is_what_is_wrong_with_it(
    figure: dict[str, Any], stored: list[Stored]
):
    stated: Figure = a_figure(**figure)

    straight, wrongs = stored_column(stated, stored)
    read, wrongs_of_text = read_column(stated, [as_text(stated, *value) for value in stored])

    assert (type(straight), values_in(straight), wrongs) == (type(read), values_in(read), wrongs_of_text)


@example(
    values=[StoredFigure("u1", "water", "2025", None, "II"), StoredFigure("u2", "water", "2025", 0, None)], year=2025
)
@given(values=st.lists(kept_values, unique_by=lambda value: value[:3]), year=st.sampled_from([2025, 2026]))
def test_kept_figures_are_those_that_their_texts_make(values: list[StoredFigure], year: int):
    values = sorted(values, key=lambda value: value[:3])

    straight, read = from_stored(SHEET, UnitObjects(UNITS), values, "figures", year), through_text(values, year)

    assert layers_in(straight) == layers_in(read)
    assert list(straight.layers) == list(read.layers)
    assert digest_of(straight) == digest_of(read)


def digest_of(figures: FigureTable) -> str:
    """The digest of a scoring that stands on these figures."""
    return ScoringInputs(SHEET, UNITS, figures).digest


def test_plain_columns_are_as_narrow_as_those_of_text():
    column, _ = stored_column(a_figure(), [Stored(1_500_000), Stored(), Stored(20_000_000)])
    assert isinstance(column, Column)

    assert (column.numerators.tolist(), column.denominators) == ([15, 0, 200], 10)
    assert column.numerators.dtype == np.int64
