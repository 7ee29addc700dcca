"""Asking for a file of the whole result: who asks second shares the job, or has the file at once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.downloads import Product
from assess.core.errors import Refused
from assess.core.jobs import JobState
from assess.core.text import Language, Text
from assess.services import audit, jobs
from assess.services.cycles import taken
from assess.services.downloads.counting import needed_result
from assess.services.downloads.making import KIND
from assess.store.models import Download, Job
from assess.store.queries import downloads as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

"""Who may take away the results of all units."""
SEALED: Final = Text("结果汇编已封存，可直接下载。", "The ranked results are sealed and can be downloaded directly.")


def ask_download(
    session: Session, actor: Actor, *, cycle: CycleRow, product: Product, language: Language, now: datetime
) -> int:
    """Have a file made, unless it is there or on its way; the row of it.

    Raises:
        NotAllowed: the actor is neither of the office nor a leader.
        NotFound: nothing is released.
        Refused: the sealed book is there already.
    """
    actor.check_may(Right.SEE_ALL_RESULTS)
    taken(session, cycle)
    counting = needed_result(session, cycle)
    if counting.seal is not None and product is Product.BOOK:
        raise Refused(SEALED)
    content = counting.content(product, language)
    found = queries.download_to_change(session, content=content)
    if found is None:
        found = Download(
            cycle_id=cycle.id, release_id=counting.release.id, edition=counting.edition, product=product.value,
            language=language, content=content, job=None, asked_by=actor.account, asked_at=now,
            sha256=None, size=None, made_at=None,
        )  # fmt: skip
        session.add(found)
        flush(session)
    if found.sha256 is None and not is_under_way(session, found):
        found.job = jobs.ask(session, actor, kind=KIND, arguments={"download": found.id}, now=now)
        flush(session)
    told = {"language": language, "run": counting.run.number, "edition": counting.edition or None}
    audit.record(session, actor, subject=f"download:{cycle.year}/{product}", action="asked", new=told, now=now)
    return found.id


def is_under_way(session: Session, row: Download) -> bool:
    """Whether a job is making a file, or will."""
    job = None if row.job is None else session.get(Job, row.job)
    return job is not None and job.state in (JobState.WAITING, JobState.RUNNING)
