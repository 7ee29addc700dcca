"""Bringing a database to the newest tables."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from assess.store.engines import WRITES, engine_of, make_sqlite_file

ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7461823)")
"""Two services that start together migrate one after the other."""


def migrate(url: str) -> None:
    """Bring the database at an address to the newest tables; one that has them is left as it is."""
    if url.startswith("sqlite"):
        make_sqlite_file(url)
    engine = engine_of(url)
    try:
        migrate_engine(engine.execution_options(**WRITES))
    finally:
        engine.dispose()


def migrate_engine(engine: Engine) -> None:
    """Bring an open database to the newest tables, wholly or not at all."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(ONE_AT_A_TIME)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
