"""A page that changes something and notes nothing makes any test of it fail."""

from __future__ import annotations

from flask import Flask

from assess.core.actors import Role, operator
from assess.services import audit
from assess.services.accounts import Duty
from assess.store.models import Grant
from assess.store.session import Database
from tests.web.noticing import Unnoted
from tests.years import NOW, a_person


def test_what_a_request_changes_without_an_entry_is_found(
    app: Flask, database: Database, everything_noted: list[Unnoted]
):
    with database.writing() as session:
        wang = a_person(session, "wang", Duty(Role.OFFICE)).account
    with app.test_request_context("/people/1"), database.writing() as session:
        session.query(Grant).update({Grant.role: Role.LEADER})
    with app.test_request_context("/people/1"), database.writing() as session:
        session.add(Grant(account_id=wang, role=Role.OFFICE))
    with app.test_request_context("/people/1"), database.writing() as session:
        session.query(Grant).delete()
        audit.record(session, operator(), subject="account:wang", action="changed", now=NOW)

    assert everything_noted == [("people.person", ["role_grant"]), ("people.person", ["role_grant"])]
    everything_noted.clear()
