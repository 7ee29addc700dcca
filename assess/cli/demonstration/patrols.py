"""Rounds of chiefs in the demonstration: along rivers and lakes, through woods and fields, over the year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from assess.cli.demonstration.drawing import draw
from assess.cli.demonstration.people import FIRST
from assess.core.actors import Actor
from assess.core.calendar import BEIJING
from assess.core.exact import Column
from assess.core.findings.patrols import PatrolKind, TypedPatrol
from assess.services.patrols import record_patrol
from assess.services.years import Year
from assess.store.session import Session

OFTEN, SELDOM = timedelta(days=30), timedelta(days=330)
"""Between two rounds of a kind, in the first unit and in the others."""
EVENING: Final = time(18)
LATEST: Final = 16
"""The hour of the newest round, on which nothing was found."""


class PatrolPlan(NamedTuple):
    """Where rounds of a kind lead, who makes them, and in which units: those of which an attribute is true."""

    attribute: str
    chief: str
    route: str


PATROL_PLANS: Final[Mapping[PatrolKind, PatrolPlan]] = {
    PatrolKind.RIVER: PatrolPlan("has_river", "演示河长甲", "演示河左岸，演示桥至演示闸"),
    PatrolKind.LAKE: PatrolPlan("has_small_water", "演示河长乙", "演示湖，环湖一周"),
    PatrolKind.FOREST: PatrolPlan("has_villages", "演示林长甲", "演示林地第1至3号地块"),
    PatrolKind.FIELD: PatrolPlan("has_farmland", "演示田长甲", "演示村农田第1至4号地块"),
}


def record(
    session: Session, year: Year, officials: Mapping[str, Actor], since: date, until: date
) -> None:  # fmt: skip
    """Enter the rounds of all units after a day up to another, each by an official on the evening of its day."""
    rounds = [each for each in rounds_of(year) if since < each[2] <= until]
    for unit, typed, day in sorted(rounds, key=lambda each: each[2]):
        evening = datetime.combine(day, EVENING, BEIJING)
        record_patrol(session, officials[unit], cycle=year.cycle, typed=typed, now=evening)


def record_newest(session: Session, year: Year, official: Actor, day: date) -> None:
    """Enter the newest round of the first unit, on which nothing was found."""
    typed, evening = a_round(FIRST, PatrolKind.RIVER, day, starts=LATEST), datetime.combine(day, EVENING, BEIJING)
    record_patrol(session, official, cycle=year.cycle, typed=typed, now=evening)


def rounds_of(year: Year) -> Iterator[tuple[str, TypedPatrol, date]]:
    """Every round of the year: its unit, what is typed of it, and its day."""
    last = date(year.cycle.year, 12, 31)
    for unit, place in year.units.places.items():
        for kind, way in PATROL_PLANS.items():
            made = year.units.attributes.get(way.attribute)
            if isinstance(made, Column) and made.fraction(place) == 1:
                day = date(year.cycle.year, 1, 22) + timedelta(days=draw("round", unit, kind, below=25))
                while day <= last:
                    yield unit, a_round(unit, kind, day), day
                    day += OFTEN if unit == FIRST else SELDOM


def a_round(unit: str, kind: PatrolKind, day: date, *, starts: int = 9) -> TypedPatrol:
    """A round of a kind on a day, from some hour on, as it is typed."""
    way, metres = PATROL_PLANS[kind], 1500 + 100 * draw("metres", unit, kind, day, below=60)
    ends = f"{starts + 1}:{draw('ends', unit, kind, day, below=60):02d}"
    return TypedPatrol(
        unit, kind.value, way.chief, day.isoformat(), f"{starts}:00", ends, f"{metres / 1000:g}", way.route
    )
