from __future__ import annotations

import pytest

from assess.core.completeness import CellState, Entered, demands_of, matrix_of, state_of
from assess.core.exemptions import ApprovedExemption, Exemptions
from assess.core.sources import StatedFigure
from tests.demonstration import year_2026

CERTIFIED, ENTERED, RETURNED, DRAFT, PART, MISSING, NOT_APPLICABLE = CellState


def demands(exempt: str | None = None):
    """What the shipped sheet asks; the first unit may be exempt from an item."""
    inputs = year_2026().inputs
    entries = {} if exempt is None else {exempt: {0: ApprovedExemption("停业", "王芳", StatedFigure("test"))}}
    return demands_of(inputs.sheet, inputs.units, Exemptions(inputs.units, entries))


def asked(figure: str):
    return next(each for each in demands().asked if each.figure == figure)


def test_figures_are_asked_of_whom_the_sheet_names_for_each_period():
    found = {each.figure: (each.section, each.supplier, each.periods) for each in demands().asked}

    assert (found["catering_cleaned"], found["pm25"], found["new_green"]) == (
        ("air", "unit", 2),
        ("air", "ecology-bureau", 12),
        ("ecology", "unit", 1),
    )
    assert not {"tasks_progress", "findings_overdue", "pm25_change"} & found.keys()


def test_a_figure_applies_where_an_item_that_rests_on_it_does():
    year, whole = year_2026(), demands()
    row = [each.figure for each in whole.asked].index("outfalls_done")

    assert whole.applies[row].tolist() == [
        bool(value) for value in year.inputs.units.attribute("has_river").fractions()
    ]


def test_a_figure_of_an_exempted_item_is_not_asked_of_that_unit():
    whole = demands(exempt="ecology.new-green")
    row = [each.figure for each in whole.asked].index("new_green")

    assert whole.applies[row].tolist() == [False] + [True] * 42


@pytest.mark.parametrize(
    ("entered", "state"),
    [
        (Entered(), MISSING),
        (Entered(drafted=1), PART),
        (Entered(drafted=2), DRAFT),
        (Entered(reported=1), PART),
        (Entered(reported=2), ENTERED),
        (Entered(reported=1, certified=1), ENTERED),
        (Entered(certified=2), CERTIFIED),
        (Entered(certified=1, whole_year=True), CERTIFIED),
        (Entered(returned=1, reported=1), RETURNED),
    ],
)
def test_a_figure_of_two_periods_has_come_as_far_as_its_values(entered: Entered, state: CellState):
    assert state_of(asked("catering_cleaned"), entered) is state


def test_the_matrix_counts_units_and_figures_that_are_done():
    units = year_2026().inputs.units
    code = units.codes[0]

    matrix = matrix_of(
        demands(), units, {(code, "new_green"): Entered(reported=1)}, frozenset({"new_green", "outfalls_done"})
    )

    assert [each.figure for each in matrix.asked] == ["outfalls_done", "new_green"]
    assert matrix.rows[0].states == (MISSING, ENTERED)
    assert (matrix.rows[0].done, matrix.rows[0].needed, matrix.rows[0].is_complete, matrix.rows[0].has_started) == (
        1,
        2,
        False,
        True,
    )
    assert matrix.done_by_figure[1] == (1, 43)
