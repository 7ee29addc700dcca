"""An evaluator certifies what 43 units reported: by keyboard alone, and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route
from sqlalchemy import func, select

from assess.services import accounts
from assess.store.models import Value
from assess.store.queries.accounts import account_called
from assess.store.session import Database
from tests.browsing import Walker, walking
from tests.services.certifying import DOUBTFUL, reported_by_all
from tests.sites import settings_of
from tests.stores import sqlite_address
from tests.walks.person import FINGER, KEYBOARD, Manner, Person
from tests.years import PASSWORD

UNITS = 43
SHORTLY = 200
"""Milliseconds in which a script takes in what it asked for."""
EVALUATOR = {"username": "ecology", "password": PASSWORD}


@pytest.fixture
def database(instance: Path, sqlite_url: str) -> Iterator[Database]:
    """What all units reported to the ecology bureau."""
    database = Database(sqlite_url)
    reported_by_all(database, UNITS)
    with database.writing() as session:
        account = account_called(session, "ecology")
        assert account is not None
        accounts.set_password(session, account, PASSWORD)
    yield database
    database.close()


@pytest.fixture
def evaluating(
    browser: Browser, database: Database, instance: Path, serve: Callable[..., Any], tmp_path: Path
) -> Iterator[Walker]:
    """Someone before the service with these values."""
    address, _server = serve(settings_of(instance, sqlite_address(instance / "assess.db")))
    with walking(browser, address, tmp_path) as walker:
        yield walker


def test_43_units_are_certified_by_keyboard_alone(evaluating: Walker, database: Database, pictures: Path):
    evaluator = Manner("en", KEYBOARD, pictures=pictures).signs_in(evaluating, EVALUATOR)
    page, keys = evaluator.page, evaluator.page.keyboard
    evaluator.goes_to("/2026/certifying")
    units = page.get_by_role("grid", name="Submitted values").get_by_role("rowheader").all_inner_texts()
    assert len(units) == UNITS
    assert page.locator("tbody tr:nth-child(-n+2)").get_by_role("checkbox", checked=False).count() == len(DOUBTFUL)
    focused = page.locator(":focus")

    while not focused.and_(page.locator("td input")).count():
        keys.press("Tab")
    go(evaluator, "ArrowRight", "ArrowRight", "ArrowRight")
    assert not focused.is_checked()
    go(evaluator, "Enter")
    beside = page.get_by_role("complementary")
    beside.get_by_role("heading", name="New waste-free cells").wait_for()
    assert "30 places" in beside.inner_text()
    assert "Unusual" in beside.inner_text()
    evaluator.looks()
    with on_its_way(page):
        go(evaluator, "Space", "ArrowDown", "Escape")
        beside.wait_for(state="hidden")
    assert beside.count() == 0, "what arrives after the panel was closed does not open it again"
    go(evaluator, "ArrowUp", "ArrowUp")
    assert page.locator("tbody :not(:checked):is(input)").count() == 1
    go(evaluator, "ArrowDown", "Tab")
    with page.expect_navigation():
        go(evaluator, "Enter")

    assert evaluator.heading == f"Certify these values ({4 * UNITS - 1})"
    evaluator.looks()
    while not focused.and_(page.get_by_role("radio")).count():
        keys.press("Tab")
    go(evaluator, "Space")
    while not focused.and_(page.get_by_role("button", name="Certify values")).count():
        keys.press("Tab")
    with page.expect_navigation():
        go(evaluator, "Enter")
    assert f"{4 * UNITS - 1} values are certified." in evaluator.text
    assert waiting(database) == [DOUBTFUL[1]]


def test_43_units_are_certified_on_a_phone_one_figure_at_a_time(evaluating: Walker, database: Database, pictures: Path):
    evaluator = Manner("zh", FINGER, pictures=pictures).signs_in(evaluating, EVALUATOR)
    evaluator.goes_to("/2026/certifying")
    assert evaluator.page.get_by_role("table").count() == 0

    for _figure in range(4):
        evaluator.page.locator("main .govuk-task-list__link").first.click()
        assert evaluator.presses("Certify selected values") == 200
        assert evaluator.page.get_by_role("radio").count() == 0
        evaluator.page.get_by_role("button").last.click()
        evaluator.page.wait_for_url("**/certifying?figure=*")
        evaluator.looks()

    assert waiting(database) == sorted(DOUBTFUL)


@contextmanager
def on_its_way(page: Page) -> Iterator[None]:
    """Keep back what the page loads by a script; it arrives at the end."""
    held: list[Route] = []
    page.route("**", lambda route: held.append(route) if route.request.resource_type == "fetch" else route.continue_())
    yield
    page.wait_for_timeout(SHORTLY)
    assert held, "nothing was loaded"
    for route in held:
        with page.expect_event("response"):
            route.continue_()
    page.wait_for_timeout(SHORTLY)
    page.unroute("**")


def go(person: Person, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        person.page.keyboard.press(key)


def waiting(database: Database) -> list[str]:
    """The units with a value that nobody certified."""
    with database.reading() as session:
        query = select(Value.unit).where(Value.state == "reported").group_by(Value.unit).order_by(Value.unit)
        return list(session.scalars(query.having(func.count() > 0)))
