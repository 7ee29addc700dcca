"""Files of released results, asked for and made by the worker's own job."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

from assess.core.actors import Actor
from assess.core.downloads import Product
from assess.core.text import Language
from assess.services import downloads
from assess.store.session import Database
from assess.worker import Worker
from tests.services.forms import year_2026
from tests.store.appending import QUICK
from tests.years import NOW


def ask_file(
    database: Database, actor: Actor, product: Product, language: Language = "zh", *, now: datetime = NOW
) -> int:
    """Ask for a file in a transaction of its own; its row."""
    with database.writing() as session:
        cycle = year_2026(session)
        return downloads.ask_download(session, actor, cycle=cycle, product=product, language=language, now=now)


def make_files(database: Database, folder: Path) -> None:
    """Make every file that was asked for."""
    worker = Worker(database, {downloads.KIND: downloads.downloading_in(folder)}, threading.Event(), QUICK)
    while worker.work_on_one():
        pass
