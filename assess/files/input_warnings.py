"""Warnings of a rule sheet and of the units and figures beside it, at their places in the files and in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assess.core.figures import FigureTable, empty
from assess.core.naming import folded
from assess.core.scoring.inputs import ScoringInputs
from assess.core.sources import Source, TextPosition, WorkbookCell
from assess.core.tables import Table
from assess.core.units.unit_list import CODE, Units
from assess.core.warnings import (
    CodedWarning,
    empty_figures,
    groups_without_units,
    missing_titles,
    units_without_group,
)
from assess.files.rule_sheets import LoadedSheet
from assess.files.workbooks.cells import cell_at


class ListedUnits(NamedTuple):
    """The units of a file, and where each stands in it."""

    units: Units
    places: Mapping[str, Source]


def warnings_of(loaded: LoadedSheet, listed: ListedUnits | None, figures: FigureTable | None) -> list[CodedWarning]:
    """Every warning of a sheet without flaws, of its units and its figures as far as they are known.

    Sorted by file (sheet, units), line, column and code.
    """
    found = [*missing_titles(loaded.sheet)]
    of_units: list[CodedWarning] = []
    if listed is not None:
        inputs = ScoringInputs(loaded.sheet, listed.units, figures or no_figures(loaded, listed.units))
        found += [each for _, each in groups_without_units(inputs)]
        if figures is not None:
            found += [each for _, each in empty_figures(inputs)]
        of_units = [each.at(listed.places[listed.units.codes[unit]]) for unit, each in units_without_group(inputs)]
    return [*in_order(each.at(loaded.begun(path_of(each))) for each in found), *in_order(of_units)]


def no_figures(loaded: LoadedSheet, units: Units) -> FigureTable:
    """A table of figures that holds none."""
    return empty(loaded.sheet, units)


def path_of(warning: CodedWarning) -> tuple[str | int, ...]:
    """The path in the sheet that a warning names."""
    assert type(warning.where) is tuple
    return warning.where


def in_order(warnings: Iterable[CodedWarning]) -> list[CodedWarning]:
    """Warnings of one file by line, column and code; those of a workbook tab by tab."""
    return sorted(warnings, key=lambda each: (*place_of(each.where), each.code))


def place_of(where: Source | tuple[str | int, ...]) -> tuple[str, int, int]:
    """Tab, line and column."""
    if isinstance(where, WorkbookCell):
        return (where.sheet, *cell_at(where.cell)) if where.cell else (where.sheet, 0, 0)
    return ("", where.line, where.column) if isinstance(where, TextPosition) else ("", 0, 0)


def places_of(table: Table) -> dict[str, Source]:
    """Where the code of each unit stands, by the code."""
    column = table.column_called(CODE)
    if column is None:
        return {}
    found: dict[str, Source] = {}
    seen: set[str] = set()
    for row, code in enumerate(table.columns[column]):
        if code and folded(code) not in seen:
            seen.add(folded(code))
            found[code] = table.places(row, column)
    return found
