"""Findings one by one as figures count them: what stands behind a figure of the ledger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from assess.core.findings.behind import Numbered
from assess.core.findings.counting import alone
from assess.core.findings.reckoning import Heap, Reckoned
from assess.store.models import Finding
from assess.store.session import Session


def numbered_findings(
    session: Session, *, cycle: int, day: date, units: Collection[str] | None = None
) -> list[tuple[str, Numbered]]:
    """The findings of a year that are not void, each counted alone, with its unit (1 query)."""
    query = select(
        Finding.unit, Finding.number, Finding.kind, Finding.domain, Finding.source, Finding.reckoned,
        Finding.deadline, Finding.returns, Finding.repeat_of, Finding.days,
    ).where(Finding.cycle_id == cycle, Finding.reckoned != Reckoned.VOID.value)  # fmt: skip
    if units is not None:
        query = query.where(Finding.unit.in_(units))
    found = []
    for unit, number, kind, domain, source, reckoned, deadline, returns, repeat_of, days in session.execute(query):
        passed = int(deadline is not None and deadline < day)
        heap = Heap(Reckoned(reckoned), 1, passed, returns, int(repeat_of is not None), days or 0)
        found.append((unit, Numbered(number, alone(heap, kind, domain, source))))
    return found
