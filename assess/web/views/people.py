"""People as the office keeps them: the list, one person, one-time links, and those who leave."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right, Role
from assess.core.text import Language
from assess.services import accounts
from assess.services.accounts import AccountDetails, about_of, account_of_office
from assess.store.queries.accounts import colleagues, people_found
from assess.web.forms.accounts import (
    LeaverForm,
    NewPersonForm,
    PersonForm,
    person_form,
    search_form,
    sought,
)
from assess.web.forms.seen import SeenForm
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, db, now, reader, settings
from assess.web.submission import status_of, submission

bp = Blueprint("people", __name__, url_prefix="/people")


@bp.route("/")
@Page(Right.ADMINISTER, title=_l("People"), area=Area.YEAR, place=240)
def people() -> ResponseReturnValue:
    """Everybody who has an account."""
    places = accounts.places_of(reader(), actor())
    form = search_form(places)
    number = page_asked_for()
    rows, found = people_found(reader(), sought(form), page=number, size=SIZE)
    return render_template(
        "accounts/people.html",
        search=form,
        people=found,
        places=places,
        page=page_of(number, rows),
        links_of_found=f"{url_for('people.links')}?{flask_request.query_string.decode()}",
        attacked=accounts.number_under_attack(reader(), now=now()),
    )


@bp.route("/sign-ins")
@Page(Right.ADMINISTER)
def failed_sign_ins() -> ResponseReturnValue:
    """Under whose names attempts to sign in failed in the last days."""
    failed = accounts.failed_sign_ins(reader(), now=now())
    return render_template("accounts/failed_sign_ins.html", failed=failed, days=accounts.FAILURES_KEPT.days)


@bp.route("/new", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def add() -> ResponseReturnValue:
    """Make an account, and a link to set its password."""
    form = cast("NewPersonForm", person_form(NewPersonForm, accounts.places_of(reader(), actor()), language="zh"))
    if done := submission(form, lambda: added(form)):
        return link_page(form.name.data, form.username.data, done.result)
    return render_template("accounts/add.html", form=form), status_of(form)


def added(form: NewPersonForm) -> str:
    """Make an account; the one-time link for its password."""
    made = accounts.add_account(db(), actor(), username=form.username.data, now=now(), **vars(about(form)))
    return accounts.make_link(db(), actor(), account=made.id, now=now())


@bp.route("/<row:row>", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def person(row: int) -> ResponseReturnValue:
    """One person: what the office keeps, and what it can do."""
    found = account_of_office(reader(), actor(), account=row)
    form = person_form(
        PersonForm, accounts.places_of(reader(), actor()), seen=found.version, **typed_of(about_of(found))
    )
    if done := submission(
        form,
        lambda: accounts.change_account(db(), actor(), account=row, seen=form.version, about=about(form), now=now()),
    ):
        return done.redirect(url_for("people.person", row=row), _("Saved."))
    return render_template("accounts/person.html", form=form, person=found), status_of(form)


@bp.route("/<row:row>/link", methods=["POST"])
@Page(Right.ADMINISTER)
def link(row: int) -> ResponseReturnValue:
    """Make a one-time link and show it this once."""
    found = account_of_office(reader(), actor(), account=row)
    return link_page(found.name, found.username, accounts.make_link(db(), actor(), account=row, now=now()))


def link_page(name: str, username: str, token: str) -> ResponseReturnValue:
    """The page that shows a link; nothing else ever does."""
    address = address_of_link(token)
    return render_template(
        "accounts/link.html", name=name, username=username, address=address, until=now() + accounts.LIFE
    )


def address_of_link(token: str) -> str:
    """Where a person sets a password."""
    return settings().address + url_for("accounts.set_password", token=token)


@bp.route("/<row:row>/close", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def close(row: int) -> ResponseReturnValue:
    """Close the account of somebody who leaves."""
    found = account_of_office(reader(), actor(), account=row)
    form = LeaverForm(data={"seen": found.version})
    form.offer(colleagues(reader(), but=row))
    if done := submission(
        form,
        lambda: accounts.close_account(db(), actor(), account=row, seen=form.version, successor=form.chosen, now=now()),
    ):
        return done.redirect(
            url_for("people.person", row=row), _("The account of %(name)s is closed.", name=found.name)
        )
    places = accounts.places_of(reader(), actor())
    return render_template("accounts/close.html", form=form, person=found, places=places), status_of(form)


@bp.route("/<row:row>/reopen", methods=["POST"])
@Page(Right.ADMINISTER)
def reopen(row: int) -> ResponseReturnValue:
    """Open the account of somebody who comes back."""
    accounts.reopen_account(db(), actor(), account=row, seen=SeenForm().version, now=now())
    flash(_("The account is active again. Create a one-time link for the new password."), "success")
    return redirect(url_for("people.person", row=row), code=303)


def about(form: PersonForm) -> AccountDetails:
    """What was typed of a person.

    Raises:
        Refused: the roles do not go together with the units and departments.
    """
    roles = [Role(each) for each in form.roles.codes]
    return AccountDetails(
        name=form.name.data,
        email=form.email.data or None,
        language=cast("Language", form.language.data),
        duties=accounts.duties_of(roles, form.units.codes, form.departments.codes),
    )


def typed_of(kept: AccountDetails) -> dict[str, Any]:
    """What a form says of a person at first."""
    return {
        "name": kept.name,
        "email": kept.email or "",
        "language": kept.language,
        "roles": [str(role) for role in dict.fromkeys(duty.role for duty in kept.duties)],
        "units": [duty.unit for duty in kept.duties if duty.unit],
        "departments": [duty.department for duty in kept.duties if duty.department],
    }
