"""Full marks that add up to no usual total, and full marks that nobody can reach."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.methods.counting import Award
from assess.core.methods.interpolating import Interpolate
from assess.core.methods.looking_up import Lookup
from assess.core.methods.progress import Ratio
from assess.core.methods.scored import Better
from assess.core.methods.steps import Bands
from assess.core.numbers import reduced
from assess.core.rules.checking.marks import full_marks, part_marks
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, all_items, title_of
from assess.core.text import Text
from assess.core.warnings.bands import reachable
from assess.core.warnings.bounds import ValueBounds, bounds_for
from assess.core.warnings.coded import CodedWarning

USUAL: Final = (100, 1000)
"""Full marks of a sheet that need not be stated."""

TOTAL_NOT_STATED = Text(
    "最上层分值之和是{sum}，不是100或1000；如果确应如此，请在points写明满分。",
    "The full marks at the top add up to {sum}, neither 100 nor 1000. If that is right, add it as `points`.",
)
TOO_FEW_POINTS = Text(
    "“{item}”分值{full}，而{key}中能得到的最高分是{most}，无法得满分，请修改。",
    "{item} has a full mark of {full}, but the most that `{key}` can give is {most}. Change one of them.",
)
BEYOND_BOUNDS = Text(
    "“{figure}”的取值范围是{bounds}，达不到{key} {value}，无法得满分，请修改。",
    "{figure} is {bounds}, so `{key}: {value}` and the full mark cannot be reached. Change it.",
)


def totals_not_stated(sheet: RuleSheet) -> Iterator[CodedWarning]:
    """One warning where the full marks at the top add up to no usual total in some group and none is stated."""
    odd = [full for full in full_marks(sheet) if full not in USUAL]
    if sheet.points is None and odd:
        sums = Text.listed(map(reduced, odd))
        yield CodedWarning("total-not-stated-mark", ("items",), TOTAL_NOT_STATED, {"sum": sums})


class Unreached(NamedTuple):
    """The key for which a full mark cannot be reached, and why."""

    key: str
    what: Text
    facts: dict[str, object]


def unreachable_full_marks(sheet: RuleSheet) -> Iterator[CodedWarning]:
    """Every item whose full mark no value can earn, in any group; a factor may lift points to it."""
    for item in all_items(sheet):
        found = None if item.times is not None else few_points(item, sheet) or beyond_bounds(item, sheet)
        if found is not None:
            facts = {"item": title_of(item, item.id), **found.facts}
            yield CodedWarning("unreachable-full-mark", (*item.path, found.key), found.what, facts)


def few_points(item: Item, sheet: RuleSheet) -> Unreached | None:
    """The highest points that the keys of an item state, where they are below its full mark, or that of its parts."""
    stated = highest_stated(item, sheet)
    full = min(part_marks(item, sheet), default=None)
    if stated is None or full is None or stated[1] >= full:
        return None
    key, most = stated
    return Unreached(key, TOO_FEW_POINTS, {"key": key, "full": reduced(full), "most": reduced(most)})


def highest_stated(item: Item, sheet: RuleSheet) -> tuple[str, Fraction] | None:
    """The key that states points, and the highest of those that can be reached."""
    match item.method:
        case Bands(figure=figure, bands=bands) as banded:
            reached = reachable(banded, bounds_for(item, figure, sheet))
            return "bands", max(band.points for band, in_reach in zip(bands, reached, strict=True) if in_reach)
        case Lookup() as method:
            return "table", max(method.pairs.values())
        case Interpolate(points_at=points_at) if points_at is not None:
            return "points_at", max(points for _, points in points_at)
        case Award(lines=lines):
            most = [line.at_most for line in lines if line.at_most is not None]
            return ("lines", sum(most, Fraction(0))) if len(most) == len(lines) else None
    return None


def beyond_bounds(item: Item, sheet: RuleSheet) -> Unreached | None:
    """A plain number that earns the full mark and lies beyond what the figure can be."""
    match item.method:
        case Interpolate(figure=figure, full_at=Fraction() as aim, zero_at=Fraction() as zero):
            key, upwards = "full_at", aim > zero
        case Ratio(figure=figure, target=Fraction() as aim, full_from=None, better=better):
            key, upwards = "target", better is Better.HIGHER
        case _:
            return None
    bounds = bounds_for(item, figure, sheet)
    if not is_beyond(aim, bounds, upwards) or (key == "target" and not upwards and earns_at_nothing(bounds)):
        return None
    facts: dict[str, object] = {
        "figure": title_of(sheet.figures[figure], figure),
        "bounds": bounds.in_words(),
        "key": key,
        "value": reduced(aim),
    }
    return Unreached(key, BEYOND_BOUNDS, facts)


def is_beyond(aim: Fraction, bounds: ValueBounds, upwards: bool) -> bool:
    """Whether a number is above or below what a value can be."""
    if upwards:
        return bounds.most is not None and aim > bounds.most
    return bounds.least is not None and aim < bounds.least


def earns_at_nothing(bounds: ValueBounds) -> bool:
    """Whether a value of 0 or less may come, which earns all where less is better."""
    return bounds.least is not None and bounds.least <= 0
