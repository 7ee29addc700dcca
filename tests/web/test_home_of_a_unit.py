"""The home page of who reports for a unit: urgent things first, finished ones folded, nothing urged that was sent."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from assess.core.calendar import day_of
from assess.core.workflow import SubmissionState
from assess.services.completeness import remind
from assess.store.models import Submission
from assess.store.session import Database
from tests.services.findings import DUST, record
from tests.services.forms import SOIL, an_open_year, dated, save, submit, year_2026
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import Page, visit
from tests.web.served import stop_clock
from tests.years import JIANWAI, NOW, person

FORM = f"/2026/form/{JIANWAI}"


def in_days(days: int) -> date:
    """A day from today."""
    return day_of(NOW) + timedelta(days=days)


@pytest.fixture
def year(app: Flask, database: Database) -> Database:
    """A year that collects, for another month; a unit filled one section."""
    stop_clock(app, NOW)
    an_open_year(database)
    with database.writing() as session:
        dated(session, ends=in_days(30))
    save(database, person(database, JIANWAI), SOIL)
    return database


def home_of_the_unit(sign_in_as: SignInAs) -> Page:
    """What its official reads first."""
    return visit(english(sign_in_as(JIANWAI)), "/")


def listed(page: Page, name: str) -> list[str]:
    """Where the entries of a list lead."""
    return re.findall(rf'href="([^"]+)" aria-describedby="{name}-\d+-status"', page.html)


def returned(database: Database, reason: str) -> None:
    """The form came back."""
    with database.writing() as session:
        session.query(Submission).update(
            {
                Submission.state: SubmissionState.RETURNED.value,
                Submission.returned_reason: reason,
            }
        )


def reminded(database: Database, words: str, *, hours_ago: int) -> None:
    """The office reminds the unit."""
    office, when = person(database, "office"), NOW - timedelta(hours=hours_ago)
    with database.writing() as session:
        remind(session, office, cycle=year_2026(session), units=[JIANWAI], words=words, server=None, now=when)


def test_what_is_overdue_comes_before_what_is_due_within_a_week_and_that_before_what_was_returned(
    year: Database, sign_in_as: SignInAs
):
    for days in (20, 3, -2, 0, -5):
        finding = DUST._replace(found_on=str(in_days(-10)), deadline=str(in_days(days)))
        record(year, finding, now=NOW - timedelta(days=10))
    submit(year, person(year, JIANWAI))
    returned(year, "Ledgers miss May")

    page = home_of_the_unit(sign_in_as)

    urgent = listed(page, "urgent")
    assert urgent[0] == f"/2026/obligations/{JIANWAI}?state=overdue", "a task is overdue for months"
    assert [each for each in urgent if "/obligations/" not in each] == [
        *(f"/2026/findings/{number}" for number in (5, 3, 4, 2)),
        FORM,
    ]
    assert "Returned: Ledgers miss May" in page.main
    assert "/2026/findings/1" in page.links.values()


def test_a_form_is_urgent_within_a_week_of_its_last_day_until_it_is_submitted(year: Database, sign_in_as: SignInAs):
    assert FORM not in listed(home_of_the_unit(sign_in_as), "urgent")

    with year.writing() as session:
        dated(session, ends=in_days(7))
    assert FORM in listed(home_of_the_unit(sign_in_as), "urgent")

    submit(year, person(year, JIANWAI))
    page = home_of_the_unit(sign_in_as)
    assert FORM not in listed(page, "urgent")
    assert "Check and submit" not in page.links


def test_finished_sections_are_folded_with_their_number(year: Database, sign_in_as: SignInAs):
    page = home_of_the_unit(sign_in_as)

    assert "Finished: 1" in page.main
    assert listed(page, "finished-1") == [f"{FORM}/section/soil"]
    assert f"{FORM}/section/soil" not in listed(page, "block-1")


def test_once_a_form_is_submitted_earlier_reminders_are_gone_and_later_ones_stand(year: Database, sign_in_as: SignInAs):
    reminded(year, "Please submit", hours_ago=2)
    assert "Please submit" in home_of_the_unit(sign_in_as).main

    submit(year, person(year, JIANWAI), now=NOW - timedelta(hours=1))
    reminded(year, "Please sign the print", hours_ago=0)
    page = home_of_the_unit(sign_in_as)
    assert "Please submit" not in page.main
    assert "Please sign the print" in page.main
