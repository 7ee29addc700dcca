"""Whoever has the database can change the log: what its chain tells of that, and what only a noted head tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, text, update

from assess.core.actors import operator
from assess.core.audit.chain import Break, ChainFault, ChainPosition, LogEntry, digest_of
from assess.services import audit
from assess.services.audit.checking import ChainCheck, check_chain
from assess.store.models import AuditEntry
from assess.store.session import Database
from tests.years import NOW

LOG: Final = AuditEntry.__table__
DROPPED: Final = {
    "sqlite": ["DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"],
    "postgresql": ["DROP TRIGGER audit_entry_no_change ON audit_entry"],
}
Attack = Callable[[Connection], None]


def five_entries(database: Database) -> list[dict[str, Any]]:
    """A log of five, its guards gone; the rows."""
    with database.writing() as session:
        for number in range(1, 6):
            old, new = {"stage": f"数{number}"}, {2: "two", 10: ["ten", 1.5, None]}
            audit.record(session, operator(), subject="cycle:2026", action="moved", old=old, new=new, now=NOW)
    with database.engine.begin() as connection:
        for statement in DROPPED[database.engine.dialect.name]:
            connection.execute(text(statement))
        return [dict(row) for row in connection.execute(select(LOG).order_by(LOG.c.number)).mappings()]


def changed(number: int, **values: Any) -> Attack:
    """Columns of an entry are overwritten."""
    return lambda connection: connection.execute(update(LOG).where(LOG.c.number == number).values(**values)) and None


def deleted(number: int) -> Attack:
    """An entry is deleted."""
    return lambda connection: connection.execute(delete(LOG).where(LOG.c.number == number)) and None


def garbled(column: str, sqlite: str, postgresql: str) -> Attack:
    """An entry gets what no entry can hold."""

    def attack(connection: Connection) -> None:
        value = {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name]
        connection.execute(text(f"UPDATE audit_entry SET {column} = {value} WHERE number = 3"))

    return attack


def swapped(connection: Connection) -> None:
    """Two entries change places."""
    for number, to in ((2, 99), (3, 2), (99, 3)):
        connection.execute(update(LOG).where(LOG.c.number == number).values(number=to))


def forged(row: dict[str, Any], **values: Any) -> dict[str, Any]:
    """A row that says something else, with the right digest of that."""
    whole = row | values | {"digest": ""}
    return whole | {"digest": digest_of(LogEntry(**whole))}


def replaced(row: dict[str, Any], **values: Any) -> Attack:
    """An entry says something else and has the right digest of that."""
    new = forged(row, **values)
    return lambda connection: connection.execute(update(LOG).where(LOG.c.number == new["number"]).values(new)) and None


def added(row: dict[str, Any], number: int) -> Attack:
    """One more entry is put in, with the right digest of what it says."""
    return lambda connection: connection.execute(insert(LOG).values(forged(row, number=number))) and None


def rewritten(rows: list[dict[str, Any]], first: dict[str, Any]) -> Attack:
    """The whole log is written anew from an entry that says something else."""

    def attack(connection: Connection) -> None:
        connection.execute(delete(LOG))
        before = ""
        for row in rows:
            values = {**(first if row["number"] == 2 else {}), "before": before}
            connection.execute(insert(LOG).values(new := forged(row, **values)))
            before = new["digest"]

    return attack


def after(database: Database, rows: list[dict[str, Any]], attack: Attack, sought: str = "") -> ChainCheck:
    """What following the chain finds after an attack; the log is then as it was."""
    with database.engine.begin() as connection:
        attack(connection)
    try:
        return check_chain(database, lambda done, of: None, sought=sought)
    finally:
        with database.engine.begin() as connection:
            connection.execute(delete(LOG))
            connection.execute(insert(LOG), rows)


def test_every_change_in_the_middle_is_named_with_its_entry(database: Database):
    rows = five_entries(database)
    third, last = rows[2], rows[4]
    attacks: dict[str, tuple[Attack, Break]] = {
        "old": (changed(3, old={"stage": "数4"}), Break(3, 2, ChainFault.CONTENT)),
        "new": (changed(3, new=None), Break(3, 2, ChainFault.CONTENT)),
        "at": (changed(3, at=NOW + timedelta(microseconds=1)), Break(3, 2, ChainFault.CONTENT)),
        "actor": (changed(3, actor="operatoR"), Break(3, 2, ChainFault.CONTENT)),
        "account": (changed(3, account_id=1), Break(3, 2, ChainFault.CONTENT)),
        "digest": (changed(5, digest=last["digest"].upper()), Break(5, 4, ChainFault.CONTENT)),
        "what it says and its digest": (replaced(third, actor="wang"), Break(4, 3, ChainFault.LINK)),
        "the one before": (replaced(third, before=last["digest"]), Break(3, 2, ChainFault.LINK)),
        "the first deleted": (deleted(1), Break(2, 0, ChainFault.BEGINNING)),
        "one in the middle deleted": (deleted(3), Break(4, 2, ChainFault.GAP)),
        "two swapped": (swapped, Break(2, 1, ChainFault.CONTENT)),
        "one before the first": (added(third, 0), Break(0, 0, ChainFault.STRAY)),
        "one after the last": (added(third, 6), Break(6, 5, ChainFault.LINK)),
        "no JSON": (garbled("new", "'{'", "'\"text\"'"), Break(3, 2, ChainFault.UNREADABLE)),
        "no moment": (garbled("at", "'yesterday'", "'infinity'"), Break(3, 2, ChainFault.UNREADABLE)),
        "no text": (garbled("actor", "CAST(X'FF' AS TEXT)", "'\ue000'"), Break(3, 2, ChainFault.UNREADABLE)),
    }
    if database.engine.dialect.name == "postgresql":
        attacks["no text"] = (attacks["no text"][0], Break(3, 2, ChainFault.CONTENT))
        attacks["no JSON"] = (attacks["no JSON"][0], Break(3, 2, ChainFault.CONTENT))

    found = {name: after(database, rows, attack).broken for name, (attack, _) in attacks.items()}

    assert found == {name: expected for name, (_, expected) in attacks.items()}
    assert check_chain(database, lambda done, of: None) == ChainCheck(ChainPosition(5, last["digest"]), None, None)


def test_a_cut_tail_and_a_log_written_anew_show_only_against_a_noted_head(database: Database):
    rows = five_entries(database)
    head, fourth = rows[4]["digest"], rows[3]["digest"]

    untouched = after(database, rows, lambda _: None, sought=head)
    earlier = after(database, rows, lambda _: None, sought=fourth[:16])
    cut = after(database, rows, deleted(5), sought=head)
    anew = after(database, rows, rewritten(rows, {"actor": "wang"}), sought=head)

    assert [each.broken for each in (untouched, earlier, cut, anew)] == [None] * 4
    assert [each.last.number for each in (untouched, earlier, cut, anew)] == [5, 5, 4, 5]
    assert [each.found for each in (untouched, earlier, cut, anew)] == [5, 4, None, None]
