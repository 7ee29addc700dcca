"""The service as a test client sees it, and people to sign in as."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.core.actors import Role
from assess.services import accounts
from assess.services.accounts import Duty
from assess.settings import Settings
from assess.store.queries.accounts import account_called
from assess.store.session import Database
from tests.services.forms import an_open_year, dated
from tests.services.imports import a_water_year
from tests.stores import sqlite_address
from tests.web.bureau import Bureau, english
from tests.web.compiled import Compiled, KnownRule
from tests.web.noticing import Unnoted, unnoted
from tests.web.served import application, serving
from tests.years import JIANWAI, PASSWORD, a_person

Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Compiled()}
Flask.url_rule_class = KnownRule
SignInAs = Callable[[str], FlaskClient]
"""A client that is signed in as the account of a name."""


@pytest.fixture(autouse=True)
def everything_noted() -> Iterator[list[Unnoted]]:
    """No request of any test changes anything without an entry in the log."""
    with unnoted() as found:
        yield found
    assert found == []


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """Pages are tried on SQLite: services are tried on both engines, and `test_postgresql` opens and sends all pages.

    A test that needs both says `@on_both`.
    """
    address: str = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")
    return address


@pytest.fixture
def settings(instance: Path, database_url: str) -> Settings:
    """An instance of its own for each test."""
    return Settings(instance=instance, database_url=database_url)


@pytest.fixture(scope="session")
def made_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The service as it is made once."""
    folder = tmp_path_factory.mktemp("made")
    return application(Settings(instance=folder, database_url=sqlite_address(folder / "none.db")))


@pytest.fixture
def app(made_app: Flask, settings: Settings) -> Iterator[Flask]:
    """The service of the instance of a test."""
    with serving(made_app, settings) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Nobody in particular."""
    return app.test_client()


@pytest.fixture
def sign_in_as(app: Flask, database: Database) -> SignInAs:
    """Sign somebody in without typing a password."""
    return lambda username: client_of(app, database, username)


def client_of(app: Flask, database: Database, username: str) -> FlaskClient:
    """A client that is signed in as somebody."""
    with database.writing() as session:
        account = account_called(session, username)
        assert account is not None
        token = accounts.start_sign_in(session, account, datetime.now(UTC))
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client


@pytest.fixture
def wang(database: Database) -> str:
    """A person with a password."""
    with database.writing() as session:
        a_person(session, "wang", Duty(Role.LEADER))
        account = account_called(session, "wang")
        assert account is not None
        accounts.set_password(session, account, PASSWORD)
    return "wang"


@pytest.fixture
def official(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """The first official of the street with a river, while the year is collecting."""
    an_open_year(database)
    with database.writing() as session:
        dated(session)
    return sign_in_as(JIANWAI)


@pytest.fixture
def bureau(database: Database, settings: Settings, sign_in_as: SignInAs) -> Bureau:
    """The water bureau while figures are supplied."""
    a_water_year(database)
    with database.writing() as session:
        dated(session)
    return Bureau(english(sign_in_as("evaluator")), database, settings)
