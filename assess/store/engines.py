"""Engines of a database: how its connections are made, and how their transactions begin."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError

BUSY_MILLISECONDS: Final = 30_000
"""How long a statement waits for what somebody else has locked."""
WRITES: Final = {"begins_with": "BEGIN IMMEDIATE"}
"""Options of an engine whose transactions mean to write."""
IN_PASSING: Final = {"patience": 1_000}
"""Options of an engine whose transactions rather fail than wait long."""
CONNECT_SECONDS: Final = 10
"""How long a server that does not answer is waited for."""
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
        return engine_of_server(url, pool)
    file = sqlite_file(url)
    engine = create_engine(url, creator=opener_of(file), **pool)
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    event.listen(engine, "connect", lambda _connection, record: record.info.update(file=identity_of(file)))
    event.listen(engine, "checkout", lambda _connection, record, _proxy: check_same_file(file, record.info["file"]))
    return engine


def sqlite_file(url: str) -> Path:
    """The file of a SQLite database."""
    return Path(make_url(url).database or "").absolute()


def make_sqlite_file(file: Path) -> None:
    """Make the file of a new SQLite database, closed to others; one that is there stays as it is."""
    os.close(os.open(file, os.O_CREAT | os.O_RDONLY, 0o600))


def opener_of(file: Path) -> Callable[[], sqlite3.Connection]:
    """Opens a database that is there: one that went away is never made anew, as an empty one."""
    return lambda: sqlite3.connect(
        address_of(file), uri=True, timeout=BUSY_MILLISECONDS / 1000, check_same_thread=False
    )


def address_of(file: Path) -> str:
    """How a file is opened: one that nobody can change, on a disk that is read-only, without the files of a writer."""
    is_ended = not file.with_name(f"{file.name}-wal").exists()
    is_fixed = is_ended and file.exists() and bool(os.statvfs(file).f_flag & os.ST_RDONLY)
    return f"{file.as_uri()}?{'mode=ro&immutable=1' if is_fixed else 'mode=rw'}"


def identity_of(file: Path) -> tuple[int, int]:
    """What tells a file from another of the same name."""
    found = file.stat()
    return found.st_dev, found.st_ino


def check_same_file(file: Path, opened: tuple[int, int]) -> None:
    """Raise DisconnectionError where the file of a connection was taken away or replaced: it writes into nothing."""
    try:
        here = identity_of(file)
    except OSError:
        here = None
    if here != opened:
        raise DisconnectionError(f"{file.name} is not the file that was opened")


def engine_of_server(url: str, pool: dict[str, Any]) -> Engine:
    """An engine of PostgreSQL; what its address states about waiting goes before ours."""
    ours = {"connect_timeout": CONNECT_SECONDS, "options": f"-c lock_timeout={BUSY_MILLISECONDS}"}
    stated = make_url(url).query
    settings = {name: value for name, value in ours.items() if name not in stated}
    engine = create_engine(url, pool_pre_ping=True, connect_args=settings, **pool)
    event.listen(engine, "begin", begin_postgresql)
    return engine


def prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """Leave transactions to us, and switch on what SQLite leaves off."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def begin_sqlite(connection: Connection) -> None:
    """Who means to write takes the write lock at once, so that no reader's snapshot stands in the way later."""
    options = connection.get_execution_options()
    begin, patience = options.get("begins_with", "BEGIN"), options.get("patience")
    if patience is None:
        connection.exec_driver_sql(begin)
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience:d}")
    try:
        connection.exec_driver_sql(begin)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")


def begin_postgresql(connection: Connection) -> None:
    """Who rather fails than waits long says so for the transaction."""
    patience = connection.get_execution_options().get("patience")
    if patience is not None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {patience:d}")
