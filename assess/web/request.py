"""What belongs to one request: its moment, its language, its person, its year, its sessions."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from typing import Final, cast

from flask import Flask, Response, current_app, g, request, session
from flask_login import current_user

from assess.core.actors import Actor
from assess.core.errors import NotFound
from assess.core.faults import Fault, Uncertain
from assess.core.text import Language, Text
from assess.settings import Settings
from assess.store.queries import cycles
from assess.store.session import Database, Session, fault_of

log = logging.getLogger("assess")
READS = frozenset({"GET", "HEAD", "OPTIONS"})
YEAR = "year"
"""Where the browser's cookie keeps the year of the last page that was of one."""
LANGUAGE: Final = "language"
"""Where it keeps the language of the account, for pages that must do without the database."""
API: Final = "/api/"
"""What the addresses begin with that systems ask for, and no browser."""
MAX_OF_API: Final = 10 * 1024 * 1024 + 64 * 1024
"""Bytes of a system's request: a file of 10 MB, and what a form puts around it."""
NO_YEAR = Text("没有这个考核年度。", "There is no such assessment year.")


def attach(app: Flask) -> None:
    """Open and close what a request needs."""
    app.before_request(begin)
    app.teardown_request(close)


def begin() -> None:
    """A number for the log, and one moment for all that the request does; what the cookie kept before it."""
    g.request_id = secrets.token_hex(6)
    g.now = datetime.now(UTC)
    if is_of_api():
        request.max_content_length = MAX_OF_API
    elif request.endpoint != "static":
        g.cookie_before = deepcopy(dict(session))


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


def forget_what_was_read() -> None:
    """Let `reader()` look anew, at what others have changed since the request began."""
    if (session := g.pop("reader", None)) is not None:
        session.close()


def db() -> Session:
    """The request's one transaction; a request that only reads has none but the reader's."""
    if request.method in READS:
        return reader()
    if "writer" not in g:
        g.writer = database().writing_session()
    return cast("Session", g.writer)


class Service(Flask):
    """The web door: here, and nowhere else, is committed what a page did, before anybody is told that it was done."""

    def dispatch_request(self) -> Response:
        """The answer of the page, once what it did is kept; an answer of 400 or above leaves nothing behind."""
        response = self.make_response(super().dispatch_request())
        if "writer" in g:
            if response.status_code < 400:
                commit(g.writer)
            else:
                g.writer.rollback()
        return response

    def log_exception(self, _exc_info: object) -> None:
        """Nothing: the answer to an error logs it once, a fault of the machine in one line."""


def commit(writer: Session) -> None:
    """Keep what a page did.

    Raises:
        Uncertain: the database went away meanwhile, so that nobody knows whether it was kept.
    """
    try:
        writer.commit()
    except Exception as error:
        if fault_of(error) is Fault.AWAY:
            raise Uncertain from error
        raise


def give_up() -> None:
    """Undo what the page did, also in the browser's cookie: no sign-in and no message of success outlives a failure."""
    if "writer" in g:
        g.writer.rollback()
    before = g.get("cookie_before")
    if before is not None and dict(session) != before:
        session.clear()
        session.update(before)
        g.pop("csrf_token", None)


@contextmanager
def noting_in_passing() -> Iterator[Session]:
    """A short transaction for a trace that a page can do without: a fault is logged, and the page goes on."""
    try:
        with database().writing_in_passing() as writer:
            yield writer
    except Exception as error:
        fault = fault_of(error)
        if fault is None:
            raise
        log.warning("request %s left no trace: %s", g.request_id, fault)


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
    """Who is signed in, if anybody is; where the database is not to be asked, as far as that is known already."""
    if g.get("without_queries") and "_login_user" not in g:
        return None
    return cast("Actor", current_user.actor) if current_user.is_authenticated else None


def do_without_queries() -> None:
    """Nothing more is asked of the database by this request."""
    g.without_queries = True


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
    if not is_of_api():
        cookie = request.cookies.get("language")
        if cookie in ("zh", "en"):
            return cast("Language", cookie)
        if (person := signed_in()) is not None:
            if session.get(LANGUAGE) != person.language:
                session[LANGUAGE] = person.language
            return person.language
        if g.get("without_queries") and session.get(LANGUAGE) in ("zh", "en"):
            return cast("Language", session[LANGUAGE])
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


def forget_year() -> None:
    """The year of the page is gone; pages without a year no longer lead back to it."""
    g.pop("cycle", None)
    session.pop(YEAR, None)


def year_in_view() -> int | None:
    """The year that the page is of, else that of the last page that was of one."""
    cycle: cycles.CycleRow | None = g.get("cycle")
    return session.get(YEAR) if cycle is None else cycle.year
