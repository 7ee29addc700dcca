"""What a run stands on, frozen: the rule sheet and tables of text that anyone can read again and score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from assess.core.figures.part_labels import split_part
from assess.core.rules.sheet import RuleSheet
from assess.core.runs.kinds import DECIDED, Origin
from assess.core.sources import Decided, Entries, Source, StatedFigure, WorkbookCell

Row = Sequence[str]

FIGURES: Final = ("unit", "object", "figure", "period", "value")
EXEMPTIONS: Final = ("unit", "item", "part", "reason", "approver")
SOURCES: Final = ("unit", "object", "figure", "period", "origin", "value", "file", "sha256", "place", "by", "at")
ONLY_WITH_OBJECTS: Final = frozenset(["object", "part"])
"""Columns that are left out where no row has anything in them."""

BY_TASKS: Final = "年度任务清单 / annual task list"
BETWEEN: Final = " / "
"""What stands between the Chinese and the English words of a place in the ledger."""


class FrozenValue(NamedTuple):
    """One figure of one unit and period, or of an object of the unit, as text, and where it came from.

    Attributes:
        part: the period, after the code of the object where it is of one (`figures.part_labels`); empty is the year.
        number: the row of the kept value, None where it was counted from the task list or the ledger.
        file, sha256, place: the file it came with and the cell in it; empty where there is none. The place of a figure
            of the ledger names its findings, that of a figure that was put right the ruling or correction.
        by, at: who entered it and when; empty where it was counted.
    """

    unit: str
    figure: str
    part: str
    text: str
    origin: Origin
    number: int | None = None
    file: str = ""
    sha256: str = ""
    place: str = ""
    by: str = ""
    at: str = ""

    @property
    def source(self) -> Source:
        """Where it stands, as scorecards tell it."""
        if self.origin is Origin.LEDGER:
            return Entries(*self.place.split(BETWEEN, 1))
        if self.origin is Origin.TASK_LIST:
            return StatedFigure(BY_TASKS)
        if self.origin in DECIDED:
            zh, _, en = self.place.partition(BETWEEN)
            return Decided(f"{zh}（{self.by} {self.at}）", f"{en} ({self.by} {self.at})")
        if self.file:
            sheet, _, cell = self.place.rpartition("!")
            return WorkbookCell(self.file, sheet, cell)
        return StatedFigure(f"{self.by} {self.at[:10]}".strip())

    def as_figure(self) -> Row:
        """Its row among the figures."""
        code, period = split_part(self.part)
        return self.unit, code, self.figure, period, self.text

    def as_source(self) -> Row:
        """Its row among the sources."""
        number = "" if self.number is None else str(self.number)
        code, period = split_part(self.part)
        head = (self.unit, code, self.figure, period, self.origin.value, number)
        return (*head, self.file, self.sha256, self.place, self.by, self.at)


class FrozenValues(NamedTuple):
    """The figures of a run: of its year, of the year before, and of those before that, the latest first."""

    now: Sequence[FrozenValue]
    before: Sequence[FrozenValue]
    earlier: Sequence[Sequence[FrozenValue]] = ()

    @property
    def by_years_back(self) -> Sequence[Sequence[FrozenValue]]:
        """The figures of each year, this year's first."""
        return (self.now, self.before, *self.earlier)


@dataclass(frozen=True, slots=True)
class Frozen:
    """The inputs of one run.

    Attributes:
        units: the list of units, headings first.
        values: this year's figures; `before` those of the year before, None where none are known.
        results_before: last year's results as `assess score` wrote them, None where none are known.
        exemptions: unit, item, part, reason and approver of each.
        objects: the list of the units' objects, headings first; None where there is none.
        earlier: the figures of the years before last year, the latest first.
    """

    sheet: RuleSheet
    units: Sequence[Row]
    values: Sequence[FrozenValue]
    before: Sequence[FrozenValue] | None
    results_before: Any
    exemptions: Sequence[Row]
    objects: Sequence[Row] | None = None
    earlier: Sequence[Sequence[FrozenValue]] = ()

    @property
    def figures(self) -> FrozenValues:
        """The figures of all years."""
        return FrozenValues(self.values, self.before or (), self.earlier)

    @property
    def years_back(self) -> int:
        """Of how many earlier years there are figures."""
        return 0 if self.before is None else 1 + len(self.earlier)
