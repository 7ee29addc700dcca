"""Receivers' systems read hand-overs with a token of their own, which opens nothing else."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from flask import Flask
from jsonschema import Draft202012Validator

from assess.core.handover.differences import applied, records_of
from assess.core.tokens import RECEIVERS
from assess.files.handover import read_data
from assess.settings import Settings
from assess.store.queries.accounts import account_called
from assess.store.session import Database
from tests.services.handovers import a_sealed_year, hand, seal_a_correction
from tests.services.tokens import give
from tests.web.api.calling import EVIDENCE, System

HANDOVERS = "/api/v1/2026/handovers"


def a_system(app: Flask, database: Database, settings: Settings, **whose: object) -> System:
    """A system with a token of its own."""
    now = datetime.now(UTC)
    given = give(database, name="performance", now=now, ends=date(now.year + 1, 1, 31), **whose)
    return System(app.test_client(), database, settings, given.secret)


def test_a_receivers_system_reads_every_hand_over_and_can_check_it(app: Flask, database: Database, settings: Settings):
    folder = settings.uploads
    people = a_sealed_year(database, folder)
    receiver = a_system(app, database, settings, department=RECEIVERS, holder=people["receiver"].account)
    bureau = a_system(app, database, settings)
    assert [receiver.get(address).status for address in ("/api/v1/2026/handover", f"{HANDOVERS}/1", HANDOVERS)] == [
        404, 404, 200,
    ]  # fmt: skip
    hand(database, people["office"], folder)
    seal_a_correction(database, people["office"], folder, "One figure was corrected.")
    hand(database, people["office"], folder)

    listed = receiver.get(HANDOVERS).body["handovers"]
    first, second = (read_data(json.dumps(receiver.get(each["address"]).body).encode()) for each in reversed(listed))
    newest = receiver.client.get("/api/v1/2026/handover", headers={"Authorization": f"Bearer {receiver.secret}"})
    assert [(each["number"], each["edition"]) for each in listed] == [(2, 2), (1, 1)]
    assert read_data(newest.data) == second
    assert applied(records_of(first), second.changes) == records_of(second)
    schema = json.loads(app.test_client().get("/api/v1/handover.schema.json").text)
    assert list(Draft202012Validator(schema).iter_errors(json.loads(newest.text))) == []
    assert schema["$id"].endswith("/api/v1/handover.schema.json")

    assert [bureau.get(address).status for address in ("/api/v1/2026/handover", f"{HANDOVERS}/1", HANDOVERS)] == [
        403
    ] * 3
    assert [receiver.sends().status, receiver.get("/api/v1/2026/imports/1").status] == [403, 404]
    assert receiver.get(EVIDENCE.replace("evidence", "figures")).status == 403
    assert receiver.get("/api/v1/2027/handover").status == 404
    with database.writing() as session:
        account = account_called(session, "receiver")
        assert account is not None
        account.closed_at = datetime.now(UTC)
    assert receiver.get("/api/v1/2026/handover").status == 401
