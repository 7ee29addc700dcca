"""What requests change in the database without an entry in the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from flask import has_request_context, request
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState

from assess.store.session import Session

Unnoted = tuple[str, list[str]]
"""A page, and the tables that it changed."""
WRITTEN: Final = "tables written"
TRACES: Final = frozenset({"check_look", "finding_once", "sign_in", "sign_in_failure"})
"""Who was here, who was refused, who looked, and which form came already."""
HANDED_IN: Final = frozenset({"deposit", "upload"})
"""Files that wait to be claimed by an act."""
WITH_FILES: Final = frozenset({"job", "photo"})
"""What comes with such a file: the job that removes it if nobody claims it, and a photo drawn anew."""
USED: Final = frozenset({"token"})
"""When a system was here last."""


def is_act(endpoint: str, written: set[str]) -> bool:
    """Whether a request that changed these tables did something that somebody answers for."""
    rest = written - TRACES - HANDED_IN
    if rest == USED and endpoint.startswith("api."):
        return False
    return not rest <= (WITH_FILES if written & HANDED_IN else frozenset())


@contextmanager
def unnoted() -> Iterator[list[Unnoted]]:
    """Page and tables of every transaction of a request that changes something and notes nothing, while this lasts."""
    found: list[Unnoted] = []

    def flushed(session: Session, _context: Any) -> None:
        rows = [*session.new, *session.deleted, *(row for row in session.dirty if session.is_modified(row))]
        session.info.setdefault(WRITTEN, set()).update(row.__tablename__ for row in rows)

    def executed(state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update or state.is_delete:
            table: Any = getattr(state.statement, "table", None)
            state.session.info.setdefault(WRITTEN, set()).add(table.name)

    def committed(session: Session) -> None:
        written = session.info.pop(WRITTEN, set())
        if has_request_context() and "audit_entry" not in written and is_act(str(request.endpoint), written):
            found.append((str(request.endpoint), sorted(written)))

    heard = {"after_flush": flushed, "do_orm_execute": executed, "after_commit": committed}
    for name, listener in heard.items():
        event.listen(Session, name, listener)
    try:
        yield found
    finally:
        for name, listener in heard.items():
            event.remove(Session, name, listener)
