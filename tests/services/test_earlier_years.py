"""A year whose rule sheet looks further back than last year: set up, scored, sealed, archived, backed up, put right."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from assess.core.actors import Role
from assess.core.errors import NotFound, Refused
from assess.core.numbers import reduced
from assess.core.runs.kinds import RunKind
from assess.core.set_up import StepName, StepState
from assess.core.workflow import Stage
from assess.services import backups, runs, seals
from assess.services.accounts import Duty
from assess.services.previous import (
    overview_of,
    preview_figures,
    preview_year_before,
    state_none,
    take_from_year_before,
)
from assess.services.runs.replaying import replay
from assess.services.set_up.steps import set_up_of
from assess.services.years import earlier_of, year_of
from assess.store.models import Cycle
from assess.store.queries.previous import KINDS_OF_FIGURES, RESULTS
from assess.store.queries.runs import results_of
from assess.store.queries.years import current_values
from assess.store.session import Database, Session
from assess.store.uploads import kept_path
from tests.cli.running import run
from tests.services.appeals import confirm, effect, lodge, make_and_release, propose
from tests.services.archives import an_archive
from tests.services.earlier_years import (
    HEAD,
    MEAN,
    NOW_FIGURES,
    TABLES,
    TWO,
    UNITS,
    Looking,
    a_ruled_year,
    a_year_looking,
    bring,
    keep_values,
)
from tests.services.forms import year_2026
from tests.services.moves import move_on
from tests.services.runs import a_run
from tests.services.seals import ADDRESS, seal_all, sealed_editions
from tests.services.setting_up import OFFICE, a_csv, a_new_year, the_year
from tests.stores import sqlite_address
from tests.years import NOW, VERIFIED, a_person, operator, person


def scored_by_the_command(folder: Path, looking: Looking) -> bytes:
    """What `assess score` makes of the same files."""
    folder.mkdir()
    files = {"rule-sheet.yaml": looking.text, "units.csv": "\n".join(UNITS), "figures.csv": "\n".join(NOW_FIGURES)}
    files |= {f"{back}.csv": "\n".join(TABLES[back - 1]) for back in range(1, looking.back + 1)}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    words = ["score", "rule-sheet.yaml", "--units", "units.csv", "--figures", "figures.csv", "--out", "results.json"]
    words += [word for back in range(1, looking.back + 1) for word in ("--previous", f"{back}.csv")]
    paths = [str(folder / word) if "." in word else word for word in words]
    assert run(*paths).code == 0
    return (folder / "results.json").read_bytes()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """Another instance, with nothing in it."""
    (tmp_path / "other" / "uploads").mkdir(parents=True)
    database = Database(sqlite_address(tmp_path / "other" / "assess.db"))
    database.make()
    yield database
    database.close()


@pytest.mark.parametrize("looking", [TWO, MEAN])
def test_a_year_is_scored_as_the_command_scores_its_files_sealed_and_archived(
    database: Database, database_url: str, instance: Path, tmp_path: Path, looking: Looking
):
    folder = instance / "uploads"
    office = a_year_looking(database, looking)["office"]

    row = a_run(database, office, folder)
    assert row.results is not None
    assert kept_path(folder, row.results).read_bytes() == scored_by_the_command(tmp_path / "files", looking)

    a_run(database, office, folder, kind=RunKind.INTERIM)
    with database.writing() as session:
        runs.release_provisional(session, office, cycle=year_2026(session), number=row.number, now=VERIFIED)
    for stage in (Stage.APPEALS, Stage.FINAL):
        move_on(database, office, stage)
    with database.writing() as session:
        seals.seal_cycle(session, office, cycle=year_2026(session), address=ADDRESS, now=NOW)
    seal_all(database, folder)
    assert len(sealed_editions(database)) == 1
    ended = run("verify", str(an_archive(database, database_url, folder, office)), "--lang", "en")
    assert ended.code == 0, ended


def test_its_run_is_repeated_from_a_backup(database: Database, empty: Database, instance: Path, tmp_path: Path):
    row = a_run(database, a_year_looking(database, MEAN)["office"], instance / "uploads")

    backups.back_up(database, operator(), instance=instance, target=tmp_path / "backup.zip", now=NOW)
    backups.restore(empty, operator(), instance=tmp_path / "other", source=tmp_path / "backup.zip", now=VERIFIED)
    with empty.reading() as session:
        assert replay(session, row, folder=tmp_path / "other" / "uploads") == []


def previous_step(session: Session) -> tuple[StepState, str]:
    """How far the step of earlier years is, and what it says."""
    (step,) = [each for each in set_up_of(session, the_year(session)) if each.name is StepName.PREVIOUS]
    return step.standing, step.note.en


def test_the_office_gives_a_table_or_says_there_is_none_for_each_year_that_the_sheet_looks_back_to(
    database: Database,
):
    with database.writing() as session:
        a_ruled_year(session, MEAN)
        bring(session, TABLES[0], 1)
        state_none(session, OFFICE, cycle=the_year(session), kind=RESULTS, now=NOW)
        assert previous_step(session)[1] == "Upload the figures of 2 years ago, or record that there are none"
        bring(session, TABLES[1], 2)
        with pytest.raises(Refused, match="already on record"):
            bring(session, TABLES[1], 2, later=1)
        bring(session, [HEAD, "s1,40,8"], 2, later=1)
        state_none(session, OFFICE, cycle=the_year(session), kind=KINDS_OF_FIGURES[3], now=NOW)
        told = "Figures of last year: 4; no results of last year; figures of 2 years ago: 2; no figures of 3 years ago"
        assert previous_step(session) == (StepState.DONE, told)

        parts = overview_of(session, the_year(session)).parts
        assert [(part.name, part.year, part.count, part.is_none) for part in parts] == [
            ("figures", 2025, 4, False), ("results", 2025, 0, True),
            ("figures", 2024, 2, False), ("figures", 2023, 0, True),
        ]  # fmt: skip
        tables = earlier_of(session, year_of(session, the_year(session)))
        assert [{name: table.value(name).fractions() for name in table.given} for table in tables] == [
            {"pm25": [40, None], "cases": [8, None]}, {},
        ]  # fmt: skip
        with pytest.raises(NotFound, match="does not use figures of 2022"):
            preview_figures(session, the_year(session), a_csv(TABLES[0]), 4)


def test_figures_further_back_are_taken_from_their_own_year_or_from_what_the_years_between_looked_back_to(
    database: Database,
):
    with database.writing() as session:
        a_ruled_year(session, MEAN)
        with pytest.raises(Refused, match="There are no figures of 2024 in the service"):
            preview_year_before(session, the_year(session), 2)
        a_new_year(session, 2025)
        keep_values(session, the_year(session, 2025).id, TABLES[1], 2024)
        session.query(Cycle).filter(Cycle.year == 2025).update({Cycle.stage: Stage.FINAL.value})
        take_from_year_before(session, OFFICE, cycle=the_year(session), now=NOW, back=2)
        assert counted(session, 2024) == TABLES[1][1:]

        a_new_year(session, 2024)
        keep_values(session, the_year(session, 2024).id, TABLES[2], 2024)
        session.query(Cycle).filter(Cycle.year == 2024).update({Cycle.stage: Stage.FINAL.value})
        take_from_year_before(session, OFFICE, cycle=the_year(session), now=NOW, back=2)
        assert counted(session, 2024) == TABLES[2][1:]


def counted(session: Session, of: int) -> list[str]:
    """The figures of a year that count in 2026, as lines."""
    found: dict[str, dict[str, str]] = {}
    for row in current_values(session, the_year(session).id, of):
        assert row.millionths is not None
        found.setdefault(row.unit, {})[row.figure] = reduced(Fraction(row.millionths, 1_000_000))
    return [f"{unit},{each['pm25']},{each['cases']}" for unit, each in found.items()]


def test_a_ruling_puts_right_a_figure_of_two_years_back(database: Database, instance: Path):
    folder = instance / "uploads"
    known = a_year_looking(database, TWO)
    with database.writing() as session:
        deputy = a_person(session, "deputy", Duty(Role.OFFICE))
    make_and_release(database, known["office"], folder)
    move_on(database, known["office"], Stage.APPEALS)

    asked = {"item": "air", "cell": "pm25@2024", "asked": "20"}
    number = lodge(database, person(database, "s1"), "s1", **asked)
    row = propose(database, known["office"], number, figures={"pm25@2024": "20"})
    seen = effect(database, row)
    assert [(each.unit, each.now.total, each.after.total) for each in seen.units] == [
        ("s1", "100", "80"), ("s2", "100", "100"),
    ]  # fmt: skip
    confirm(database, deputy, number, row, seen.digest)
    after = a_run(database, known["office"], folder)
    with database.reading() as session:
        assert {each.unit: each.total for each in results_of(session, run=after.id)} == {"s1": "80", "s2": "100"}
        assert replay(session, after, folder=folder) == []
