"""Evidence that departments' systems send, and what became of it."""

from __future__ import annotations

import re
from typing import Any, Final

from flask import Blueprint, Response
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, TooManyRequests, UnsupportedMediaType

from assess.core.calendar import BEIJING
from assess.core.errors import NotFound
from assess.core.flaws import ValidationError
from assess.services import tokens
from assess.services.documents import UploadedFile
from assess.services.imports.sources import SPREADSHEET
from assess.services.imports.uploading import MAX_UPLOAD_MEGABYTES, MEGABYTE
from assess.store.queries.cycles import CycleRow, cycle_of_year
from assess.store.session import Session
from assess.web.api.answers import answer
from assess.web.api.asking import request_json
from assess.web.api.describing import document_of
from assess.web.pages import Audience, Page
from assess.web.problems import as_json, problem
from assess.web.request import NO_YEAR, db, language, now, reader, settings
from assess.web.token_auth import bearer
from assess.web.uploads import on_the_disk

bp = Blueprint("api", __name__, url_prefix="/api/v1")

ENDINGS: Final = {"application/json": ".json", SPREADSHEET: ".xlsx"}
"""How documents end that come as the whole of a request."""
FORM: Final = "multipart/form-data"
FIELD: Final = "file"
NO_NAME: Final = re.compile(r'[/\\:*?"<>|]')
"""What names of files do not hold."""
FARTHEST: Final = 10_000_000
MAX_REQUEST_LENGTH: Final = 1_000


@bp.route("/<year:year>/departments/<department>/evidence", methods=["POST"])
@Page(Audience.SYSTEMS)
def send(year: int, department: str) -> ResponseReturnValue:
    """Take in a department's figures and have them checked."""
    cycle, actor = cycle_of(year), bearer().actor
    if wait := tokens.seconds_to_wait(reader(), actor, now=now()):
        raise TooManyRequests(retry_after=wait)
    document = sent_document()
    about: dict[str, Any] = {"cycle": cycle, "department": department, "folder": settings().uploads, "now": now()}
    try:
        with on_the_disk():
            taken = tokens.send_evidence(db(), actor, document=document, **about)
    except ValidationError as flawed:
        return problem(BadRequest.code, flaws=flawed.flaws)
    return standing(db(), cycle, taken.row, 202 if taken.is_new else 200)


@bp.route("/<year:year>/departments/<department>/figures")
@Page(Audience.SYSTEMS)
def figures(year: int, department: str) -> ResponseReturnValue:
    """What the department is asked for, of which units, until when."""
    about: dict[str, Any] = {"cycle": cycle_of(year), "department": department, "now": now()}
    return as_json(request_json(tokens.asked_page(reader(), bearer().actor, **about)))


@bp.route("/<year:year>/imports/<row:row>")
@Page(Audience.SYSTEMS)
def show(year: int, row: int) -> ResponseReturnValue:
    """How a file stands, and what somebody has to look at."""
    return standing(reader(), cycle_of(year), row)


@bp.route("/<year:year>/imports/<row:row>/accept", methods=["POST"])
@Page(Audience.SYSTEMS)
def accept(year: int, row: int) -> ResponseReturnValue:
    """Let everything that a checked file proposes count."""
    cycle = cycle_of(year)
    tokens.accept_sent(db(), bearer().actor, cycle=cycle, row=row, seen=seen(), now=now())
    return standing(db(), cycle, row, 202)


@bp.route("/<year:year>/imports/<row:row>/discard", methods=["POST"])
@Page(Audience.SYSTEMS)
def discard(year: int, row: int) -> ResponseReturnValue:
    """Put a file aside that was not accepted."""
    cycle = cycle_of(year)
    tokens.discard_sent(db(), bearer().actor, cycle=cycle, row=row, seen=seen(), now=now())
    return standing(db(), cycle, row)


@bp.route("/openapi.json")
@Page(Audience.ANYONE)
def openapi() -> ResponseReturnValue:
    """The document that describes all this."""
    return as_json(document_of(language()))


def standing(session: Session, cycle: CycleRow, row: int, status: int = 200) -> Response:
    """How a file stands now."""
    start = flask_request.args.get("start", "")
    first = min(int(start), FARTHEST) if start.isascii() and start.isdigit() and len(start) < len(str(FARTHEST)) else 0
    return answer(tokens.sent_page(session, bearer().actor, cycle=cycle, row=row, now=now(), start=first), status)


def cycle_of(year: int) -> CycleRow:
    """The year of the address.

    Raises:
        NotFound: there is none, or it is not open yet.
    """
    found = cycle_of_year(reader(), year=year)
    if found is None or not found.is_seen_by(bearer().actor):
        raise NotFound(NO_YEAR)
    return found


def sent_document() -> UploadedFile:
    """What the request brings, named after the system that sends it.

    Raises:
        UnsupportedMediaType: it is neither JSON nor a workbook, or compressed.
        RequestEntityTooLarge: it is larger than a file may be.
    """
    if flask_request.content_encoding not in (None, "", "identity"):
        raise UnsupportedMediaType
    if flask_request.mimetype == FORM:
        found = flask_request.files.get(FIELD)
        if found is None or len(flask_request.files) != 1:
            raise UnsupportedMediaType
        ending, data = (
            UploadedFile(found.filename or "", b"").ending,
            found.stream.read(MAX_UPLOAD_MEGABYTES * MEGABYTE + 1),
        )
    elif flask_request.mimetype in ENDINGS:
        ending, data = ENDINGS[flask_request.mimetype], flask_request.get_data(cache=False)
    else:
        raise UnsupportedMediaType
    if len(data) > MAX_UPLOAD_MEGABYTES * MEGABYTE:
        raise RequestEntityTooLarge
    when = now().astimezone(BEIJING)
    return UploadedFile(f"{NO_NAME.sub('-', bearer().name)} {when:%Y-%m-%d %H%M%S}{ending}", data)


def seen() -> int:
    """The version of the file that the request says was looked at.

    Raises:
        Refused: it states none.
        BadRequest: it is no JSON.
    """
    if flask_request.mimetype != "application/json":
        raise UnsupportedMediaType
    data = flask_request.get_data(cache=False)
    if len(data) > MAX_REQUEST_LENGTH:
        raise RequestEntityTooLarge
    try:
        return tokens.seen_in(data)
    except ValidationError:
        raise BadRequest from None
