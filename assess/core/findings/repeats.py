"""Findings that may repeat earlier ones: the same kind at the same place, close by, or soon again in the unit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from assess.core.findings.places import MapPoint, metres_between, place_key
from assess.core.workflow import LabeledEnum

REPEAT_DISTANCE: Final = 100
"""Metres within which two points are the same place."""
SOON: Final = timedelta(days=30)
"""Within so long the same kind found again in a unit is proposed, wherever it was."""


class Alike(LabeledEnum):
    """Why a finding may be a repeat of an earlier one, the strongest reason first."""

    PLACE = "place", "同类同地", "Same type, same place"
    NEAR = "near", "同类且相距不足百米", "Same type, less than 100 metres away"
    UNIT = "unit", "同一单位近期同类", "Same type in the same unit recently"


class FindingSpot(NamedTuple):
    """Where and when something was found."""

    place: str
    point: MapPoint | None
    found_on: date


def why_alike(found: FindingSpot, earlier: FindingSpot) -> Alike | None:
    """Why one finding of a unit and kind may be a repeat of an earlier one; None where nothing speaks for it."""
    if place_key(found.place) == place_key(earlier.place):
        return Alike.PLACE
    apart = metres_apart(found, earlier)
    if apart is not None and apart <= REPEAT_DISTANCE:
        return Alike.NEAR
    return Alike.UNIT if timedelta() <= found.found_on - earlier.found_on <= SOON else None


def metres_apart(one: FindingSpot, other: FindingSpot) -> int | None:
    """How far apart two findings are; None where the point of one is not known."""
    return None if one.point is None or other.point is None else metres_between(one.point, other.point)
