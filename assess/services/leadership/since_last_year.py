"""Why a unit's total is another one than last year's final one, where both years were assessed here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assess.core.errors import NotFound, Refused
from assess.core.runs.since_last_year import ChangeSinceLastYear, change_since_last_year
from assess.core.scorecard.content import Scorecard
from assess.core.text import Text
from assess.services.leadership.seeing import View
from assess.services.leadership.tables import maker_of
from assess.store.cache import Cache
from assess.store.queries.leadership import final_run_of_year
from assess.store.queries.runs import RunRow
from assess.store.session import Session

CHANGES: Final = Cache(512)
"""Changes by the SHA-256 of both years' inputs and the unit."""
NOT_COMPARED: Final = Text(
    "上年定稿结果不在本系统中，无法逐项说明总分变化的原因。",
    "Last year's final result is not in this system, so the change of the total cannot be explained item by item.",
)
NO_TOTAL: Final = Text(
    "其中一年没有总分，总分不可比。", "The unit has no total in one of the years, so the totals cannot be compared."
)
OTHER_TOTAL: Final = Text(
    "导入的上年总分（{given}）与本系统上年定稿总分（{known}）不同，请考核办核对。",
    "The imported total of last year ({given}) differs from last year's final total in this system ({known}). "
    "Ask the assessment office to check it.",
)


@dataclass(frozen=True, slots=True)
class LastYearCompared:
    """The change since last year, or why it is not explained."""

    change: ChangeSinceLastYear | None
    why_not: Text | None


def compared_with_last_year(session: Session, view: View, card: Scorecard, *, folder: Path) -> LastYearCompared | None:
    """Why the total of a unit is another one than last year's (1 query); None where nothing is compared.

    An interim ranking that lacks figures is not compared.
    """
    if view.lacks_figures:
        return None
    last = final_run_of_year(session, year=card.head.year - 1)
    if last is None:
        return None if card.before is None else LastYearCompared(None, NOT_COMPARED)
    change = change_between(last, view.run, card.unit, folder=folder)
    if change is None:
        return LastYearCompared(None, NO_TOTAL)
    given = None if card.before is None else card.before.total
    if given not in (None, change.was):
        return LastYearCompared(None, OTHER_TOTAL.format(given=given, known=change.was))
    return LastYearCompared(change, None)


def change_between(last: RunRow, run: RunRow, unit: str, *, folder: Path) -> ChangeSinceLastYear | None:
    """Why a unit's total differs in two runs (no query); None where either has none, or cannot be read any more."""
    return CHANGES.get_or_make((last.inputs, run.inputs, unit), lambda: made(last, run, unit, folder=folder))


def made(last: RunRow, run: RunRow, unit: str, *, folder: Path) -> ChangeSinceLastYear | None:
    """The same, made now."""
    try:
        before = maker_of(last, folder=folder).lines
    except (NotFound, Refused):
        return None
    return change_since_last_year(before, maker_of(run, folder=folder).lines, unit)
