"""The pages on which the office gives a year the objects of its units."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask.testing import FlaskClient

from assess.services.units.object_list import SAME_LIST
from assess.settings import Settings
from assess.store.models import Value
from assess.store.session import Database
from tests.services.objects import SECTIONS, a_year_of_sections
from tests.services.runs import a_run
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import Page, submit, visit
from tests.years import people


@pytest.fixture
def office(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """An officer with a year of four units whose published sheet scores river sections."""
    with database.writing() as session:
        people(session)
    client = english(sign_in_as("office"))
    new = visit(client, "/years/new")
    submit(client, new.form(), {"year": "2026", "title_zh": "2026年考核", "title_en": "Assessment of 2026"})
    for step, name in (("units", "units.csv"), ("rules", "rule-sheet.yaml")):
        submit(client, uploaded(client, step, (SECTIONS / name).read_bytes(), name).form(), {})
    submit(client, visit(client, "/2026/setup/rules/1").form(), {})
    return client


def uploaded(client: FlaskClient, step: str, data: bytes, name: str, status: int = 303) -> Page:
    """The page that comes of a file: its preview, or its flaws."""
    form = visit(client, f"/2026/setup/{step}").form()
    return submit(client, form, {"file": (BytesIO(data), name)}, status=status)


def test_the_office_gives_a_year_its_river_sections(office: FlaskClient):
    assert "setup/objects" in "".join(visit(office, "/2026/setup").links.values())

    preview = uploaded(office, "objects", (SECTIONS / "objects.csv").read_bytes(), "objects.csv")
    listed = submit(office, preview.form(), {})

    rows = listed.tables["Objects in force"]
    assert [row[:4] for row in rows[1:4]] == [
        ["W1", "Donghe Bridge", "River sections", "Dongjie Subdistrict"],
        ["W2", "West Sluice", "River sections", "Dongjie Subdistrict"],
        ["W2", "West Sluice", "River sections", "Xijie Subdistrict"],
    ]
    office.set_cookie("language", "zh")
    assert visit(office, "/2026/setup/objects").language == "zh"


def test_the_list_that_was_downloaded_can_be_sent_back_with_a_change(office: FlaskClient):
    preview = uploaded(office, "objects", (SECTIONS / "objects.csv").read_bytes(), "objects.csv")
    listed = submit(office, preview.form(), {})
    book = office.get(listed.links["Current list (Excel) to edit"]).data

    same = uploaded(office, "objects", book, "objects.xlsx", status=422)
    assert SAME_LIST.en in same.main
    other = (SECTIONS / "objects.csv").read_bytes().replace(b"0.7", b"0.6")
    changed = uploaded(office, "objects", other, "objects.csv")
    assert "0.6" in changed.main


def test_a_list_with_a_wrong_unit_is_told_at_its_cell_and_not_kept(office: FlaskClient):
    wrong = (SECTIONS / "objects.csv").read_bytes().replace(b"South Bay,s2", b"South Bay,s9")

    refused = uploaded(office, "objects", wrong, "objects.csv", status=422)

    assert "s9" in refused.main
    assert "There is no list of objects yet." in visit(office, "/2026/setup/objects").main


def test_the_comparison_of_two_runs_names_the_section_whose_figure_differs(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    people_of_year, folder = a_year_of_sections(database), settings.uploads
    a_run(database, people_of_year["office"], folder)
    with database.writing() as session:
        session.query(Value).filter_by(figure="met", period="W2 2026-08").one().millionths = 1_000_000
    a_run(database, people_of_year["office"], folder)

    assert "West Sluice, August" in visit(english(sign_in_as("office")), "/2026/runs/2/compare").main


def test_a_later_sheet_without_kinds_of_objects_leaves_a_page_that_says_so_and_the_next_year_can_be_copied(
    office: FlaskClient,
):
    submit(office, uploaded(office, "objects", (SECTIONS / "objects.csv").read_bytes(), "objects.csv").form(), {})
    plain = (SECTIONS.parent / "hundred" / "rule-sheet.yaml").read_bytes()
    submit(office, uploaded(office, "rules", plain, "rule-sheet.yaml").form(), {"reason": "No sections any more"})
    submit(office, visit(office, "/2026/setup/rules/2").form(), {})

    assert "W1" not in visit(office, "/2026/setup/objects").main
    assert visit(office, "/2026/setup").status == 200
    submit(office, visit(office, "/2026/next").form(), {})
    assert "W1" not in visit(office, "/2027/setup/objects").main
