"""The assessed units of a year: their list is read, compared and accepted as a whole; names change from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from assess.core.actors import Actor
from assess.core.errors import NotFound, Refused
from assess.core.flaws import Flaw
from assess.core.renames import Rename, name_on
from assess.core.tables import Table
from assess.core.text import Text
from assess.core.unit_changes import UnitChanges, UnitEntry, entries_of, unit_changes
from assess.core.units import CODE, UnitNames, Units, read_units
from assess.core.unseen import unseen_in_table
from assess.files.tables import read_table
from assess.services import audit, cycles
from assess.services.documents import Document, check, without_file
from assess.services.rules import Beside, misfits, sheet_of
from assess.services.task_lists import lay_obligations_anew
from assess.services.years import NO_UNIT, units_of, year_of
from assess.store.models import Unit, UnitName
from assess.store.queries import rules, units, years
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

NAME_TWICE: Final = Text(
    "“{name}”同时是 {units} 的名称或别名：请改其中一个",
    "{name} is a name or an alias of {units} alike: change one of them",
)
SAME_LIST: Final = Text(
    "这份名单与现有名单相同，没有需要保存的内容。", "This list says what the list in force says: nothing to save."
)
HAVE_DATA: Final = Text(
    "{units}已有填报内容，不能从名单中删除：请在名单中保留，不再考核的可申请不涉及。",
    "{units} cannot be removed, since something was reported for them: keep them in the list.",
)
NO_NAME: Final = Text("请填写新的中文名称。", "Write the new Chinese name.")
SAME_NAME: Final = Text("该单位现在就叫这个名称。", "The unit is called so already.")
NAME_OF_ANOTHER: Final = Text("“{name}”是另一个单位的名称。", "{name} is the name of another unit.")
NO_DAY: Final = Text("请填写更名日期。", "Write the day from which the name holds.")
DAY_TAKEN: Final = Text("该单位在这一天已有一次更名。", "The unit changes its name on that day already.")
NO_REASON: Final = Text("请填写更名依据或原因。", "Give the reason or the document of the renaming.")
ALWAYS: Final = date.min
"""The day from which the name holds that a unit bore before its first renaming."""


@dataclass(frozen=True, eq=False)
class UnitsPreview:
    """A list without flaws, and what it changes."""

    entries: tuple[UnitEntry, ...]
    units: Units
    changes: UnitChanges


def preview_units(session: Session, cycle: CycleRow, document: Document) -> UnitsPreview:
    """What a document would make of the year's list of units.

    Raises:
        Refused: it changes nothing.
        Flawed: the document has flaws, or the rule sheet or the task list does not fit its units.
    """
    entries, read = read_unit_list(document)
    check(flaws_of_the_others(session, cycle, read))
    changes = unit_changes(units.unit_entries(session, cycle.id), entries)
    if not changes:
        raise Refused(SAME_LIST)
    return UnitsPreview(entries, read, changes)


def read_unit_list(document: Document) -> tuple[tuple[UnitEntry, ...], Units]:
    """The list that a document holds.

    Raises:
        Flawed: it has flaws.
    """
    with document.lying() as path:
        table = read_table(path, CODE)
        read, flaws = read_units(table)
        check(without_file([*flaws, *unseen_in_table(table)]))
        check(without_file(names_twice(table, read)))
        return entries_of(table), read


def names_twice(table: Table, read: Units) -> Iterator[Flaw]:
    """A flaw at each unit that shares a name with one before."""
    column = table.column_called(CODE) or 0
    for name, places in UnitNames(read).names.items():
        if len(places) > 1:
            codes = Text.listed(read.codes[place] for place in sorted(places))
            yield Flaw(table.places(max(places), column), NAME_TWICE, {"name": name, "units": codes})


def flaws_of_the_others(session: Session, cycle: CycleRow, read: Units) -> list[Flaw]:
    """Where the newest rule sheet does not fit these units."""
    rows = rules.sheet_rows(session, cycle.id)
    return misfits(sheet_of(session, cycle, rows[0].number), Beside(read, None)) if rows else []


def accept_units(
    session: Session, actor: Actor, *, cycle: CycleRow, document: Document, now: datetime,
    seen: int | None = None, reason: str = "",
) -> UnitChanges:  # fmt: skip
    """Make a document the year's list of units, all of it; `seen` is the version of the year that the officer saw.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, a reason is missing, nothing changes, or a unit with data would go.
        Flawed: the document has flaws.
        Stale: somebody else changed the set-up meanwhile.
    """
    cycles.changing(session, actor, cycle=cycle, seen=seen)
    preview = preview_units(session, cycle, document)
    kept_reason = cycles.check_reason(reason, needed=cycle.opened)
    check_removable(session, cycle, preview.changes)
    replace_units(session, cycle.id, preview.entries)
    if years.published_digest(session, cycle.id) is not None:
        lay_obligations_anew(session, cycle, year_of(session, cycle), now)
    old, new = audited(preview.changes)
    new |= {"file": document.name, "upload": document.sha256, "reason": kept_reason, "units": len(preview.entries)}
    audit.record(session, actor, subject=f"units:{cycle.year}", action="accepted", old=old, new=new, now=now)
    return preview.changes


def check_removable(session: Session, cycle: CycleRow, changes: UnitChanges) -> None:
    """Let units go of which nothing was reported.

    Raises:
        Refused: something was.
    """
    kept = units.units_with_data(session, cycle.id, cycle.year) if changes.removed else frozenset()
    names = [entry.name for entry in changes.removed if entry.code in kept]
    if names:
        listed = Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
        raise Refused(HAVE_DATA.filled(units=listed.literal()))


def replace_units(session: Session, cycle: int, entries: tuple[UnitEntry, ...]) -> None:
    """The rows of the list; nothing refers to a row of it, all to its code."""
    for row in units.unit_models(session, cycle):
        session.delete(row)
    flush(session)
    session.add_all(
        Unit(
            cycle_id=cycle, place=place, code=entry.code, name_zh=entry.name.zh, name_en=entry.name.en, kind=entry.kind,
            aliases={"aliases": list(entry.aliases)}, attributes=dict(entry.attributes),
        )
        for place, entry in enumerate(entries)
    )  # fmt: skip
    flush(session)


def audited(changes: UnitChanges) -> tuple[dict[str, Any], dict[str, Any]]:
    """What changed, as the log tells it."""
    old = {entry.code: {each.name: each.old for each in fields} for entry, fields in changes.changed}
    new = {entry.code: {each.name: each.new for each in fields} for entry, fields in changes.changed}
    gone = {entry.code: entry.told() for entry in changes.removed}
    come = {entry.code: entry.told() for entry in changes.new}
    return {"changed": old, "removed": gone}, {"changed": new, "added": come}


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
    renames = [rename for rename, _ in units.renames_of(session, unit)]
    if not renames:
        session.add(UnitName(code=unit, begins=ALWAYS, name_zh=row.name_zh, name_en=row.name_en, reason=""))
    session.add(UnitName(code=unit, begins=day, name_zh=name.zh, name_en=name.en, reason=reason.strip()))
    old, counts = row.name, name_on(date(cycle.year, 12, 31), unit, row.name, [*renames, Rename(unit, name, day)])
    row.name_zh, row.name_en = counts
    others = [text for text in (*old, *name) if text not in counts]
    row.aliases = {"aliases": list(dict.fromkeys((*row.aliases["aliases"], *others)))}
    flush(session)
    new = {"name": list(name), "from": day.isoformat(), "reason": reason.strip()}
    audit.record(session, actor, subject=f"unit:{unit}", action="renamed", old={"name": list(old)}, new=new, now=now)


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
            raise cycles.refused(field, NAME_OF_ANOTHER.filled(name=Text.same(text).literal()))
    if rename.on == ALWAYS:
        raise cycles.refused("begins", NO_DAY)
    if any(each.on == rename.on for each, _ in units.renames_of(session, row.code)):
        raise cycles.refused("begins", DAY_TAKEN)
    if not reason.strip():
        raise cycles.refused("reason", NO_REASON)
    return rename.on
