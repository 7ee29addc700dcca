from __future__ import annotations

import pytest

from assess.core.rules.needed_figures import NeededFigure, asked_of, years_back
from assess.core.rules.sheet import items_of
from tests.builders import Tree, a_sheet, an_item

ENTERED = {"kind": "number"}


def computed(formula: str) -> Tree:
    return {"kind": "number", "from": "formula", "formula": formula}


@pytest.mark.parametrize(
    ("formulas", "asked"),
    [
        ({"panel": "f"}, {("f", 0)}),
        ({"panel": "f - previous(f)"}, {("f", 0), ("f", 1)}),
        ({"panel": "f - previous(f, 3)"}, {("f", 0), ("f", 3)}),
        ({"panel": "previous(g, 2)", "g": "f + previous(f, 3)"}, {("f", 2), ("f", 5)}),
        ({"panel": "previous(g)", "g": "previous(h, 2)", "h": "previous(f)"}, {("f", 4)}),
        ({"panel": "f + previous(panel)"}, {("f", 0), ("f", 1)}),
        ({"panel": "f + previous(panel, 2)"}, {("f", 0), ("f", 2)}),
    ],
)
def test_a_sheet_looks_as_far_back_as_its_formulas_and_those_of_earlier_years_together(
    formulas: dict[str, str], asked: set[tuple[str, int]]
):
    figures = {"f": ENTERED, **{name: computed(formula) for name, formula in formulas.items()}}
    sheet = a_sheet(an_item(), figures=figures)

    assert set(asked_of(next(items_of(sheet.items)), sheet)) == {NeededFigure(*each) for each in asked}
    assert years_back(sheet) == max(1, *(years for _, years in asked))
