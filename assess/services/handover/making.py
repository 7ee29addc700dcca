"""Handing over: the office gives the newest sealed edition away, whole, and says what it corrects."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.errors import Refused, Stale
from assess.core.reasons import MAX_PRINTED_REASON_LENGTH, checked_reason
from assess.core.text import Text
from assess.core.workflow import Act, Stage, check_allowed
from assess.files.handover import FILES
from assess.services import audit
from assess.services.cycles import taken
from assess.services.handover.preparing import Prepared, prepare
from assess.store.models import HandedOver, HandoverFile
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush
from assess.store.upload_records import record_created_file
from assess.store.uploads import keep_bytes

FILE: Final = "handover"
"""The kind of a kept file."""
NOTHING_SEALED: Final = Text(
    "结果尚未封存，请先封存，再移交。", "The results are not sealed yet. Seal them first, then hand them over."
)
SAME: Final = Text(
    "第{number}号移交之后没有变动，无需再移交。",
    "Nothing has changed since handover {number}. There is nothing to hand over.",
)
CHANGED: Final = Text(
    "您查看之后，移交内容有变动，尚未移交，请重新核对。",
    "The contents changed after you checked them, so nothing was handed over. Check them again.",
)
NO_REASON: Final = Text(
    "结果没有重新封存，只更正了领导班子，请填写更正理由。",
    "The results were not sealed again; only the leadership teams differ. Enter the reason for the correction.",
)


def hand_over(
    session: Session, actor: Actor, *, cycle: CycleRow, folder: Path, seen: str, now: datetime, reason: str = ""
) -> int:
    """Hand the newest sealed edition over, and tell the number of the hand-over.

    `seen` is the mark of what was looked at before, `reason` why the hand-over before is corrected where its edition
    is the same; a new edition has its own.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, nothing is sealed, nothing changed, or the reason is missing or too long.
        Stale: what is handed over changed since it was looked at.
    """
    actor.check_may(Right.ADMINISTER)
    check_allowed(Stage(taken(session, cycle).stage), Act.HAND_OVER)
    said = " ".join(reason.split())
    prepared = prepare(session, actor, cycle=cycle, folder=folder, now=now, reason=said)
    if prepared is None:
        raise Refused(NOTHING_SEALED)
    if prepared.before is not None and not prepared.is_new:
        raise Refused(SAME.format(number=prepared.before.number))
    if prepared.mark != seen:
        raise Stale(CHANGED)
    if prepared.is_of_the_same_edition or said:
        checked_reason(said, missing=NO_REASON, most=MAX_PRINTED_REASON_LENGTH)
    return keep_handover(session, actor, cycle=cycle, folder=folder, prepared=prepared, now=now)


def keep_handover(
    session: Session, actor: Actor, *, cycle: CycleRow, folder: Path, prepared: Prepared, now: datetime
) -> int:
    """Write the files and the rows of a hand-over; whoever calls this has checked that it may be made."""
    made = prepared.handover
    row = HandedOver(
        cycle_id=cycle.id, number=made.number, seal_id=prepared.seal.id, handed_by=actor.account, handed_at=now
    )
    session.add(row)
    flush(session)
    kept: dict[str, str] = {}
    for file in (each for each in FILES if each.belongs(made)):
        data, name = file.made(made), file.name(made)
        kept[name] = keep_bytes(folder, data)
        record_created_file(session, sha256=kept[name], size=len(data), kind=FILE, file_name=name, account=0, now=now)
        session.add(
            HandoverFile(
                handover_id=row.id, kind=file.kind.value, language=file.language or "", name=name, sha256=kept[name],
                size=len(data),
            )
        )  # fmt: skip
    flush(session)
    told = {
        "edition": made.result.edition, "units": len(made.units), "members": len(made.members),
        "changes": len(made.changes), "reasons": [each.words for each in made.reasons], "files": len(kept),
        "sha256": list(kept.values()),
    }  # fmt: skip
    subject = f"handover:{cycle.year}/{made.number}"
    audit.record(session, actor, subject=subject, action="handed over", new=told, now=now)
    return made.number
