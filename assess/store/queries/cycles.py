"""Years: one by its number, and the list of those a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from assess.core.actors import Actor, Role
from assess.core.text import Text
from assess.core.workflow import Act, Stage, is_allowed
from assess.store.models import Cycle, StageDate
from assess.store.session import Session


@dataclass(frozen=True)
class CycleRow:
    """A year as pages show it; `ends` are the last days of its stages."""

    id: int
    year: int
    title: Text
    stage: Stage
    demonstration: bool
    opened: bool
    version: int
    ends: dict[Stage, date]

    @property
    def may_be_set_up(self) -> bool:
        """Whether its stage lets the office set it up or correct it."""
        return is_allowed(self.stage, Act.AMEND)

    def is_seen_by(self, person: Actor) -> bool:
        """A year that is not open yet is the office's own."""
        return self.opened or person.is_one_of(Role.OFFICE)


def cycle_of_year(session: Session, *, year: int) -> CycleRow | None:
    """The year with its stage dates (2 queries)."""
    found = session.scalars(select(Cycle).where(Cycle.year == year)).one_or_none()
    return None if found is None else cycle_row(found, ends_of(session, [found.id]))


def cycles_seen_by(session: Session, person: Actor) -> list[CycleRow]:
    """The years a person may see, newest first (2 queries)."""
    found = session.scalars(select(Cycle).order_by(Cycle.year.desc())).all()
    ends = ends_of(session, [each.id for each in found])
    rows = [cycle_row(each, ends) for each in found]
    return [row for row in rows if row.is_seen_by(person)]


def held_stage(session: Session, *, cycle: int) -> Stage | None:
    """The stage of a year that nobody moves or sets up before the transaction ends (1 query)."""
    found = session.scalar(select(Cycle.stage).where(Cycle.id == cycle).with_for_update(read=True))
    return None if found is None else Stage(found)


def ends_of(session: Session, cycles: list[int]) -> dict[int, dict[Stage, date]]:
    """The last day of each stage, by cycle."""
    query = select(StageDate).where(StageDate.cycle_id.in_(cycles)).order_by(StageDate.cycle_id, StageDate.id)
    ends: dict[int, dict[Stage, date]] = {}
    for row in session.scalars(query):
        ends.setdefault(row.cycle_id, {})[Stage(row.stage)] = row.ends
    return ends


def cycle_row(cycle: Cycle, ends: dict[int, dict[Stage, date]]) -> CycleRow:
    """A cycle as pages show it."""
    return CycleRow(
        id=cycle.id,
        year=cycle.year,
        title=cycle.title,
        stage=Stage(cycle.stage),
        demonstration=cycle.demonstration,
        opened=cycle.opened_at is not None,
        version=cycle.version,
        ends=ends.get(cycle.id, {}),
    )
