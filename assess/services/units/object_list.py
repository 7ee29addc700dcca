"""The objects of a year's units, such as river sections: their list is read, compared and accepted as a version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any, Final, NamedTuple

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.figures.part_labels import split_part
from assess.core.flaws import Flaw
from assess.core.naming import folded, quoted
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.tables import Table
from assess.core.text import Language, Text
from assess.core.units.object_changes import ObjectChanges, ObjectEntry, object_changes, object_entries
from assess.core.units.objects import HEADINGS, OBJECT_HEADINGS, UnitObjects, columns_called, read_objects
from assess.core.unseen import unseen_in_table
from assess.files.object_book import write_object_book
from assess.files.tables import read_table
from assess.services import audit, cycles
from assess.services.documents import UploadedFile, check, without_file
from assess.services.rules import CheckContext, misfits, object_kinds
from assess.services.task_lists import digest_of
from assess.services.units.unit_list import BAD_CODE, CODES, MAX_CODE_LENGTH
from assess.services.years import Year, year_of
from assess.store.base import Json
from assess.store.models import ObjectListVersion
from assess.store.queries import object_lists, years
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

NO_KINDS: Final = Text(
    "本年度的评分表没有对象类别，不需要对象名单。",
    "The rule sheet of this year has no kinds of objects. It needs no list of objects.",
)
SAME_LIST: Final = Text(
    "这份对象名单与现行名单相同，无需保存。", "This is the current list of objects. There is nothing to save."
)
HAVE_VALUES: Final = Text(
    "{objects}已有数据，不能从名单中删除，也不能更改类别或排在最前的单位。请在名单中保留。",
    "{objects} already have figures. They cannot be removed from the list, and their kind and first unit cannot "
    "change. Keep them in the list.",
)
UNKNOWN_KIND: Final = Text(
    "评分表没有“{kind}”这类对象，应为：{kinds}。", "The rule sheet has no kind of objects “{kind}”. It has: {kinds}."
)
NO_OBJECTS: Final = Text("名单中没有对象，请至少填写一行。", "The list holds no objects. Fill in at least one row.")


@dataclass(frozen=True, eq=False)
class ObjectsPreview:
    """A list of objects without flaws, and what it changes."""

    year: Year
    objects: UnitObjects
    changes: ObjectChanges
    tree: Json
    digest: str

    @property
    def kind_titles(self) -> dict[str, Text]:
        """What each kind is called."""
        return kind_titles(self.year.sheet)

    @property
    def by_unit(self) -> list[tuple[Text, list[int]]]:
        """How many objects of each kind of the sheet each unit has."""
        return [
            (name, [len(self.objects.codes_of_unit(kind, place)) for kind in self.kind_titles])
            for place, name in enumerate(self.year.units.names)
        ]


@dataclass(frozen=True, eq=False)
class ObjectsInForce:
    """The objects of a year as its page lists them; `kinds` are the titles of the sheet's kinds, None without one."""

    year: Year | None
    entries: tuple[ObjectEntry, ...]
    kinds: Mapping[str, Text] | None


def objects_in_force(session: Session, cycle: CycleRow) -> ObjectsInForce:
    """The list of objects that counts (as `year_of`, and 1 query)."""
    if years.published_digest(session, cycle.id) is None:
        return ObjectsInForce(None, (), None)
    year = year_of(session, cycle)
    return ObjectsInForce(year, object_entries(year.objects), kind_titles(year.sheet))


class ObjectOfUnit(NamedTuple):
    """An object of a unit; `others` are the names of the units that share it, `kind` what its kind is called."""

    code: str
    name: Text
    kind: Text
    others: tuple[Text, ...]


def objects_of(session: Session, cycle: CycleRow, unit: str) -> list[ObjectOfUnit]:
    """The objects of a unit in the order of the list; none before a rule sheet is published (as `year_of`)."""
    if years.newest_parts(session, cycle.id).sheet is None:
        return []
    return objects_listed(year_of(session, cycle), unit)


def objects_listed(year: Year, unit: str) -> list[ObjectOfUnit]:
    """The objects of a unit in the order of the list."""
    if unit not in year.units.places:
        return []
    place, titles = year.place_of(unit), kind_titles(year.sheet)
    return [
        ObjectOfUnit(
            code, year.objects.name_of(code), titles.get(kind, Text.same(kind)), others(year, kind, code, place)
        )
        for kind in year.objects.kinds
        for code in year.objects.codes_of_unit(kind, place)
    ]


def others(year: Year, kind: str, code: str, place: int) -> tuple[Text, ...]:
    """The names of the other units that have an object too."""
    rows = year.objects.kinds[kind]
    units = rows.units[rows.objects == rows.codes.index(code)].tolist()
    return tuple(year.units.names[each] for each in units if each != place)


def kind_titles(sheet: RuleSheet) -> dict[str, Text]:
    """What the kinds of objects of a sheet are called, by their ids."""
    return {kind: title_of(each, kind) for kind, each in (sheet.objects or {}).items()}


def preview_objects(session: Session, cycle: CycleRow, document: UploadedFile) -> ObjectsPreview:
    """What a document would make of the year's list of objects.

    Raises:
        Refused: the stage does not allow it, no rule sheet is published, it has no kinds of objects, or nothing
            changes.
        ValidationError: the document has flaws, or the rule sheet does not fit its attributes.
    """
    cycles.check_stage(cycle.stage)
    year = year_of(session, cycle)
    if not year.sheet.objects:
        raise Refused(NO_KINDS)
    objects, tree = read_object_list(year, document)
    check(misfits(year.sheet, CheckContext(year.units, year.tasks, object_kinds(objects))))
    before, after = object_entries(year.objects), object_entries(objects)
    if before == after:
        raise Refused(SAME_LIST)
    return ObjectsPreview(year, objects, object_changes(before, after), tree, digest_of(tree))


def read_object_list(year: Year, document: UploadedFile) -> tuple[UnitObjects, Json]:
    """The objects that a document holds, and the table to keep: kinds by their ids, units by their codes.

    Raises:
        ValidationError: it has flaws.
    """
    with document.lying() as path:
        table = with_kind_ids(read_table(path, HEADINGS["object"]), year.sheet)
        objects, flaws = read_objects(year.units, year.names, table)
        check(without_file([*flaws, *columns_called(table, year.sheet.figures), *unseen_in_table(table)]))
        check(without_file(flaws_of_cells(table, year.sheet)))
    return objects, kept_table(table, year)


def with_kind_ids(table: Table, sheet: RuleSheet) -> Table:
    """A table whose kinds stand by their ids also where it calls them by their titles."""
    column = table.column_called(HEADINGS["kind"])
    if column is None:
        return table
    ids = {folded(text): kind for kind, title in kind_titles(sheet).items() for text in (*title, kind)}
    texts = [ids.get(folded(text), text) for text in table.columns[column]]
    return replace(table, columns=(*table.columns[:column], texts, *table.columns[column + 1 :]))


def flaws_of_cells(table: Table, sheet: RuleSheet) -> Iterator[Flaw]:
    """A flaw at each kind that the sheet has not and each code that cannot stand in an address; no object at all."""
    kind, code, _ = columns_of(table)
    titles = kind_titles(sheet)
    listed = Text.listed(f"{title.zh} ({name})" for name, title in titles.items())
    if not len(table):
        yield Flaw(table.whole, NO_OBJECTS)
    for row, text in enumerate(table.columns[kind]):
        if text not in titles:
            yield Flaw(table.places(row, kind), UNKNOWN_KIND, {"kind": quoted(text), "kinds": listed})
    for row, text in enumerate(table.columns[code]):
        if not CODES.fullmatch(text):
            yield Flaw(table.places(row, code), BAD_CODE, {"code": quoted(text), "most": MAX_CODE_LENGTH})


def columns_of(table: Table) -> list[int]:
    """The numbers of the columns of kind, object and unit of a table that has them."""
    return [table.column_called(HEADINGS[name]) or 0 for name in OBJECT_HEADINGS]


def kept_table(table: Table, year: Year) -> Json:
    """The table as the year keeps it."""
    columns = [list(column) for column in table.columns]
    unit = columns_of(table)[2]
    places = [year.names.find(text) for text in columns[unit]]
    columns[unit] = [year.units.codes[place] for place in places if isinstance(place, int)]
    return {
        "headings": [each.name for each in table.headings],
        "rows": [list(row) for row in zip(*columns, strict=True)],
    }


def accept_objects(
    session: Session, actor: Actor, *, cycle: CycleRow, document: UploadedFile, now: datetime,
    seen: int | None = None, reason: str = "",
) -> ObjectListVersion:  # fmt: skip
    """Make a document the list of objects in force; `seen` is the version of the year that the officer saw.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, a reason is missing, nothing changes, or an object with values would go.
        ValidationError: the document has flaws.
        Stale: somebody else changed the set-up meanwhile.
    """
    cycles.changing(session, actor, cycle=cycle, seen=seen)
    preview = preview_objects(session, cycle, document)
    versions = object_lists.object_list_rows(session, cycle.id)
    kept_reason = cycles.check_reason(reason, needed=bool(versions) and cycle.opened)
    check_kept(session, preview)
    version = ObjectListVersion(
        cycle_id=cycle.id, number=versions[0].number + 1 if versions else 1, digest=preview.digest, tree=preview.tree,
        upload=document.sha256, file_name=document.name, reason=kept_reason, loaded_by=actor.account, loaded_at=now,
    )  # fmt: skip
    session.add(version)
    flush(session)
    told = {"number": version.number, "digest": preview.digest, "file": document.name, "upload": document.sha256}
    told |= {"reason": kept_reason, "objects": audited(preview.objects)}
    old = {"number": versions[0].number, "digest": versions[0].digest} if versions else None
    audit.record(session, actor, subject=f"object-list:{cycle.year}", action="accepted", old=old, new=told, now=now)
    return version


def audited(objects: UnitObjects) -> dict[str, Any]:
    """How many objects of each kind there are, as the log tells it."""
    return {kind: len(each.codes) for kind, each in objects.kinds.items()}


def check_kept(session: Session, preview: ObjectsPreview) -> None:
    """Let objects go, or stand with another unit, of which there is no value.

    Raises:
        Refused: there is one.
    """
    before = preview.year.objects
    valued = {split_part(part)[0] for part in object_lists.parts_with_values(session, preview.year.cycle.id)}
    names = [
        before.name_of(code) for code in sorted(valued) if standing(before, code) != standing(preview.objects, code)
    ]
    if names:
        listed = Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
        raise Refused(HAVE_VALUES.format(objects=listed.literal()))


def standing(objects: UnitObjects, code: str) -> tuple[str | None, int | None]:
    """The kind of an object and the unit with which its values stand."""
    return objects.kind_of(code), objects.reporting_unit(code)


def written_objects(session: Session, cycle: CycleRow, language: Language) -> BytesIO:
    """The list as a workbook to edit; empty, with its headings, before there is one (as `year_of`).

    Raises:
        Refused: no rule sheet is published, or it has no kinds of objects.
    """
    year, book = year_of(session, cycle), BytesIO()
    if not year.sheet.objects:
        raise Refused(NO_KINDS)
    write_object_book(book, language, year.objects, kind_titles(year.sheet))
    book.seek(0)
    return book
