"""A served instance in which every page has something to show: two years, drafts, requests, files, jobs."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from assess.core.actors import Actor, Role
from assess.core.errors import Refused
from assess.core.obligations.reports import TypedReport
from assess.core.text import Text
from assess.core.workflow import Stage
from assess.services import accounts, jobs
from assess.services.accounts import Duty
from assess.services.completeness import remind
from assess.services.documents import UploadedFile
from assess.services.evidence import Incoming, attach_to_figure, keep_files
from assess.services.obligations import report_obligation
from assess.services.obligations.files import attach_to_task
from assess.services.panels import Typed, give_marks, name_members
from assess.services.previous import accept_figures
from assess.services.requests.exclusions import ask_exclusion
from assess.services.requests.exemptions import ask_exemption
from assess.services.tokens import give_token
from assess.settings import Settings
from assess.store.models import Reopening, StageDate, TeamMember
from assess.store.queries.accounts import account_called
from assess.store.queries.cycles import CycleRow
from assess.store.queries.obligations import obligations_of
from assess.store.session import Database, Session
from assess.web.app import create_app
from assess.worker import Worker
from tests.furnished import furnished
from tests.services.appeals import lodged_at_any_stage
from tests.services.archives import archived_at_any_stage
from tests.services.evidence import FIGURE, a_pdf
from tests.services.finding_imports import FIRST as EXPORTED
from tests.services.finding_imports import an_export, several_files
from tests.services.findings import a_photo
from tests.services.forms import SOIL, dated, save, submit
from tests.services.handovers import hand_at_any_stage
from tests.services.imports import FIRST, QUOTA, a_book, accepted, checked
from tests.services.seals import a_sealed_run
from tests.services.setting_up import a_new_year
from tests.web.conftest import client_of
from tests.web.house_findings import find_things, walk_a_round
from tests.years import CHAOWAI, JIANWAI, PASSWORD, a_person, a_year, people, person

WHOM = ("office", JIANWAI, CHAOWAI, "evaluator", "leader", "receiver", "")
"""One account of each role, one official whose form is submitted, and nobody."""
TASK = "4"
NOW = datetime.now(UTC)


@dataclass(frozen=True)
class House:
    """The service, the cookie of each person, a one-time link that still works."""

    app: Flask
    settings: Settings
    link: str
    cookies: dict[str, str] = field(default_factory=dict)


def a_full_house(settings: Settings) -> House:
    """Fill an empty instance, or copy what filled another one; serve it, and sign everybody in."""
    database = Database(settings.database_url)
    settings.uploads.mkdir(exist_ok=True)
    link = furnished(database, settings.instance, "a full house", lambda: fill_house(database, settings))
    house = House(create_app(settings), settings, link)
    for username in WHOM:
        house.cookies[username] = cookie_of(house.app, database, username)
    database.close()
    return house


def fill_house(database: Database, settings: Settings) -> str:
    """Fill an empty instance; gives a one-time link that still works."""
    with database.writing() as session:
        cycle = a_year(session, units=3)
        dated(session)
        session.query(StageDate).filter(StageDate.stage == Stage.VERIFYING).update({StageDate.ends: date(2101, 1, 1)})
        known = people(session)
        a_person(session, "second", Duty(Role.OFFICE))
        a_new_year(session, 2027)
    fill_forms(database)
    fill_tasks(database, settings.uploads, cycle, known[JIANWAI])
    ask_for_things(database, cycle, known)
    supply_figures(database, settings.uploads, cycle, known)
    judge_something(database, cycle, known)
    find_things(database, settings.uploads, known, now=NOW)
    several_files(database, settings.uploads, now=NOW)
    walk_a_round(database, known, now=NOW)
    a_sealed_run(database, known["office"], settings.uploads, now=NOW)
    archived_at_any_stage(database, known["office"], settings.uploads)
    lodged_at_any_stage(database, settings.uploads, known, now=NOW)
    hand_at_any_stage(database, known["office"], settings.uploads)
    give_a_token(database, known)
    fail_a_job(database, known["office"])
    set_a_password(database, "office")
    return let_somebody_go(database, known["office"])


def cookie_of(app: Flask, database: Database, username: str) -> str:
    """What the browser of somebody sends once signed in; of nobody, once the sign-in page was opened."""
    client = client_of(app, database, username) if username else app.test_client()
    client.get("/account" if username else "/sign-in")
    cookie = client.get_cookie("assess")
    assert cookie is not None
    return f"assess={cookie.value}; language=en"


def fill_forms(database: Database) -> None:
    """A draft of one street; another has submitted."""
    save(database, person(database, JIANWAI), SOIL, remarks={"hazard_ledger": "see the ledger"}, now=NOW)
    save(database, person(database, CHAOWAI), SOIL, unit=CHAOWAI, now=NOW)
    submit(database, person(database, CHAOWAI), unit=CHAOWAI, now=NOW)


def fill_tasks(database: Database, uploads: Path, cycle: CycleRow, official: Actor) -> None:
    """Files of a figure and of a task, and a report on that task."""
    with database.writing() as session:
        kept = keep_files(session, official, folder=uploads, files=[Incoming("proof.pdf", a_pdf())], now=NOW)
        claims = [file.sha256 for file in kept.files]
        about = {"cycle": cycle, "unit": JIANWAI, "claims": claims, "note": "page 1", "now": NOW}
        attach_to_figure(session, official, figure=FIGURE, **about)
        attach_to_task(session, official, task=TASK, **about)
        row = obligations_of(session, cycle=cycle.id, units=[JIANWAI], tasks=[TASK])[0]
        typed = TypedReport("started", "40", "", "walked")
        report_obligation(
            session, official, cycle=cycle, unit=JIANWAI, task=TASK, period="2026-11", typed=typed, seen=row.version,
            now=datetime(2026, 11, 24, 2, 0, tzinfo=UTC),
        )  # fmt: skip


def ask_for_things(database: Database, cycle: CycleRow, known: dict[str, Actor]) -> None:
    """An exemption, an exclusion, a reopening, a member of a team, a reminder."""
    with database.writing() as session:
        item = an_item(session, cycle)
        ask_exemption(session, known[JIANWAI], cycle=cycle, unit=JIANWAI, item=item, reason="none here", now=NOW)
        ask_exclusion(
            session, known[JIANWAI], cycle=cycle, unit=JIANWAI, figure=FIGURE, period="", reason="a flood", now=NOW
        )
        session.add(
            Reopening(
                cycle_id=cycle.id, unit=CHAOWAI, department=None, until=date(2100, 1, 1), reason="a flood",
                opened_by=known["office"].account, opened_at=NOW, closed_at=None,
            )
        )  # fmt: skip
        session.add(TeamMember(cycle_id=cycle.id, unit=JIANWAI, post="party-secretary", name="王建国"))
        remind(session, known["office"], cycle=cycle, units=[JIANWAI], words="soon", server=None, now=NOW)


def an_item(session: Session, cycle: CycleRow) -> str:
    """The first item of the year's sheet."""
    # the sheet is read as the service reads it
    from assess.services.requests.exemptions import items_by_id
    from assess.services.years import year_of

    return next(iter(items_by_id(year_of(session, cycle).sheet)))


def supply_figures(database: Database, uploads: Path, cycle: CycleRow, known: dict[str, Actor]) -> None:
    """Three files of the water bureau: accepted, flawed, and waiting with a suspicious value that nobody explained."""
    before = UploadedFile("before.csv", f"unit,figure,period,value\n{CHAOWAI},{QUOTA},,100\n".encode())
    with database.writing() as session:
        accept_figures(session, known["office"], cycle=cycle, document=before, now=NOW, reason="a correction")
    accepted(database, known["evaluator"], uploads, a_book(*FIRST), NOW)
    checked(database, known["evaluator"], uploads, a_book(["建外街道", "many", 800], name="flawed.xlsx"), NOW)
    checked(database, known["evaluator"], uploads, a_book(["朝外街道", 97, 700], name="waiting.xlsx"), NOW)


def judge_something(database: Database, cycle: CycleRow, known: dict[str, Actor]) -> None:
    """A panel of two, one of whom has judged a street."""
    about: dict[str, Any] = {"cycle": cycle, "figure": "carbon_panel", "now": NOW}
    with database.writing() as session:
        members = [known["office"].account, known["evaluator"].account]
        name_members(session, known["office"], accounts=members, **about)
        typed = {CHAOWAI: Typed("4", "as last year", 0)}
        give_marks(session, known["evaluator"], period="2026", typed=typed, **about)


def give_a_token(database: Database, known: dict[str, Actor]) -> None:
    """A token of the water bureau."""
    about: dict[str, Any] = {"holder": known["evaluator"].account, "department": "water-bureau", "name": "a system"}
    with database.writing() as session:
        give_token(session, known["office"], ends=date(NOW.year + 1, 1, 1), now=NOW, **about)


def fail_a_job(database: Database, office: Actor) -> None:
    """A mail that is refused for good."""

    def refuse(_needed: object, _progress: object) -> None:
        raise Refused(Text("拒收", "refused"))

    with database.writing() as session:
        jobs.ask(session, office, kind="mail", arguments={"mail": 1}, now=NOW)
    kind = jobs.JobType(lambda _session, _arguments: None, refuse, lambda *_: None)
    Worker(database, {"mail": kind}, threading.Event()).work_on_one()


def set_a_password(database: Database, username: str) -> None:
    """A person who can sign in by the page."""
    with database.writing() as session:
        account = account_called(session, username)
        assert account is not None
        accounts.set_password(session, account, PASSWORD)


def let_somebody_go(database: Database, office: Actor) -> str:
    """One account that is closed, and a one-time link of another."""
    with database.writing() as session:
        leaver = a_person(session, "leaver", Duty(Role.LEADER))
        account = account_called(session, "leaver")
        assert account is not None
        accounts.close_account(session, office, account=leaver.account, seen=account.version, successor=None, now=NOW)
        newcomer = a_person(session, "newcomer", Duty(Role.LEADER))
        return accounts.make_link(session, office, account=newcomer.account, now=NOW)


NEW_PASSWORD = {"password": "four words of mine", "again": "four words of mine"}
CORRECTED = {"reason": "a correction"}
FILLED: dict[str, dict[str, Any]] = {
    **{f"{page}.preview": CORRECTED for page in ("rules", "task_lists", "units")},
    **{f"previous.preview_{what}": CORRECTED for what in ("figures", "results")},
    "accounts.change_password": {"old": PASSWORD, **NEW_PASSWORD},
    "accounts.set_password": NEW_PASSWORD,
    "accounts.sign_in": {"username": "office", "password": PASSWORD},
    "certifying.correct": {"text": "40", "reason": "counted again"},
    "completeness.matrix": {"units": [JIANWAI], "words": "soon"},
    "cycles.create": {"year": "2030", "title_zh": "2030年考核", "title_en": "Assessment of 2030"},
    "imports.explain_all": {"words": "counted again"},
    "exclusions.ask": {"unit": CHAOWAI, "reason": "a flood"},
    "exemptions.ask": {"unit": CHAOWAI, "reason": "none here"},
    **{page: {"ruling": "seen"} for page in ("exclusions.show", "exemptions.show")},
    "finding_imports.decide": {"step": "refuse", "reason": "it is the right one"},
    "finding_imports.withdraw": {"reason": "the wrong file"},
    "finding_photos.photos": {"note": "the gate"},
    "finding_repeats.unlink": {"reason": "another place"},
    "finding_recording.new": {"what": "dust", "place": "the gate", "found_on": "2026-11-20"},
    "patrols.new": {"chief": "王河长", "day": "2026-11-21", "starts": "9:00", "ends": "9:30", "kilometres": "2"},
    "patrols.withdraw": {"reason": "entered twice"},
    "findings.finding": {"deadline": "2099-12-31", "reason": "seen"},
    "forms.check": {"leader": "王建国"},
    "leadership.month_day": {"day": "15"},
    "obligations.report": {"words-1": "walked"},
    "obligations.task": {"words": "walked"},
    "panels.close": {"reason": "in a hurry"},
    "panels.judge": {f"points-{JIANWAI}": "4", f"reason-{JIANWAI}": "well done"},
    "panels.remove": {"given": "drop", "reason": "moved"},
    "people.person": {"name": "王小明"},
    "people.add": {"username": "somebody", "name": "王", "roles": ["leader"]},
    "reopenings.listing": {"whom": f"unit:{JIANWAI}", "until": "2100-06-01", "reason": "a flood"},
    "runs.new": {"words": "once more"},
    "stages.dates": {"reason": "a flood"},
    "stages.move": {"reason": "all reported"},
    "stages.request": {"ruling": "seen"},
    **{page: {"reason": "count again"} for page in ("certifying.send_back", "submissions.send_back")},
    "teams.add": {"unit": CHAOWAI, "name": "王建国"},
    "tokens.give": {"name": "another system", "ends": f"{NOW.year + 1}-01-01"},
    "units.show": {"name_zh": "新街道", "name_en": "New Street", "begins": "2026-12-01", "reason": "as decided"},
}
"""What is typed in a form so that it is accepted, by the endpoint."""
FILES: dict[str, tuple[str, str, bytes]] = {
    "checks.show": ("file", "card.pdf", a_pdf("card")),
    "evidence.figure": ("files", "more.pdf", a_pdf("more")),
    "evidence.signed": ("files", "signed.pdf", a_pdf("signed")),
    "finding_imports.index": ("file", "hotline.xlsx", an_export(*EXPORTED).data),
    "finding_photos.photos": ("photos", "more.jpg", a_photo(colour="grey")),
    "finding_recording.new": ("photos", "wall.jpg", a_photo(colour="black")),
    "findings.finding": ("photos", "done.jpg", a_photo(colour="blue")),
    "imports.department": ("file", "water.xlsx", a_book(*FIRST).data),
    "obligation_files.files": ("files", "task.pdf", a_pdf("task")),
}
"""Which file comes with a form that needs one."""
