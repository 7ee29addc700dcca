"""Whoever receives a hand-over acknowledges it, once."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from assess.core.actors import Actor, Right
from assess.core.handover.words import receipt_number
from assess.services import audit
from assess.services.cycles import taken
from assess.services.handover.reading import handover_found
from assess.store.models import HandoverReceipt
from assess.store.queries import handovers as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush


class Receipt(NamedTuple):
    """That somebody has a hand-over: the number of the receipt, since when, and whether it was given just now."""

    number: str
    at: datetime
    is_new: bool


def acknowledge(session: Session, actor: Actor, *, cycle: CycleRow, number: int, now: datetime) -> Receipt:
    """Acknowledge a hand-over; who has done so already is told the receipt of then.

    Raises:
        NotAllowed: the actor is no receiver.
        NotFound: there is no such hand-over.
    """
    actor.check_may(Right.ACKNOWLEDGE_HANDOVERS)
    row = handover_found(session, actor, cycle=cycle, number=number)
    taken(session, cycle)
    known = queries.receipt_of(session, handover=row.id, account=actor.account)
    if known is not None:
        return Receipt(receipt_number(cycle.year, number, known.number), known.at, is_new=False)
    count = queries.number_of_receipts(session, handover=row.id) + 1
    session.add(HandoverReceipt(handover_id=row.id, account_id=actor.account, number=count, at=now))
    flush(session)
    receipt = Receipt(receipt_number(cycle.year, number, count), now, is_new=True)
    subject = f"handover:{cycle.year}/{number}"
    audit.record(session, actor, subject=subject, action="acknowledged", new={"receipt": receipt.number}, now=now)
    return receipt
