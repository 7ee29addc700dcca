"""The same content elsewhere: in another unit's evidence, or in that of an earlier year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.text import Text
from assess.store.queries import evidence as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.evidence import UseRow
from assess.store.session import Session

BY_ANOTHER: Final = Text(
    "其他单位上传过内容相同的佐证材料，请核对是否传错。",
    "Another unit uploaded a file with the same content. Check that this is the right file.",
)
BY_ITSELF: Final = Text(
    "{year}年上传过内容相同的佐证材料，请核对是否为本年度的佐证材料。",
    "A file with the same content was uploaded in {year}. Check that it is for this year.",
)
BY_UNIT: Final = Text("{unit}在{year}年也上传过内容相同的文件。", "{unit} uploaded the same content in {year}.")


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
    by_others = BY_UNIT if actor.may(Right.REVIEW) else BY_ANOTHER
    told: dict[str, dict[Text, None]] = {}
    for use in uses:
        words = BY_ITSELF if use.unit == unit else by_others
        told.setdefault(use.sha256, {})[words.format(unit=use.name, year=use.year)] = None
    return {sha256: tuple(words) for sha256, words in told.items()}
