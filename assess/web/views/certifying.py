"""Certifying what units reported: the list, the exact values before each act, and correcting one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, NoReturn

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from assess.core.actors import Right
from assess.core.errors import NotFound
from assess.core.text import Text
from assess.services.certifying import certify_values, correct_value, return_values
from assess.services.certifying.choosing import NO_VALUE
from assess.services.certifying.deciding import Certified
from assess.services.certifying.overview import ReportedValue, Scope, ValueView, lines_of, scope_of
from assess.web.filters import localized
from assess.web.forms.certifying import ChosenForm, SendBackForm, ValueFilterForm, correction_form, numbers_in
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("certifying", __name__, url_prefix="/<year:year>/certifying")

MAX_SHOWN: Final = 500
"""So many values are listed at once before an act; the rest comes after them."""
TAGS: Final = {"reported": "due", "certified": "certified", "returned": "returned"}
"""The colour of each state of a value."""


def scope_in_view() -> Scope:
    """What the reader may look at."""
    return scope_of(reader(), actor(), current_cycle())


@bp.route("")
@Page(Right.REVIEW, title=_l("Certifying"), area=Area.SUBMISSIONS, place=130)
def listing(year: int) -> ResponseReturnValue:
    """The reported values of all units side by side, a page at a time."""
    scope, form = scope_in_view(), ValueFilterForm(flask_request.args)
    wanted = form.wanted
    rows = scope.wanted(wanted)
    counts = {show: sum(scope.is_shown(row, show) for row in rows) for show in ValueView}
    shown = [row for row in rows if scope.is_shown(row, wanted.show)]
    number = page_asked_for()
    asked = form.asked
    form.offer(scope, counts)
    return render_template(
        "certifying/listing.html",
        scope=scope,
        narrowed=form,
        asked=asked,
        counts=counts,
        wanted=wanted,
        lines=lines_of(reader(), scope, shown[(number - 1) * SIZE : number * SIZE]),
        paging=page_of(number, len(shown)),
        waiting=sum(scope.may_decide(row) for row in shown if row.state == "reported"),
        tags=TAGS,
    )


def chosen_lines(
    scope: Scope, *, whole_figures: bool, numbers: list[int] | None = None
) -> tuple[list[ReportedValue], int]:
    """The values that the reader ticked, or all that wait in the list, as far as they may decide; how many are left.

    A figure that goes back goes back whole: with all its periods.
    """
    form = ValueFilterForm(flask_request.args)
    rows = [row for row in scope.wanted(replace(form.wanted, show=ValueView.ALL)) if scope.may_decide(row)]
    if numbers is None and flask_request.args.get("all"):
        show = ValueView.SUSPICIOUS if form.wanted.show is ValueView.SUSPICIOUS else ValueView.WAITING
        rows = [row for row in rows if scope.is_shown(row, show)]
    else:
        ticked = set(numbers_in(flask_request.args.getlist("values")) if numbers is None else numbers)
        figures = {(row.unit, row.figure) for row in rows if row.id in ticked}
        rows = [row for row in rows if row.id in ticked or (whole_figures and (row.unit, row.figure) in figures)]
    if not whole_figures:
        rows = [row for row in rows if row.state == "reported"]
    return lines_of(reader(), scope, rows[:MAX_SHOWN]), max(0, len(rows) - MAX_SHOWN)


def back() -> str:
    """The list as it was narrowed."""
    asked: dict[str, Any] = {**ValueFilterForm(flask_request.args).asked}
    return url_for("certifying.listing", **asked)


@bp.route("/certify", methods=["GET", "POST"])
@Page(Right.CERTIFY)
def certify(year: int) -> ResponseReturnValue:
    """The values to be certified, exactly, and then the act."""
    form = ChosenForm()
    if done := submission(
        form, lambda: certify_values(db(), actor(), cycle=current_cycle(), values=form.numbers, now=now())
    ):
        tell_certified(done.result)
        return done.redirect(back())
    return confirm("certifying/certify.html", form, whole_figures=False)


def tell_certified(found: Certified) -> None:
    """Say how many values are certified, and of which units all are."""
    flash(ngettext("%(num)s value is certified.", "%(num)s values are certified.", found.values), "success")
    if found.forms:
        names = scope_names(found.forms)
        flash(_("All values submitted by these units are certified: %(units)s.", units=names), "success")


def scope_names(units: tuple[str, ...]) -> str:
    """The names of units in one line."""
    year = scope_in_view().year
    return localized(Text.listed(localized(year.name_of(unit)) for unit in units))


@bp.route("/return", methods=["GET", "POST"])
@Page(Right.CERTIFY)
def send_back(year: int) -> ResponseReturnValue:
    """The values that go back to their units, exactly, with the reason, and then the act."""
    form = SendBackForm()
    given: dict[str, Any] = {"values": form.numbers, "reason": form.reason.data or "", "now": now()}
    if done := submission(form, lambda: return_values(db(), actor(), cycle=current_cycle(), **given)):
        return done.redirect(back(), _("Returned to: %(units)s.", units=scope_names(done.result)))
    return confirm("certifying/send_back.html", form, whole_figures=True)


def confirm(template: str, form: ChosenForm, *, whole_figures: bool) -> ResponseReturnValue:
    """The page with the exact list; back to the list where nothing is left to decide on."""
    scope, numbers = scope_in_view(), form.numbers if form.is_submitted() else None
    lines, left = chosen_lines(scope, whole_figures=whole_figures, numbers=numbers)
    if not lines and not form.is_submitted():
        flash(_("Select at least one value that you can decide on."), "warning")
        return redirect(back(), code=303)
    form.hold(lines)
    facts = {"scope": scope, "lines": lines, "left": left, "back": back(), "tags": TAGS}
    return render_template(template, form=form, **facts), status_of(form)


@bp.route("/<row:row>/correct", methods=["GET", "POST"])
@Page(Right.CERTIFY)
def correct(year: int, row: int) -> ResponseReturnValue:
    """Put another value in the place of one that is wrong."""
    scope = scope_in_view()
    found = next((each for each in scope.rows if each.id == row), None)
    if found is None:
        raise_what_became_of(row)
    form = correction_form(scope.year.sheet.figures[found.figure])
    if done := submission(form, lambda: keep_correction(row, form["text"].data or "", form.reason.data or "")):
        told = _("The value is corrected and certified. The unit can see both values and the reason.")
        return done.redirect(back(), told)
    (line,) = lines_of(reader(), scope, [found])
    return render_template("certifying/correct.html", form=form, line=line, back=back(), tags=TAGS), status_of(form)


def keep_correction(row: int, text: str, reason: str) -> None:
    """Put the right value in the place of another."""
    correct_value(db(), actor(), cycle=current_cycle(), value=row, text=text, reason=reason, now=now())


def raise_what_became_of(row: int) -> NoReturn:
    """Whoever sent a correction of a value that is in no list any more reads what happened to it meanwhile."""
    if flask_request.method == "POST":
        keep_correction(row, "", "")
    raise NotFound(NO_VALUE)
