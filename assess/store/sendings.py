"""Forms that are sent again when an answer was lost: each records what it says once."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select, update

from assess.store.deposits import INSERT
from assess.store.models import Finding, FindingOnce
from assess.store.session import Session


class FormWord(NamedTuple):
    """Which form: of which year, shown to whom, and its word."""

    cycle: int
    account: int
    word: str


class RecordedSubmission(NamedTuple):
    """What a form recorded before: the row and the number of the finding, and the digest of what was sent."""

    id: int
    number: int
    digest: str


def claim_word(session: Session, form: FormWord, *, digest: str) -> bool:
    """Take the word of a form; whether nobody took it before (1 query).

    Whoever sends the same form at the same moment waits here until the transaction ends; one that is rolled back has
    taken nothing.
    """
    insert = INSERT[session.get_bind().dialect.name]
    taken = insert(FindingOnce).values(cycle_id=form.cycle, account_id=form.account, word=form.word, digest=digest)
    taken = taken.on_conflict_do_nothing(index_elements=["cycle_id", "account_id", "word"])
    return session.execute(taken.returning(FindingOnce.word)).first() is not None


def note_sent(session: Session, form: FormWord, *, finding: int) -> None:
    """Say what the form of a word recorded (1 query)."""
    session.execute(update(FindingOnce).where(is_of(form)).values(finding_id=finding))


def sent_before(session: Session, form: FormWord) -> RecordedSubmission:
    """What the form of a word that is taken recorded (1 query)."""
    query = select(Finding.id, Finding.number, FindingOnce.digest)
    query = query.join(Finding, Finding.id == FindingOnce.finding_id).where(is_of(form))
    return RecordedSubmission(*session.execute(query).one())


def is_of(form: FormWord) -> ColumnElement[bool]:
    """Which row tells of a form."""
    mine = (FindingOnce.cycle_id == form.cycle, FindingOnce.account_id == form.account)
    return and_(*mine, FindingOnce.word == form.word)
