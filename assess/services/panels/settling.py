"""The mean of a panel becomes the value: once all have judged or the panel is closed; from then on it follows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.actors import Actor
from assess.core.errors import Refused, Stale
from assess.core.figures.entry import to_stored
from assess.core.numbers import reduced
from assess.core.panels import PanelOutcome, outcome_of
from assess.core.reasons import checked_reason
from assess.core.text import Text
from assess.core.workflow import Reported
from assess.services import audit
from assess.services.cycles import lock_year
from assess.services.panels.scope import Panel, check_window, panel_of, subject_of
from assess.store.models import Batch, Value
from assess.store.queries import panels as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.panels import PANEL, CountingRow, MarkRow
from assess.store.session import OVERTAKEN, Session, flush

NOTHING_TO_CLOSE: Final = Text(
    "没有可以截止的单位：成员均已评完，或均未评分。",
    "There is nothing to close. All members have given points, or none has.",
)
NOBODY_ALONE: Final = 0
"""Who entered a mean: its batch knows who judged last, and the marks behind it."""


class JudgedPeriod(NamedTuple):
    """What is judged at once: a unit in a period."""

    unit: str
    period: str


@dataclass(frozen=True, eq=False)
class PanelResult:
    """What a panel has given, and what counts: by unit and period."""

    panel: Panel
    marks: Mapping[JudgedPeriod, Mapping[int, MarkRow]]
    counting: Mapping[JudgedPeriod, CountingRow]

    def outcome(self, cell: JudgedPeriod) -> PanelOutcome:
        """What the panel has given a unit."""
        given = {account: mark.points for account, mark in self.marks.get(cell, {}).items()}
        return outcome_of(self.panel.judged, self.panel.members, cell.unit, given)

    def counts(self, cell: JudgedPeriod) -> bool:
        """Whether a mean of the panel counts for the unit."""
        row = self.counting.get(cell)
        return row is not None and row.kind == PANEL and row.millionths is not None

    def can_be_closed(self, cell: JudgedPeriod) -> bool:
        """Whether somebody has judged the unit, and yet no mean counts."""
        return bool(self.marks.get(cell)) and not self.counts(cell) and cell.unit in self.panel.applies

    @property
    def stamp(self) -> str:
        """Another text whenever somebody has judged, joined or left, or another value counts."""
        marks = sorted(mark.id for given in self.marks.values() for mark in given.values())
        values = sorted(row.id for row in self.counting.values())
        seats = [seat.id for seat in self.panel.seats]
        return ".".join(f"{len(ids)}-{max(ids, default=0)}-{sum(ids)}" for ids in (marks, values, seats))


def standing_of(session: Session, panel: Panel, periods: Collection[str]) -> PanelResult:
    """What a panel has given in some periods, and what counts (2 queries)."""
    cycle, figure = panel.year.cycle, panel.judged.id
    marks: dict[JudgedPeriod, dict[int, MarkRow]] = {}
    for mark in queries.marks_of(session, cycle=cycle.id, figure=figure, periods=periods):
        marks.setdefault(JudgedPeriod(mark.unit, mark.period), {})[mark.account] = mark
    rows = queries.values_counting(session, cycle=cycle.id, year=cycle.year, figure=figure, periods=periods)
    return PanelResult(panel, marks, {JudgedPeriod(row.unit, row.period): row for row in rows})


def settle(
    session: Session,
    actor: Actor,
    standing: PanelResult,
    cells: Collection[JudgedPeriod],
    *,
    now: datetime,
    closing: str = "",
) -> int:
    """Let the means of some units count that are due, in a batch with the marks behind each; how many.

    A mean is due where everybody has judged who may, where one counts already, and where the panel is closed: then
    `closing` is the reason. Where no mark is left that counted, the value is withdrawn.
    """
    due = {cell: standing.outcome(cell).mean for cell in sorted(set(cells)) if is_due(standing, cell, closing)}
    if not due:
        return 0
    batch = batch_of(session, actor, standing, due, now=now, closing=closing)
    append_values(session, standing, due, batch=batch, now=now)
    told = {f"{cell.unit}/{cell.period}": None if mean is None else reduced(mean) for cell, mean in due.items()}
    new = {"means": told, "batch": batch, **({"reason": closing} if closing else {})}
    subject, action = subject_of(standing.panel), "closed" if closing else "counted"
    audit.record(session, actor, subject=subject, action=action, new=new, now=now)
    return len(due)


def is_due(standing: PanelResult, cell: JudgedPeriod, closing: str) -> bool:
    """Whether the mean of a unit counts from now on, or counts already and follows what changed."""
    if cell.unit not in standing.panel.applies:
        return False
    if standing.counts(cell):
        return True
    return bool(standing.marks.get(cell)) and (bool(closing) or standing.outcome(cell).is_complete)


def batch_of(
    session: Session,
    actor: Actor,
    standing: PanelResult,
    due: Mapping[JudgedPeriod, Fraction | None],
    *,
    now: datetime,
    closing: str,
) -> int:
    """What brings means in, with the numbers of the marks behind each; its number."""
    cycle = standing.panel.year.cycle
    marks = {
        f"{cell.unit}/{cell.period}": sorted(mark.id for mark in standing.marks.get(cell, {}).values()) for cell in due
    }
    facts = {"figure": standing.panel.judged.id, "marks": marks, "closed": closing}
    batch = Batch(cycle_id=cycle.id, kind=PANEL, facts=facts, made_by=actor.account, made_at=now)
    session.add(batch)
    flush(session)
    return batch.id


def append_values(
    session: Session, standing: PanelResult, due: Mapping[JudgedPeriod, Fraction | None], *, batch: int, now: datetime
) -> None:
    """Values after those that counted; nothing is overwritten.

    Raises:
        Stale: somebody else changed one of them at this moment.
    """
    cycle, figure = standing.panel.year.cycle, standing.panel.judged.id
    before = {cell: standing.counting[cell].id for cell in due if cell in standing.counting}
    old = queries.values_to_supersede(session, list(before.values()))
    for value in old.values():
        if value.superseded_at is not None:
            raise Stale(OVERTAKEN)
        value.superseded_at = now
    flush(session)
    session.add_all(
        Value(
            cycle_id=cycle.id, year=cycle.year, unit=cell.unit, figure=figure, period=cell.period,
            millionths=to_stored(mean).millionths, state=Reported.CERTIFIED.value, batch_id=batch,
            entered_by=NOBODY_ALONE, entered_at=now, supersedes=before.get(cell),
        )
        for cell, mean in due.items()
    )  # fmt: skip
    flush(session)


def close_panel(
    session: Session, actor: Actor, *, cycle: CycleRow, figure: str, period: str, reason: str, seen: str, now: datetime
) -> int:
    """Let the means of a period count without those who have not judged; of how many units.

    Args:
        session: the transaction.
        actor: somebody of the office or of the figure's department.
        cycle: the year.
        figure: the judged figure.
        period: the label of the period.
        reason: why it is not waited for the others.
        seen: the stamp of what was seen.
        now: the moment.

    Raises:
        NotAllowed: the person does not keep the panel.
        NotFound: there is no such panel or period.
        Refused: judging is over, the reason is missing, or there is nothing to close.
        Stale: somebody judged, joined or left since the page was opened.
    """
    lock_year(session, cycle)
    queries.lock_panel(session, cycle=cycle.id, figure=figure)
    panel = panel_of(session, actor, cycle=cycle, figure=figure)
    panel.check_keeper(actor)
    panel.check_period(period)
    check_window(session, cycle, panel.judged, now)
    standing = standing_of(session, panel, [period])
    if standing.stamp != seen:
        raise Stale(OVERTAKEN)
    cells = [cell for cell in standing.marks if standing.can_be_closed(cell)]
    if not cells:
        raise Refused(NOTHING_TO_CLOSE)
    return settle(session, actor, standing, cells, now=now, closing=checked_reason(reason))
