"""Reporting in the demonstration: a year that goes on, half done, and one that was reported on to its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from assess.cli.demonstration import certifying, evidence, findings, judging, patrols, reports, requests, tasks
from assess.cli.demonstration.filling import Act, YearFilling
from assess.cli.demonstration.finding_plans import FindingPlan, plans, plans_of_a_year_over
from assess.cli.demonstration.people import DEPARTMENT, FIRST
from assess.core.calendar import day_of
from assess.core.runs.kinds import RunKind
from assess.core.workflow import Stage
from assess.services import runs
from assess.services.runs import monthly

RANKED: Final = "演示：阶段排名 / Demonstration: interim ranking"
RANKING_DAY: Final = 5
"""On this day of each month of the second half of a year that is over an interim ranking was made."""


def name_teams(filling: YearFilling) -> None:
    """A leadership team for each unit."""
    with filling.acting() as (session, year):
        requests.set_teams(session, filling.people.office, year, filling.days.set_up(45))


def ledger(filling: YearFilling, planned: list[FindingPlan]) -> findings.Ledger:
    """The ledger of findings, in which nothing stands yet."""
    return findings.Ledger(planned, filling.people, filling.settings.uploads, filling.days.now)


def happen(of: findings.Ledger, since: date, until: date, filling: YearFilling) -> None:
    """What was found, walked and reported after a day up to another, month by month."""
    people = filling.people
    with filling.acting() as (session, year):
        while since < until:
            last = min(until, end_of_month(since + timedelta(days=1)))
            patrols.record(session, year, people.officials, since, last)
            of.go_on(session, year, last)
            tasks.report_in_time(session, year, people.officials[FIRST], FIRST, since=since, until=last)
            since = last


def end_of_month(day: date) -> date:
    """The last day of the month of a day."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def going_on(filling: YearFilling) -> Iterator[Act]:
    """A year that goes on: every form as far as it has come, files that are accepted, flawed and waiting."""
    days, today = filling.days, day_of(filling.days.now)
    planned = plans(FIRST, filling.material.codes, today, days.year)
    yield name_teams
    yield partial(happen, ledger(filling, planned), days.opened, today)
    yield from (walk_lately, report_so_far, certify_some, judge_some, ask_for_things)
    for sendings in (evidence.first_files, evidence.later_files):
        yield partial(evidence.send_files, sendings=sendings, now=days.now)
    yield rank


def walk_lately(filling: YearFilling) -> None:
    """A round of yesterday on which nothing was found."""
    with filling.acting() as (session, year):
        yesterday = day_of(filling.days.now) - timedelta(days=1)
        day = min(yesterday, date(filling.days.year, 12, 31))
        if day > filling.days.opened:
            patrols.record_newest(session, year, filling.people.officials[FIRST], day)


def report_so_far(filling: YearFilling) -> None:
    """The forms and the reports on tasks, as far as they have come."""
    people, now = filling.people, filling.days.now
    with filling.acting() as (session, year):
        requests.attach(session, year.cycle, filling.settings.uploads, list(people.officials.items())[-3:], now)
        figures = reports.figures_of(year, filling.material.figures)
        for unit in reports.report(session, year, figures, people.officials, now):
            reports.give_back(session, year, people.evaluators[DEPARTMENT], unit, now)
        tasks.report(session, year, people.officials, now, tasks.so_far)


def certify_some(filling: YearFilling) -> None:
    """Part of what was reported is certified."""
    with filling.acting() as (session, year):
        certifying.decide(session, year, filling.people.evaluators, filling.days.now)


def judge_some(filling: YearFilling) -> None:
    """Two members of the panel have judged, one a part."""
    with filling.acting() as (session, year):
        judging.judge(session, year, filling.material, filling.people.evaluators, filling.days.now)


def ask_for_things(filling: YearFilling) -> None:
    """Requests that wait, and a reminder of some units."""
    people, now = filling.people, filling.days.now
    with filling.acting() as (session, year):
        requests.ask(session, year, people.officials, people.office, now)
        requests.remind(session, people.office, year.cycle, [FIRST, *year.units.codes[5:8]], now)


def rank(filling: YearFilling) -> None:
    """An interim ranking that the office asked for."""
    now = filling.days.now
    with filling.acting() as (session, year):
        runs.ask_run(session, filling.people.office, cycle=year.cycle, kind=RunKind.INTERIM, words=RANKED, now=now)
    filling.work(now)


def to_the_end(filling: YearFilling) -> Iterator[Act]:
    """A year reported on to its end: figures in summer, rankings from then on, and all forms by the last day."""
    days, year = filling.days, filling.days.year
    of = ledger(filling, plans_of_a_year_over(filling.material.codes, year))
    summer = date(year, 7, 1)
    yield name_teams
    yield partial(happen, of, days.opened, summer)
    yield partial(send_half_a_year, now=days.at(date(year, 7, 3)))
    since = summer
    for month in range(8, 13):
        day = date(year, month, RANKING_DAY)
        yield partial(happen, of, since, day)
        yield partial(rank_of_the_month, now=days.at(day, 1))
        since = day
    yield partial(happen, of, since, date(year, 12, 31))
    yield from (ask_for_exemption, report_at_the_end, report_on_tasks, send_back)


def ask_for_exemption(filling: YearFilling) -> None:
    """An item that does not apply to a unit, as the office agrees."""
    with filling.acting() as (session, year):
        unit, now = year.units.codes[-1], filling.days.before_end(Stage.COLLECTING, 12)
        people = filling.people
        requests.ask_exemption(session, year, people.officials[unit], unit, office=people.office, now=now)


def report_at_the_end(filling: YearFilling) -> None:
    """Every unit's form is submitted."""
    now = filling.days.before_end(Stage.COLLECTING, 6, 15)
    with filling.acting() as (session, year):
        figures = reports.figures_of(year, filling.material.figures)
        reports.report(session, year, figures, filling.people.officials, now, states=[reports.SUBMITTED])


def report_on_tasks(filling: YearFilling) -> None:
    """The last reports on the tasks of the year."""
    now = filling.days.before_end(Stage.COLLECTING, 5)
    with filling.acting() as (session, year):
        tasks.report(session, year, filling.people.officials, now, tasks.at_the_end)


def send_back(filling: YearFilling) -> None:
    """One form is returned, and submitted again."""
    people, days = filling.people, filling.days
    with filling.acting() as (session, year):
        unit = year.units.codes[0]
        reports.give_back(
            session, year, people.evaluators[DEPARTMENT], unit, days.before_end(Stage.COLLECTING, 4)
        )  # fmt: skip
        now = days.before_end(Stage.COLLECTING, 3)
        reports.submit(session, year, people.officials[unit], unit, now)


def send_half_a_year(filling: YearFilling, now: datetime) -> None:
    """The figures of the first half, and from now on a ranking each month."""
    evidence.send_files(filling, evidence.files_of_half_a_year, now)
    with filling.acting() as (session, year):
        monthly.set_day(session, filling.people.office, cycle=year.cycle, day=str(RANKING_DAY), now=now)


def rank_of_the_month(filling: YearFilling, now: datetime) -> None:
    """The interim ranking that is made by itself."""
    with filling.database.writing() as session:
        monthly.ask_due(session, now=now)
    filling.work(now)
