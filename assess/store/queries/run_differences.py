"""What differs between two runs: lines and figures, each side beside the other."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from assess.core.runs.comparing import LineChange, ValueChange
from assess.core.runs.kinds import Origin
from assess.store.models import RunLine, RunValue
from assess.store.session import Session


def lines_changed(session: Session, *, before: int, after: int) -> list[LineChange]:
    """Lines with other points or another state, and lines of one run alone (1 query)."""
    was, now = aliased(RunLine), aliased(RunLine)
    same = and_(now.unit == was.unit, now.node == was.node, now.run_id == after)
    changed = or_(
        now.unit.is_(None), was.state != now.state, was.score != now.score, was.score.is_(None) != now.score.is_(None)
    )
    left = (
        select(was.unit, was.node, was.score, now.score, was.state, now.state)
        .outerjoin(now, same)
        .where(was.run_id == before, changed)
    )
    new, old = aliased(RunLine), aliased(RunLine)
    known = and_(old.unit == new.unit, old.node == new.node, old.run_id == before)
    right = (
        select(new.unit, new.node, literal(None), new.score, literal(None), new.state)
        .outerjoin(old, known)
        .where(new.run_id == after, old.unit.is_(None))
    )
    both: Any = union_all(left, right)
    return [LineChange(*row) for row in session.execute(both)]


def values_changed(session: Session, *, before: int, after: int) -> list[ValueChange]:
    """Figures that say something else, and figures of one run alone, by unit, figure and period (1 query)."""
    was, now = aliased(RunValue), aliased(RunValue)
    same = and_(
        now.unit == was.unit, now.figure == was.figure, now.year == was.year, now.period == was.period,
        now.run_id == after,
    )  # fmt: skip
    left = (
        select(was.unit, was.figure, was.year, was.period, was.text, now.text, was.value_id, now.value_id, was.origin)
        .outerjoin(now, same)
        .where(was.run_id == before, or_(now.unit.is_(None), was.text != now.text))
    )
    new, old = aliased(RunValue), aliased(RunValue)
    known = and_(
        old.unit == new.unit, old.figure == new.figure, old.year == new.year, old.period == new.period,
        old.run_id == before,
    )  # fmt: skip
    right = (
        select(
            new.unit, new.figure, new.year, new.period, literal(None), new.text, literal(None), new.value_id,
            new.origin,
        )
        .outerjoin(old, known)
        .where(new.run_id == after, old.unit.is_(None))
    )  # fmt: skip
    both: Any = union_all(left, right)
    changes = (ValueChange(*row)._replace(origin=Origin(row[-1])) for row in session.execute(both))
    return sorted(changes, key=lambda each: each[:4])
