"""Requests that no browser of an official sends, or that break off: a plain answer, and nothing kept."""

from __future__ import annotations

import gc
import io

import pytest
from flask.testing import FlaskClient

from assess.store.session import Database
from tests.services.evidence import a_pdf
from tests.services.forms import an_open_year
from tests.web.conftest import SignInAs
from tests.web.pages import visit
from tests.web.test_evidence import PAGE, give, kept
from tests.years import JIANWAI

BROKEN_OFF = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""What a half-read request had in its temporary file is left to the collector."""


@pytest.fixture
def official(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """Somebody of the street with a river, in English."""
    an_open_year(database)
    client = sign_in_as(JIANWAI)
    client.set_cookie("language", "en")
    return client


def test_two_hundred_files_at_once_are_refused_as_a_whole(database, official):
    page = give(official, *[(f"{n}.pdf", a_pdf(str(n))) for n in range(200)], status=422)

    assert page.errors == [
        "At most 20 files at once; you chose 200, and none was taken. Merge some, or upload them in several goes."
    ]
    assert kept(database) == (0, 0, 0)


@BROKEN_OFF
def test_a_request_beyond_what_the_service_takes_gets_a_plain_page(database, official):
    answer = official.post(
        PAGE,
        input_stream=io.BytesIO(b"--b"),
        content_type="multipart/form-data; boundary=b",
        environ_overrides={"CONTENT_LENGTH": str(65 * 1024 * 1024)},
    )

    gc.collect()
    assert (answer.status_code, "Make it smaller or split it" in answer.text) == (413, True)
    assert kept(database) == (0, 0, 0)


@BROKEN_OFF
def test_an_upload_that_breaks_off_keeps_nothing(database, official):
    token = visit(official, PAGE).form().values["csrf_token"]
    whole = (
        f'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n--b\r\n'
        'Content-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    ).encode() + a_pdf()

    answer = official.post(
        PAGE,
        input_stream=io.BytesIO(whole),
        content_type="multipart/form-data; boundary=b",
        environ_overrides={"CONTENT_LENGTH": str(len(whole) + 5000)},
    )

    gc.collect()
    assert answer.status_code in (400, 422)
    assert kept(database) == (0, 0, 0)
