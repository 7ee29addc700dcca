"""What a year is made of: the documents of `rules/`, for as many units as are asked for."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Collection, Iterable
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Final

from assess.cli.demonstration.invented import RULES, Row, invented_figures, invented_units
from assess.services.documents import UploadedFile, document_of

REAL: Final = 43
"""So many streets and townships the district has."""
COMPARED: Final = frozenset({"pm25", "tsp", "energy_intensity", "orders"})
"""The figures that a sheet compares with the year before."""

BOUND: Final = re.compile(r"applies_to: (\[.*\])")
NOBODY: Final = "townships"

Key = tuple[str, str, str]
"""Unit, figure and period, "" for the whole year."""
Values = dict[Key, str]


class Material:
    """The documents and invented figures of one year: the real units first, then invented ones beyond them."""

    def __init__(self, year: int, units: int = REAL) -> None:
        self.year = year
        self.folder = RULES / f"chaoyang-{year}"
        with (self.folder / "units.csv").open(encoding="utf-8", newline="") as file:
            real: list[Row] = list(csv.DictReader(file))
        self.real = real[:units]
        invented = invented_units(real, max(0, units - REAL))
        self.invented = [row for row, _ in invented]
        self.patterns = {row["unit"]: pattern for row, pattern in invented}

    @property
    def codes(self) -> list[str]:
        """The codes of all units in their order."""
        return [row["unit"] for row in (*self.real, *self.invented)]

    @property
    def sheet_file(self) -> Path:
        """Where the rule sheet lies."""
        return self.folder / "rule-sheet.yaml"

    @property
    def sheet(self) -> UploadedFile:
        """The rule sheet."""
        return document_of(self.sheet_file)

    @cached_property
    def tasks(self) -> UploadedFile:
        """The task list, whose tasks of single units bind those that are there."""
        text = (self.folder / "tasks.yaml").read_text(encoding="utf-8")
        return UploadedFile("tasks.yaml", BOUND.sub(self.bound, text).encode())

    def bound(self, found: re.Match[str]) -> str:
        """The units that a task of single units binds; a group that has none of them where none is there."""
        wanted = set(re.findall(r"[0-9]+", found[1]))
        codes = [code for code in self.codes if self.patterns.get(code, code) in wanted]
        return f"applies_to: {json.dumps(codes) if codes else NOBODY}"

    @property
    def units(self) -> UploadedFile:
        """The list of units."""
        rows = [*self.real, *self.invented]
        return UploadedFile("units.csv", table((rows[0], *(row.values() for row in rows))))

    @cached_property
    def figures(self) -> Values:
        """The figures of the year."""
        return self.figures_in("figures.csv", self.year)

    @property
    def figures_file(self) -> UploadedFile:
        """The figures of the year as a file."""
        return long_table("figures.csv", self.figures)

    def figures_before(self, known: Collection[str]) -> UploadedFile:
        """Those figures of the year before that are known to a sheet, as far as they were drawn."""
        before = self.year - 1
        full = RULES / f"chaoyang-{before}" / "figures.csv"
        values = self.figures_in(full if full.exists() else f"figures-{before}.csv", before)
        return long_table(f"figures-{before}.csv", {key: text for key, text in values.items() if key[1] in known})

    def figures_in(self, name: str | Path, year: int) -> Values:
        """The figures of a file, and those drawn for the invented units."""
        wanted = {row["unit"] for row in self.real}
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            rows = [tuple(row) for row in csv.reader(file) if row[0] in wanted]
        drawn = invented_figures(self.tasks.data.decode(), self.invented, year)
        return {(unit, figure, period): value for unit, figure, period, value in (*rows, *drawn)}

    def values_of(self, figures: Iterable[str], units: Iterable[str]) -> Values:
        """Some figures of some units, in the order of the file."""
        wanted, theirs = set(units), set(figures)
        return {key: value for key, value in self.figures.items() if key[0] in wanted and key[1] in theirs}


def long_table(name: str, values: Values) -> UploadedFile:
    """Figures as a file."""
    return UploadedFile(
        name, table([("unit", "figure", "period", "value"), *((*key, text) for key, text in values.items())])
    )


def table(rows: Iterable[Iterable[str]]) -> bytes:
    """A CSV file."""
    target = StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue().encode()
