"""What the page to record a finding offers: units, kinds, sources, rounds, and what the inspector chose lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.calendar import day_of
from assess.core.findings.catalogue import Catalogue, FindingSource
from assess.core.findings.patrols import PatrolKind
from assess.core.text import Text
from assess.core.workflow import ALLOWED, Act, is_allowed, listed
from assess.services.findings.pages import LOCKED
from assess.services.findings.seeing import catalogue_in, is_own
from assess.services.years import Year, year_of
from assess.store.queries import filing as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.filing import Habit, RoundRow
from assess.store.session import Session

LOOKED_AT: Final = 100
"""So many of a person's last findings tell what they mostly choose."""
FAVOURITES: Final = 5
ROUNDS: Final = 40
LATELY: Final = timedelta(days=8)
"""How long a round is offered after it was made."""


@dataclass(frozen=True)
class FilingPage:
    """What there is to choose from.

    Attributes:
        units: codes of the units of which the person may record findings, in the order of the year.
        habits: what the person chose lately, newest first.
        rounds: rounds made lately, newest first; before them the one that was asked for.
        locked: why nothing can be recorded now; None where it can.
    """

    year: Year
    catalogue: Catalogue
    units: Sequence[str]
    habits: Sequence[Habit]
    rounds: Sequence[RoundRow]
    today: date
    locked: Text | None

    @property
    def objects(self) -> list[tuple[Text, list[Text]]]:
        """The objects of the year, which may be places of findings, each with the names of its units."""
        return [(self.year.objects.name_of(code), units) for code, units in self.year.objects_of(self.units).items()]

    @property
    def usual_source(self) -> str:
        """The source that was chosen last, else the daily patrol."""
        return next((each.source for each in self.habits), FindingSource.PATROL.value)

    @property
    def usual_units(self) -> list[str]:
        """The units that were chosen most often lately."""
        return most_of(each.unit for each in self.habits if each.unit in self.units)

    @property
    def usual_kinds(self) -> list[str]:
        """The kinds that were chosen most often lately."""
        return most_of(each.kind for each in self.habits if each.kind in self.catalogue.kinds)

    def round_at(self, row: int | None) -> RoundRow | None:
        """A round that is offered."""
        return next((each for each in self.rounds if each.id == row), None)

    def kind_patrolled(self, row: RoundRow) -> Text:
        """What was patrolled, in words."""
        return PatrolKind(row.kind).label


def most_of(chosen: Iterable[str]) -> list[str]:
    """What was chosen most often, of equals the newest first."""
    return [each for each, _times in Counter(chosen).most_common(FAVOURITES)]


def filing_page(session: Session, actor: Actor, *, cycle: CycleRow, now: datetime, patrol: int | None) -> FilingPage:
    """What the page to record a finding offers (5 queries).

    Raises:
        NotAllowed: the person inspects nothing.
        Refused: no rule sheet is published.
    """
    actor.check_may(Right.INSPECT)
    year = year_of(session, cycle)
    return FilingPage(
        year=year,
        catalogue=catalogue_in(session, year),
        units=[code for code in year.units.codes if not is_own(actor, code)],
        habits=queries.recorded_lately(session, cycle=cycle.id, account=actor.account, most=LOOKED_AT),
        rounds=queries.rounds_since(session, cycle=cycle.id, since=now - LATELY, most=ROUNDS, besides=patrol),
        today=day_of(now),
        locked=locked_at(cycle),
    )


def locked_at(cycle: CycleRow) -> Text | None:
    """Why nothing can be recorded at the stage of a year; None where it can."""
    if is_allowed(cycle.stage, Act.INSPECT):
        return None
    return LOCKED.format(stage=cycle.stage.label, stages=listed(ALLOWED[Act.INSPECT]))
