"""Panels as pages show them: the list of judged figures, what a member judges, and what the keepers see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from assess.core.actors import Actor, Right, Role
from assess.core.errors import NotFound
from assess.core.figures.entry import MILLION
from assess.core.figures.period_words import read_label
from assess.core.figures.periods import PeriodLabel
from assess.core.panels import Judged, PanelOutcome, judged_figures
from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.services.imports.comparing import demands_in
from assess.services.panels.scope import (
    NO_PANEL,
    JudgingWindow,
    Panel,
    applying,
    keeps,
    left_to_judge,
    own_by_figure,
    panel_of,
    window_now,
)
from assess.services.panels.settling import JudgedPeriod, PanelResult, standing_of
from assess.services.years import Year, year_of
from assess.store.queries import panels as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.panels import CountingRow, MarkRow, Seat
from assess.store.session import Session


@dataclass(frozen=True)
class PanelLine:
    """A judged figure in the list: its panel, how many means count of those needed; `left` is None for no member."""

    judged: Judged
    department: Text
    seats: tuple[Seat, ...]
    counting: int
    needed: int
    left: int | None
    is_kept: bool


def panel_lines(session: Session, actor: Actor, *, cycle: CycleRow) -> tuple[Year, list[PanelLine]]:
    """The judged figures whose panels a person keeps or sits on, in the order of the sheet (7 queries).

    Raises:
        Refused: no rule sheet is published.
    """
    year, own = year_of(session, cycle), own_by_figure(session, actor, cycle=cycle)
    demands, figures = demands_in(session, year), judged_figures(year.sheet)
    left = left_to_judge(year, demands, own, actor)
    seats = queries.seats_of(session, cycle=cycle.id, figures=figures)
    counting = queries.means_counting(session, cycle=cycle.id, year=cycle.year)
    panels = [
        Panel(year, judged, tuple(seat for seat in seats if seat.figure == name), applying(year, demands, name))
        for name, judged in figures.items()
        if keeps(actor, judged) or name in own
    ]
    return year, [
        PanelLine(
            judged=panel.judged,
            department=department_of(year, panel.judged),
            seats=panel.seats,
            counting=counting.get(panel.judged.id, 0),
            needed=len(panel.units) * len(panel.periods),
            left=left.get(panel.judged.id),
            is_kept=panel.is_kept_by(actor),
        )
        for panel in panels
    ]


def department_of(year: Year, judged: Judged) -> Text:
    """What the department of a figure is called."""
    return title_of((year.sheet.departments or {}).get(judged.department), judged.department)


@dataclass(frozen=True, eq=False)
class PanelPage:
    """A panel in one period, as a person sees it.

    `done` says how far each period is, of the `needed` units: judged by a member, or counting for others.
    """

    actor: Actor
    panel: Panel
    period: str
    standing: PanelResult
    window: JudgingWindow
    done: Mapping[str, int]
    needed: int

    @property
    def year(self) -> Year:
        """The year."""
        return self.panel.year

    @property
    def judged(self) -> Judged:
        """The figure."""
        return self.panel.judged

    @property
    def department(self) -> Text:
        """What the department of the figure is called."""
        return department_of(self.year, self.judged)

    @property
    def is_kept(self) -> bool:
        """Whether the person names and removes members."""
        return self.panel.is_kept_by(self.actor)

    @property
    def is_member(self) -> bool:
        """Whether the person sits on the panel."""
        return self.panel.seat_of(self.actor) is not None

    @property
    def periods(self) -> list[tuple[str, Text]]:
        """The periods to choose from; none where the figure is yearly."""
        named = [(label, period_called(self.year, label)) for label in self.panel.periods]
        return [(label, called) for label, called in named if called is not None]

    @property
    def period_called(self) -> Text | None:
        """What the period is called; None for the whole year."""
        return period_called(self.year, self.period)

    @cached_property
    def columns(self) -> tuple[tuple[int, str], ...]:
        """Account and name of who sits on the panel, and of former members whose points stand."""
        names = {member.account: member.name for member in self.panel.members}
        for given in self.standing.marks.values():
            names |= {account: mark.name for account, mark in given.items() if account not in names}
        return tuple(names.items())

    def is_own_unit(self, account: int, unit: str) -> bool:
        """Whether a member reports for a unit, and so never judges it."""
        return any(member.account == account and not member.may_judge(unit) for member in self.panel.members)

    def is_hidden(self, unit: str) -> bool:
        """Whether what others gave a unit is kept from a member, who has not judged it themselves."""
        return self.is_member and self.own(unit) is None

    def own(self, unit: str) -> MarkRow | None:
        """The points that the person gave a unit."""
        return self.standing.marks.get(JudgedPeriod(unit, self.period), {}).get(self.actor.account)

    def row(self, unit: str) -> PanelUnitRow:
        """One unit with what the panel gave it."""
        cell = JudgedPeriod(unit, self.period)
        return PanelUnitRow(
            unit=unit,
            name=self.year.name_of(unit),
            applies=unit in self.panel.applies,
            marks=self.standing.marks.get(cell, {}),
            outcome=self.standing.outcome(cell),
            counting=self.standing.counting.get(cell),
            is_hidden=self.is_hidden(unit),
            is_own_unit=unit in self.actor.units,
            most=self.judged.most(self.panel.group_of(unit)),
        )

    def rows(self, start: int, size: int) -> list[PanelUnitRow]:
        """A page of the units, in their order."""
        return [self.row(unit) for unit in self.year.units.codes[start : start + size]]

    @property
    def to_close(self) -> list[PanelUnitRow]:
        """The units whose mean would count if nobody were waited for."""
        codes = self.year.units.codes
        return [self.row(unit) for unit in codes if self.standing.can_be_closed(JudgedPeriod(unit, self.period))]

    @property
    def left(self) -> int:
        """How many units the person has still to judge in this period."""
        return sum(self.own(unit) is None for unit in self.panel.units if unit not in self.actor.units)


class PanelUnitRow(NamedTuple):
    """A unit with what each member gave it, their mean and spread, whom it waits for, and the value that counts."""

    unit: str
    name: Text
    applies: bool
    marks: Mapping[int, MarkRow]
    outcome: PanelOutcome
    counting: CountingRow | None
    is_hidden: bool
    is_own_unit: bool
    most: Fraction | None

    @property
    def value(self) -> Fraction | None:
        """The value that counts now."""
        found = None if self.counting is None else self.counting.millionths
        return None if found is None else Fraction(found, MILLION)

    @property
    def is_of_panel(self) -> bool:
        """Whether the value that counts is a mean of the panel."""
        return self.counting is not None and self.counting.kind == queries.PANEL

    @property
    def can_be_judged(self) -> bool:
        """Whether the person may give it points."""
        return self.applies and not self.is_own_unit


def panel_page(
    session: Session, actor: Actor, *, cycle: CycleRow, figure: str, period: str, now: datetime
) -> PanelPage:
    """A panel in a period, for its keepers and members; the first that is not done where none is named (9 queries).

    Raises:
        NotFound: there is no such panel or period, or the person has nothing to do with it.
        Refused: no rule sheet is published.
    """
    panel = panel_of(session, actor, cycle=cycle, figure=figure)
    if period:
        panel.check_period(period)
    done = number_done(session, actor, panel)
    needed = len(panel.units) - (len(actor.units & panel.applies) if panel.seat_of(actor) else 0)
    chosen = period or next((label for label in panel.periods if done.get(label, 0) < needed), panel.periods[0])
    standing = standing_of(session, panel, [chosen])
    return PanelPage(actor, panel, chosen, standing, window_now(session, cycle, panel.judged, now), done, needed)


def number_done(session: Session, actor: Actor, panel: Panel) -> Mapping[str, int]:
    """By period, how many units a member has judged; for others how many means count (1 query, none for a year)."""
    if len(panel.periods) == 1:
        return {}
    cycle, figure = panel.year.cycle, panel.judged.id
    if panel.seat_of(actor) is None:
        return queries.means_by_period(session, cycle=cycle.id, year=cycle.year, figure=figure, units=panel.units)
    units = panel.applies - actor.units
    return queries.judged_by_period(session, cycle=cycle.id, figure=figure, account=actor.account, units=units)


def judging_page(
    session: Session, actor: Actor, *, cycle: CycleRow, figure: str, period: str, now: datetime
) -> PanelPage:
    """The same for a member, who gives points there.

    Raises:
        NotFound: the person does not sit on the panel, or as `panel_page` says.
    """
    page = panel_page(session, actor, cycle=cycle, figure=figure, period=period, now=now)
    if not page.is_member:
        raise NotFound(NO_PANEL)
    return page


def period_called(year: Year, period: str) -> Text | None:
    """What a period is called; None for the whole year."""
    label = read_label(period, year.cycle.year)
    return label.label if isinstance(label, PeriodLabel) and not label.is_year else None


def fit_for(session: Session, panel: Panel) -> Sequence[tuple[int, Text]]:
    """Who may be named beside those who sit on a panel: account, and name with departments (2 queries)."""
    sitting = {seat.actor.account for seat in panel.seats}
    return [
        (each.account, introduced(panel.year, each))
        for each in queries.candidates(session)
        if each.account not in sitting
    ]


def introduced(year: Year, person: Actor) -> Text:
    """A person's name with the office or departments they are of, and the units they report for."""
    stated = year.sheet.departments or {}
    named = [title_of(stated.get(each), each) for each in sorted(person.departments)]
    named += [year.name_of(unit) for unit in sorted(person.units)]
    named += [Role.OFFICE.label] if person.may(Right.ADMINISTER) else []
    if not named:
        return Text.same(person.name)
    zh, en = "、".join(each.zh for each in named), ", ".join(each.en for each in named)
    return Text(f"{person.name}（{zh}）", f"{person.name} ({en})")
