"""Notifying people by email and other systems by a webhook of what the audit log holds; nothing where neither is set.

A worker looks for entries of the last day of which nobody was notified, and asks for one job for each. The acts
themselves know nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple

from assess.core.actors import Right
from assess.core.audit.chain import LogEntry
from assess.core.calendar import day_of
from assess.core.errors import NotFound
from assess.core.notifications import (
    EVENTS,
    WHERE,
    Notification,
    NotificationEvent,
    NotifiedSubject,
    Webhook,
    days_told,
    message_of,
    subject_read,
)
from assess.core.text import Text
from assess.core.workflow import Stage
from assess.services import audit, jobs
from assess.services.cycles import taken
from assess.services.jobs import WORKER, JobType
from assess.services.mail import MailServer, ask_mails
from assess.services.webhook import ask_webhook
from assess.store.queries import notifications as queries
from assess.store.queries.audit import entry_numbered, newest_of
from assess.store.queries.completeness import officials_of
from assess.store.queries.cycles import CycleRow, all_cycles, cycle_of_year
from assess.store.queries.years import unit_names
from assess.store.session import Session

KIND: Final = "notification"
DEADLINE_ENTRY: Final = "deadline near"
"""The action of the log's entry of a stage that ends soon."""
LOOK_BACK: Final = timedelta(days=1)
"""Of what is older nobody is notified any more: settings that are made late notify of nothing that is long over."""
ACTIONS: Final = frozenset(action for _kind, action in EVENTS)
NO_ENTRY: Final = Text("操作日志中没有这一条。", "There is no such entry in the audit log.")


def are_due(session: Session, *, now: datetime) -> bool:
    """Whether somebody is to be notified of something."""
    return bool(entries_due(session, now)) or any(deadlines_near(session, now))


def ask_due(session: Session, *, now: datetime) -> list[int]:
    """Note the deadlines that are near, and ask for a job for each entry that is due; the numbers of the jobs.

    A deadline noted now is an entry of the log once this is kept, and is due the next time. Two workers ask once.
    """
    for cycle, facts in deadlines_near(session, now):
        taken(session, cycle)
        if is_deadline_new(session, cycle, facts):
            subject = f"cycle:{cycle.year}"
            audit.record(session, WORKER, subject=subject, action=DEADLINE_ENTRY, new=facts, now=now)
    for year in sorted({about.year for _entry, about in entries_due(session, now)}):
        found = cycle_of_year(session, year=year)
        if found is not None:
            taken(session, found)
    due = entries_due(session, now)
    return [jobs.ask(session, WORKER, kind=KIND, arguments={"entry": entry.number}, now=now) for entry, _about in due]


def entries_due(session: Session, now: datetime) -> list[tuple[LogEntry, NotifiedSubject]]:
    """The entries of which nobody was notified yet, and what they are about (2 queries)."""
    since = now - LOOK_BACK
    asked = queries.entries_asked(session, kind=KIND, since=since)
    found = queries.entries_since(session, since=since, actions=ACTIONS)
    read = ((entry, subject_read(entry.subject, entry.action)) for entry in found if entry.number not in asked)
    return [(entry, about) for entry, about in read if about is not None]


def deadlines_near(session: Session, now: datetime) -> Iterator[tuple[CycleRow, dict[str, Any]]]:
    """The years whose stage ends within a week or a day and of which nobody was told yet, with what is noted of it."""
    for cycle in all_cycles(session):
        within = days_told(cycle.ends.get(cycle.stage), day_of(now))
        if cycle.opened and within is not None and (cycle.stage.is_collecting or cycle.stage.takes_appeals):
            facts = {"stage": cycle.stage.value, "day": str(cycle.ends[cycle.stage]), "within": within}
            if is_deadline_new(session, cycle, facts):
                yield cycle, facts


def is_deadline_new(session: Session, cycle: CycleRow, facts: dict[str, Any]) -> bool:
    """Whether nobody was told of a deadline yet."""
    newest = newest_of(session, subject=f"cycle:{cycle.year}", actions=(DEADLINE_ENTRY,))
    return newest is None or newest.new != facts


class Channels(NamedTuple):
    """By what is notified: a mail server and another system, each or None; and the address of this service."""

    server: MailServer | None
    webhook: Webhook | None
    address: str


def notifying(server: MailServer | None, webhook: Webhook | None, address: str) -> JobType:
    """The job that notifies of one entry: an email to each person, and one call of the webhook."""
    return JobType(
        read=read_notification,
        work=lambda told, _progress: told,
        keep=partial(keep_notified, Channels(server, webhook, address)),
    )


def keep_notified(
    ways: Channels, session: Session, _arguments: Mapping[str, Any], told: Notification, now: datetime
) -> None:
    """Ask for the emails and for the call."""
    where = WHERE.format(address=f"{ways.address}/{told.year}/")
    words = Text(f"{told.message.zh}\n\n{where.zh}\n", f"{told.message.en}\n\n{where.en}\n")
    asked = ask_mails(session, WORKER, server=ways.server, to=told.accounts, subject=told.subject, words=words, now=now)
    if ways.webhook is not None:
        ask_webhook(session, WORKER, entry=told.entry, now=now)
    new = {"entry": told.entry, "emails": len(asked)}
    audit.record(session, WORKER, subject=f"cycle:{told.year}", action="notified", new=new, now=now)


def read_notification(session: Session, arguments: Mapping[str, Any]) -> Notification:
    """What is told of an entry of the log.

    Raises:
        NotFound: there is no such entry, or its year is gone.
    """
    entry = entry_numbered(session, number=arguments["entry"])
    about = None if entry is None else subject_read(entry.subject, entry.action)
    cycle = None if about is None else cycle_of_year(session, year=about.year)
    if entry is None or about is None or cycle is None:
        raise NotFound(NO_ENTRY)
    unit = unit_concerned(session, cycle, about)
    facts = {"title": cycle.title, "number": about.key, **facts_of(entry)}
    if unit:
        facts["unit"] = unit_names(session, cycle.id, [unit]).get(unit, Text.same(unit))
    accounts = people_told(session, cycle, about.event, unit)
    return Notification(entry.number, about.event, about.year, unit, message_of(about.event, facts), tuple(accounts))


def unit_concerned(session: Session, cycle: CycleRow, about: NotifiedSubject) -> str:
    """The unit that an event concerns; "" where it concerns all."""
    if about.event is NotificationEvent.FORM_RETURNED:
        return about.key
    if about.event in (NotificationEvent.APPEAL_LODGED, NotificationEvent.APPEAL_DECIDED):
        return queries.unit_of_appeal(session, cycle=cycle.id, number=int(about.key))
    return ""


def facts_of(entry: LogEntry) -> dict[str, Any]:
    """What an entry says that the words of its event name."""
    new = entry.new or {}
    facts: dict[str, Any] = {name: new[name] for name in new.keys() & {"reason", "day"}}
    if entry.action == DEADLINE_ENTRY:
        facts["stage"] = Stage(new["stage"]).label
    return facts


def people_told(session: Session, cycle: CycleRow, event: NotificationEvent, unit: str) -> list[int]:
    """Who gets an email of an event (1 to 3 queries)."""
    if unit and event is not NotificationEvent.APPEAL_LODGED:
        return officials_of(session, frozenset({unit}))
    if event is NotificationEvent.APPEAL_LODGED:
        return queries.people_with(session, rights=[Right.ADMINISTER])
    if event is NotificationEvent.DEADLINE_NEAR and cycle.stage.is_collecting:
        return officials_of(session, queries.units_to_submit(session, cycle=cycle.id))
    officials = officials_of(session, queries.unit_codes(session, cycle=cycle.id))
    others = queries.people_with(session, rights=[Right.SEE_ALL_RESULTS]) if event is NotificationEvent.RELEASED else []
    return sorted({*officials, *others})
