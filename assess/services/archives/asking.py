"""Asking for the archive of a year: the end of the log that it holds is fixed in the transaction that asks."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.errors import Refused
from assess.core.text import Text
from assess.core.workflow import Act, Stage, check_allowed
from assess.services import audit, jobs
from assess.services.archives.making import KIND
from assess.services.cycles import taken
from assess.store.models import ArchiveOrder
from assess.store.queries import archives as queries
from assess.store.queries.audit import newest_number
from assess.store.queries.cycles import CycleRow
from assess.store.queries.seals import log_head, seals_of
from assess.store.session import Session, flush

UNDER_WAY: Final = Text("正在生成档案，请等待完成。", "An archive is already being created. Wait until it is complete.")
NOT_SEALED: Final = Text(
    "结果尚未封存，不能生成档案。请先在“封存”页面封存结果。",
    "The results are not sealed, so no archive can be created. Seal the results first, on the Seal page.",
)


def ask_archive(session: Session, actor: Actor, *, cycle: CycleRow, now: datetime) -> int:
    """Have the archive of a year made; the number of the job.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, nothing is sealed, or one is being made.
    """
    actor.check_may(Right.ADMINISTER)
    check_allowed(Stage(taken(session, cycle).stage), Act.ARCHIVE)
    open_orders = queries.archive_orders_open(session, cycle=cycle.id)
    if any(each.job and each.job.is_under_way for each in open_orders):
        raise Refused(UNDER_WAY)
    if not seals_of(session, cycle=cycle.id):
        raise Refused(NOT_SEALED)
    number = queries.newest_order(session, cycle=cycle.id) + 1
    order = ArchiveOrder(
        cycle_id=cycle.id, number=number, log_last=newest_number(session), log_head=log_head(session),
        asked_by=actor.account, asked_at=now.replace(microsecond=0),
    )  # fmt: skip
    session.add(order)
    flush(session)
    order.job = job = jobs.ask(session, actor, kind=KIND, arguments={"order": order.id}, now=now)
    flush(session)
    told = {"log": order.log_head, "entries": order.log_last}
    audit.record(session, actor, subject=f"archive:{cycle.year}/{number}", action="asked", new=told, now=now)
    return job
