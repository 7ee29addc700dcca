"""Who may supply the figures of a department, until when, and why not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final, NamedTuple

from assess.core.actors import NOT_YOUR_DEPARTMENT, Actor, Right
from assess.core.calendar import Due, day_of, due_on
from assess.core.errors import NotAllowed, NotFound, Refused
from assess.core.text import Text
from assess.core.workflow import Act, Stage, is_allowed, last_stage_of
from assess.services.cycles import lock_year
from assess.store.models import Import, Reopening
from assess.store.models.finding_imports import LEDGER
from assess.store.queries.cycles import CycleRow
from assess.store.queries.imports import import_for_update
from assess.store.queries.reopenings import open_reopenings
from assess.store.session import Session

NO_IMPORT: Final = Text(
    "没有这个上传文件，或您无权查看。", "There is no such uploaded file, or you do not have permission to see it."
)
TOO_EARLY: Final = Text(
    "部门数据尚未开始报送（当前阶段：{stage}）。", "Departments cannot submit data yet (current stage: {stage})."
)
CLOSED: Final = Text(
    "部门数据报送已结束（当前阶段：{stage}），不能再上传、接收或撤销。",
    "Submission of department data has ended (current stage: {stage}). Nothing can be uploaded, accepted or undone.",
)
TOO_LATE: Final = Text(
    "部门数据报送已于{day}截止，不能再上传或接收。确需补报的，请联系考核办。",
    "Submission of department data closed on {day}. Nothing can be uploaded or accepted. To submit "
    "late, contact the assessment office.",
)


class SupplyWindow(NamedTuple):
    """The last day to supply figures, None where there is none; and why nothing can be, None where it can."""

    last: date | None
    locked: Text | None

    def due(self, today: date) -> Due:
        """How the deadline stands."""
        return due_on(self.last, today)


def check_department(actor: Actor, department: str) -> None:
    """Let the office and the department's own people pass.

    Raises:
        NotAllowed: somebody else.
    """
    if not actor.may(Right.ADMINISTER):
        actor.check_may(Right.CERTIFY)
        if department not in actor.departments:
            raise NotAllowed(NOT_YOUR_DEPARTMENT)


def window_of(
    cycle: CycleRow, department: str, reopenings: Collection[Reopening], today: date, stage: Stage | None = None
) -> SupplyWindow:
    """Whether a department may supply figures today, and until when: the end of verifying, later where reopened."""
    days = [each.until for each in reopenings if each.department == department]
    reopened = {Act.SUPPLY} if days else set()
    end = cycle.ends.get(last_stage_of(Act.SUPPLY))
    last = max([*days, *([end] if end else [])], default=None)
    return SupplyWindow(last, stage_lock(stage or cycle.stage, reopened) or day_lock(last, today))


def stage_lock(stage: Stage, reopened: Collection[Act] = ()) -> Text | None:
    """Why a stage keeps departments from supplying figures; None where it does not."""
    if is_allowed(stage, Act.SUPPLY, reopened):
        return None
    return (TOO_EARLY if stage.is_preparing else CLOSED).format(stage=stage.label)


def day_lock(last: date | None, today: date) -> Text | None:
    """Why it is too late; None where it is not."""
    return TOO_LATE.format(day=last) if last is not None and today > last else None


def window_today(session: Session, cycle: CycleRow, department: str, now: datetime) -> SupplyWindow:
    """Whether a department may supply figures now, and until when (1 query)."""
    today = day_of(now)
    return window_of(cycle, department, open_reopenings(session, cycle.id, today), today)


def check_window(session: Session, cycle: CycleRow, department: str, now: datetime) -> None:
    """Let a department supply figures now.

    Raises:
        Refused: the stage does not allow it, or its last day is over.
    """
    if locked := window_today(session, cycle, department, now).locked:
        raise Refused(locked)


def held_import(session: Session, actor: Actor, *, cycle: CycleRow, row: int) -> Import:
    """A file to be changed, while nobody moves the year or changes another file of its department.

    Raises:
        NotFound: there is none in this year, or it is another department's.
        Refused: the year moved on since the page was opened.
    """
    lock_year(session, cycle)
    found = import_for_update(session, row=row)
    if found is None or found.cycle_id != cycle.id or not sees(actor, found.department):
        raise NotFound(NO_IMPORT)
    return found


def sees(actor: Actor, department: str) -> bool:
    """Whether a person sees what a department supplies: its own people and the office; files of findings are none."""
    if department == LEDGER:
        return False
    return actor.may(Right.ADMINISTER) or (actor.may(Right.CERTIFY) and department in actor.departments)


def subject_of(cycle: CycleRow, row: Import) -> str:
    """What the log calls an uploaded file."""
    return f"import:{cycle.year}/{row.department}/{row.id}"
