"""Runs: the list, the check before one, the ranking of one, two side by side, and the release of the notice."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.explanations.effects import grade_called
from assess.core.runs.comparing import figure_called
from assess.core.runs.ranks import printed_rank
from assess.core.workflow import Act, is_allowed
from assess.services import runs
from assess.services.runs.comparing import changes_of_totals, main_reason, told_value
from assess.services.runs.pages import Which, called, run_file, run_list, run_page, unit_page
from assess.services.runs.papers import result_paper
from assess.services.runs.releasing import release_provisional
from assess.services.years import names_of_objects
from assess.web.forms.fields import number_in
from assess.web.forms.runs import CompareRunsForm, ReleaseForm, run_form
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, now, reader, settings
from assess.web.sending import kept_file
from assess.web.submission import status_of, submission
from assess.web.views.jobs import TAGS

bp = Blueprint("runs", __name__, url_prefix="/<year:year>/runs")

WORDS: Final = {
    "figure_called": figure_called,
    "told_value": told_value,
    "called": called,
    "grade_called": grade_called,
    "printed_rank": printed_rank,
}
"""What templates tell figures and ranks by."""


@bp.route("")
@Page(Right.ADMINISTER, title=_l("Runs"), area=Area.RESULTS, place=180)
def listing(year: int) -> ResponseReturnValue:
    """The runs of the year, newest first, and those that are being made."""
    cycle, number = current_cycle(), page_asked_for()
    page = run_list(reader(), actor(), cycle=cycle, start=(number - 1) * SIZE, size=SIZE)
    may_score = is_allowed(cycle.stage, Act.SCORE)
    paging = page_of(number, page.number)
    return render_template("runs/listing.html", page=page, paging=paging, may_score=may_score, tags=TAGS)


@bp.route("/new", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def new(year: int) -> ResponseReturnValue:
    """What is missing or blocked, then the button that scores."""
    cycle, form = current_cycle(), run_form()
    typed = {"words": form.words.data or "", "day": form.day.data or ""}
    if done := submission(form, lambda: runs.ask_run(db(), actor(), cycle=cycle, kind=form.chosen, now=now(), **typed)):
        return done.redirect(
            url_for("runs.listing"), _("The units are being scored. The run will appear in this list in a moment.")
        )
    found = runs.readiness_of_run(reader(), actor(), cycle=cycle, now=now())
    may_score = is_allowed(cycle.stage, Act.SCORE)
    return render_template("runs/new.html", form=form, found=found, may_score=may_score), status_of(form)


@bp.route("/<row:number>")
@Page(Right.ADMINISTER)
def show(year: int, number: int) -> ResponseReturnValue:
    """The ranking of a run, its warnings, and what it was made of."""
    cycle = current_cycle()
    page = run_page(reader(), actor(), cycle=cycle, number=number)
    form = CompareRunsForm()
    form.offer(number, page.newest)
    may = {"release": cycle.stage.is_moved_on_by_release or is_allowed(cycle.stage, Act.RELEASE)}
    return render_template("runs/show.html", page=page, form=form, may=may)


@bp.route("/<row:number>/units/<unit>")
@Page(Right.ADMINISTER)
def unit(year: int, number: int, unit: str) -> ResponseReturnValue:
    """The lines of a unit in a run, each with its sentence and what it stands on."""
    folder = settings().uploads
    page = unit_page(reader(), actor(), cycle=current_cycle(), number=number, unit=unit, folder=folder)
    return render_template("runs/unit.html", page=page)


@bp.route("/<row:number>/compare")
@Page(Right.ADMINISTER)
def compare(year: int, number: int) -> ResponseReturnValue:
    """What parts a run from another, the one before unless another is asked for; a page of units at a time."""
    before = number_in(flask_request.args.get("against", "")) or max(number - 1, 1)
    found = runs.compare_runs(reader(), actor(), cycle=current_cycle(), before=before, after=number)
    at = page_asked_for()
    paging, units = page_of(at, len(found.units)), found.units[(at - 1) * SIZE : at * SIZE]
    changes = changes_of_totals(found, units, folder=settings().uploads)
    reasons = {each.unit: main_reason(each, changes.get(each.unit)) for each in units}
    shown = {"units": units, "changes": changes, "reasons": reasons, "paging": paging}
    shown |= {"objects": names_of_objects(reader(), current_cycle(), found.sheet)}
    return render_template("runs/compare.html", found=found, **shown, **WORDS)


@bp.route("/<row:number>/release", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def release(year: int, number: int) -> ResponseReturnValue:
    """What a release does; released when the button is pressed."""
    form = ReleaseForm()
    if done := submission(
        form,
        lambda: release_provisional(
            db(),
            actor(),
            cycle=current_cycle(),
            seen=form.version,
            now=now(),
            number=number,
            words=form.words.data or "",
        ),
    ):
        return done.redirect(url_for("runs.show", number=number), _("Released. Every unit can see its own result now."))
    page = run_page(reader(), actor(), cycle=current_cycle(), number=number)
    return render_template("runs/release.html", page=page, form=form), status_of(form)


@bp.route("/<row:number>/paper")
@Page(Right.ADMINISTER)
def paper(year: int, number: int) -> ResponseReturnValue:
    """The notice of a provisional result, or the bulletin of the final one, to print."""
    found = result_paper(reader(), actor(), cycle=current_cycle(), number=number)
    return render_template("runs/paper.html", paper=found)


@bp.route("/<row:number>/inputs")
@Page(Right.ADMINISTER)
def inputs(year: int, number: int) -> ResponseReturnValue:
    """The frozen inputs of a run."""
    return file_of(number, "inputs")


@bp.route("/<row:number>/results")
@Page(Right.ADMINISTER)
def results(year: int, number: int) -> ResponseReturnValue:
    """The results of a run."""
    return file_of(number, "results")


def file_of(number: int, which: Which) -> ResponseReturnValue:
    """A file of a run, to be saved."""
    folder = settings().uploads
    return kept_file(run_file(reader(), actor(), cycle=current_cycle(), number=number, which=which, folder=folder))
