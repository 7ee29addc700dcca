"""Reported values for those who certify them: how they stand, who did what to them, what the unit wrote beside them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Subquery, and_, func, select
from sqlalchemy.orm import aliased

from assess.core.figures.entry import Stored
from assess.core.workflow import Reported
from assess.core.workflow import SubmissionState as State
from assess.store.models import Account, Batch, Draft, Submission, SubmissionEvent, Unit, Value, ValueEvent
from assess.store.models import Answer as DraftAnswer
from assess.store.queries.forms import SUBMITTED, FieldKey
from assess.store.records import select_records
from assess.store.session import Session

CERTIFIED, CORRECTED, RETURNED = "certified", "corrected", "returned"
"""What the steps of a reported value are called in its history."""
CORRECTION: Final = "correction"
"""The kind of the batch that a corrected value comes in."""


class ReportedRow(NamedTuple):
    """One reported value that counts now."""

    id: int
    unit: str
    figure: str
    period: str
    millionths: int | None
    word: str | None
    state: str


class Deed(NamedTuple):
    """What was done to a value, by whom, when and why."""

    act: str
    reason: str
    who: str
    when: datetime


class ValueDetail(NamedTuple):
    """Who entered a value and when, the value before it, and what was done to it last."""

    by: str
    at: datetime
    kind: str
    before: Stored | None
    last: Deed | None


class CorrectedValueRow(NamedTuple):
    """A value that the department corrected: the one before, the one it became, and why."""

    figure: str
    period: str
    old: Stored
    new: Stored
    reason: str
    who: str
    when: datetime


def reported_rows(session: Session, *, cycle: int, year: int, figures: Collection[str]) -> list[ReportedRow]:
    """The values of some figures that units have handed in and that count now (1 query)."""
    query = (
        select_records(ReportedRow, Value)
        .join(Submission, and_(Submission.cycle_id == Value.cycle_id, Submission.unit == Value.unit))
        .where(is_reported(cycle, year), Value.figure.in_(figures))
        .order_by(Value.id)
    )
    return list(session.scalars(query))


def is_reported(cycle: int, year: int) -> ColumnElement[bool]:
    """Values of the year that count now and whose form is handed in."""
    return and_(
        Value.cycle_id == cycle, Value.year == year, Value.superseded_at.is_(None), Submission.state != State.DRAFT
    )


def details_of(session: Session, ids: Collection[int]) -> dict[int, ValueDetail]:
    """What pages tell of some values beside their content (1 query)."""
    before, doer = aliased(Value), aliased(Account)
    query = (
        select(Value.id, Value.entered_at, Account.name, Batch.kind, before, ValueEvent, doer.name)
        .join(Batch, Batch.id == Value.batch_id)
        .outerjoin(Account, Account.id == Value.entered_by)
        .outerjoin(before, before.id == Value.supersedes)
        .outerjoin(ValueEvent, ValueEvent.id == newest_event())
        .outerjoin(doer, doer.id == ValueEvent.done_by)
        .where(Value.id.in_(ids))
        .order_by(Value.id)
    )
    return {
        value: ValueDetail(by or "", at, kind, None if old is None else stored(old), deed(event, who))
        for value, at, by, kind, old, event, who in session.execute(query)
    }


def newest_event() -> ScalarSelect[int]:
    """The last step of a value."""
    return select(func.max(ValueEvent.id)).where(ValueEvent.value_id == Value.id).correlate(Value).scalar_subquery()


def stored(value: Value) -> Stored:
    """What a row holds."""
    return Stored(value.millionths, value.word)


def deed(event: ValueEvent | None, who: str | None) -> Deed | None:
    """A step of a value as pages tell it."""
    return None if event is None else Deed(event.act, event.reason, who or "", event.done_at)


def remarks_of(session: Session, *, cycle: int, units: Collection[str]) -> dict[str, dict[str, str]]:
    """What units remarked when they handed their forms in last, by unit and figure (1 query)."""
    newest = (
        select(func.max(SubmissionEvent.id))
        .where(SubmissionEvent.submission_id == Submission.id, SubmissionEvent.act == SUBMITTED)
        .correlate(Submission)
        .scalar_subquery()
    )
    query = (
        select(Submission.unit, SubmissionEvent.answers)
        .join(SubmissionEvent, SubmissionEvent.id == newest)
        .where(Submission.cycle_id == cycle, Submission.unit.in_(units))
        .order_by(Submission.unit)
    )
    return {unit: dict((answers or {}).get("remarks", {})) for unit, answers in session.execute(query)}


def lock_units(session: Session, *, cycle: int, units: Collection[str]) -> None:
    """Let nobody else work on what some units report before the transaction ends, always in one order (1 query)."""
    query = select(Unit.id).where(Unit.cycle_id == cycle, Unit.code.in_(units)).order_by(Unit.id)
    session.execute(query.with_for_update())


def values_named(session: Session, *, cycle: int, year: int, ids: Collection[int]) -> list[Value]:
    """Values of the year by their numbers, those that count no longer too (1 query)."""
    query = select(Value).where(Value.cycle_id == cycle, Value.year == year, Value.id.in_(ids)).order_by(Value.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def deeds_of(session: Session, ids: Collection[int]) -> dict[int, Deed]:
    """What was done to each of these values last: a step of its own, or a value that came after it (2 queries)."""
    later = aliased(Value)
    steps = (
        select(Value.id, ValueEvent, Account.name)
        .join(ValueEvent, ValueEvent.id == newest_event())
        .outerjoin(Account, Account.id == ValueEvent.done_by)
        .where(Value.id.in_(ids))
        .order_by(Value.id)
    )
    after = (
        select(later.supersedes, Batch.kind, later.entered_at, Account.name)
        .join(Batch, Batch.id == later.batch_id)
        .outerjoin(Account, Account.id == later.entered_by)
        .where(later.supersedes.in_(ids))
        .order_by(later.id)
    )
    found = {
        value: Deed(event.act, event.reason, who or "", event.done_at) for value, event, who in session.execute(steps)
    }
    overtaken = {value: Deed(kind, "", who or "", at) for value, kind, at, who in session.execute(after) if value}
    return found | overtaken


def submissions_for_update(session: Session, *, cycle: int, units: Collection[str]) -> list[Submission]:
    """The forms that some units have handed in, in the order of their codes (1 query)."""
    query = select(Submission).where(
        Submission.cycle_id == cycle, Submission.unit.in_(units), Submission.state != State.DRAFT
    )
    return list(session.scalars(query.order_by(Submission.unit)))


def states_by_unit(
    session: Session, *, cycle: int, year: int, units: Collection[str], figures: Collection[str]
) -> dict[str, frozenset[str]]:
    """The states in which the values of these figures stand, by unit (1 query)."""
    query = (
        select(Value.unit, Value.state)
        .where(Value.cycle_id == cycle, Value.year == year, Value.superseded_at.is_(None), Value.unit.in_(units))
        .where(Value.figure.in_(figures))
        .distinct()
        .order_by(Value.unit, Value.state)
    )
    found: dict[str, set[str]] = {}
    for unit, state in session.execute(query):
        found.setdefault(unit, set()).add(state)
    return {unit: frozenset(states) for unit, states in found.items()}


def certified_cells(session: Session, *, cycle: int, year: int, unit: str) -> frozenset[FieldKey]:
    """The cells of a unit's form whose values are certified (1 query)."""
    query = (
        select(Value.figure, Value.period)
        .join(Submission, and_(Submission.cycle_id == Value.cycle_id, Submission.unit == Value.unit))
        .where(is_reported(cycle, year), Value.unit == unit, Value.state == Reported.CERTIFIED)
        .order_by(Value.id)
    )
    return frozenset(FieldKey(figure, period) for figure, period in session.execute(query))


def answer_for_update(session: Session, *, cycle: int, unit: str, cell: FieldKey) -> tuple[Draft, DraftAnswer] | None:
    """What stands in a unit's form for a figure and period, with its section (1 query)."""
    query = (
        select(Draft, DraftAnswer)
        .join(DraftAnswer, DraftAnswer.draft_id == Draft.id)
        .where(Draft.cycle_id == cycle, Draft.unit == unit)
        .where(DraftAnswer.figure == cell.figure, DraftAnswer.period == cell.period)
        .order_by(Draft.saved_at.desc(), Draft.id.desc())
        .limit(1)
    )
    found = session.execute(query).one_or_none()
    return None if found is None else (found[0], found[1])


def corrections_of(session: Session, *, cycle: int, unit: str) -> list[CorrectedValueRow]:
    """What a department corrected in a unit's form, newest first (1 query)."""
    before = aliased(Value)
    query = (
        select(Value, before, ValueEvent.reason, Account.name)
        .join(Batch, Batch.id == Value.batch_id)
        .join(before, before.id == Value.supersedes)
        .join(ValueEvent, and_(ValueEvent.value_id == Value.id, ValueEvent.act == CORRECTED))
        .outerjoin(Account, Account.id == Value.entered_by)
        .where(Value.cycle_id == cycle, Value.unit == unit, Batch.kind == CORRECTION)
        .order_by(Value.id.desc())
    )
    return [
        CorrectedValueRow(new.figure, new.period, stored(old), stored(new), reason, who or "", new.entered_at)
        for new, old, reason, who in session.execute(query)
    ]


def waiting_of(session: Session, *, cycle: int, year: int, figures: Collection[str]) -> tuple[int, datetime | None]:
    """How many values of some figures wait to be certified, and since when the oldest does (1 query)."""
    query = (
        select(func.count(), func.min(Submission.submitted_at))
        .select_from(Value)
        .join(Submission, and_(Submission.cycle_id == Value.cycle_id, Submission.unit == Value.unit))
        .where(is_reported(cycle, year), Value.figure.in_(figures), Value.state == Reported.REPORTED)
    )
    count, oldest = session.execute(query).one()
    return count, oldest


def authors_of(session: Session, *, cycle: int, units: Collection[str]) -> dict[str, frozenset[int]]:
    """The accounts that filled in or handed in the forms of some units (1 query)."""
    work = authorship(cycle)
    found: dict[str, set[int]] = {}
    for unit, account in session.execute(select(work).where(work.c.unit.in_(units)).order_by(*work.c)):
        found.setdefault(unit, set()).add(account)
    return {unit: frozenset(accounts) for unit, accounts in found.items()}


def units_filled_in_by(session: Session, *, cycle: int, account: int) -> frozenset[str]:
    """The units whose forms a person filled in or handed in, for whomever they work now (1 query)."""
    work = authorship(cycle)
    return frozenset(session.scalars(select(work.c.unit).where(work.c.account == account).order_by(work.c.unit)))


def authorship(cycle: int) -> Subquery:
    """Unit and account of everybody who saved, typed or handed in anything that units report in a year."""
    typed = (
        select(Draft.unit, DraftAnswer.typed_by)
        .join(DraftAnswer, DraftAnswer.draft_id == Draft.id)
        .where(Draft.cycle_id == cycle)
    )
    handed_in = (
        select(Submission.unit, SubmissionEvent.done_by)
        .join(SubmissionEvent, SubmissionEvent.submission_id == Submission.id)
        .where(Submission.cycle_id == cycle, SubmissionEvent.act == SUBMITTED)
    )
    saved = select(Draft.unit, Draft.saved_by.label("account")).where(Draft.cycle_id == cycle)
    return saved.union(typed, handed_in).subquery()
