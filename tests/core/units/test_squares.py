"""Two optional columns of the list of units place each unit on a map of squares."""

from __future__ import annotations

import pytest

from assess.core.tables import given_table
from assess.core.units.squares import Square, squares_of
from assess.core.units.unit_list import Units, read_units


def read(headings: list[str], *rows: list[str]) -> tuple[Units, list[str]]:
    """A list of units, and its flaws in English."""
    units, flaws = read_units(given_table(headings, rows, "a test", [row[0] for row in rows]))
    return units, [flaw.localized("en") for flaw in flaws]


@pytest.mark.parametrize("headings", [("map_row", "map_column"), ("地图行", "地图列")])
def test_units_stand_on_the_squares_that_the_list_names(headings: tuple[str, str]):
    units, flaws = read(["unit", *headings], ["a", "1", "1"], ["b", "2", "1"], ["c", "", ""])

    assert flaws == []
    assert squares_of(units.codes, units.attributes) == {"a": Square(1, 1), "b": Square(2, 1)}


def test_a_list_without_the_columns_has_no_squares_and_says_nothing_of_them():
    units, flaws = read(["unit", "kind"], ["a", "street"])

    assert (squares_of(units.codes, units.attributes), flaws) == ({}, [])
    assert units.canonical()["attributes"] == {"kind": ["street"], "unit": ["a"]}


def test_what_is_no_square_and_a_square_that_is_taken_are_flaws():
    rows = (["a", "1", "1"], ["b", "1", "1"], ["c", "0", "2"], ["d", "2", ""], ["e", "x", "3"])
    _, flaws = read(["unit", "map_row", "map_column"], *rows)

    assert len(flaws) == 4
    assert "Another unit is in row 1, column 1 of the map." in flaws[0]
    assert all("must both be whole numbers from 1 to 40" in flaw for flaw in flaws[1:])
