"""The panel of the demonstration: three members, two of whom have judged every unit, and one a part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from assess.cli.demonstration.drawing import draw
from assess.cli.demonstration.material import Material, Values
from assess.cli.demonstration.people import DEPARTMENT
from assess.core.actors import Actor
from assess.core.numbers import exact, reduced
from assess.core.panels import Judged, judged_figures
from assess.services.panels import Typed, give_marks, name_members
from assess.services.years import Year
from assess.store.session import Session

OTHERS: Final = ("development-reform", "housing")
"""The departments whose evaluators have judged every unit; who can sign in has judged a part."""
PART: Final = 12
REASONS: Final = (
    "演示：低碳社区台账齐全，活动记录完整。",
    "演示：材料基本齐全，部分措施尚未落实。",
    "演示：宣传和节能改造进度偏慢。",
)


def judge(
    session: Session, year: Year, material: Material, evaluators: Mapping[str, Actor], now: datetime, *,
    part: int = PART,
) -> None:  # fmt: skip
    """Name a panel for each judged figure, and give points near the invented ones; the last member to a part only."""
    for judged in judged_figures(year.sheet).values():
        keeper = evaluators[judged.department]
        about: dict[str, Any] = {"cycle": year.cycle, "figure": judged.id, "now": now}
        members = [evaluators[department] for department in (*OTHERS, DEPARTMENT)]
        name_members(session, keeper, accounts=[member.account for member in members], **about)
        for member in members:
            units = year.units.codes[:part] if member is members[-1] else year.units.codes
            typed = typed_by(member, judged, material.values_of([judged.id], units))
            give_marks(session, member, period=str(year.cycle.year), typed=typed, **about)


def typed_by(member: Actor, judged: Judged, values: Values) -> dict[str, Typed]:
    """What a member types for some units."""
    return {
        unit: Typed(
            near(value, judged, member.username, unit), REASONS[draw("reason", member.username, unit, below=3)], 0
        )
        for (unit, _figure, _period), value in values.items()
    }


def near(value: str, judged: Judged, *words: str) -> str:
    """Points that are at most half a point from the invented ones, and never more than there are."""
    moved = exact(value) + Fraction(draw("points", *words, below=11) - 5, 10)
    least, most = judged.least, judged.most(None)
    moved = moved if least is None else max(moved, least)
    return reduced(moved if most is None else min(moved, most))
