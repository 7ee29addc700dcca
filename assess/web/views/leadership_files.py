"""What leaders take along: briefs of one page in either language, and the tables of their pages as workbooks."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from flask import Blueprint, Response, send_file
from flask import request as flask_request

from assess.core.actors import Right
from assess.core.downloads import PDF
from assess.core.errors import NotFound
from assess.core.text import Language, Text
from assess.services.downloads.sending import DrawnDocument
from assess.services.leadership import View, chosen_view, compare_units, item_page, ranking, unit_page
from assess.services.leadership.briefs import unit_brief, year_brief
from assess.services.leadership.comparing import FEWEST, MOST
from assess.services.leadership.months import month_table
from assess.services.leadership.tabled import (
    XLSX,
    Tabled,
    compared_tables,
    item_tables,
    month_tables,
    ranking_tables,
    unit_tables,
    workbook,
)
from assess.web.forms.leadership import RankingForm, ResultChoiceForm
from assess.web.pages import Page
from assess.web.request import actor, current_cycle, language, reader, settings

bp = Blueprint("leadership_files", __name__, url_prefix="/<year:year>/ranking")

NO_COMPARISON: Final = Text("请选择两至四个单位。", "Select two to four units.")


@bp.route("/brief.pdf")
@Page(Right.SEE_ALL_RESULTS)
def brief(year: int) -> Response:
    """The brief of the year."""
    cycle, view = current_cycle(), view_asked_for()
    made = year_brief(reader(), view, cycle, language=language_asked_for(), folder=settings().uploads)
    return sent(made, PDF.media_type)


@bp.route("/<unit>/brief.pdf")
@Page(Right.SEE_ALL_RESULTS)
def brief_of_unit(year: int, unit: str) -> Response:
    """The brief of a unit."""
    made = unit_brief(reader(), view_asked_for(), unit, language=language_asked_for(), folder=settings().uploads)
    return sent(made, PDF.media_type)


@bp.route("/ranking.xlsx")
@Page(Right.SEE_ALL_RESULTS)
def listing(year: int) -> Response:
    """The ranking as it is narrowed and sorted."""
    wanted, folder = RankingForm.of_address().wanted, settings().uploads
    return tabled(ranking_tables(ranking(reader(), view_asked_for(), wanted, folder=folder), folder=folder))


@bp.route("/items.xlsx")
@Page(Right.SEE_ALL_RESULTS)
def items(year: int) -> Response:
    """One section or item of all units."""
    folder = settings().uploads
    page = item_page(view_asked_for(), flask_request.args.get("item", ""), slice(None), folder=folder)
    return tabled(item_tables(page, folder=folder))


@bp.route("/compare.xlsx")
@Page(Right.SEE_ALL_RESULTS)
def compare(year: int) -> Response:
    """Two to four units side by side, every section and item."""
    units, folder = list(dict.fromkeys(flask_request.args.getlist("unit"))), settings().uploads
    if not FEWEST <= len(units) <= MOST:
        raise NotFound(NO_COMPARISON)
    return tabled(compared_tables(compare_units(view_asked_for(), units, folder=folder), folder=folder))


@bp.route("/months.xlsx")
@Page(Right.SEE_ALL_RESULTS)
def months(year: int) -> Response:
    """The interim rankings of the year."""
    view, folder = view_asked_for(), settings().uploads
    return tabled(month_tables(view, view.interims, month_table(reader(), view, folder=folder), folder=folder))


@bp.route("/<unit>/tables.xlsx")
@Page(Right.SEE_ALL_RESULTS)
def unit(year: int, unit: str) -> Response:
    """All tables of the page of a unit."""
    folder = settings().uploads
    return tabled(unit_tables(unit_page(reader(), view_asked_for(), unit, folder=folder), folder=folder))


def tabled(found: Tabled) -> Response:
    """Tables as a workbook in the reader's language."""
    made = workbook(found, view_asked_for(), year=current_cycle().year, language=language_asked_for())
    return sent(made, XLSX.media_type)


def view_asked_for() -> View:
    """The result that the address names, or the one that counts."""
    return chosen_view(reader(), actor(), cycle=current_cycle(), number=ResultChoiceForm(flask_request.args).number)


def language_asked_for() -> Language:
    """The language that the address names, or the reader's."""
    asked = flask_request.args.get("language")
    if asked == "zh":
        return "zh"
    return "en" if asked == "en" else language()


def sent(made: DrawnDocument, media_type: str) -> Response:
    """A document that was drawn now, to be saved."""
    return send_file(BytesIO(made.data), media_type, as_attachment=True, download_name=made.name, max_age=0)
