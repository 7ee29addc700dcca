"""Whom to notify, and of which entries of the audit log nobody was notified yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from assess.core.actors import Right, roles_with
from assess.core.audit.chain import LogEntry
from assess.core.workflow import SubmissionState
from assess.store.models import Account, Appeal, AuditEntry, Grant, Job, Submission, Unit
from assess.store.queries.audit import entries
from assess.store.session import Session


def entries_since(session: Session, *, since: datetime, actions: Collection[str]) -> list[LogEntry]:
    """The entries of these actions from a moment on, in the order of the log (1 query)."""
    query = entries().where(AuditEntry.at >= since, AuditEntry.action.in_(actions))
    return list(session.scalars(query.order_by(AuditEntry.number)))


def entries_asked(session: Session, *, kind: str, since: datetime) -> set[int]:
    """The entries of the log for which jobs of a kind were asked from a moment on (1 query)."""
    query = select(Job.arguments).where(Job.kind == kind, Job.asked_at >= since)
    return {arguments["entry"] for arguments in session.scalars(query)}


def people_with(session: Session, *, rights: Collection[Right]) -> list[int]:
    """The accounts with one of some rights that are not closed (1 query)."""
    roles = {role for right in rights for role in roles_with(right)}
    query = select(Account.id).join(Grant, Grant.account_id == Account.id)
    query = query.where(Grant.role.in_(roles), Account.closed_at.is_(None))
    return list(session.scalars(query.distinct().order_by(Account.id)))


def unit_of_appeal(session: Session, *, cycle: int, number: int) -> str:
    """The unit that lodged an appeal (1 query)."""
    return session.scalars(select(Appeal.unit).where(Appeal.cycle_id == cycle, Appeal.number == number)).one()


def unit_codes(session: Session, *, cycle: int) -> frozenset[str]:
    """All units of a year (1 query)."""
    return frozenset(session.scalars(select(Unit.code).where(Unit.cycle_id == cycle)))


def units_to_submit(session: Session, *, cycle: int) -> frozenset[str]:
    """The units whose form is not submitted, or was returned (2 queries)."""
    done = (SubmissionState.SUBMITTED, SubmissionState.CERTIFIED)
    query = select(Submission.unit).where(Submission.cycle_id == cycle, Submission.state.in_(done))
    return unit_codes(session, cycle=cycle) - frozenset(session.scalars(query))
