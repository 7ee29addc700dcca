"""What becomes of the findings of the demonstration: most are closed, the newest stand in every state there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from assess.cli.demonstration.drawing import draw
from assess.cli.demonstration.finding_words import (
    CAME_BACK,
    CASES,
    EXTENSION,
    GRANTED,
    PASSED,
    REFUSED,
    RETURNED,
    SUSPENSION,
    VOIDING,
    DemoFinding,
)
from assess.core.findings.catalogue import FindingSource
from assess.core.findings.patrols import PatrolKind
from assess.core.findings.states import FindingStep as Step
from assess.core.findings.states import Relief

OFFICIAL, INSPECTOR, REVIEWER, OFFICE = "official", "inspector", "reviewer", "office"
PAST: Final = 86
"""So many findings were made before the newest ones."""
RECENT: Final = 28
"""Days of which the findings of the past are no longer open."""
SOURCES: Final = (
    *(FindingSource.PATROL,) * 4,
    *(FindingSource.HOTLINE,) * 2,
    FindingSource.JOINT,
    FindingSource.CAMERA,
    FindingSource.ABOVE,
    FindingSource.CITIZEN,
)
ROUNDS: Final = {
    "sewage": PatrolKind.RIVER, "black-water": PatrolKind.LAKE,
    "greenery": PatrolKind.FOREST, "other": PatrolKind.FIELD,
}  # fmt: skip
"""On whose rounds findings of some kinds are made."""


class Move(NamedTuple):
    """What somebody does with a finding, so many days after it was found; `term` sets or asks for a deadline then."""

    after: int
    step: Step
    who: str
    reason: str = ""
    term: int | None = None
    relief: Relief | None = None


class FindingPlan(NamedTuple):
    """One finding and what becomes of it.

    Attributes:
        term: days to put it right; None where it is not assigned yet.
        repeats: the plan that it repeats.
        pictured: whether there are photos of it.
    """

    case: DemoFinding
    unit: str
    place: int
    source: FindingSource
    found_on: date
    term: int | None
    moves: tuple[Move, ...]
    repeats: int | None = None
    pictured: bool = False


def put_right(after: int, done: str) -> tuple[Move, ...]:
    """Put right after some days, passed two days later and closed on the next."""
    return (
        Move(after, Step.REPORT, OFFICIAL, done),
        Move(after + 2, Step.PASS, REVIEWER, PASSED),
        Move(after + 3, Step.CLOSE, REVIEWER),
    )


def closed(done: str) -> tuple[Move, ...]:
    """Put right in time."""
    return put_right(3, done)


def closed_late(done: str) -> tuple[Move, ...]:
    """Put right when the deadline had passed."""
    return put_right(11, done)


def confirmed(done: str) -> tuple[Move, ...]:
    """Closed, and confirmed at the look-back."""
    return (Move(1, Step.START, OFFICIAL), *put_right(4, done), Move(20, Step.LOOK_BACK, INSPECTOR, PASSED))


def returned(done: str) -> tuple[Move, ...]:
    """Returned at review, then closed."""
    return (
        Move(2, Step.REPORT, OFFICIAL, done),
        Move(4, Step.RETURN, REVIEWER, RETURNED[0]),
        *put_right(6, done),
    )


def extended(done: str) -> tuple[Move, ...]:
    """Given more time, then closed."""
    return (
        Move(5, Step.ASK, OFFICIAL, EXTENSION, 15, Relief.EXTENSION),
        Move(6, Step.APPROVE, REVIEWER, GRANTED),
        *put_right(13, done),
    )


def held_up(done: str) -> tuple[Move, ...]:
    """Suspended while a road was built, then closed."""
    return (
        Move(2, Step.ASK, OFFICIAL, SUSPENSION, None, Relief.SUSPENSION),
        Move(3, Step.APPROVE, OFFICE, GRANTED),
        Move(12, Step.RESUME, INSPECTOR),
        *put_right(15, done),
    )


def came_back(done: str) -> tuple[Move, ...]:
    """Closed, opened again at the look-back, and closed for good."""
    return (*closed(done), Move(14, Step.REOPEN, REVIEWER, CAME_BACK, 21), *put_right(18, done))


def void(_done: str) -> tuple[Move, ...]:
    """Entered by mistake."""
    return (
        Move(1, Step.ASK, INSPECTOR, VOIDING, None, Relief.VOIDING),
        Move(2, Step.APPROVE, OFFICE, GRANTED),
    )


FATES: Final = (
    *(closed,) * 9, *(confirmed,) * 3, *(closed_late,) * 3, *(returned,) * 2, extended, held_up, came_back, void,
)  # fmt: skip
"""What becomes of the findings of the past, in their shares."""
TERM: Final = 7
"""Days to put a finding of the past right."""


class Now(NamedTuple):
    """A finding that is open today: how many days ago it was found, its term, and what happened since."""

    ago: int
    term: int | None
    moves: tuple[Move, ...] = ()


STARTED: Final = Move(1, Step.START, OFFICIAL)
DONE: Final = "演示：已整改到位，见照片。"
STOP: Final = Relief.SUSPENSION
REPORTED: Final = Move(2, Step.REPORT, OFFICIAL, DONE)
STANDING: Final = (
    Now(1, None),
    Now(2, 7),
    Now(3, 10, (STARTED,)),
    Now(18, 7, (STARTED,)),
    Now(26, 10),
    Now(5, 7, (STARTED, REPORTED)),
    Now(8, 15, (REPORTED, Move(5, Step.RETURN, REVIEWER, RETURNED[1]))),
    Now(6, 10, (REPORTED, Move(4, Step.PASS, REVIEWER, PASSED))),
    Now(6, 7, (STARTED, Move(5, Step.ASK, OFFICIAL, EXTENSION, 20, Relief.EXTENSION))),
    Now(9, 7, (Move(5, Step.ASK, OFFICIAL, EXTENSION, 20, Relief.EXTENSION), Move(6, Step.REFUSE, REVIEWER, REFUSED))),
    Now(12, 15, (Move(4, Step.ASK, OFFICIAL, SUSPENSION, None, STOP), Move(5, Step.APPROVE, OFFICE, GRANTED))),
    Now(4, 7, (Move(2, Step.ASK, INSPECTOR, VOIDING, None, Relief.VOIDING),)),
    Now(24, 7, (*closed(DONE), Move(20, Step.REOPEN, REVIEWER, CAME_BACK, 30))),
)  # fmt: skip
"""How the newest findings stand; the first unit has one of each."""
OTHERS: Final = 21
"""So many newest findings the other units have."""


def plans(first: str, units: Sequence[str], today: date, year: int) -> list[FindingPlan]:
    """All findings by the day on which they were made; those of a year that has not begun are left out.

    Args:
        first: the unit of the official who is shown around.
        units: all units.
        today: the day; in a later year the last of the year counts.
        year: the year.
    """
    today = min(today, date(year, 12, 31))
    found = [*of_the_past(units, today, year), *standing_now(first, units, today)]
    began = date(year, 1, 1)
    if today < began:
        return []
    return with_repeats(sorted((each for each in found if each.found_on >= began), key=lambda each: each.found_on))


def plans_of_a_year_over(units: Sequence[str], year: int) -> list[FindingPlan]:
    """All findings of a year that is over, every one of them dealt with."""
    return with_repeats(of_the_past(units, date(year, 12, 31), year))


def of_the_past(units: Sequence[str], today: date, year: int) -> Iterator[FindingPlan]:
    """Findings that are dealt with, spread over the year up to four weeks ago and over the units."""
    days = (today - timedelta(days=RECENT) - date(year, 1, 1)).days
    for number in range(PAST if days > 0 else 0):
        unit, case = units[number % len(units)], CASES[draw("case", number, below=len(CASES))]
        fate = FATES[draw("fate", number, below=len(FATES))]
        found_on = date(year, 1, 1) + timedelta(days=number * days // PAST)
        yield FindingPlan(
            case, unit, 1 + draw("place", unit, below=60), source_of(number, case), found_on, TERM, fate(case.done)
        )


def standing_now(first: str, units: Sequence[str], today: date) -> Iterator[FindingPlan]:
    """Findings that are open: of the first unit one in every state, of the others so many more."""
    for number in range(len(STANDING) + OTHERS):
        is_first = number < len(STANDING)
        now = STANDING[number % len(STANDING)]
        unit = first if is_first else units[draw("unit", number, below=len(units))]
        case = CASES[(number * 5) % len(CASES)]
        found_on = today - timedelta(days=now.ago)
        place, source = 1 + draw("place", unit, number, below=60), source_of(number, case)
        is_pictured = is_first and bool(number % 2)
        yield FindingPlan(case, unit, place, source, found_on, now.term, now.moves, pictured=is_pictured)


def source_of(number: int, case: DemoFinding) -> FindingSource:
    """How a finding came to be known; chiefs find what lies by their rivers and in their woods and fields."""
    if case.kind in ROUNDS and draw("chief", number, below=2):
        return FindingSource.CHIEF
    return SOURCES[draw("source", number, below=len(SOURCES))]


def with_repeats(found: Iterable[FindingPlan]) -> list[FindingPlan]:
    """The same, with some that are said to repeat an earlier one of their unit and kind, at its place."""
    known: dict[tuple[str, str], int] = {}
    plans: list[FindingPlan] = []
    for number, each in enumerate(found):
        key = (each.unit, each.case.kind)
        before = known.get(key)
        is_void = any(move.relief is Relief.VOIDING for move in each.moves)
        if before is not None and not is_void:
            each = each._replace(repeats=before, place=plans[before].place, case=plans[before].case)
        if not is_void:
            known[key] = number
        plans.append(each)
    return plans
