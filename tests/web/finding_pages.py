"""The ledger of findings as its pages show it: forms by their step, photos in the hand, the clock of the requests."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.services.findings import NOW, a_photo
from tests.web.forms import PageForm
from tests.web.pages import Page, submit, visit
from tests.web.served import stop_clock

LEDGER = "/2026/findings"


def stop_the_clock(app: Flask) -> list[datetime]:
    """The moment of every request, the last in the list."""
    return stop_clock(app, NOW)


def steps_on(page: Page) -> dict[str, PageForm]:
    """The forms of a finding's page by the step that each takes."""
    return {form.values["step"]: form for form in page.forms if "step" in form.values}


def take(client: FlaskClient, step: str, *, number: int = 1, status: int = 303, **typed: Any) -> Page:
    """Open a finding, fill in the form of a step and send it."""
    return submit(client, steps_on(visit(client, f"{LEDGER}/{number}"))[step], typed, status=status)


def a_file(name: str = "after.jpg", **given: Any) -> tuple[BytesIO, str]:
    """A photo as a browser sends it."""
    return BytesIO(a_photo(**given)), name
