"""The weekly summary of findings: on screen, as a workbook and as a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound
from assess.core.findings.weekly import (
    LongOverdue,
    Week,
    WeekLine,
    Weekly,
    WeeklyFlow,
    passed,
    together,
    week_of,
    weeks_of,
)
from assess.core.text import Language, Text
from assess.services.findings.seeing import catalogue_in
from assess.services.years import Year, year_of
from assess.store.cache import cached
from assess.store.queries import finding_weeks as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.finding_weeks import SummaryRow, WeekSpan
from assess.store.session import Session

NO_WEEK: Final = Text("没有这一周的周报。", "There is no report for this week.")
MAX_OVERDUE: Final = 10
"""So many of those that are overdue longest are named."""

Counts = Mapping[tuple[str, str], WeeklyFlow]
"""What a week brought, by unit and domain."""


class Raw(NamedTuple):
    """A week in numbers and ids, with what was overdue longest at its end."""

    counts: Counts
    longest: Sequence[SummaryRow]


def weekly_of(session: Session, actor: Actor, *, cycle: CycleRow, week: Week, now: datetime) -> Weekly:
    """One week of all units (7 queries, 5 less where no finding changed since; one more where sheet or units changed).

    Raises:
        NotAllowed: the actor sees no findings of all units.
        NotFound: nothing of the year can have been written down in that week.
        Refused: no rule sheet is published.
    """
    actor.check_may(Right.SEE_ALL_FINDINGS)
    if week not in weeks_of(cycle.year, now):
        raise NotFound(NO_WEEK)
    year, through = year_of(session, cycle), week.through(now)
    key = ("findings of a week", cycle.id, year.findings, week, through)
    raw = cached(session, key, lambda: counted(session, cycle.id, week, through))
    catalogue = catalogue_in(session, year)
    names = {code: year.name_of(code) for code in year.units.codes}
    of_units = summed(raw.counts, 0)
    return Weekly(
        year=cycle.year,
        title=cycle.title,
        demonstration=cycle.demonstration,
        week=week,
        through=through,
        is_over=week.is_over(now),
        units=lines_of(of_units, names),
        domains=lines_of(summed(raw.counts, 1), catalogue.domains),
        longest=tuple(named(each, year, catalogue.kind_called(each.kind), through) for each in raw.longest),
        quiet=tuple(name for code, name in names.items() if not of_units.get(code, WeeklyFlow()).opened),
    )


def counted(session: Session, cycle: int, week: Week, through: date) -> Raw:
    """A week counted: what it changed by the histories, the rest as it stands since (5 queries)."""
    flows: dict[tuple[str, str], list[WeeklyFlow]] = {}
    span = WeekSpan(cycle, week.begins, week.ends)
    changed = {each.id: each for each in queries.changed_findings(session, span)}
    longest = queries.longest_overdue(session, span, through=through, most=MAX_OVERDUE)
    for finding, events in queries.histories_of_changed(session, span):
        about, (flow, standing) = changed[finding], passed(events, week, through)
        flows.setdefault((about.unit, about.domain), []).append(flow)
        if flow.overdue:
            longest.append(about._replace(deadline=standing.deadline))
    for rest in queries.rest_of(session, span, before=week.before, through=through):
        stood = WeeklyFlow(before=rest.open, left=rest.open, overdue_before=rest.overdue_before, overdue=rest.overdue)
        flows.setdefault((rest.unit, rest.domain), []).append(stood)
    for unit, domain, number in queries.repeats_linked(session, span):
        flows.setdefault((unit, domain), []).append(WeeklyFlow(repeated=number))
    longest.sort(key=lambda each: (each.deadline or date.max, each.number))
    return Raw({key: together(each) for key, each in flows.items()}, tuple(longest[:MAX_OVERDUE]))


def summed(counts: Counts, at: int) -> dict[str, WeeklyFlow]:
    """Counts added up by unit (0) or domain (1)."""
    found: dict[str, list[WeeklyFlow]] = {}
    for key, flow in counts.items():
        found.setdefault(key[at], []).append(flow)
    return {name: together(flows) for name, flows in found.items()}


def lines_of(flows: Mapping[str, WeeklyFlow], names: Mapping[str, Text]) -> tuple[WeekLine, ...]:
    """A line for each of these names and for what is none of them any more, worst first."""
    called = {**names, **{each: Text.same(each) for each in flows if each not in names}}
    lines = [WeekLine(name, flows.get(each, WeeklyFlow())) for each, name in called.items()]
    return tuple(sorted(lines, key=lambda line: (-line.flow.overdue, -line.flow.left)))


def named(about: SummaryRow, year: Year, kind: Text, day: date) -> LongOverdue:
    """A finding that is overdue on a day, in words."""
    deadline = about.deadline or day
    return LongOverdue(
        about.number, year.name_of(about.unit), kind, about.place, about.what, about.responsible, deadline,
        (day - deadline).days,
    )  # fmt: skip


def week_named(text: str) -> Week:
    """The week that an address names by its Monday.

    Raises:
        NotFound: the text is no such day.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotFound(NO_WEEK) from None
    week = week_of(day)
    if week.first.isoformat() != text:
        raise NotFound(NO_WEEK)
    return week


def weekly_book(weekly: Weekly, language: Language) -> bytes:
    """The summary as a workbook."""
    # slow library
    from assess.files.weekly.book import write_weekly_book

    stream = BytesIO()
    write_weekly_book(weekly, stream, language)
    return stream.getvalue()


def weekly_paper(weekly: Weekly, language: Language) -> bytes:
    """The summary as a document to print and sign."""
    # slow library
    from assess.files.weekly.pdf import write_weekly_pdf

    stream = BytesIO()
    write_weekly_pdf(weekly, stream, language)
    return stream.getvalue()
