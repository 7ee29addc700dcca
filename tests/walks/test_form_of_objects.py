"""An official with forty river sections fills in twelve months of each, on a desk by keyboard and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assess.services import accounts
from assess.services.documents import UploadedFile
from assess.store.queries.accounts import account_called
from assess.store.session import Database
from tests.browsing import Walker, check_access, walking
from tests.services.forms import dated
from tests.services.object_forms import SECTION, a_year_of_reported_sections
from tests.sites import settings_of, start_service
from tests.stores import sqlite_address
from tests.walks.person import sign_in
from tests.walks.test_filling_in import PASTE
from tests.years import PASSWORD

FORM = f"/2026/form/s1/section/{SECTION}"
LISTED = "kind,object,name_zh,name_en,unit,share\n" + "".join(
    f"section,V{number:02},第{number:02}号断面,River section {number:02},s1,1\n" for number in range(1, 41)
)
OFFICIAL = {"username": "s1", "password": PASSWORD}


@pytest.fixture
def walker(browser: Browser, tmp_path: Path, pictures: Path) -> Iterator[Walker]:
    """A service whose official reports forty sections."""
    instance = tmp_path / "instance"
    (instance / "uploads").mkdir(parents=True)
    database = Database(sqlite_address(instance / "assess.db"))
    database.make()
    a_year_of_reported_sections(database, UploadedFile("objects.csv", LISTED.encode()))
    with database.writing() as session:
        dated(session)
        account = account_called(session, "s1")
        assert account is not None
        accounts.set_password(session, account, PASSWORD)
    database.close()
    address, server = start_service(settings_of(instance), tmp_path / "service.log")
    with walking(browser, address, pictures) as walker:
        yield walker
    server.stop()


def opened(walker: Walker, *, phone: bool) -> Page:
    """The section in the window of the official."""
    page = sign_in(walker, OFFICIAL, phone=phone).page
    page.goto(FORM)
    return page


def field(month: int, section: int) -> str:
    """A field of the table of months."""
    return f'[id="answer-met@V{section:02}@2026-{month:02}"]'


def is_wider_than_its_window(page: Page) -> bool:
    """Whether the page itself moves sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_forty_sections_of_twelve_months_are_filled_in_without_moving_the_page_sideways(walker: Walker, phone: bool):
    page = opened(walker, phone=phone)
    assert not is_wider_than_its_window(page)
    assert check_access(page) == []

    page.locator(field(1, 1)).focus()
    for _month in range(12):
        page.keyboard.type("Y")
        page.keyboard.press("Tab")
    expect(page.get_by_text("12 of 520 entries")).to_be_visible()

    assert page.evaluate("document.activeElement.id") == "answer-met@V02@2026-01"
    page.reload()
    assert [page.locator(field(month, 1)).input_value() for month in range(1, 13)] == ["yes"] * 12


def test_cells_of_a_spreadsheet_fill_the_table_from_where_they_are_pasted(walker: Walker):
    page = opened(walker, phone=False)

    assert page.locator(field(11, 39)).evaluate(PASTE, "Yes\tNo\nNo\tYes\n") is False

    pasted = [page.locator(field(month, section)).input_value() for section in (39, 40) for month in (11, 12)]
    assert pasted == ["yes", "no", "no", "yes"]
