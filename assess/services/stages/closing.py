"""What a year must have before it is archived: after that nothing is scored, corrected or sealed any more."""

from __future__ import annotations

from typing import Final

from assess.core.errors import Refused
from assess.core.text import Text
from assess.store.queries import corrections, seals
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session

NOTHING_SEALED: Final = Text(
    "结果尚未封存，不能归档：归档后不能再封存，请先封存结果。",
    "Nothing is sealed, so the year cannot be archived. An archived year cannot be sealed any more. Seal the "
    "results first.",
)
SEAL_UNDER_WAY: Final = Text(
    "正在封存结果，不能归档：请等它完成。",
    "The results are being sealed, so the year cannot be archived yet. Wait until it is done.",
)
OPEN_CORRECTIONS: Final = Text(
    "还有{count}项依职权更正待确认，不能归档：请先确认或退回。",
    "Corrections waiting for a second person: {count}. The year cannot be archived. Confirm or reject them first.",
)
NOT_SEALED: Final = Text(
    "有{count}项申诉处理决定或更正尚未计入封存的结果，不能归档：请重新计分并封存更正版。",
    "Decisions or corrections that are not part of the sealed result: {count}. The year cannot be archived. Score "
    "again and seal a corrected edition.",
)


def check_sealed(session: Session, cycle: CycleRow) -> None:
    """Let a year be archived whose sealed result contains all that was put right (at most 4 queries).

    Raises:
        Refused: nothing is sealed, it is under way, or something is not in the sealed result.
    """
    if any(each.job and each.job.is_under_way for each in seals.open_orders(session, cycle=cycle.id)):
        raise Refused(SEAL_UNDER_WAY)
    newest = next(iter(seals.seals_of(session, cycle=cycle.id)), None)
    if newest is None:
        raise Refused(NOTHING_SEALED)
    if (proposed := corrections.open_proposals(session, cycle=cycle.id)) != 0:
        raise Refused(OPEN_CORRECTIONS.format(count=proposed))
    if waiting := corrections.waiting_for_run(session, cycle=cycle.id, run=newest.run):
        raise Refused(NOT_SEALED.format(count=len(waiting)))
