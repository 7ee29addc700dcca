"""Weekly summaries of findings: one week on screen, as a workbook, and as a document to sign."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, render_template, send_file
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.errors import NotFound
from assess.core.findings import weekly_words
from assess.core.findings.weekly import Week, Weekly, last_full, weeks_of
from assess.services.findings.weekly import week_named, weekly_book, weekly_of, weekly_paper
from assess.web.forms.finding_weeks import week_form
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, language, now, reader

bp = Blueprint("finding_weeks", __name__)

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("/<year:year>/findings/weeks")
@Page(Right.SEE_ALL_FINDINGS, title=_l("Weekly summaries of findings"), under="finding_boards.board")
def show(year: int) -> ResponseReturnValue:
    """What a week brought: the one that is asked for, else the last that is over."""
    weeks = weeks_of(year, now())
    chosen = week_in_view(weeks)
    page, at = summary(chosen), weeks.index(chosen)
    return render_template(
        "findings/weeks.html",
        page=page,
        choosing=week_form(weeks, chosen),
        later=weeks[at - 1] if at else None,
        earlier=weeks[at + 1] if at + 1 < len(weeks) else None,
        words=weekly_words,
    )


def week_in_view(weeks: tuple[Week, ...]) -> Week:
    """The week that the address names, else the last that is over."""
    try:
        found = week_named(flask_request.args.get("week", ""))
    except NotFound:
        return last_full(weeks, now())
    return found if found in weeks else last_full(weeks, now())


def summary(of: Week) -> Weekly:
    """What a week brought."""
    return weekly_of(reader(), actor(), cycle=current_cycle(), week=of, now=now())


@bp.route("/<year:year>/findings/weeks/<week>.xlsx")
@Page(Right.SEE_ALL_FINDINGS)
def workbook(year: int, week: str) -> ResponseReturnValue:
    """A week as a workbook."""
    page = summary(week_named(week))
    return taken_away(weekly_book(page, language()), page, mimetype=SPREADSHEET, ending="xlsx")


@bp.route("/<year:year>/findings/weeks/<week>.pdf")
@Page(Right.SEE_ALL_FINDINGS)
def paper(year: int, week: str) -> ResponseReturnValue:
    """A week as a document to print and sign."""
    page = summary(week_named(week))
    return taken_away(weekly_paper(page, language()), page, mimetype="application/pdf", ending="pdf")


def taken_away(data: bytes, page: Weekly, *, ending: str, **about: Any) -> Response:
    """A file to be saved, called after its week."""
    number = page.week.first.isocalendar()
    name = f"findings-{number.year}-W{number.week:02}.{ending}"
    return send_file(BytesIO(data), as_attachment=True, download_name=name, max_age=0, **about)
