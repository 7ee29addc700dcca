"""Tables of figures, wide or long, read into the figures of one year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from assess.core.figures.headings import Columns, HeadingFigureNames, columns_of
from assess.core.figures.period_words import read_label
from assess.core.figures.periods import PeriodLabel, misfit_of, year_label
from assess.core.figures.stretches import Arranged, PeriodRows, RowNumbers, arranged, by_period
from assess.core.figures.table import FigureTable, Layer
from assess.core.figures.values import read_column, read_value
from assess.core.flaws import Flaw
from assess.core.parsing import ParseError
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.tables import GivenPlaces, Table, given_table
from assess.core.text import Text
from assess.core.units.objects import ObjectNames, UnitObjects
from assess.core.units.unit_list import UnitNames, Units

NO_UNIT = Text("本行有数据而没有单位，请填写单位。", "This row has values but no unit. Enter the unit.")
NO_FIGURE = Text("本行有数值而没有数据项，请填写数据项。", "This row has a value but no figure. Enter the figure.")
NOT_ITS_OBJECT = Text(
    "对象“{object}”不属于{unit}，请修改单位或留空。",
    "{object} does not belong to {unit}. Change the unit or leave it empty.",
)
OBJECT_WANTED = Text(
    "“{title}”按对象（{kind}）填报，请在对象栏填写代码。",
    "{title} belongs to objects ({kind}). Enter the code in the column of objects.",
)
NOT_OF_OBJECT = Text(
    "“{title}”不是对象类别“{kind}”的数据项。请核对对象名单的对象类别，或将数值移到不带对象的行。",
    "{title} does not belong to objects of the kind {kind}. Check the kind in the list of objects, or move the value "
    "to a row without an object.",
)
OF_A_FIGURE = Text("{title}：{what}", "{title}: {what}")
TWICE = Text(
    "{unit}的“{title}”（{period}）出现两次，首次在{before}，请只保留一处。",
    "{title} of {unit} for {period} appears twice, first at {before}. Keep one.",
)
YEAR_AND_PARTS = Text(
    "{unit}的“{title}”已有全年数值（{before}），全年数值与分期数值请只保留一种。",
    "{title} of {unit} already has a value for the year ({before}). Keep either that or the values of its periods.",
)


def read_figures(
    sheet: RuleSheet, units: Units, names: UnitNames, table: Table, year: int, *, objects: UnitObjects | None = None
) -> tuple[FigureTable, list[Flaw]]:
    """The figures of a year, from a wide table (`unit`, one column a figure, optional `period`) or a long one.

    A row with an `object` holds figures of objects only, a row without one figures of units only.

    A long table has the columns `unit`, `figure`, `period` and `value`. In the sheet's own year a formula gives its
    figure, and nobody else may; an earlier year's may be given.
    """
    known = UnitObjects(units) if objects is None else objects
    reader = FigureReader(sheet, names, table, year, known)
    layers = reader.layers()
    return FigureTable(sheet, units, layers, table.places, known), reader.flaws


def empty(sheet: RuleSheet, units: Units) -> FigureTable:
    """No figure of any unit."""
    return FigureTable(sheet, units, {}, GivenPlaces(""))


class GivenRow(NamedTuple):
    """A value of a worked example: of a unit, or of an object of it."""

    unit: str
    object: str
    figure: str
    period: str
    value: str


def from_values(
    sheet: RuleSheet,
    units: Units,
    given: Mapping[str, Mapping[str, str | Mapping[str, str]]],
    given_by: str,
    year: int | None = None,
) -> tuple[FigureTable, list[Flaw]]:
    """The figures of units: by unit code and figure a text, or texts by period.

    The year is the sheet's unless given.
    """
    rows = [
        GivenRow(code, "", figure, period, text)
        for code, figures in given.items()
        for figure, value in figures.items()
        for period, text in ({"": value} if isinstance(value, str) else value).items()
    ]
    return from_rows(sheet, UnitObjects(units), rows, given_by, sheet.year if year is None else year)


def from_rows(
    sheet: RuleSheet, objects: UnitObjects, rows: Sequence[GivenRow], given_by: str, year: int
) -> tuple[FigureTable, list[Flaw]]:
    """The figures of units and of objects, row by row."""
    units = objects.units
    about = [" ".join(filter(None, (row.unit, row.object, row.figure))) for row in rows]
    texts: Sequence[Sequence[str]] = rows
    headings = list(GivenRow._fields)
    if not any(row.object for row in rows):
        headings.remove("object")
        texts = [(row.unit, *row[2:]) for row in rows]
    table = given_table(headings, texts, given_by, about)
    return read_figures(sheet, units, UnitNames(units), table, year, objects=objects)


UNKNOWN: Final = ("", -1)
"""Kind and place of an object that nobody knows."""


class RowOwners(NamedTuple):
    """For each row of a table its unit, -1 where none is known, and kind and place of its object, if it names one.

    An object that is not known has the place -1.
    """

    units: Sequence[int]
    objects: Sequence[tuple[str, int] | None]

    def of(self, kind: str | None) -> list[int]:
        """For each row the unit, or the object of a kind, whose figures it holds; -1 where it holds none of them."""
        if kind is None:
            return [unit if each is None else -1 for unit, each in zip(self.units, self.objects, strict=True)]
        return [each[1] if each is not None and each[0] == kind else -1 for each in self.objects]


class FigureReader:
    """Reads one table, and collects what is wrong with it."""

    def __init__(self, sheet: RuleSheet, names: UnitNames, table: Table, year: int, objects: UnitObjects) -> None:
        self.units = objects.units
        self.objects = objects
        self.unit_names = names
        self.table = table
        self.year = year
        self.names = HeadingFigureNames(sheet, computed=year == sheet.year)
        self.of_headings: list[Flaw] = list(table.flaws)
        self.of_cells: list[tuple[int, int, Flaw]] = []

    @property
    def flaws(self) -> list[Flaw]:
        """Everything wrong, in the order of the table."""
        return self.of_headings + [flaw for _, _, flaw in sorted(self.of_cells, key=lambda each: each[:2])]

    def note(self, row: int, column: int, what: Text, **facts: object) -> None:
        """Note what is wrong with a cell."""
        self.of_cells.append((row, column, Flaw(self.table.places(row, column), what, facts)))

    def note_figure(self, row: int, column: int, figure: str, wrong: ParseError) -> None:
        """Note what is wrong with a figure's value or period."""
        self.note(row, column, OF_A_FIGURE.format(title=self.title(figure), what=wrong.what))

    def title(self, figure: str) -> Text:
        """What a figure is called."""
        return title_of(self.names.figures[figure], figure)

    def layers(self) -> dict[str, tuple[Layer, ...]]:
        """The values of each figure, period by period."""
        columns = columns_of(self.table, self.names, self.of_headings)
        if columns is None:
            return {}
        labels = self.labels_of_rows(columns)
        owners = self.owners_of_rows(columns)
        found: dict[str, list[Layer]] = {}
        for stretch in self.wide(columns, labels) if columns.value is None else self.long(columns, labels):
            for kind, figures in self.by_kind(stretch).items():
                rows = arranged(stretch.rows, owners.of(kind), len(self.owners(kind)))
                for figure, column in figures.items():
                    layer = self.layer(figure, stretch.label, rows, column, owners=owners)
                    if not layer.values.missing.all():
                        found.setdefault(figure, []).append(layer)
        layers = {figure: tuple(sorted(each, key=lambda layer: layer.label.part)) for figure, each in found.items()}
        for figure, each in layers.items():
            self.refuse_year_and_parts(figure, each)
        return layers

    def has_value(self, row: int, columns: Columns) -> bool:
        """Whether a row has a value under a figure; one that has none is not read."""
        return any(self.table.columns[column][row] for column in columns.values)

    def by_kind(self, stretch: PeriodRows) -> dict[str | None, dict[str, int]]:
        """The columns of a stretch by the kind of objects that their figures belong to, None for units."""
        columns: dict[str | None, dict[str, int]] = {}
        for figure, column in stretch.columns.items():
            columns.setdefault(self.names.figures[figure].of, {})[figure] = column
        return columns

    def owners(self, kind: str | None) -> Sequence[Text]:
        """The names of the units, or of the objects of a kind."""
        if kind is None:
            return self.units.names
        return self.objects.kinds[kind].names if kind in self.objects.kinds else ()

    def owners_of_rows(self, columns: Columns) -> RowOwners:
        """The unit or the object of each row; what is wrong is noted where the row has a value."""
        if columns.object is None:
            assert columns.unit is not None
            return RowOwners(self.units_of_rows(columns.unit, columns, NO_UNIT), [None] * len(self.table))
        names, texts = ObjectNames(self.objects), self.table.columns[columns.object]
        found = {text: names.find(text) if text else None for text in dict.fromkeys(texts)}
        self.report(texts, found, columns.object, columns)
        told = {text: UNKNOWN if isinstance(each, ParseError) else each for text, each in found.items()}
        objects = [told[text] for text in texts]
        units = [-1] * len(self.table)
        if columns.unit is not None:
            units = self.units_of_rows(columns.unit, columns, None)
            self.refuse_other_units(columns.unit, columns, units, objects)
        for row, text in enumerate(texts):
            if not text and units[row] < 0 and self.has_value(row, columns) and not self.has_unit(row, columns):
                self.note(row, columns.object if columns.unit is None else columns.unit, NO_UNIT)
        return RowOwners(units, objects)

    def has_unit(self, row: int, columns: Columns) -> bool:
        """Whether a row names a unit."""
        return columns.unit is not None and bool(self.table.columns[columns.unit][row])

    def refuse_other_units(
        self, column: int, columns: Columns, units: Sequence[int], objects: Sequence[tuple[str, int] | None]
    ) -> None:
        """Note the rows whose object does not belong to their unit."""
        for row, (unit, each) in enumerate(zip(units, objects, strict=True)):
            if unit < 0 or each in (None, UNKNOWN) or not self.has_value(row, columns):
                continue
            assert each is not None
            kind, place = each
            rows = self.objects.kinds[kind]
            if not ((rows.objects == place) & (rows.units == unit)).any():
                facts = {"unit": self.units.names[unit], "object": rows.names[place]}
                self.note(row, column, NOT_ITS_OBJECT, **facts)

    def units_of_rows(self, column: int, columns: Columns, blank: Text | None) -> list[int]:
        """The unit of each row; -1 where none is known, which is reported where the row has a value.

        `blank` is what is wrong with a row that names no unit, if anything is.
        """
        texts = self.table.columns[column]
        found: dict[str, int | ParseError] = {}
        for text in dict.fromkeys(texts):
            found[text] = self.unit_names.find(text) if text else -1 if blank is None else ParseError(blank)
        self.report(texts, found, column, columns)
        places = {text: -1 if isinstance(each, ParseError) else each for text, each in found.items()}
        return [places[text] for text in texts]

    def labels_of_rows(self, columns: Columns) -> list[PeriodLabel | None]:
        """The period of each row; None where it is none of this year, reported where the row has a value."""
        whole_year = year_label(self.year)
        if columns.period is None:
            return [whole_year] * len(self.table)
        texts = self.table.columns[columns.period]
        found = {text: read_label(text, self.year) if text else whole_year for text in dict.fromkeys(texts)}
        self.report(texts, found, columns.period, columns)
        labels = {text: None if isinstance(each, ParseError) else each for text, each in found.items()}
        return [labels[text] for text in texts]

    def report(self, texts: Sequence[str], found: Mapping[str, object], column: int, columns: Columns) -> None:
        """Note the texts of a column that are wrong, in rows that have a value."""
        wrongs = {text: each for text, each in found.items() if isinstance(each, ParseError)}
        for row in (row for row, text in enumerate(texts) if text in wrongs) if wrongs else ():
            if self.has_value(row, columns):
                self.note(row, column, wrongs[texts[row]].what)

    def wide(self, columns: Columns, labels: Sequence[PeriodLabel | None]) -> Iterator[PeriodRows]:
        """The stretches of a wide table: all figures that a period fits."""
        for row in (row for row, label in enumerate(labels) if label is None):
            for figure, column in columns.figures.items():
                self.judge(row, column, figure)
        for label, rows in by_period(labels):
            fitting = {}
            for figure, column in columns.figures.items():
                texts = self.table.columns[column]
                if self.fits(figure, label, ((row, column) for row in rows if texts[row])):
                    fitting[figure] = column
            yield PeriodRows(label, rows, fitting)

    def long(self, columns: Columns, labels: Sequence[PeriodLabel | None]) -> Iterator[PeriodRows]:
        """The stretches of a long table: one for each figure and period."""
        assert columns.figure is not None
        assert columns.value is not None
        texts, values = self.table.columns[columns.figure], self.table.columns[columns.value]
        found = {text: self.names.find(text) if text else ParseError(NO_FIGURE) for text in dict.fromkeys(texts)}
        self.report(texts, found, columns.figure, columns)
        rows_of: dict[tuple[str, PeriodLabel], list[int]] = {}
        for row, (text, label, value) in enumerate(zip(texts, labels, values, strict=True)):
            name = found[text]
            if not value or isinstance(name, ParseError):
                continue
            if label is None:
                self.judge(row, columns.value, name)
            else:
                rows_of.setdefault((name, label), []).append(row)
        at = columns.figure if columns.period is None else columns.period
        for (figure, label), rows in rows_of.items():
            if self.fits(figure, label, ((row, at) for row in rows)):
                yield PeriodRows(label, rows, {figure: columns.value})

    def fits(self, figure: str, label: PeriodLabel, cells: Iterable[tuple[int, int]]) -> bool:
        """Whether a period fits a figure; if not, these cells are noted."""
        misfit = misfit_of(label, self.names.figures[figure].period)
        if misfit is not None:
            for row, column in cells:
                self.note_figure(row, column, figure, misfit)
        return misfit is None

    def layer(self, figure: str, label: PeriodLabel, rows: Arranged, column: int, *, owners: RowOwners) -> Layer:
        """The values of one figure in one period."""
        stated, cells = self.names.figures[figure], self.table.columns[column]
        texts, places = rows.texts(cells), rows.rows
        if rows.later:
            texts, places = self.joined(figure, label, rows, column)
        values, wrongs = read_column(stated, texts)
        for unit, wrong in wrongs.items():
            self.note_figure(int(places[unit]), column, figure, wrong)
        for row in rows.strays:
            self.judge_stray(row, column, figure, owners=owners)
        return Layer(label, values, places, column)

    def judge_stray(self, row: int, column: int, figure: str, *, owners: RowOwners) -> None:
        """Note what is wrong with a value in a row of no known unit, or of the wrong kind of objects."""
        if not self.table.columns[column][row]:
            return
        kind, owner = self.names.figures[figure].of, owners.objects[row]
        if owner is None and kind is not None and owners.units[row] >= 0:
            self.note(row, column, OBJECT_WANTED, title=self.title(figure), kind=kind)
        elif owner is not None and owner[1] >= 0 and kind != owner[0]:
            self.note(row, column, NOT_OF_OBJECT, title=self.title(figure), kind=owner[0])
        else:
            self.judge(row, column, figure)

    def judge(self, row: int, column: int, figure: str) -> None:
        """Note what is wrong with a value that cannot count, because its unit or period is not known."""
        text = self.table.columns[column][row]
        reading = read_value(self.names.figures[figure], text) if text else None
        if isinstance(reading, ParseError):
            self.note_figure(row, column, figure, reading)

    def joined(self, figure: str, label: PeriodLabel, rows: Arranged, column: int) -> tuple[list[str], RowNumbers]:
        """Texts and rows where a unit has several rows: each value may stand in one of them only."""
        cells, places = self.table.columns[column], rows.rows.copy()
        texts = list(rows.texts(cells))
        for row, unit in rows.later:
            if cells[row] and texts[unit]:
                before = self.table.places(int(places[unit]), column)
                owner = self.owners(self.names.figures[figure].of)[unit]
                told = {"unit": owner, "title": self.title(figure), "period": label}
                self.note(row, column, TWICE, **told, before=before)
            elif cells[row]:
                texts[unit], places[unit] = cells[row], row
        return texts, places

    def refuse_year_and_parts(self, figure: str, layers: Sequence[Layer]) -> None:
        """Note the first period's value of each unit that has a value for the whole year as well."""
        for year in (layer for layer in layers if layer.label.is_year):
            clash = ~year.values.missing
            for layer in (layer for layer in layers if not layer.label.is_year):
                for unit in (clash & ~layer.values.missing).nonzero()[0].tolist():
                    before = self.table.places(int(year.rows[unit]), year.column)
                    owner = self.owners(self.names.figures[figure].of)[unit]
                    told = {"unit": owner, "title": self.title(figure), "before": before}
                    self.note(int(layer.rows[unit]), layer.column, YEAR_AND_PARTS, **told)
                clash &= layer.values.missing
