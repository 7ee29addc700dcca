"""Recording a finding, on a phone first: the form, its photos one by one, the receipt."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, jsonify, make_response, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.calendar import day_of
from assess.services.findings import catalogue_in
from assess.services.findings.filing import FilingPage, filing_page
from assess.services.findings.idempotency import Once, record_once
from assess.services.findings.lines import FindingLine
from assess.services.findings.seeing import finding_seen
from assess.services.years import year_of
from assess.web.finding_uploads import keep_photos_sent, take_photos
from assess.web.forms.fields import number_in
from assess.web.forms.finding_recording import FindingForm, finding_form
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, db, language, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("finding_recording", __name__, url_prefix="/<year:year>/findings")

MAY_LOCATE: Final = "camera=(), geolocation=(self), microphone=()"
"""Only this page may ask a browser where it is, and only does when its button is pressed."""


@bp.route("/new", methods=["GET", "POST"])
@Page(Right.INSPECT, title=_l("Record a finding"), under="findings.listing")
def new(year: int) -> ResponseReturnValue:
    """Record a finding; with its photos, which outlive a refusal."""
    page = page_in_view()
    form = finding_form(page)
    if form.is_submitted():
        form.take_both()
        take_photos(form)
    done = submission(form, lambda: record(form))
    if done and done.result.is_same:
        again = None if done.result.is_new else "yes"
        return done.redirect(url_for("finding_recording.receipt", number=done.result.number, again=again))
    if done:
        form.start_anew(done.result.number)
    answer = make_response(render_template("findings/new.html", page=page, form=form), status_of(form))
    answer.headers["Permissions-Policy"] = MAY_LOCATE
    return answer


def page_in_view() -> FilingPage:
    """What the page offers, with the round that it is asked for."""
    patrol = number_in(flask_request.values.get("patrol", "")) or None
    return filing_page(reader(), actor(), cycle=current_cycle(), now=now(), patrol=patrol)


def record(form: FindingForm) -> Once:
    """Record the finding; a second time the same form records nothing."""
    return record_once(
        db(),
        actor(),
        cycle=current_cycle(),
        typed=form.typed,
        now=now(),
        word=form.once.data or "",
        patrol=form.chosen_round,
        photos=form.claims,
    )


@bp.route("/new/photo", methods=["POST"])
@Page(Right.INSPECT)
def photo(year: int) -> ResponseReturnValue:
    """Keep one photo that the page sends by itself; the form claims it by what is answered."""
    current_cycle()
    kept = keep_photos_sent(flask_request.files.getlist("photos")[:1])
    if kept.files:
        return jsonify(claim=kept.files[0].sha256)
    return jsonify(what=[wrong.localized(language()) for wrong in kept.wrongs]), 422


@bp.route("/<row:number>/recorded")
@Page(Right.INSPECT)
def receipt(year: int, number: int) -> ResponseReturnValue:
    """The number of what was just recorded, and the way to the next one."""
    cycle = current_cycle()
    row = finding_seen(reader(), actor(), cycle=cycle, number=number)
    found = year_of(reader(), cycle)
    line = FindingLine(row, found, catalogue_in(reader(), found), day_of(now()))
    return render_template("findings/recorded.html", line=line, again="again" in flask_request.args)
