"""Nothing tells a unit of another unit's result: each route is asked without a run, before the release and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from typing import Any, Final
from zipfile import ZipFile

import openpyxl
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from assess.core.actors import Role
from assess.core.runs.kinds import RunKind
from assess.services import runs
from assess.settings import Settings
from assess.store.queries.runs import UnitResult, newest_run, results_of
from assess.store.session import Database
from tests.files.reading import text_of
from tests.services.forms import year_2026
from tests.services.runs import a_run, a_supplied_year
from tests.services.tokens import give
from tests.web.access_table import PUBLIC, SYSTEMS, VALUES, WHO
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import visit
from tests.years import CHAOWAI, JIANWAI, VERIFIED

Said = dict[str, tuple[int, str]]
"""The status and the words of every answer, by its address."""
TRIED: Final[dict[str, tuple[Any, ...]]] = {
    "unit": (JIANWAI, CHAOWAI),
    "number": (1, 2),
    "row": (1, 2),
    "value": (1, 1500),
    "node": ("air", "air.pm25-target"),
}
"""What stands in addresses, where one thing is not enough; the values are one of either unit."""
CHANGING: Final = re.compile(r'name="csrf_token" value="[^"]*"|"request_id": "[^"]*"|\d{1,2}:\d{2}')
"""What differs from one answer to the next."""
SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_no_answer_tells_a_unit_of_another_units_result(
    database: Database, settings: Settings, app: Flask, sign_in_as: SignInAs
):
    office = a_supplied_year(database, units=6)["office"]
    official, system = sign_in_as(JIANWAI), {"Authorization": f"Bearer {give(database).secret}"}
    visit(official, "/2026/")
    english(official).get("/language/en")  # the last language that is chosen on the way through all addresses
    routes = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and rule.endpoint != "static"]
    own_pages = {at: rule for rule in routes if not is_closed(rule) for at in addresses(app, rule)}
    untouched = said(own_pages, official, system)
    for kind in RunKind:
        a_run(database, office, settings.uploads, kind=kind)
    own, *others = results(database)
    unreleased = said(own_pages, official, system)
    closed = said({next(addresses(app, rule)): rule for rule in routes if is_closed(rule)}, official, system)

    assert {each.state for each in others} == {"scored"}
    assert differing(untouched, unreleased) == {}
    assert told_of(others, unreleased | closed) == {}
    assert {status for status, _words in closed.values()} == {403}

    with database.writing() as session:
        runs.release_provisional(session, office, cycle=year_2026(session), number=1, now=VERIFIED)
    released = said(own_pages, official, system)

    assert f">{own.total}<" in released[f"/2026/result/{JIANWAI}"][1]
    assert told_of(others, released) == {}
    results_read = "".join(words for at, (_status, words) in released.items() if "/result" in at)
    assert [each.name.en for each in others if each.name.en in results_read] == []


def said(pages: dict[str, Rule], official: FlaskClient, system: dict[str, str]) -> Said:
    """What a unit's official is told at some addresses, and a system with its token."""
    found: Said = {}
    for address, rule in pages.items():
        headers = system if WHO[rule.endpoint] == SYSTEMS else {}
        with english(official).get(address, headers=headers) as answer:
            found[address] = answer.status_code, CHANGING.sub("", words_of(answer))
    return found


def is_closed(rule: Rule) -> bool:
    """Whether a page is none for officials."""
    readers = WHO[rule.endpoint]
    return readers not in (SYSTEMS, PUBLIC) and Role.OFFICIAL not in readers


def addresses(app: Flask, rule: Rule) -> Iterator[str]:
    """The addresses of a route with whatever may stand in it."""
    names, adapter = sorted(rule.arguments), app.url_map.bind("localhost")
    for values in product(*(tried(rule, name) for name in names)):
        yield str(adapter.build(rule.endpoint, dict(zip(names, values, strict=True))))


def tried(rule: Rule, name: str) -> tuple[Any, ...]:
    """What may stand at one place of the address of a route."""
    converter = rule._converters.get(name)
    if isinstance(converter, AnyConverter):
        return tuple(sorted(converter.items, reverse=True))
    return TRIED.get(name, (VALUES.get(name, 1),))


def words_of(answer: TestResponse) -> str:
    """All that an answer says: the cells of a workbook, the text of a PDF, what lies in an archive, else all of it."""
    if answer.mimetype == SPREADSHEET:
        book = openpyxl.load_workbook(BytesIO(answer.data), read_only=True)
        return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    if answer.mimetype == "application/pdf":
        return text_of(answer.data)
    if answer.mimetype == "application/zip":
        with ZipFile(BytesIO(answer.data)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return answer.text


def results(database: Database) -> list[UnitResult]:
    """The results of the newest run, the official's own unit first."""
    with database.reading() as session:
        run = newest_run(session, cycle=year_2026(session).id, kind=RunKind.WORKING)
        assert run is not None
        return results_of(session, run=run.id)


def differing(before: Said, after: Said) -> dict[str, list[str]]:
    """The lines that an answer did not hold before, by its address."""
    return {
        at: [line for line in "{}\n{}".format(*after[at]).split("\n") if line not in "{}\n{}".format(*before[at])]
        for at in before
        if before[at] != after[at]
    }


def told_of(others: list[UnitResult], said: Said) -> dict[str, list[str]]:
    """The totals of other units that an answer holds, by its address."""
    totals = {text for each in others for text in (each.total, each.base) if text}
    secret = re.compile(rf"(?<![\d.])(?:{'|'.join(map(re.escape, totals))})(?!\d)")
    found = {at: secret.findall(words) for at, (_status, words) in said.items()}
    return {at: totals for at, totals in found.items() if totals}
