"""Leadership teams of the units: from a file, or one member at a time."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.calendar import day_of
from assess.core.errors import NotFound
from assess.services import teams as services
from assess.services.years import year_of
from assess.store.queries.teams import MemberRow, members
from assess.web.confirming import ask_first
from assess.web.forms.documents import AcceptDocumentForm, ActForm, DocumentForm
from assess.web.forms.teams import member_form
from assess.web.pages import Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.previews import accepted, held, hold
from assess.web.request import actor, current_cycle, db, language, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("teams", __name__)


@bp.route("/<year:year>/setup/teams", methods=["GET", "POST"])
@Page(Right.ADMINISTER, title=_l("Leadership teams"), under="set_up.show")
def edit(year: int) -> ResponseReturnValue:
    """The teams by unit, and a new list of them."""
    cycle, form = current_cycle(), DocumentForm()
    if done := submission(form, lambda: services.preview_teams(reader(), cycle, form.upload)):
        return done.redirect(url_for("teams.preview", document=hold("teams", form.upload)))
    found = year_of(reader(), cycle)
    rows = services.by_post(found, members(reader(), cycle.id))
    number = page_asked_for()
    facts = {"year": found, "titles": services.post_titles(found), "today": day_of(now())}
    facts |= {"members": rows, "without": services.units_without_team(found, rows)}
    facts |= {"shown": rows[(number - 1) * SIZE : number * SIZE], "paging": page_of(number, len(rows))}
    return render_template("teams/edit.html", form=form, **facts), status_of(form)


@bp.route("/<year:year>/setup/teams/preview", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def preview(year: int) -> ResponseReturnValue:
    """What a new list changes; accepted, all of it, when the button is pressed."""
    cycle, form, kept = current_cycle(), AcceptDocumentForm(), held("teams")
    if done := accepted(form, services.accept_teams, kept):
        return done.redirect(url_for("teams.edit"), _("The leadership teams are imported."))
    found = services.preview_teams(reader(), cycle, kept.document)
    return render_template("teams/preview.html", form=form, preview=found, held=kept), status_of(form)


@bp.route("/<year:year>/setup/teams/teams.xlsx")
@Page(Right.ADMINISTER)
def download(year: int) -> ResponseReturnValue:
    """The teams as a workbook to edit; before there are any, a row for each unit and post."""
    book = services.written_teams(reader(), current_cycle(), language())
    return send_file(book, download_name=f"teams-{year}.xlsx", as_attachment=True)


@bp.route("/<year:year>/setup/teams/new", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def add(year: int) -> ResponseReturnValue:
    """Somebody who comes into a team."""
    form = member_form(year_of(reader(), current_cycle()))
    unit = form.unit.data or ""
    if done := submission(
        form, lambda: services.add_member(db(), actor(), cycle=current_cycle(), unit=unit, now=now(), **form.facts)
    ):
        return done.redirect(url_for("teams.edit"), _("%(name)s is added to the list.", name=form.name.data))
    return render_template("teams/member.html", form=form, member=None, unit=None), status_of(form)


@bp.route("/<year:year>/setup/teams/<row:row>", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def change(year: int, row: int) -> ResponseReturnValue:
    """Correct a member, or say when the person came or left."""
    found = year_of(reader(), current_cycle())
    member = member_in_view(row)
    form = member_form(found, **services.as_typed(member))
    if done := submission(
        form,
        lambda: services.change_member(
            db(), actor(), cycle=current_cycle(), seen=form.version, now=now(), row=row, **form.facts
        ),
    ):
        return done.redirect(url_for("teams.edit"), _("The change is saved."))
    return render_template("teams/member.html", form=form, member=member, unit=found.name_of(member.unit)), status_of(
        form
    )


def member_in_view(row: int) -> MemberRow:
    """The member that the address names.

    Raises:
        NotFound: the list has none of this number.
    """
    member = next((each for each in members(reader(), current_cycle().id) if each.id == row), None)
    if member is None:
        raise NotFound(services.NO_MEMBER)
    return member


@bp.route("/<year:year>/setup/teams/<row:row>/remove", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def remove(year: int, row: int) -> ResponseReturnValue:
    """Remove somebody who was entered by mistake, once that is confirmed."""
    if flask_request.method != "POST":
        return ask_to_remove(row)
    seen = ActForm().version
    services.remove_member(db(), actor(), cycle=current_cycle(), row=row, seen=seen, now=now())
    flash(_("The member is removed."), "success")
    return redirect(url_for("teams.edit"), code=303)


def ask_to_remove(row: int) -> ResponseReturnValue:
    """The question before a member is removed from the list."""
    member = member_in_view(row)
    return ask_first(
        _("Remove %(name)s from the list?", name=member.name),
        [_("Keep people who left, with their last day. Remove only entries made by mistake.")],
        button=_("Remove from the list"),
        back=url_for("teams.change", row=row),
        seen=member.version,
    )
