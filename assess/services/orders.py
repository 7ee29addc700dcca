"""What somebody asked for and a worker does: a run, a seal, an archive, each of a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from assess.core.errors import NotFound
from assess.core.text import Text
from assess.store.models import ArchiveOrder, Cycle, RunOrder, SealOrder
from assess.store.queries.cycles import CycleRow, cycle_of_year
from assess.store.session import Session

Order = TypeVar("Order", ArchiveOrder, RunOrder, SealOrder)


def ordered(session: Session, kind: type[Order], arguments: Mapping[str, Any], missing: Text) -> tuple[Order, CycleRow]:
    """The order that a job's arguments name, and its year.

    Raises:
        NotFound: nobody asked for it; says `missing`.
    """
    order = session.get(kind, arguments["order"])
    found = None if order is None else session.get(Cycle, order.cycle_id)
    cycle = None if found is None else cycle_of_year(session, year=found.year)
    if order is None or cycle is None:
        raise NotFound(missing)
    return order, cycle
