"""What a scoring reads from files; every flaw of every file is told at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assess.core.exemptions import HEADINGS as EXEMPTION_HEADINGS
from assess.core.exemptions import Exemptions, read_exemptions
from assess.core.figures import FigureTable, read_figures
from assess.core.flaws import Flaw, ValidationError
from assess.core.previous import PreviousResults
from assess.core.rules.sheet import RuleSheet
from assess.core.scoring.inputs import ScoringInputs
from assess.core.scoring.judging import judged_flaws
from assess.core.sources import Source
from assess.core.tables import Table
from assess.core.units.unit_list import CODE, UNIT, UnitNames, Units, no_units, read_units
from assess.core.warnings import CodedWarning
from assess.files.input_warnings import ListedUnits, places_of, warnings_of
from assess.files.previous_results import read_previous_results_file
from assess.files.rule_sheets import LoadedSheet, load_sheet
from assess.files.tables import read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The files of one scoring, or of the evidence of one department, which may do without figures."""

    rules: Path
    units: Path
    figures: Path | None = None
    previous: Path | None = None
    previous_results: Path | None = None
    exemptions: Path | None = None

    def named(self) -> tuple[Path, ...]:
        """All files that were named."""
        every = (self.rules, self.units, self.figures, self.previous, self.previous_results, self.exemptions)
        return tuple(path for path in every if path is not None)


def read_inputs(paths: Paths) -> ScoringInputs:
    """Everything a scoring stands on.

    Raises:
        ValidationError: with all flaws of all files that could be looked at.
    """
    return read_with_warnings(paths)[0]


def read_with_warnings(paths: Paths) -> tuple[ScoringInputs, list[CodedWarning]]:
    """Everything a scoring stands on, and what of it was most likely not meant.

    Raises:
        ValidationError: with all flaws of all files that could be looked at.
    """
    reader = ScoringInputReader(paths)
    inputs = reader.inputs()
    if inputs is None or reader.flaws:
        raise ValidationError(reader.flaws)
    return inputs, reader.warnings(inputs)


class ScoringInputReader:
    """Reads one file after the other and keeps what is wrong with each."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self.flaws: list[Flaw] = []
        self.loaded: LoadedSheet | None = None
        self.unit_places: dict[str, Source] = {}

    def inputs(self) -> ScoringInputs | None:
        """All inputs, or None where the sheet or the units cannot be used."""
        units, names = self.units()
        sheet = self.sheet(units)
        if sheet is None or units is None or names is None:
            self.open_others(units)
            return None
        figures = self.own_figures(sheet, units, names)
        last_year = None
        if self.paths.previous is not None:
            last_year = self.figures(self.paths.previous, sheet, units, names, sheet.year - 1)
        last_results = self.last_results(units)
        exemptions = self.exemptions(sheet, units, names)
        if figures is None:
            return None
        inputs = ScoringInputs(sheet, units, figures, last_year, last_results, exemptions)
        self.flaws += judged_flaws(inputs)
        return inputs

    def warnings(self, inputs: ScoringInputs) -> list[CodedWarning]:
        """What is allowed but most likely not meant, of a scoring without flaws."""
        assert self.loaded is not None
        return warnings_of(self.loaded, ListedUnits(inputs.units, self.unit_places), inputs.figures)

    def sheet(self, units: Units | None) -> RuleSheet | None:
        """The checked rule sheet."""
        try:
            self.loaded = loaded = load_sheet(self.paths.rules)
        except ValidationError as flawed:
            self.flaws = [*flawed.flaws, *self.flaws]
            return None
        flaws = loaded.checked(None if units is None else units.kinds)
        self.flaws = [*flaws, *self.flaws]
        return None if flaws else loaded.sheet

    def table(self, path: Path, wanted: tuple[str, ...]) -> Table | None:
        """A table, or None with its flaw."""
        try:
            return read_table(path, wanted)
        except ValidationError as flawed:
            self.flaws += flawed.flaws
            return None

    def units(self) -> tuple[Units | None, UnitNames | None]:
        """The units and the one matcher of their names."""
        table = self.table(self.paths.units, CODE)
        if table is None:
            return None, None
        units, flaws = read_units(table)
        self.flaws += flaws
        self.unit_places = places_of(table)
        return (None, None) if not len(units) else (units, UnitNames(units))

    def own_figures(self, sheet: RuleSheet, units: Units, names: UnitNames) -> FigureTable | None:
        """The figures of the sheet's own year."""
        path = self.paths.figures
        return None if path is None else self.figures(path, sheet, units, names, sheet.year)

    def figures(self, path: Path, sheet: RuleSheet, units: Units, names: UnitNames, year: int) -> FigureTable | None:
        """The figures of one year."""
        table = self.table(path, UNIT)
        if table is None:
            return None
        figures, flaws = read_figures(sheet, units, names, table, year)
        self.flaws += flaws
        return figures

    def last_results(self, units: Units) -> PreviousResults | None:
        """Last year's results."""
        if self.paths.previous_results is None:
            return None
        try:
            results, flaws = read_previous_results_file(self.paths.previous_results, units)
        except ValidationError as flawed:
            self.flaws += flawed.flaws
            return None
        self.flaws += flaws
        return results

    def exemptions(self, sheet: RuleSheet, units: Units, names: UnitNames) -> Exemptions | None:
        """The approved exemptions."""
        if self.paths.exemptions is None:
            return None
        table = self.table(self.paths.exemptions, tuple(EXEMPTION_HEADINGS["unit"]))
        if table is None:
            return None
        exemptions, flaws = read_exemptions(sheet, units, names, table)
        self.flaws += flaws
        return exemptions

    def open_others(self, units: Units | None) -> None:
        """Where the sheet or the units are unusable, the other files are at least opened."""
        self.last_results(no_units() if units is None else units)
        for path in (self.paths.figures, self.paths.previous, self.paths.exemptions):
            if path is not None:
                self.table(path, UNIT)
