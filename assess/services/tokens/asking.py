"""What a department is asked for, as its system needs to know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assess.core.actors import Actor
from assess.core.errors import NotFound
from assess.core.evidence.asked import DepartmentRequest, asked_of
from assess.services.imports.judged import judged_in
from assess.services.imports.uploading import NO_DEPARTMENT
from assess.services.imports.windows import SupplyWindow, check_department, window_today
from assess.services.years import Year, year_of
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session


@dataclass(frozen=True)
class AskedPage:
    """The figures that a department supplies, until when, and those of them that a panel judges instead."""

    year: Year
    asked: DepartmentRequest
    window: SupplyWindow
    judged: frozenset[str]


def asked_page(session: Session, actor: Actor, *, cycle: CycleRow, department: str, now: datetime) -> AskedPage:
    """What the department of a token is asked for in a year (at most 6 queries).

    Raises:
        NotAllowed: it is another department.
        NotFound: the year's sheet has no such department.
        Refused: no rule sheet is published.
    """
    check_department(actor, department)
    year = year_of(session, cycle)
    if department not in (year.sheet.departments or {}):
        raise NotFound(NO_DEPARTMENT)
    window = window_today(session, cycle, department, now)
    return AskedPage(year, asked_of(year.sheet, department), window, judged_in(session, year))
