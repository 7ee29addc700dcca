"""Certifying what units reported: the list, the exact values before each act, and correcting one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
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
from assess.services.certifying.grid import figure_counts, grid_of
from assess.services.certifying.overview import ReportedValue, Scope, ValueSearch, ValueView, lines_of, scope_of
from assess.store.queries.certifying import ReportedRow
from assess.web.filters import localized
from assess.web.forms.certifying import (
    ChosenForm,
    SendBackForm,
    ValueFilterForm,
    certifying_form,
    correction_form,
    numbers_in,
)
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("certifying", __name__, url_prefix="/<year:year>/certifying")

MAX_SHOWN: Final = 300
"""So many values are listed at once before an act; the rest comes after them."""
TAGS: Final = {"reported": "due", "certified": "certified", "returned": "returned"}
"""The colour of each state of a value."""


def scope_in_view() -> Scope:
    """What the reader may look at."""
    return scope_of(reader(), actor(), current_cycle())


@bp.route("")
@Page(Right.REVIEW, title=_l("Certifying"), area=Area.SUBMISSIONS, place=130)
def listing(year: int) -> ResponseReturnValue:
    """The reported values of all units as a grid; of one figure or one unit as a list. A page at a time."""
    scope, form = scope_in_view(), ValueFilterForm(flask_request.args)
    wanted = form.wanted
    rows = scope.wanted(wanted)
    counts = {show: sum(scope.is_shown(row, show) for row in rows) for show in ValueView}
    shown = [row for row in rows if scope.is_shown(row, wanted.show)]
    asked = form.asked
    form.offer(scope, counts)
    facts = {
        "scope": scope,
        "narrowed": form,
        "asked": asked,
        "waiting": sum(scope.waits(row) for row in shown),
        "doubtful": sum(scope.waits(row) and scope.is_doubtful(row) for row in shown),
        "figures": figure_counts(scope, scope.wanted(replace(wanted, figure="", unit=""))),
        "tags": TAGS,
    }
    if wanted.figure or wanted.unit:
        return list_page(scope, shown, facts)
    return grid_page(scope, shown, facts)


def list_page(scope: Scope, shown: list[ReportedRow], facts: dict[str, Any]) -> str:
    """The values of a figure or a unit, each with everything that tells of it."""
    number = page_asked_for()
    lines = lines_of(reader(), scope, shown[(number - 1) * SIZE : number * SIZE])
    return render_template("certifying/listing.html", lines=lines, paging=page_of(number, len(shown)), **facts)


def grid_page(scope: Scope, shown: list[ReportedRow], facts: dict[str, Any]) -> str:
    """Figures against units."""
    number = page_asked_for()
    grid = grid_of(reader(), scope, shown, number)
    paging = page_of(number, grid.all, size=grid.size)
    return render_template("certifying/grid.html", grid=grid, lines=(), paging=paging, **facts)


@dataclass(frozen=True)
class ChosenLines:
    """The values that an act is about, as far as one page shows them; how many are left for the next."""

    scope: Scope
    lines: list[ReportedValue]
    left: int


def lines_to_certify(form: ChosenForm) -> ChosenLines:
    """What a form that was sent holds, or else what was ticked or the whole list, as far as it waits for the reader."""
    scope = scope_in_view()
    return lines_among(scope, chosen_rows(scope, form, scope.waits))


def lines_to_return(form: ChosenForm) -> ChosenLines:
    """The same as far as the reader may return it: a figure goes back whole, with all its periods."""
    scope = scope_in_view()
    ticked = chosen_rows(scope, form, scope.may_decide)
    figures = {(row.unit, row.figure) for row in ticked}
    rows = [row for row in scope.wanted(ValueSearch()) if (row.unit, row.figure) in figures and scope.may_decide(row)]
    return lines_among(scope, rows)


def chosen_rows(scope: Scope, form: ChosenForm, may: Callable[[ReportedRow], bool]) -> list[ReportedRow]:
    """The values that are chosen and that the reader may act on."""
    narrowed = ValueFilterForm(flask_request.args).wanted
    rows = [row for row in scope.wanted(replace(narrowed, show=ValueView.ALL)) if may(row)]
    if form.is_submitted() or not flask_request.args.get("all"):
        ticked = set(form.numbers if form.is_submitted() else numbers_in(flask_request.args.getlist("values")))
        return [row for row in rows if row.id in ticked]
    show = ValueView.SUSPICIOUS if narrowed.show is ValueView.SUSPICIOUS else ValueView.WAITING
    return [row for row in rows if scope.is_shown(row, show)]


def lines_among(scope: Scope, rows: list[ReportedRow]) -> ChosenLines:
    """The first of these values, with everything that tells of them."""
    return ChosenLines(scope, lines_of(reader(), scope, rows[:MAX_SHOWN]), max(0, len(rows) - MAX_SHOWN))


def back() -> str:
    """The list as it was narrowed."""
    asked: dict[str, Any] = {**ValueFilterForm(flask_request.args).asked}
    return url_for("certifying.listing", **asked)


@bp.route("/certify", methods=["GET", "POST"])
@Page(Right.CERTIFY)
def certify(year: int) -> ResponseReturnValue:
    """The values to be certified, exactly, each suspicious one with a question of its own, and then the act."""
    sent = ChosenForm()
    chosen = lines_to_certify(sent)
    form = certifying_form(line for line in chosen.lines if line.doubt)
    if done := submission(
        form, lambda: certify_values(db(), actor(), cycle=current_cycle(), values=form.agreed, now=now())
    ):
        tell_certified(done.result, len(form.numbers) - len(form.agreed))
        return done.redirect(back())
    return confirm("certifying/certify.html", form, lines_to_certify(sent) if sent.is_submitted() else chosen)


def tell_certified(found: Certified, left: int) -> None:
    """Say how many values are certified and how many were left, and of which units all are certified."""
    flash(ngettext("%(num)s value is certified.", "%(num)s values are certified.", found.values), "success")
    if left:
        flash(ngettext("%(num)s value is left as it was.", "%(num)s values are left as they were.", left), "success")
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
    return confirm("certifying/send_back.html", form, lines_to_return(form))


def confirm(template: str, form: ChosenForm, chosen: ChosenLines) -> ResponseReturnValue:
    """The page with the exact list; back to the list where nothing is left to decide on."""
    if not chosen.lines and not form.is_submitted():
        flash(_("Select at least one value that you can decide on."), "warning")
        return redirect(back(), code=303)
    form.hold(chosen.lines)
    facts = {"lines": chosen.lines, "left": chosen.left, "back": back(), "tags": TAGS}
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
