"""Where each unit of a world stands: total, rank in its group and grade, one unit at a time."""

from __future__ import annotations

from fractions import Fraction

from assess.core.numbers import exact
from tests.core.scoring.interpreter.items import UnitAlone, shown
from tests.core.scoring.interpreter.places import Tree, World, place_among


def standings(world: World) -> dict[str, Tree]:
    """Each unit by its code, as a result file tells of it."""
    totals = {code: UnitAlone.of(world, code).total for code in world.units}
    return {code: standing(world, code, totals) for code in world.units}


def standing(world: World, code: str, totals: dict[str, Fraction | None]) -> Tree:
    """One unit among those of its group that have a total."""
    unit, own, group = UnitAlone.of(world, code), totals[code], world.group(code)
    if own is None:
        return {"total": None, "rank": None, "of": None, "grade": None}
    ranking = world.tree.get("ranking", {})
    values = [total for other, total in totals.items() if total is not None and world.group(other) == group]
    is_higher = ranking.get("better", "higher") == "higher"
    place = place_among(own, values, ranking.get("ties", "competition"), is_higher)
    total = unit.score()[2]
    return {
        "total": shown(total, unit.rounding("total")), "rank": place, "of": len(values), "grade": grade(world, own),
    }  # fmt: skip


def grade(world: World, total: Fraction) -> str | None:
    """The first grade that a total reaches."""
    for each in world.tree.get("grades", ()):
        if ("from" in each and total < exact(each["from"])) or ("to" in each and total > exact(each["to"])):
            continue
        return str(each["id"])
    return None
