"""A member gives points: to many units at once, each with the reason, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.actors import Actor
from assess.core.errors import NotAllowed, Refused, Stale
from assess.core.figures.entry import MILLION, to_stored
from assess.core.numbers import reduced
from assess.core.panels import read_points
from assess.core.parsing import ParseError
from assess.core.reasons import wrong_with_reason
from assess.core.text import Text
from assess.services import audit
from assess.services.cycles import lock_year
from assess.services.panels.scope import NOT_A_MEMBER, Panel, check_window, panel_of, subject_of
from assess.services.panels.settling import JudgedPeriod, settle, standing_of
from assess.store.models import Mark
from assess.store.queries import panels as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

NO_POINTS: Final = Text("请填写分数。", "Enter the points.")
NOT_TAKEN_BACK: Final = Text(
    "已评的分数可以修改，不能清空，请填写修改后的分数。",
    "Points cannot be cleared. Enter the new points.",
)
SAME_REASON: Final = Text("请填写修改分数的理由。", "Enter the reason for changing the points.")
NOT_JUDGED: Final = Text("该单位不涉及本项，不评分。", "This does not apply to the unit, so no points are given.")
NOTHING_NEW: Final = Text("没有新的评分或修改，无需保存。", "There are no new or changed points to save.")
WRONG: Final = Text("有{n}处需要修改，尚未保存任何评分。", "Nothing was saved. Entries to correct: {n}.")
OVERTAKEN: Final = Text(
    "您在其他窗口修改了这里的评分，本次未保存。请核对后再保存一次。",
    "You changed points in another window meanwhile, so nothing was saved. Compare and save again.",
)
GIVEN_MEANWHILE: Final = Text("现为{points}分：{reason}", "now {points} points: {reason}")


class Typed(NamedTuple):
    """What was typed for a unit, and the number of the mark that was seen; 0 where none was."""

    points: str
    reason: str
    seen: int


class KeptPoints(NamedTuple):
    """How many points are new or changed, and of how many units the mean counts by that."""

    marks: int
    means: int


@dataclass
class Sheet:
    """What a member sends for a period: the new marks, what is wrong, and what changed in another window."""

    panel: Panel
    period: str
    before: Mapping[str, Mark]
    fresh: dict[str, tuple[Fraction, str]] = field(default_factory=dict)
    wrong: dict[str, Text] = field(default_factory=dict)
    overtaken: dict[str, Text] = field(default_factory=dict)

    def take(self, unit: str, typed: Typed) -> None:
        """Look at what was typed for a unit."""
        mark = self.standing(unit)
        if is_untouched(typed, mark):
            return
        if unit not in self.panel.applies:
            self.wrong[f"points-{unit}"] = NOT_JUDGED
        elif typed.seen != (0 if mark is None else mark.id):
            self.overtaken[f"points-{unit}"] = NOT_TAKEN_BACK if mark is None else meanwhile(mark)
        else:
            self.read(unit, typed, mark)

    def standing(self, unit: str) -> Mark | None:
        """The points of a unit that stand."""
        mark = self.before.get(unit)
        return None if mark is None or mark.millionths is None else mark

    def read(self, unit: str, typed: Typed, mark: Mark | None) -> None:
        """Keep what was typed, or say what is wrong with it."""
        points = read_points(self.panel.judged, self.panel.group_of(unit), typed.points)
        why = wrong_with_reason(typed.reason)
        if points is None:
            self.wrong[f"points-{unit}"] = NO_POINTS if mark is None else NOT_TAKEN_BACK
        elif isinstance(points, ParseError):
            self.wrong[f"points-{unit}"] = points.what
        elif mark is not None and worded(typed.reason) == worded(mark.reason):
            if points == points_in(mark):
                return
            why = SAME_REASON
        if why is not None:
            self.wrong[f"reason-{unit}"] = why
        elif isinstance(points, Fraction):
            self.fresh[unit] = (points, typed.reason.strip())


def is_untouched(typed: Typed, mark: Mark | None) -> bool:
    """Whether what was typed is what stands."""
    points, reason = typed.points.strip(), worded(typed.reason)
    if mark is None:
        return not points and not reason
    return points == reduced(points_in(mark)) and reason == worded(mark.reason)


def worded(reason: str) -> str:
    """A reason whatever its blanks and breaks of lines, which browsers change."""
    return " ".join(reason.split())


def points_in(mark: Mark) -> Fraction:
    """The points of a mark."""
    return Fraction(mark.millionths or 0, MILLION)


def meanwhile(mark: Mark) -> Text:
    """What stands now, in words."""
    return GIVEN_MEANWHILE.format(points=reduced(points_in(mark)), reason=mark.reason)


def give_marks(
    session: Session, actor: Actor, *, cycle: CycleRow, figure: str, period: str, typed: Mapping[str, Typed],
    now: datetime,
) -> KeptPoints:  # fmt: skip
    """Keep the points of a member for many units, all or none. What was not touched stays as it is.

    Args:
        session: the transaction.
        actor: a member of the panel.
        cycle: the year.
        figure: the judged figure.
        period: the label of the period.
        typed: what was typed, by the code of the unit.
        now: the moment.

    Raises:
        NotAllowed: the person is no member, or reports for a unit that they judge.
        NotFound: there is no such panel, period or unit.
        Refused: judging is over, nothing is new, or some of it will not do (by `points-` and `reason-` and the unit).
        Stale: the same member gave other points in another window.
    """
    lock_year(session, cycle)
    queries.lock_panel(session, cycle=cycle.id, figure=figure)
    panel = panel_of(session, actor, cycle=cycle, figure=figure)
    if panel.seat_of(actor) is None:
        raise NotAllowed(NOT_A_MEMBER)
    panel.check_period(period)
    check_window(session, cycle, panel.judged, now)
    marks = queries.marks_for_update(session, cycle=cycle.id, figure=figure, account=actor.account)
    sheet = Sheet(panel, period, {mark.unit: mark for mark in marks if mark.period == period})
    for unit, each in typed.items():
        panel.year.place_of(unit)
        if each.points.strip() or each.reason.strip():
            actor.check_other_unit(unit, panel.year.name_of(unit))
        sheet.take(unit, each)
    check_sheet(sheet)
    append_marks(session, actor, sheet, now=now)
    cells = [JudgedPeriod(unit, period) for unit in sheet.fresh]
    means = settle(session, actor, standing_of(session, panel, [period]), cells, now=now)
    return KeptPoints(len(cells), means)


def check_sheet(sheet: Sheet) -> None:
    """Let pass what can be kept.

    Raises:
        Refused: something will not do, or nothing is new.
        Stale: something was changed in another window.
    """
    if sheet.overtaken:
        raise Stale(OVERTAKEN, sheet.overtaken)
    if sheet.wrong:
        raise Refused(WRONG.format(n=len(sheet.wrong)), sheet.wrong)
    if not sheet.fresh:
        raise Refused(NOTHING_NEW)


def append_marks(session: Session, actor: Actor, sheet: Sheet, *, now: datetime) -> None:
    """The new marks after those that stood.

    Raises:
        Stale: the same member gives points in another window at this moment.
    """
    panel, period = sheet.panel, sheet.period
    old = {unit: sheet.before[unit] for unit in sheet.fresh if unit in sheet.before}
    for mark in old.values():
        mark.superseded_at = now
    flush(session)
    session.add_all(
        Mark(
            cycle_id=panel.year.cycle.id, figure=panel.judged.id, unit=unit, period=period, account_id=actor.account,
            millionths=to_stored(points).millionths, reason=reason, given_at=now,
            supersedes=old[unit].id if unit in old else None,
        )
        for unit, (points, reason) in sheet.fresh.items()
    )  # fmt: skip
    flush(session)
    before = {unit: reduced(points_in(mark)) for unit, mark in old.items() if mark.millionths is not None}
    given = {unit: [reduced(points), reason] for unit, (points, reason) in sheet.fresh.items()}
    audit.record(
        session, actor, subject=subject_of(panel), action="judged", old={"points": before},
        new={"period": period, "points": given}, now=now,
    )  # fmt: skip
