"""Each test of the store has a database of its own, with all tables and nothing in them, on each engine."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, inspect, text

from assess.store.migrating import migrate


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_database_has_all_tables_and_nothing_of_another_test(database_url: str, turn: str):
    engine = create_engine(database_url)
    with engine.begin() as connection:
        assert "account" in inspect(connection).get_table_names()
        assert "left_behind" not in inspect(connection).get_table_names()
        connection.execute(text("CREATE TABLE left_behind (turn text)"))
    engine.dispose()


def test_a_database_is_migrated_already(database_url: str):
    engine = create_engine(database_url)
    before = inspect(engine).get_table_names()
    migrate(database_url)

    assert inspect(engine).get_table_names() == before
    engine.dispose()
