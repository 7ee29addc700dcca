"""A year with objects of units is released, sealed, handed over, archived, backed up, and copied into the next."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from assess.core.actors import Actor
from assess.core.workflow import Stage
from assess.services import backups, copying_years, handover, runs, seals
from assess.services.rules import publish_rules
from assess.services.runs.replaying import replay
from assess.services.years import year_of
from assess.store.queries.cycles import cycle_of_year
from assess.store.queries.runs import newest_run, results_of
from assess.store.session import Database
from tests.cli.running import run
from tests.services.archives import an_archive
from tests.services.forms import year_2026
from tests.services.handovers import hand, page_of
from tests.services.moves import move_on
from tests.services.objects import a_year_of_sections
from tests.services.runs import a_run
from tests.services.seals import ADDRESS, seal_all, sealed_documents, sealed_editions
from tests.stores import sqlite_address
from tests.years import NOW, VERIFIED, operator


def a_final_year_of_sections(database: Database, folder: Path) -> dict[str, Actor]:
    """The year at its last stage with a result that was released; its people."""
    people = a_year_of_sections(database)
    number = a_run(database, people["office"], folder).number
    with database.writing() as session:
        runs.release_provisional(session, people["office"], cycle=year_2026(session), number=number, now=VERIFIED)
    for stage in (Stage.APPEALS, Stage.FINAL):
        move_on(database, people["office"], stage)
    return people


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """Another instance, with nothing in it."""
    (tmp_path / "other" / "uploads").mkdir(parents=True)
    database = Database(sqlite_address(tmp_path / "other" / "assess.db"))
    database.make()
    yield database
    database.close()


def test_a_year_of_sections_is_sealed_handed_over_archived_and_backed_up(
    database: Database, database_url: str, empty: Database, instance: Path, tmp_path: Path
):
    folder = instance / "uploads"
    office = a_final_year_of_sections(database, folder)["office"]

    with database.writing() as session:
        about = {"cycle": year_2026(session), "address": ADDRESS, "now": NOW}
        seals.seal_cycle(session, office, **about, unissued="试行")
    seal_all(database, folder)
    (edition,) = sealed_editions(database)
    assert {each.unit for each in sealed_documents(database, edition)} == {"", "s1", "s2", "s3", "t1"}
    hand(database, office, folder)
    told = {row["unit"]: row for row in units_handed(database, office, folder)}
    with database.reading() as session:
        totals = {each.unit: each.total for each in results_of(session, run=edition.run)}
    assert {unit: row["total"] for unit, row in told.items()} == {unit: str(total) for unit, total in totals.items()}

    ended = run("verify", str(an_archive(database, database_url, folder, office)), "--lang", "en")
    assert ended.code == 0, ended

    backups.back_up(database, operator(), instance=instance, target=tmp_path / "backup.zip", now=NOW)
    backups.restore(empty, operator(), instance=tmp_path / "other", source=tmp_path / "backup.zip", now=VERIFIED)
    with empty.reading() as session:
        again = newest_run(session, cycle=year_2026(session).id)
        assert again is not None
        assert replay(session, again, folder=tmp_path / "other" / "uploads") == []


def units_handed(database: Database, actor: Actor, folder: Path) -> list[dict[str, str]]:
    """The table of units of the first hand-over."""
    row = next(each.id for each in page_of(database, actor, folder).files if each.name.endswith("units.csv"))
    with database.reading() as session:
        about = {"cycle": year_2026(session), "number": 1, "row": row, "folder": folder}
        sent = handover.file_to_send(session, actor, **about)
    return list(csv.DictReader(StringIO(sent.path.read_text("utf-8-sig"))))


def test_the_next_year_has_the_same_sections(database: Database):
    office = a_year_of_sections(database)["office"]

    with database.writing() as session:
        copied = copying_years.copy_year(session, office, origin=year_2026(session), now=NOW)
    assert (copied.sheet, copied.objects) == (True, 6)
    with database.writing() as session:
        cycle = cycle_of_year(session, year=2027)
        assert cycle is not None
        publish_rules(session, office, cycle=cycle, number=1, now=NOW)
    with database.reading() as session:
        old, new = (cycle_of_year(session, year=year) for year in (2026, 2027))
        assert old is not None
        assert new is not None
        assert year_of(session, new).objects.canonical() == year_of(session, old).objects.canonical()
