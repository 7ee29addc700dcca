"""What a scoring reads from files; every flaw of every file is told at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from assess.core.exemptions import HEADINGS as EXEMPTION_HEADINGS
from assess.core.exemptions import Exemptions, read_exemptions
from assess.core.figures import FigureTable, read_figures
from assess.core.figures.headings import OBJECT
from assess.core.figures.period_words import read_label
from assess.core.figures.periods import PeriodLabel
from assess.core.flaws import Flaw, ValidationError
from assess.core.parsing import ParseError
from assess.core.previous import PreviousResults
from assess.core.rules.sheet import RuleSheet
from assess.core.scoring.inputs import ScoringInputs
from assess.core.scoring.judging import judged_flaws
from assess.core.sources import Source, TextPosition
from assess.core.tables import Table
from assess.core.text import Text
from assess.core.units.objects import UnitObjects, columns_called, read_objects
from assess.core.units.unit_list import CODE, UNIT, UnitNames, Units, no_units, read_units
from assess.core.warnings import CodedWarning
from assess.files.input_warnings import ListedUnits, kinds_in, places_of, warnings_of
from assess.files.previous_results import read_previous_results_file
from assess.files.rule_sheets import LoadedSheet, load_sheet
from assess.files.tables import read_table

NO_OBJECTS_GIVEN = Text(
    "评分表有对象类别，但没有指定对象名单，请用--objects指定。",
    "The sheet has kinds of objects, but no list of objects was given. Name it with --objects.",
)
NOT_A_PERIOD = Text(
    "“{text}”不是{year}年的月、季度或半年，请写成{year}-06、{year}-Q2或{year}-H1。",
    "“{text}” is not a month, quarter or half of {year}. Write it as {year}-06, {year}-Q2 or {year}-H1.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The files of one scoring, or of the evidence of one department, which may do without figures.

    `earlier` are the figures of the years before last year, the latest first; `through` is the last period that counts.
    """

    rules: Path
    units: Path
    figures: Path | None = None
    previous: Path | None = None
    earlier: tuple[Path, ...] = ()
    objects: Path | None = None
    through: str | None = None
    previous_results: Path | None = None
    exemptions: Path | None = None

    def named(self) -> tuple[Path, ...]:
        """All files that were named."""
        every = (
            *(self.rules, self.units, self.objects, self.figures, self.previous, *self.earlier),
            *(self.previous_results, self.exemptions),
        )
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


class YearTables(NamedTuple):
    """What every table of figures is read by."""

    sheet: RuleSheet
    units: Units
    names: UnitNames
    objects: UnitObjects | None


class ScoringInputReader:
    """Reads one file after the other and keeps what is wrong with each."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self.flaws: list[Flaw] = []
        self.loaded: LoadedSheet | None = None
        self.unit_places: dict[str, Source] = {}
        self.object_kinds: dict[str, Source] = {}
        self.object_table: Table | None = None

    def inputs(self) -> ScoringInputs | None:
        """All inputs, or None where the sheet or the units cannot be used."""
        units, names = self.units()
        objects = None if units is None or names is None else self.objects(units, names)
        sheet = self.sheet(units, objects)
        if sheet is None or units is None or names is None:
            self.open_others(units)
            return None
        if sheet.objects and self.paths.objects is None:
            assert self.loaded is not None
            self.flaws.append(Flaw(self.loaded.begun(("objects",)), NO_OBJECTS_GIVEN))
        if self.object_table is not None:
            self.flaws += columns_called(self.object_table, sheet.figures)
        through = self.through(sheet)
        years = YearTables(sheet, units, names, objects)
        figures = None if self.paths.figures is None else self.figures(self.paths.figures, years, 0)
        last_year = None if self.paths.previous is None else self.figures(self.paths.previous, years, 1)
        earlier = [self.figures(path, years, back) for back, path in enumerate(self.paths.earlier, start=2)]
        last_results = self.last_results(units)
        exemptions = self.exemptions(sheet, units, names, objects)
        if figures is None:
            return None
        inputs = ScoringInputs(
            *(
                sheet,
                units,
                figures if through is None else figures.through(through),
                last_year,
                last_results,
                exemptions,
            ),
            earlier=tuple(each for each in earlier if each is not None),
            objects=objects,
            through=through,
        )
        self.flaws += judged_flaws(inputs)
        return inputs

    def objects(self, units: Units, names: UnitNames) -> UnitObjects | None:
        """The objects of the units, where their list is given."""
        self.object_table = table = None if self.paths.objects is None else self.table(self.paths.objects, OBJECT)
        if table is None:
            return None
        objects, flaws = read_objects(units, names, table)
        self.flaws += flaws
        self.object_kinds = kinds_in(table)
        return objects

    def through(self, sheet: RuleSheet) -> PeriodLabel | None:
        """The last period that counts, where it was named."""
        text = self.paths.through
        if text is None:
            return None
        label = read_label(text, sheet.year)
        if isinstance(label, ParseError) or label.is_year:
            self.flaws.append(Flaw(TextPosition("--through"), NOT_A_PERIOD, {"text": text, "year": sheet.year}))
            return None
        return label

    def warnings(self, inputs: ScoringInputs) -> list[CodedWarning]:
        """What is allowed but most likely not meant, of a scoring without flaws."""
        assert self.loaded is not None
        return warnings_of(self.loaded, ListedUnits(inputs.units, self.unit_places, self.object_kinds), inputs.figures)

    def sheet(self, units: Units | None, objects: UnitObjects | None = None) -> RuleSheet | None:
        """The checked rule sheet."""
        try:
            self.loaded = loaded = load_sheet(self.paths.rules)
        except ValidationError as flawed:
            self.flaws = [*flawed.flaws, *self.flaws]
            return None
        kinds = None if objects is None else {kind: each.kinds for kind, each in objects.kinds.items()}
        flaws = loaded.checked(None if units is None else units.kinds, objects=kinds)
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

    def figures(self, path: Path, years: YearTables, back: int) -> FigureTable | None:
        """The figures of the sheet's year, or of so many years back."""
        table = self.table(path, (*UNIT, *OBJECT))
        if table is None:
            return None
        sheet, units, names, objects = years
        figures, flaws = read_figures(sheet, units, names, table, sheet.year - back, objects=objects)
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

    def exemptions(
        self, sheet: RuleSheet, units: Units, names: UnitNames, objects: UnitObjects | None
    ) -> Exemptions | None:
        """The approved exemptions."""
        if self.paths.exemptions is None:
            return None
        table = self.table(self.paths.exemptions, tuple(EXEMPTION_HEADINGS["unit"]))
        if table is None:
            return None
        exemptions, flaws = read_exemptions(sheet, units, names, table, objects)
        self.flaws += flaws
        return exemptions

    def open_others(self, units: Units | None) -> None:
        """Where the sheet or the units are unusable, the other files are at least opened."""
        self.last_results(no_units() if units is None else units)
        paths = self.paths
        for path in (paths.objects, paths.figures, paths.previous, *paths.earlier, paths.exemptions):
            if path is not None:
                self.table(path, UNIT)
