"""The result of a unit as its own officials see it: the whole, and one line of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.appeals.states import AppealState
from assess.core.workflow import Act, last_stage_of
from assess.services import appeals, notices
from assess.services.appeals import AppealWindow
from assess.services.years import units_of
from assess.store.queries.appeals import AppealRow
from assess.web.forms.fields import number_in
from assess.web.ledger_links import lists_behind
from assess.web.pages import Area, Page
from assess.web.request import actor, current_cycle, now, reader, settings
from assess.web.views.lodging import TAGS

bp = Blueprint("notices", __name__, url_prefix="/<year:year>/result")


@bp.route("")
@Page(Right.REPORT, title=_l("Result"), area=Area.RESULTS, place=90)
def own(year: int) -> ResponseReturnValue:
    """The way from the navigation to the result of one's own unit."""
    current_cycle()
    return redirect(url_for("notices.result", unit=actor().first_unit()), code=303)


@bp.route("/<unit>")
@Page(Right.REPORT)
def result(year: int, unit: str) -> ResponseReturnValue:
    """The result of a unit, or when it is expected."""
    page = notices.result_page(
        reader(), actor(), cycle=current_cycle(), unit=unit, folder=settings().uploads, number=run_asked_for()
    )
    if page is None:
        return expected(unit)
    lists = lists_behind(page.sheet, unit)
    return render_template("notices/result.html", page=page, unit=unit, lists=lists, said=said_by(unit))


@dataclass(frozen=True)
class Said:
    """What a unit said to its result: the newest appeal of each line, and the time there is to appeal."""

    marks: Mapping[str, AppealRow]
    window: AppealWindow
    year: int
    tags: Mapping[AppealState, str]


def said_by(unit: str) -> Said:
    """The appeals of a unit (1 query)."""
    cycle = current_cycle()
    marks = appeals.open_by_item(reader(), cycle=cycle, unit=unit)
    return Said(marks, appeals.window_of(cycle, now()), cycle.year, TAGS)


def run_asked_for() -> int | None:
    """The run that an address names, where it names one."""
    return number_in(flask_request.args.get("run", "")) or None


def expected(unit: str) -> ResponseReturnValue:
    """That nothing is released yet."""
    cycle = current_cycle()
    units, _names = units_of(reader(), cycle)
    names = dict(zip(units.codes, units.names, strict=True))
    certified_until = cycle.ends.get(last_stage_of(Act.CERTIFY))
    return render_template("notices/expected.html", name=names.get(unit), certified_until=certified_until)


@bp.route("/<unit>/lines/<node>")
@Page(Right.REPORT)
def line(year: int, unit: str, node: str) -> ResponseReturnValue:
    """One line with every value that it stands on."""
    number = run_asked_for()
    page = notices.line_page(
        reader(), actor(), cycle=current_cycle(), unit=unit, node=node, folder=settings().uploads, number=number
    )
    lists = lists_behind(page.result.sheet, unit)
    return render_template("notices/line.html", page=page, unit=unit, lists=lists, run=number, said=said_by(unit))
