"""What a finding costs its unit, by what is known today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from assess.core.actors import Actor, Right
from assess.core.findings.costs import Costs, costs, items_behind
from assess.core.findings.counting import Tallied
from assess.core.findings.earning import UnitFacts, asks_last_year, compares, suppliers_of
from assess.core.findings.measures import Tally
from assess.core.rules.figure import BY_TASK_LIST, BY_UNIT
from assess.core.rules.nodes import Item
from assess.services.findings.seeing import finding_seen
from assess.services.findings.standing import kept_standing
from assess.services.forms.unit_form import answers_of, asked_form
from assess.services.ledger_figures import by_unit, cached_ledger_figures, dimensions_of
from assess.services.obligations.figures import task_figures
from assess.services.years import Year, earlier_of, exemptions_of, previous_of, year_of
from assess.store.cache import cached
from assess.store.queries.cycles import CycleRow
from assess.store.queries.finding_lists import tallies_by
from assess.store.queries.findings import FindingRow
from assess.store.queries.forms import drafts_of
from assess.store.session import Session


def costs_of(session: Session, actor: Actor, *, cycle: CycleRow, number: int, day: date) -> Costs:
    """What a finding costs on a day (at most 9 queries, usually 4; one more where findings changed).

    Raises:
        NotFound: there is none of this number, or the reader may not see it.
        Refused: no rule sheet is published.
    """
    row = finding_seen(session, actor, cycle=cycle, number=number)
    return costs_in(session, actor, year=year_of(session, cycle), row=row, day=day)


def costs_in(session: Session, actor: Actor, *, year: Year, row: FindingRow, day: date) -> Costs:
    """The same of a finding that the reader was shown.

    1 query, one more where findings changed; up to 3 more where an item rests on more than the ledger.
    """
    finding = tallied_of(row)
    items = items_behind(finding, year.sheet, day)
    known = known_of(session, year, unit=row.unit, items=items, day=day, sees_all=actor.may(Right.SEE_ALL_FINDINGS))
    return costs(finding, known)


def tallied_of(row: FindingRow) -> Tallied:
    """A finding as figures count it."""
    return Tallied(row.number, row.kind, row.domain, row.source, kept_standing(row), row.repeat_of)


def tallies(session: Session, year: Year, day: date) -> Mapping[str, Collection[Tally]]:
    """The findings of all units counted as the figures of the sheet ask; kept in memory while none of them changes."""
    key = ("tallies", year.cycle.id, year.findings, day, year.digest)
    by = dimensions_of(year.sheet)
    return cached(session, key, lambda: by_unit(tallies_by(session, cycle=year.cycle.id, day=day, by=by)))


def known_of(
    session: Session, year: Year, *, unit: str, items: tuple[Item, ...], day: date, sees_all: bool
) -> UnitFacts:
    """What is known of a unit, as far as some items rest on it; nothing is asked where there is none.

    How other units stand is known only to who sees them all.
    """
    place = year.place_of(unit)
    if not items:
        return UnitFacts(sheet=year.sheet, units=year.units, place=place, day=day, tallies=())
    exemptions, suppliers = exemptions_of(session, year), suppliers_of(items, year.sheet)
    is_needed = BY_UNIT in suppliers or asks_last_year(items, year.sheet)
    previous = previous_of(session, year) if is_needed else None
    values: dict[str, str] = {}
    if BY_TASK_LIST in suppliers and year.tasks is not None:
        values |= task_figures(session, year, day=day, units=[unit])[unit]
    if BY_UNIT in suppliers:
        form = asked_form(session, year, place, exemptions, previous)
        drafts = drafts_of(session, cycle=year.cycle.id, units=[unit])[unit]
        values |= answers_of(form, drafts, year.cycle.year)
    everyone = cached_ledger_figures(session, year, day=day) if sees_all and compares(items, year.sheet) else None
    return UnitFacts(
        sheet=year.sheet, units=year.units, place=place, day=day, tallies=tallies(session, year, day).get(unit, ()),
        values=values, exemptions=exemptions, previous=previous, everyone=everyone,
        earlier=earlier_of(session, year) if is_needed else (), objects=year.objects,
    )  # fmt: skip
