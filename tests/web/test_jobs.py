"""The office's page of background work."""

from __future__ import annotations

import threading

from assess.core.errors import Refused
from assess.core.text import Text
from assess.services import jobs, mail
from assess.services.jobs import JobType
from assess.store.models import Account
from assess.store.session import Database
from assess.worker import Worker
from tests.web.conftest import SignInAs
from tests.web.pages import submit, visit
from tests.years import NOW, people

WRONG = Text("邮件服务器拒收：550", "The mail server rejected the email: 550")


def refuse(_needed: None, _progress: jobs.Progress) -> None:
    """Work that is declined."""
    raise Refused(WRONG)


def fail_a_mail(database: Database) -> None:
    """A mail that a named person of the office asked for is refused for good, and another waits."""
    with database.writing() as session:
        office = people(session)["office"]
        session.get_one(Account, office.account).name = "陈主任"
        jobs.ask(session, office, kind="mail", arguments={"mail": 1}, now=NOW)
    kind = JobType(lambda _session, _arguments: None, refuse, lambda *_: None)
    Worker(database, {"mail": kind}, threading.Event()).work_on_one()
    with database.writing() as session:
        jobs.ask(session, office, kind="mail", arguments={"mail": 2}, now=NOW)


def test_the_office_reads_why_a_job_failed_and_runs_it_again(database: Database, sign_in_as: SignInAs):
    fail_a_mail(database)
    client = sign_in_as("office")
    client.set_cookie("language", "en")

    page = visit(client, "/jobs", language="en")
    waiting = ["Send an email, no. 2", "Waiting", "27 November 2026 10:00 by 陈主任", "–", "–"]
    failed = page.tables["Newest first"][2]
    assert page.tables["Newest first"][1] == waiting
    assert failed[:3] == ["Send an email, no. 1", "Failed", "27 November 2026 10:00 by 陈主任"]
    assert WRONG.en in failed[3]
    assert "Failed: 1." in page.text

    page = submit(client, page.form("/again"))
    assert "The job will run again." in page.text
    assert page.tables["Newest first"][2][1] == "Waiting"


def test_the_page_is_in_chinese_too(database: Database, sign_in_as: SignInAs):
    fail_a_mail(database)

    page = visit(sign_in_as("office"), "/jobs", language="zh")

    assert page.h1 == "后台任务"
    assert WRONG.zh in page.text


def test_without_jobs_the_page_says_so(database: Database, sign_in_as: SignInAs):
    with database.writing() as session:
        people(session)

    assert "暂无后台任务。" in visit(sign_in_as("office"), "/jobs", language="zh").text


def test_a_mail_says_to_whom_and_about_what_it_is(database: Database, sign_in_as: SignInAs):
    server = mail.server_at("smtp://127.0.0.1:1", "office@assess.example")
    with database.writing() as session:
        office = people(session)["office"]
        session.get_one(Account, office.account).name = "陈主任"
        session.get_one(Account, office.account).email = "office@street.example"
        mail.ask_mails(
            session,
            office,
            server=server,
            to=[office.account],
            subject=Text.same("催报"),
            words=Text.same("请填报"),
            now=NOW,
        )

    page = visit(sign_in_as("office"), "/jobs", language="zh")

    assert page.tables["按时间倒序"][1][0] == "发送邮件（第1号）陈主任 · 催报"
