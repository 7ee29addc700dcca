"""Appeals as pages and services read them, and who had a hand in what they are about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from assess.core.appeals.states import AppealState, AppealStep
from assess.core.text import Text
from assess.store.models import (
    Account,
    Appeal,
    AppealEvent,
    Batch,
    Exclusion,
    Exemption,
    Mark,
    Release,
    Run,
    RunLine,
    RunUnit,
    Unit,
    Value,
    ValueEvent,
)
from assess.store.queries.releases import newest_notice
from assess.store.records import record_columns, select_records
from assess.store.session import Session


class AppealRow(NamedTuple):
    """An appeal; `decided_…` and `reason` are of its ruling or withdrawal, empty until then."""

    id: int
    version: int
    number: int
    unit: str
    item: str
    run: int
    run_number: int
    what: str
    cell: str
    asked: str
    state: AppealState
    lodger: int
    lodged_by: str
    lodged_at: datetime
    decided_by: str
    decided_at: datetime | None
    reason: str


class AppealEventRow(NamedTuple):
    """One step of an appeal."""

    step: AppealStep
    who: str
    at: datetime
    reason: str


def appeals(cycle: int) -> Select[AppealRow]:
    """Appeals of a year with their run, who lodged them and the step that ended them."""
    decider = aliased(Account)
    ended = and_(AppealEvent.appeal_id == Appeal.id, AppealEvent.step != AppealStep.LODGE.value)
    return (
        select_records(
            AppealRow,
            Appeal,
            run=Appeal.run_id,
            run_number=Run.number,
            lodger=Appeal.lodged_by,
            lodged_by=Account.name,
            decided_by=func.coalesce(decider.name, ""),
            decided_at=AppealEvent.done_at,
            reason=func.coalesce(AppealEvent.reason, ""),
        )
        .join(Run, Run.id == Appeal.run_id)
        .join(Account, Account.id == Appeal.lodged_by)
        .outerjoin(AppealEvent, ended)
        .outerjoin(decider, decider.id == AppealEvent.done_by)
        .where(Appeal.cycle_id == cycle)
    )


def appeal_numbered(session: Session, *, cycle: int, number: int) -> AppealRow | None:
    """One appeal of a year (1 query)."""
    return session.scalars(appeals(cycle).where(Appeal.number == number)).one_or_none()


def appeals_of_unit(session: Session, *, cycle: int, unit: str) -> list[AppealRow]:
    """The appeals of a unit, newest first (1 query)."""
    return list(session.scalars(appeals(cycle).where(Appeal.unit == unit).order_by(Appeal.number.desc())))


def appeals_in(
    session: Session, *, cycle: int, states: Collection[AppealState], start: int, size: int
) -> list[AppealRow]:  # fmt: skip
    """A page of the appeals of a year that stand so, newest first (1 query)."""
    wanted = appeals(cycle).where(in_states(states)).order_by(Appeal.number.desc())
    return list(session.scalars(wanted.offset(start).limit(size)))


def in_states(states: Collection[AppealState]) -> ColumnElement[bool]:
    """Whether an appeal stands in one of some states."""
    return Appeal.state.in_([each.value for each in states])


def counts_by_state(session: Session, *, cycle: int) -> dict[AppealState, int]:
    """How many appeals of a year stand in each state (1 query)."""
    query = select(Appeal.state, func.count()).where(Appeal.cycle_id == cycle).group_by(Appeal.state)
    found: dict[AppealState, int] = dict.fromkeys(AppealState, 0)
    for state, number in session.execute(query.order_by(Appeal.state)):
        found[AppealState(state)] = number
    return found


def events_of(session: Session, appeal: int) -> list[AppealEventRow]:
    """The steps of an appeal, oldest first (1 query)."""
    query = (
        select_records(AppealEventRow, AppealEvent, who=Account.name, at=AppealEvent.done_at)
        .join(Account, Account.id == AppealEvent.done_by)
        .where(AppealEvent.appeal_id == appeal)
        .order_by(AppealEvent.id)
    )
    return list(session.scalars(query))


def open_appeal(session: Session, *, cycle: int, unit: str, item: str) -> AppealRow | None:
    """The open appeal of a line (1 query)."""
    wanted = appeals(cycle).where(Appeal.unit == unit, Appeal.item == item, in_states([AppealState.LODGED]))
    return session.scalars(wanted).one_or_none()


def appeal_for_update(session: Session, *, cycle: int, number: int) -> Appeal | None:
    """An appeal to be changed; nobody else changes it before the transaction ends (1 query)."""
    query = select(Appeal).where(Appeal.cycle_id == cycle, Appeal.number == number).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def silent_units(session: Session, *, cycle: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Units with no appeal against what the notice that stands released, and those that withdrew each (1 query)."""
    against = select(Release.run_id).where(
        Release.cycle_id == cycle, func.coalesce(Release.move_id, 0) == newest_notice(cycle)
    )
    own = Appeal.cycle_id == Unit.cycle_id, Appeal.unit == Unit.code, Appeal.run_id.in_(against)
    standing = exists().where(*own, Appeal.state != AppealState.WITHDRAWN.value)
    query = select(Unit.code, exists().where(*own)).where(Unit.cycle_id == cycle, ~standing).order_by(Unit.place)
    found = list(session.execute(query))
    return tuple(code for code, wrote in found if not wrote), tuple(code for code, wrote in found if wrote)


def hands_in_figures(session: Session, *, cycle: int, unit: str, figures: Collection[str]) -> frozenset[int]:
    """The accounts that entered, brought in, certified, judged or excluded some figures of a unit (1 query)."""
    of_value = Value.cycle_id == cycle, Value.unit == unit, Value.figure.in_(figures)
    queries = (
        select(Value.entered_by.label("account")).where(*of_value),
        select(Batch.made_by).join(Value, Value.batch_id == Batch.id).where(*of_value),
        select(ValueEvent.done_by).join(Value, Value.id == ValueEvent.value_id).where(*of_value),
        select(Mark.account_id).where(Mark.cycle_id == cycle, Mark.unit == unit, Mark.figure.in_(figures)),
        *deciders_of(Exclusion, cycle, unit, Exclusion.figure.in_(figures)),
    )
    found = queries[0].union(*queries[1:])
    return frozenset(each for each in session.scalars(found.order_by("account")) if each is not None)


def hands_in_exemption(session: Session, *, cycle: int, unit: str, item: str) -> frozenset[int]:
    """The accounts that asked for or decided on an exemption of a unit from an item (1 query)."""
    first, second = deciders_of(Exemption, cycle, unit, Exemption.item == item)
    return frozenset(each for each in session.scalars(first.union(second)) if each is not None)


def deciders_of(
    of: type[Exemption] | type[Exclusion], cycle: int, unit: str, about: ColumnElement[bool]
) -> tuple[Select[int], Select[int | None]]:
    """Who asked for and who decided on requests."""
    wanted = of.cycle_id == cycle, of.unit == unit, about
    return select(of.asked_by.label("account")).where(*wanted), select(of.decided_by).where(*wanted)


def current_value(
    session: Session, *, cycle: int, unit: str, figure: str, period: str
) -> Value | None:  # fmt: skip
    """The value that counts now for a figure and period, to be superseded (1 query)."""
    query = select(Value).where(Value.cycle_id == cycle, Value.unit == unit, Value.figure == figure)
    query = query.where(Value.period == period, Value.superseded_at.is_(None))
    return session.scalars(query.with_for_update()).one_or_none()


def exemption_for_update(session: Session, *, cycle: int, unit: str, item: str) -> Exemption | None:
    """The exemption of a unit from the whole of an item that is open or was granted (1 query)."""
    held = or_(Exemption.state == "asked", Exemption.state == "approved")
    whole = Exemption.unit == unit, Exemption.item == item, Exemption.part == ""
    query = select(Exemption).where(Exemption.cycle_id == cycle, *whole, held)
    return session.scalars(query.with_for_update()).one_or_none()


class LineInRun(NamedTuple):
    """A unit in a run, and one line of it; the rank is doubled, as ties may share a half."""

    run: int
    number: int
    name: Text
    total: str | None
    rank: int | None
    of: int | None
    grade: str | None
    converted: str | None
    score: str | None
    full: str
    state: str


def line_in_runs(session: Session, *, runs: Collection[int], unit: str, item: str) -> dict[int, LineInRun]:
    """A unit and one line of it in some runs, by the row of the run (1 query)."""
    line = and_(RunLine.run_id == RunUnit.run_id, RunLine.unit == RunUnit.unit, RunLine.node == item)
    name = record_columns(Text, zh=RunUnit.name_zh, en=RunUnit.name_en)
    query = (
        select_records(
            LineInRun, RunUnit, RunLine, run=RunUnit.run_id, number=Run.number, name=name, state=RunLine.state
        )
        .join(Run, Run.id == RunUnit.run_id)
        .join(RunLine, line)
        .where(RunUnit.run_id.in_(runs), RunUnit.unit == unit)
        .order_by(RunUnit.run_id)
    )
    return {line.run: line for line in session.scalars(query)}
