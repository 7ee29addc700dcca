"""Rounds of chiefs: the list, by chief and by unit, one with what was found on it, entering and withdrawing."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Actor, Right
from assess.core.findings.listing import FindingView
from assess.core.workflow import Act, is_allowed
from assess.services.findings import findings_of
from assess.services.findings.filing import locked_at
from assess.services.findings.seeing import is_own, units_seen
from assess.services.patrols import Patrols, may_record, patrol_seen, patrols_of, record_patrol, withdraw_patrol
from assess.services.years import year_of
from assess.store.queries.finding_lists import FindingFilter
from assess.store.queries.patrols import PatrolRow
from assess.web.forms.patrols import PatrolFilterForm, WithdrawPatrolForm, patrol_form
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.rounds import RoundLine, added_up, in_percent, rounded
from assess.web.submission import status_of, submission

bp = Blueprint("patrols", __name__, url_prefix="/<year:year>/patrols")

NUMBERS: Final = {"rounded": rounded, "in_percent": in_percent}
BY: Final = ("round", "chief", "unit")


@bp.route("")
@Page(
    Right.SEE_FINDINGS,
    title=_l("Patrols of river, forest and field chiefs"),
    short=_l("Patrols"),
    area=Area.FINDINGS,
    place=70,
)
def listing(year: int) -> ResponseReturnValue:
    """The rounds, or what they add up to by chief or by unit, a page at a time."""
    form, number = PatrolFilterForm(flask_request.args), page_asked_for()
    by = form.by.data if form.by.data in BY else BY[0]
    part = slice((number - 1) * SIZE, number * SIZE)
    asked = {"unit": form.unit.data or "", "chief": form.chief.data or ""}
    page = patrols_of(reader(), actor(), cycle=current_cycle(), part=part, **asked)
    form.offer(page, units_in(page, actor()))
    chiefs = [row for row in page.by_chief if asked["chief"] in ("", row.chief)]
    sums: list[Any] = chiefs if by == "chief" else list(page.by_unit.items())
    paging = page_of(number, page.number if by == BY[0] else len(sums))
    about = {"by": by, "narrowed": form, "asked": asked, "sums": sums[part], "paging": paging}
    lines = [RoundLine(row, page.year) for row in page.rows]
    about |= {"lines": lines, "whole": added_up(chiefs), "may_enter": may_enter(), **NUMBERS}
    return render_template("patrols/listing.html", page=page, **about)


def may_enter() -> bool:
    """Whether the reader may enter rounds now."""
    return actor().may(Right.TAKE_PART) and is_allowed(current_cycle().stage, Act.INSPECT)


def units_in(page: Patrols, person: Actor) -> list[str]:
    """The units that a person sees, in the order of the year."""
    seen = units_seen(person)
    return [code for code in page.year.units.codes if seen is None or code in seen]


@bp.route("/new", methods=["GET", "POST"])
@Page(Right.TAKE_PART, title=_l("Record a patrol"))
def new(year: int) -> ResponseReturnValue:
    """Enter a round that was made."""
    cycle = current_cycle()
    form = patrol_form(year_of(reader(), cycle), actor())
    if done := submission(form, lambda: record_patrol(db(), actor(), cycle=cycle, typed=form.typed, now=now())):
        return done.redirect(url_for("patrols.show", row=done.result), _("The patrol is recorded."))
    return render_template("patrols/new.html", form=form, locked=locked_at(cycle)), status_of(form)


@bp.route("/<row:row>")
@Page(Right.SEE_FINDINGS)
def show(year: int, row: int) -> ResponseReturnValue:
    """One round, and what was found on it."""
    cycle, number = current_cycle(), page_asked_for()
    patrol = patrol_seen(reader(), actor(), cycle=cycle, row=row)
    found = findings_of(
        reader(), actor(), cycle=cycle, narrowed=FindingFilter(patrol=row), show=FindingView.ALL,
        part=slice((number - 1) * SIZE, number * SIZE), now=now(),
    )  # fmt: skip
    about = {"paging": page_of(number, found.number), "may": what_may_be_done(patrol)}
    return render_template("patrols/show.html", line=RoundLine(patrol, found.year), found=found, **about)


def what_may_be_done(patrol: PatrolRow) -> set[str]:
    """What the reader may do with a round now: record what was found on it, withdraw it."""
    if patrol.withdrawn_at is not None or not may_enter() or not may_record(actor(), patrol.unit):
        return set()
    finds = {"find"} if actor().may(Right.INSPECT) and not is_own(actor(), patrol.unit) else set()
    return finds if patrol.findings else {*finds, "withdraw"}


@bp.route("/<row:row>/withdraw", methods=["GET", "POST"])
@Page(Right.TAKE_PART)
def withdraw(year: int, row: int) -> ResponseReturnValue:
    """Withdraw a round that was entered wrongly, with a reason."""
    cycle = current_cycle()
    patrol = patrol_seen(reader(), actor(), cycle=cycle, row=row)
    form = WithdrawPatrolForm(data={"seen": str(patrol.version)})
    given: dict[str, Any] = {"row": row, "reason": form.reason.data or "", "seen": form.version, "now": now()}
    if done := submission(form, lambda: withdraw_patrol(db(), actor(), cycle=cycle, **given)):
        told = _("The patrol is undone. It stays in the list and is not counted.")
        return done.redirect(url_for("patrols.show", row=row), told)
    line = RoundLine(patrol, year_of(reader(), cycle))
    return render_template("patrols/withdraw.html", line=line, form=form), status_of(form)
