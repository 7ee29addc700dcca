"""Forms that are sent again when an answer was lost: each records what it says once."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select, update

from assess.store.models import Finding, FindingIdempotencyKey
from assess.store.session import Session
from assess.store.upload_records import INSERT


class IdempotencyKey(NamedTuple):
    """Which form: of which year, shown to whom, and its word."""

    cycle: int
    account: int
    word: str


class RecordedOutcome(NamedTuple):
    """What a form recorded before: the row and the number of the finding, and the digest of what was sent."""

    id: int
    number: int
    digest: str


def claim_key(session: Session, form: IdempotencyKey, *, digest: str) -> bool:
    """Take the word of a form; whether nobody took it before (1 query).

    Whoever sends the same form at the same moment waits here until the transaction ends; one that is rolled back has
    taken nothing.
    """
    insert = INSERT[session.get_bind().dialect.name]
    taken = insert(FindingIdempotencyKey).values(
        cycle_id=form.cycle, account_id=form.account, word=form.word, digest=digest
    )
    taken = taken.on_conflict_do_nothing(index_elements=["cycle_id", "account_id", "word"])
    return session.execute(taken.returning(FindingIdempotencyKey.word)).first() is not None


def record_outcome(session: Session, form: IdempotencyKey, *, finding: int) -> None:
    """Say what the form of a word recorded (1 query)."""
    session.execute(update(FindingIdempotencyKey).where(matches(form)).values(finding_id=finding))


def recorded_outcome(session: Session, form: IdempotencyKey) -> RecordedOutcome:
    """What the form of a word that is taken recorded (1 query)."""
    query = select(Finding.id, Finding.number, FindingIdempotencyKey.digest)
    query = query.join(Finding, Finding.id == FindingIdempotencyKey.finding_id).where(matches(form))
    return RecordedOutcome(*session.execute(query).one())


def matches(form: IdempotencyKey) -> ColumnElement[bool]:
    """Which row tells of a form."""
    mine = (FindingIdempotencyKey.cycle_id == form.cycle, FindingIdempotencyKey.account_id == form.account)
    return and_(*mine, FindingIdempotencyKey.word == form.word)
