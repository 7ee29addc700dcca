"""The set-up of a year, step by step."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.set_up import SetUpStep, StepName, next_step
from assess.services.cycles import is_empty
from assess.services.set_up.steps import set_up_of
from assess.web.pages import Area, Page
from assess.web.request import current_cycle, reader

bp = Blueprint("set_up", __name__)

PAGES = {
    StepName.UNITS: "units.edit",
    StepName.RULES: "rules.edit",
    StepName.OBJECTS: "object_lists.edit",
    StepName.TASKS: "task_lists.edit",
    StepName.PREVIOUS: "previous.show",
    StepName.PEOPLE: "people.people",
    StepName.TEAMS: "teams.edit",
    StepName.DATES: "stages.dates",
    StepName.OPEN: "stages.open_year",
}
"""The page of each step."""
STATES = {"done": "done", "to-do": "due", "wrong": "overdue", "waiting": "waiting"}
"""How a step's standing is coloured."""


@bp.route("/<year:year>/setup")
@Page(Right.ADMINISTER, title=_l("Set-up"), area=Area.YEAR, place=20)
def show(year: int) -> ResponseReturnValue:
    """Every step of a year's set-up: what is done, what is to be done, what waits for what."""
    steps = set_up_of(reader(), current_cycle())
    rows = [row_of(number, step) for number, step in enumerate(steps, start=1)]
    upcoming = next_step(steps)
    empty = is_empty(reader(), current_cycle())
    return render_template("set_up/show.html", rows=rows, upcoming=upcoming, href=page_of(upcoming), is_empty=empty)


def row_of(number: int, step: SetUpStep) -> dict[str, object]:
    """A step as the list shows it."""
    return {"number": number, "step": step, "state": STATES[step.standing], "href": page_of(step)}


def page_of(step: SetUpStep | None) -> str | None:
    """Where a step is done, if it can be now."""
    if step is None or step.standing == "waiting":
        return None
    endpoint = PAGES[step.name]
    return url_for(endpoint) if endpoint in current_app.view_functions else None
