"""The office sets up a year from the shipped files, where there was nothing, until an official comes to report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from assess.core.actors import Role
from assess.core.calendar import day_of
from assess.core.rules.checking.ids import NO_DEPARTMENT
from assess.core.set_up import StepName
from assess.core.units.unit_list import NO_CODE, TWICE
from assess.files.rule_sheets.starters import STARTERS
from tests.browsing import Walker, walking
from tests.sites import run_assess, settings_of
from tests.walks.person import Manner, Person
from tests.years import JIANWAI, PASSWORD, RULES

PLACE = "Line %(line)s, column %(column)s"
OPENED = "The year is open. Units can fill in and submit their forms."


@dataclass(frozen=True)
class Nothing:
    """A service without a year, and the link of its first account."""

    walker: Walker
    link: str


@pytest.fixture
def nothing(browser: Browser, serve: Any, instance: Path, tmp_path: Path) -> Iterator[Nothing]:
    """A service that nobody has used yet, but for the one account that its operator has made."""
    address, _ = serve(settings_of(instance))
    told = run_assess(
        {**settings_of(instance), "ASSESS_ADDRESS": address},
        *("user", "add", "zhou", "--name", "Zhou Ning", "--role", "office", "--lang", "en"),
    )
    with walking(browser, address, tmp_path) as someone:
        yield Nothing(someone, link_in(told, address))


def test_the_office_sets_up_a_year_from_nothing(nothing: Nothing, manner: Manner):
    office = comes_by_link(nothing, manner, nothing.link, "zhou")
    makes_a_year(office)
    loads_units(office)
    loads_rules(office)
    loads_tasks(office)
    loads_last_year(office)
    link = loads_people(office)
    sets_dates(office)
    opens(office)

    official = comes_by_link(nothing, manner, link, "li.hua")
    assert official.heading == official.words("To do")
    official.follows("Check and submit")
    assert official.words("%(done)s of %(all)s complete", done=0, all=31) in official.text


def slips_on(office: Person) -> dict[str, str]:
    """The links on the slips of a page, by the username on each."""
    slips = (slip.locator("dd").all_inner_texts() for slip in office.page.locator(".assess-slip").all())
    return {username: link for username, link, _until in slips}


def comes_by_link(nothing: Nothing, manner: Manner, link: str, username: str) -> Person:
    """Somebody new sets a password by the one-time link, and signs in with it; the link works once."""
    person = manner.opens(nothing.walker, f"/language/{manner.language}?next={link}")
    person.types("New password", PASSWORD)
    person.types("New password again", PASSWORD)
    assert person.presses("Set the password") == 303
    person.gives_password(username, PASSWORD)
    return person


def makes_a_year(office: Person) -> None:
    """A year that only the office sees, and its steps."""
    office.follows("Assessment years")
    office.follows("New year")
    office.types("Year", "2026")
    office.types("Title in Chinese", "2026年度街乡环境保护考核")
    office.types("Title in English", "Assessment of 2026")
    assert office.presses("Create the year") == 303
    assert office.heading == office.words("Set-up")


def loads_units(office: Person) -> None:
    """A list with flaws is told them cell by cell; a good one is shown, then kept."""
    shipped = (RULES / "units.csv").read_text(encoding="utf-8")
    office.follows("Continue")
    flawed = shipped.replace("110105002,", "110105001,").replace("110105004,", ",")
    office.uploads("units.csv", flawed, status=422)
    assert office.cells("The file") == [
        [office.words(PLACE, line=3, column=1), office.words(TWICE, code=JIANWAI)],
        [office.words(PLACE, line=5, column=1), office.words(NO_CODE)],
    ]

    office.uploads("units.csv", shipped)
    assert office.presses("Import the whole list") == 303
    assert len(office.cells("Units: %(n)s", n=43)) == 43


def loads_rules(office: Person) -> None:
    """A sheet with a flaw is told its line and column; a starter sheet is taken as it is, kept, then published."""
    shipped = (RULES / "rule-sheet.yaml").read_text(encoding="utf-8")
    office.follows("Set-up")
    office.follows("Continue")
    office.uploads("rule-sheet.yaml", shipped.replace("from: urban-management", "from: nobody", 1), status=422)
    ((place, what),) = office.cells("The file")
    assert place == office.words(PLACE, line=35, column=175)
    assert what.startswith(office.words(NO_DEPARTMENT, id="nobody", hint=""))

    office.uploads("rules-2026.xlsx", office.takes(STARTERS["chaoyang-2026"]))
    assert office.presses("Save as a draft") == 303
    office.follows("Version %(number)s", number=1)
    assert office.presses("Publish version %(number)s", number=1) == 303


def loads_tasks(office: Person) -> None:
    """The task list binds the units; it names the rule sheet it was made for."""
    shipped = (RULES / "tasks.yaml").read_text(encoding="utf-8")
    office.follows("Set-up")
    office.follows("Continue")
    office.uploads("tasks.yaml", shipped.replace("cycle: chaoyang-2026", "cycle: rules-2026"))
    assert office.presses("Import the whole list") == 303
    assert len(office.cells("%(n)s tasks in force", n=94)) == 94


def loads_last_year(office: Person) -> None:
    """The last year's figures from a file; of its results there are none."""
    office.follows("Set-up")
    office.follows("Continue")
    office.follows("Upload a file of figures")
    office.uploads("figures-2025.csv", (RULES / "figures-2025.csv").read_text(encoding="utf-8"))
    assert office.presses("Import all figures") == 303
    office.follows("There are no results of last year")
    assert office.presses("Confirm no data from last year") == 303


def loads_people(office: Person) -> str:
    """An official and an evaluator from the workbook that the service offers; gives the official's link."""
    office.follows("Set-up")
    office.follows("Continue")
    office.follows("Import a list")
    people = filled(office.takes("Template with all current people"), office)
    office.uploads("people.xlsx", people, press="Upload and preview", status=200)
    assert office.presses("Import the list") == 200
    links = slips_on(office)
    assert list(links) == ["li.hua", "wang.wei"]
    return urlsplit(links["li.hua"]).path


def filled(template: bytes, office: Person) -> bytes:
    """The list of people with two more of them."""
    book = load_workbook(BytesIO(template))
    sheet = book.worksheets[1]
    official, evaluator = office.words(Role.OFFICIAL.label), office.words(Role.EVALUATOR.label)
    language = {"en": "English", "zh": "中文"}[office.language]
    people = (
        ("li.hua", "Li Hua", None, official, "Jianwai Subdistrict", None, language),
        ("wang.wei", "Wang Wei", None, evaluator, None, "ecology-bureau", language),
    )
    for number, person in enumerate(people, 4):
        for column, text in enumerate(person, 1):
            sheet.cell(number, column).value = text
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def sets_dates(office: Person) -> None:
    """The days of the stages, from the beginning of the year on."""
    office.follows("Assessment years")
    office.follows(f"{office.words('Set-up')} 2026")
    office.follows(f"7. {office.words(StepName.DATES.label)}")
    begins, ends = date(2026, 1, 1), day_of(datetime.now(UTC)) + timedelta(days=14)
    for stage in ("collecting", "verifying", "provisional", "appeals"):
        office.hand.enter(office.page.locator(f"[name={stage}_begins]"), begins.isoformat())
        office.hand.enter(office.page.locator(f"[name={stage}_ends]"), ends.isoformat())
        begins, ends = ends + timedelta(days=1), ends + timedelta(days=10)
    assert office.presses("Save") == 303


def opens(office: Person) -> None:
    """With everything there, the year opens."""
    office.follows(f"8. {office.words(StepName.OPEN.label)}")
    assert office.presses("Open the year") == 303
    assert office.words(OPENED) in office.text


def link_in(told: str, address: str) -> str:
    """The one-time link in what a command said."""
    found = re.search(rf"{re.escape(address)}(/password/\S+)", told)
    assert found is not None
    return found[1]
