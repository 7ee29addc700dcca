"""Assessment years: made by the office, and changed by one officer at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound, Refused
from assess.core.reasons import checked_reason, optional_reason
from assess.core.text import Text
from assess.core.workflow import FIRST_STAGE, Act, Stage, check_allowed
from assess.services import audit
from assess.store.models import Cycle
from assess.store.queries.cycles import CycleRow, cycle_of_year, has_data, held_stage
from assess.store.queries.forms import lock_unit_reports
from assess.store.session import Session, check_seen, flush

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099
NO_YEAR: Final = Text("没有这个考核年度。", "There is no such assessment year.")
YEAR_TAKEN: Final = Text("{year}年度已经建立，请直接打开。", "The year {year} already exists. Open it instead.")
NO_SUCH_YEAR: Final = Text("请填写{first}至{last}之间的年份。", "Enter a year from {first} to {last}.")
NO_TITLE: Final = Text("请填写年度名称（中文、英文）。", "Enter the title of the year in Chinese and in English.")
NOT_EMPTY: Final = Text(
    "{year}年度已有数据或已启动，不能删除。",
    "The year {year} has data or was opened, so it cannot be deleted.",
)
NO_REASON_TO_DELETE: Final = Text("请填写删除理由，将记入日志。", "Enter the reason, which is recorded in the log.")
MOVED_ON: Final = Text(
    "办理期间本年度已进入“{stage}”阶段，本次操作未保存。请重新打开页面。",
    "The year moved to the stage {stage} meanwhile, so nothing was saved. Open the page again.",
)
NO_REASON: Final = Text(
    "本年度已启动或内容已发布，更正时请填写理由。",
    "The year is open or this is published. Enter the reason for the correction.",
)


def create_year(
    session: Session, actor: Actor, *, year: int, title: Text, now: datetime, demonstration: bool = False
) -> Cycle:
    """Make a year that is being prepared; `demonstration` marks invented figures on every page.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: there is the year already, it is none of this century, or a title is missing.
    """
    actor.check_may(Right.ADMINISTER)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise refused("year", NO_SUCH_YEAR.format(first=FIRST_YEAR, last=LAST_YEAR))
    if cycle_of_year(session, year=year) is not None:
        raise refused("year", YEAR_TAKEN.format(year=year))
    for name, text in zip(("title_zh", "title_en"), title, strict=True):
        if not text.strip():
            raise refused(name, NO_TITLE)
    cycle = Cycle(
        year=year,
        title_zh=title.zh,
        title_en=title.en,
        stage=FIRST_STAGE,
        demonstration=demonstration,
        created_at=now,
    )
    session.add(cycle)
    flush(session)
    told = {"title": list(title), "demonstration": demonstration}
    audit.record(session, actor, subject=f"cycle:{year}", action="created", new=told, now=now)
    return cycle


def delete_year(
    session: Session, actor: Actor, *, cycle: CycleRow, seen: int | None, reason: str, now: datetime
) -> None:
    """Delete a year that was made by mistake and holds nothing yet; the log keeps that there was one, and why not.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: it was opened or holds something, or the reason is missing.
        Stale: somebody else changed the set-up since it was seen.
    """
    found = changing(session, actor, cycle=cycle, seen=seen)
    if not is_empty(session, cycle):
        raise Refused(NOT_EMPTY.format(year=cycle.year))
    kept_reason = checked_reason(reason, missing=NO_REASON_TO_DELETE)
    old = {"title": list(cycle.title), "demonstration": cycle.demonstration}
    session.delete(found)
    flush(session)
    audit.record(
        session, actor, subject=f"cycle:{cycle.year}", action="deleted", old=old, new={"reason": kept_reason}, now=now
    )


def is_empty(session: Session, cycle: CycleRow) -> bool:
    """Whether a year was never opened and holds nothing, so that it may be deleted (1 query)."""
    return not cycle.opened and not has_data(session, cycle=cycle.id)


def check_stage(stage: Stage) -> None:
    """Let a year be set up while it is being prepared, and corrected afterwards as long as its stage allows.

    Raises:
        Refused: the stage does not allow it.
    """
    check_allowed(stage, Act.SET_UP if stage.is_preparing else Act.AMEND)


def changing(session: Session, actor: Actor, *, cycle: CycleRow, seen: int | None) -> Cycle:
    """The year's own row, for an act of set-up; of two officers who saw the same version one comes too late.

    `seen` is the version of the year that the officer saw, None where no page was looked at.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it.
        Stale: somebody else changed the set-up since it was seen.
    """
    actor.check_may(Right.ADMINISTER)
    found = taken(session, cycle)
    check_stage(Stage(found.stage))
    count_change(session, found, seen)
    return found


def taken(session: Session, cycle: CycleRow) -> Cycle:
    """The year's own row as it stands now; nobody else changes it before the transaction ends.

    Raises:
        NotFound: there is no such year.
    """
    found = session.get(Cycle, cycle.id, with_for_update=True)
    if found is None:
        raise NotFound(NO_YEAR)
    return found


def lock_year(session: Session, cycle: CycleRow) -> None:
    """Let nobody move the year or set it up before the transaction ends; people of many units hold it side by side.

    Raises:
        NotFound: there is no such year.
        Refused: it went to another stage since the page was opened.
    """
    stage = held_stage(session, cycle=cycle.id)
    if stage is None:
        raise NotFound(NO_YEAR)
    if stage is not cycle.stage:
        raise Refused(MOVED_ON.format(stage=stage.label))


def lock_unit(session: Session, cycle: CycleRow, unit: str) -> None:
    """Let nobody else work on what a unit reports before the transaction ends; the year is held before it.

    Raises:
        NotFound, Refused: as `lock_year` says.
    """
    lock_year(session, cycle)
    lock_unit_reports(session, cycle=cycle.id, unit=unit)


def count_change(session: Session, cycle: Cycle, seen: int | None) -> None:
    """Count a change of the year, so that whoever saw it before comes too late.

    Raises:
        Stale: somebody else changed the year since it was seen.
    """
    if seen is not None:
        check_seen(cycle, seen)
    cycle.changes += 1
    flush(session)


def check_reason(reason: str, *, needed: bool) -> str | None:
    """A reason as it is kept, None where none was given.

    Raises:
        Refused: one is needed.
    """
    return (checked_reason(reason, missing=NO_REASON) if needed else optional_reason(reason)) or None


def refused(field: str, what: Text) -> Refused:
    """A refusal that stands beside a field."""
    return Refused(what, {field: what})
