"""Boards of findings: how many, how far they are and what is overdue, by unit, domain, kind, source and age."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.findings.listing import Age, FindingView
from assess.core.findings.reckoning import Counted
from assess.core.text import Text
from assess.services.findings import Board, board_of
from assess.services.findings.drawing import MAX_BARS, drawn
from assess.store.queries.finding_lists import Dimension
from assess.web.filters import localized
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, language, now, reader

bp = Blueprint("finding_boards", __name__)

DIMENSIONS: Final[tuple[Dimension, ...]] = ("unit", "domain", "kind", "source")
VIEWS: Final[dict[str, LazyString]] = {
    "unit": _l("By unit"), "domain": _l("By domain"), "kind": _l("By type"), "source": _l("By source"),
    "age": _l("By age"),
}  # fmt: skip
HEADS: Final[dict[str, LazyString]] = {
    "unit": _l("Unit"), "domain": _l("Domain"), "kind": _l("Type"), "source": _l("Source"), "age": _l("Age"),
}  # fmt: skip
COLUMNS: Final[dict[str, LazyString | Text]] = {
    "opened": _l("Recorded"),
    "open": FindingView.OPEN.label,
    "overdue": _l("Overdue"),
    "returned": _l("Times returned"),
    "repeated": _l("Repeats"),
    "closed": FindingView.DONE.label,
    "on_time": _l("… on time"),
    "share_closed": _l("Share closed"),
    "share_on_time": _l("Share on time"),
    "mean_days": _l("Average days"),
}
BEHIND: Final[dict[str, dict[str, str]]] = {
    "opened": {"show": FindingView.ALL, "counted": Counted.OPENED},
    "open": {"show": FindingView.OPEN},
    "overdue": {"show": FindingView.OVERDUE},
    "returned": {"show": FindingView.ALL, "counted": Counted.RETURNED},
    "repeated": {"show": FindingView.ALL, "counted": Counted.REPEATED},
    "closed": {"show": FindingView.DONE},
    "on_time": {"show": FindingView.DONE, "counted": Counted.ON_TIME},
}
"""How the list of findings is narrowed to those behind each number of a board."""


def by_in_view() -> str:
    """What the board is by; by unit where the address says nothing of it."""
    asked = flask_request.args.get("by", "")
    return asked if asked in VIEWS else "unit"


def board_in_view(by: str) -> Board:
    """The board; the ages of what is open stand on each."""
    wanted: Dimension = next((each for each in DIMENSIONS if each == by), "unit")
    return board_of(reader(), actor(), cycle=current_cycle(), by=wanted, now=now())


@bp.route("/<year:year>/findings/boards")
@Page(Right.SEE_ALL_FINDINGS, title=_l("Boards of findings"), area=Area.FINDINGS, place=60, under="findings.listing")
def board(year: int) -> ResponseReturnValue:
    """The findings counted, worst first, a page at a time; each number leads to the findings behind it."""
    by, number = by_in_view(), page_asked_for()
    page = board_in_view(by)
    return render_template(
        "findings/board.html",
        page=page,
        by=by,
        views=VIEWS,
        headings=headings(by),
        columns={name: localized(text) for name, text in COLUMNS.items()},
        behind=behind,
        ages=[(age, counts, days_of(age, page)) for age, counts in reversed([*page.ages.items()])],
        lines=page.lines[(number - 1) * SIZE : number * SIZE],
        paging=page_of(number, len(page.lines)),
        drawn=sum(line.open > 0 for line in page.lines) if number == 1 else 0,
        most=MAX_BARS,
    )


def headings(by: str) -> list[dict[str, Any]]:
    """The headings of a board; of what is open by age only two numbers are told."""
    shown = COLUMNS if by != "age" else {name: COLUMNS[name] for name in ("open", "overdue")}
    return [{"text": HEADS[by]}, *({"text": localized(text), "numeric": True} for text in shown.values())]


def behind(number: str, **narrowed: Any) -> str:
    """The address of the findings behind a number of a line, or of all together."""
    given = {name: value for name, value in narrowed.items() if value}
    return url_for("findings.listing", **{**given, **BEHIND[number]})


@bp.route("/<year:year>/findings/boards/chart.svg")
@Page(Right.SEE_ALL_FINDINGS)
def chart(year: int) -> ResponseReturnValue:
    """What is open and overdue as a picture, for the board beside it."""
    answer = Response(drawn(board_in_view(by_in_view()), language()), mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def days_of(age: Age, board: Board) -> dict[str, str]:
    """The days between which findings of an age were found, as the address of a list names them."""
    first, last = (each.isoformat() for each in age.days(board.today))
    return {"to": last} if age.most is None else {"from": first, "to": last}
