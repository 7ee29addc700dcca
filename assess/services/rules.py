"""The rule sheet: read, compared, loaded as a draft version, and frozen when it is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from assess.core.actors import Actor
from assess.core.errors import NotFound, Refused
from assess.core.expressions import ValueType
from assess.core.flaws import Flaw
from assess.core.methods import METHODS
from assess.core.methods.traits import ScoringMethod
from assess.core.naming import quoted
from assess.core.obligations.tasks import TaskList, unknown_items
from assess.core.rules.checking import check_sheet
from assess.core.rules.checking.marks import full_mark_told
from assess.core.rules.checking.service import cannot_collect
from assess.core.rules.difference import differences
from assess.core.rules.sheet import RuleSheet, SheetStanding, all_items, digest_of, title_of, tree_of
from assess.core.rules.sheet_table import SheetTable, sheet_table
from assess.core.schema import BROKEN
from assess.core.sources import StatedFigure
from assess.core.text import Language, Text
from assess.core.units.objects import UnitObjects
from assess.core.units.unit_list import Units
from assess.core.unseen import unseen_in_tree
from assess.core.warnings import CodedWarning, sheet_warnings
from assess.files.input_warnings import ListedUnits, warnings_of
from assess.files.rule_sheets import LoadedSheet, load_sheet
from assess.files.rule_sheets.book_guide import STEPS, key_lines
from assess.files.rule_sheets.starters import STARTERS, write_starter
from assess.files.rule_sheets.yaml_writer import write_yaml
from assess.files.warned_books import write_warned_book
from assess.services import audit, cycles
from assess.services.documents import UploadedFile, check, without_file
from assess.services.task_lists import rebuild_obligations
from assess.services.years import known_objects, known_sheet, tasks_of, units_of, year_of
from assess.store.cache import cached
from assess.store.models import SheetVersion
from assess.store.queries import rules, years
from assess.store.queries.cycles import CycleRow
from assess.store.queries.rules import SheetVersionRow
from assess.store.session import Session, flush

OTHER_YEAR: Final = Text(
    "评分表写明的年度是{found}，本年度是{year}，请核对文件。",
    "This is the rule sheet of {found}, but the year is {year}. Check the file.",
)
SAME_SHEET: Final = Text(
    "内容与第{number}版完全相同（摘要一致），无需保存。",
    "The contents are identical to version {number} (same digest). There is nothing to save.",
)
NAMED_LIKE_COLUMN: Final = Text(
    "对象名单中已有“{name}”这一列，数据项不能用同一个id，请改数据项的id，或在对象名单中改表头。",
    "The list of objects has a column {name}, so no figure can have this id. Change the id, or the heading in the list "
    "of objects.",
)
NO_VERSION: Final = Text("评分表没有这一版。", "There is no such version of the rule sheet.")
NO_STARTER: Final = Text("没有这份评分表模板。", "There is no such starter sheet.")
PUBLISHED: Final = Text("第{number}版已经发布。", "Version {number} is already published.")
OVERTAKEN: Final = Text(
    "第{number}版之后已有更新的版本，只能发布最新一版。",
    "There is a newer version than {number}. Only the newest can be published.",
)


@dataclass(frozen=True, eq=False)
class SheetPreview:
    """A sheet without flaws, how it differs from the version before (None for the first), and its warnings."""

    sheet: RuleSheet
    digest: str
    before: int | None
    differences: list[Text]
    warnings: list[Flaw]


@dataclass(frozen=True, eq=False)
class CheckContext:
    """What a sheet is checked against, as far as it is there."""

    units: Units | None
    tasks: TaskList | None
    objects: Mapping[str, Mapping[str, ValueType]] | None = None
    """The attributes of each kind of objects."""

    @property
    def object_columns(self) -> frozenset[str]:
        """What the attributes of all objects are called."""
        return frozenset(name for attributes in (self.objects or {}).values() for name in attributes)

    @property
    def listed(self) -> ListedUnits | None:
        """The units, each standing for itself."""
        if self.units is None:
            return None
        return ListedUnits(self.units, {code: StatedFigure(code) for code in self.units.codes})

    @property
    def attributes(self) -> dict[str, ValueType] | None:
        """The attributes of the units."""
        return None if self.units is None else dict(self.units.kinds)

    @property
    def numbers(self) -> frozenset[str] | None:
        """The numbers of the tasks."""
        return None if self.tasks is None else frozenset(task.no for task in self.tasks.tasks)


def beside(session: Session, cycle: CycleRow) -> CheckContext:
    """The year's units, tasks and objects (2 queries, and one for each list that is not in memory)."""
    units, names = units_of(session, cycle)
    newest = years.newest_parts(session, cycle.id)
    return CheckContext(
        units=units if len(units) else None,
        tasks=None if newest.tasks is None else tasks_of(session, *newest.tasks),
        objects=None if newest.objects is None else object_kinds(known_objects(session, newest, units, names)),
    )


def object_kinds(objects: UnitObjects) -> dict[str, Mapping[str, ValueType]]:
    """The attributes of the objects of each kind of a list."""
    return {kind: each.kinds for kind, each in objects.kinds.items()}


def preview_rules(session: Session, cycle: CycleRow, document: UploadedFile) -> SheetPreview:
    """What a document would make of the year's rule sheet.

    Raises:
        Refused: the stage does not allow it, a version says the same.
        ValidationError: the document has flaws.
    """
    cycles.check_stage(cycle.stage)
    sheet, warnings = read_rules(document, cycle.year, beside(session, cycle))
    digest = digest_of(sheet)
    rows = rules.sheet_rows(session, cycle.id)
    same = [row.number for row in rows if row.digest == digest]
    if same:
        raise Refused(SAME_SHEET.format(number=same[0]))
    before = rows[0].number if rows else None
    old = None if before is None else sheet_of(session, cycle, before)
    return SheetPreview(sheet, digest, before, [] if old is None else told_differences(old, sheet), warnings)


def told_differences(old: RuleSheet, new: RuleSheet) -> list[Text]:
    """What changed from one sheet to the other, one sentence a difference."""
    return [Text(each.localized("zh"), each.localized("en")) for each in differences(old, new)]


def read_rules(document: UploadedFile, year: int, known: CheckContext) -> tuple[RuleSheet, list[Flaw]]:
    """The sheet of a document, checked against the units and tasks of the year, and its warnings at their places.

    Raises:
        ValidationError: it has flaws.
    """
    with document.lying() as path:
        loaded = load_sheet(path)
        check(without_file(loaded.checked(known.attributes, known.numbers, objects=known.objects)))
        check(without_file(loaded.locate(flaw) for flaw in of_another_year(loaded, year)))
        check(without_file(loaded.locate(flaw) for flaw in named_like_columns(loaded.sheet, known)))
    if known.tasks is not None:
        check(unknown_items(known.tasks.tasks, loaded.sheet))
    return loaded.sheet, without_file(map(as_flaw, warnings_of(loaded, known.listed, None)))


def as_flaw(warning: CodedWarning) -> Flaw:
    """A warning as pages list what is said of a file."""
    return Flaw(warning.where, warning.what, warning.facts)


def of_another_year(loaded: LoadedSheet, year: int) -> Iterator[Flaw]:
    """What shows that a sheet without other flaws is not this year's, and text that cannot be kept."""
    if loaded.sheet is not BROKEN and loaded.sheet.year != year:
        yield Flaw(("year",), OTHER_YEAR, {"found": loaded.sheet.year, "year": year})
    yield from unseen_in_tree(loaded.tree)


def load_rules(
    session: Session, actor: Actor, *, cycle: CycleRow, document: UploadedFile, now: datetime,
    seen: int | None = None, reason: str = "",
) -> SheetVersion:  # fmt: skip
    """Keep a document as the newest version of the sheet, a draft until it is published.

    `seen` is the version of the year that the officer saw.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, a version says the same, or a correction has no reason.
        ValidationError: the document has flaws.
        Stale: somebody else changed the set-up meanwhile.
    """
    cycles.changing(session, actor, cycle=cycle, seen=seen)
    preview = preview_rules(session, cycle, document)
    rows = rules.sheet_rows(session, cycle.id)
    kept_reason = cycles.check_reason(reason, needed=any(row.is_published for row in rows))
    version = SheetVersion(
        cycle_id=cycle.id, number=(preview.before or 0) + 1, digest=preview.digest, tree=tree_of(preview.sheet),
        upload=document.sha256, file_name=document.name, reason=kept_reason, loaded_by=actor.account, loaded_at=now,
        published_by=None, published_at=None,
    )  # fmt: skip
    session.add(version)
    flush(session)
    old = {"number": rows[0].number, "digest": rows[0].digest} if rows else None
    new = {"number": version.number, "digest": version.digest, "file": document.name, "upload": document.sha256}
    new |= {"reason": kept_reason, "differences": [each.zh for each in preview.differences]}
    audit.record(session, actor, subject=f"rules:{cycle.year}", action="loaded", old=old, new=new, now=now)
    return version


def publish_rules(
    session: Session, actor: Actor, *, cycle: CycleRow, number: int, now: datetime, seen: int | None = None
) -> SheetVersion:
    """Freeze the newest version: from now on units report and are scored by it.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such version.
        Refused: the stage does not allow it, it is published, there is a newer one, or the open year cannot collect it.
        ValidationError: it no longer fits the units or the task list, which changed since.
        Stale: somebody else changed the set-up meanwhile.
    """
    row = cycles.changing(session, actor, cycle=cycle, seen=seen)
    version = rules.sheet_version(session, cycle.id, number)
    if version is None:
        raise NotFound(NO_VERSION)
    if version.published_at is not None:
        raise Refused(PUBLISHED.format(number=number))
    if rules.sheet_rows(session, cycle.id)[0].number != number:
        raise Refused(OVERTAKEN.format(number=number))
    sheet = sheet_of(session, cycle, number)
    check(misfits(sheet, beside(session, cycle)))
    if cycle.opened and (why := cannot_collect(sheet)) is not None:
        raise Refused(why)
    before = years.published_digest(session, cycle.id)
    version.published_by, version.published_at = actor.account, now
    row.demonstration = row.demonstration or sheet.standing is SheetStanding.DEMONSTRATION
    flush(session)
    rebuild_obligations(session, cycle, year_of(session, cycle), now)
    old = None if before is None else {"digest": before[1]}
    new = {"number": number, "digest": version.digest}
    audit.record(session, actor, subject=f"rules:{cycle.year}", action="published", old=old, new=new, now=now)
    return version


def misfits(sheet: RuleSheet, known: CheckContext) -> list[Flaw]:
    """Where a sheet that passed its own check does not fit these units and tasks."""
    flaws: list[Flaw] = []
    check_sheet(sheet, flaws, tree={}, attributes=known.attributes, objects=known.objects, tasks=known.numbers)
    flaws += named_like_columns(sheet, known)
    return [*flaws, *(unknown_items(known.tasks.tasks, sheet) if known.tasks is not None else ())]


def named_like_columns(sheet: RuleSheet, known: CheckContext) -> Iterator[Flaw]:
    """A flaw at each figure whose id is a column of the list of objects, so that a name could mean either."""
    for name in sorted(known.object_columns & sheet.figures.keys()):
        yield Flaw(("figures", name), NAMED_LIKE_COLUMN, {"name": quoted(name)})


def sheet_of(session: Session, cycle: CycleRow, number: int) -> RuleSheet:
    """A version of the sheet (1 query).

    Raises:
        NotFound: there is no such version.
    """
    version = rules.sheet_version(session, cycle.id, number)
    if version is None:
        raise NotFound(NO_VERSION)
    return cached(session, ("sheet", version.digest), lambda: known_sheet(version.digest, version.tree))


def written_rules(session: Session, cycle: CycleRow, *, number: int, ending: str, language: Language) -> BytesIO:
    """A version as a file to download, `yaml`, or `xlsx` with words in a language; the same bytes each time.

    Raises:
        NotFound: there is no such version.
    """
    sheet = sheet_of(session, cycle, number)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"rules.{ending}"
        if ending == "yaml":
            write_yaml(sheet, path)
        else:
            write_warned_book(sheet, path, language)
        return BytesIO(path.read_bytes())


class SheetGuide(NamedTuple):
    """The steps to fill in a workbook, the scoring methods by name, and every column: tab, key, meaning, words."""

    steps: tuple[Text, ...]
    methods: Mapping[str, type[ScoringMethod]]
    keys: list[tuple[str, str, Text, str]]


def starter_sheets() -> Mapping[str, Text]:
    """What a rule sheet can begin with, by the name of its file."""
    return STARTERS


def starter_book(cycle: CycleRow, name: str, language: Language) -> BytesIO:
    """A workbook to begin the year's rule sheet with, one of `STARTERS`, words in a language.

    Raises:
        NotFound: there is none of this name.
    """
    if name not in STARTERS:
        raise NotFound(NO_STARTER)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rules.xlsx"
        write_starter(name, path, year=cycle.year, title=cycle.title, language=language)
        return BytesIO(path.read_bytes())


def guide_to_sheets() -> SheetGuide:
    """How to fill in the workbook of a rule sheet."""
    return SheetGuide(STEPS, METHODS, [(tab, key, Text(zh, en), words) for tab, key, zh, en, words in key_lines()])


def table_in_force(session: Session, cycle: CycleRow) -> tuple[RuleSheet, SheetTable]:
    """The published sheet, and it as a table to read (2 queries, and one for each part of the year that changed).

    Raises:
        Refused: no rule sheet is published.
    """
    sheet = year_of(session, cycle).sheet
    return sheet, sheet_table(sheet)


@dataclass(frozen=True, eq=False)
class VersionPage:
    """A version as its page shows it: how it differs from the one before it, its warnings, if it may be published."""

    row: SheetVersionRow
    sheet: RuleSheet
    items: int
    full: Text
    departments: list[tuple[str, Text, int]]
    before: int | None
    differences: list[Text]
    warnings: list[Text]
    is_newest: bool


def version_of(session: Session, cycle: CycleRow, number: int) -> VersionPage:
    """A version with all that its page tells (3 queries).

    Raises:
        NotFound: there is no such version.
    """
    rows = {row.number: row for row in rules.sheet_rows(session, cycle.id)}
    sheet = sheet_of(session, cycle, number)
    before = number - 1 if number - 1 in rows else None
    old = None if before is None else sheet_of(session, cycle, before)
    return VersionPage(
        row=rows[number],
        sheet=sheet,
        items=len(all_items(sheet)),
        full=full_mark_told(sheet),
        departments=departments_of(sheet),
        before=before,
        differences=[] if old is None else told_differences(old, sheet),
        warnings=[each.words for each in sheet_warnings(sheet, tree_of(sheet))],
        is_newest=number == max(rows),
    )


def department_titles(session: Session, cycle: CycleRow) -> dict[str, Text] | None:
    """What the departments of the published sheet are called, by id; None where none is published (4 queries)."""
    if years.published_digest(session, cycle.id) is None:
        return None
    departments = year_of(session, cycle).sheet.departments or {}
    return {id: title_of(department, id) for id, department in departments.items()}


def departments_of(sheet: RuleSheet) -> list[tuple[str, Text, int]]:
    """Each department: id, title, and how many figures it supplies or certifies."""
    figures = sheet.figures.values()
    return [
        (id, title_of(department, id), sum(id in (figure.department, figure.certified_by) for figure in figures))
        for id, department in (sheet.departments or {}).items()
    ]
