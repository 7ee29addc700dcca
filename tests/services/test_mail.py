"""Mails: who gets one, how it travels to a real server, and what becomes of one that is refused."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from assess.core.actors import operator
from assess.core.errors import Refused
from assess.core.text import Text
from assess.services import ended_jobs, mail
from assess.services.mail import MailServer
from assess.settings import Settings
from assess.store.models import Account, Job, Mail
from assess.store.queries.jobs import recent_jobs
from assess.store.session import Database
from assess.worker import Worker, kinds_of
from tests.mail import Mailbox
from tests.years import NOW, a_person

SUBJECT = Text("催报：2026年考核还有3项未填", "Reminder: 3 figures of 2026 are missing")
WORDS = Text("三里屯街道：\n请于12月10日前填报。\n.", "Sanlitun:\nPlease report by 10 December.\n.")
SENDER = "office@assess.example"


def add_people(database: Database) -> dict[str, int]:
    """Wang reads Chinese, Li English; Zhao has no address, Qian has left."""
    numbers = {}
    with database.writing() as session:
        for username in ("wang", "li", "zhao", "qian"):
            person = a_person(session, username, name={"wang": "王芳"}.get(username, username))
            row = session.get_one(Account, person.account)
            row.email = None if username == "zhao" else f"{username}@street.example"
            row.language = "en" if username == "li" else "zh"
            row.closed_at = NOW if username == "qian" else None
            numbers[username] = row.id
    return numbers


def ask(database: Database, url: str | None, to: list[int], subject: Text = SUBJECT) -> list[int]:
    """Ask for mails as the office does."""
    server = mail.server_at(url, SENDER)
    with database.writing() as session:
        return mail.ask_mails(session, operator(), server=server, to=to, subject=subject, words=WORDS, now=NOW)


def worker(database: Database, database_url: str, instance, url: str | None) -> Worker:
    """A worker of an instance with this mail server."""
    settings = Settings(instance=instance, database_url=database_url, smtp_url=url, mail_from=SENDER)
    return Worker(database, kinds_of(settings), threading.Event())


def states(database: Database) -> list[tuple[str, int, Text | None]]:
    """How the jobs stand, oldest first."""
    with database.reading() as session:
        return [(job.state, job.attempts, job.message) for job in reversed(recent_jobs(session))]


def test_each_gets_a_mail_in_their_language(database: Database, database_url: str, instance, mailbox: Mailbox):
    people = add_people(database)
    asked = ask(database, mailbox.url, list(people.values()))
    assert asked == [people["wang"], people["li"]]

    at_work = worker(database, database_url, instance, mailbox.url)
    assert [at_work.work_on_one() for _ in range(3)] == [True, True, False]

    first, second = mailbox.wait_for(2)
    assert (first["To"], first["From"], first["Subject"]) == ("王芳 <wang@street.example>", SENDER, SUBJECT.zh)
    assert first.get_content().replace("\r\n", "\n") == WORDS.zh + "\n"
    assert (first.get_content_type(), first.get_content_charset()) == ("text/plain", "utf-8")
    assert (second["To"], second["Subject"]) == ("li <li@street.example>", SUBJECT.en)
    assert states(database) == [("done", 1, None), ("done", 1, None)]
    with database.reading() as session:
        kept = session.execute(select(Mail.message_id, Mail.sent_at.is_not(None)).order_by(Mail.id)).all()
    assert [tuple(row) for row in kept] == [(first["Message-ID"], True), (second["Message-ID"], True)]


def test_without_a_server_nothing_is_asked_for(database: Database):
    assert ask(database, None, list(add_people(database).values())) == []
    assert states(database) == []


def test_a_mail_sent_twice_after_a_death_bears_the_same_id(database, database_url: str, instance, mailbox: Mailbox):
    people = add_people(database)
    ask(database, mailbox.url, [people["wang"]])
    dying = worker(database, database_url, instance, mailbox.url)
    claim = dying.claim()
    assert claim is not None
    with database.reading() as session:
        needed = mail.read_mail(session, claim.arguments)
    mail.send_mail(MailServer(mailbox.url, SENDER), needed, lambda done, of: None)
    with database.writing() as session:
        session.execute(update(Job).values(leased_until=NOW - timedelta(days=400)))

    worker(database, database_url, instance, mailbox.url).work_on_one()

    first, second = mailbox.wait_for(2)
    assert first["Message-ID"] == second["Message-ID"]


def test_a_mail_that_was_sent_is_not_sent_again(database: Database, database_url: str, instance, mailbox: Mailbox):
    people = add_people(database)
    ask(database, mailbox.url, [people["wang"]])
    at_work = worker(database, database_url, instance, mailbox.url)
    at_work.work_on_one()
    with database.writing() as session:
        session.execute(update(Job).values(state="waiting"))

    at_work.work_on_one()

    assert len(mailbox.wait_for(1)) == 1


def test_a_busy_server_is_tried_again_and_a_refusal_is_for_good(database, database_url: str, instance, mailbox):
    people = add_people(database)
    ask(database, mailbox.url, [people["wang"], people["li"]])
    mailbox.refusals = ["451 try again later", "554 no spam here"]
    at_work = worker(database, database_url, instance, mailbox.url)
    at_work.work_on_one()
    at_work.work_on_one()

    assert states(database) == [
        ("waiting", 1, ended_jobs.WILL_RETRY.format(attempt=1)),
        ("failed", 1, Text("邮件服务器拒收：554 no spam here", "The mail server rejected the email: 554 no spam here")),
    ]
    with database.writing() as session:
        session.execute(update(Job).values(run_after=NOW - timedelta(days=400)))
    at_work.work_on_one()
    assert [each["To"] for each in mailbox.wait_for(1)] == ["王芳 <wang@street.example>"]


def test_an_unreachable_server_is_tried_again(database: Database, database_url: str, instance):
    people = add_people(database)
    ask(database, "smtp://127.0.0.1:1", [people["wang"]])
    worker(database, database_url, instance, "smtp://127.0.0.1:1").work_on_one()

    assert [(state, attempts) for state, attempts, _ in states(database)] == [("waiting", 1)]


def test_a_server_taken_away_is_told(database: Database, database_url: str, instance, mailbox: Mailbox):
    people = add_people(database)
    ask(database, mailbox.url, [people["wang"]])
    worker(database, database_url, instance, None).work_on_one()

    assert states(database) == [("failed", 1, mail.NO_SERVER)]


@pytest.mark.parametrize("line", ["催报\r\nBcc: all@street.example", "a\nb", "a\x00b", " ", ""])
def test_a_subject_of_more_than_a_line_is_refused(database: Database, line: str):
    with pytest.raises(Refused, match="one line"):
        ask(database, "smtp://127.0.0.1:1", [], subject=Text(line, line))


@pytest.mark.parametrize("address", ["a@b\r\nBcc: all@street.example", "a b@c", "王@street.example", "@", "a@b, c@d"])
def test_an_address_that_is_none_gets_nothing(
    database: Database, database_url: str, instance, mailbox: Mailbox, address: str
):
    people = add_people(database)
    with database.writing() as session:
        session.get_one(Account, people["wang"]).email = address
    ask(database, mailbox.url, [people["wang"]])
    worker(database, database_url, instance, mailbox.url).work_on_one()

    assert states(database) == [("failed", 1, mail.NO_ADDRESS)]
    assert mailbox.messages == []


def test_a_password_is_not_sent_in_the_open():
    assert [MailServer(url, SENDER).is_here for url in ("smtp://localhost", "smtp://127.0.0.1:25", "smtp://mail")] == [
        True, True, False,
    ]  # fmt: skip
