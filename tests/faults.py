"""Real faults, for a while: a disk that is full, a database that somebody else has locked, one that is away."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import Engine, event, make_url

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def full_disk(room: int = 0) -> Iterator[None]:
    """No file of this process can grow beyond so many bytes: the system refuses as it does where a disk is full."""
    most, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))


@contextmanager
def locked_by_another_process(file: Path) -> Iterator[None]:
    """Another process writes to a SQLite database and does not end."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    assert holder.stdout.readline() == "locked\n"
    try:
        yield
    finally:
        holder.stdin.close()
        holder.wait()
        holder.stdout.close()


def impatient(engine: Engine) -> None:
    """What waits for a lock gives up at once, as it would after half a minute."""
    event.listen(engine, "checkout", lambda connection, *_: connection.execute("PRAGMA busy_timeout = 50"))


@contextmanager
def away(database_url: str) -> Iterator[None]:
    """The database cannot be reached: its server turns everybody away, or its file is gone."""
    if database_url.startswith("sqlite"):
        file = Path(make_url(database_url).database or "")
        hidden = file.rename(file.with_name("hidden.db"))
        try:
            yield
        finally:
            hidden.rename(file)
        return
    url = make_url(database_url)
    name = url.database or ""
    with closing(psycopg.connect(url.set(database="postgres").render_as_string(), autocommit=True)) as other:
        allow = SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        other.execute(allow.format(Identifier(name), SQL("false")))
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            other.execute(allow.format(Identifier(name), SQL("true")))
