"""A unit's tasks as things to do on the home page."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from assess.core.actors import Actor
from assess.core.calendar import DueState, day_of, due_on
from assess.services.obligations.to_do import ToDo, to_do
from assess.store.queries.cycles import CycleRow
from assess.web.blocks import TodoBlock, TodoEntry
from assess.web.filters import day, localized
from assess.web.request import now, reader


def blocks_of(person: Actor, cycle: CycleRow) -> list[TodoBlock]:
    """The tasks of a person's units, one block a unit (1 query, however many units)."""
    if not person.units or not cycle.stage.is_collecting:
        return []
    found = to_do(reader(), cycle=cycle, units=person.units, now=now())
    return [block(own, cycle.year, named=len(found) > 1) for own in found]


def block(own: ToDo, year: int, *, named: bool) -> TodoBlock:
    """The tasks of a unit, with its name where the person has several."""
    title = _("Annual task list")
    return TodoBlock(
        title=_("%(title)s: %(unit)s", title=title, unit=localized(own.name)) if named else title,
        entries=tuple(entries(own, year)),
        done=own.done,
        all=own.all,
        link=(_("All tasks of the unit"), url_for("obligations.unit", year=year, unit=own.unit)),
    )


def entries(own: ToDo, year: int) -> Iterator[TodoEntry]:
    """What is overdue, and what is to be reported."""
    if own.overdue:
        due = due_on(own.overdue_since, day_of(now()))
        yield TodoEntry(
            text=_("Overdue tasks"),
            href=url_for("obligations.unit", year=year, unit=own.unit, state="overdue"),
            hint=_("the oldest %(left)s", left=localized(due.message)),
            status=_("Tasks: %(n)s", n=own.overdue),
            state="overdue",
            days_left=due.days_left,
        )
    for (label, last, due), count in own.wanting.items():
        yield TodoEntry(
            text=_("Progress for %(period)s", period=localized(label.label)),
            href=url_for("obligations.report", year=year, unit=own.unit, period=str(label)),
            hint=_("due %(day)s (%(left)s)", day=day(last), left=localized(due.message)),
            status=_("Tasks: %(n)s", n=count),
            state="overdue" if due.state is DueState.OVERDUE else "due",
            days_left=due.days_left,
        )
