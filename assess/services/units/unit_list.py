"""The assessed units of a year: their list is read, compared and accepted as a whole; names change from a day on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.flaws import Flaw
from assess.core.naming import quoted
from assess.core.sources import TextPosition
from assess.core.tables import Table
from assess.core.text import Language, Text
from assess.core.units.changes import UnitChanges, UnitEntry, entries_of, odd_values, unit_changes
from assess.core.units.renames import Rename
from assess.core.units.unit_list import CODE, UnitNames, Units
from assess.core.unseen import unseen_in_table
from assess.files.tables import read_table
from assess.files.unit_book import load_units, write_unit_book
from assess.files.unit_columns import UNIT_COLUMN_TITLES
from assess.services import audit, cycles
from assess.services.documents import UploadedFile, check, without_file
from assess.services.rules import CheckContext, beside, misfits, sheet_of
from assess.services.task_lists import rebuild_obligations
from assess.services.units.renames import ALWAYS, bear_name, with_former_names
from assess.services.years import known_objects, units_of, year_of
from assess.store.models import Unit
from assess.store.queries import rules, units, years
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

NAME_TWICE: Final = Text(
    "“{name}”同时是{units}的名称或别名，请改其中一个。",
    "{name} is a name or an alias of several units: {units}. Change one of them.",
)
SAME_LIST: Final = Text(
    "这份名单与现有名单相同，无需保存。", "This list is identical to the current one. There is nothing to save."
)
HAVE_DATA: Final = Text(
    "{units}已有填报内容，不能从名单中删除。请在名单中保留；不再考核的，可申请不涉及。",
    "{units} cannot be removed from the list, because data was submitted for them. Keep them in the "
    "list. If they are no longer assessed, request exemptions.",
)
HAVE_OBJECTS: Final = Text(
    "{units}在对象名单中有对象，不能从名单中删除。请先更正对象名单。",
    "{units} cannot be removed from the list, because they have objects. Correct the list of objects first.",
)
TAKEN_BY_OBJECTS: Final = Text(
    "对象名单中已有“{name}”这一列，请另取表头。",
    "The list of objects has a column {name} already. Use another heading.",
)
BAD_CODE: Final = Text(
    "代码“{code}”不能使用，只能含字母、数字、连字符、下划线和点，最多{most}个字符。",
    "The code {code} cannot be used. Use only letters, digits, hyphens, underscores and dots, at "
    "most {most} characters.",
)
CODES: Final = re.compile(r"(?!\.+$)[\w.-]{1,40}")
MAX_CODE_LENGTH: Final = 40
RENAMED_OTHERWISE: Final = Text(
    "{unit}自{day}起已登记为“{name}”，请删去这一行或改用其他日期。",
    "{unit} is already named {name} from {day}. Delete this row or change the day.",
)


def column_title(name: str) -> Text:
    """What a column of the list of units is called; a name that has no title stands as it is."""
    return UNIT_COLUMN_TITLES.get(name) or Text.same(name)


@dataclass(frozen=True, eq=False)
class UnitsPreview:
    """A list without flaws, what it changes, and the names from a day on that it adds."""

    entries: tuple[UnitEntry, ...]
    units: Units
    changes: UnitChanges
    renames: tuple[Rename, ...]


def preview_units(session: Session, cycle: CycleRow, document: UploadedFile) -> UnitsPreview:
    """What a document would make of the year's list of units.

    Raises:
        Refused: the stage does not allow it, it changes nothing.
        ValidationError: the document has flaws, or the rule sheet or the task list does not fit its units.
    """
    cycles.check_stage(cycle.stage)
    entries, read, renames = read_unit_list(document, beside(session, cycle).object_columns)
    if wrong := flaws_of_the_others(session, cycle, read):
        check(odd_cells(document, units_of(session, cycle)[0], read) or wrong)
    before, kept = units.unit_entries(session, cycle.id), units.all_renames(session, read.codes)
    entries = with_former_names(entries, before, kept, read)
    known = {(each.unit, each.on): each.name for each in kept}
    check(renamed_otherwise(renames, known))
    new = tuple(each for each in renames if (each.unit, each.on) not in known)
    changes = unit_changes(before, entries)
    if not changes and not new:
        raise Refused(SAME_LIST)
    return UnitsPreview(entries, read, changes, new)


def read_unit_list(
    document: UploadedFile, taken: Collection[str]
) -> tuple[tuple[UnitEntry, ...], Units, tuple[Rename, ...]]:
    """The list that a document holds, and its names from a day on; `taken` are the columns of the list of objects.

    Raises:
        ValidationError: it has flaws.
    """
    with document.lying() as path:
        table = read_table(path, CODE)
        loaded = load_units(path)
        check(without_file([*loaded.flaws, *unseen_in_table(table)]))
        check(without_file([*names_twice(table, loaded.units), *bad_codes(table), *columns_taken(table, taken)]))
        return entries_of(table), loaded.units, loaded.renames


def odd_cells(document: UploadedFile, before: Units, read: Units) -> list[Flaw]:
    """The cells of a list that no longer say yes or no, or no number, where the list in force does."""
    with document.lying() as path:
        return without_file(odd_values(read_table(path, CODE), before, read))


def bad_codes(table: Table) -> Iterator[Flaw]:
    """A flaw at each code that cannot stand in the address of a page."""
    column = table.column_called(CODE) or 0
    for row, code in enumerate(table.columns[column]):
        if not CODES.fullmatch(code):
            yield Flaw(table.places(row, column), BAD_CODE, {"code": quoted(code), "most": MAX_CODE_LENGTH})


def columns_taken(table: Table, taken: Collection[str]) -> Iterator[Flaw]:
    """A flaw at each column that the list of objects has too, so that a name could mean either."""
    for each in table.headings:
        if each.name in taken:
            yield Flaw(each.source, TAKEN_BY_OBJECTS, {"name": quoted(each.name)})


def renamed_otherwise(renames: Iterable[Rename], known: Mapping[tuple[str, date], Text]) -> Iterator[Flaw]:
    """A flaw for each name that is kept for the same day otherwise."""
    for each in renames:
        kept = known.get((each.unit, each.on), each.name)
        if kept != each.name:
            yield Flaw(TextPosition(""), RENAMED_OTHERWISE, {"unit": each.unit, "day": each.on, "name": kept})


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
    known = beside(session, cycle).objects
    return misfits(sheet_of(session, cycle, rows[0].number), CheckContext(read, None, known)) if rows else []


def accept_units(
    session: Session, actor: Actor, *, cycle: CycleRow, document: UploadedFile, now: datetime,
    seen: int | None = None, reason: str = "",
) -> UnitChanges:  # fmt: skip
    """Make a document the year's list of units, all of it; `seen` is the version of the year that the officer saw.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, a reason is missing, nothing changes, or a unit with data would go.
        ValidationError: the document has flaws.
        Stale: somebody else changed the set-up meanwhile.
    """
    cycles.changing(session, actor, cycle=cycle, seen=seen)
    preview = preview_units(session, cycle, document)
    kept_reason = cycles.check_reason(reason, needed=cycle.opened)
    check_removable(session, cycle, preview.changes)
    replace_units(session, cycle.id, preview.entries)
    rows = {row.code: row for row in units.unit_models(session, cycle.id)} if preview.renames else {}
    for rename in preview.renames:
        bear_name(session, cycle, rows[rename.unit], rename, kept_reason or document.name)
    if years.published_digest(session, cycle.id) is not None:
        rebuild_obligations(session, cycle, year_of(session, cycle), now)
    old, new = audited(preview.changes)
    new |= {"file": document.name, "upload": document.sha256, "reason": kept_reason, "units": len(preview.entries)}
    new |= {"renamed": [[each.unit, *each.name, each.on.isoformat()] for each in preview.renames]}
    audit.record(session, actor, subject=f"units:{cycle.year}", action="accepted", old=old, new=new, now=now)
    return preview.changes


def check_removable(session: Session, cycle: CycleRow, changes: UnitChanges) -> None:
    """Let units go of which nothing was reported.

    Raises:
        Refused: something was.
    """
    if not changes.removed:
        return
    with_data = units.units_with_data(session, cycle.id, cycle.year)
    for kept, told in ((with_data, HAVE_DATA), (units_with_objects(session, cycle), HAVE_OBJECTS)):
        names = [entry.name for entry in changes.removed if entry.code in kept]
        if names:
            listed = Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
            raise Refused(told.format(units=listed.literal()))


def units_with_objects(session: Session, cycle: CycleRow) -> frozenset[str]:
    """The codes of the units that the list of objects names."""
    listed, names = units_of(session, cycle)
    objects = known_objects(session, years.newest_parts(session, cycle.id), listed, names)
    return frozenset(listed.codes[place] for each in objects.kinds.values() for place in each.units.tolist())


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
    gone = {entry.code: entry.facts() for entry in changes.removed}
    come = {entry.code: entry.facts() for entry in changes.new}
    return {"changed": old, "removed": gone}, {"changed": new, "added": come}


def written_units(session: Session, cycle: CycleRow, language: Language) -> BytesIO:
    """The list as a workbook to edit, with its renames; empty, with its headings, before there is one (2 queries)."""
    book = BytesIO()
    listed, _ = units_of(session, cycle)
    renames = [rename for rename in units.all_renames(session, listed.codes) if rename.on != ALWAYS]
    write_unit_book(book, language, listed, renames)
    book.seek(0)
    return book
