"""The other rankings of a sheet as a hand-over takes them from the frozen inputs of the run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assess.core.handover.content import HandedRanking, HandedStanding, Points
from assess.core.text import Text
from assess.services.handover.rankings import rankings_of
from assess.services.runs.comparing import sheet_of
from assess.store.session import Database
from tests.services import objects
from tests.services.runs import a_run

RANKING = """
results:
  - id: water
    title: {zh: 水质单项, en: Water alone}
    node: quality
    unit: {zh: 元, en: yuan}
    grades: [{id: good, title: {zh: 良好, en: Good}, from: 50}, {id: rest, title: {zh: 其他, en: Others}}]
"""


def test_every_unit_stands_in_the_other_rankings_with_score_rank_and_grade(
    database: Database, instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "sections"
    shutil.copytree(objects.SECTIONS, folder)
    with (folder / "rule-sheet.yaml").open("a", encoding="utf-8") as sheet_file:
        sheet_file.write(RANKING)
    monkeypatch.setattr(objects, "SECTIONS", folder)
    run = a_run(database, objects.a_year_of_sections(database)["office"], instance / "uploads")

    with database.reading() as session:
        sheet = sheet_of(session, run)
    [found] = rankings_of(sheet, run, folder=instance / "uploads")
    assert found == HandedRanking("water", Text("水质单项", "Water alone"), Text("元", "yuan"), found.standings)
    assert found.standings[0] == HandedStanding("s1", Points("55.88"), Points("2"), 4, Text("良好", "Good"))


def test_a_sheet_without_other_rankings_hands_over_none(database: Database, instance: Path):
    run = a_run(database, objects.a_year_of_sections(database)["office"], instance / "uploads")

    with database.reading() as session:
        assert rankings_of(sheet_of(session, run), run, folder=Path("/nowhere")) == ()
