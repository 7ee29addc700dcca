"""Who the API lets in: a token that is in force, for its own department, and no cookie."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from assess.core.workflow import Stage
from assess.services import tokens
from assess.store.models import Cycle, Import, SignInFailure, Token
from tests.services.imports import DEPARTMENT
from tests.services.tokens import give
from tests.web.api.calling import EVIDENCE, System
from tests.web.conftest import SignInAs
from tests.years import person

NOBODY = 'Bearer realm="assess"'
NOT_IN_FORCE = 'Bearer realm="assess", error="invalid_token"'


@pytest.mark.parametrize(
    ("header", "challenge"),
    [
        (None, NOBODY),
        ("", NOBODY),
        ("Bearer", NOBODY),
        ("Basic b2ZmaWNlOnNlY3JldA==", NOBODY),
        ("Bearer x", NOT_IN_FORCE),
        ("Bearer " + "x" * 5_000, NOT_IN_FORCE),
        ("Bearer ÿþ", NOT_IN_FORCE),
        ("Bearer a=b, c=d", NOBODY),
        ("x" * 5_000, NOBODY),
    ],
)
def test_without_a_token_that_is_in_force_nothing_is_done(guest: System, header: str | None, challenge: str):
    for method, address in (("POST", EVIDENCE), ("GET", "/api/v1/2026/imports/1"), ("OPTIONS", EVIDENCE)):
        answer = raw(guest, method, address, header)

        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, challenge)
    with guest.database.reading() as session:
        assert session.query(Import).count() == 0


def raw(system: System, method: str, address: str, header: str | None):
    """What comes of a request with this header, described or not."""
    headers = {} if header is None else {"Authorization": header}
    return system.client.open(address, method=method, headers=headers, data=b"{}", content_type="application/json")


def test_who_is_signed_in_in_a_browser_is_nobody_to_the_api(system: System, sign_in_as: SignInAs):
    for username in ("evaluator", "office"):
        browser: FlaskClient = sign_in_as(username)
        sent = browser.post(EVIDENCE, json={"values": []})
        asked = browser.get("/api/v1/2026/imports/1")

        assert (sent.status_code, asked.status_code, sent.headers["WWW-Authenticate"]) == (401, 401, NOBODY)


def test_a_token_opens_no_page(system: System):
    for address in ("/", f"/2026/imports/{DEPARTMENT}", "/tokens/", "/people/"):
        answer = system.client.get(address, headers={"Authorization": f"Bearer {system.secret}"})

        assert (address, answer.status_code) == (address, 303)


def test_a_token_that_was_withdrawn_is_out_at_once(system: System):
    found = system.checked()
    with system.database.writing() as session:
        row = session.query(Token).one().id
        tokens.withdraw_token(session, person(system.database, "office"), row=row, now=datetime.now(UTC))

    refused = system.get(found.body["address"])
    assert (refused.status, refused.headers["WWW-Authenticate"]) == (401, NOT_IN_FORCE)


def test_a_system_that_guesses_is_shut_out_while_one_that_knows_goes_on(system: System):
    guessing = System(system.client, system.database, system.settings, "assess-guess")
    assert [guessing.get("/api/v1/2026/imports/1").status for _ in range(32)] == [401] * 30 + [429] * 2
    assert guessing.get("/api/v1/2026/imports/1").headers["Retry-After"] == "900"

    assert system.sends().status == 202
    with system.database.reading() as session:
        assert session.query(SignInFailure).count() == 30


def test_another_department_and_its_files_are_out_of_reach(system: System):
    mine = system.checked()
    other = System(system.client, system.database, system.settings, give(system.database, name="other").secret)

    foreign = system.post(EVIDENCE.replace(DEPARTMENT, "housing"), {"values": []})
    assert (foreign.status, foreign.body["detail"]) == (403, "This figure belongs to another department.")
    assert system.post(EVIDENCE.replace(DEPARTMENT, "nobody"), {"values": []}).status == 403
    assert other.get(mine.body["address"]).status == 404
    for act in ("accept", "discard"):
        assert other.post(f"{mine.body['address']}/{act}", {"seen": mine.body["version"]}).status == 404


def test_files_that_people_uploaded_are_not_the_systems(system: System):
    found = system.checked()
    with system.database.writing() as session:
        session.query(Import).one().token_id = None

    assert system.get(found.body["address"]).status == 404


@pytest.mark.parametrize("year", ["2025", "1999", "9999"])
def test_a_year_that_is_none_is_not_found(system: System, year: str):
    refused = system.post(EVIDENCE.replace("2026", year), {"values": []})

    assert (refused.status, refused.body["detail"]) == (404, "There is no such assessment year.")


def test_a_year_in_preparation_is_not_there_yet(system: System):
    with system.database.writing() as session:
        session.query(Cycle).one().opened_at = None

    assert system.sends().status == 404


def test_after_the_window_is_closed_nothing_is_taken_in_or_accepted(system: System):
    found = system.checked()
    with system.database.writing() as session:
        session.query(Cycle).one().stage = Stage.PROVISIONAL

    late = system.sends({"values": [{"unit": "朝外街道", "figure": "sewage_rate", "value": "1"}]})
    accept = system.post(f"{found.body['address']}/accept", {"seen": found.body["version"]})
    for refused in (late, accept):
        assert (refused.status, refused.body["detail"].partition(" (")[0]) == (
            422,
            "Submission of department data has ended",
        )


def test_a_system_that_sends_too_often_waits(system: System):
    told = [{"values": [{"unit": "朝外街道", "figure": "sewage_rate", "value": str(n)}]} for n in range(31)]
    answers = [system.sends(each) for each in told]

    assert [answer.status for answer in answers] == [202] * 30 + [429]
    assert 800 < int(answers[-1].headers["Retry-After"]) <= 900


def test_when_a_token_was_used_is_noted_once_a_minute(system: System):
    system.sends()
    with system.database.reading() as session:
        first = session.query(Token).one().used_at
    system.sends()
    with system.database.reading() as session:
        assert first is not None
        assert session.query(Token).one().used_at == first
