"""A new finding as an inspector types it: what it must say, and what it may not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from assess.core.findings.catalogue import Catalogue, Domain
from assess.core.findings.places import MapPoint, place_key, read_point
from assess.core.parsing import ParseError, read_date
from assess.core.text import Text
from assess.core.unseen import HIDDEN, UNSEEN

MAX_LENGTHS: Final = {"what": 1000, "place": 200, "standard": 500, "responsible": 100}
"""The most characters of each text."""
NO_UNIT: Final = Text("请从列表中选择单位。", "Select a unit from the list.")
NO_SOURCE: Final = Text("请选择问题来源。", "Select the source of the finding.")
NO_KIND: Final = Text("请选择问题类型。", "Select the type of finding.")
NO_DOMAIN: Final = Text("请从列表中选择领域。", "Select a domain from the list.")
NO_WHAT: Final = Text("请填写问题描述。", "Enter what was found.")
NO_PLACE: Final = Text("请填写问题所在地点。", "Enter where it was found.")
TOO_LONG: Final = Text("最多{most}字，现有{n}字，请精简。", "Must be {most} characters or fewer. It has {n}.")
NO_DAY: Final = Text("请填写发现日期。", "Enter the date the problem was found.")
FUTURE: Final = Text("发现日期不能晚于今天（{today}）。", "The date cannot be later than today, {today}.")
OTHER_YEAR: Final = Text(
    "发现日期须在{year}年内。", "The date must be in {year}. Record findings of other years in their own year."
)
MEANINGLESS: Final = Text(
    "请写明地点，如路名、门牌或河段。", "Enter the place: the road, the number or the stretch of river."
)


class TypedFinding(NamedTuple):
    """What somebody typed of a finding, as typed; a deadline assigns it to the unit at once."""

    unit: str
    source: str
    kind: str
    what: str
    place: str
    found_on: str
    domain: str = ""
    standard: str = ""
    responsible: str = ""
    latitude: str = ""
    longitude: str = ""
    deadline: str = ""


class ReadFinding(NamedTuple):
    """A finding that may be kept; `deadline` None where it is not assigned yet."""

    unit: str
    source: str
    kind: str
    domain: str
    what: str
    place: str
    found_on: date
    standard: str
    responsible: str
    point: MapPoint | None
    deadline: date | None


def read_finding(
    typed: TypedFinding, catalogue: Catalogue, *, units: Collection[str], year: int, today: date
) -> ReadFinding | dict[str, Text]:
    """The finding that was typed, or everything that is wrong with it by field.

    Args:
        typed: what was typed.
        catalogue: what findings of the year may be.
        units: the codes of the year's units.
        year: the year, in which it must have been found.
        today: the district's day.
    """
    wrong = {**wrong_choices(typed, catalogue, units), **wrong_texts(typed)}
    found_on = read_day(typed.found_on, year, today)
    deadline = read_date(typed.deadline) if typed.deadline.strip() else None
    point = read_point(typed.latitude, typed.longitude)
    for field, read in (("found_on", found_on), ("deadline", deadline)):
        if isinstance(read, ParseError):
            wrong[field] = read.what
    if isinstance(point, dict):
        wrong |= point
    if wrong or isinstance(found_on, ParseError) or isinstance(deadline, ParseError) or isinstance(point, dict):
        return wrong
    kind = catalogue.kinds[typed.kind]
    return ReadFinding(
        unit=typed.unit,
        source=typed.source,
        kind=kind.id,
        domain=typed.domain or kind.domain if kind.domain == Domain.OTHER else kind.domain,
        what=typed.what.strip(),
        place=typed.place.strip(),
        found_on=found_on,
        standard=typed.standard.strip(),
        responsible=typed.responsible.strip(),
        point=point,
        deadline=deadline,
    )


def wrong_choices(typed: TypedFinding, catalogue: Catalogue, units: Collection[str]) -> dict[str, Text]:
    """What is wrong with what is chosen from lists."""
    asked = {
        "unit": (typed.unit in units, NO_UNIT),
        "source": (typed.source in catalogue.sources, NO_SOURCE),
        "kind": (typed.kind in catalogue.kinds, NO_KIND),
        "domain": (typed.domain in ("", *catalogue.domains), NO_DOMAIN),
    }
    return {field: what for field, (is_right, what) in asked.items() if not is_right}


def wrong_texts(typed: TypedFinding) -> dict[str, Text]:
    """What is wrong with what is written."""
    wrong: dict[str, Text] = {}
    for field, most in MAX_LENGTHS.items():
        text = getattr(typed, field).strip()
        if len(text) > most:
            wrong[field] = TOO_LONG.format(most=most, n=len(text))
        elif HIDDEN.search(text):
            wrong[field] = UNSEEN
    for field, missing in (("what", NO_WHAT), ("place", NO_PLACE)):
        if not getattr(typed, field).strip():
            wrong[field] = missing
    if "place" not in wrong and not any(letter.isalnum() for letter in place_key(typed.place)):
        wrong["place"] = MEANINGLESS
    return wrong


def read_day(text: str, year: int, today: date) -> date | ParseError:
    """The day on which something was found."""
    if not text.strip():
        return ParseError(NO_DAY)
    day = read_date(text)
    if isinstance(day, ParseError):
        return day
    if day > today:
        return ParseError(FUTURE.format(today=today))
    return day if day.year == year else ParseError(OTHER_YEAR.format(year=year))
