"""How complete the figures of a person's departments are, and which of their files wait, as things to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from assess.core.actors import Actor
from assess.core.calendar import DueState, day_of
from assess.core.completeness import Demands
from assess.core.workflow import Imported
from assess.services.imports import DepartmentLine, department_lines
from assess.services.years import Year
from assess.store.queries.imports import ImportRow
from assess.web.blocks import TodoBlock, TodoEntry
from assess.web.filters import day, localized, moment
from assess.web.forms.completeness import INCOMPLETE
from assess.web.request import now, reader

STATES: Final = {
    Imported.CHECKING: "running",
    Imported.FLAWED: "returned",
    Imported.CHECKED: "due",
    Imported.ACCEPTING: "running",
}
"""The colour of each state of a file that waits."""


def own_figures(person: Actor, year: Year, demands: Demands) -> Iterator[TodoBlock]:
    """A block for each department of a person that supplies figures (2 queries, 3 once supplying is over)."""
    lines = department_lines(reader(), person, year, demands, now=now())
    return (block(line, year.cycle.year, named=len(lines) > 1) for line in lines)


def block(line: DepartmentLine, year: int, *, named: bool) -> TodoBlock:
    """How complete a department's figures are, with the name of the department where the person has several."""
    title = _("Figures of your department")
    missing = line.needed - line.done
    return TodoBlock(
        title=f"{title}: {localized(line.title)}" if named else title,
        entries=(
            *([missing_entry(line, missing, year)] if missing else []),
            *(entry(row, year) for row in line.waiting),
        ),
        done=line.complete,
        all=line.units,
        due=due_line(line),
        link=(_("Files of the department"), url_for("imports.department", year=year, department=line.department)),
    )


def missing_entry(line: DepartmentLine, missing: int, year: int) -> TodoEntry:
    """The figures of units that nobody has supplied yet, and where they are seen."""
    is_overdue = line.window.due(day_of(now())).state is DueState.OVERDUE
    return TodoEntry(
        text=_("Units that are not complete"),
        href=url_for("completeness.matrix", year=year, supplier=line.department, show=INCOMPLETE),
        status=ngettext("%(num)s figure is missing", "%(num)s figures are missing", missing),
        state="overdue" if is_overdue else "due",
    )


def due_line(line: DepartmentLine) -> str:
    """Until when figures are supplied, as long as any is missing; why they cannot be."""
    if line.window.locked is not None:
        return localized(line.window.locked)
    if line.is_complete or line.window.last is None:
        return ""
    days = localized(line.window.due(day_of(now())).message)
    return str(_("Due on %(day)s (%(days)s).", day=day(line.window.last), days=days))


def entry(row: ImportRow, year: int) -> TodoEntry:
    """A file that somebody has to go on with."""
    return TodoEntry(
        text=row.file_name,
        href=url_for("imports.show", year=year, row=row.id),
        status=_("Failed") if row.has_failed else localized(row.label).capitalize(),
        state="failed" if row.has_failed else STATES[row.state],
        hint=_("%(who)s, %(when)s", who=row.made_by or _("System administrator"), when=moment(row.made_at)),
    )
