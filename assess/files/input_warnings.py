"""Warnings of a rule sheet and of the units and figures beside it, at their places in the files and in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from assess.core.examples import Example
from assess.core.figures import FigureTable, empty
from assess.core.naming import folded
from assess.core.scoring.inputs import ScoringInputs
from assess.core.sources import Source, TextPosition, WorkbookCell
from assess.core.tables import Table
from assess.core.units.objects import HEADINGS
from assess.core.units.unit_list import CODE, Units
from assess.core.warnings import (
    CodedWarning,
    empty_figures,
    fractions_in_figures,
    groups_without_units,
    not_exemplified,
    sheet_warnings,
    units_without_group,
    unused_objects,
)
from assess.files.rule_sheets import LoadedSheet
from assess.files.workbooks.cells import cell_at

NO_OBJECTS: Final[Mapping[str, Source]] = {}


class ListedUnits(NamedTuple):
    """The units of a file and where each stands in it, and of a list of objects where each kind stands first."""

    units: Units
    places: Mapping[str, Source]
    object_kinds: Mapping[str, Source] = NO_OBJECTS


AT_VALUES: Final = frozenset({"constant-condition", "rate-is-a-share"})
"""The codes that are said of an expression and not of its key."""


def warnings_of(
    loaded: LoadedSheet, listed: ListedUnits | None, figures: FigureTable | None, examples: Iterable[Example] = ()
) -> list[CodedWarning]:
    """Every warning of a sheet without flaws, of its units, its figures and its examples as far as they are known.

    Sorted by file (sheet, units, objects, figures), line, column and code.
    """
    sheet = loaded.sheet
    found = [*sheet_warnings(sheet, loaded.tree), *not_exemplified(sheet, examples)]
    of_units: list[CodedWarning] = []
    of_objects: list[CodedWarning] = []
    of_figures: list[CodedWarning] = []
    if listed is not None:
        inputs = ScoringInputs(sheet, listed.units, figures or no_figures(loaded, listed.units))
        found += [each for _, each in groups_without_units(inputs)]
        of_units = [each.at(listed.places[listed.units.codes[unit]]) for unit, each in units_without_group(inputs)]
        of_objects = [each.at(listed.object_kinds[kind]) for kind, each in unused_objects(sheet, listed.object_kinds)]
        if figures is not None:
            found += [each for _, each in empty_figures(inputs)]
            of_figures = [*fractions_in_figures(sheet, figures)]
    located = (each.at(place_in_sheet(each, loaded)) for each in found)
    return [*in_order(located), *in_order(of_units), *in_order(of_objects), *in_order(of_figures)]


def place_in_sheet(warning: CodedWarning, loaded: LoadedSheet) -> Source:
    """Where in the sheet a warning belongs: an expression, a key, or the beginning of a thing."""
    path = path_of(warning)
    return loaded.place(path) if warning.code in AT_VALUES else loaded.begun(path)


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


def kinds_in(table: Table) -> dict[str, Source]:
    """Where each kind of a list of objects stands first."""
    column = table.column_called(HEADINGS["kind"])
    texts = [] if column is None else table.columns[column]
    first = {text: row for row, text in reversed([*enumerate(texts)]) if text}
    return {kind: table.places(row, column or 0) for kind, row in first.items()}
