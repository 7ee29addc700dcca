"""An official at the form of the street with a river."""

from __future__ import annotations

from flask.testing import FlaskClient

from assess.store.models import Answer, Draft, SubmissionEvent, Value
from assess.store.session import Database
from tests.web.pages import Page, submit, visit
from tests.years import JIANWAI

FORM = f"/2026/form/{JIANWAI}"
SECTION = f"{FORM}/section/soil"


def kept(database: Database) -> list[int]:
    """How many drafts, answers, events and values there are."""
    with database.reading() as session:
        return [session.query(each).count() for each in (Draft, Answer, SubmissionEvent, Value)]


def fill(client: FlaskClient, answers: dict[str, str], *, press: str = "Save and stay here", status: int = 303) -> Page:
    """Open the section, type the answers and press a button, in English."""
    client.set_cookie("language", "en")
    page = visit(client, SECTION)
    return submit(
        client, page.form(), {f"answer-{key}": text for key, text in answers.items()}, press=press, status=status
    )
