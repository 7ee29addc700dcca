"""Appeals as pages show them: those of a unit, one with its ruling and what it changed, and the office's list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.appeals.cells import FigureCell, OwnObjects, cells_of, shown_text
from assess.core.appeals.filing import told_asked
from assess.core.appeals.naming import called_number
from assess.core.appeals.rulings import Exempting, changes_in
from assess.core.appeals.states import RULINGS, AppealState, AppealStep
from assess.core.errors import NotFound
from assess.core.expressions.parsing import MOST_YEARS_BACK
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.text import Text
from assess.core.workflow import Act, LabeledEnum, Request, is_allowed
from assess.services import runs
from assess.services.appeals.lines import LineSeen, line_seen
from assess.services.appeals.lodging import NO_APPEAL, SUBJECT, AppealWindow, check_own, window_of
from assess.services.appeals.parties import why_never_ruler
from assess.services.requests.exemptions import items_by_id
from assess.services.years import Year, objects_of_unit, year_of
from assess.store.queries import appeals as queries
from assess.store.queries import corrections, evidence
from assess.store.queries import runs as run_queries
from assess.store.queries.appeals import AppealRow, LineInRun
from assess.store.queries.corrections import CorrectionRow
from assess.store.queries.cycles import CycleRow
from assess.store.queries.evidence import AttachedRow
from assess.store.session import Session


class AppealView(LabeledEnum):
    """Which appeals a list shows."""

    OPEN = "open", "待处理", "Open"
    DECIDED = "decided", "已处理", "Decided"
    ALL = "all", "全部", "All"


SHOWN: Final[Mapping[AppealView, Sequence[AppealState]]] = {
    AppealView.OPEN: (AppealState.LODGED,),
    AppealView.DECIDED: tuple(RULINGS),
    AppealView.ALL: tuple(AppealState),
}


class AppealLine(NamedTuple):
    """An appeal in a list."""

    row: AppealRow
    number: str
    unit: Text
    title: Text
    asked: Text | None


class AppealHistoryEntry(NamedTuple):
    """One step in the history of an appeal."""

    step: AppealStep
    who: str
    at: datetime
    reason: str


class ToldChange(NamedTuple):
    """A figure that was put right, in words; `period` None for the whole year."""

    title: Text
    period: Text | None
    old: Text
    new: Text


@dataclass(frozen=True, eq=False)
class Ruling:
    """How an appeal was ruled on; `contained_in` is the number of the run that contains it first."""

    number: str
    outcome: AppealState
    reason: str
    who: str
    at: datetime | None
    changes: tuple[ToldChange, ...]
    exempt: Exempting
    contained_in: int | None


class AppealDifference(NamedTuple):
    """The unit and its line in the run that was appealed against, and in the one released last."""

    before: LineInRun
    after: LineInRun
    grades: tuple[Text | None, Text | None]


@dataclass(frozen=True, eq=False)
class AppealPage:
    """One appeal.

    Attributes:
        line: the line as it was when the unit appealed.
        asked: what the unit says should be.
        difference: None while no other run than the one appealed against is released.
        barred: why the reader, of the office, may not rule on it though it waits; None where they may.
    """

    row: AppealRow
    number: str
    unit: Text
    line: LineSeen
    asked: Text | None
    files: tuple[AttachedRow, ...]
    history: tuple[AppealHistoryEntry, ...]
    ruling: Ruling | None
    difference: AppealDifference | None
    may_withdraw: bool
    may_rule: bool
    barred: Text | None


@dataclass(frozen=True, eq=False)
class AppealList:
    """The office's list.

    Attributes:
        counts: how many there are of each kind of list.
        waiting: decisions that the released run does not contain.
    """

    lines: tuple[AppealLine, ...]
    counts: Mapping[AppealView, int]
    window: AppealWindow
    waiting: tuple[CorrectionRow, ...]


def own_appeals(session: Session, actor: Actor, *, cycle: CycleRow, unit: str, now: datetime) -> list[AppealLine]:
    """The appeals of one's own unit, newest first (3 queries).

    Raises:
        NotFound: another unit.
    """
    actor.check_unit(unit)
    rows = queries.appeals_of_unit(session, cycle=cycle.id, unit=unit)
    year = year_of(session, cycle) if rows else None
    return [] if year is None else [line_of(year, row) for row in rows]


def open_by_item(session: Session, *, cycle: CycleRow, unit: str) -> dict[str, AppealRow]:
    """The newest appeal of each line of a unit, whoever asks (1 query)."""
    rows = queries.appeals_of_unit(session, cycle=cycle.id, unit=unit)
    return {row.item: row for row in reversed(rows)}


def line_of(year: Year, row: AppealRow) -> AppealLine:
    """An appeal in words."""
    own = year.objects.names_of_unit(year.place_of(row.unit))
    cells = {
        each.key: each
        for each in cells_of(year.sheet, row.item, [whole(row.cell)], years_back=MOST_YEARS_BACK, own=own)
    }
    title = title_of(items_by_id(year.sheet).get(row.item), row.item)
    asked = told_asked(row.cell, row.asked, cells)
    return AppealLine(row, called_number(year.cycle.year, row.number), year.name_of(row.unit), title, asked)


def whole(key: str) -> tuple[str, str, str]:
    """The figure and period of a key, as something that is known, so that its period is told as it was chosen."""
    figure, _, period = key.partition("@")
    return figure, period, ""


def appeals_of(
    session: Session, actor: Actor, *, cycle: CycleRow, show: AppealView, part: slice, now: datetime
) -> AppealList:  # fmt: skip
    """A page of the appeals of a year, newest first (at most 7 queries).

    Raises:
        NotAllowed: the person is not of the office.
    """
    actor.check_may(Right.ADMINISTER)
    start, stop = part.start or 0, part.stop
    by_state = queries.counts_by_state(session, cycle=cycle.id)
    rows = queries.appeals_in(session, cycle=cycle.id, states=SHOWN[show], start=start, size=stop - start)
    year, found = year_of(session, cycle) if rows else None, runs.released_run(session, cycle)
    waiting = [] if found is None else corrections.waiting_for_run(session, cycle=cycle.id, run=found[1].id)
    return AppealList(
        lines=() if year is None else tuple(line_of(year, row) for row in rows),
        counts={each: sum(by_state[state] for state in SHOWN[each]) for each in AppealView},
        window=window_of(cycle, now),
        waiting=tuple(waiting),
    )


def appeal_page(session: Session, actor: Actor, *, cycle: CycleRow, number: int, now: datetime) -> AppealPage:
    """One appeal, for its unit or the office (8 to 11 queries, some more while the office may rule on it).

    Raises:
        NotFound: there is no such appeal, or the person may not see it.
    """
    row = queries.appeal_numbered(session, cycle=cycle.id, number=number)
    if row is None:
        raise NotFound(NO_APPEAL)
    if not actor.may(Right.ADMINISTER):
        check_own(actor, row.unit)
    released = runs.released_run(session, cycle)
    run = released[1] if released is not None and released[1].id == row.run else None
    run = run or run_queries.run_at(session, run=row.run)
    assert run is not None
    line = line_seen(session, cycle, run, unit=row.unit, item=row.item)
    both = [run.id] if released is None else [run.id, released[1].id]
    in_runs = queries.line_in_runs(session, runs=both, unit=row.unit, item=row.item)
    subject, is_open = f"{SUBJECT}{row.number}", row.state is AppealState.LODGED
    waits = is_open and is_allowed(cycle.stage, Act.RULE)
    rules = waits and actor.may(Right.ADMINISTER)
    barred = why_never_ruler(session, actor, year_of(session, cycle), row) if rules else None
    files = evidence.attachments_to(session, cycle=cycle.id, units=[row.unit], subjects=[subject])
    return AppealPage(
        row=row, number=called_number(cycle.year, row.number), unit=in_runs[run.id].name, line=line,
        asked=told_asked(row.cell, row.asked, {each.key: each for each in line.cells}),
        files=tuple(files.get((row.unit, subject), ())), history=tuple(history_of(row)),
        ruling=None if is_open else ruling_of(session, cycle, row, line.sheet),
        difference=difference(line.sheet, in_runs, both),
        may_withdraw=waits and row.unit in actor.units, may_rule=rules and barred is None, barred=barred,
    )  # fmt: skip


def history_of(row: AppealRow) -> list[AppealHistoryEntry]:
    """What was done with an appeal, oldest first."""
    steps = {AppealState.WITHDRAWN: AppealStep.WITHDRAW, **RULINGS}
    told = [AppealHistoryEntry(AppealStep.LODGE, row.lodged_by, row.lodged_at, "")]
    if row.decided_at is not None:
        told.append(AppealHistoryEntry(steps[row.state], row.decided_by, row.decided_at, row.reason))
    return told


def ruling_of(session: Session, cycle: CycleRow, row: AppealRow, sheet: RuleSheet) -> Ruling | None:
    """The ruling on an appeal; None where it was withdrawn (1 query)."""
    proposed = corrections.proposals_of(session, cycle=cycle.id, appeal=row.number)
    confirmed = next((each for each in proposed if each.state is Request.APPROVED), None)
    if confirmed is None:
        return None
    return Ruling(
        number=called_number(cycle.year, row.number), outcome=row.state, reason=row.reason, who=row.decided_by,
        at=row.decided_at, changes=told_changes(sheet, confirmed, objects_of_unit(session, cycle, sheet, row.unit)),
        exempt=changes_in(confirmed.changes)[1],
        contained_in=confirmed.run,
    )  # fmt: skip


def told_changes(sheet: RuleSheet, row: CorrectionRow, own: OwnObjects) -> tuple[ToldChange, ...]:
    """What a decision puts right, in words."""
    changes, _ = changes_in(row.changes)
    known = [(each.figure, each.period, each.was) for each in changes]
    cells = {each.key: each for each in cells_of(sheet, row.item, known, years_back=MOST_YEARS_BACK, own=own)}
    return tuple(
        told_change(sheet, cells.get(f"{each.figure}@{each.period}"), each.figure, each.was, each.text)
        for each in changes
    )


def told_change(sheet: RuleSheet, cell: FigureCell | None, name: str, was: str, text: str) -> ToldChange:
    """One figure that is put right."""
    figure = sheet.figures.get(name)
    if cell is None or figure is None:
        return ToldChange(Text.same(name), None, Text.same(was), Text.same(text))
    return ToldChange(cell.title, cell.when, shown_text(figure, was), shown_text(figure, text))


def difference(sheet: RuleSheet, in_runs: Mapping[int, LineInRun], both: Sequence[int]) -> AppealDifference | None:
    """What became of the unit and the line."""
    if len(set(both)) == 1 or any(run not in in_runs for run in both):
        return None
    grades = {grade.id: title_of(grade, grade.id) for grade in sheet.grades or ()}
    before, after = in_runs[both[0]], in_runs[both[1]]
    titles = [None if each.grade is None else grades.get(each.grade) for each in (before, after)]
    return AppealDifference(before, after, (titles[0], titles[1]))
