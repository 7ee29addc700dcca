"""Runs: what they are made of, what came of them, and which of them is released."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from assess.core.runs.comparing import LineChange, ValueChange
from assess.core.runs.kinds import Origin, RunKind
from assess.core.text import Text
from assess.core.workflow import Reported
from assess.store.base import Json
from assess.store.models import (
    Account,
    Batch,
    Exclusion,
    Job,
    Run,
    RunLine,
    RunMember,
    RunOrder,
    RunSentence,
    RunUnit,
    RunValue,
    RunWarning,
    Value,
)
from assess.store.queries.jobs import JobStatus, job_status
from assess.store.queries.requests import is_excluded
from assess.store.records import record_columns, select_records
from assess.store.session import Session


class OrderRow(NamedTuple):
    """A run that was asked for and is not made yet, and how its job stands (None: forgotten)."""

    id: int
    kind: RunKind
    words: str
    day: date
    asker: str
    asked_at: datetime
    job: JobStatus | None


class RunRow(NamedTuple):
    """A run as lists and pages show it; `maker` by name, `sheet_number` the version of the rule sheet."""

    id: int
    cycle: int
    number: int
    kind: RunKind
    words: str
    day: date
    sheet_version: int
    rule_digest: str
    inputs_digest: str
    engine: str
    inputs: str
    results: str
    units: int
    scored: int
    blocked: int
    missing: int
    warnings: int
    supersedes: int | None
    maker: str
    made_at: datetime


class UnitResult(NamedTuple):
    """The result of one unit in a run; ranks are doubled (`core.runs.ranks` prints them)."""

    unit: str
    place: int
    name: Text
    group: str | None
    state: str
    total: str | None
    total_millionths: int | None
    base: str | None
    rank: int | None
    of: int | None
    grade: str | None
    converted: str | None
    best: int | None
    worst: int | None
    likely_best: int | None
    likely_worst: int | None
    adjustments: list[dict[str, Any]]


class LineRow(NamedTuple):
    """The line of one node of one unit; `facts` make its sentence."""

    unit: str
    node: str
    score: str | None
    millionths: int | None
    full: str
    state: str
    facts: Json


class UsedValue(NamedTuple):
    """A figure that a run was made of."""

    unit: str
    figure: str
    year: int
    period: str
    text: str
    origin: str
    value: int | None


class MemberPointsRow(NamedTuple):
    """Points of one post of one unit."""

    unit: str
    post: str
    points: str | None
    millionths: int | None


class WarningRow(NamedTuple):
    """What the reader should know of one unit."""

    unit: str
    about: str
    clause: str
    what: Text


def open_orders(session: Session, *, cycle: int) -> list[OrderRow]:
    """The runs that were asked for and are not made, newest first (1 query)."""
    query = (
        select_records(OrderRow, RunOrder, asker=Account.name, job=job_status())
        .join(Account, Account.id == RunOrder.asked_by)
        .outerjoin(Job, Job.id == RunOrder.job)
        .outerjoin(Run, Run.order_id == RunOrder.id)
        .where(RunOrder.cycle_id == cycle, Run.id.is_(None))
        .order_by(RunOrder.id.desc())
    )
    return list(session.scalars(query))


def runs() -> Select[RunRow]:
    """Runs with who made them."""
    query = select_records(RunRow, Run, cycle=Run.cycle_id, maker=func.coalesce(Account.name, ""))
    return query.outerjoin(Account, Account.id == Run.made_by)


def number_of_runs(session: Session, *, cycle: int) -> int:
    """How many runs a year has, which is the number of the newest (1 query)."""
    return session.scalar(select(func.count()).select_from(Run).where(Run.cycle_id == cycle)) or 0


def runs_of(session: Session, *, cycle: int, start: int = 0, size: int = 1000) -> list[RunRow]:
    """The runs of a year, newest first, a page of them (1 query)."""
    query = runs().where(Run.cycle_id == cycle).order_by(Run.number.desc()).offset(start).limit(size)
    return list(session.scalars(query))


def run_numbered(session: Session, *, cycle: int, number: int) -> RunRow | None:
    """A run of a year by its number (1 query)."""
    return session.scalars(runs().where(Run.cycle_id == cycle, Run.number == number)).one_or_none()


def runs_numbered(session: Session, *, cycle: int, numbers: Collection[int]) -> dict[int, RunRow]:
    """Runs of a year by their numbers (1 query)."""
    query = runs().where(Run.cycle_id == cycle, Run.number.in_(numbers)).order_by(Run.number)
    return {run.number: run for run in session.scalars(query)}


def run_at(session: Session, *, run: int) -> RunRow | None:
    """A run by its row (1 query)."""
    return session.scalars(runs().where(Run.id == run)).one_or_none()


def newest_run(session: Session, *, cycle: int, kind: RunKind | None = None) -> RunRow | None:
    """The newest run of a year, of a kind where one is named (1 query)."""
    query = runs().where(Run.cycle_id == cycle).order_by(Run.number.desc()).limit(1)
    return session.scalars(query if kind is None else query.where(Run.kind == kind.value)).one_or_none()


def results_of(session: Session, *, run: int, unit: str | None = None) -> list[UnitResult]:
    """The results of the units of a run, or of one of them, in the order of the units (1 query)."""
    name = record_columns(Text, zh=RunUnit.name_zh, en=RunUnit.name_en)
    query = select_records(UnitResult, RunUnit, name=name, group=RunUnit.group_id)
    query = query.where(RunUnit.run_id == run).order_by(RunUnit.place)
    return list(session.scalars(query if unit is None else query.where(RunUnit.unit == unit)))


def results_of_runs(session: Session, *, runs: Sequence[int]) -> list[dict[str, UnitResult]]:
    """The results of each of some runs, by unit in the order of the units (1 query)."""
    name = record_columns(Text, zh=RunUnit.name_zh, en=RunUnit.name_en)
    result = record_columns(UnitResult, RunUnit, name=name, group=RunUnit.group_id)
    query = select(RunUnit.run_id, result).where(RunUnit.run_id.in_(runs)).order_by(RunUnit.place)
    found: dict[int, dict[str, UnitResult]] = {run: {} for run in runs}
    for run, each in session.execute(query):
        found[run][each.unit] = each
    return [found[run] for run in runs]


def lines_of(
    session: Session, *, run: int, units: Collection[str] | None = None, nodes: Collection[str] | None = None
) -> list[LineRow]:
    """Lines of a run, of all units and nodes unless some are named, by unit in the order of the sheet (1 query)."""
    query = select_records(LineRow, RunLine).where(RunLine.run_id == run).order_by(RunLine.unit, RunLine.place)
    if units is not None:
        query = query.where(RunLine.unit.in_(units))
    if nodes is not None:
        query = query.where(RunLine.node.in_(nodes))
    return list(session.scalars(query))


def sentences_of(session: Session, *, run: int) -> dict[int, Text]:
    """The sentences with blanks that the lines of a run are told by (1 query)."""
    query = select(RunSentence.number, RunSentence.zh, RunSentence.en).where(RunSentence.run_id == run)
    return {number: Text(zh, en) for number, zh, en in session.execute(query.order_by(RunSentence.number))}


def values_used(
    session: Session, *, run: int, unit: str | None = None, objects: Collection[str] = ()
) -> list[UsedValue]:
    """The figures that a run was made of, of all units, or of one and of its objects by their codes (1 query)."""
    query = select_records(UsedValue, RunValue, value=RunValue.value_id).where(RunValue.run_id == run)
    query = query.order_by(RunValue.unit, RunValue.figure, RunValue.year, RunValue.period)
    return list(session.scalars(query if unit is None else query.where(used_by(unit, objects))))


def used_by(unit: str, objects: Collection[str]) -> ColumnElement[bool]:
    """Whether a figure of a run is one of a unit, or of its objects by their codes, which others may share."""
    own = (RunValue.period.startswith(f"{code} ", autoescape=True) for code in objects)
    return or_(RunValue.unit == unit, *own)


def members_of(session: Session, *, run: int, unit: str | None = None) -> list[MemberPointsRow]:
    """The points of the posts, by unit and post in the order of the sheet (1 query)."""
    query = (
        select_records(MemberPointsRow, RunMember)
        .where(RunMember.run_id == run)
        .order_by(RunMember.unit, RunMember.place)
    )
    return list(session.scalars(query if unit is None else query.where(RunMember.unit == unit)))


def warnings_of(session: Session, *, run: int) -> list[WarningRow]:
    """What the reader of a run should know (1 query)."""
    query = select_records(WarningRow, RunWarning, what=record_columns(Text, RunWarning))
    return list(session.scalars(query.where(RunWarning.run_id == run).order_by(RunWarning.number)))


class ValueSourced(NamedTuple):
    """A value that stands now, of this year or the one before, with where it came from; `by` who entered it.

    `kind` is that of the batch that brought it in.
    """

    id: int
    year: int
    unit: str
    figure: str
    period: str
    millionths: int | None
    word: str | None
    state: Reported
    place: str
    upload: str
    file_name: str
    kind: str
    by: str
    at: datetime
    excluded: bool


def values_standing(session: Session, *, cycle: int, years: Collection[int]) -> list[ValueSourced]:
    """Every value that stands now, certified or not, by unit, figure, year and period (1 query).

    `excluded` says that it does not count while an exclusion is approved.
    """
    excluded = (
        select(Exclusion.id)
        .where(
            Exclusion.cycle_id == Value.cycle_id, Exclusion.unit == Value.unit, Exclusion.figure == Value.figure,
            Exclusion.state == "approved",
            is_excluded(cast(Value.year, String)),
        )
        .exists()
    )  # fmt: skip
    query = (
        select_records(
            ValueSourced, Value, Batch, place=func.coalesce(Value.place, ""), upload=func.coalesce(Batch.upload, ""),
            file_name=func.coalesce(Batch.file_name, ""), by=func.coalesce(Account.name, ""), at=Value.entered_at,
            excluded=excluded,
        )
        .join(Batch, Batch.id == Value.batch_id)
        .outerjoin(Account, Account.id == Value.entered_by)
        .where(Value.cycle_id == cycle, Value.year.in_(years), Value.superseded_at.is_(None))
        .where(Value.millionths.is_not(None) | Value.word.is_not(None))
        .order_by(Value.unit, Value.figure, Value.year, Value.period)
    )  # fmt: skip
    return list(session.scalars(query))


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
