"""The words that end the sentence of an item: what it earned, or what it takes off the total."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.methods.scored import Amount
from assess.core.numbers import printed
from assess.core.result_units import counted_in
from assess.core.rules.nodes import Item, MissingRule, NotApplicable
from assess.core.text import Text


class Endings(NamedTuple):
    """The endings of one kind of items."""

    earned: Text
    rounded: Text
    rounded_even: Text
    at_floor: Text
    at_cap: Text
    floor_rounded: Text
    cap_rounded: Text
    stated: Text
    consequence: Mapping[MissingRule, Text]
    not_applicable: Mapping[NotApplicable, Text]


EARNED: Final = Endings(
    earned=Text("{why}，得{points}", "{why}; {points}"),
    rounded=Text("{why}，计得{exact}，四舍五入得{points}", "{why}; {exact}, rounded to {plain}"),
    rounded_even=Text("{why}，计得{exact}，四舍六入五成双得{points}", "{why}; {exact}, rounded half-even to {plain}"),
    at_floor=Text("{why}，计得{exact}，按下限{points}计", "{why}; {exact}, but never below {plain}"),
    at_cap=Text("{why}，计得{exact}，按上限{points}计", "{why}; {exact}, but never above {plain}"),
    floor_rounded=Text(
        "{why}，计得{exact}，按下限{bound}计，舍入得{points}",
        "{why}; {exact}, but never below {bound}, rounded to {plain}",
    ),
    cap_rounded=Text(
        "{why}，计得{exact}，按上限{bound}计，舍入得{points}",
        "{why}; {exact}, but never above {bound}, rounded to {plain}",
    ),
    stated=Text("{why}，按规定计{points}分", "{why}: {points} points as the sheet says"),
    consequence={
        MissingRule.ZERO: Text("{why}，按0分计", "{why}: scored 0"),
        MissingRule.EXCLUDE: Text("{why}，不计入", "{why}: left out"),
        MissingRule.BLOCK: Text("{why}，补齐前不能计算总分", "{why}: no total until it is supplied"),
    },
    not_applicable={
        NotApplicable.RESCALE: Text(
            "{why}，分值由同类其他项折算", "{why}: its full mark is redistributed to the other items of its section"
        ),
        NotApplicable.RESCALE_TOTAL: Text(
            "{why}，分值由全表其他项折算", "{why}: its full mark is redistributed over the whole sheet"
        ),
        NotApplicable.FULL: Text("{why}，按满分计", "{why}: the full mark is given"),
        NotApplicable.ZERO: Text("{why}，按0分计", "{why}: scored 0"),
    },
)
NOTHING_OFF: Final = Text("{why}，不扣分", "{why}: no points off")
NONE_COUNTED: Final = Text("{why}，不扣分", "{why}; no points off")
TAKEN_OFF: Final = Endings(
    earned=Text("{why}，扣{points}（最多扣{most}分）", "{why}; {points} off (at most {most})"),
    rounded=Text(
        "{why}，应扣{exact}，四舍五入扣{points}（最多扣{most}分）",
        "{why}; {exact}, rounded to {points} off (at most {most})",
    ),
    rounded_even=Text(
        "{why}，应扣{exact}，四舍六入五成双扣{points}（最多扣{most}分）",
        "{why}; {exact}, rounded half-even to {points} off (at most {most})",
    ),
    at_floor=Text(
        "{why}，应扣{exact}，按下限扣{points}（最多扣{most}分）",
        "{why}; {exact}, but never less than {points} off (at most {most})",
    ),
    at_cap=Text("{why}，应扣{exact}，最多扣{most}分，扣{points}", "{why}; {exact}, but at most {most}: {points} off"),
    floor_rounded=Text(
        "{why}，应扣{exact}，按下限{bound}计，舍入扣{points}（最多扣{most}分）",
        "{why}; {exact}, but never less than {bound}, rounded to {points} off (at most {most})",
    ),
    cap_rounded=Text(
        "{why}，应扣{exact}，最多扣{most}分，扣{points}", "{why}; {exact}, but at most {most}: {points} off"
    ),
    stated=Text("{why}，按规定扣{points}分", "{why}: {points} points off as the sheet says"),
    consequence={**EARNED.consequence, MissingRule.ZERO: NOTHING_OFF, MissingRule.EXCLUDE: NOTHING_OFF},
    not_applicable=dict.fromkeys(NotApplicable, NOTHING_OFF)
    | {NotApplicable.FULL: Text("{why}，按最多扣分计", "{why}: the maximum is taken off")},
)
POINTS_OFF: Final = Text("扣{points}分（最多扣{most}分）", "{points} points off (at most {most})")
POINT_OFF: Final = Text("扣{points}分（最多扣{most}分）", "{points} point off (at most {most})")
NO_POINTS_OFF: Final = Text("不扣分（最多扣{most}分）", "No points off (at most {most})")


def points_off(item: Item, points: str | None, full: str, unit: Text | None = None) -> Text | None:
    """What an item takes off the total, as pages and papers say it; None without a score.

    Args:
        item: the item of a deduction.
        points: as printed.
        full: its full mark as printed, where it has no cap of its own.
        unit: what scores are counted in; None for points.
    """
    if points is None:
        return None
    most = full if item.cap is None else printed(item.cap)
    if not Fraction(points.removeprefix("≈")):
        return counted_in(NO_POINTS_OFF, unit).format(most=most)
    return counted_in(POINT_OFF if points == "1" else POINTS_OFF, unit).format(points=points, most=most)


def most_off(item: Item, full: Amount | None, size: int) -> list[str]:
    """What an item takes off at most, for every unit."""
    most = full if item.cap is None else item.cap
    assert most is not None
    return [printed(most)] * size if isinstance(most, Fraction) else [text or "" for text in most.printed(None)]
