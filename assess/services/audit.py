"""The audit log: every act leaves an entry in its own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assess.core.actors import Actor
from assess.store.audit_chain import add_audit_entry
from assess.store.models import AuditEntry
from assess.store.session import Session


def record(
    session: Session,
    actor: Actor,
    *,
    subject: str,
    action: str,
    now: datetime,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
) -> None:
    """Note who did what; numbered and chained when the transaction commits.

    Args:
        session: the transaction of the act itself.
        actor: who did it; of a token the person it acts for, and its number: `wang#3`.
        subject: what it was done to, as in `cycle:2026`, `submission:2026/110105001`, `account:wang`.
        action: a verb in the past, as in `submitted`.
        now: when.
        old: the values before, as plain JSON.
        new: the values after, as plain JSON; no password and no token ever.
    """
    entry = AuditEntry(
        at=now,
        account_id=actor.account,
        actor=actor.username if actor.token is None else f"{actor.username}#{actor.token}",
        subject=subject,
        action=action,
        old=None if old is None else dict(old),
        new=None if new is None else dict(new),
    )
    add_audit_entry(session, entry)
