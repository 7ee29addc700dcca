"""Where a finding was: points on the map, how far apart two are, and places as people write them."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from assess.core.figures.entry import KEPT_DECIMALS, MILLION
from assess.core.naming import folded
from assess.core.numbers import NotANumber, exact, round_half_up
from assess.core.parsing import ParseError
from assess.core.text import Text

EARTH: Final = 6_371_000
"""Metres from its centre to its surface."""
ONLY_ONE: Final = Text("经度和纬度须同时填写，或都不填。", "Enter both the latitude and the longitude, or neither.")
NOT_DEGREES: Final = Text("请填写十进制度数，如{example}。", "Enter decimal degrees, such as {example}.")
NOT_IN_CHINA: Final = Text(
    "{n}不在中国境内（{least}至{most}），请核对经度和纬度是否颠倒。",
    "{n} is outside China ({least} to {most}). Check whether latitude and longitude were swapped.",
)


class Coordinate(NamedTuple):
    """One coordinate: its field, what it may be in whole degrees, and an example."""

    field: str
    least: int
    most: int
    example: str


LATITUDE: Final = Coordinate("latitude", 3, 54, "39.921800")
LONGITUDE: Final = Coordinate("longitude", 73, 136, "116.443200")
"""Plain bounds around China; a point in a neighbouring country passes, one in the sea off Africa does not."""


class MapPoint(NamedTuple):
    """A point on the map in whole millionths of degrees, some 10 cm."""

    latitude: int
    longitude: int


def read_point(latitude: str, longitude: str) -> MapPoint | dict[str, Text] | None:
    """The point that was typed or sent by a phone, None where there is none, or what is wrong by field."""
    texts = {LATITUDE: latitude.strip(), LONGITUDE: longitude.strip()}
    blank = [side for side, text in texts.items() if not text]
    if blank:
        return None if len(blank) == len(texts) else {blank[0].field: ONLY_ONE}
    read = {side.field: read_side(side, text) for side, text in texts.items()}
    wrong = {field: each.what for field, each in read.items() if isinstance(each, ParseError)}
    return wrong or MapPoint(*(each for each in read.values() if isinstance(each, int)))


def read_side(side: Coordinate, text: str) -> int | ParseError:
    """One coordinate; more decimals than are kept are rounded, as phones send them."""
    try:
        degrees = exact(text)
    except NotANumber:
        return ParseError(NOT_DEGREES.format(example=side.example))
    if text.endswith("%") or "/" in text:
        return ParseError(NOT_DEGREES.format(example=side.example))
    if not side.least <= degrees <= side.most:
        return ParseError(NOT_IN_CHINA.format(n=text, least=side.least, most=side.most))
    return int(round_half_up(degrees, KEPT_DECIMALS) * MILLION)


def metres_between(one: MapPoint, other: MapPoint) -> int:
    """How far apart two points are, along the ground, in whole metres."""
    north, south = radians(one.latitude / MILLION), radians(other.latitude / MILLION)
    across = radians((one.longitude - other.longitude) / MILLION)
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return round(2 * EARTH * asin(min(1.0, sqrt(half))))


def sought_in(*texts: str) -> str:
    """What words are sought in: texts as they are compared, one after the other."""
    return "\n".join(map(folded, texts))


def place_key(place: str) -> str:
    """A place as two spellings of it are compared: without blanks, width and case of characters."""
    return folded(place)
