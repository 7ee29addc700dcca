"""What the departments decided on the reports of the demonstration: certified, corrected, returned or still waiting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from assess.cli.demonstration.drawing import draw
from assess.cli.demonstration.people import DEPARTMENT
from assess.core.actors import Actor
from assess.core.figures.entry import as_text
from assess.core.rules.figure import FigureKind
from assess.core.text import Text
from assess.core.workflow import Reported
from assess.services.certifying import certify_values, correct_value, return_values
from assess.services.certifying.choosing import MAX_VALUES_AT_ONCE
from assess.services.certifying.overview import Scope, scope_of
from assess.services.years import Year
from assess.store.queries.certifying import ReportedRow
from assess.store.session import Session

WHOLE, PART, ALL = 2, 5, 10
"""Of ten units so many are certified by every department, and so many by some of them."""
WHY_RETURNED: Final = Text(
    "演示：佐证材料与所报数据不一致，请核对。", "Demonstration: the evidence does not match the value. Check it."
)
WHY_CORRECTED: Final = Text("演示：现场核查少一处。", "Demonstration: the site check found one fewer.")


def decide(
    session: Session, year: Year, evaluators: Mapping[str, Actor], now: datetime, share: int = WHOLE
) -> None:  # fmt: skip
    """Let each department certify part of what it was sent; a count is corrected, and in a part a figure returned."""
    for department, evaluator in evaluators.items():
        scope = scope_of(session, evaluator, year.cycle)
        waiting = [row for row in scope.rows if row.state == Reported.REPORTED]
        corrected = correct_one(session, evaluator, scope, waiting, now)
        left = [row for row in waiting if row is not corrected]
        is_returning = share < ALL and department == DEPARTMENT
        returned = return_one(session, evaluator, scope, left, now) if is_returning else None
        taken = [row for row in waiting if row.unit != returned and row is not corrected]
        chosen = [row.id for row in taken if is_certified(department, row, share)]
        for start in range(0, len(chosen), MAX_VALUES_AT_ONCE):
            part = chosen[start : start + MAX_VALUES_AT_ONCE]
            certify_values(session, evaluator, cycle=year.cycle, values=part, now=now)


def is_certified(department: str, row: ReportedRow, share: int) -> bool:
    """Whether the department has certified the unit's values by now; of a share of ten units every department has."""
    drawn = draw("certified", row.unit, below=ALL)
    return drawn < share or (drawn < PART and draw("certified", department, row.unit, below=2) == 0)


def correct_one(
    session: Session, evaluator: Actor, scope: Scope, rows: list[ReportedRow], now: datetime
) -> ReportedRow | None:
    """Correct the first count above one; which value it was."""
    figures = scope.year.sheet.figures
    for row in rows:
        figure = figures[row.figure]
        if figure.kind is FigureKind.COUNT and (row.millionths or 0) > 1_000_000:
            text = as_text(figure, (row.millionths or 0) - 1_000_000)
            reason, cycle = WHY_CORRECTED.localized("zh"), scope.year.cycle
            correct_value(session, evaluator, cycle=cycle, value=row.id, text=text, reason=reason, now=now)
            return row
    return None


def return_one(session: Session, evaluator: Actor, scope: Scope, rows: list[ReportedRow], now: datetime) -> str | None:
    """Return the last value that was reported, with all of the figure's periods; to which unit."""
    if not rows:
        return None
    last = rows[-1]
    values = [row.id for row in rows if (row.unit, row.figure) == (last.unit, last.figure)]
    reason = WHY_RETURNED.localized("zh")
    return_values(session, evaluator, cycle=scope.year.cycle, values=values, reason=reason, now=now)
    return last.unit
