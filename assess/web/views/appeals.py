"""Appeals for the office: the list, one appeal, the ruling that is written, and what it does before it is confirmed."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.appeals.states import AppealState
from assess.core.errors import NotAllowed, Refused
from assess.core.text import Text
from assess.services import appeals, runs
from assess.services.appeals import AppealView
from assess.services.corrections.deciding import confirm_ruling
from assess.services.corrections.pages import RulingPage, decision_page, ruling_page
from assess.services.corrections.proposing import propose_ruling
from assess.web.forms.appeals import ConfirmForm, ruling_form
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, now, reader, settings
from assess.web.submission import status_of, submission

bp = Blueprint("appeals", __name__, url_prefix="/<year:year>/appeals")

TAGS: Final = {
    AppealState.LODGED: "due",
    AppealState.WITHDRAWN: "closed",
    AppealState.UPHELD: "done",
    AppealState.PARTLY: "done",
    AppealState.REJECTED: "failed",
}
"""How the state of an appeal is coloured."""
UNDECIDED: Final = Text("该申诉尚未作出处理决定。", "This appeal is not decided yet.")


@bp.route("")
@Page(Right.ADMINISTER, title=_l("Appeals"), area=Area.RESULTS, place=190)
def listing(year: int) -> ResponseReturnValue:
    """The appeals of the year: those that wait, those that are decided, or all."""
    shows = {each.value: each for each in AppealView}
    show, number = shows.get(flask_request.args.get("show", ""), AppealView.OPEN), page_asked_for()
    part = slice((number - 1) * SIZE, number * SIZE)
    found = appeals.appeals_of(reader(), actor(), cycle=current_cycle(), show=show, part=part, now=now())
    paging = page_of(number, found.counts[show])
    return render_template("appeals/listing.html", found=found, show=show, paging=paging, tags=TAGS)


@bp.route("/<row:number>")
@Page(Right.ADMINISTER)
def show(year: int, number: int) -> ResponseReturnValue:
    """One appeal: the line, what the unit says, its evidence, and the ruling."""
    page = appeals.appeal_page(reader(), actor(), cycle=current_cycle(), number=number, now=now())
    line, folder = page.line, settings().uploads
    parts = runs.parts_of_line(line.run, line.item, page.row.unit, folder=folder)
    return render_template("appeals/show.html", page=page, tags=TAGS, parts=parts)


@bp.route("/<row:number>/paper")
@Page(Right.ADMINISTER)
def paper(year: int, number: int) -> ResponseReturnValue:
    """The decision on an appeal as a paper to sign.

    Raises:
        Refused: it is not decided yet.
    """
    page = appeals.appeal_page(reader(), actor(), cycle=current_cycle(), number=number, now=now())
    if page.ruling is None:
        raise Refused(UNDECIDED)
    return render_template("appeals/paper.html", page=page)


@bp.route("/<row:number>/rule", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def rule(year: int, number: int) -> ResponseReturnValue:
    """How the appeal would be ruled on; the effect comes next, nothing is decided yet."""
    page = ruling_page(reader(), actor(), cycle=current_cycle(), number=number)
    form = ruling_form(page.line, page.mine)
    given: dict[str, Any] = {"cycle": current_cycle(), "number": number, "typed": form.typed, "now": now()}
    if done := submission(form, lambda: propose_or_refuse(page, given)):
        return done.redirect(url_for("appeals.effect", number=number, row=done.result))
    return render_template("appeals/rule.html", page=page, form=form), status_of(form)


def propose_or_refuse(page: RulingPage, given: dict[str, Any]) -> int:
    """The row of a ruling; where the reader may rule in another way than this one, why not is told in the form.

    Raises:
        NotAllowed: the reader may rule on the appeal in no way.
        Refused: the ruling cannot be made as it was written, or not by the reader.
    """
    try:
        return propose_ruling(db(), actor(), **given)
    except NotAllowed as error:
        if page.barred is not None:
            raise
        raise Refused(error.what) from error


@bp.route("/<row:number>/rule/<row:row>", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def effect(year: int, number: int, row: int) -> ResponseReturnValue:
    """What a ruling does to all units; confirmed by the button, and only as it was seen."""
    form, cycle = ConfirmForm(), current_cycle()
    given: dict[str, Any] = {
        "cycle": cycle,
        "number": number,
        "row": row,
        "digest": form.digest.data or "",
        "now": now(),
    }
    if done := submission(form, lambda: confirm_ruling(db(), actor(), **given)):
        told = _("The appeal is decided. The unit can see the decision.")
        return done.redirect(url_for("appeals.show", number=number), told)
    page, at = decision_page(reader(), actor(), cycle=cycle, row=row, appeal=number), page_asked_for()
    paging, units = page_of(at, len(page.units)), page.units[(at - 1) * SIZE : at * SIZE]
    return render_template("appeals/effect.html", page=page, units=units, form=form, paging=paging), status_of(form)
