"""A unit's result as a thing to look at on the home page, with the time to appeal, and what became of its appeals."""

from __future__ import annotations

from typing import Final

from flask import url_for
from flask_babel import gettext as _

from assess.core.actors import Actor
from assess.core.appeals.states import AppealState
from assess.core.runs.kinds import RunStanding
from assess.core.workflow import Act, is_allowed
from assess.services import appeals, runs
from assess.store.queries.appeals import AppealRow
from assess.store.queries.cycles import CycleRow
from assess.store.queries.notices import OwnTotal, newest_appeals, totals_of
from assess.store.queries.releases import ReleaseRow
from assess.web.blocks import TodoBlock, TodoEntry
from assess.web.filters import day, localized, moment
from assess.web.request import now, reader

LISTED: Final = 5
"""So many appeals stand on the home page, the newest first."""
STANDINGS: Final = {RunStanding.PROVISIONAL: "provisional", RunStanding.FINAL: "sealed"}
STATES: Final = {AppealState.LODGED: "waiting", AppealState.WITHDRAWN: "closed"}
"""The colours of appeals; one that is ruled on is to be read."""


def blocks_of(person: Actor, cycle: CycleRow) -> list[TodoBlock]:
    """The results of a person's units once they are released, and the units' appeals (at most 3 queries)."""
    if not (person.units and is_allowed(cycle.stage, Act.SEE_OWN)):
        return []
    release = runs.notice_of(reader(), cycle)
    totals = [] if release is None else totals_of(reader(), run=release.run, units=person.units)
    if release is None or not totals:
        return []
    lodged = newest_appeals(reader(), cycle=cycle.id, units=person.units, most=LISTED + 1)
    results = [result_entry(each, release, cycle) for each in totals]
    further = [all_appeals(each, cycle) for each in totals] if len(lodged) > LISTED else []
    return [
        TodoBlock(
            title=_("Result and appeals"),
            entries=(*results, *(appeal_entry(row, cycle) for row in lodged[:LISTED]), *further),
            due=time_left(cycle),
            link=(_("The whole result, item by item"), url_for("notices.own", year=cycle.year)),
        )
    ]


def all_appeals(own: OwnTotal, cycle: CycleRow) -> TodoEntry:
    """The way to all appeals of a unit, where they do not all stand on the page."""
    return TodoEntry(
        text=_("All appeals of %(unit)s", unit=localized(own.name)),
        href=url_for("lodging.listing", year=cycle.year, unit=own.unit),
        status=_("Only the newest %(n)s are shown above", n=LISTED),
        state="",
    )


def result_entry(own: OwnTotal, release: ReleaseRow, cycle: CycleRow) -> TodoEntry:
    """The result of one unit."""
    return TodoEntry(
        text=_("Result of %(unit)s: %(total)s points", unit=localized(own.name), total=own.total or "–"),
        href=url_for("notices.result", year=cycle.year, unit=own.unit),
        status=localized(release.standing.label),
        state=STANDINGS[release.standing],
    )


def time_left(cycle: CycleRow) -> str:
    """Until when there is time to appeal; why there is none any more."""
    window = appeals.window_of(cycle, now())
    if window.locked is not None or window.last is None or window.due is None:
        return localized(window.locked) if is_allowed(cycle.stage, Act.APPEAL) else ""
    return str(_("You can appeal until %(day)s (%(left)s).", day=day(window.last), left=localized(window.due.message)))


def appeal_entry(row: AppealRow, cycle: CycleRow) -> TodoEntry:
    """One appeal and how it stands."""
    ruled, lodged = (
        _("decided %(when)s", when=moment(row.decided_at)),
        _("submitted %(when)s", when=moment(row.lodged_at)),
    )
    return TodoEntry(
        text=_("Appeal %(number)s", number=appeals.called_number(cycle.year, row.number)),
        href=url_for("lodging.show", year=cycle.year, unit=row.unit, number=row.number),
        hint=lodged if row.state in STATES else ruled,
        status=localized(row.state.label),
        state=STATES.get(row.state, "due"),
    )
