"""A year whose rule sheet looks further back than last year: set up, scored, sealed, archived, backed up, put right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from assess.core.actors import Actor
from assess.core.errors import NotFound, Refused
from assess.core.numbers import reduced
from assess.core.runs.kinds import RunKind
from assess.core.set_up import StepName, StepState
from assess.core.workflow import Stage
from assess.services import backups, runs, seals
from assess.services.documents import UploadedFile
from assess.services.previous import (
    accept_figures,
    overview_of,
    preview_figures,
    preview_year_before,
    state_none,
    take_from_year_before,
)
from assess.services.rules import load_rules, publish_rules
from assess.services.runs.replaying import replay
from assess.services.set_up.steps import set_up_of
from assess.services.units.unit_list import accept_units
from assess.services.years import earlier_of, year_of
from assess.store.models import Batch, Cycle, Value
from assess.store.queries.previous import KINDS_OF_FIGURES, RESULTS
from assess.store.queries.years import current_values
from assess.store.session import Database, Session
from assess.store.uploads import kept_path
from tests.cli.running import run
from tests.services.archives import an_archive
from tests.services.forms import year_2026
from tests.services.moves import move_on
from tests.services.objects import date_stages, move
from tests.services.runs import a_run
from tests.services.seals import ADDRESS, seal_all, sealed_editions
from tests.services.setting_up import OFFICE, a_csv, a_new_year, the_year
from tests.stores import sqlite_address
from tests.years import NOW, VERIFIED, operator, people

UNITS = ["unit,name_zh,name_en,kind", "s1,甲街道,A Subdistrict,street", "s2,乙街道,B Subdistrict,street"]
HEAD = "unit,pm25,cases"
NOW_FIGURES = [HEAD, "s1,30,4", "s2,33.5,7"]
TABLES = ([HEAD, "s1,34,5", "s2,35,9"], [HEAD, "s1,40,8", "s2,38,9"], [HEAD, "s1,44,1", "s2,47,2"])
"""The figures of one, two and three years back."""

SHEET = """\
id: far
title: {zh: 比较往年, en: Against earlier years}
year: 2026
standing: issued
departments: {bureau: {title: {zh: 生态环境局, en: Ecology bureau}}}
figures:
  pm25: {title: {zh: 细颗粒物, en: PM2.5}, kind: number, decimals: 1, min: 0, from: bureau}
  cases: {title: {zh: 案件, en: Cases}, kind: count, from: bureau}
  base: {title: {zh: 基数, en: Base}, kind: number, from: formula, formula: "BASE"}
missing: zero
items:
  - {id: air, title: {zh: 大气, en: Air}, points: 60, method: ratio, figure: pm25, target: base,
     better: lower, clause: 一}
  - {id: law, title: {zh: 案件, en: Cases}, points: 40, method: ratio, figure: cases, target: "TARGET",
     better: lower, clause: 二}
"""


class Looking(NamedTuple):
    """A sheet that looks back, and how many years."""

    base: str
    target: str
    back: int

    @property
    def text(self) -> str:
        """The sheet."""
        return SHEET.replace("BASE", self.base).replace("TARGET", self.target)


TWO = Looking("previous(pm25, 2)", "previous(cases)", 2)
MEAN = Looking("mean(previous(pm25), previous(pm25, 2), previous(pm25, 3))", "previous(cases, 2)", 3)


def a_ruled_year(session: Session, looking: Looking) -> None:
    """The year with its units and the published sheet."""
    cycle = a_new_year(session)
    accept_units(session, OFFICE, cycle=cycle, document=a_csv(UNITS), now=NOW)
    document = UploadedFile("rule-sheet.yaml", looking.text.encode())
    load_rules(session, OFFICE, cycle=cycle, document=document, now=NOW)
    publish_rules(session, OFFICE, cycle=the_year(session), number=1, now=NOW)


def bring(session: Session, lines: Sequence[str], back: int, later: int = 0) -> None:
    """The figures of so many years back come in as a file."""
    now = NOW + timedelta(days=later)
    accept_figures(session, OFFICE, cycle=the_year(session), document=a_csv(lines), now=now, back=back)


def keep_values(session: Session, cycle: int, lines: Sequence[str], year: int) -> None:
    """Figures of a year, certified, as a workbook brought them."""
    batch = Batch(cycle_id=cycle, kind="import", file_name="air.xlsx", facts={}, made_by=0, made_at=NOW)
    session.add(batch)
    session.flush()
    for number, line in enumerate(lines[1:], start=2):
        unit, *numbers = line.split(",")
        session.add_all(
            Value(
                cycle_id=cycle, year=year, unit=unit, figure=figure, period=str(year),
                millionths=int(Fraction(text) * 1_000_000), word=None, state="certified", batch_id=batch.id,
                place=f"数据!B{number}", entered_by=0, entered_at=NOW, supersedes=None, superseded_at=None,
            )
            for figure, text in zip(("pm25", "cases"), numbers, strict=True)
        )  # fmt: skip
    session.flush()


def a_year_looking(database: Database, looking: Looking) -> dict[str, Actor]:
    """The year at the stage of certifying, everything there; its people."""
    with database.writing() as session:
        a_ruled_year(session, looking)
        for back in range(1, looking.back + 1):
            bring(session, TABLES[back - 1], back)
        keep_values(session, the_year(session).id, NOW_FIGURES, 2026)
        date_stages(session)
        move(session, Stage.VERIFYING)
        return people(session, ("s1", "s2"))


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
