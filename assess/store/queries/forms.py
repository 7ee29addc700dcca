"""The officials' forms: drafts with their answers, submissions and what became of them, who may still report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm.attributes import flag_modified

from assess.core.workflow import SubmissionState as State
from assess.store.base import Json
from assess.store.models import (
    Account,
    Answer,
    Draft,
    Reopening,
    Submission,
    SubmissionEvent,
    Unit,
    Value,
)
from assess.store.queries.reopenings import still_open
from assess.store.records import select_records
from assess.store.session import Session

SUBMITTED, WITHDRAWN, RETURNED, CERTIFIED = "submitted", "withdrawn", "returned", "certified"
"""What the steps of a submission are called in its history."""


class FieldKey(NamedTuple):
    """The figure and period of one field."""

    figure: str
    period: str


@dataclass(frozen=True)
class DraftRow:
    """One section as it was saved last; `version` 0 where it never was. `authors` typed what stands there."""

    section: str
    version: int = 0
    saved_by: int = 0
    saver: str = ""
    saved_at: datetime | None = None
    texts: dict[FieldKey, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    authors: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class SubmissionRow:
    """Where a unit's form stands; `reopened_until` is the last day for which the unit alone was reopened.

    `sent_back` is what was noted when the form was returned last, `filled` how many fields its drafts hold a value for.
    """

    unit: str
    state: State = State.DRAFT
    version: int = 0
    times: int = 0
    receipt: str | None = None
    leader: str | None = None
    submitted_by: int | None = None
    submitter: str = ""
    submitted_at: datetime | None = None
    returned_reason: str | None = None
    sent_back: Json | None = None
    returned_at: datetime | None = None
    reopened_until: date | None = None
    filled: int = 0

    @property
    def returned_figures(self) -> tuple[str, ...]:
        """The figures that the unit was asked to correct; none where the whole form was returned."""
        return tuple((self.sent_back or {}).get("figures", ()))


class SubmissionEventRow(NamedTuple):
    """One step of a submission."""

    act: str
    reason: str | None
    receipt: str | None
    leader: str | None
    answers: Json | None
    who: str
    when: datetime


def drafts_of(session: Session, *, cycle: int, units: Collection[str]) -> dict[str, dict[str, DraftRow]]:
    """The drafts of some units by unit and section (1 query)."""
    query = (
        select(Draft, Account.name, Answer)
        .join(Account, Account.id == Draft.saved_by)
        .outerjoin(Answer, Answer.draft_id == Draft.id)
        .where(Draft.cycle_id == cycle, Draft.unit.in_(units))
        .order_by(Draft.unit, Draft.section, Answer.figure, Answer.period)
    )
    found: dict[str, dict[str, DraftRow]] = {unit: {} for unit in units}
    for draft, saver, answer in session.execute(query):
        sections = found[draft.unit]
        if draft.section not in sections:
            sections[draft.section] = DraftRow(draft.section, draft.version, draft.saved_by, saver, draft.saved_at)
        if answer is not None and answer.text:
            sections[draft.section].texts[FieldKey(answer.figure, answer.period)] = answer.text
            sections[draft.section].authors.add(answer.typed_by)
        if answer is not None and answer.remark:
            sections[draft.section].remarks[answer.figure] = answer.remark
    return found


def draft_for_update(session: Session, *, cycle: int, unit: str, section: str) -> Draft | None:
    """The draft of a section (1 query)."""
    query = select(Draft).where(Draft.cycle_id == cycle, Draft.unit == unit, Draft.section == section)
    return session.scalars(query).one_or_none()


def note_saved(draft: Draft, *, by: int, at: datetime) -> None:
    """Say who saved a draft last; its version goes up even where the same person saves in the same instant."""
    draft.saved_by, draft.saved_at = by, at
    flag_modified(draft, "saved_at")


def answers_for_update(session: Session, *, draft: int) -> list[Answer]:
    """The answers of a draft (1 query)."""
    query = select(Answer).where(Answer.draft_id == draft).order_by(Answer.figure, Answer.period)
    return list(session.scalars(query))


def submissions_of(
    session: Session, *, cycle: int, units: Collection[str] | None = None, today: date
) -> dict[str, SubmissionRow]:
    """Where the forms of some units, or of all, stand; units that never submitted too (1 query)."""
    query = (
        select_records(
            SubmissionRow,
            Unit,
            Submission,
            unit=Unit.code,
            state=func.coalesce(Submission.state, State.DRAFT.value),
            version=func.coalesce(Submission.version, 0),
            times=func.coalesce(Submission.times, 0),
            submitter=func.coalesce(Account.name, ""),
            sent_back=SubmissionEvent.answers,
            returned_at=SubmissionEvent.done_at,
            reopened_until=reopened_until(today),
            filled=filled_fields(),
        )
        .outerjoin(Submission, (Submission.cycle_id == Unit.cycle_id) & (Submission.unit == Unit.code))
        .outerjoin(Account, Account.id == Submission.submitted_by)
        .outerjoin(SubmissionEvent, SubmissionEvent.id == newest_return())
        .where(Unit.cycle_id == cycle)
        .order_by(Unit.place)
    )
    if units is not None:
        query = query.where(Unit.code.in_(units))
    return {row.unit: row for row in session.scalars(query)}


def reopened_until(today: date) -> ScalarSelect[date]:
    """The last day for which a unit is reopened."""
    return (
        select(func.max(Reopening.until))
        .where(Reopening.cycle_id == Unit.cycle_id, Reopening.unit == Unit.code)
        .where(still_open(today))
        .scalar_subquery()
    )


def filled_fields() -> ScalarSelect[int]:
    """How many fields of a unit's drafts hold a value."""
    return (
        select(func.count())
        .select_from(Draft)
        .join(Answer, Answer.draft_id == Draft.id)
        .where(Draft.cycle_id == Unit.cycle_id, Draft.unit == Unit.code, Answer.text != "")
        .scalar_subquery()
    )


def newest_return() -> ScalarSelect[int]:
    """The event by which a submission was sent back last."""
    return (
        select(func.max(SubmissionEvent.id))
        .where(SubmissionEvent.submission_id == Submission.id, SubmissionEvent.act == RETURNED)
        .correlate(Submission)
        .scalar_subquery()
    )


def submission_for_update(session: Session, *, cycle: int, unit: str) -> Submission | None:
    """The submission of a unit (1 query)."""
    query = select(Submission).where(Submission.cycle_id == cycle, Submission.unit == unit)
    return session.scalars(query).one_or_none()


def lock_unit_reports(session: Session, *, cycle: int, unit: str) -> None:
    """Let nobody else save, submit or return the form of this unit before the transaction ends (1 query)."""
    session.execute(select(Unit.id).where(Unit.cycle_id == cycle, Unit.code == unit).with_for_update())


def events_of(session: Session, *, cycle: int, unit: str) -> list[SubmissionEventRow]:
    """What became of a unit's form, newest first (1 query)."""
    query = (
        select_records(SubmissionEventRow, SubmissionEvent, who=Account.name, when=SubmissionEvent.done_at)
        .join(Submission, Submission.id == SubmissionEvent.submission_id)
        .join(Account, Account.id == SubmissionEvent.done_by)
        .where(Submission.cycle_id == cycle, Submission.unit == unit)
        .order_by(SubmissionEvent.id.desc())
    )
    return list(session.scalars(query))


def values_of_parts(
    session: Session, *, cycle: int, year: int, figures: Collection[str], parts: Collection[str]
) -> list[Value]:
    """The values that count now of some figures and parts, whichever unit they stand with (1 query)."""
    query = (
        select(Value)
        .where(Value.cycle_id == cycle, Value.year == year, Value.superseded_at.is_(None))
        .where(Value.figure.in_(figures), Value.period.in_(parts))
        .order_by(Value.figure, Value.period)
    )
    return list(session.scalars(query))


def values_for_update(session: Session, *, cycle: int, year: int, unit: str, figures: Collection[str]) -> list[Value]:
    """The values that count now of some figures of a unit (1 query)."""
    query = (
        select(Value)
        .where(Value.cycle_id == cycle, Value.year == year, Value.unit == unit, Value.superseded_at.is_(None))
        .where(Value.figure.in_(figures))
        .order_by(Value.figure, Value.period)
    )
    return list(session.scalars(query))
