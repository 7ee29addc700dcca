"""Figures of the year before are kept: what changes is appended, what it replaces no longer counts."""

from __future__ import annotations

from datetime import datetime

from assess.core.actors import Actor
from assess.core.workflow import Reported
from assess.services import audit, cycles
from assess.services.documents import UploadedFile
from assess.services.previous.batches import batch_of
from assess.services.previous.reading import FiguresPreview, PreviousValueChange, preview_figures, preview_year_before
from assess.store.models import Batch, Value
from assess.store.queries import previous
from assess.store.queries.cycles import CycleRow
from assess.store.queries.previous import KINDS_OF_FIGURES
from assess.store.session import Session, flush


def accept_figures(
    session: Session, actor: Actor, *, cycle: CycleRow, document: UploadedFile, now: datetime,
    seen: int | None = None, reason: str = "", back: int = 1,
) -> FiguresPreview:  # fmt: skip
    """Make the values of a document the figures of so many years back; others are superseded, equal ones stay.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: the rule sheet does not look so far back.
        Refused: the stage does not allow it, a reason is missing, nothing changes, or no rule sheet is published.
        ValidationError: the document has flaws.
        Stale: somebody else changed the set-up meanwhile.
    """
    cycles.changing(session, actor, cycle=cycle, seen=seen)
    preview = preview_figures(session, cycle, document, back)
    kept_reason = cycles.check_reason(reason, needed=cycle.opened)
    facts = {"reason": kept_reason} | ({"year": cycle.year - back} if back > 1 else {})
    batch = batch_of(cycle, actor, KINDS_OF_FIGURES[back], facts=facts, now=now, document=document)
    keep_figures(session, actor, cycle, preview, batch)
    return preview


def take_from_year_before(
    session: Session, actor: Actor, *, cycle: CycleRow, now: datetime,
    seen: int | None = None, reason: str = "", back: int = 1,
) -> FiguresPreview:  # fmt: skip
    """Make the figures that the service has of so many years back those that this year looks back to.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: the rule sheet does not look so far back.
        Refused: the stage does not allow it, a reason is missing, or the service has no such figures.
        Stale: somebody else changed the set-up meanwhile.
    """
    cycles.changing(session, actor, cycle=cycle, seen=seen)
    preview = preview_year_before(session, cycle, back)
    kept_reason = cycles.check_reason(reason, needed=cycle.opened)
    facts = {"year": cycle.year - back, "left_out": preview.left_out, "reason": kept_reason}
    keep_figures(session, actor, cycle, preview, batch_of(cycle, actor, KINDS_OF_FIGURES[back], facts=facts, now=now))
    return preview


def keep_figures(session: Session, actor: Actor, cycle: CycleRow, preview: FiguresPreview, batch: Batch) -> None:
    """Append what changed, and have what it replaces no longer count."""
    models = {
        (row.unit, row.figure, row.period): row for row in previous.current_models(session, cycle.id, preview.of_year)
    }
    changes = {change.key: change for change in preview.changes}
    session.add(batch)
    for key in changes:
        if key in models:
            models[key].superseded_at = batch.made_at
    flush(session)
    session.add_all(
        Value(
            cycle_id=cycle.id, year=preview.of_year, unit=entry.unit, figure=entry.figure, period=entry.period,
            millionths=entry.stored.millionths, word=entry.stored.text, state=Reported.CERTIFIED, batch_id=batch.id,
            place=entry.place, entered_by=actor.account, entered_at=batch.made_at,
            supersedes=models[entry.key].id if entry.key in models else None, superseded_at=None,
        )
        for entry in preview.entries
        if entry.key in changes
    )  # fmt: skip
    flush(session)
    told = {"batch": batch.id, "file": batch.file_name, "upload": batch.upload, **batch.facts}
    told |= {
        "new": len(preview.new),
        "changed": told_of(preview.changed, preview),
        "gone": told_of(preview.gone, preview),
    }
    subject = f"previous-figures:{cycle.year}"
    audit.record(session, actor, subject=subject, action="accepted", new=told, now=batch.made_at)


def told_of(changes: list[PreviousValueChange], preview: FiguresPreview) -> list[list[str]]:
    """Changes as the log tells them: unit, figure, period, old and new value."""
    return [
        [*change.key, preview.shown(change.key[1], change.old).en, preview.shown(change.key[1], change.new).en]
        for change in changes
    ]
