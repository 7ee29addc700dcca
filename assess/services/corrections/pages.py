"""Decisions as the office's pages show them: a ruling to write, an effect to look at, and all corrections."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.appeals.effects import UnitEffect, UnitStanding
from assess.core.appeals.filing import told_asked
from assess.core.appeals.naming import CaseKind, called_case
from assess.core.appeals.rulings import Exempting, changes_in
from assess.core.appeals.states import AppealState
from assess.core.errors import NotAllowed, NotFound, Refused
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.runs.kinds import RunKind
from assess.core.text import Text
from assess.core.workflow import Act, Request, is_allowed
from assess.services import runs
from assess.services.appeals.lines import NOT_RELEASED
from assess.services.appeals.lodging import NO_APPEAL
from assess.services.appeals.pages import ToldChange, told_changes
from assess.services.appeals.parties import about, check_confirmer, why_never_ruler
from assess.services.corrections.deciding import NO_PROPOSAL
from assess.services.corrections.effects import DecisionEffect, LineBrief, brief_now, effect_of, subjects_of
from assess.services.runs.comparing import sheet_of
from assess.services.years import Year, objects_of_unit, year_of
from assess.store.queries import appeals as appeal_queries
from assess.store.queries import corrections as queries
from assess.store.queries.appeals import AppealRow
from assess.store.queries.corrections import CorrectionRow
from assess.store.queries.cycles import CycleRow
from assess.store.queries.runs import RunRow, newest_run
from assess.store.session import Session

KINDS: Final = {True: CaseKind.RULING, False: CaseKind.EX_OFFICIO}
"""What a decision is called, by whether somebody appealed."""


@dataclass(frozen=True, eq=False)
class RulingPage:
    """An appeal that is to be ruled on: the figures as they count now, and what the reader proposed before.

    `barred` says why the reader may not rule on it though it waits; None where they may.
    """

    row: AppealRow
    line: LineBrief
    asked: Text | None
    mine: CorrectionRow | None
    is_open: bool
    barred: Text | None


@dataclass(frozen=True, eq=False)
class DecisionPage:
    """A proposed decision with what it does, or one that took effect with what was seen then.

    Attributes:
        name: what the decision is called.
        effect: None once it is decided, and where no result is released.
        moved: the units that it moves, or moved.
        is_mine: whether the reader proposed it.
        barred: why the reader may not confirm a colleague's correction that waits; None where they may.
    """

    row: CorrectionRow
    name: Text
    line: LineBrief
    sheet: RuleSheet
    effect: DecisionEffect | None
    units: tuple[UnitEffect, ...]
    changes: tuple[ToldChange, ...]
    exempt: Exempting
    is_mine: bool
    is_open: bool
    barred: Text | None

    @property
    def moved(self) -> int:
        """How many units it moves."""
        return sum(each.moves for each in self.units)

    def grade(self, standing: UnitStanding) -> Text | None:
        """What a grade is called."""
        grades = {each.id: title_of(each, each.id) for each in self.sheet.grades or ()}
        return None if standing.grade is None else grades.get(standing.grade, Text.same(standing.grade))


class CorrectionLine(NamedTuple):
    """A correction in the list."""

    row: CorrectionRow
    name: Text
    unit: Text
    title: Text


@dataclass(frozen=True, eq=False)
class CorrectionList:
    """A page of the corrections that nobody appealed for; `waiting` the decisions that the released run lacks."""

    lines: tuple[CorrectionLine, ...]
    number: int
    waiting: tuple[CorrectionRow, ...]


@dataclass(frozen=True, eq=False)
class CorrectionSubjects:
    """What a correction may be about; `line` once unit and subject are chosen."""

    year: Year
    titles: dict[str, Text]
    line: LineBrief | None


def ruling_page(session: Session, actor: Actor, *, cycle: CycleRow, number: int) -> RulingPage:
    """An appeal to be ruled on (5 queries, about 8 more where anything happened since the line was looked at last).

    Raises:
        NotAllowed: the person is not of the office.
        NotFound: there is no such appeal.
        Refused: nothing is released.
    """
    actor.check_may(Right.ADMINISTER)
    row = appeal_queries.appeal_numbered(session, cycle=cycle.id, number=number)
    if row is None:
        raise NotFound(NO_APPEAL)
    line = brief_now(session, cycle, basis_of(session, cycle), unit=row.unit, item=row.item)
    proposed = queries.proposals_of(session, cycle=cycle.id, appeal=number)
    mine = (each for each in proposed if each.state is Request.ASKED and each.proposer == actor.account)
    is_open = row.state is AppealState.LODGED and is_allowed(cycle.stage, Act.RULE)
    barred = why_never_ruler(session, actor, year_of(session, cycle), row) if is_open else None
    return RulingPage(row, line, told_asked(row.cell, row.asked, line.cells), next(mine, None), is_open, barred)


def decision_page(
    session: Session, actor: Actor, *, cycle: CycleRow, row: int = 0, number: int = 0, appeal: int | None = None
) -> DecisionPage:
    """A decision by its row, of an appeal, or by the number of a correction (5 queries, about 10 more at first).

    Raises:
        NotAllowed: the person is not of the office.
        NotFound: there is no such decision.
        Refused: nothing is released, or the inputs cannot be scored.
    """
    actor.check_may(Right.ADMINISTER)
    if row:
        found = queries.correction_at(session, cycle=cycle.id, row=row)
    else:
        found = queries.correction_numbered(session, cycle=cycle.id, number=number)
    if found is None or found.appeal != appeal:
        raise NotFound(NO_PROPOSAL)
    run, waits = basis_of(session, cycle), found.state is Request.ASKED
    effect = effect_of(session, cycle, found, run) if waits else None
    line = brief_now(session, cycle, run, unit=found.unit, item=found.item) if effect is None else effect.about
    sheet, is_mine = sheet_of(session, run), found.proposer == actor.account
    is_open = waits and is_allowed(cycle.stage, Act.CORRECT if appeal is None else Act.RULE)
    asks = is_open and appeal is None and not is_mine
    return DecisionPage(
        row=found, name=called_case(KINDS[appeal is not None], cycle.year, found.number), line=line, sheet=sheet,
        effect=effect, units=kept_units(found) if effect is None else in_order(effect),
        changes=told_changes(sheet, found, objects_of_unit(session, cycle, sheet, found.unit)),
        exempt=changes_in(found.changes)[1],
        is_mine=is_mine, is_open=is_open,
        barred=why_no_confirmer(session, actor, year_of(session, cycle), found) if asks else None,
    )  # fmt: skip


def why_no_confirmer(session: Session, actor: Actor, year: Year, row: CorrectionRow) -> Text | None:
    """Why a person may not confirm a colleague's correction; None where they may (1 to 3 queries)."""
    what = about(year, row.changes, unit=row.unit, item=row.item)
    try:
        check_confirmer(session, actor, year, what, proposer=row.proposer)
    except NotAllowed as error:
        return error.what
    return None


def in_order(effect: DecisionEffect) -> tuple[UnitEffect, ...]:
    """Every unit: those that move, the furthest first, then the others in the order of the list."""
    return (*effect.moved, *(each for each in effect.units if not each.moves))


def kept_units(row: CorrectionRow) -> tuple[UnitEffect, ...]:
    """The units that a decision moved, as they were shown to whoever took it."""
    kept = () if row.effect is None else row.effect["moved"]
    return tuple(
        UnitEffect(
            each["unit"], Text(*each["name"]), None, UnitStanding(*each["now"]), UnitStanding(*each["after"])
        )
        for each in kept
    )  # fmt: skip


def correction_list(
    session: Session, actor: Actor, *, cycle: CycleRow, part: slice, states: Collection[Request] = tuple(Request)
) -> CorrectionList:
    """A page of the corrections in some states that nobody appealed for, newest first (at most 7 queries).

    Raises:
        NotAllowed: the person is not of the office.
    """
    actor.check_may(Right.ADMINISTER)
    start = part.start or 0
    rows = queries.ex_officio_in(session, cycle=cycle.id, states=states, start=start, size=part.stop - start)
    year = year_of(session, cycle) if rows else None
    lines = () if year is None else tuple(correction_line(year, row) for row in rows)
    number = queries.number_ex_officio(session, cycle=cycle.id, states=states)
    return CorrectionList(lines, number, waiting_in(session, cycle))


def correction_line(year: Year, row: CorrectionRow) -> CorrectionLine:
    """A correction in words."""
    name = called_case(CaseKind.EX_OFFICIO, year.cycle.year, row.number)
    return CorrectionLine(row, name, year.name_of(row.unit), titles_in(year).get(row.item, Text.same(row.item)))


def basis(session: Session, cycle: CycleRow) -> RunRow | None:
    """The run that effects are told against: the released one, and the newest where none is (at most 2 queries)."""
    found = runs.released_run(session, cycle)
    return found[1] if found is not None else newest_run(session, cycle=cycle.id, kind=RunKind.WORKING)


def basis_of(session: Session, cycle: CycleRow) -> RunRow:
    """The same.

    Raises:
        Refused: there is no run.
    """
    found = basis(session, cycle)
    if found is None:
        raise Refused(NOT_RELEASED)
    return found


def waiting_in(session: Session, cycle: CycleRow) -> tuple[CorrectionRow, ...]:
    """What was decided and the released run does not contain; nothing where none is released (at most 3 queries)."""
    found = runs.released_run(session, cycle)
    return () if found is None else tuple(queries.waiting_for_run(session, cycle=cycle.id, run=found[1].id))


def titles_in(year: Year) -> dict[str, Text]:
    """What a correction may be about, by id, in the order of the sheet."""
    return {name: title_of(each, name) for name, each in subjects_of(year.sheet).items()}


def subjects(session: Session, actor: Actor, *, cycle: CycleRow, unit: str, item: str) -> CorrectionSubjects:
    """What may be corrected, and the line that was chosen (5 queries, about 8 more where one was).

    Raises:
        NotAllowed: the person is not of the office.
        Refused: no rule sheet is published.
    """
    actor.check_may(Right.ADMINISTER)
    year, run = year_of(session, cycle), basis(session, cycle)
    titles = titles_in(year)
    if run is None or unit not in year.units.places or item not in titles:
        return CorrectionSubjects(year, titles, None)
    return CorrectionSubjects(year, titles, brief_now(session, cycle, run, unit=unit, item=item))
