"""Noting an act: its entry belongs into the transaction of the act."""

from __future__ import annotations

import json
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
        old=as_kept(old),
        new=as_kept(new),
    )
    add_audit_entry(session, entry)


def as_kept(told: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Values as the database gives them back, so that the digest made of them now is the one made of them then."""
    if told is None:
        return None
    kept: dict[str, Any] = json.loads(json.dumps(dict(told)))
    return kept
