"""How one finding is counted: its own tally, and the figures of the ledger that count it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from assess.core.findings.history import FindingStanding
from assess.core.findings.measures import EVERY, NAMED, Tally, is_chosen
from assess.core.findings.reckoning import Heap, reckoned_of, tally_of
from assess.core.rules.figure import BY_LEDGER, FindingSelection, Measure
from assess.core.rules.sheet import RuleSheet


class Tallied(NamedTuple):
    """A finding as figures count it; `repeat_of` is the number of the earlier one that it repeats."""

    number: int
    kind: str
    domain: str
    source: str
    standing: FindingStanding
    repeat_of: int | None = None

    def tally(self, day: date) -> Tally:
        """The finding counted alone on a day."""
        standing = self.standing
        fixed_on, deadline = standing.fixed_on, standing.deadline
        heap = Heap(
            reckoned=reckoned_of(standing),
            all=1,
            passed=int(deadline is not None and deadline < day),
            returned=standing.returns,
            repeated=int(self.repeat_of is not None),
            days=0 if fixed_on is None else (fixed_on - standing.found_on).days,
        )
        return alone(heap, self.kind, self.domain, self.source)


class LedgerFigure(NamedTuple):
    """A figure `from: ledger`: what it is narrowed to and what it measures."""

    id: str
    which: FindingSelection
    measure: Measure

    def chooses(self, own: Tally) -> bool:
        """Whether it is about findings such as this one, however they stand."""
        return is_chosen(own, self.which)

    def counts(self, own: Tally) -> bool:
        """Whether a finding counts in it as it stands; in a share it counts where it is part of the whole."""
        return self.chooses(own) and bool(getattr(own, WHOLE.get(self.measure, self.measure.value)))


WHOLE: Final[Mapping[Measure, str]] = {
    Measure.SHARE_CLOSED: "opened",
    Measure.SHARE_ON_TIME: "due",
    Measure.MEAN_DAYS: "closed",
}
"""What shares and means are made of, by the name that a tally has for it; every other measure is its own."""
PART: Final[Mapping[Measure, str]] = {Measure.SHARE_CLOSED: "closed", Measure.SHARE_ON_TIME: "closed_on_time"}
"""What counts for a share."""


def ledger_figures(sheet: RuleSheet) -> Iterator[LedgerFigure]:
    """The figures `from: ledger` of a sheet."""
    for name, figure in sheet.figures.items():
        if figure.from_ == BY_LEDGER and figure.measure is not None:
            yield LedgerFigure(name, figure.findings or EVERY, figure.measure)


def alone(heap: Heap, kind: str, domain: str, source: str) -> Tally:
    """The tally of one finding."""
    return tally_of([heap])._replace(kind=kind, domain=domain, source=source)


def without(of_unit: Collection[Tally], own: Tally) -> list[Tally]:
    """The findings of a unit but for one of them."""
    fewer = {name: -getattr(own, name) for name in Tally._fields[len(NAMED) :]}
    return [*of_unit, own._replace(**fewer)]
