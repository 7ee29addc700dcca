"""Rounds of river, forest and field chiefs: what one must say, and what many add up to."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.calendar import BEIJING, day_of
from assess.core.findings.measures import share
from assess.core.numbers import NotANumber, exact
from assess.core.parsing import ParseError, read_date
from assess.core.text import Text
from assess.core.unseen import HIDDEN, UNSEEN
from assess.core.workflow import LabeledEnum

MAX_PATROL_LENGTHS: Final = {"chief": 60, "route": 200}
MAX_HOURS: Final = 16
MAX_METRES: Final = 300_000
FASTEST: Final = 60
"""Kilometres an hour; nobody who goes faster sees anything."""
CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)", re.ASCII)
MINUTE: Final = timedelta(minutes=1)

NO_UNIT: Final = Text("请从列表中选择单位。", "Select a unit from the list.")
NO_KIND: Final = Text("请选择巡查类型。", "Select the type of patrol.")
NO_CHIEF: Final = Text("请填写巡查人姓名。", "Enter the name of the person who patrolled.")
TOO_LONG: Final = Text("最多{most}字，请精简。", "Must be {most} characters or fewer.")
NO_DAY: Final = Text("请填写巡查日期。", "Enter the date of the patrol.")
OTHER_YEAR: Final = Text("日期须在{year}年内。", "The date must be in {year}.")
NO_TIME: Final = Text("请填写时间，如09:30。", "Enter a time such as 09:30.")
NO_TIME_PASSED: Final = Text("结束时间须晚于开始时间。", "The end must be later than the start.")
FUTURE: Final = Text("巡查尚未结束，请在结束后登记。", "The patrol has not ended yet. Enter it afterwards.")
TOO_LONG_A_ROUND: Final = Text(
    "一次巡查不超过{most}小时，请分次登记。", "A patrol lasts at most {most} hours. Enter it in parts."
)
NO_DISTANCE: Final = Text("请填写里程，如3.5公里。", "Enter the distance in kilometres, such as 3.5.")
TOO_FAR: Final = Text("一次巡查里程不超过{most}公里。", "A patrol is at most {most} km long.")
TOO_FAST: Final = Text(
    "{km}公里用时{minutes}分钟，时速超过{most}公里，请核对里程和时间。",
    "{km} km in {minutes} minutes is faster than {most} km/h. Check the distance and the times.",
)


class PatrolKind(LabeledEnum):
    """What is patrolled."""

    RIVER = "river", "河道", "River"
    LAKE = "lake", "湖泊", "Lake"
    FOREST = "forest", "林地", "Forest"
    FIELD = "field", "田地", "Field"
    PARK = "park", "公园绿地", "Park or green space"
    ROAD = "road", "道路", "Road"
    SITE = "site", "工地", "Building site"
    OTHER = "other", "其他", "Other"


class TypedPatrol(NamedTuple):
    """A round as somebody typed it; an end before the beginning is of the next day."""

    unit: str
    kind: str
    chief: str
    day: str
    starts: str
    ends: str
    kilometres: str
    route: str = ""


class ReadPatrol(NamedTuple):
    """A round that may be kept."""

    unit: str
    kind: PatrolKind
    chief: str
    route: str
    started_at: datetime
    ended_at: datetime
    metres: int

    @property
    def minutes(self) -> int:
        """How long it took."""
        return (self.ended_at - self.started_at) // MINUTE


class Rounds(NamedTuple):
    """Rounds added up; `fruitful` are those on which anything was found, `closed` of `findings` are closed."""

    rounds: int = 0
    metres: int = 0
    minutes: int = 0
    fruitful: int = 0
    findings: int = 0
    closed: int = 0

    @property
    def kilometres(self) -> Fraction:
        """The distance."""
        return Fraction(self.metres, 1000)

    @property
    def hours(self) -> Fraction:
        """The time."""
        return Fraction(self.minutes, 60)

    @property
    def each(self) -> Fraction | None:
        """Findings a round."""
        return Fraction(self.findings, self.rounds) if self.rounds else None

    @property
    def share_fruitful(self) -> Fraction | None:
        """Rounds on which anything was found, in percent of all; never above 100."""
        return share(self.fruitful, self.rounds)

    @property
    def share_closed(self) -> Fraction | None:
        """Findings that are closed, in percent of those made on the rounds; never above 100."""
        return share(self.closed, self.findings)

    def plus(self, other: Rounds) -> Rounds:
        """Both together."""
        return Rounds(*(one + more for one, more in zip(self, other, strict=True)))


def read_patrol(
    typed: TypedPatrol, *, units: Collection[str], year: int, now: datetime
) -> ReadPatrol | dict[str, Text]:
    """The round that was typed, or everything that is wrong with it by field."""
    kind = next((each for each in PatrolKind if each.value == typed.kind), None)
    wrong = wrong_texts(typed)
    if typed.unit not in units:
        wrong["unit"] = NO_UNIT
    if kind is None:
        wrong["kind"] = NO_KIND
    span = read_span(typed, year, now)
    metres = read_metres(typed.kilometres)
    if isinstance(metres, ParseError):
        wrong["kilometres"] = metres.what
    if isinstance(span, dict):
        wrong |= span
    if kind is None or wrong or isinstance(span, dict) or isinstance(metres, ParseError):
        return wrong
    too_fast = wrong_speed(metres, span[1] - span[0])
    if too_fast is not None:
        return {"kilometres": too_fast}
    return ReadPatrol(typed.unit, kind, typed.chief.strip(), typed.route.strip(), *span, metres)


def wrong_texts(typed: TypedPatrol) -> dict[str, Text]:
    """What is wrong with what is written."""
    wrong: dict[str, Text] = {}
    for field, most in MAX_PATROL_LENGTHS.items():
        text = getattr(typed, field).strip()
        if len(text) > most:
            wrong[field] = TOO_LONG.format(most=most)
        elif HIDDEN.search(text):
            wrong[field] = UNSEEN
    if not typed.chief.strip():
        wrong["chief"] = NO_CHIEF
    return wrong


def read_span(typed: TypedPatrol, year: int, now: datetime) -> tuple[datetime, datetime] | dict[str, Text]:
    """When the round began and ended."""
    day = read_date(typed.day) if typed.day.strip() else ParseError(NO_DAY)
    clocks = {"starts": CLOCK.fullmatch(typed.starts.strip()), "ends": CLOCK.fullmatch(typed.ends.strip())}
    wrong = {field: NO_TIME for field, clock in clocks.items() if clock is None}
    if isinstance(day, ParseError):
        wrong["day"] = day.what
    elif day.year != year:
        wrong["day"] = OTHER_YEAR.format(year=year)
    if isinstance(day, ParseError) or wrong:
        return wrong
    began, ended = (moment(day, clock) for clock in clocks.values() if clock is not None)
    if ended < began:
        ended += timedelta(days=1)
    what = wrong_span(began, ended, now)
    return (began, ended) if what is None else {"ends": what}


def moment(day: date, clock: re.Match[str]) -> datetime:
    """A moment by the district's clock."""
    return datetime(day.year, day.month, day.day, int(clock[1]), int(clock[2]), tzinfo=BEIJING)


def wrong_span(began: datetime, ended: datetime, now: datetime) -> Text | None:
    """What is wrong with the times of a round."""
    if ended == began:
        return NO_TIME_PASSED
    if ended > now:
        return FUTURE
    return TOO_LONG_A_ROUND.format(most=MAX_HOURS) if ended - began > timedelta(hours=MAX_HOURS) else None


def read_metres(text: str) -> int | ParseError:
    """The distance; a round may be watched from one spot."""
    try:
        kilometres = exact(text.strip().removesuffix("km").removesuffix("公里"))
    except NotANumber:
        return ParseError(NO_DISTANCE)
    if kilometres < 0 or (kilometres * 1000).denominator != 1:
        return ParseError(NO_DISTANCE)
    metres = int(kilometres * 1000)
    return metres if metres <= MAX_METRES else ParseError(TOO_FAR.format(most=MAX_METRES // 1000))


def wrong_speed(metres: int, time: timedelta) -> Text | None:
    """What is wrong with the distance for the time."""
    minutes = time // MINUTE
    if metres * 60 <= FASTEST * 1000 * minutes:
        return None
    return TOO_FAST.format(km=f"{metres / 1000:g}", minutes=minutes, most=FASTEST)


def days_of(started_at: datetime, ended_at: datetime) -> tuple[date, date]:
    """The first and the last day of a round."""
    return day_of(started_at), day_of(ended_at)
