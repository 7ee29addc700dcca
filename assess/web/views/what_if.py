"""What if the units were scored by a version of the rule sheet: on a page, and as a workbook."""

from __future__ import annotations

from flask import Blueprint, render_template, send_file
from flask import request as flask_request
from flask.typing import ResponseReturnValue

from assess.core.actors import Right
from assess.core.runs.change_tables import KINDS
from assess.services import what_if as trials
from assess.web.forms.what_if import WhatIfForm
from assess.web.pages import Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, language, reader, settings

bp = Blueprint("what_if", __name__)


@bp.route("/<year:year>/setup/rules/<row:number>/what-if")
@Page(Right.ADMINISTER, under="rules.edit")
def show(year: int, number: int) -> ResponseReturnValue:
    """Whom a version moves on the inputs of a run, a page of units at a time."""
    found = tried(number)
    form = WhatIfForm()
    form.offer(found.bases, found.basis)
    at = page_asked_for()
    paging, units = page_of(at, len(found.units)), found.units[(at - 1) * SIZE : at * SIZE]
    shown = {"units": units, "paging": paging, "kinds": KINDS, "signed": trials.signed}
    return render_template("what_if/show.html", found=found, form=form, **shown)


@bp.route("/<year:year>/setup/rules/<row:number>/what-if.xlsx")
@Page(Right.ADMINISTER)
def download(year: int, number: int) -> ResponseReturnValue:
    """The same as a workbook: all units, and every cause of each change."""
    found = tried(number)
    name = f"what-if-{year}-{number}-{found.basis.key}.xlsx"
    return send_file(trials.written_what_if(found, language()), download_name=name, as_attachment=True)


def tried(number: int) -> trials.WhatIf:
    """A version on the inputs that the address asks for."""
    on, folder = flask_request.args.get("on", ""), settings().uploads
    return trials.what_if(reader(), actor(), cycle=current_cycle(), number=number, on=on, folder=folder)
