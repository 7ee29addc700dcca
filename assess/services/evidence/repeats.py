"""The same content elsewhere: in another unit's evidence, or in that of an earlier year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assess.core.actors import Actor, sees_all_units
from assess.core.text import Text
from assess.store.queries import evidence as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.evidence import UseRow
from assess.store.session import Session

BY_ANOTHER: Final = Text(
    "内容相同的文件已被其他单位用作佐证，请核实是否传错。",
    "Another unit attached a file with the same content: check that it is the right one.",
)
BY_ITSELF: Final = Text(
    "内容相同的文件在 {year} 年已用作佐证，请核实是否为本年度材料。",
    "The same content was attached in {year} already: check that it is about this year.",
)
BY_UNIT: Final = Text("{unit}在 {year} 年也用了内容相同的文件。", "{unit} attached the same content in {year}.")


def repeats_of(session: Session, actor: Actor, *, cycle: CycleRow, unit: str) -> dict[str, tuple[Text, ...]]:
    """Where files of a unit serve elsewhere, by SHA-256; an official is not told of which unit (1 query).

    Raises:
        NotFound: the reader may not see the unit.
    """
    actor.check_sees_unit(unit)
    uses = queries.uses_elsewhere(session, cycle=cycle.id, year=cycle.year, unit=unit)
    return told_uses(actor, unit=unit, uses=uses)


def told_uses(actor: Actor, *, unit: str, uses: Sequence[UseRow]) -> dict[str, tuple[Text, ...]]:
    """The same in words fit for the reader."""
    by_others = BY_UNIT if sees_all_units(actor.roles) else BY_ANOTHER
    told: dict[str, dict[Text, None]] = {}
    for use in uses:
        words = BY_ITSELF if use.unit == unit else by_others
        told.setdefault(use.sha256, {})[words.format(unit=use.name, year=use.year)] = None
    return {sha256: tuple(words) for sha256, words in told.items()}
