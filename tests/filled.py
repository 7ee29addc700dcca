"""What tests put into an empty database is put there once for each engine and process, and copied from then on."""

from __future__ import annotations

import copy
import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg
from psycopg.sql import SQL, Identifier

from assess.store.base import Base
from assess.store.session import Database

SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
UNGUARDED = "SET session_replication_role = replica"
GUARDED = "SET session_replication_role = origin"
NO_LOG = b"\x01\x01"
"""How the head of an SQLite file says that nothing is written ahead."""
T = TypeVar("T")
Rows = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class OfPostgres:
    """What a PostgreSQL database holds: the rows of each table that has any, and where its sequences are."""

    tables: Rows
    sequences: tuple[tuple[str, int], ...]

    def put_into(self, raw: psycopg.Connection[Any]) -> None:
        """Copy it into an empty database; references and triggers were minded when it was made."""
        with raw.cursor() as cursor:
            cursor.execute(UNGUARDED)
            for table, rows in self.tables:
                with cursor.copy(SQL("COPY {} FROM STDIN (FORMAT binary)").format(Identifier(table))) as into:
                    into.write(rows)
            for sequence, last in self.sequences:
                cursor.execute("SELECT setval(%s, %s)", (sequence, last))
            cursor.execute(GUARDED)
        raw.commit()


@dataclass(frozen=True)
class OfSqlite:
    """What an SQLite database holds."""

    kept: sqlite3.Connection

    def put_into(self, raw: sqlite3.Connection) -> None:
        """Copy it into an empty database."""
        self.kept.backup(raw)

    def __reduce__(self) -> tuple[Callable[[bytes], OfSqlite], tuple[bytes]]:
        return of_sqlite, (self.kept.serialize(),)


def of_sqlite(content: bytes) -> OfSqlite:
    """What another process found in an SQLite database; in memory none has a log of what was written ahead."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    kept.deserialize(content[:18] + NO_LOG + content[20:])
    return OfSqlite(kept)


KNOWN: dict[tuple[str, Hashable], tuple[OfPostgres | OfSqlite, Any]] = {}


def filled(database: Database, known_as: Hashable, fill: Callable[[Database], T]) -> T:
    """What `fill` answers when it has filled an empty database, or a copy of both where it did so before.

    Args:
        database: an empty migrated database, on either engine.
        known_as: what `fill` is called here, with all on which its work depends.
        fill: puts rows there and answers with plain values; it keeps no files.
    """
    key = (database.engine.name, known_as)
    if key not in KNOWN:
        answer = fill(database)
        KNOWN[key] = content_of(database), answer
    else:
        with open_connection(database) as raw:
            KNOWN[key][0].put_into(raw)
    return copy.deepcopy(KNOWN[key][1])


def content_of(database: Database) -> OfPostgres | OfSqlite:
    """All that a database holds."""
    with open_connection(database) as raw:
        if isinstance(raw, sqlite3.Connection):
            kept = sqlite3.connect(":memory:", check_same_thread=False)
            raw.backup(kept)
            return OfSqlite(kept)
        return of_postgres(raw)


def of_postgres(raw: psycopg.Connection[Any]) -> OfPostgres:
    """All that a PostgreSQL database holds."""
    with raw.cursor() as cursor:
        tables = tuple((name, rows_of(cursor, name)) for name in Base.metadata.tables if has_rows(cursor, name))
        cursor.execute(SEQUENCES)
        return OfPostgres(tables, tuple(cursor.fetchall()))


def has_rows(cursor: psycopg.Cursor[Any], table: str) -> bool:
    """Whether a table is not empty."""
    return cursor.execute(SQL("SELECT 1 FROM {} LIMIT 1").format(Identifier(table))).fetchone() is not None


def rows_of(cursor: psycopg.Cursor[Any], table: str) -> bytes:
    """The rows of a table as PostgreSQL copies them."""
    with cursor.copy(SQL("COPY {} TO STDOUT (FORMAT binary)").format(Identifier(table))) as rows:
        return b"".join(bytes(part) for part in rows)


@contextmanager
def open_connection(database: Database) -> Iterator[Any]:
    """A connection of the driver's own."""
    connection = database.engine.raw_connection()
    try:
        yield connection.driver_connection
    finally:
        connection.close()
