"""Which run is the result that counts, and since when."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from assess.core.runs.kinds import RunStanding
from assess.core.workflow import Act, Stage, first_stage_of
from assess.store.models import Account, Release, Run, StageMove
from assess.store.records import select_records
from assess.store.session import Session


class ReleaseRow(NamedTuple):
    """A run that was released, when and by whom."""

    id: int
    run: int
    number: int
    standing: RunStanding
    words: str
    by: str
    at: datetime


def newest_notice(cycle: int | ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[int]:
    """The move by which a year came to its notice last; 0 where it never moved there."""
    early = [stage.value for stage in Stage if stage.is_before_results]
    newest = select(func.max(StageMove.id)).where(
        StageMove.cycle_id == cycle, StageMove.origin.in_(early), StageMove.target == first_stage_of(Act.RELEASE).value
    )
    return func.coalesce(newest.scalar_subquery(), 0)


def releases_of(session: Session, *, cycle: int, standing: RunStanding | None = None) -> list[ReleaseRow]:
    """What was released since the year came to its notice, newest first (1 query)."""
    query = (
        select_records(
            ReleaseRow, Release, run=Release.run_id, number=Run.number, by=Account.name, at=Release.released_at
        )
        .join(Run, Run.id == Release.run_id)
        .join(Account, Account.id == Release.released_by)
        .where(Release.cycle_id == cycle, func.coalesce(Release.move_id, 0) == newest_notice(cycle))
        .order_by(Release.id.desc())
    )
    if standing is not None:
        query = query.where(Release.standing == standing.value)
    return list(session.scalars(query))


def notice_move(session: Session, *, cycle: int) -> int | None:
    """The move by which a year came to its notice last (1 query)."""
    return session.scalar(select(newest_notice(cycle))) or None
