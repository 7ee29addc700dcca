"""How far the set-up of a year is, counted."""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import func, literal, select, union

from assess.core.actors import Role
from assess.store.models import Account, Grant, Obligation, StageDate, Task, TeamMember, Value
from assess.store.session import Session

TEAM: Final = "team"


class SetUpCounts(NamedTuple):
    """Numbers of rows of a year: stages with dates, figures of the year before."""

    tasks: int
    obligations: int
    figures: int
    dates: int


def set_up_counts(session: Session, cycle: int, year: int) -> SetUpCounts:
    """What was loaded for a year (1 query)."""
    tasks = select(func.count()).select_from(Task).where(Task.cycle_id == cycle)
    obligations = select(func.count()).select_from(Obligation)
    obligations = obligations.where(Obligation.cycle_id == cycle, Obligation.withdrawn_at.is_(None))
    figures = select(func.count()).select_from(Value)
    figures = figures.where(Value.cycle_id == cycle, Value.year == year - 1, Value.superseded_at.is_(None))
    dates = select(func.count()).select_from(StageDate).where(StageDate.cycle_id == cycle)
    parts = [query.scalar_subquery() for query in (tasks, obligations, figures, dates)]
    return SetUpCounts(*tuple(session.execute(select(*parts)).one()))


class InCharge(NamedTuple):
    """Units that have an official, departments that have an evaluator, units whose leadership team is noted."""

    officials: frozenset[str]
    evaluators: frozenset[str]
    teams: frozenset[str]


def people_in_charge(session: Session, cycle: int) -> InCharge:
    """Who is there to work in a year, of open accounts, and to be assessed (1 query)."""
    granted = select(Grant.role, Grant.unit, Grant.department).join(Account, Account.id == Grant.account_id)
    teams = select(literal(TEAM), TeamMember.unit, literal("")).where(TeamMember.cycle_id == cycle)
    found = session.execute(union(granted.where(Account.closed_at.is_(None)), teams)).all()
    return InCharge(
        officials=frozenset(unit for role, unit, _ in found if role == Role.OFFICIAL),
        evaluators=frozenset(department for role, _, department in found if role == Role.EVALUATOR),
        teams=frozenset(unit for role, unit, _ in found if role == TEAM),
    )
