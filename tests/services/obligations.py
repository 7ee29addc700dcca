"""Reports on the annual task list in the database: handed in, looked at."""

from __future__ import annotations

from datetime import datetime

from assess.core.obligations.reports import TypedReport
from assess.services.obligations import report_obligation
from assess.store.session import Database
from tests.services.forms import year_2026
from tests.years import JIANWAI, NOW, person

LATE_OCTOBER = datetime(2026, 10, 24, 2, 0, tzinfo=NOW.tzinfo)
STARTED = TypedReport("started", "40", "", "走航监测已开展")


def report(
    database: Database, typed: TypedReport = STARTED, *, task: str = "4", period: str = "2026-10", seen: int = 1,
    who: str = JIANWAI, unit: str = JIANWAI, now: datetime = LATE_OCTOBER,
) -> None:  # fmt: skip
    """Somebody reports on task 4 of Jianwai."""
    actor = person(database, who)
    with database.writing() as session:
        report_obligation(
            session,
            actor,
            cycle=year_2026(session),
            unit=unit,
            task=task,
            period=period,
            typed=typed,
            seen=seen,
            now=now,
        )
