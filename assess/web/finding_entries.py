"""Findings as things to do on the home page: what a unit is to put right, what waits for inspectors and the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from assess.core.actors import Actor, Right
from assess.core.calendar import DueState, day_of, due_on
from assess.core.findings.listing import FindingView
from assess.core.findings.states import FindingState
from assess.core.workflow import Act, is_allowed
from assess.services.findings import counts_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.finding_lists import FindingFilter, finding_list
from assess.store.queries.findings import FindingRow
from assess.web.blocks import TodoBlock, TodoEntry
from assess.web.filters import day, localized
from assess.web.request import now, reader

LISTED: Final = 5
"""So many findings stand on the home page by themselves."""
MAX_COUNT: Final = 99
"""So many are counted there."""
MAX_TITLE_LENGTH: Final = 40
"""Characters of what was found."""
WAITING: Final = {
    Right.CERTIFY: (
        FindingView.TO_ASSIGN,
        FindingView.TO_REVIEW,
        FindingView.TO_CLOSE,
        FindingView.ASKED,
        FindingView.OVERDUE,
    ),
    Right.ADMINISTER: (FindingView.ASKED, FindingView.OVERDUE),
}
"""Which lists wait for whom."""
COME_BACK: Final = (FindingState.RETURNED, FindingState.REOPENED)
STATES: Final = {FindingView.OVERDUE: "overdue"}


def blocks_of(person: Actor, cycle: CycleRow) -> list[TodoBlock]:
    """What a person has to do with findings (1 query, one more for who both reports for a unit and inspects)."""
    if not is_allowed(cycle.stage, Act.INSPECT):
        return []
    own = to_put_right(person, cycle) if person.may(Right.REPORT) and person.units else []
    return [*own, waiting(person, cycle)] if person.may(Right.INSPECT) else own


def to_put_right(person: Actor, cycle: CycleRow) -> list[TodoBlock]:
    """The findings that a person's units are to put right, worst first (1 query); no block where there are none."""
    today, part = day_of(now()), slice(0, MAX_COUNT + 1)
    narrowed = FindingFilter(units=person.units)
    rows = finding_list(reader(), cycle=cycle.id, narrowed=narrowed, show=FindingView.TO_RECTIFY, day=today, part=part)
    entries = [*(entry_of(row, cycle.year, today) for row in rows[:LISTED]), *further(rows[LISTED:], cycle.year)]
    everything = (_("All findings of the unit"), url_for("findings.listing", year=cycle.year))
    return [TodoBlock(title=_("Findings to correct"), entries=tuple(entries), link=everything)] if rows else []


def entry_of(row: FindingRow, year: int, today: date) -> TodoEntry:
    """One finding, how its deadline stands, and whether it came back."""
    due = due_on(row.deadline, today)
    is_overdue, has_come_back = (
        due.state is DueState.OVERDUE,
        row.state in (FindingState.RETURNED, FindingState.REOPENED),
    )
    what = row.what if len(row.what) <= MAX_TITLE_LENGTH else f"{row.what[:MAX_TITLE_LENGTH]}…"
    return TodoEntry(
        text=_("Finding %(number)s: %(what)s", number=row.number, what=what),
        href=url_for("findings.finding", year=year, number=row.number),
        hint=_("Deadline %(day)s (%(left)s)", day=day(row.deadline), left=localized(due.message)),
        status=localized((due.state if is_overdue and not has_come_back else row.state).label),
        state="overdue" if is_overdue else "returned" if has_come_back else "due",
        days_left=due.days_left,
        is_returned=has_come_back,
    )


def further(rows: list[FindingRow], year: int) -> Iterator[TodoEntry]:
    """How many more there are."""
    most = MAX_COUNT - LISTED
    if rows:
        yield TodoEntry(
            text=_("More findings to correct"),
            href=url_for("findings.listing", year=year, show=FindingView.TO_RECTIFY.value),
            status=_("Findings: %(n)s", n=len(rows) if len(rows) <= most else _("more than %(most)s", most=most)),
            state="due",
        )


def waiting(person: Actor, cycle: CycleRow) -> TodoBlock:
    """What waits for whoever inspects (1 query)."""
    counts = counts_of(reader(), person, cycle=cycle, now=now())
    shows = dict.fromkeys(show for right, shows in WAITING.items() if person.may(right) for show in shows)
    entries = tuple(
        TodoEntry(
            text=localized(show.label),
            href=url_for("findings.listing", year=cycle.year, show=show.value),
            status=_("Findings: %(n)s", n=counts[show]),
            state=STATES.get(show, "due"),
        )
        for show in shows
        if counts[show]
    )
    return TodoBlock(
        title=_("Findings"),
        entries=entries,
        due="" if entries else _("No finding needs your action."),
        link=(_("All findings"), url_for("findings.listing", year=cycle.year)),
    )
