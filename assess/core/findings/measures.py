"""The figures that follow from the findings of a unit (from: ledger)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.rules.figure import BY_LEDGER, FindingSelection, Measure
from assess.core.rules.sheet import RuleSheet

HUNDRED: Final = 100
EVERY: Final = FindingSelection()
NAMED: Final = ("kind", "domain", "source")
"""What findings are chosen by."""


class Tally(NamedTuple):
    """Findings of one unit, kind, domain and source, counted on a day; void ones are in none of these.

    Attributes:
        opened: all of them.
        closed: closed in the ledger.
        closed_on_time: of these, put right by their deadline.
        due: those that were closed, or whose deadline has passed while the unit did not put them right in time.
        overdue: those that the unit has not put right although the deadline has passed.
        returned: how often review returned one.
        repeated: those that are repeats of an earlier one.
        days: from the day each was found to the day it was put right, summed over the closed ones.
    """

    kind: str = ""
    domain: str = ""
    source: str = ""
    opened: int = 0
    closed: int = 0
    closed_on_time: int = 0
    due: int = 0
    overdue: int = 0
    returned: int = 0
    repeated: int = 0
    days: int = 0


def measured(
    sheet: RuleSheet, by_unit: Mapping[str, Collection[Tally]], units: Collection[str]
) -> dict[str, dict[str, Fraction]]:
    """The figures `from: ledger`, exact, by unit code and figure.

    Shares of no finding, and the mean of none, are missing; counts are 0.
    """
    return {unit: dict(figures_of(sheet, by_unit.get(unit, ()))) for unit in units}


def figures_of(sheet: RuleSheet, of_unit: Collection[Tally]) -> Iterator[tuple[str, Fraction]]:
    """The figures of the ledger for one unit."""
    for name, figure in sheet.figures.items():
        if figure.from_ == BY_LEDGER and figure.measure is not None:
            value = measure(figure.measure, together(of_unit, figure.findings or EVERY))
            if value is not None:
                yield name, value


def together(of_unit: Collection[Tally], which: FindingSelection) -> Tally:
    """The findings that a figure counts, added up."""
    counted = [each for each in of_unit if is_chosen(each, which)]
    if len(counted) == 1:
        return counted[0]._replace(kind="", domain="", source="")
    numbers = Tally._fields[len(NAMED) :]
    return Tally(**{name: sum(getattr(each, name) for each in counted) for name in numbers})


def is_chosen(tally: Tally, which: FindingSelection) -> bool:
    """Whether findings are of the kind, domain and source that a figure names; any where it names none."""
    return all(getattr(which, name) in (None, getattr(tally, name)) for name in NAMED)


def measure(what: Measure, of: Tally) -> Fraction | None:
    """One measure of findings."""
    match what:
        case Measure.SHARE_CLOSED:
            return share(of.closed, of.opened)
        case Measure.SHARE_ON_TIME:
            return share(of.closed_on_time, of.due)
        case Measure.MEAN_DAYS:
            return Fraction(of.days, of.closed) if of.closed else None
    return Fraction(getattr(of, what.value))


def share(part: int, whole: int) -> Fraction | None:
    """A share in percent."""
    return Fraction(HUNDRED * part, whole) if whole else None
