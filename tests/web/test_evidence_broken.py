"""Requests that no browser of an official sends, or that break off: a plain answer, and nothing kept."""

from __future__ import annotations

import gc
import io

import pytest
from flask.testing import FlaskClient

from assess.web.forms.evidence import AT_ONCE
from tests.services.evidence import a_pdf
from tests.web.pages import visit
from tests.web.test_evidence import PAGE, give, kept

BROKEN_OFF = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""What a half-read request had in its temporary file is left to the collector."""


@pytest.fixture(autouse=True)
def english(official: FlaskClient) -> None:
    """The official reads English."""
    official.set_cookie("language", "en")


def test_two_hundred_files_at_once_are_refused_as_a_whole(database, official):
    page = give(official, *[(f"{n}.pdf", a_pdf(str(n))) for n in range(200)], status=422)

    assert page.errors == [AT_ONCE.localized("en", most=20, n=200)]
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
    assert (answer.status_code, "Make the file smaller or split it" in answer.text) == (413, True)
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
