"""The PostgreSQL that the tests bring with them."""

from __future__ import annotations

import psycopg
import pytest

from tests.postgres import NoPostgres, Postgres, programs


def rows(address: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address) as connection:
        done = connection.execute(statement)
        return done.fetchall() if done.description else []


def test_each_database_is_a_copy_of_the_template_and_apart_from_the_others(postgres: Postgres):
    def fill(address: str) -> None:
        rows(address, "CREATE TABLE street (code text)")
        rows(address, "INSERT INTO street VALUES ('cw')")

    template = postgres.new_template(fill)
    one, other = postgres.new_database(template), postgres.new_database(template)
    rows(one, "INSERT INTO street VALUES ('slt')")

    assert rows(one, "SELECT code FROM street ORDER BY code") == [("cw",), ("slt",)]
    assert rows(other, "SELECT code FROM street") == [("cw",)]


def test_a_database_in_use_can_be_dropped(postgres: Postgres):
    address = postgres.new_database()
    with psycopg.connect(address):
        postgres.drop(address)

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(address)


def test_text_is_kept_in_every_script_and_sorted_by_code_point(postgres: Postgres):
    address = postgres.new_database()

    assert rows(address, "SELECT * FROM (VALUES ('漷县'), ('Z'), ('a')) AS name (told) ORDER BY told") == [
        ("Z",),
        ("a",),
        ("漷县",),
    ]


def test_two_servers_run_at_once_and_a_stopped_one_is_gone(postgres: Postgres):
    second = Postgres()
    second.start()
    address = second.new_database()
    assert rows(address, "SELECT 1") == [(1,)]
    assert second.port != postgres.port
    second.stop()

    with pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(address)


def test_a_folder_without_the_programs_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("TEST_POSTGRES", str(tmp_path))

    with pytest.raises(NoPostgres, match="PostgreSQL not installed"):
        programs()
