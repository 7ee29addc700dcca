"""A system of the water bureau with a token, while figures are supplied."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from assess.settings import Settings
from assess.store.session import Database
from tests.services.forms import dated
from tests.services.imports import a_water_year
from tests.services.tokens import give
from tests.web.api.calling import System


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the API reads and writes is tried on both engines elsewhere."""
    return sqlite_url


@pytest.fixture
def system(app: Flask, database: Database, settings: Settings) -> System:
    """The system."""
    a_water_year(database, units=10)
    with database.writing() as session:
        dated(session)
    now = datetime.now(UTC)
    given = give(database, now=now, ends=date(now.year + 1, 1, 31))
    return System(app.test_client(), database, settings, given.secret)
