"""The findings behind the figures `from: ledger`, for whoever asks where a figure comes from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from assess.core.findings.behind import Behind, Numbered, behind
from assess.core.findings.counting import ledger_figures
from assess.core.sources import Entries
from assess.services.years import Year
from assess.store.queries.finding_costs import numbered_findings
from assess.store.session import Session


def findings_behind(
    session: Session, year: Year, *, day: date, units: Collection[str] | None = None
) -> dict[str, dict[str, Behind]]:
    """The findings behind each figure of the ledger, by unit and figure (1 query; none where no figure asks it).

    Args:
        session: the session.
        year: the year.
        day: the day on which what is not put right counts as overdue.
        units: the codes of the units that are wanted; all unless given.
    """
    wanted = year.units.codes if units is None else tuple(units)
    if not any(ledger_figures(year.sheet)):
        return {unit: {} for unit in wanted}
    of_unit: dict[str, list[Numbered]] = {unit: [] for unit in wanted}
    for unit, finding in numbered_findings(session, cycle=year.cycle.id, day=day, units=units):
        if unit in of_unit:
            of_unit[unit].append(finding)
    return {unit: behind(year.sheet, found) for unit, found in of_unit.items()}


def ledger_sources(
    session: Session, year: Year, *, day: date, units: Collection[str] | None = None
) -> dict[str, dict[str, Entries]]:
    """Where the figures of the ledger come from, by unit and figure: the findings by number (1 query)."""
    found = findings_behind(session, year, day=day, units=units)
    return {unit: {name: each.source for name, each in figures.items()} for unit, figures in found.items()}
