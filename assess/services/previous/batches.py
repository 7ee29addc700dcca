"""What brought figures or results of the year before in, or that there are none."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from assess.core.actors import Actor
from assess.core.errors import NotFound, Refused
from assess.core.rules.needed_figures import years_back
from assess.core.text import Text
from assess.services import audit, cycles
from assess.services.documents import UploadedFile
from assess.services.years import Year, year_of
from assess.store.models import Batch
from assess.store.queries import previous
from assess.store.queries.cycles import CycleRow
from assess.store.queries.previous import KINDS_OF_FIGURES
from assess.store.session import Session, flush

NONE_ALREADY: Final = Text("已登记：无上年数据。", "It is already recorded that there are no figures of last year.")

YEARS_BACK: Final = {kind: back for back, kind in KINDS_OF_FIGURES.items()}
NOT_LOOKED_AT: Final = Text(
    "本年度的评分表不使用{year}年的数据。", "The rule sheet of this year does not use figures of {year}."
)


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
    """Note that there are no figures (a kind of KINDS_OF_FIGURES) or no results (RESULTS); what was there goes.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: the rule sheet does not look so far back.
        Refused: the stage does not allow it, or it is noted already.
        Stale: somebody else changed the set-up meanwhile.
    """
    cycles.changing(session, actor, cycle=cycle, seen=seen)
    newest = next((each for each in previous.batches(session, cycle.id) if each.kind == kind), None)
    if newest is not None and newest.facts.get("none"):
        raise Refused(NONE_ALREADY)
    back = YEARS_BACK.get(kind, 0)
    facts: dict[str, Any] = {"none": True}
    check_years_back(session, cycle, back)
    if back > 1:
        facts["year"] = cycle.year - back
    batch = batch_of(cycle, actor, kind, facts=facts, now=now)
    session.add(batch)
    gone = previous.current_models(session, cycle.id, cycle.year - back) if back else []
    for value in gone:
        value.superseded_at = now
    flush(session)
    subject = f"previous-figures:{cycle.year}" if back else f"previous-results:{cycle.year}"
    told = {"superseded": len(gone)} | ({"year": cycle.year - back} if back > 1 else {})
    audit.record(session, actor, subject=subject, action="stated none", new=told, now=now)


def check_years_back(session: Session, cycle: CycleRow, back: int) -> None:
    """Check that the published rule sheet of a year looks so many years back; of last year anything may be said.

    Raises:
        NotFound: it does not.
        Refused: no rule sheet is published.
    """
    if back > 1:
        check_looked_at(year_of(session, cycle), back)


def check_looked_at(year: Year, back: int) -> None:
    """Check that the rule sheet of a year looks so many years back.

    Raises:
        NotFound: it does not.
    """
    if not 1 <= back <= years_back(year.sheet):
        raise NotFound(NOT_LOOKED_AT.format(year=year.cycle.year - back))
