"""A form that was sent: run once it is valid, shown again with what was refused, and no error where it is done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, get_flashed_messages

from assess.core.errors import Refused, Stale
from assess.core.flaws import Flaw, ValidationError
from assess.core.reasons import NO_REASON
from assess.core.text import Text
from assess.web.forms.fields import Form, ReasonField, WithoutToken
from assess.web.submission import status_of, submission

ENGLISH = {"Accept-Language": "en"}
TOO_LATE = Text("已办结", "It is decided.")


class GivenForm(WithoutToken, Form):
    """A form with one field."""

    reason = ReasonField("Reason", missing=NO_REASON)


@pytest.fixture
def sent(app: Flask) -> Iterator[None]:
    """A request that sends a reason."""
    with app.test_request_context("/check", method="POST", data={"reason": "moved"}, headers=ENGLISH):
        app.preprocess_request()
        yield


def raising(error: Exception) -> object:
    """An action that is turned down."""
    raise error


@pytest.mark.usefixtures("sent")
def test_what_was_done_is_told_once_and_leads_on():
    done = submission(GivenForm(), lambda: 7)

    assert done is not None
    answer = done.redirect("/next", "Saved.")
    assert (done.result, answer.status_code, answer.location) == (7, 303, "/next")
    assert get_flashed_messages(with_categories=True) == [("success", "Saved.")]


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("error", "status", "errors"),
    [
        (Refused(TOO_LATE), 422, {"": ["It is decided."]}),
        (Refused(TOO_LATE, {"reason": TOO_LATE}), 422, {"reason": ["It is decided."]}),
        (Stale(TOO_LATE), 409, {"": ["It is decided."]}),
    ],
)
def test_what_is_refused_stands_in_the_form_that_keeps_what_was_typed(
    error: Exception, status: int, errors: dict[str, list[str]]
):
    form = GivenForm()

    assert submission(form, lambda: raising(error)) is None
    assert (status_of(form), form.errors, form.reason.data) == (status, errors, "moved")


@pytest.mark.usefixtures("sent")
def test_the_flaws_of_a_document_are_kept_beside_the_form():
    form, flaw = GivenForm(), Flaw((), TOO_LATE)

    assert submission(form, lambda: raising(ValidationError([flaw]))) is None
    assert (status_of(form), list(form.flaws)) == (422, [flaw])


@pytest.mark.usefixtures("sent")
def test_what_had_come_about_already_is_no_error_and_is_not_told_again():
    done = submission(GivenForm(), lambda: raising(Refused(TOO_LATE)), already=lambda _session: True)

    assert done is not None
    assert (done.redirect("/next", "Saved.").status_code, get_flashed_messages()) == (303, [])


def test_a_form_that_is_not_valid_is_not_run(app: Flask):
    with app.test_request_context("/check", method="POST", data={"reason": " "}, headers=ENGLISH):
        app.preprocess_request()
        form, runs = GivenForm(), list[int]()

        assert submission(form, lambda: runs.append(1)) is None
        assert (status_of(form), form.errors, runs) == (422, {"reason": [NO_REASON.en]}, [])


def test_a_page_that_is_only_opened_runs_nothing(app: Flask):
    with app.test_request_context("/check"):
        app.preprocess_request()
        form, runs = GivenForm(), list[int]()

        assert submission(form, lambda: runs.append(1)) is None
        assert (status_of(form), runs) == (200, [])
