"""Last year's figures and results: what is there, from a file, from the year before, or none."""

from __future__ import annotations

from flask import Blueprint, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.services import previous as services
from assess.store.queries.previous import FIGURES, RESULTS
from assess.web.forms.documents import AcceptDocumentForm, ActForm, DocumentForm
from assess.web.pages import Page
from assess.web.previews import accepted, held, hold
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("previous", __name__)


@bp.route("/<year:year>/setup/previous")
@Page(Right.ADMINISTER, title=_l("Last year's figures and results"), under="set_up.show")
def show(year: int) -> ResponseReturnValue:
    """What is there of the year before, and what can be done about it."""
    return render_template("previous/show.html", overview=services.overview_of(reader(), current_cycle()))


@bp.route("/<year:year>/setup/previous/<any(figures, results):what>", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def upload(year: int, what: str) -> ResponseReturnValue:
    """A file of figures or of results."""
    cycle, form = current_cycle(), DocumentForm()
    read = services.preview_figures if what == "figures" else services.preview_results
    if done := submission(form, lambda: read(reader(), cycle, form.upload)):
        return done.redirect(url_for(f"previous.preview_{what}", document=hold(what, form.upload)))
    return render_template("previous/upload.html", form=form, what=what), status_of(form)


@bp.route("/<year:year>/setup/previous/results/template")
@Page(Right.ADMINISTER)
def template(year: int) -> ResponseReturnValue:
    """The workbook to enter last year's results in."""
    book = services.results_book(reader(), actor(), current_cycle())
    return send_file(book, as_attachment=True, download_name=f"results-{year - 1}.xlsx", max_age=0)


@bp.route("/<year:year>/setup/previous/figures/preview", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def preview_figures(year: int) -> ResponseReturnValue:
    """What new figures change; accepted, all of them, when the button is pressed."""
    cycle, form, kept = current_cycle(), AcceptDocumentForm(), held("figures")
    if done := accepted(form, services.accept_figures, kept):
        return done.redirect(url_for("previous.show"), _("Last year's figures are imported."))
    found = services.preview_figures(reader(), cycle, kept.document)
    return render_template("previous/figures.html", form=form, preview=found, held=kept), status_of(form)


@bp.route("/<year:year>/setup/previous/results/preview", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def preview_results(year: int) -> ResponseReturnValue:
    """The results of a file; accepted, all of them, when the button is pressed."""
    cycle, form, kept = current_cycle(), AcceptDocumentForm(), held("results")
    if done := accepted(form, services.accept_results, kept):
        return done.redirect(url_for("previous.show"), _("Last year's results are imported."))
    rows = services.results_rows(services.preview_results(reader(), cycle, kept.document)[1])
    return render_template("previous/results.html", form=form, rows=rows, held=kept), status_of(form)


@bp.route("/<year:year>/setup/previous/year-before", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def take(year: int) -> ResponseReturnValue:
    """The figures of the year before, where the service had it; taken when the button is pressed."""
    cycle, form = current_cycle(), ActForm()
    if done := submission(
        form,
        lambda: services.take_from_year_before(
            db(), actor(), cycle=current_cycle(), seen=form.version, now=now(), reason=form.reason.data or ""
        ),
    ):
        return done.redirect(url_for("previous.show"), _("Last year's figures are imported."))
    found = services.preview_year_before(reader(), cycle)
    return render_template("previous/figures.html", form=form, preview=found, held=None), status_of(form)


@bp.route("/<year:year>/setup/previous/none/<any(figures, results):what>", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def none(year: int, what: str) -> ResponseReturnValue:
    """That there are no figures or no results of the year before."""
    form = ActForm()
    kind = FIGURES if what == "figures" else RESULTS
    if done := submission(
        form, lambda: services.state_none(db(), actor(), cycle=current_cycle(), seen=form.version, now=now(), kind=kind)
    ):
        return done.redirect(url_for("previous.show"), _("Recorded: no data from last year."))
    return render_template("previous/none.html", form=form, what=what, cycle=current_cycle()), status_of(form)
