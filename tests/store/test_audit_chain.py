from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, StatementError

from assess.core.actors import operator
from assess.services import audit
from assess.store.audit_chain import digest_of
from assess.store.models import AuditEntry
from assess.store.session import Database
from tests.years import NOW


def note(database: Database, *actions: str) -> None:
    with database.writing() as session:
        for action in actions:
            audit.record(session, operator(), subject="cycle:2026", action=action, new={"stage": "数"}, now=NOW)


def entries(database: Database) -> list[AuditEntry]:
    with database.reading() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.number)))


def test_entries_are_numbered_without_gaps_and_chained_across_transactions(database: Database):
    note(database, "made", "opened")
    note(database, "moved")

    found = entries(database)

    assert [(entry.number, entry.action) for entry in found] == [(1, "made"), (2, "opened"), (3, "moved")]
    assert [entry.before for entry in found] == ["", found[0].digest, found[1].digest]
    assert [digest_of(entry) for entry in found] == [entry.digest for entry in found]


def note_at_two_moments(database: Database) -> None:
    """The second moment has no zone and is refused."""
    with database.writing() as session:
        for moment in (NOW, NOW.replace(tzinfo=None)):
            audit.record(session, operator(), subject="cycle:2026", action="made", now=moment)


def test_what_was_rolled_back_leaves_no_entry(database: Database):
    with pytest.raises(StatementError, match="zone"):
        note_at_two_moments(database)

    assert entries(database) == []


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET actor = 'nobody'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_an_entry(database: Database, change: str):
    note(database, "made")

    with pytest.raises(DBAPIError, match="rows of audit_entry are never changed"), database.writing() as session:
        session.execute(text(change))

    assert [entry.actor for entry in entries(database)] == ["operator"]
