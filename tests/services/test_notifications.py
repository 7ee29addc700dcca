"""Notifications: who is told of what by email, and what another system is called with."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import update

from assess.core.notifications import SUBJECT, NotificationEvent, Webhook
from assess.core.workflow import Stage
from assess.services import notifications
from assess.services.webhook import NOT_TAKEN
from assess.settings import Settings
from assess.store.models import Account, StageDate
from assess.store.queries.jobs import recent_jobs
from assess.store.session import Database
from assess.worker import Worker, kinds_of
from tests.guarded import spare_port
from tests.mail import Mailbox
from tests.services.appeals import a_noticed_year, lodge, rule
from tests.services.forms import SOIL, an_open_year, form_now, save, submit, year_2026
from tests.services.test_forms_submissions import send_back
from tests.years import CHAOWAI, JIANWAI, NOW, person

SECRET = "whsec_" + base64.b64encode(b"a secret of the two houses").decode()
OFFICIALS = {JIANWAI, "colleague"}
"""Who reports for the unit."""
ADDRESS = "https://assess.example"


class OtherSystem(ThreadingHTTPServer):
    """A real system on this machine; `answers` are the next statuses instead of 204."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        super().__init__(("127.0.0.1", spare_port()), Taking)

    @property
    def webhook(self) -> Webhook:
        """Where it is called."""
        return Webhook(f"http://127.0.0.1:{self.server_port}/in", SECRET)


class Taking(BaseHTTPRequestHandler):
    """Takes a call."""

    server: OtherSystem

    def do_POST(self) -> None:
        """Keep it, and answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Nothing."""


@pytest.fixture
def other_system() -> Iterator[OtherSystem]:
    """Another system of the house."""
    with OtherSystem() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


def worker(settings: Settings, database: Database, now: datetime) -> Worker:
    """A worker at a moment."""
    return Worker(database, kinds_of(settings), threading.Event(), clock=lambda _session: now)


def work_all(settings: Settings, database: Database, now: datetime = NOW) -> None:
    """What a worker does until there is nothing left to do: deadlines are noted first and told of then."""
    for _ in range(2):
        at_work = worker(settings, database, now)
        at_work.notify()
        while at_work.work_on_one():
            pass


def give_addresses(database: Database) -> None:
    """Everybody has an address."""
    with database.writing() as session:
        session.execute(update(Account).values(email=Account.username + "@assess.example"))


@pytest.fixture
def notifying(instance: Path, database_url: str, mailbox: Mailbox, other_system: OtherSystem) -> Settings:
    """An instance with a mail server and another system."""
    return Settings(
        instance=instance,
        database_url=database_url,
        smtp_url=mailbox.url,
        webhook=other_system.webhook,
        address=ADDRESS,
    )


def hand_in(database: Database, unit: str) -> None:
    """A unit submits a form with one answer."""
    official = person(database, unit)
    save(database, official, SOIL, unit=unit)
    submit(database, official, unit=unit)


def told(mailbox: Mailbox) -> set[tuple[str, str]]:
    """Who got an email of what."""
    return {(str(mail["To"]).partition("@")[0].rpartition("<")[2], str(mail["Subject"])) for mail in mailbox.messages}


def subject(event: NotificationEvent) -> str:
    return SUBJECT.format(year=2026, event=event.label).zh


def test_a_result_an_appeal_and_its_decision_are_told_to_those_they_concern(
    database: Database, instance: Path, notifying: Settings, mailbox: Mailbox, other_system: OtherSystem
):
    people = a_noticed_year(database, instance / "uploads")
    give_addresses(database)
    rule(database, people["deputy"], lodge(database, people[JIANWAI]), outcome="rejected")
    office = {"office", "deputy", "third"}

    work_all(notifying, database)
    work_all(notifying, database)

    released = {who for who, what in told(mailbox) if what == subject(NotificationEvent.RELEASED)}
    assert office | {JIANWAI, CHAOWAI} <= released
    assert {who for who, what in told(mailbox) if what == subject(NotificationEvent.APPEAL_LODGED)} == office
    assert {who for who, what in told(mailbox) if what == subject(NotificationEvent.APPEAL_DECIDED)} == OFFICIALS
    assert len(mailbox.messages) == len(told(mailbox))
    called = [json.loads(body) for _headers, body in other_system.calls]
    assert [(each["type"], each["data"]["unit"], each["data"]["address"]) for each in called] == [
        ("result.released", None, f"{ADDRESS}/2026/"),
        ("appeal.lodged", JIANWAI, f"{ADDRESS}/2026/"),
        ("appeal.decided", JIANWAI, f"{ADDRESS}/2026/"),
    ]


def test_a_form_sent_back_is_told_to_its_unit_with_the_reason_and_the_call_is_signed(
    database: Database, notifying: Settings, mailbox: Mailbox, other_system: OtherSystem
):
    an_open_year(database)
    give_addresses(database)
    hand_in(database, JIANWAI)
    send_back(database, person(database, "office"), reason="核对{台账}")

    work_all(notifying, database)

    assert told(mailbox) == {(each, subject(NotificationEvent.FORM_RETURNED)) for each in OFFICIALS}
    text = mailbox.messages[0].get_content()
    assert "核对{台账}" in text
    assert f"{ADDRESS}/2026/" in text
    ((headers, body),) = other_system.calls
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(b"a secret of the two houses", signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
    assert json.loads(body)["data"]["unit"] == JIANWAI


def test_units_that_have_not_submitted_are_told_a_week_and_a_day_before_the_last_day(
    database: Database, notifying: Settings, mailbox: Mailbox
):
    an_open_year(database)
    give_addresses(database)
    hand_in(database, JIANWAI)
    with database.writing() as session:
        dates = update(StageDate).where(
            StageDate.cycle_id == year_2026(session).id, StageDate.stage == Stage.COLLECTING
        )
        session.execute(dates.values(ends=(NOW + timedelta(days=8)).date()))

    counts = []
    for day in range(11):
        work_all(notifying, database, NOW + timedelta(days=day))
        counts.append(len(mailbox.messages))

    units = {who for who, _what in told(mailbox)}
    each = len(units)
    assert counts == [0, *[each] * 6, *[2 * each] * 4]
    assert CHAOWAI in units
    assert JIANWAI not in units


def test_a_system_in_trouble_is_called_again_and_a_rejection_or_a_redirect_is_for_good(
    database: Database, instance: Path, database_url: str, other_system: OtherSystem
):
    settings = Settings(instance=instance, database_url=database_url, webhook=other_system.webhook)
    an_open_year(database)
    for unit in (JIANWAI, CHAOWAI):
        hand_in(database, unit)
        send_back(database, person(database, "office"), unit=unit)
    other_system.answers = [503, 302]

    work_all(settings, database)
    work_all(settings, database, NOW + timedelta(minutes=5))

    with database.reading() as session:
        calls = [job for job in recent_jobs(session) if job.kind == "webhook"]
    assert {(job.state, job.message) for job in calls} == {("done", None), ("failed", NOT_TAKEN.format(status=302))}
    ids = [headers["webhook-id"] for headers, _body in other_system.calls]
    assert (len(ids), len(set(ids))) == (3, 2)


def test_nobody_is_told_of_what_is_long_over_and_nothing_is_asked_for_where_nothing_is_set(
    database: Database, instance: Path, database_url: str, notifying: Settings, mailbox: Mailbox
):
    an_open_year(database)
    give_addresses(database)
    hand_in(database, JIANWAI)
    send_back(database, person(database, "office"))

    work_all(Settings(instance=instance, database_url=database_url), database)
    work_all(notifying, database, NOW + timedelta(days=3))

    with database.reading() as session:
        assert recent_jobs(session) == []
    assert mailbox.messages == []


def test_two_workers_notify_once(database: Database, notifying: Settings):
    an_open_year(database)
    hand_in(database, JIANWAI)
    send_back(database, person(database, "office"))

    with database.writing() as session:
        first = notifications.ask_due(session, now=NOW)
    with database.writing() as session:
        second = notifications.ask_due(session, now=NOW)

    assert (len(first), second) == (1, [])
    assert form_now(database, person(database, JIANWAI)).row.returned_reason
