"""`assess worker` as it is run: works, stops when told, and ends with the process beside which it was started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.core.actors import operator
from assess.core.text import Text
from assess.services import mail
from assess.store.models import Account
from assess.store.session import Database
from tests.guarded import spare_port
from tests.mail import Mailbox
from tests.years import NOW, a_person

PATIENCE = 60
"""Seconds."""
WORKER = (sys.executable, "-m", "assess", "worker")
STARTS_ONE = (
    "import os, subprocess, sys\n"
    "started = subprocess.Popen([sys.executable, '-m', 'assess', 'worker', '--beside', str(os.getpid())])\n"
    "print(started.pid, flush=True)\n"
    "sys.stdin.read()\n"
)


@pytest.fixture
def environment(instance: Path, sqlite_url: str, mailbox: Mailbox) -> dict[str, str]:
    """The settings of an instance whose mails go to the mailbox; one mail is asked for."""
    database = Database(sqlite_url)
    server = mail.server_at(mailbox.url, "office@assess.example")
    with database.writing() as session:
        person = a_person(session, "wang")
        session.get_one(Account, person.account).email = "wang@street.example"
        mail.ask_mails(
            session, operator(), server=server, to=[person.account], subject=Text.same("催报"),
            words=Text.same("请填报"),
            now=NOW,
        )  # fmt: skip
    database.close()
    return {**os.environ, "ASSESS_INSTANCE": str(instance), "ASSESS_SMTP_URL": mailbox.url}


@pytest.fixture
def worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A running worker, gone afterwards."""
    with subprocess.Popen(WORKER, env=environment) as running:
        yield running
        running.kill()


def test_a_worker_does_what_is_asked_for_and_stops_when_told(worker: subprocess.Popen[bytes], mailbox: Mailbox):
    assert [each["To"] for each in mailbox.wait_for(1)] == ["wang <wang@street.example>"]

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=PATIENCE) == 0


def test_a_worker_ends_with_the_process_beside_which_it_was_started(environment: dict[str, str], mailbox: Mailbox):
    with subprocess.Popen(
        (sys.executable, "-c", STARTS_ONE), env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        started = int(server.stdout.readline())
        mailbox.wait_for(1)
        server.kill()

    assert is_gone(started)


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The service with one process for its pages, gone afterwards."""
    serve = (sys.executable, "-m", "assess", "serve", "--port", str(spare_port()), "--processes", "1")
    with subprocess.Popen(serve, env=environment) as running:
        yield running
        running.kill()


def test_the_worker_beside_the_server_is_replaced_when_it_dies(server: subprocess.Popen[bytes], mailbox: Mailbox):
    mailbox.wait_for(1)
    (first,) = workers_of(server.pid)
    os.kill(first, signal.SIGKILL)
    assert is_gone(first)

    second = next_worker(server.pid, first)
    server.terminate()

    assert server.wait(timeout=PATIENCE) == 0
    assert is_gone(second)


def workers_of(server: int) -> list[int]:
    """The workers among the processes that any thread of a server has started."""
    listed = [path.read_text(encoding="ascii").split() for path in Path(f"/proc/{server}/task").glob("*/children")]
    started = [int(each) for some in listed for each in some]
    return [each for each in started if b"--beside" in Path(f"/proc/{each}/cmdline").read_bytes()]


def next_worker(server: int, before: int, seconds: float = PATIENCE) -> int:
    """The worker that follows another."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for worker in workers_of(server):
            if worker != before:
                return worker
        time.sleep(0.05)
    raise AssertionError("no worker follows")


def is_gone(process: int, seconds: float = PATIENCE) -> bool:
    """Whether a process that is not ours has ended; one that has not is ended here."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not runs(process):
            return True
        time.sleep(0.05)
    os.kill(process, signal.SIGKILL)
    return False


def runs(process: int) -> bool:
    """Whether a process is there and more than a remainder that nobody has fetched."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
