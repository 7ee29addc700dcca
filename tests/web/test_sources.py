"""The pages that say where values come from: of a figure, of a unit, and one value with the cell of its file."""

from __future__ import annotations

import hashlib

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from assess.settings import Settings
from assess.store.models import Value
from assess.store.session import Database
from tests.queries import counted
from tests.services.certifying import handed_in
from tests.services.imports import FIRST, QUOTA, RATE, a_book, a_water_year, accepted
from tests.web.conftest import SignInAs
from tests.web.pages import Page, visit
from tests.years import CHAOWAI, JIANWAI

BOOK = a_book(*FIRST)
SUPPLIED = "Department data about Jianwai Subdistrict"
HOSTILE = "<script>alert(1)</script>.xlsx"


@pytest.fixture
def supplied(database: Database, settings: Settings) -> None:
    """A year in which the water bureau's first file is accepted."""
    people = a_water_year(database)
    accepted(database, people["evaluator"], settings.uploads, BOOK)


def as_english(client: FlaskClient) -> FlaskClient:
    """The same person, reading English."""
    client.set_cookie("language", "en")
    return client


def number_of(database: Database, unit: str, figure: str) -> int:
    """The number of a value that counts."""
    with database.reading() as session:
        query = select(Value.id).where(Value.unit == unit, Value.figure == figure, Value.superseded_at.is_(None))
        return session.scalars(query).one()


def sheet_in(page: Page) -> list[list[str]]:
    """The part of a sheet that a page draws."""
    return next(rows for caption, rows in page.tables.items() if caption.startswith("Cell "))


@pytest.mark.usefixtures("supplied")
def test_an_evaluator_follows_a_value_from_the_figure_to_its_cell_and_file(database: Database, sign_in_as: SignInAs):
    client = as_english(sign_in_as("evaluator"))

    listed = visit(client, f"/2026/figures/{QUOTA}")
    assert [row[0] for row in listed.tables["Values: 1"][1:]] == ["Jianwai Subdistrict"]
    with counted(database) as asked:
        page = visit(client, f"/2026/source/{number_of(database, JIANWAI, QUOTA)}")
    assert len(asked) <= 12 + 1
    assert "SHA-256 " + hashlib.sha256(BOOK.data).hexdigest() in page.main
    assert sheet_in(page)[:3] == [
        ["Row", "A", "B", "C"],
        ["1", "单位", "污水收集处理率", "年度用水总量指标"],
        ["2", "建外街道", "95.5", "▸ 800 Source cell"],
    ]
    sent = client.get(page.links["Original file as received"], buffered=True)
    assert (sent.data, sent.headers["Content-Disposition"]) == (BOOK.data, "attachment; filename=water.xlsx")
    assert "Results of the check of this file, and who accepted it" in page.links


@pytest.mark.usefixtures("supplied")
def test_a_unit_reads_what_departments_supplied_and_sees_no_other_units_row(database: Database, sign_in_as: SignInAs):
    client = as_english(sign_in_as(JIANWAI))

    listed = visit(client, f"/2026/supplied/{JIANWAI}")
    assert [row[0] for row in listed.tables["Values: 2"][1:]] == [
        "Share of sewage collected and treated", "Water use allowed in the year",
    ]  # fmt: skip
    page = visit(client, f"/2026/source/{number_of(database, JIANWAI, RATE)}")
    assert [row[0] for row in sheet_in(page)] == ["Row", "1", "2"]
    assert "朝外" not in page.text
    assert "96" not in "".join(text for row in sheet_in(page) for text in row)
    assert "Rows of other units are not shown." in page.main
    assert {"Original file as received", "Results of the check of this file, and who accepted it"} & set(
        page.links
    ) == set()
    other = number_of(database, CHAOWAI, RATE)
    for path in (f"source/{other}", f"supplied/{CHAOWAI}"):
        visit(client, f"/2026/{path}", status=404)
    for path in (f"figures/{RATE}", f"source/{other}/file"):
        visit(client, f"/2026/{path}", status=403)


def test_a_value_from_a_form_leads_to_its_receipt_and_its_evidence(database: Database, sign_in_as: SignInAs):
    handed_in(database)
    value = number_of(database, JIANWAI, "hazard_ledger")

    for who in (JIANWAI, "ecology", "office"):
        client = as_english(sign_in_as(who))
        page = visit(client, f"/2026/source/{value}")
        assert "How it was supplied Self-assessment form, receipt " in page.main
        for link in ("Submitted form with its receipt", "Evidence uploaded for this figure"):
            visit(client, page.links[link])
    visit(as_english(sign_in_as(CHAOWAI)), f"/2026/source/{value}", status=404)


def test_what_a_file_is_called_and_holds_is_shown_as_text(database: Database, settings: Settings, sign_in_as: SignInAs):
    people = a_water_year(database)
    head = ["单位", "年度用水总量指标", "备注<b>"]
    accepted(
        database, people["evaluator"], settings.uploads,
        a_book(["建外街道", 800, "<img src=x onerror=alert(1)>"], head=head, name=HOSTILE),
    )  # fmt: skip

    page = visit(as_english(sign_in_as("evaluator")), f"/2026/source/{number_of(database, JIANWAI, QUOTA)}")
    assert "<script>alert" not in page.html
    assert "<img src=x" not in page.html
    assert HOSTILE in page.main
    assert "<img src=x onerror=alert(1)>" in page.main


@pytest.mark.usefixtures("supplied")
def test_the_matrix_of_the_department_leads_to_the_values_of_a_unit_and_of_a_figure(sign_in_as: SignInAs):
    client = as_english(sign_in_as("evaluator"))

    page = visit(client, "/2026/completeness")
    cells = [link.get("href", "") for link in page.markup.all("a") if "?unit=" in link.get("href", "")]
    assert f"/2026/figures/{QUOTA}?unit={JIANWAI}" in cells
    assert f"/2026/figures/{QUOTA}?unit={CHAOWAI}" not in cells
    narrowed = visit(client, f"/2026/figures/{RATE}?unit={CHAOWAI}")
    assert [row[:3] for row in narrowed.tables["Values: 1"][1:]] == [
        ["Chaowai Subdistrict", "Whole year", "96% Where this value comes from: Chaowai Subdistrict"]
    ]
    assert "Department data about Jianwai Subdistrict" in visit(client, f"/2026/supplied/{JIANWAI}").h1


@pytest.mark.usefixtures("supplied")
def test_an_official_finds_what_departments_supplied_in_the_menu_and_beside_the_estimate(sign_in_as: SignInAs):
    client = as_english(sign_in_as(JIANWAI))

    home = visit(client, "/")
    assert visit(client, home.links["Data supplied by departments"] + f"/{JIANWAI}").h1 == SUPPLIED
    for path in (f"form/{JIANWAI}", f"form/{JIANWAI}/estimate"):
        assert visit(client, f"/2026/{path}").links[SUPPLIED] == f"/2026/supplied/{JIANWAI}"
