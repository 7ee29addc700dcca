"""Hand-overs: the list, making one, one with its units and members, its files, its summary for print, the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.handover import columns, words
from assess.core.handover.searching import members_like, units_like
from assess.core.workflow import Act, is_allowed
from assess.services import handover
from assess.services.handover import HandoverPage
from assess.web.forms.documents import DoingForm
from assess.web.forms.handover import FindForm, HandOverForm
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, now, reader, settings
from assess.web.sending import kept_file
from assess.web.submission import status_of, submission
from assess.web.uploads import on_the_disk

bp = Blueprint("handover", __name__, url_prefix="/<year:year>/hand-overs")


@bp.route("")
@Page(Right.SEE_HANDOVERS, title=_l("Handovers"), area=Area.RESULTS, place=220)
def listing(year: int) -> ResponseReturnValue:
    """The hand-overs of the year, newest first, and who acknowledged each."""
    cycle, at = current_cycle(), page_asked_for()
    page = handover.handover_list(reader(), actor(), cycle=cycle, start=(at - 1) * SIZE, size=SIZE)
    may = actor().may(Right.ADMINISTER) and is_allowed(cycle.stage, Act.HAND_OVER)
    return render_template("handover/listing.html", page=page, paging=page_of(at, page.number), may=may)


@bp.route("/new", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def new(year: int) -> ResponseReturnValue:
    """What would be handed over and what differs from before; handed over when the button is pressed."""
    cycle, form = current_cycle(), HandOverForm()
    given: dict[str, Any] = {"cycle": cycle, "folder": settings().uploads, "now": now()}
    typed: dict[str, Any] = {"seen": form.mark.data or "", "reason": form.reason.data or ""}
    with on_the_disk():
        done = submission(form, lambda: handover.hand_over(db(), actor(), **given, **typed))
    if done:
        told = _("Handed over. The receivers can find it on their home page.")
        return done.redirect(url_for("handover.show", number=done.result), told)
    found = handover.prepare(reader(), actor(), **given)
    facts = part_of(found.handover.changes if found else (), "handover.new")
    facts |= {
        "found": found,
        "form": form,
        "words": words,
        "columns": columns,
        "may": is_allowed(cycle.stage, Act.HAND_OVER),
    }
    return render_template("handover/new.html", **facts), status_of(form)


@bp.route("/<row:number>")
@Page(Right.SEE_HANDOVERS)
def show(year: int, number: int) -> ResponseReturnValue:
    """One hand-over: its facts, files, receipts, corrections and units."""
    page = page_in_view(number)
    return listed("handover/show.html", page, units_like(page.handover, asked_words()), tongues=words.TONGUES)


@bp.route("/<row:number>/members")
@Page(Right.SEE_HANDOVERS)
def members(year: int, number: int) -> ResponseReturnValue:
    """The members of the leadership teams."""
    page = page_in_view(number)
    return listed("handover/members.html", page, members_like(page.handover, asked_words()))


@bp.route("/<row:number>/changes")
@Page(Right.SEE_HANDOVERS)
def changes(year: int, number: int) -> ResponseReturnValue:
    """What a correction changes."""
    page = page_in_view(number)
    return listed("handover/changes.html", page, page.handover.changes)


@bp.route("/<row:number>/summary")
@Page(Right.SEE_HANDOVERS)
def summary(year: int, number: int) -> ResponseReturnValue:
    """Every unit with its team on paper, and room for signatures."""
    return render_template("handover/summary.html", page=page_in_view(number), words=words, columns=columns)


@bp.route("/<row:number>/files/<row:row>")
@Page(Right.SEE_HANDOVERS)
def file(year: int, number: int, row: int) -> ResponseReturnValue:
    """A file of a hand-over."""
    folder = settings().uploads
    given: dict[str, Any] = {"cycle": current_cycle(), "number": number, "row": row, "folder": folder}
    return kept_file(handover.file_to_send(reader(), actor(), **given))


@bp.route("/<row:number>/acknowledge", methods=["POST"])
@Page(Right.ACKNOWLEDGE_HANDOVERS)
def acknowledge(year: int, number: int) -> ResponseReturnValue:
    """Acknowledge a hand-over; a second time shows the receipt of the first."""
    cycle, form = current_cycle(), DoingForm()
    if done := submission(form, lambda: handover.acknowledge(db(), actor(), cycle=cycle, number=number, now=now())):
        receipt = {"number": done.result.number}
        told = _("Acknowledged. Receipt no. %(number)s", **receipt)
        flash(told if done.result.is_new else _("You acknowledged it before: receipt no. %(number)s", **receipt))
        return done.redirect(url_for("handover.show", number=number))
    page = page_in_view(number)
    return listed("handover/show.html", page, page.handover.units, form=form, tongues=words.TONGUES), status_of(form)


def page_in_view(number: int) -> HandoverPage:
    """The hand-over that the address names."""
    given: dict[str, Any] = {"cycle": current_cycle(), "number": number, "folder": settings().uploads}
    return handover.handover_page(reader(), actor(), **given)


def asked_words() -> str:
    """The words that the address narrows a list by."""
    return flask_request.args.get("words", "")[:200]


def listed(template: str, page: HandoverPage, rows: Any, **more: Any) -> str:
    """A page of a list of a hand-over."""
    endpoint = f"handover.{template.removeprefix('handover/').removesuffix('.html')}"
    facts = {**part_of(rows, endpoint), "find": FindForm(flask_request.args)}
    return render_template(template, page=page, words=words, columns=columns, **facts, **more)


def part_of(rows: Sequence[object], endpoint: str) -> dict[str, Any]:
    """The rows of a list that the address asks for, and where the others are."""
    at = page_asked_for()
    return {"paging": page_of(at, len(rows), endpoint), "rows": rows[(at - 1) * SIZE : at * SIZE]}
