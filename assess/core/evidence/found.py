"""What an uploaded file of evidence says: values with their cells, occurrences behind counts, and everything wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple, overload

from assess.core.evidence.pages import EvidencePage
from assess.core.evidence.rows import EvidenceRow
from assess.core.evidence.summary import ColumnSummary
from assess.core.evidence.unknown import UnknownHeading
from assess.core.figures.periods import PeriodLabel
from assess.core.flaws import Flaw
from assess.core.sources import Source


class FoundValue(NamedTuple):
    """One value of the file, as the database keeps it (`core.figures.entry.Stored`), with the cell it stands in.

    `period` is the label, the year's own for a yearly figure; `remark` what stands in the column beside it.
    """

    unit: str
    figure: str
    period: str
    millionths: int | None
    word: str | None
    place: Source
    remark: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ReadColumn:
    """The values of one column: of each row the millionths or the word, None where the value is wrong."""

    page: EvidencePage
    column: int
    remark: int | None
    figure: str
    rows: Sequence[EvidenceRow]
    values: Sequence[int | str | None]

    def known(self) -> Iterator[tuple[EvidenceRow, int, PeriodLabel, int | str]]:
        """Each sound value with its row, the place of its unit and its period; of rows of one unit the first."""
        for row, value in zip(self.rows, self.values, strict=True):
            if value is not None and row.unit is not None and row.label is not None and not row.is_repeated:
                yield row, row.unit, row.label, value

    def wrong(self) -> Iterator[tuple[int, PeriodLabel]]:
        """The place of the unit and the period of each value that is wrong."""
        for row, value in zip(self.rows, self.values, strict=True):
            if value is None and row.unit is not None and row.label is not None:
                yield row.unit, row.label


@dataclass(frozen=True, eq=False)
class FoundValues(Sequence[FoundValue]):
    """The values of a file, one for each figure, unit and period, made when somebody asks: a check needs none."""

    columns: Sequence[ReadColumn]
    codes: Sequence[str]

    @cached_property
    def made(self) -> tuple[FoundValue, ...]:
        """All of them, in the order of columns."""
        found: dict[tuple[str, int, PeriodLabel], FoundValue] = {}
        for column in self.columns:
            for row, unit, label, value in column.known():
                if (column.figure, unit, label) not in found:
                    word, number = (value, None) if isinstance(value, str) else (None, value)
                    remark = "" if column.remark is None else row.cells.get(column.remark, "")
                    place = column.page.place(row.number, column.column)
                    made = FoundValue(self.codes[unit], column.figure, str(label), number, word, place, remark)
                    found[column.figure, unit, label] = made
        return tuple(found.values())

    def __len__(self) -> int:
        return len(self.made)

    @overload
    def __getitem__(self, index: int) -> FoundValue: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[FoundValue]: ...
    def __getitem__(self, index: int | slice) -> FoundValue | Sequence[FoundValue]:
        return self.made[index]


class CountedCase(NamedTuple):
    """One row of the detail sheet: a single case that a count counts."""

    unit: str
    figure: str
    period: str
    day: date | None
    location: str
    what: str
    photo: str
    place: Source


@dataclass(frozen=True, eq=False)
class FoundEvidence:
    """What a file says of the figures of a department.

    Attributes:
        values: every sound value, once for each figure, unit and period.
        counted: how many cells under figures hold a value.
        occurrences: the cases behind counts.
        flaws: everything that must be corrected, in the order of the file; where there is one nothing is kept.
        warnings: what was read over: totals, headings left alone, sheets that are not read, an older template.
        unread: the names of the visible sheets that hold something and are not read.
        summary: every column and sheet, read or not.
        unknown: headings of which nothing is known.
        is_template: whether the file is a template of ours, filled in.
    """

    values: Sequence[FoundValue] = ()
    counted: int = 0
    occurrences: Sequence[CountedCase] = ()
    flaws: Sequence[Flaw] = ()
    warnings: Sequence[Flaw] = ()
    unread: Sequence[str] = ()
    summary: Sequence[ColumnSummary] = ()
    unknown: Sequence[UnknownHeading] = ()
    is_template: bool = False
