"""The findings behind the figures `from: ledger`, for whoever asks where a figure comes from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from assess.core.findings.behind import FindingsBehindFigure, NumberedTally, Sorter
from assess.core.findings.counting import ledger_figures
from assess.core.rules.figure import FigureKind
from assess.core.rules.sheet import title_of
from assess.core.sources import Entries
from assess.core.text import Text
from assess.core.units_of_measure import with_unit
from assess.services.ledger_figures import cached_ledger_figures
from assess.services.years import Year
from assess.store.queries.finding_lists import numbered_findings
from assess.store.session import Session


def findings_behind(
    session: Session, year: Year, *, day: date, units: Collection[str] | None = None
) -> dict[str, dict[str, FindingsBehindFigure]]:
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
    of_unit: dict[str, list[NumberedTally]] = {unit: [] for unit in wanted}
    for unit, finding in numbered_findings(session, cycle=year.cycle.id, day=day, units=units):
        if unit in of_unit:
            of_unit[unit].append(finding)
    sorter = Sorter(year.sheet)
    return {unit: sorter.behind(found) for unit, found in of_unit.items()}


def ledger_sources(
    session: Session, year: Year, *, day: date, units: Collection[str] | None = None
) -> dict[str, dict[str, Entries]]:
    """Where the figures of the ledger come from, by unit and figure: the findings by number (1 query)."""
    found = findings_behind(session, year, day=day, units=units)
    return {unit: {name: each.source for name, each in figures.items()} for unit, figures in found.items()}


class LedgerFact(NamedTuple):
    """A figure of the ledger of one unit: its value as a reader sees it, None where there is none, and its findings."""

    title: Text
    value: Text | None
    behind: FindingsBehindFigure


def ledger_facts(session: Session, year: Year, *, unit: str, day: date) -> list[LedgerFact]:
    """The figures of the ledger of one unit, in the order of the sheet (1 query, one more where findings changed)."""
    values = cached_ledger_figures(session, year, day=day)[unit]
    found = findings_behind(session, year, day=day, units=[unit])[unit]
    figures = year.sheet.figures
    return [
        LedgerFact(title_of(figures[name], name), measured(year, name, values.get(name)), each)
        for name, each in found.items()
    ]


def measured(year: Year, figure: str, value: str | None) -> Text | None:
    """A value with its unit of measure."""
    if value is None:
        return None
    stated = year.sheet.figures[figure]
    measure = stated.unit or Text.same("%" if stated.kind is FigureKind.PERCENT else "")
    return Text(with_unit(value, measure.zh), with_unit(value, measure.en))
