"""The worker: takes one job after the other from the queue, does it, and keeps what it found.

Any number of workers may run, on any machine that reaches the database. One that dies leaves a lease that runs out;
one that is only slow, and was taken for dead, finds its claim gone and writes nothing.
"""

from __future__ import annotations

import logging
import math
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from assess.services import (
    archives,
    downloads,
    ended_jobs,
    finding_imports,
    imports,
    mail,
    notifications,
    runs,
    seals,
    webhook,
)
from assess.services.audit import verifying
from assess.services.evidence import forgetting
from assess.services.jobs import JobType
from assess.services.runs import monthly
from assess.settings import Settings
from assess.store.queue import (
    Claim,
    LostClaim,
    claim_job,
    finish_job,
    hand_job_back,
    is_job_due,
    note_progress,
    renew_lease,
    shared_clock,
)
from assess.store.session import Database, Session, cause_of, fault_of

log = logging.getLogger("assess.worker")


class Stopping(Exception):
    """The worker is told to end; the job goes back to the queue."""


@dataclass(frozen=True)
class Pace:
    """How long a claim holds and how often it is renewed meanwhile; how often an idle worker looks, pages learn of
    progress, old jobs are forgotten, the ranking of the month is asked for, and people are notified."""

    lease: timedelta = timedelta(seconds=60)
    renewals: int = 3
    look: float = 1.0
    progress: float = 0.5
    trouble: float = 5.0
    tidying: float = 3600.0
    ranking: float = 600.0
    notifying: float = 10.0

    @property
    def renewed_after(self) -> float:
        """Seconds from one renewal to the next."""
        return self.lease.total_seconds() / self.renewals


def kinds_of(settings: Settings) -> dict[str, JobType]:
    """Every kind of job of an instance."""
    server = mail.server_at(settings.smtp_url, settings.mail_from)
    return {
        mail.KIND: JobType(read=mail.read_mail, work=partial(mail.send_mail, server), keep=mail.keep_sent),
        forgetting.KIND: forgetting.forgetting_in(settings.uploads),
        imports.CHECK: imports.checking_in(settings.uploads),
        imports.ACCEPT: imports.accepting(),
        verifying.KIND: verifying.checking_of(settings.database_url),
        finding_imports.CHECK: finding_imports.checking_in(settings.uploads),
        finding_imports.ACCEPT: finding_imports.accepting(),
        downloads.KIND: downloads.downloading_in(settings.uploads),
        runs.KIND: runs.scoring_in(settings.uploads),
        archives.KIND: archives.archiving_in(settings.uploads, key_places(settings), settings.database_url),
        seals.KIND: seals.sealing_in(settings.uploads, key_places(settings)),
        **notifications_of(settings),
    }


def notifications_of(settings: Settings) -> dict[str, JobType]:
    """The kinds of jobs that notify people and other systems; none where neither email nor a webhook is set."""
    server = mail.server_at(settings.smtp_url, settings.mail_from)
    if server is None and settings.webhook is None:
        return {}
    return {
        notifications.KIND: notifications.notifying(server, settings.webhook, settings.address),
        webhook.KIND: webhook.calling(settings.webhook, settings.address, notifications.read_notification),
    }


def key_places(settings: Settings) -> seals.KeyPlaces:
    """Where the key of the seal lies."""
    given = settings.seal
    return seals.KeyPlaces(settings.own_seal, given.pkcs12, given.certificate, given.key, given.password)


def run_worker(settings: Settings, stop: threading.Event) -> None:
    """Work until told to stop; a job that is being worked on is finished, or handed back at its next progress."""
    database = Database(settings.database_url)
    try:
        Worker(database, kinds_of(settings), stop).run()
    finally:
        database.close()


class Worker:
    """One worker with a name of its own; what it keeps bears the time of a clock, that of the database by itself."""

    def __init__(
        self, database: Database, kinds: Mapping[str, JobType], stop: threading.Event, pace: Pace | None = None,
        clock: Callable[[Session], datetime] = shared_clock,
    ) -> None:  # fmt: skip
        self.database = database
        self.kinds = kinds
        self.stop = stop
        self.pace = pace or Pace()
        self.clock = clock
        self.tidied = self.ranked = self.notified = -math.inf
        self.name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"

    def run(self) -> None:
        """Take jobs until told to stop; trouble with the database is waited out."""
        while not self.stop.is_set():
            try:
                pause = 0.0
                if not self.work_on_one():
                    self.tidy_now_and_then()
                    self.rank_each_month()
                    self.notify()
                    pause = self.pace.look
            except Exception as error:
                log_trouble("the worker could not reach its work, and tries again", error)
                pause = self.pace.trouble
            self.stop.wait(pause)

    def tidy_now_and_then(self) -> None:
        """Forget old jobs once there is nothing else to do, and every hour."""
        if time.monotonic() - self.tidied < self.pace.tidying:
            return
        with self.database.reading() as session:
            has_old = ended_jobs.has_old(session, now=self.clock(session))
        if not has_old:
            self.tidied = time.monotonic()
            return
        with self.database.writing() as session:
            ended_jobs.forget_old(session, now=self.clock(session))

    def rank_each_month(self) -> None:
        """Ask for the interim ranking of the month where one is due, once there is nothing else to do."""
        if time.monotonic() - self.ranked < self.pace.ranking:
            return
        with self.database.reading() as session:
            is_due = monthly.is_due(session, now=self.clock(session))
        if is_due:
            with self.database.writing() as session:
                monthly.ask_due(session, now=self.clock(session))
        self.ranked = time.monotonic()

    def notify(self) -> None:
        """Ask for the notifications that are due, once there is nothing else to do."""
        if notifications.KIND not in self.kinds or time.monotonic() - self.notified < self.pace.notifying:
            return
        with self.database.reading() as session:
            are_due = notifications.are_due(session, now=self.clock(session))
        if are_due:
            with self.database.writing() as session:
                notifications.ask_due(session, now=self.clock(session))
        self.notified = time.monotonic()

    def work_on_one(self) -> bool:
        """Whether there was a job; it is then done, put off, failed or handed back."""
        claim = self.claim()
        if claim is None:
            return False
        try:
            self.do(claim)
        except LostClaim:
            log.warning("job %s was given to another worker", claim.job)
        except Stopping:
            with self.database.writing() as session:
                hand_job_back(session, claim)
        except Exception as error:
            log_trouble(f"job {claim.job} ({claim.kind}), attempt {claim.attempt}, did not succeed", error)
            self.note_failure(claim, error)
        return True

    def claim(self) -> Claim | None:
        """A job of one's own, if there is one; looking alone takes no lock."""
        kinds = sorted(self.kinds)
        with self.database.reading() as session:
            if not is_job_due(session, kinds=kinds, lease=self.pace.lease, now=self.clock(session)):
                return None
        with self.database.writing() as session:
            now = self.clock(session)
            claim = claim_job(session, kinds=kinds, worker=self.name, lease=self.pace.lease, now=now)
            if claim is None or ended_jobs.give_up_on_killer(session, claim, now=now):
                return None
        return claim

    def do(self, claim: Claim) -> None:
        """Read, work, keep: the lease is renewed all the while, and the result is kept only under it."""
        kind = self.kinds[claim.kind]
        with self.kept_alive(claim) as lost:
            with self.database.reading() as session:
                needed = kind.read(session, claim.arguments)
            found = kind.work(needed, Reporter(self, claim, lost))
        with self.database.writing() as session:
            now = self.clock(session)
            finish_job(session, claim, now=now)
            kind.keep(session, claim.arguments, found, now)

    def note_failure(self, claim: Claim, error: Exception) -> None:
        """Put the job off, or say that it has failed for good."""
        try:
            with self.database.writing() as session:
                ended_jobs.record_failure(session, claim, error, now=self.clock(session))
        except LostClaim:
            log.warning("job %s was given to another worker", claim.job)

    @contextmanager
    def kept_alive(self, claim: Claim) -> Iterator[threading.Event]:
        """A thread renews the lease well before it ends; the event tells that it could not."""
        lost, done = threading.Event(), threading.Event()
        thread = threading.Thread(target=self.renew, args=(claim, lost, done), daemon=True)
        thread.start()
        try:
            yield lost
        finally:
            done.set()
            thread.join()

    def renew(self, claim: Claim, lost: threading.Event, done: threading.Event) -> None:
        """Renew a lease until the work is done or the claim is lost; trouble is tried again in time."""
        while not done.wait(self.pace.renewed_after):
            try:
                with self.database.writing() as session:
                    renew_lease(session, claim, until=self.clock(session) + self.pace.lease)
            except LostClaim:
                lost.set()
                return
            except Exception as error:
                log_trouble(f"the lease of job {claim.job} was not renewed", error)


class Reporter:
    """Notes how far a job is, in a transaction apart, and not more often than anybody looks."""

    def __init__(self, worker: Worker, claim: Claim, lost: threading.Event) -> None:
        self.worker = worker
        self.claim = claim
        self.lost = lost
        self.noted = 0.0

    def __call__(self, done: int, of: int) -> None:
        """So much is done.

        Raises:
            Stopping: the worker is told to end.
            LostClaim: the job is another worker's.
        """
        if self.worker.stop.is_set():
            raise Stopping
        if self.lost.is_set():
            raise LostClaim(f"job {self.claim.job}")
        if done < of and time.monotonic() - self.noted < self.worker.pace.progress:
            return
        self.noted = time.monotonic()
        try:
            with self.worker.database.writing_in_passing() as session:
                note_progress(session, self.claim, done=done, of=of)
        except Exception as error:
            if fault_of(error) is None:
                raise
            log_trouble(f"the progress of job {self.claim.job} was not noted", error)


def log_trouble(what: str, error: Exception) -> None:
    """What is in the way: a fault of the machine in one line, a bug in full."""
    fault = fault_of(error)
    if fault is None:
        log.error("%s", what, exc_info=error)
    else:
        log.warning("%s: %s: %s", what, fault.label.en, cause_of(error))


def stop_with(parent: int, stop: threading.Event) -> None:
    """Stop when the process that started this one is gone, however it ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        stop.set()

    threading.Thread(target=watch, daemon=True).start()


def stopped_by(event: threading.Event) -> Any:
    """A handler of signals that stops the worker."""
    return lambda _number, _frame: event.set()
