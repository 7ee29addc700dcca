"""Figures of earlier years and results of the last: what is there, from a file, from the year before, or none."""

from __future__ import annotations

from functools import partial
from typing import Final

from flask import Blueprint, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.services import previous as services
from assess.store.queries.previous import KINDS_OF_FIGURES, RESULTS
from assess.web.forms.documents import AcceptDocumentForm, ActForm, DocumentForm
from assess.web.pages import Page
from assess.web.previews import accepted, held, hold
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("previous", __name__)
BACK: Final = "<int(min=2, max=9):back>"
"""How many years back figures are, in an address; without it they are last year's."""


@bp.route("/<year:year>/setup/previous")
@Page(Right.ADMINISTER, title=_l("Last year's figures and results"), under="set_up.show")
def show(year: int) -> ResponseReturnValue:
    """What is there of the year before, and what can be done about it."""
    return render_template("previous/show.html", overview=services.overview_of(reader(), current_cycle()))


@bp.route("/<year:year>/setup/previous/<any(figures, results):what>", methods=["GET", "POST"])
@bp.route(f"/<year:year>/setup/previous/<any(figures):what>/{BACK}", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def upload(year: int, what: str, back: int = 1) -> ResponseReturnValue:
    """A file of figures or of results."""
    cycle, form = current_cycle(), DocumentForm()
    services.check_years_back(reader(), cycle, back)

    def read() -> object:
        if what == "results":
            return services.preview_results(reader(), cycle, form.upload)
        return services.preview_figures(reader(), cycle, form.upload, back)

    if done := submission(form, read):
        word = hold(f"{what}-{back}", form.upload)
        if what == "results":
            return done.redirect(url_for("previous.preview_results", document=word))
        return done.redirect(url_for("previous.preview_figures", document=word, back=back if back > 1 else None))
    return render_template("previous/upload.html", form=form, what=what, back=back), status_of(form)


@bp.route("/<year:year>/setup/previous/results/template")
@Page(Right.ADMINISTER)
def template(year: int) -> ResponseReturnValue:
    """The workbook to enter last year's results in."""
    book = services.results_book(reader(), actor(), current_cycle())
    return send_file(book, as_attachment=True, download_name=f"results-{year - 1}.xlsx", max_age=0)


@bp.route("/<year:year>/setup/previous/figures/preview", methods=["GET", "POST"])
@bp.route(f"/<year:year>/setup/previous/figures/{BACK}/preview", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def preview_figures(year: int, back: int = 1) -> ResponseReturnValue:
    """What new figures change; accepted, all of them, when the button is pressed."""
    cycle, form, kept = current_cycle(), AcceptDocumentForm(), held(f"figures-{back}")
    if done := accepted(form, partial(services.accept_figures, back=back), kept):
        return done.redirect(url_for("previous.show"), figures_imported(year, back))
    found = services.preview_figures(reader(), cycle, kept.document, back)
    return render_template("previous/figures.html", form=form, preview=found, held=kept), status_of(form)


@bp.route("/<year:year>/setup/previous/results/preview", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def preview_results(year: int) -> ResponseReturnValue:
    """The results of a file; accepted, all of them, when the button is pressed."""
    cycle, form, kept = current_cycle(), AcceptDocumentForm(), held("results-1")
    if done := accepted(form, services.accept_results, kept):
        return done.redirect(url_for("previous.show"), _("Last year's results are imported."))
    rows = services.results_rows(services.preview_results(reader(), cycle, kept.document)[1])
    return render_template("previous/results.html", form=form, rows=rows, held=kept), status_of(form)


@bp.route("/<year:year>/setup/previous/year-before", methods=["GET", "POST"])
@bp.route(f"/<year:year>/setup/previous/year-before/{BACK}", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def take(year: int, back: int = 1) -> ResponseReturnValue:
    """The figures of an earlier year, where the service has them; taken when the button is pressed."""
    cycle, form = current_cycle(), ActForm()
    if done := submission(
        form,
        lambda: services.take_from_year_before(
            db(),
            actor(),
            cycle=current_cycle(),
            seen=form.version,
            now=now(),
            reason=form.reason.data or "",
            back=back,
        ),
    ):
        return done.redirect(url_for("previous.show"), figures_imported(year, back))
    found = services.preview_year_before(reader(), cycle, back)
    return render_template("previous/figures.html", form=form, preview=found, held=None), status_of(form)


@bp.route("/<year:year>/setup/previous/none/<any(figures, results):what>", methods=["GET", "POST"])
@bp.route(f"/<year:year>/setup/previous/none/<any(figures):what>/{BACK}", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def none(year: int, what: str, back: int = 1) -> ResponseReturnValue:
    """That there are no figures of an earlier year, or no results of the year before."""
    form = ActForm()
    services.check_years_back(reader(), current_cycle(), back)
    kind = KINDS_OF_FIGURES[back] if what == "figures" else RESULTS
    if done := submission(
        form, lambda: services.state_none(db(), actor(), cycle=current_cycle(), seen=form.version, now=now(), kind=kind)
    ):
        told = (
            _("Recorded: no data from last year.")
            if back == 1
            else _("Recorded: no data of %(year)s.", year=year - back)
        )
        return done.redirect(url_for("previous.show"), told)
    page = render_template("previous/none.html", form=form, what=what, cycle=current_cycle(), back=back)
    return page, status_of(form)


def figures_imported(year: int, back: int) -> str:
    """That the figures of an earlier year are there now."""
    if back == 1:
        return str(_("Last year's figures are imported."))
    return str(_("The figures of %(year)s are imported.", year=year - back))
