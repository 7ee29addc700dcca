"""Tables of figures, wide or long, read into the figures of one year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

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
from assess.core.units.unit_list import UnitNames, Units

NO_UNIT = Text("本行有数据而没有单位，请填写单位。", "This row has values but no unit. Enter the unit.")
NO_FIGURE = Text("本行有数值而没有数据项，请填写数据项。", "This row has a value but no figure. Enter the figure.")
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
    sheet: RuleSheet, units: Units, names: UnitNames, table: Table, year: int
) -> tuple[FigureTable, list[Flaw]]:
    """The figures of a year, from a wide table (`unit`, one column a figure, optional `period`) or a long one.

    A long table has the columns `unit`, `figure`, `period` and `value`. In the sheet's own year a formula gives its
    figure, and nobody else may; an earlier year's may be given.
    """
    reader = FigureReader(sheet, units, names, table, year)
    layers = reader.layers()
    return FigureTable(sheet, units, layers, table.places), reader.flaws


def empty(sheet: RuleSheet, units: Units) -> FigureTable:
    """No figure of any unit."""
    return FigureTable(sheet, units, {}, GivenPlaces(""))


def from_values(
    sheet: RuleSheet,
    units: Units,
    given: Mapping[str, Mapping[str, str | Mapping[str, str]]],
    given_by: str,
    year: int | None = None,
) -> tuple[FigureTable, list[Flaw]]:
    """The figures of a worked example: by unit code and figure a text, or texts by period.

    The year is the sheet's unless given.
    """
    rows = [
        (code, figure, period, text)
        for code, figures in given.items()
        for figure, value in figures.items()
        for period, text in ({"": value} if isinstance(value, str) else value).items()
    ]
    about = [f"{code} {figure}" for code, figure, _, _ in rows]
    table = given_table(["unit", "figure", "period", "value"], rows, given_by, about)
    return read_figures(sheet, units, UnitNames(units), table, sheet.year if year is None else year)


class FigureReader:
    """Reads one table, and collects what is wrong with it."""

    def __init__(self, sheet: RuleSheet, units: Units, names: UnitNames, table: Table, year: int) -> None:
        self.units = units
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
        unit_of = self.units_of_rows(columns)
        labels = self.labels_of_rows(columns)
        found: dict[str, list[Layer]] = {}
        for stretch in self.wide(columns, labels) if columns.value is None else self.long(columns, labels):
            rows = arranged(stretch.rows, unit_of, len(self.units))
            for figure, column in stretch.columns.items():
                layer = self.layer(figure, stretch.label, rows, column)
                if not layer.values.missing.all():
                    found.setdefault(figure, []).append(layer)
        layers = {figure: tuple(sorted(each, key=lambda layer: layer.label.part)) for figure, each in found.items()}
        for figure, each in layers.items():
            self.refuse_year_and_parts(figure, each)
        return layers

    def has_value(self, row: int, columns: Columns) -> bool:
        """Whether a row has a value under a figure; one that has none is not read."""
        return any(self.table.columns[column][row] for column in columns.values)

    def units_of_rows(self, columns: Columns) -> list[int]:
        """The unit of each row; -1 where none is known, which is reported where the row has a value."""
        texts = self.table.columns[columns.unit]
        found = {text: self.unit_names.find(text) if text else ParseError(NO_UNIT) for text in dict.fromkeys(texts)}
        self.report(texts, found, columns.unit, columns)
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

    def layer(self, figure: str, label: PeriodLabel, rows: Arranged, column: int) -> Layer:
        """The values of one figure in one period."""
        stated, cells = self.names.figures[figure], self.table.columns[column]
        texts, places = rows.texts(cells), rows.rows
        if rows.later:
            texts, places = self.joined(figure, label, rows, column)
        values, wrongs = read_column(stated, texts)
        for unit, wrong in wrongs.items():
            self.note_figure(int(places[unit]), column, figure, wrong)
        for row in rows.strays:
            self.judge(row, column, figure)
        return Layer(label, values, places, column)

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
                told = {"unit": self.units.names[unit], "title": self.title(figure), "period": label}
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
                    told = {"unit": self.units.names[unit], "title": self.title(figure), "before": before}
                    self.note(int(layer.rows[unit]), layer.column, YEAR_AND_PARTS, **told)
                clash &= layer.values.missing
