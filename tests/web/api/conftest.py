"""A system of the water bureau with a token, while figures are supplied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_hex

import pytest
from flask import Flask

from assess.settings import Settings
from assess.store.session import Database
from assess.web.app import create_app
from tests.services.forms import dated
from tests.services.imports import a_water_year
from tests.services.tokens import give
from tests.stores import sqlite_address
from tests.web.api.calling import System


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the API reads and writes is tried on both engines elsewhere."""
    return sqlite_url


@pytest.fixture
def system(app: Flask, database: Database, settings: Settings) -> System:
    """The system, at a service of its own."""
    begin(database)
    return a_system(app, database, settings)


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[tuple[Flask, Database, Settings]]:
    """A service for many tests, none of which lets anything count."""
    folder = tmp_path_factory.mktemp("api")
    address = sqlite_address(shutil.copyfile(sqlite_template, folder / "assess.db"))
    settings, database = Settings(instance=folder, database_url=address), Database(address)
    settings.uploads.mkdir()
    begin(database)
    app = create_app(settings)
    yield app, database, settings
    app.extensions["database"].close()
    database.close()


@pytest.fixture
def guest(house: tuple[Flask, Database, Settings]) -> System:
    """A system with a token of its own at the service of many tests."""
    return a_system(*house)


def begin(database: Database) -> None:
    """The year in which figures are supplied."""
    a_water_year(database, units=10)
    with database.writing() as session:
        dated(session)


def a_system(app: Flask, database: Database, settings: Settings) -> System:
    """A system with a token of its own."""
    now, name = datetime.now(UTC), "水务监测平台 " + token_hex(4)
    given = give(database, name=name, now=now, ends=date(now.year + 1, 1, 31))
    return System(app.test_client(), database, settings, given.secret)
