"""An interim ranking of the year from the figures there are."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Final

from assess.core.runs.kinds import RunKind
from assess.services import runs
from assess.settings import Settings
from assess.store.queries.accounts import account_called, actor_of
from assess.store.queries.cycles import cycle_of_year
from assess.store.session import Database
from assess.worker import Worker

OFFICE: Final = "office"
WORDS: Final = "阶段排名示范 / a first interim ranking"


def rank(database: Database, settings: Settings, year: int, now: datetime) -> None:
    """Ask for an interim ranking as the office would, and make it."""
    with database.writing() as session:
        account, cycle = account_called(session, OFFICE), cycle_of_year(session, year=year)
        assert account is not None
        assert cycle is not None
        runs.ask_run(session, actor_of(account), cycle=cycle, kind=RunKind.INTERIM, words=WORDS, now=now)
    worker = Worker(database, {runs.KIND: runs.scoring_in(settings.uploads)}, threading.Event())
    while worker.work_on_one():
        pass
