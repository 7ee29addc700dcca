"""The application made once for all tests of pages: instance, database and clock are swapped for each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from flask import Flask, current_app, g

from assess.settings import Settings
from assess.store.session import Database
from assess.web.app import create_app

MOMENTS = "moments"


def application(settings: Settings) -> Flask:
    """The service, with a clock that can be stopped."""
    app = create_app(settings)
    app.extensions["database"].close()
    app.before_request(look_at_clock)
    return app


def look_at_clock() -> None:
    """A request comes at the moment at which its test has stopped the clock, if it has."""
    if moments := current_app.extensions[MOMENTS]:
        g.now = moments[-1]


@contextmanager
def serving(app: Flask, settings: Settings) -> Iterator[Flask]:
    """The application of another instance, with its clock running."""
    app.config.update(SECRET_KEY=settings.secret_key(), SESSION_COOKIE_SECURE=settings.secure)
    database = Database(settings.database_url)
    app.extensions.update(settings=settings, database=database, moments=[])
    yield app
    database.close()


def stop_clock(app: Flask, at: datetime) -> list[datetime]:
    """The moment of every request of this test, the last in the list."""
    moments: list[datetime] = app.extensions[MOMENTS]
    moments.append(at)
    return moments
