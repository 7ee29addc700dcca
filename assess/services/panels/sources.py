"""What stands behind the mean of a panel: how many members gave it, each with points and reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from assess.core.actors import Actor
from assess.core.panels import judged_figures
from assess.core.text import Text
from assess.services.panels.scope import keeps
from assess.services.years import Year
from assess.store.queries import panels as queries
from assess.store.queries.value_sources import ValueRow
from assess.store.session import Session

MEAN: Final = Text("评审组 {n} 位成员评分的平均分", "mean of the points of {n} members of the panel")
MEAN_OF_ONE: Final = Text("评审组 1 位成员的评分", "the points of the only member of the panel")


@dataclass(frozen=True)
class Opinion:
    """What one member gave; `name` and `at` are None for readers who are not told who gave what."""

    name: str | None
    at: datetime | None
    points: Fraction
    reason: str


@dataclass(frozen=True)
class Behind:
    """The points behind a mean, highest first; `closed` is why the panel was closed before all had judged, or ""."""

    opinions: tuple[Opinion, ...]
    closed: str

    @property
    def told(self) -> Text:
        """How many they are, in words."""
        return MEAN_OF_ONE if len(self.opinions) == 1 else MEAN.filled(n=len(self.opinions))


def behind(session: Session, actor: Actor, *, year: Year, row: ValueRow) -> Behind | None:
    """What stands behind a value that the person may see; None where it is no mean of a panel (1 query).

    The panel's keepers and its members read names; the unit reads points and reasons without them.
    """
    if row.kind != queries.PANEL:
        return None
    numbers = row.facts.get("marks", {}).get(f"{row.unit}/{row.period}", [])
    marks = queries.marks_numbered(session, numbers)
    judged = judged_figures(year.sheet).get(row.figure)
    named = (judged is not None and keeps(actor, judged)) or any(mark.account == actor.account for mark in marks)
    opinions = [
        Opinion(
            mark.name if named else None,
            mark.given_at if named else None,
            mark.points,
            mark.reason,
        )
        for mark in marks
    ]
    return Behind(tuple(sorted(opinions, key=lambda each: (-each.points, each.reason))), row.facts.get("closed", ""))
