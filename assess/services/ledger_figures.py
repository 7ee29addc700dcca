"""The figures `from: ledger`, as the findings stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from assess.core.findings.catalogue import findings_named
from assess.core.findings.measures import NAMED, Tally, measured
from assess.core.obligations.standing import as_texts
from assess.core.rules.figure import BY_LEDGER
from assess.core.rules.sheet import RuleSheet
from assess.services.years import Year
from assess.store.cache import cached
from assess.store.queries.finding_lists import Dimension, tallies_by
from assess.store.session import Session


def ledger_figures(
    session: Session, year: Year, *, day: date, units: Collection[str] | None = None
) -> dict[str, dict[str, str]]:
    """What follows from the ledger of findings, by unit and figure (1 query; none where no figure asks it).

    The texts go into `core.figures.from_values` or into an estimate, beside the other figures.

    Args:
        session: the session.
        year: the year.
        day: the day on which what is not put right counts as overdue.
        units: the codes of the units that are wanted; all unless given.
    """
    wanted = year.units.codes if units is None else tuple(units)
    if not any(figure.from_ == BY_LEDGER for figure in year.sheet.figures.values()):
        return {unit: {} for unit in wanted}
    tallied = tallies_by(session, cycle=year.cycle.id, day=day, by=dimensions_of(year.sheet), units=units)
    return as_texts(year.sheet, measured(year.sheet, by_unit(tallied), wanted))


def cached_ledger_figures(session: Session, year: Year, *, day: date) -> dict[str, dict[str, str]]:
    """The same of all units, kept in memory while none of the findings changes (1 query where one did)."""
    key = ("ledger", year.cycle.id, year.findings, day, year.digest, year.units.codes)
    return cached(session, key, lambda: ledger_figures(session, year, day=day))


def dimensions_of(sheet: RuleSheet) -> Sequence[Dimension]:
    """What findings must be counted by for the figures of a sheet: the unit, and what any figure is narrowed to."""
    narrowed = [each for findings in findings_named(sheet) for each in NAMED if getattr(findings, each) is not None]
    dimensions: tuple[Dimension, ...] = ("unit", "kind", "domain", "source")
    return tuple(each for each in dimensions if each == "unit" or each in narrowed)


def by_unit(tallied: Sequence[tuple[str, Tally]]) -> Mapping[str, Collection[Tally]]:
    """Tallies by their unit."""
    found: dict[str, list[Tally]] = {}
    for unit, tally in tallied:
        found.setdefault(unit, []).append(tally)
    return found
