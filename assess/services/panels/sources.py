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
from assess.store.queries.panels import MarkRow
from assess.store.queries.value_sources import ValueRow
from assess.store.session import Session

MEAN: Final = Text("评审组{n}位成员评分的平均分。", "The average of the points of {n} members.")
MEAN_OF_ONE: Final = Text("评审组1位成员的评分。", "The points of 1 member.")


@dataclass(frozen=True)
class Opinion:
    """What one member gave; `name` and `at` are None for readers who are not told who gave what."""

    name: str | None
    at: datetime | None
    points: Fraction
    reason: str


@dataclass(frozen=True)
class PointsBehindMean:
    """The points behind a mean, highest first; `closed` is why the panel was closed before all had judged, or "".

    `opinions` are empty for a member who has not judged the unit yet.
    """

    members: int
    opinions: tuple[Opinion, ...]
    closed: str

    @property
    def message(self) -> Text:
        """How many they are, in words."""
        return MEAN_OF_ONE if self.members == 1 else MEAN.format(n=self.members)


def behind(session: Session, actor: Actor, *, year: Year, row: ValueRow) -> PointsBehindMean | None:
    """What stands behind a value that the person may see; None where it is no mean of a panel (at most 2 queries).

    The panel's keepers and who judged read names; the unit reads points and reasons without them.
    """
    if row.kind != queries.PANEL:
        return None
    numbers = row.facts.get("marks", {}).get(f"{row.unit}/{row.period}", [])
    marks = queries.marks_numbered(session, numbers)
    judged = judged_figures(year.sheet).get(row.figure)
    named = judged is not None and keeps(actor, judged)
    has_judged = any(mark.account == actor.account for mark in marks)
    sits = queries.sits(session, cycle=year.cycle.id, figure=row.figure, account=actor.account)
    tell = with_name if named or has_judged else without_name
    opinions = [tell(mark) for mark in marks] if has_judged or not sits else []
    return PointsBehindMean(len(marks), tuple(sorted(opinions, key=by_points)), row.facts.get("closed", ""))


def with_name(mark: MarkRow) -> Opinion:
    """What a member gave, and who it was."""
    return Opinion(mark.name, mark.given_at, mark.points, mark.reason)


def without_name(mark: MarkRow) -> Opinion:
    """What a member gave."""
    return Opinion(None, None, mark.points, mark.reason)


def by_points(opinion: Opinion) -> tuple[Fraction, str]:
    """The order in which nothing tells who gave what."""
    return -opinion.points, opinion.reason
