"""Tokens for departments' systems: the list, giving one, which is shown this once, and withdrawing one."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.calendar import day_of
from assess.core.errors import NotFound
from assess.core.tokens import RECEIVERS, TokenState
from assess.services import accounts
from assess.services import tokens as services
from assess.services.tokens import IssuedToken
from assess.store.queries import tokens as queries
from assess.store.queries.cycles import cycles_seen_by, newest_of
from assess.web.forms.documents import DoingForm
from assess.web.forms.tokens import scope, token_form
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, db, now, reader, settings
from assess.web.submission import status_of, submission

bp = Blueprint("tokens", __name__, url_prefix="/tokens")

TAGS = {
    TokenState.IN_FORCE: "current",
    TokenState.EXPIRED: "closed",
    TokenState.WITHDRAWN: "closed",
    TokenState.UNHELD: "returned",
}
"""The colour of how a token stands."""


@bp.route("/")
@Page(Right.ADMINISTER, title=_l("Tokens for systems"), area=Area.YEAR, place=250)
def listing() -> ResponseReturnValue:
    """Every token that was given."""
    number = page_asked_for()
    rows = queries.tokens_listed(reader(), start=(number - 1) * SIZE, size=SIZE)
    page = page_of(number, queries.number_of_tokens(reader()))
    facts = {"scope": scope, "places": accounts.places_of(reader(), actor()), "today": day_of(now()), "tags": TAGS}
    return render_template("tokens/listing.html", rows=rows, page=page, in_force=TokenState.IN_FORCE, **facts)


@bp.route("/new", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def give() -> ResponseReturnValue:
    """Give a token; the answer shows it, and nothing else ever does."""
    places = accounts.places_of(reader(), actor())
    form = token_form(queries.holders(reader()), places)
    if done := submission(form, lambda: services.give_token(db(), actor(), now=now(), **form.facts)):
        return shown_once(done.result, places)
    return render_template("tokens/give.html", form=form), status_of(form)


def shown_once(given: IssuedToken, places: accounts.PersonScope) -> ResponseReturnValue:
    """The page that shows a token. Loaded again it asks for another one of the same name, which is refused."""
    year = newest_of(cycles_seen_by(reader(), actor()))
    number = year.year if year else now().year
    department = given.row.department
    reads = department == RECEIVERS
    path = url_for("api.handover", year=number) if reads else url_for("api.send", year=number, department=department)
    facts = {"reads": reads, "address": settings().address + path, "whose": scope(department, places)}
    return render_template("tokens/given.html", given=given, **facts)


@bp.route("/<row:row>/withdraw", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def withdraw(row: int) -> ResponseReturnValue:
    """Withdraw a token, once that is confirmed."""
    found, form = queries.token_at(reader(), row), DoingForm()
    if found is None:
        raise NotFound(services.NO_TOKEN)
    if done := submission(form, lambda: services.withdraw_token(db(), actor(), row=row, now=now())):
        return done.redirect(url_for("tokens.listing"), _("The token of %(name)s is revoked.", name=found.name))
    places, today = accounts.places_of(reader(), actor()), day_of(now())
    page = render_template(
        "tokens/withdraw.html", form=form, token=found, places=places, today=today, tags=TAGS, scope=scope
    )
    return page, status_of(form)
