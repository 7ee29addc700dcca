"""Fills an empty instance, step by step as an office would."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from assess.cli.demonstration import certifying, findings, judging, patrols, reports, requests, tasks
from assess.cli.demonstration.people import (
    DEPARTMENT,
    FIRST,
    SIGNING_IN,
    Shown,
    add_evaluators,
    add_offices,
    add_officials,
)
from assess.cli.reading import Paths
from assess.cli.scoring import make, write_results
from assess.core.actors import Actor
from assess.core.calendar import day_of
from assess.core.text import Text
from assess.core.timeline import Span
from assess.core.workflow import Stage
from assess.services import cycles, previous, rules, stages, task_lists, units
from assess.services.documents import Document, document_of, keep_document
from assess.services.years import Year, year_of
from assess.settings import Settings
from assess.store.queries.cycles import CycleRow, cycle_of_year
from assess.store.session import Database, Session

RULES: Final = Path(__file__).parents[3] / "rules" / "chaoyang-2026"
BEFORE: Final = RULES.parent / "chaoyang-2025"
YEAR: Final = 2026
TITLE: Final = Text("2026年街乡环境保护考核（示范）", "Assessment of 2026 (demonstration)")
LENGTHS: Final = {
    Stage.COLLECTING: timedelta(days=10),
    Stage.VERIFYING: timedelta(days=7),
    Stage.PROVISIONAL: timedelta(days=14),
    Stage.APPEALS: timedelta(days=10),
}
"""The dated stages, each with the days of the one after it."""
AHEAD: Final = timedelta(days=14)
"""Whenever it is filled, reporting stays open at least so long."""


def fill(database: Database, settings: Settings, now: datetime) -> list[Shown]:
    """Fill an empty instance with the demonstration year, all of it or nothing; gives who can sign in."""
    with database.writing() as session:
        people = add_offices(session, [secrets.token_urlsafe(9) for _ in SIGNING_IN], now)
        office = people["office"][0]
        cycle = set_up(session, office, settings.uploads, now)
        others = add_officials(session, office, year_of(session, cycle), now)
        officials = {**others, FIRST: people["official"][0]}
        evaluators = add_evaluators(session, office, year_of(session, cycle), now)
        evaluators[DEPARTMENT] = people["evaluator"][0]
        open_reporting(session, office, cycle, now)
        year = year_of(session, the_year(session))
        requests.set_teams(session, office, year, now)
        requests.attach(session, year.cycle, settings.uploads, list(officials.items())[-3:], now)
        reports.report(session, year, officials=officials, evaluator=evaluators[DEPARTMENT], now=now)
        certifying.decide(session, year, evaluators, now)
        judging.judge(session, year, evaluators, now)
        tasks.report(session, year, officials, now)
        patrols.record(session, year, officials, now)
        findings.keep(findings.Ledger(session, year, officials, evaluators, office, settings.uploads, now))
        requests.ask(session, year, officials, office, now)
        requests.remind(session, office, year.cycle, [FIRST, *year.units.codes[5:8]], now)
    return [shown for _, shown in people.values()]


def set_up(session: Session, office: Actor, folder: Path, now: datetime) -> CycleRow:
    """The year with its units, rule sheet, task list and last year's figures, open for reports."""
    cycles.create_year(session, office, year=YEAR, title=TITLE, now=now, demonstration=True)
    cycle = the_year(session)

    def kept(document: Document) -> Document:
        keep_document(session, office, folder=folder, document=document, now=now)
        return document

    units.accept_units(session, office, cycle=cycle, document=kept(document_of(RULES / "units.csv")), now=now)
    rules.load_rules(session, office, cycle=cycle, document=kept(document_of(RULES / "rule-sheet.yaml")), now=now)
    rules.publish_rules(session, office, cycle=cycle, number=1, now=now)
    task_lists.accept_tasks(session, office, cycle=cycle, document=kept(document_of(RULES / "tasks.yaml")), now=now)
    before = figures_before(year_of(session, cycle))
    previous.accept_figures(session, office, cycle=cycle, document=kept(before), now=now)
    previous.accept_results(session, office, cycle=cycle, document=kept(results_before()), now=now)
    return the_year(session)


def figures_before(year: Year) -> Document:
    """The figures of 2025 that the sheet of 2026 still has."""
    heading, *rows = (BEFORE / "figures.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if row.split(",")[1] in year.sheet.figures]
    return Document("figures-2025.csv", "".join([heading, *kept]).encode())


def results_before() -> Document:
    """The results of 2025, scored from the shipped figures."""
    paths = Paths(
        rules=BEFORE / "rule-sheet.yaml",
        units=BEFORE / "units.csv",
        figures=BEFORE / "figures.csv",
        previous=BEFORE / "figures-2024.csv",
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "results-2025.json"
        write_results(make(paths), (path,), "zh")
        return document_of(path)


def open_reporting(session: Session, office: Actor, cycle: CycleRow, now: datetime) -> None:
    """Stage dates around today, and the year opened."""
    begins, ends = date(YEAR, 1, 1), last_day(now)
    spans: dict[Stage, Span | None] = {}
    for stage, length in LENGTHS.items():
        spans[stage] = Span(begins, ends)
        begins, ends = ends + timedelta(days=1), ends + length
    stages.set_dates(session, office, cycle=cycle, spans=spans, now=now)
    stages.move_year(session, office, cycle=the_year(session), to=Stage.COLLECTING, now=now)


def the_year(session: Session) -> CycleRow:
    """The year as it stands."""
    cycle = cycle_of_year(session, year=YEAR)
    assert cycle is not None
    return cycle


def last_day(now: datetime) -> date:
    """The last day of reporting: 10 December, or two weeks from today where that is later."""
    return max(date(YEAR, 12, 10), day_of(now) + AHEAD)
