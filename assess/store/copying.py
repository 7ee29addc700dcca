"""Whole tables as lines of JSON, and back: the same on every engine."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Connection, Date, DateTime, Engine, MetaData, Table, func, insert, select, text

from assess.store.base import COUNTED_BY_ITSELF, Base, Moment
from assess.store.engines import engine_of, make_sqlite_file
from assess.store.migrating import migrate_engine, newest_revision
from assess.store.models import Upload

AT_ONCE: Final = 500
"""Rows that are read or written together."""


class BackedUpRows(NamedTuple):
    """The rows of a database that had this newest migration; `lines` gives those of a table."""

    revision: str
    tables: Collection[str]
    lines: Callable[[str], Iterable[str]]


def tables() -> dict[str, Table]:
    """Every table by name, those that others refer to first; without what the database counts by itself."""
    return {table.name: table for table in Base.metadata.sorted_tables if not table.info.get(COUNTED_BY_ITSELF)}


def tables_there(connection: Connection) -> dict[str, Table]:
    """Every table as a database has it, which may be an older one, those that others refer to first."""
    there = MetaData()
    there.reflect(connection)
    return {table.name: table for table in there.sorted_tables}


def revision_of(connection: Connection) -> str:
    """The newest migration that a database has."""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def snapshot(engine: Engine) -> Connection:
    """A connection that sees the database as it is now, whatever others write meanwhile."""
    connection = engine.connect()
    if engine.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ")
    return connection


def lines_of(connection: Connection, table: Table) -> Iterator[str]:
    """Every row in the order of its key, one line of JSON each."""
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=AT_ONCE)
    for row in connection.execute(query).mappings():
        yield json.dumps({name: plain(value) for name, value in row.items()}, ensure_ascii=False)


def kept_files(connection: Connection) -> list[tuple[str, str]]:
    """The SHA-256 of every file that a row names, and the name it was first handed in under."""
    query = select(Upload.sha256, Upload.first_name).order_by(Upload.sha256)
    return [(sha256, name) for sha256, name in connection.execute(query)]


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def insert_all(connection: Connection, rows: BackedUpRows, *, folder: Path) -> int:
    """Put all rows back into the newest tables; gives their number.

    Those of older tables are first brought up to date in a database of their own, which lies in the folder meanwhile.
    """
    if rows.revision == newest_revision():
        return sum(insert_lines(connection, table, rows.lines(name)) for name, table in tables().items())
    with TemporaryDirectory(prefix="restoring-", dir=folder) as place, older_database(rows, Path(place)) as older:
        return sum(insert_lines(connection, table, lines_of(older, table)) for table in tables().values())


@contextmanager
def older_database(rows: BackedUpRows, folder: Path) -> Iterator[Connection]:
    """A database with older rows, brought to the newest tables."""
    file = folder / "older.db"
    make_sqlite_file(file)
    engine = engine_of(f"sqlite:///{file}")
    try:
        migrate_engine(engine, to=rows.revision)
        with engine.begin() as connection:
            for name, table in tables_there(connection).items():
                if name in rows.tables:
                    insert_lines(connection, table, rows.lines(name))
        migrate_engine(engine)
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def insert_lines(connection: Connection, table: Table, lines: Iterable[str]) -> int:
    """Put rows back; gives their number."""
    count = 0
    waiting: list[dict[str, Any]] = []
    for line in lines:
        waiting.append(typed(table, json.loads(line)))
        if len(waiting) == AT_ONCE:
            connection.execute(insert(table), waiting)
            count, waiting = count + len(waiting), []
    if waiting:
        connection.execute(insert(table), waiting)
    return count + len(waiting)


def typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row as the table wants it."""
    return {name: typed_value(table, name, value) for name, value in row.items()}


def typed_value(table: Table, name: str, value: Any) -> Any:
    """A moment or a day from its text; anything else as it is."""
    kind = table.columns[name].type
    if value is None:
        return None
    if isinstance(kind, Moment | DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def is_empty(connection: Connection) -> bool:
    """Whether no table holds a row."""
    return not any(connection.execute(select(func.count()).select_from(table)).scalar() for table in tables().values())


def count_on(connection: Connection) -> None:
    """Let new rows get the numbers after those that were put back."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables().values():
        for column in table.primary_key.columns:
            if column.autoincrement is True and isinstance(column.type, BigInteger):
                connection.execute(
                    select(
                        func.setval(
                            func.pg_get_serial_sequence(table.name, column.name),
                            func.coalesce(select(func.max(column)).scalar_subquery(), 1),
                            select(func.count() > 0).select_from(table).scalar_subquery(),
                        )
                    )
                )
