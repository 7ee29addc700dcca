"""The first page after signing in, and the choice of language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from assess.core.actors import Actor, Right
from assess.core.text import Language
from assess.services import accounts
from assess.store.queries.cycles import CycleRow, cycles_seen_by, newest_of
from assess.web import (
    dashboard_entries,
    finding_entries,
    form_entries,
    handover_entries,
    leadership_entries,
    notice_entries,
    obligation_entries,
    office_entries,
)
from assess.web.blocks import TodoBlock, urgent_entries
from assess.web.pages import Audience, Page
from assess.web.request import (
    actor,
    current_cycle,
    database,
    now,
    reader,
    settings,
    signed_in,
    take_into_view,
)

bp = Blueprint("home", __name__)


@bp.route("/")
@Page(Audience.SIGNED_IN)
def home() -> ResponseReturnValue:
    """What a person has to do in the newest year, and the other years."""
    cycles = cycles_seen_by(reader(), actor())
    newest = newest_of(cycles)
    if newest is not None:
        take_into_view(newest)
    return home_page(cycles, blocks_of(actor(), newest))


@bp.route("/<year:year>/")
@Page(Audience.SIGNED_IN)
def year_home(year: int) -> ResponseReturnValue:
    """What a person has to do in one year."""
    cycle = current_cycle()
    return home_page([cycle], blocks_of(actor(), cycle))


def home_page(cycles: Sequence[CycleRow], blocks: Sequence[TodoBlock]) -> str:
    """What is urgent before everything else, then the blocks of the subjects."""
    return render_template("home/home.html", cycles=cycles, blocks=blocks, urgent=urgent_entries(blocks))


SUPPLIERS: Final[tuple[tuple[Right, Callable[[Actor, CycleRow], list[TodoBlock]]], ...]] = (
    (Right.ADMINISTER, dashboard_entries.blocks_of),
    (Right.REPORT, notice_entries.blocks_of),
    (Right.REPORT, form_entries.blocks_of),
    (Right.REPORT, obligation_entries.blocks_of),
    (Right.TAKE_PART, finding_entries.blocks_of),
    (Right.REVIEW, office_entries.blocks_of),
    (Right.SEE_ALL_RESULTS, leadership_entries.blocks_of),
    (Right.SEE_HANDOVERS, handover_entries.blocks_of),
)
"""What each subject has to say on the home page to people who have a right, in the order shown; a subject that has
nothing supplies no block."""


def blocks_of(person: Actor, cycle: CycleRow | None) -> list[TodoBlock]:
    """What a person has to do in a year; in one that is not open, the office sets it up."""
    if cycle is None:
        return []
    if not cycle.opened:
        return office_entries.set_up_blocks(person, cycle)
    return [block for right, supply in SUPPLIERS if person.may(right) for block in supply(person, cycle)]


@bp.route("/language/<any(zh, en):code>")
@Page(Audience.ANYONE)
def choose_language(code: Language) -> ResponseReturnValue:
    """Keep a language with the account, or in the browser until somebody signs in, and go back to the page."""
    answer = redirect(here_or_home(flask_request.args.get("next", "")), code=303)
    if signed_in() is None:
        answer.set_cookie("language", code, secure=settings().secure, httponly=True, samesite="Lax")
        return answer
    with database().writing() as writer:
        accounts.choose_language(writer, actor(), language=code, now=now())
    answer.delete_cookie("language")
    return answer


def here_or_home(target: str) -> str:
    """A page of this service that can be opened by a link; never another site's.

    Browsers leave out tabs and line breaks, and read a backslash as a slash.
    """
    inside = target.startswith("/") and not target.startswith("//")
    plain = target.isprintable() and "\\" not in target and " " not in target
    return target if inside and plain and can_be_opened(target) else url_for("home.home")


def can_be_opened(target: str) -> bool:
    """Whether the address leads to a page, and not only to something that is sent."""
    try:
        current_app.create_url_adapter(flask_request).match(target.partition("?")[0], method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True
