"""A panel with all that belongs to it: its year, its figure, who sits on it, and what a person may do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.calendar import Due, day_of, due_on
from assess.core.completeness import Demands
from assess.core.errors import NotAllowed, NotFound, Refused
from assess.core.figures.periods import labels
from assess.core.panels import Judged, PanelMember, judged_figures
from assess.core.text import Text
from assess.core.workflow import ALLOWED, Act, is_allowed, listed
from assess.services.imports.comparing import demands_in
from assess.services.imports.windows import window_of
from assess.services.years import Year, year_of
from assess.store.queries import panels as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.panels import Seat
from assess.store.queries.reopenings import open_reopenings
from assess.store.session import Session

NO_PANEL: Final = Text(
    "没有这个评审项，或您无权查看。", "There is no such panel, or you do not have permission to see it."
)
NO_PERIOD: Final = Text("该评审项没有这个填报期。", "This figure has no such reporting period.")
NOT_ITS_KEEPER: Final = Text(
    "评审组由考核办或该数据项所属部门管理。",
    "A panel is managed by the assessment office or by the department of its figure.",
)
NOT_A_MEMBER: Final = Text("您不是该评审组成员。", "You are not a member of this panel.")
TOO_EARLY: Final = Text(
    "评审尚未开始（当前阶段：{stage}）。", "Panel scoring has not started (current stage: {stage})."
)
CLOSED: Final = Text("评审已结束（当前阶段：{stage}）。", "Panel scoring has ended (current stage: {stage}).")
TOO_LATE: Final = Text(
    "评审已于{day}截止。确需补评的，请联系考核办。",
    "Panel scoring closed on {day}. To give points late, contact the assessment office.",
)
NO_NAMING: Final = Text(
    "本年度处于“{stage}”阶段，评审组不能再变动，须在“{stages}”阶段办理。",
    "The year is at the stage {stage}. A panel can only be changed at the stage {stages}.",
)


@dataclass(frozen=True)
class JudgingWindow:
    """The last day to judge, None where there is none; and why nobody can, None where they can."""

    last: date | None
    locked: Text | None
    today: date

    @property
    def due(self) -> Due:
        """How the deadline stands."""
        return due_on(self.last, self.today)


@dataclass(frozen=True, eq=False)
class Panel:
    """The panel of a figure of a year; without members the figure has none."""

    year: Year
    judged: Judged
    seats: tuple[Seat, ...]
    applies: frozenset[str]

    @cached_property
    def members(self) -> tuple[PanelMember, ...]:
        """Who sits on it."""
        return tuple(member_of(seat) for seat in self.seats)

    @property
    def periods(self) -> tuple[str, ...]:
        """The labels of the periods that are judged."""
        return labels(self.judged.stated.period, self.year.cycle.year)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The units that are judged, in their order."""
        return tuple(code for code in self.year.units.codes if code in self.applies)

    def group_of(self, unit: str) -> str | None:
        """The group of a unit, where full marks differ by group: to find it takes as long as the rest of a page."""
        return self.year.groups[self.year.place_of(unit)] if self.judged.differs else None

    def seat_of(self, actor: Actor) -> Seat | None:
        """The seat of a person."""
        return next((seat for seat in self.seats if seat.actor.account == actor.account), None)

    def is_kept_by(self, actor: Actor) -> bool:
        """Whether a person names and removes its members: the office, and the department of its figure."""
        return keeps(actor, self.judged)

    def check_keeper(self, actor: Actor) -> None:
        """Raise NotAllowed unless the person keeps the panel."""
        if not self.is_kept_by(actor):
            raise NotAllowed(NOT_ITS_KEEPER)

    def check_period(self, period: str) -> None:
        """Raise NotFound for a period that is not judged."""
        if period not in self.periods:
            raise NotFound(NO_PERIOD)


def keeps(actor: Actor, judged: Judged) -> bool:
    """Whether a person keeps the panel of a figure."""
    is_of_department = actor.may(Right.CERTIFY) and judged.department in actor.departments
    return actor.may(Right.ADMINISTER) or is_of_department


def member_of(seat: Seat) -> PanelMember:
    """Who sits on a seat."""
    return PanelMember(seat.actor.account, seat.actor.name, seat.actor.units)


def panel_of(session: Session, actor: Actor, *, cycle: CycleRow, figure: str) -> Panel:
    """The panel of a figure, for its keepers and its members (5 queries).

    Raises:
        NotFound: the figure is none that is judged, or the person has nothing to do with its panel.
        Refused: no rule sheet is published.
    """
    year = year_of(session, cycle)
    judged = judged_figures(year.sheet).get(figure)
    if judged is None:
        raise NotFound(NO_PANEL)
    seats = tuple(queries.seats_of(session, cycle=cycle.id, figures=[figure]))
    panel = Panel(year, judged, seats, applying(year, demands_in(session, year), figure))
    if not panel.is_kept_by(actor) and panel.seat_of(actor) is None:
        raise NotFound(NO_PANEL)
    return panel


def applying(year: Year, demands: Demands, figure: str) -> frozenset[str]:
    """The units that a figure is asked of."""
    rows = {asked.figure: row for asked, row in zip(demands.asked, demands.applies, strict=True)}
    row = rows.get(figure)
    return frozenset() if row is None else frozenset(
        code for code, applies in zip(year.units.codes, row.tolist(), strict=True) if applies
    )  # fmt: skip


def left_to_judge(
    year: Year, demands: Demands, own: Mapping[str, frozenset[tuple[str, str]]], actor: Actor
) -> dict[str, int]:
    """By figure, how many units and periods a person has still to judge."""
    figures = judged_figures(year.sheet)
    return {
        name: sum(
            (unit, period) not in own[name]
            for unit in applying(year, demands, name) - actor.units
            for period in labels(judged.stated.period, year.cycle.year)
        )
        for name, judged in figures.items()
        if name in own
    }


def own_by_figure(session: Session, actor: Actor, *, cycle: CycleRow) -> dict[str, frozenset[tuple[str, str]]]:
    """The panels on which a person sits, with the units and periods they judged (1 query)."""
    found: dict[str, set[tuple[str, str]]] = {}
    for row in queries.own_marks(session, cycle=cycle.id, account=actor.account):
        cells = found.setdefault(row.figure, set())
        if row.unit is not None and row.period is not None:
            cells.add((row.unit, row.period))
    return {figure: frozenset(cells) for figure, cells in found.items()}


def window_now(session: Session, cycle: CycleRow, judged: Judged, now: datetime) -> JudgingWindow:
    """Whether a panel may judge now, and until when: as long as its department may supply figures (1 query)."""
    today = day_of(now)
    found = window_of(cycle, judged.department, open_reopenings(session, cycle.id, today), today)
    if found.locked is None:
        return JudgingWindow(found.last, None, today)
    return JudgingWindow(found.last, why_locked(cycle, found.last, today), today)


def why_locked(cycle: CycleRow, last: date | None, today: date) -> Text:
    """Why nobody can judge."""
    if cycle.stage.is_preparing:
        return TOO_EARLY.format(stage=cycle.stage.label)
    if last is not None and today > last and is_allowed(cycle.stage, Act.SUPPLY):
        return TOO_LATE.format(day=last)
    return CLOSED.format(stage=cycle.stage.label)


def check_window(session: Session, cycle: CycleRow, judged: Judged, now: datetime) -> None:
    """Let a panel judge now.

    Raises:
        Refused: the stage does not allow it, or its last day is over.
    """
    if (locked := window_now(session, cycle, judged, now).locked) is not None:
        raise Refused(locked)


def naming_locked(cycle: CycleRow) -> Text | None:
    """Why a panel can no longer change; None where it can."""
    if is_allowed(cycle.stage, Act.AMEND):
        return None
    return NO_NAMING.format(stage=cycle.stage.label, stages=listed(ALLOWED[Act.AMEND]))


def subject_of(panel: Panel) -> str:
    """What the log calls a panel."""
    return f"panel:{panel.year.cycle.year}/{panel.judged.id}"
