"""Undoing an accepted file: the values before it count again, all of them or none."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import Refused, Stale
from assess.core.text import Text
from assess.core.workflow import IMPORT, Imported, WorkflowStep, advance
from assess.services import audit
from assess.services.imports.windows import held_import, stage_lock, subject_of
from assess.store.importing import Collision, count_superseded, take_back
from assess.store.queries.cycles import CycleRow
from assess.store.session import OVERTAKEN, Session, check_seen, flush

LATER: Final = Text(
    "其中{n}项数据此后又有修改，不能撤销。请先撤销较晚接收的文件，或上传更正后的文件。",
    "Values in this file have been changed since ({n}), so it cannot be undone. Undo the later file "
    "first, or upload a corrected file.",
)


def undo_import(session: Session, actor: Actor, *, cycle: CycleRow, row: int, seen: int, now: datetime) -> None:
    """Take back what an accepted file brought in, and let what counted before count again.

    Raises:
        NotFound: there is no such file, or it is another department's.
        Refused: it is not accepted, the year moved on, or a later value stands on one of its values.
        Stale: somebody else changed it since it was seen.
    """
    found = held_import(session, actor, cycle=cycle, row=row)
    check_seen(found, seen)
    state = advance(IMPORT, Imported(found.state), WorkflowStep.UNDO)
    if locked := stage_lock(cycle.stage):
        raise Refused(locked)
    assert found.batch_id is not None
    if later := count_superseded(session, batch=found.batch_id):
        raise Refused(LATER.format(n=later))
    try:
        gone, back = take_back(session, batch=found.batch_id, now=now)
    except Collision as collision:
        raise Stale(OVERTAKEN) from collision
    found.state = state
    found.ended_by, found.ended_at = actor.account, now
    flush(session)
    told = {"batch": found.batch_id, "gone": gone, "back": back}
    audit.record(session, actor, subject=subject_of(cycle, found), action="undone", new=told, now=now)
