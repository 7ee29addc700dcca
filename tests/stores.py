"""Fixtures: an empty migrated database on each engine, and an instance folder of one's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.store.session import Database
from tests.postgres import NoPostgres, Postgres

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For tests of what no database does."""
on_both = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
"""For those tests of pages in which several people write at once, or a database goes away."""
on_both_soaking = pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)], indirect=True
)
"""For long tests of which each step is tried on both engines elsewhere."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The session's PostgreSQL; without one the test is skipped."""
    server = Postgres()
    try:
        server.start()
    except NoPostgres as reason:
        pytest.skip(str(reason))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty migrated SQLite file."""
    file = tmp_path_factory.mktemp("template") / "assess.db"
    migrated(sqlite_address(file))
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    """The address of an empty migrated PostgreSQL database."""
    return postgres.new_template(migrated)


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """The folder of an instance: its database, uploads and keys."""
    folder = tmp_path / "instance"
    (folder / "uploads").mkdir(parents=True)
    return folder


@pytest.fixture
def sqlite_url(instance: Path, sqlite_template: Path) -> str:
    """The address of an empty migrated SQLite database, where the instance has its own."""
    return sqlite_address(shutil.copyfile(sqlite_template, instance / sqlite_template.name))


@pytest.fixture
def postgresql_url(postgres: Postgres, postgres_template: str) -> Iterator[str]:
    """The address of an empty migrated PostgreSQL database."""
    address = postgres.new_database(postgres_template)
    yield address
    postgres.drop(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty migrated database, once on each engine."""
    address: str = request.getfixturevalue(f"{request.param}_url")
    return address


def migrated(address: str) -> None:
    """Bring the database at this address to the newest migration."""
    made = Database(address)
    made.make()
    made.close()


def sqlite_address(file: Path) -> str:
    """What ASSESS_DATABASE_URL says for this file."""
    return f"sqlite:///{file}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database, once on each engine."""
    opened = Database(database_url)
    yield opened
    opened.close()
