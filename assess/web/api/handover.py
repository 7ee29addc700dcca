"""Hand-overs as receivers' systems read them: the very bytes of the file that was handed over, and its schema."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from assess.core.handover.described import published_schema
from assess.services import handover as services
from assess.store.queries.handovers import HandoverRow
from assess.web.api.answers import moment
from assess.web.api.evidence import bp, cycle_of
from assess.web.pages import Audience, Page
from assess.web.problems import as_json
from assess.web.request import language, reader, settings
from assess.web.token_auth import bearer


@bp.route("/<year:year>/handover")
@Page(Audience.SYSTEMS)
def handover(year: int) -> ResponseReturnValue:
    """The newest hand-over of a year."""
    return sent(year)


@bp.route("/<year:year>/handovers/<row:number>")
@Page(Audience.SYSTEMS)
def numbered_handover(year: int, number: int) -> ResponseReturnValue:
    """A hand-over of a year by its number."""
    return sent(year, number=number)


@bp.route("/<year:year>/handovers")
@Page(Audience.SYSTEMS)
def handovers(year: int) -> ResponseReturnValue:
    """All hand-overs of a year, newest first."""
    rows = services.handovers_sent(reader(), bearer().actor, cycle=cycle_of(year))
    return as_json({"year": year, "handovers": [handover_json(year, row) for row in rows]})


@bp.route("/handover.schema.json")
@Page(Audience.ANYONE)
def handover_schema() -> ResponseReturnValue:
    """The shape of a hand-over as JSON Schema."""
    return as_json(published_schema(language(), settings().address + url_for("api.handover_schema")))


def sent(year: int, **which: int) -> Response:
    """A hand-over, as it lies on the disk."""
    given: dict[str, Any] = {"cycle": cycle_of(year), "folder": settings().uploads, **which}
    found = services.data_to_send(reader(), bearer().actor, **given)
    return Response(found.data, content_type="application/json")


def handover_json(year: int, row: HandoverRow) -> dict[str, Any]:
    """A hand-over in the list."""
    return {
        "number": row.number,
        "edition": row.edition,
        "handed_over_at": moment(row.handed_at),
        "sha256": row.data,
        "address": url_for("api.numbered_handover", year=year, number=row.number),
    }
