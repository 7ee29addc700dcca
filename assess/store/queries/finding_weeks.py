"""Findings as a week found and left them: the histories of those that it changed, and the rest counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from assess.core.findings.history import Event
from assess.core.findings.listing import FindingView, span_of
from assess.core.findings.states import FindingStep, Relief
from assess.store.models import Finding, FindingEvent
from assess.store.records import select_records
from assess.store.session import Session


class WeekSpan(NamedTuple):
    """The time of a year's ledger between two moments, the second left out."""

    cycle: int
    begins: datetime
    ends: datetime


class SummaryRow(NamedTuple):
    """What a summary says of a finding: its ids and texts."""

    id: int
    number: int
    unit: str
    domain: str
    kind: str
    place: str
    what: str
    responsible: str
    deadline: date | None


class Rest(NamedTuple):
    """Findings of a unit and domain of which nothing was written since: open, overdue before, overdue at the end."""

    unit: str
    domain: str
    open: int
    overdue_before: int
    overdue: int


def is_changed(span: WeekSpan) -> ColumnElement[bool]:
    """Whether a finding was there before the end, and something was written of it since the beginning."""
    since = or_(Finding.recorded_at >= span.begins, Finding.changed_at >= span.begins)
    return and_(Finding.cycle_id == span.cycle, Finding.recorded_at < span.ends, since)


def is_unchanged(span: WeekSpan) -> ColumnElement[bool]:
    """Whether a finding was there at the beginning, and nothing was written of it since."""
    is_old = or_(Finding.changed_at.is_(None), Finding.changed_at < span.begins)
    return and_(Finding.cycle_id == span.cycle, Finding.recorded_at < span.begins, is_old)


def changed_findings(session: Session, span: WeekSpan) -> list[SummaryRow]:
    """Those that were there before the end and of which something was written since the beginning (1 query)."""
    return list(session.scalars(select_records(SummaryRow, Finding).where(is_changed(span)).order_by(Finding.id)))


def histories_of_changed(
    session: Session, span: WeekSpan
) -> Iterator[tuple[int, list[Event]]]:  # fmt: skip
    """The histories of the same until the end, by their ids in order; without the reasons (1 query)."""
    entry = FindingEvent
    columns = (entry.finding_id, entry.step, entry.done_by, entry.day, entry.entered_at, entry.deadline, entry.relief)
    query = (
        select(*columns)
        .join(Finding, Finding.id == entry.finding_id)
        .where(is_changed(span), entry.entered_at < span.ends)
        .order_by(entry.finding_id, entry.id)
    )
    for finding, rows in groupby(session.execute(query), key=lambda row: int(row[0])):
        yield finding, [event_from(row) for row in rows]


def event_from(row: Any) -> Event:
    """An entry of a history."""
    _finding, step, by, day, entered_at, deadline, relief = row
    return Event(STEPS[step], by, day, entered_at, deadline, None if relief is None else Relief(relief))


STEPS: Final = {step.value: step for step in FindingStep}


def rest_of(session: Session, span: WeekSpan, *, before: date, through: date) -> list[Rest]:
    """The open findings of which nothing was written since the beginning, by unit and domain (1 query)."""
    columns = (Finding.unit, Finding.domain)
    overdue = (func.count().filter(Finding.urgency < span_of(FindingView.OVERDUE, day)[1]) for day in (before, through))
    query = select(*columns, func.count(), *overdue).where(is_unchanged(span), is_open())
    found = session.execute(query.group_by(*columns))
    return [Rest(unit, domain, *(int(number) for number in numbers)) for unit, domain, *numbers in found]


def is_open() -> ColumnElement[bool]:
    """Whether a finding is open, as its urgency says."""
    least, after = span_of(FindingView.OPEN, date.min)
    return and_(Finding.urgency >= least, Finding.urgency < after)


def longest_overdue(session: Session, span: WeekSpan, *, through: date, most: int) -> list[SummaryRow]:
    """Of the same those that are overdue longest on a day, the longest first (1 query)."""
    least, after = span_of(FindingView.OVERDUE, through)
    query = select_records(SummaryRow, Finding).where(
        is_unchanged(span), Finding.urgency >= least, Finding.urgency < after
    )
    return list(session.scalars(query.order_by(Finding.urgency, Finding.number).limit(most)))


def repeats_linked(session: Session, span: WeekSpan) -> list[tuple[str, str, int]]:
    """How many findings were linked as repeats, by unit and domain (1 query)."""
    query = (
        select(Finding.unit, Finding.domain, func.count())
        .where(Finding.cycle_id == span.cycle, Finding.linked_at >= span.begins, Finding.linked_at < span.ends)
        .group_by(Finding.unit, Finding.domain)
    )
    return [(unit, domain, number) for unit, domain, number in session.execute(query)]
