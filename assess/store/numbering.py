"""Numbers of findings and of cases: one after the other within a year, none twice and none left out."""

from __future__ import annotations

from sqlalchemy import update

from assess.store.models import CaseCounter, FindingCounter
from assess.store.session import Session
from assess.store.upload_records import INSERT


def take_numbers(session: Session, *, cycle: int, count: int = 1) -> int:
    """The first of so many numbers in a row (1 query).

    Whoever takes some holds the counter until the transaction ends: one that is rolled back leaves no gap.
    """
    insert = INSERT[session.get_bind().dialect.name]
    taken = insert(FindingCounter).values(cycle_id=cycle, last=count, changes=1)
    more = {"last": FindingCounter.last + count, "changes": FindingCounter.changes + 1}
    taken = taken.on_conflict_do_update(index_elements=["cycle_id"], set_=more)
    last: int = session.execute(taken.returning(FindingCounter.last)).scalar_one()
    return last - count + 1


def count_change(session: Session, *, cycle: int) -> None:
    """Count a change of the ledger: the last thing that a transaction does, as it holds up other changes (1 query)."""
    changed = update(FindingCounter).where(FindingCounter.cycle_id == cycle)
    session.execute(changed.values(changes=FindingCounter.changes + 1))


def take_case_number(session: Session, *, cycle: int, kind: str) -> int:
    """The next number of a kind of case (1 query); whoever takes one holds the counter until the transaction ends."""
    insert = INSERT[session.get_bind().dialect.name]
    taken = insert(CaseCounter).values(cycle_id=cycle, kind=kind, last=1)
    taken = taken.on_conflict_do_update(index_elements=["cycle_id", "kind"], set_={"last": CaseCounter.last + 1})
    last: int = session.execute(taken.returning(CaseCounter.last)).scalar_one()
    return last
