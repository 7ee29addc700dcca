"""Members of panels: named by the office or by the department of the figure, and removed by them with a reason."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import NotFound, Refused, Stale
from assess.core.reasons import checked_reason
from assess.core.text import Text
from assess.core.workflow import LabeledEnum
from assess.services import audit
from assess.services.cycles import lock_year
from assess.services.panels.scope import Panel, naming_locked, panel_of, subject_of
from assess.services.panels.settling import JudgedPeriod, settle, standing_of
from assess.store.models import Mark, Panellist
from assess.store.queries import panels as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import OVERTAKEN, Session, flush

NOBODY: Final = Text("请至少选择一人。", "Select at least one person.")
NOT_FIT: Final = Text(
    "只能选择账号在用的部门考评人员或考核办人员。",
    "Select people of departments or the assessment office with open accounts.",
)
NO_SEAT: Final = Text("没有这位成员。", "There is no such member.")
NO_CHOICE: Final = Text("请选择已评分数是否继续有效。", "Select whether the points given so far still count.")


class LeaverPoints(LabeledEnum):
    """What becomes of the points of a member who leaves."""

    KEEP = "keep", "继续有效", "Still count"
    DROP = "drop", "不再计入", "No longer count"


def name_members(
    session: Session, actor: Actor, *, cycle: CycleRow, figure: str, accounts: Collection[int], now: datetime
) -> int:
    """Let people sit on the panel of a figure; how many. Who sits there already stays.

    Raises:
        NotAllowed: the person does not keep the panel.
        NotFound: there is no such panel.
        Refused: the stage does not allow it, nobody is named who does not sit there yet, or somebody may not.
        Stale: somebody else names the same person at this moment.
    """
    panel = kept_panel(session, actor, cycle=cycle, figure=figure)
    sitting = {seat.actor.account for seat in panel.seats}
    fresh = sorted(set(accounts) - sitting)
    if not fresh:
        raise Refused(NOBODY, {"accounts": NOBODY})
    fit = {each.account: each.name for each in queries.candidates(session)}
    if not fit.keys() >= set(fresh):
        raise Refused(NOT_FIT, {"accounts": NOT_FIT})
    session.add_all(
        Panellist(cycle_id=cycle.id, figure=figure, account_id=account, named_by=actor.account, named_at=now)
        for account in fresh
    )
    flush(session)
    new = {"members": [[account, fit[account]] for account in fresh]}
    audit.record(session, actor, subject=subject_of(panel), action="named", new=new, now=now)
    return len(fresh)


def remove_member(
    session: Session, actor: Actor, *, cycle: CycleRow, figure: str, seat: int, given: str, reason: str, now: datetime
) -> None:
    """Let a member leave; nobody waits for them any more. Their points go on counting, or count no longer.

    Args:
        session: the transaction.
        actor: somebody of the office or of the figure's department.
        cycle: the year.
        figure: the judged figure.
        seat: the number of the seat.
        given: "keep" or "drop": what becomes of the points given so far.
        reason: why the member leaves.
        now: the moment.

    Raises:
        NotAllowed: the person does not keep the panel.
        NotFound: there is no such panel or member.
        Refused: the stage does not allow it, or the choice or the reason is missing.
        Stale: the member left meanwhile.
    """
    panel = kept_panel(session, actor, cycle=cycle, figure=figure)
    row = session.get(Panellist, seat)
    if row is None or row.cycle_id != cycle.id or row.figure != figure:
        raise NotFound(NO_SEAT)
    if row.left_at is not None:
        raise Stale(OVERTAKEN)
    if given not in {each.value for each in LeaverPoints}:
        raise Refused(NO_CHOICE, {"given": NO_CHOICE})
    why = checked_reason(reason)
    row.left_at = now
    dropped = drop_marks(session, row, reason=why, now=now) if given == LeaverPoints.DROP else set()
    flush(session)
    new = {"account": row.account_id, "given": given, "reason": why, "dropped": len(dropped)}
    audit.record(session, actor, subject=subject_of(panel), action="removed", new=new, now=now)
    after = panel_of(session, actor, cycle=cycle, figure=figure)
    standing = standing_of(session, after, after.periods)
    open_cells = {cell for cell in standing.marks if not standing.counts(cell)}
    settle(session, actor, standing, dropped | open_cells, now=now)


def kept_panel(session: Session, actor: Actor, *, cycle: CycleRow, figure: str) -> Panel:
    """A panel whose members a person may change, while nobody else changes or judges.

    Raises:
        NotAllowed, NotFound, Refused: as the acts say.
    """
    lock_year(session, cycle)
    queries.lock_panel(session, cycle=cycle.id, figure=figure)
    panel = panel_of(session, actor, cycle=cycle, figure=figure)
    panel.check_keeper(actor)
    if (locked := naming_locked(cycle)) is not None:
        raise Refused(locked)
    return panel


def drop_marks(session: Session, row: Panellist, *, reason: str, now: datetime) -> set[JudgedPeriod]:
    """Put a mark without points after each of a member's; of which units and periods."""
    marks = queries.marks_for_update(session, cycle=row.cycle_id, figure=row.figure, account=row.account_id)
    given = [mark for mark in marks if mark.millionths is not None]
    for mark in given:
        mark.superseded_at = now
    flush(session)
    session.add_all(
        Mark(
            cycle_id=row.cycle_id, figure=row.figure, unit=mark.unit, period=mark.period, account_id=row.account_id,
            millionths=None, reason=reason, given_at=now, supersedes=mark.id,
        )
        for mark in given
    )  # fmt: skip
    flush(session)
    return {JudgedPeriod(mark.unit, mark.period) for mark in given}
