"""The last day of reporting, as it is served: many save at once, and the machine fails in the middle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from itertools import count
from pathlib import Path
from threading import Event, Semaphore
from typing import Any

import pytest

from assess.core.actors import Actor, Role
from assess.services.forms.unit_form import unit_forms
from assess.services.years import year_of
from assess.settings import Settings
from assess.store.models import Answer, Draft
from assess.store.session import Database
from assess.web.app import create_app
from tests.audit import whole_log
from tests.filled import filled
from tests.guarded import Guarded
from tests.rounds import SOAKING
from tests.services.forms import dated
from tests.sites import settings_of
from tests.stores import on_both
from tests.web.full_house import cookie_of
from tests.web.visitors import PATIENCE, Visitor
from tests.years import NOW, a_year, people

SAVES = 200 if SOAKING else 60
"""How many save at once; there are 43 units."""
AT_ONCE = 24
EACH = 3
"""How often everybody has saved, on average, before the machine fails."""

Part = tuple[str, str]
"""A unit and a section of its form."""


@dataclass
class Rush:
    """A served year with an official for each of its 43 units."""

    address: str
    server: Guarded
    database: Database
    environment: dict[str, str]
    cookies: dict[str, str]
    remarks: dict[Part, str]
    """The name of a field that takes words in each section of each unit."""

    def visitor(self, unit: str) -> Visitor:
        """The official of a unit."""
        return Visitor(self.address, self.cookies[unit])

    def part(self, unit: str) -> str:
        """A section of a unit."""
        return next(section for each, section in self.remarks if each == unit)

    def save(self, part: Part, values: dict[str, Any], words: str) -> int:
        """The status of what comes of saving words in a section."""
        unit, section = part
        return self.visitor(unit).post(f"/2026/form/{unit}/section/{section}", {**values, self.remarks[part]: words})

    def kept(self) -> dict[Part, tuple[int, str]]:
        """The version and the remark of each draft, by unit and section."""
        with self.database.reading() as session:
            drafts = {draft.id: draft for draft in session.query(Draft)}
            words = {answer.draft_id: answer.remark for answer in session.query(Answer) if answer.remark}
        return {(each.unit, each.section): (each.version, words.get(id, "")) for id, each in drafts.items()}


Serve = Callable[[dict[str, str]], tuple[str, Guarded]]


@pytest.fixture
def rush(database: Database, database_url: str, instance: Path, serve: Serve) -> Rush:
    remarks = filled(database, "a year of 43 officials", fill)
    app = create_app(Settings(instance=instance, database_url=database_url))
    cookies = {unit: cookie_of(app, database, unit) for unit in dict.fromkeys(unit for unit, _section in remarks)}
    app.extensions["database"].close()
    environment = settings_of(instance, database_url if database_url.startswith("postgresql") else None)
    return Rush(*serve(environment), database, environment, cookies, remarks)


def fill(database: Database) -> dict[Part, str]:
    """The year and its officials; tells a field that takes words in each section of each unit."""
    with database.writing() as session:
        cycle = a_year(session)
        dated(session)
        officials = people(session, year_of(session, cycle).units.codes)
        units = [unit for unit in officials if unit.isdigit()]
        forms = unit_forms(session, operator_of(units), cycle=cycle, units=units, now=NOW)
    return {
        (unit, section.id): f"remark-{section.questions[0][0].figure}"
        for unit, page in forms.items()
        for section in page.form.sections
        if section.questions
    }


def operator_of(units: Sequence[str]) -> Actor:
    """Somebody who sees the forms of all units."""
    return Actor(0, "operator", "operator", frozenset({Role.OFFICE}), units=frozenset(units))


def tokens_of(rush: Rush, units: Iterable[str]) -> dict[str, dict[str, str]]:
    """The token of each official."""

    def values(unit: str) -> dict[str, str]:
        return {"csrf_token": rush.visitor(unit).form("/account").values["csrf_token"]}

    return {unit: values(unit) for unit in units}


@on_both
def test_of_many_saves_at_once_those_of_different_units_lose_nothing_and_of_the_same_draft_one_wins(rush: Rush):
    *wanted, disputed = sorted(rush.remarks, key=lambda part: part[::-1])[: SAVES + 1]
    tokens = tokens_of(rush, rush.cookies)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = list(pool.map(lambda part: rush.save(part, {**tokens[part[0]], "seen": "0"}, str(part)), wanted))
        values = {**tokens[disputed[0]], "seen": "0"}
        disputes = list(pool.map(lambda number: rush.save(disputed, values, f"editor {number}"), range(AT_ONCE)))

    assert set(statuses) == {303}
    assert sorted(disputes) == [303, *[409] * (AT_ONCE - 1)]
    kept = {**{part: str(part) for part in wanted}, disputed: f"editor {disputes.index(303)}"}
    assert rush.kept() == {part: (1, words) for part, words in kept.items()}
    assert [entry.action for entry in whole_log(rush.database)].count("saved") == SAVES + 1


@on_both
def test_what_was_acknowledged_is_there_after_the_machine_failed(rush: Rush, serve: Serve):
    parts = [(unit, rush.part(unit)) for unit in list(rush.cookies)[:8]]
    enough, dead = Semaphore(0), Event()
    tokens = tokens_of(rush, (unit for unit, _section in parts))

    def save_on(part: Part) -> int:
        """Save again and again; how often it was acknowledged."""
        for number in count():
            try:
                status = rush.save(part, {**tokens[part[0]], "seen": str(number)}, f"save {number + 1}")
            except (OSError, HTTPException):
                assert dead.is_set()
                return number
            assert status == 303
            enough.release()
        raise AssertionError("there is always a next number")

    with ThreadPoolExecutor(len(parts)) as pool:
        running = [pool.submit(save_on, part) for part in parts]
        for _ in range(EACH * len(parts)):
            assert enough.acquire(timeout=PATIENCE)
        dead.set()
        rush.server.kill()
        acknowledged = dict(zip(parts, (each.result() for each in running), strict=True))

    rush.address, _server = serve(rush.environment)
    kept = rush.kept()
    saved = [entry.subject for entry in whole_log(rush.database) if entry.action == "saved"]
    assert sum(acknowledged.values()) >= EACH * len(parts)
    for part, number in acknowledged.items():
        version, words = kept.get(part, (0, ""))
        assert version in (number, number + 1)
        assert words == (f"save {version}" if version else "")
        assert saved.count(f"form:2026/{part[0]}/{part[1]}") == version
        assert rush.save(part, {**tokens[part[0]], "seen": str(version)}, "afterwards") == 303
