"""What the addresses of the service send of the year: exports, templates, printed forms, charts, answers to systems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any
from unittest.mock import patch

from flask import Flask
from flask.testing import FlaskClient

from assess.web.app import create_app
from tests.products.year import NOW, MadeYear
from tests.web.forms import PageForm, forms_of
from tests.web.markup import Markup, text_of

LANGUAGES = ("zh", "en")
FIRST, SECOND = "110105001", "110105002"
DEPARTMENTS = ("assessment-office", "ecology-bureau", "water-bureau")
WEEKS = ("2025-05-19", "2025-09-15")
TO_OFFICE = (
    *(f"/2025/findings/weeks/{week}.{ending}" for week in WEEKS for ending in ("xlsx", "pdf")),
    "/2025/findings/boards/chart.svg",
    "/2025/setup/units/units.xlsx",
    "/2025/setup/teams/teams.xlsx",
    "/2025/setup/tasks/tasks.xlsx",
    "/2025/setup/rules/1/rules.yaml",
    "/2025/setup/rules/1/rules.xlsx",
    "/people/template",
    *(f"/2025/imports/{department}/template/{code}" for department in DEPARTMENTS for code in LANGUAGES),
    *(f"/2025/findings/files/template/{code}" for code in LANGUAGES),
    *(f"/2025/form/{unit}/{paper}" for unit in (FIRST, SECOND) for paper in ("workbook", "print.pdf")),
    *(f"/2025/imports/file/{number}/original" for number in (1, 4)),
    *(f"/2025/ranking/{FIRST}/{chart}.svg" for chart in ("sections", "radar", "months")),
    "/2025/ranking/spread.svg?group=streets",
    "/2025/downloads/card?unit=110105001&language=zh",
)
"""What has words is asked for in each language."""
TO_SYSTEMS = {
    "ecology-bureau": ("/api/v1/2025/departments/ecology-bureau/figures",),
    "": ("/api/v1/2025/handover", "/api/v1/2025/handovers", "/api/v1/2025/handovers/1"),
}
TO_ANYBODY = ("/api/v1/openapi.json", "/api/v1/handover.schema.json")
PRODUCTS = ("cards", "ranking")
FORMATS = ("xlsx", "jsonl")


class StoppedClock(datetime):
    """It is always the same moment."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> StoppedClock:
        """That moment."""
        return cls.fromtimestamp(NOW.timestamp(), tz)


def served_products(year: MadeYear) -> Iterator[tuple[str, bytes]]:
    """What the service sends, by address."""
    app = create_app(year.filling.settings)
    try:
        with patch("assess.web.request.datetime", StoppedClock):
            office = signed_in(app, year)
            yield from exported_logs(office)
            for language in LANGUAGES:
                office.set_cookie("language", language)
                yield from named(language, {address: sent(office, address) for address in TO_OFFICE})
            yield from results_taken(office, year)
            yield from answers_to_systems(app, office)
    finally:
        app.extensions["database"].close()


def signed_in(app: Flask, year: MadeYear) -> FlaskClient:
    """One of the office."""
    [account] = [each for each in year.filling.people.shown if each.username == "office"]
    client = app.test_client()
    press(client, form_on(client, "/sign-in"), username="office", password=account.password)
    return client


def form_on(client: FlaskClient, address: str, ending: str = "", **values: str) -> PageForm:
    """The one form in the main part of a page that goes to such an address and has these values."""
    forms = forms_of(Markup(sent(client, address).decode()), address)
    fit = [each for each in forms if each.in_main and each.method == "post" and each.action.endswith(ending)]
    [form] = [each for each in fit if values.items() <= each.values.items()]
    return form


def press(client: FlaskClient, form: PageForm, **values: str) -> bytes:
    """What comes of a form that is filled in and sent."""
    answer = client.post(form.action, data={**form.filled({}), **values}, buffered=True)
    assert answer.status_code < 400, (form.action, answer.status_code)
    return answer.data


def sent(client: FlaskClient, address: str, **about: Any) -> bytes:
    """What an address sends."""
    answer = client.get(address, buffered=True, **about)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.data


def named(language: str, found: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """What was sent, by address and language."""
    yield from ((f"year/served/{language}{address}", data) for address, data in found.items())


def exported_logs(office: FlaskClient) -> Iterator[tuple[str, bytes]]:
    """The log of all that happened before anybody looked, as each kind of file."""
    for kind in FORMATS:
        yield f"year/served/audit/export.{kind}", press(office, form_on(office, "/audit", "/export"), format=kind)


def results_taken(office: FlaskClient, year: MadeYear) -> Iterator[tuple[str, bytes]]:
    """The files of the whole result that are made when somebody asks for them."""
    for product in PRODUCTS:
        for language in LANGUAGES:
            press(office, form_on(office, "/2025/downloads", product=product, language=language))
    year.filling.work(NOW)
    for row, product, language in year.rows("SELECT id, product, language FROM download ORDER BY id"):
        yield f"year/served/downloads/{product}-{language}", sent(office, f"/2025/downloads/{row}")


def answers_to_systems(app: Flask, office: FlaskClient) -> Iterator[tuple[str, bytes]]:
    """What departments' systems and receivers of hand-overs are answered."""
    for address in TO_ANYBODY:
        yield f"year/served{address}", sent(app.test_client(), address)
    for department, addresses in TO_SYSTEMS.items():
        secret = given_token(office, department)
        for address in addresses:
            headers = {"Authorization": f"Bearer {secret}"}
            yield f"year/served{address}", sent(app.test_client(), address, headers=headers)


def given_token(office: FlaskClient, department: str) -> str:
    """A token for a department's system."""
    form = form_on(office, "/tokens/new")
    [holder] = [each for each in form.choices["holder"] if each.endswith(f":{department}")]
    page = Markup(press(office, form, name=department or "receivers", holder=holder, ends="2026-05-01").decode())
    return next(word for word in text_of(page.all("main")[0]).split() if word.startswith("assess-"))
