"""Findings in the database: recorded, brought on by steps, looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from assess.core.actors import Actor, Role
from assess.core.findings.filing import TypedFinding
from assess.core.findings.history import FindingStanding
from assess.core.findings.typed import TypedStep
from assess.services.accounts import Duty
from assess.services.evidence import Incoming, KeptFiles
from assess.services.findings import (
    FindingPage,
    Recorded,
    finding_page,
    keep_photos,
    record_finding,
    take_step,
)
from assess.store.queries.findings import FindingRow, finding_at
from assess.store.session import Database
from tests.filled import filled
from tests.services.forms import year_2026
from tests.years import JIANWAI, NOW, a_person, a_year, people, person

TODAY = date(2026, 11, 27)
DUST = TypedFinding(JIANWAI, "patrol", "dust", "渣土未苫盖", "建国路 88 号", "2026-11-20", deadline="2026-12-04")


def a_ledger(database: Database, *, units: int = 2, **given: Any) -> Database:
    """A year with the shipped sheet, its people, and a second evaluator called `reviewer`."""
    filled(
        database, ("a ledger", units, *sorted(given.items())), lambda empty: open_ledger(empty, units=units, **given)
    )
    return database


def open_ledger(database: Database, **options: Any) -> None:
    """The year as `a_year` makes it, its people and the reviewer."""
    with database.writing() as session:
        a_year(session, **options)
        people(session)
        a_person(session, "reviewer", Duty(Role.EVALUATOR, department="ecology-bureau"))


def record(
    database: Database, typed: TypedFinding = DUST, *, who: str = "evaluator", now: datetime = NOW, **given: Any
) -> Recorded:
    """Somebody records a finding in a transaction of its own; the evaluator, dust at a building site."""
    actor = person(database, who)
    with database.writing() as session:
        return record_finding(session, actor, cycle=year_2026(session), typed=typed, now=now, **given)


def step(
    database: Database, step: str, who: str, *, number: int = 1, days: int = 0, now: datetime | None = None,
    seen: int | None = None, photos: Iterable[str] = (), **typed: str,
) -> FindingStanding:  # fmt: skip
    """Somebody takes a step, so many days after today, having seen the newest version."""
    actor = person(database, who)
    with database.writing() as session:
        cycle = year_2026(session)
        row = finding_at(session, cycle=cycle.id, number=number)
        assert row is not None
        return take_step(
            session, actor, cycle=cycle, number=number, typed=TypedStep(step, **typed),
            seen=row.version if seen is None else seen, now=now or NOW + timedelta(days=days), photos=tuple(photos),
        )  # fmt: skip


def row_of(database: Database, number: int = 1) -> FindingRow:
    """A finding as the database holds it."""
    with database.reading() as session:
        row = finding_at(session, cycle=year_2026(session).id, number=number)
    assert row is not None
    return row


def page_of(database: Database, who: str, number: int = 1, *, now: datetime = NOW) -> FindingPage:
    """All about a finding as a person finds it."""
    actor = person(database, who)
    with database.reading() as session:
        return finding_page(session, actor, cycle=year_2026(session), number=number, now=now)


def closed(database: Database, number: int = 1, *, days: int = 0) -> None:
    """The unit puts a finding right, the reviewer passes and closes it, all on one day."""
    step(database, "report", JIANWAI, number=number, days=days, reason="已苫盖")
    step(database, "pass", "reviewer", number=number, days=days)
    step(database, "close", "reviewer", number=number, days=days)


def a_photo(
    *, size: tuple[int, int] = (80, 60), kind: str = "JPEG", colour: str = "brown", **given: Any
) -> bytes:  # fmt: skip
    """A small picture of one colour."""
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, kind, **given)
    return made.getvalue()


def hand_in(database: Database, folder: Path, actor: Actor, *files: tuple[str, bytes]) -> KeptFiles:
    """Photos come in, in a transaction of their own."""
    with database.writing() as session:
        return keep_photos(session, actor, folder=folder, files=[Incoming(*each) for each in files], now=NOW)
