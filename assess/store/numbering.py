"""Numbers of findings: one after the other within a year, none twice and none left out."""

from __future__ import annotations

from assess.store.deposits import INSERT
from assess.store.models import FindingCounter
from assess.store.session import Session


def take_numbers(session: Session, *, cycle: int, count: int = 1) -> int:
    """The first of so many numbers in a row (1 query).

    Whoever takes some holds the counter until the transaction ends: one that is rolled back leaves no gap.
    """
    insert = INSERT[session.get_bind().dialect.name]
    taken = insert(FindingCounter).values(cycle_id=cycle, last=count)
    taken = taken.on_conflict_do_update(index_elements=["cycle_id"], set_={"last": FindingCounter.last + count})
    last: int = session.execute(taken.returning(FindingCounter.last)).scalar_one()
    return last - count + 1
