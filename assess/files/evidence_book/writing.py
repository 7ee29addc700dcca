"""The workbook of a department, written: all units as rows, its figures as columns, and what is known already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from assess.core.evidence.asked import AskedFigure, DepartmentRequest
from assess.core.evidence.found import CountedCase
from assess.core.evidence.left_out import LeftOut
from assess.core.figures.periods import PeriodLabel
from assess.core.figures.values import example_of
from assess.core.rules.figure import FigureKind, PeriodKind
from assess.core.text import Language, Text
from assess.core.units.unit_list import Units
from assess.files.evidence_book import layout, words
from assess.files.evidence_book.details import details_sheet
from assess.files.evidence_book.layout import EvidenceStamp
from assess.files.figure_cells import choices_of, form_of_cell, in_cell
from assess.files.form_words import how_to_fill
from assess.files.workbooks.input_books import REFUSED, Guidance, InputColumn, InputSheet, write_input_book
from assess.files.workbooks.input_cells import width_in_cells

UNIT_WIDTH, PERIOD_WIDTH, FIGURE_WIDTH, REMARK_WIDTH = 18, 11, 16, 18
LINE_HEIGHT: Final = 16

Key = tuple[str, str, str]
"""Code of a unit, id of a figure, and label of a period."""


class EarlierValue(NamedTuple):
    """What is known of a figure already: its value as one would type it (`yes` and `no` in English), and a remark."""

    text: str
    remark: str = ""


NOTHING: Final = EarlierValue("")


def key_of(occurrence: CountedCase) -> Key:
    """What counts a case."""
    return occurrence.unit, occurrence.figure, occurrence.period


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What stands in a workbook when it is handed out.

    `left_out` says, by figure and place of the unit, which cells are barred and why; a cell with a value never is.
    """

    known: Mapping[Key, EarlierValue] = field(default_factory=dict)
    occurrences: Sequence[CountedCase] = ()
    left_out: LeftOut = field(default_factory=dict)


def write_evidence_book(
    target: Path | BytesIO,
    asked: DepartmentRequest,
    units: Units,
    filled: Filled,
    stamp: EvidenceStamp,
    *,
    title: Text,
    due: str = "",
    contact: str = "",
) -> None:
    """Write the workbook in the language of its stamp; the same content gives the same bytes.

    `title` is that of the year, `due` a date, `contact` whom to ask. The department must have figures to supply.
    """
    maker = EvidenceBookMaker(asked, units, filled, stamp.language)
    sheets = [maker.sheet(period, name) for period, name in layout.data_sheets(asked).items()]
    occurrences = maker.occurrences()
    if layout.counts_of(asked, occurrences):
        sheets.append(details_sheet(asked, units, occurrences, stamp.language))
    heading = words.TITLE.format(title=title, department=asked.title)
    guidance = Guidance(
        title=heading,
        who=asked.title,
        steps=words.steps(asked, has_barred=maker.has_barred),
        due=due,
        contact=contact,
        colours=words.COLOURS,
    )
    columns = layout.stamped_columns(asked, stamp.language)
    counts = layout.stamped_counts(maker.unequal(occurrences))
    write_input_book(target, stamp.language, guidance, sheets, stamp.written(columns | counts))


class EvidenceBookMaker:
    """Makes the sheets of data of one department."""

    def __init__(self, asked: DepartmentRequest, units: Units, filled: Filled, language: Language) -> None:
        self.asked, self.units, self.filled, self.language = asked, units, filled, language
        self.headings, self.remarks = layout.headings_of(asked), layout.remark_headings_of(asked)
        self.has_barred = False

    def sheet(self, period: PeriodKind, name: Text) -> InputSheet:
        """The sheet of the figures that are taken so often."""
        figures = self.asked.of_period(period)
        labels = self.asked.labels(period)
        keys = [(place, label) for label in labels for place in range(len(self.units))]
        leading = self.leading(labels)
        columns = [*leading, *(column for figure in figures for column in self.pair(figure))]
        own: dict[int, list[InputColumn]] = {}
        for number, figure in enumerate(figures):
            cells = self.cells(figure, columns[len(leading) + 2 * number], keys)
            if cells is not None:
                own[len(leading) + 2 * number] = cells
        return InputSheet(
            name=name,
            columns=columns,
            rows=[list(self.row(figures, place, label)) for place, label in keys],
            spare=0,
            frozen=len(leading),
            own=own,
            heading_height=self.height(columns),
            sortable=True,
        )

    def leading(self, labels: Sequence[PeriodLabel]) -> list[InputColumn]:
        """The hidden key of a row, the unit and, where there are several, the period."""
        filled: dict[str, Any] = {"help": words.LOCKED, "locked": True, "explained": False}
        example = self.units.names[0].localized(self.language)
        columns = [
            InputColumn(heading=layout.KEY, hidden=True, **filled),
            InputColumn(heading=layout.UNIT, example=example, rule=REFUSED, width=UNIT_WIDTH, **filled),
        ]
        if len(labels) > 1:
            example = str(labels[0])
            columns.append(
                InputColumn(heading=layout.PERIOD, example=example, rule=REFUSED, width=PERIOD_WIDTH, **filled)
            )
        return columns

    def pair(self, figure: AskedFigure) -> Iterator[InputColumn]:
        """The column of a figure and that of the remark beside it."""
        stated = figure.stated
        choices = choices_of(stated, self.language)
        example = choices[0] if choices else example_of(stated)
        yield InputColumn(
            heading=self.headings[figure.id],
            help=words.help_of(stated),
            example=words.EXAMPLE.format(example=example, how=how_to_fill(stated)).localized(self.language),
            required=True,
            width=FIGURE_WIDTH,
            **form_of_cell(stated, self.language),
        )
        yield InputColumn(
            heading=self.remarks[figure.id],
            help=words.REMARK.format(most=layout.MAX_REMARK_LENGTH),
            width=REMARK_WIDTH,
            rule={"validate": "length", "criteria": "<=", "value": layout.MAX_REMARK_LENGTH},
            explained=False,
        )

    def cells(
        self, figure: AskedFigure, column: InputColumn, keys: Sequence[tuple[int, PeriodLabel]]
    ) -> list[InputColumn] | None:
        """What the cell of each row takes, where some units do not have the figure; None where all do."""
        why = self.filled.left_out.get(figure.id, {})
        barred = {reason: self.barred(column, reason) for reason in why.values()}
        cells = [
            barred[why[place]]
            if place in why and not self.known(figure.id, place, label).text
            else column
            for place, label in keys
        ]  # fmt: skip
        if all(cell is column for cell in cells):
            return None
        self.has_barred = True
        return cells

    def barred(self, column: InputColumn, reason: Text) -> InputColumn:
        """A cell of a unit that does not have the figure."""
        return InputColumn(
            heading=column.heading,
            help=words.BARRED.format(reason=reason),
            locked=True,
            barred=True,
            number_format=column.number_format,
            rule=REFUSED,
        )

    def known(self, figure: str, place: int, label: PeriodLabel) -> EarlierValue:
        """What is known of a figure of a unit."""
        return self.filled.known.get((self.units.codes[place], figure, str(label)), NOTHING)

    def occurrences(self) -> list[CountedCase]:
        """The cases that are known, as far as the workbook has a cell for their count."""
        counts = {each.id: each for each in self.asked.figures if each.stated.kind is FigureKind.COUNT}
        labels = {name: set(map(str, self.asked.labels(each.stated.period))) for name, each in counts.items()}
        return [
            each
            for each in self.filled.occurrences
            if each.period in labels.get(each.figure, ())
            and each.unit in self.units.places
            and self.filled.known.get(key_of(each), NOTHING).text
        ]

    def unequal(self, occurrences: Sequence[CountedCase]) -> dict[Key, tuple[int, int]]:
        """The counts that have another number of rows of details than they say: the count and its rows."""
        rows = Counter(map(key_of, occurrences))
        counts = {each.id for each in layout.counts_of(self.asked, occurrences)}
        found = {
            key: (int(known.text), rows[key])
            for key, known in self.filled.known.items()
            if key[1] in counts and known.text.isdecimal()
        }
        return {key: numbers for key, numbers in found.items() if numbers[0] != numbers[1]}

    def row(self, figures: Sequence[AskedFigure], place: int, label: PeriodLabel) -> Iterator[str]:
        """The cells of one row."""
        yield self.units.codes[place]
        yield self.units.names[place].localized(self.language)
        if not label.is_year:
            yield str(label)
        for figure in figures:
            known = self.known(figure.id, place, label)
            yield in_cell(figure.stated, known.text, self.language)
            yield known.remark

    def height(self, columns: Sequence[InputColumn]) -> float:
        """How high the row of headings must be for the longest of them."""
        lines = [
            1 + width_in_cells(column.heading.localized(self.language) + "*") // (column.width - 2)
            for column in columns
            if not column.hidden
        ]
        return float(LINE_HEIGHT * max(2, *lines))
