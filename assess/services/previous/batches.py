"""What brought figures or results of the year before in, or that there are none."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.text import Text
from assess.services import audit, cycles
from assess.services.documents import UploadedFile
from assess.store.models import Batch
from assess.store.queries import previous
from assess.store.queries.cycles import CycleRow
from assess.store.queries.previous import FIGURES
from assess.store.session import Session, flush

NONE_ALREADY: Final = Text("已登记：无上年数据。", "It is already recorded that there are no figures of last year.")


def batch_of(
    cycle: CycleRow,
    actor: Actor,
    kind: str,
    *,
    facts: dict[str, Any],
    now: datetime,
    document: UploadedFile | None = None,
) -> Batch:
    """What brings figures or results in."""
    return Batch(
        cycle_id=cycle.id, kind=kind, upload=document and document.sha256, file_name=document and document.name,
        submission_id=None, facts=facts, made_by=actor.account, made_at=now,
    )  # fmt: skip


def state_none(
    session: Session, actor: Actor, *, cycle: CycleRow, kind: str, now: datetime, seen: int | None = None
) -> None:
    """Note that there are no figures (FIGURES) or no results (RESULTS) of the year before; what was there goes.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, or it is noted already.
        Stale: somebody else changed the set-up meanwhile.
    """
    cycles.changing(session, actor, cycle=cycle, seen=seen)
    newest = next((each for each in previous.batches(session, cycle.id) if each.kind == kind), None)
    if newest is not None and newest.facts.get("none"):
        raise Refused(NONE_ALREADY)
    batch = batch_of(cycle, actor, kind, facts={"none": True}, now=now)
    session.add(batch)
    gone = previous.current_models(session, cycle.id, cycle.year - 1) if kind == FIGURES else []
    for value in gone:
        value.superseded_at = now
    flush(session)
    subject = f"previous-figures:{cycle.year}" if kind == FIGURES else f"previous-results:{cycle.year}"
    audit.record(session, actor, subject=subject, action="stated none", new={"superseded": len(gone)}, now=now)
