"""Findings one by one as figures count them: what stands behind a figure of the ledger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Final

from sqlalchemy import Integer, cast, select

from assess.core.findings.behind import NumberedTally
from assess.core.findings.counting import alone
from assess.core.findings.measures import Tally
from assess.core.findings.reckoning import CountingState, Heap
from assess.store.models import Finding
from assess.store.session import Session

MAX_WAYS: Final = 4096
"""So many ways of being counted are remembered: a few for each kind, domain and source."""


def numbered_findings(
    session: Session, *, cycle: int, day: date, units: Collection[str] | None = None
) -> list[tuple[str, NumberedTally]]:
    """The findings of a year that are not void, each counted alone, with its unit (1 query).

    What stands behind a figure depends neither on days nor on how often one was returned, so both are left out.
    """
    passed = cast(Finding.deadline < day, Integer)
    columns = (Finding.kind, Finding.domain, Finding.source, Finding.reckoned, passed, Finding.returns > 0)
    query = select(Finding.unit, Finding.number, *columns, Finding.repeat_of.is_not(None))
    query = query.where(Finding.cycle_id == cycle, Finding.reckoned != CountingState.VOID.value)
    if units is not None:
        query = query.where(Finding.unit.in_(units))
    return [(unit, NumberedTally(number, tally_of_one(*facts))) for unit, number, *facts in session.execute(query)]


@lru_cache(maxsize=MAX_WAYS)
def tally_of_one(kind: str, domain: str, source: str, reckoned: int, *numbers: bool | None) -> Tally:
    """One finding counted alone; most findings are counted like some other."""
    passed, returned, repeated = (int(number or 0) for number in numbers)
    return alone(Heap(CountingState(reckoned), 1, passed, returned, repeated, 0), kind, domain, source)
