"""Tables whose rows are added and never changed: the database itself refuses, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, text

REFUSE_ON_SQLITE: Final = (
    "CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
)
FUNCTION_ON_POSTGRESQL: Final = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END $$"
)
REFUSE_ON_POSTGRESQL: Final = (
    "CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
)


def refuse_changes(connection: Connection, tables: Iterable[str]) -> None:
    """Make the triggers that refuse to change or delete rows of these tables."""
    for statement in _statements(connection.dialect.name, tables):
        connection.execute(text(statement))


def _statements(dialect: str, tables: Iterable[str]) -> list[str]:
    if dialect == "sqlite":
        return [
            REFUSE_ON_SQLITE.format(table=table, change=change) for table in tables for change in ("update", "delete")
        ]
    return [FUNCTION_ON_POSTGRESQL, *(REFUSE_ON_POSTGRESQL.format(table=table) for table in tables)]
