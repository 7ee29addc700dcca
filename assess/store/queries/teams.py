"""Leadership teams: who holds which post of a unit, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from assess.store.models import TeamMember
from assess.store.records import select_records
from assess.store.session import Session


@dataclass(frozen=True)
class MemberRow:
    """A member of a team; `post` is the id of a post, or its title where the rule sheet names none."""

    id: int
    version: int
    unit: str
    post: str
    name: str
    begins: date | None
    ends: date | None

    def held(self, day: date) -> bool:
        """Whether the person held the post on a day."""
        return (self.begins or date.min) <= day <= (self.ends or date.max)


def members(session: Session, cycle: int) -> list[MemberRow]:
    """All members of a year by unit and post, in the order of their time in it (1 query)."""
    return sorted(session.scalars(member_rows(cycle)), key=by_time)


def members_of(session: Session, cycle: int, unit: str, day: date) -> list[MemberRow]:
    """Whoever is in the team of a unit on a day (1 query)."""
    rows = session.scalars(member_rows(cycle).where(TeamMember.unit == unit))
    return [row for row in rows if row.held(day)]


def member_at(session: Session, cycle: int, row: int) -> TeamMember | None:
    """One member of a year, to be changed (1 query)."""
    return session.scalars(select(TeamMember).where(TeamMember.cycle_id == cycle, TeamMember.id == row)).one_or_none()


def member_models(session: Session, cycle: int) -> list[TeamMember]:
    """All members of a year, to be changed (1 query)."""
    query = select(TeamMember).where(TeamMember.cycle_id == cycle)
    return list(session.scalars(query.order_by(TeamMember.unit, TeamMember.id)))


def member_rows(cycle: int) -> Select[MemberRow]:
    """The members of a year in the order in which they were entered."""
    query = select_records(MemberRow, TeamMember).where(TeamMember.cycle_id == cycle)
    return query.order_by(TeamMember.unit, TeamMember.id)


def by_time(row: MemberRow) -> tuple[str, str, date, int]:
    """By unit and post, whoever came first in front."""
    return row.unit, row.post, row.begins or date.min, row.id
