"""Years: one by its number, and the list of those a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, or_, select

from assess.core.actors import Actor, Right
from assess.core.text import Text
from assess.core.workflow import Act, Stage, is_allowed
from assess.store.base import Base
from assess.store.models import Cycle, StageDate
from assess.store.session import Session


@dataclass(frozen=True)
class CycleRow:
    """A year as pages show it.

    Attributes:
        ends: the last days of its stages.
        ended: the days on which stages were ended before their last day.
    """

    id: int
    year: int
    title: Text
    stage: Stage
    demonstration: bool
    opened: bool
    version: int
    ends: dict[Stage, date]
    ended: dict[Stage, date]

    @property
    def may_be_set_up(self) -> bool:
        """Whether its stage lets the office set it up or correct it."""
        return is_allowed(self.stage, Act.AMEND)

    def is_seen_by(self, person: Actor) -> bool:
        """A year that is not open yet is the office's own."""
        return self.opened or person.may(Right.ADMINISTER)


def cycle_of_year(session: Session, *, year: int) -> CycleRow | None:
    """The year with its stage dates (1 query)."""
    return next(iter(cycle_rows(session, with_dates().where(Cycle.year == year))), None)


def newest_year(session: Session) -> CycleRow | None:
    """The newest year there is (1 query)."""
    return next(iter(all_cycles(session)), None)


def all_cycles(session: Session) -> list[CycleRow]:
    """All years, newest first (1 query)."""
    return cycle_rows(session, with_dates())


def cycles_seen_by(session: Session, person: Actor) -> list[CycleRow]:
    """The years a person may see, newest first (1 query)."""
    return [row for row in all_cycles(session) if row.is_seen_by(person)]


def newest_of(seen: list[CycleRow]) -> CycleRow | None:
    """The newest of these years that is open, else the newest; they come newest first."""
    return next((each for each in seen if each.opened), next(iter(seen), None))


def held_stage(session: Session, *, cycle: int) -> Stage | None:
    """The stage of a year that nobody moves or sets up before the transaction ends (1 query)."""
    found = session.scalar(select(Cycle.stage).where(Cycle.id == cycle).with_for_update(read=True))
    return None if found is None else Stage(found)


def has_data(session: Session, *, cycle: int) -> bool:
    """Whether any table holds a row of a year (1 query)."""
    columns = (column for table in Base.metadata.sorted_tables for column in table.columns)
    of_years = [column for column in columns if any(key.column.table.name == "cycle" for key in column.foreign_keys)]
    return bool(session.scalar(select(or_(*(exists().where(column == cycle) for column in of_years)))))


def with_dates() -> Select[Cycle, StageDate]:
    """Years, newest first, each with the dates of its stages."""
    dated = select(Cycle, StageDate).outerjoin(StageDate, StageDate.cycle_id == Cycle.id)
    return dated.order_by(Cycle.year.desc(), StageDate.id)


def cycle_rows(session: Session, query: Select[Cycle, StageDate]) -> list[CycleRow]:
    """Years as pages show them."""
    found: dict[int, CycleRow] = {}
    for cycle, dated in session.execute(query):
        row = found.setdefault(cycle.id, cycle_row(cycle))
        if dated is not None:
            row.ends[Stage(dated.stage)] = dated.ends
            if dated.ended is not None:
                row.ended[Stage(dated.stage)] = dated.ended
    return list(found.values())


def cycle_row(cycle: Cycle) -> CycleRow:
    """A cycle as pages show it, without its dates."""
    return CycleRow(
        id=cycle.id,
        year=cycle.year,
        title=cycle.title,
        stage=Stage(cycle.stage),
        demonstration=cycle.demonstration,
        opened=cycle.opened_at is not None,
        version=cycle.version,
        ends={},
        ended={},
    )
