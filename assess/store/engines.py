"""Engines of a database: how its connections are made, and how their transactions begin."""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event

BUSY_MILLISECONDS: Final = 30_000
WRITES: Final = {"begins_with": "BEGIN IMMEDIATE"}
"""Options of an engine whose transactions mean to write."""
MORE_CONNECTIONS: Final = 30
"""Beyond the five kept open: a request holds up to three, and none may wait for one while it holds another."""
PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
)


def engine_of(url: str) -> Engine:
    """An engine whose transactions begin as we say, and whose errors tell statements without what people typed."""
    pool = {"max_overflow": MORE_CONNECTIONS, "hide_parameters": True}
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, **pool)
    engine = create_engine(url, connect_args={"timeout": BUSY_MILLISECONDS / 1000}, **pool)
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    return engine


def prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """Leave transactions to us, and switch on what SQLite leaves off."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def begin_sqlite(connection: Connection) -> None:
    """Who means to write takes the write lock at once, so that no reader's snapshot stands in the way later."""
    connection.exec_driver_sql(connection.get_execution_options().get("begins_with", "BEGIN"))
