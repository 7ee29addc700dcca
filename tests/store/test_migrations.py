from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from assess.core.errors import Refused
from assess.store.base import AppendOnly, Base
from assess.store.migrating import OLDER, migrate
from assess.store.session import Database
from tests.old_files.unpacking import unpacked
from tests.stores import sqlite_address

TRIGGERS = {
    "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%never changed%'",
    "postgresql": "SELECT DISTINCT event_object_table FROM information_schema.triggers "
    "WHERE action_statement LIKE '%refuse_change%'",
}


def append_only_tables() -> list[str]:
    """The tables of the models that are declared append-only."""
    classes = (mapper.class_ for mapper in Base.registry.mappers)
    return sorted(model.__tablename__ for model in classes if issubclass(model, AppendOnly))


WITHOUT_REFERENCES = {
    "sqlite": ("PRAGMA defer_foreign_keys = ON", "SELECT 1"),
    "postgresql": ("SET LOCAL session_replication_role = replica", "SET LOCAL session_replication_role = origin"),
}
"""What a transaction says before and after it adds rows that refer to nothing."""


def insert_one_row(connection: Connection, table: str) -> None:
    """Add a row of any values, whatever it refers to."""
    before, after = WITHOUT_REFERENCES[connection.dialect.name]
    values = {column.name: value_for(str(column.type)) for column in Base.metadata.tables[table].columns}
    names, places = ", ".join(f'"{name}"' for name in values), ", ".join(f":{name}" for name in values)
    connection.execute(text(before))
    connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({places})'), values)
    connection.execute(text(after))


def value_for(type_name: str) -> str | int | bool:
    """Something that a column of a type takes."""
    if type_name in {"BIGINT", "INTEGER"}:
        return 1
    if type_name == "BOOLEAN":
        return True
    return "{}" if type_name == "JSON" else "2026-12-02"


def test_a_migrated_database_has_the_tables_of_the_models(database: Database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_changes_nothing(database: Database, database_url: str):
    migrate(database_url)

    assert database.answers()


def schema_of(file: Path) -> dict[str, str]:
    """Every table, index and trigger of a SQLite file, whatever its spaces, quotes, letters and words of refusal."""
    engine = create_engine(sqlite_address(file))
    with engine.connect() as connection:
        found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    engine.dispose()
    return {name: re.sub(r"[\s\"]+|ABORT, '.*'", "", sql).upper().replace("FALSE", "0") for name, sql in found}


def test_an_empty_instance_of_before_has_what_a_new_one_has(tmp_path: Path, sqlite_template: Path):
    before = unpacked("empty-instance-2026-12-02.db", tmp_path / "assess.db")
    migrate(sqlite_address(before))

    assert schema_of(before) == schema_of(sqlite_template)


@pytest.mark.parametrize("revision", ["0001", "0027"])
def test_a_database_of_before_the_first_release_is_refused_and_left_as_it_is(
    database: Database, database_url: str, revision: str
):
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})

    with pytest.raises(Refused) as refused:
        migrate(database_url)

    assert refused.value.what == OLDER.format(theirs=revision, oldest="0028")
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == revision


def test_each_append_only_table_and_no_other_refuses_changes(database: Database):
    with database.engine.connect() as connection:
        refusing = connection.execute(text(TRIGGERS[database.engine.dialect.name])).scalars().all()

    assert sorted(refusing) == append_only_tables()


def test_rows_of_each_append_only_table_can_be_neither_changed_nor_deleted(database: Database):
    for table in append_only_tables():
        with database.writer.connect() as connection:
            insert_one_row(connection, table)
            column = next(iter(Base.metadata.tables[table].columns)).name
            for change in (f'UPDATE "{table}" SET "{column}" = "{column}"', f'DELETE FROM "{table}"'):
                with pytest.raises(DBAPIError, match=f"rows of {table} are never changed"), connection.begin_nested():
                    connection.execute(text(change))
