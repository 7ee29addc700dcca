"""What a member of a panel has still to judge, as things to do on the home page."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from assess.core.actors import Actor
from assess.core.completeness import Demands
from assess.core.panels import judged_figures
from assess.core.workflow import Act, is_allowed, last_stage_of
from assess.services.panels.scope import left_to_judge, own_by_figure
from assess.services.years import Year
from assess.web.blocks import TodoBlock, TodoEntry
from assess.web.filters import day, localized
from assess.web.request import reader


def to_judge(person: Actor, year: Year, demands: Demands) -> Iterator[TodoBlock]:
    """The panels on which a person sits with what is left of each (1 query); none for others, or once it is over."""
    own = own_by_figure(reader(), person, cycle=year.cycle)
    left = left_to_judge(year, demands, own, person)
    if not left or not is_allowed(year.cycle.stage, Act.SUPPLY):
        return
    ends, figures = year.cycle.ends.get(last_stage_of(Act.SUPPLY)), judged_figures(year.sheet)
    yield TodoBlock(
        title=_("Points to give as a panel member"),
        entries=tuple(
            TodoEntry(
                text=localized(figures[name].title),
                href=url_for("panels.judge", year=year.cycle.year, panel=name),
                status=_("%(n)s left", n=count),
                state="due",
                hint=None if ends is None else _("until %(day)s", day=day(ends)),
            )
            for name, count in left.items()
            if count
        ),
        due="" if any(left.values()) else _("You have judged every unit."),
        link=(_("All panels"), url_for("panels.listing", year=year.cycle.year)),
    )
