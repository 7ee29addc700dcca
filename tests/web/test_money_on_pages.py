"""A year whose scores are counted in money: wherever a total stands, so does what it is counted in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assess.core.workflow import Stage
from assess.services.runs import release_provisional
from assess.settings import Settings
from assess.store.session import Database
from tests.services import objects
from tests.services.runs import a_run
from tests.services.setting_up import the_year
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import visit
from tests.years import VERIFIED


@pytest.fixture(autouse=True)
def a_year_of_money(database: Database, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The year of river sections with scores in yuan, run twice and at its notice."""
    folder = tmp_path / "sections"
    shutil.copytree(objects.SECTIONS, folder)
    sheet = (folder / "rule-sheet.yaml").read_text("utf-8")
    told = sheet.replace("points: 100\n", "points: 100\nunit_of_result: {zh: 元, en: yuan}\n", 1)
    (folder / "rule-sheet.yaml").write_text(told, "utf-8")
    monkeypatch.setattr(objects, "SECTIONS", folder)
    office = objects.a_year_of_sections(database)["office"]
    run = a_run(database, office, settings.uploads)
    with database.writing() as session:
        release_provisional(session, office, cycle=the_year(session), number=run.number, now=VERIFIED)
        objects.move(session, Stage.PROVISIONAL)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("leader", "/2026/ranking"),
        ("leader", "/2026/ranking/s1"),
        ("leader", "/2026/ranking/compare?unit=s1&unit=s2"),
        ("office", "/2026/runs/1"),
        ("office", "/2026/runs/1/units/s1"),
        ("s1", "/2026/result/s1"),
    ],
)
def test_totals_are_headed_with_what_they_are_counted_in(sign_in_as: SignInAs, who: str, path: str):
    page = visit(english(sign_in_as(who)), path)

    assert "Total score (yuan)" in page.main
