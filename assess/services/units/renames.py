"""Names of units change from a day on, under the same code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import NotFound
from assess.core.naming import folded
from assess.core.reasons import checked_reason
from assess.core.text import Text
from assess.core.units.changes import UnitEntry
from assess.core.units.renames import Rename, name_on
from assess.core.units.unit_list import UnitNames, Units
from assess.services import audit, cycles
from assess.services.years import NO_UNIT, units_of
from assess.store.models import Unit, UnitName
from assess.store.queries import units
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

NO_NAME: Final = Text("请填写新的中文名称。", "Enter the new Chinese name.")
SAME_NAME: Final = Text("该单位现用名称与此相同。", "The unit already has this name.")
NAME_OF_ANOTHER: Final = Text("“{name}”是另一个单位的名称。", "{name} is the name of another unit.")
NO_DAY: Final = Text("请填写更名日期。", "Enter the first day of the new name.")
DAY_TAKEN: Final = Text("该单位在这一天已有一次更名。", "The unit is already renamed on that day.")
NO_REASON: Final = Text("请填写更名依据或原因。", "Enter the reason for the new name, or the document it is based on.")
ALWAYS: Final = date.min
"""The day from which the name holds that a unit bore before its first renaming."""


def rename_unit(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, name: Text, begins: date | None, reason: str,
    now: datetime, seen: int | None = None,
) -> None:  # fmt: skip
    """Have a unit bear another name from a day on; the code stays, and the name before is understood as an alias.

    The year's pages and papers bear the name that holds on its last day.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: the year has no such unit.
        Refused: the stage does not allow it, or the name, the day or the reason is missing or cannot be.
        Stale: somebody else changed the set-up meanwhile.
    """
    cycles.changing(session, actor, cycle=cycle, seen=seen)
    row = next((each for each in units.unit_models(session, cycle.id) if each.code == unit), None)
    if row is None:
        raise NotFound(NO_UNIT)
    name = Text(name.zh.strip(), name.en.strip() or name.zh.strip())
    day = checked_rename(session, cycle, row, Rename(unit, name, begins or ALWAYS), reason)
    old = row.name
    bear_name(session, cycle, row, Rename(unit, name, day), reason.strip())
    new = {"name": list(name), "from": day.isoformat(), "reason": reason.strip()}
    audit.record(session, actor, subject=f"unit:{unit}", action="renamed", old={"name": list(old)}, new=new, now=now)


def bear_name(session: Session, cycle: CycleRow, row: Unit, rename: Rename, reason: str) -> None:
    """Keep a name from a day on; the year's list gets the name of its last day, and the others as aliases."""
    before = [each for each, _ in units.renames_of(session, row.code)]
    if not before:
        session.add(UnitName(code=row.code, begins=ALWAYS, name_zh=row.name_zh, name_en=row.name_en, reason=""))
    name, old = rename.name, row.name
    session.add(UnitName(code=row.code, begins=rename.on, name_zh=name.zh, name_en=name.en, reason=reason))
    counts = name_on(date(cycle.year, 12, 31), row.code, old, [*before, rename])
    others = [text for text in (*old, *name) if text not in counts]
    row.name_zh, row.name_en = counts
    row.aliases = {"aliases": list(dict.fromkeys((*row.aliases["aliases"], *others)))}
    flush(session)


def with_former_names(
    entries: Iterable[UnitEntry], before: Iterable[UnitEntry], renames: Iterable[Rename], read: Units
) -> tuple[UnitEntry, ...]:
    """The entries of a new list, each also known by the names that it bore, as far as no other unit has them now."""
    names = UnitNames(read)
    former = {each.code: list(each.name) for each in before}
    for rename in renames:
        former.setdefault(rename.unit, []).extend(rename.name)
    return tuple(known_as_before(entry, former.get(entry.code, ()), names) for entry in entries)


def known_as_before(entry: UnitEntry, former: Iterable[str], names: UnitNames) -> UnitEntry:
    """An entry whose former names are aliases where they name no unit of the list."""
    lost = [text for text in dict.fromkeys(former) if not names.called(folded(text))]
    return replace(entry, aliases=(*entry.aliases, *lost)) if lost else entry


def checked_rename(session: Session, cycle: CycleRow, row: Unit, rename: Rename, reason: str) -> date:
    """The day of a renaming that may be.

    Raises:
        Refused: it may not.
    """
    if not rename.name.zh:
        raise cycles.refused("name_zh", NO_NAME)
    if rename.name == row.name:
        raise cycles.refused("name_zh", SAME_NAME)
    _, names = units_of(session, cycle)
    for field, text in zip(("name_zh", "name_en"), rename.name, strict=True):
        found = names.find(text)
        if isinstance(found, int) and names.units.codes[found] != row.code:
            raise cycles.refused(field, NAME_OF_ANOTHER.format(name=Text.same(text).literal()))
    if rename.on == ALWAYS:
        raise cycles.refused("begins", NO_DAY)
    if any(each.on == rename.on for each, _ in units.renames_of(session, row.code)):
        raise cycles.refused("begins", DAY_TAKEN)
    checked_reason(reason, missing=NO_REASON)
    return rename.on
