"""What belongs to one request: its moment, its language, its person, its year, its sessions."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Final, cast

from flask import Flask, Response, current_app, g, request, session
from flask_login import current_user

from assess.core.actors import Actor
from assess.core.errors import NotFound
from assess.core.text import Language, Text
from assess.settings import Settings
from assess.store.queries import cycles
from assess.store.session import Database, Session

READS = frozenset({"GET", "HEAD", "OPTIONS"})
YEAR = "year"
"""Where the browser's cookie keeps the year of the last page that was of one."""
API: Final = "/api/"
"""What the addresses begin with that systems ask for, and no browser."""
MOST_OF_API: Final = 10 * 1024 * 1024 + 64 * 1024
"""Bytes of a system's request: a file of 10 MB, and what a form puts around it."""
NO_YEAR = Text("没有这个考核年度。", "There is no such assessment year.")


def attach(app: Flask) -> None:
    """Open and close what a request needs."""
    app.before_request(begin)
    app.after_request(finish)
    app.teardown_request(close)


def begin() -> None:
    """A number for the log, and one moment for all that the request does."""
    g.request_id = secrets.token_hex(6)
    g.now = datetime.now(UTC)
    if is_of_api():
        request.max_content_length = MOST_OF_API


def is_of_api() -> bool:
    """Whether a system asks, which knows neither pages nor cookies."""
    return request.path.startswith(API)


def settings() -> Settings:
    """The instance's settings."""
    return cast("Settings", current_app.extensions["settings"])


def database() -> Database:
    """The instance's database."""
    return cast("Database", current_app.extensions["database"])


def reader() -> Session:
    """A session to look with, apart from what the request may write."""
    if "reader" not in g:
        g.reader = database().reading_session()
    return cast("Session", g.reader)


def db() -> Session:
    """The request's one transaction; a request that only reads has none but the reader's."""
    if request.method in READS:
        return reader()
    if "writer" not in g:
        g.writer = database().writing_session()
    return cast("Session", g.writer)


def finish(response: Response) -> Response:
    """Commit what succeeded; an answer of 400 or above leaves nothing behind."""
    if "writer" in g:
        if response.status_code < 400:
            g.writer.commit()
        else:
            g.writer.rollback()
    return response


def close(_error: BaseException | None = None) -> None:
    """Give the sessions back, whatever happened."""
    for name in ("writer", "reader"):
        if (session := g.pop(name, None)) is not None:
            session.close()


def now() -> datetime:
    """The moment of the request."""
    return cast("datetime", g.now)


def actor() -> Actor:
    """Who is signed in; only pages that ask for somebody call this."""
    return cast("Actor", current_user.actor)


def signed_in() -> Actor | None:
    """Who is signed in, if anybody is."""
    return cast("Actor", current_user.actor) if current_user.is_authenticated else None


def language() -> Language:
    """The reader's language: chosen, else the account's, else the browser's."""
    found = g.get("language")
    if found is None:
        found = g.language = chosen_language()
    return cast("Language", found)


def chosen_language() -> Language:
    """What the language cookie says, else the account, else the browser; Chinese where nothing is said.

    For a system it is what its request says alone.
    """
    cookie = None if is_of_api() else request.cookies.get("language")
    if cookie in ("zh", "en"):
        return cast("Language", cookie)
    if not is_of_api() and (person := signed_in()) is not None:
        return person.language
    return "en" if request.accept_languages.best_match(["zh", "en"]) == "en" else "zh"


def current_cycle() -> cycles.CycleRow:
    """The year that the page is of.

    Raises:
        NotFound: there is no such year, or it is not open yet and the reader is not of the office.
    """
    if "cycle" not in g:
        found = cycles.cycle_of_year(reader(), year=(request.view_args or {})["year"])
        person = signed_in()
        if found is None or person is None or not found.is_seen_by(person):
            raise NotFound(NO_YEAR)
        take_into_view(found)
    return cast("cycles.CycleRow", g.cycle)


def take_into_view(cycle: cycles.CycleRow) -> None:
    """The page is of this year; pages without a year lead back to it from now on."""
    g.cycle = cycle
    if session.get(YEAR) != cycle.year:
        session[YEAR] = cycle.year


def year_in_view() -> int | None:
    """The year that the page is of, else that of the last page that was of one."""
    cycle: cycles.CycleRow | None = g.get("cycle")
    return session.get(YEAR) if cycle is None else cycle.year
