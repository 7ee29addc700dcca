"""What a year consists of, put together from the database and kept in memory while it stays the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, cast

from assess.core.appeals.cells import OwnObjects
from assess.core.errors import NotFound, Refused
from assess.core.exemptions import Exemptions, read_exemptions
from assess.core.figures import FigureTable, empty
from assess.core.figures.part_labels import split_part
from assess.core.figures.stored import from_stored
from assess.core.flaws import Flaw
from assess.core.obligations.tasks import TaskList, read_tasks
from assess.core.rules.needed_figures import years_back
from assess.core.rules.sheet import RuleSheet
from assess.core.scoring.inputs import ScopeValues, ScoringInputs
from assess.core.tables import given_table
from assess.core.text import Text
from assess.core.units.objects import UnitObjects, read_objects
from assess.core.units.unit_list import UnitNames, Units, read_units
from assess.files.rule_sheets import sheet_of_tree
from assess.store.base import Json
from assess.store.cache import Cache, cached
from assess.store.queries import years
from assess.store.queries.cycles import CycleRow
from assess.store.queries.previous import furthest_back
from assess.store.queries.years import ExemptionRow, Newest, UnitRow, newest_parts
from assess.store.session import Session

READ: Final = Cache(32)
"""Rule sheets and task lists by the digest of their content."""
NO_SHEET: Final = Text(
    "本年度的评分表尚未发布，请等待考核办发布。",
    "The rule sheet of this year is not published yet. Wait for the assessment office to publish it.",
)
NO_UNIT: Final = Text("没有这个单位，或您无权查看。", "There is no such unit, or you do not have permission to see it.")


@dataclass(frozen=True, eq=False)
class Year:
    """A year whose rule sheet is published; `version` is the row of the sheet, `tasks` None before a list is loaded.

    `previous` is the batch that brought figures of earlier years last, and when; `findings` counts the changes of the
    ledger; `rows` are the units as the table has them; `object_list` is the row and the digest of the list of their
    objects, None before one is loaded.
    """

    cycle: CycleRow
    version: int
    digest: str
    sheet: RuleSheet
    units: Units
    names: UnitNames
    tasks: TaskList | None
    previous: tuple[int, datetime] | None
    findings: int
    rows: Sequence[UnitRow]
    objects: UnitObjects
    object_list: tuple[int, str] | None

    def place_of(self, unit: str) -> int:
        """The place of a unit.

        Raises:
            NotFound: there is none of this code.
        """
        if unit not in self.units.places:
            raise NotFound(NO_UNIT)
        return self.units.places[unit]

    def standing_unit(self, unit: str, part: str) -> str:
        """The unit with which the value of a part of a unit stands: that of a shared object with its first unit."""
        place = self.objects.reporting_unit(split_part(part)[0])
        return unit if place is None else self.units.codes[place]

    def objects_of(self, units: Iterable[str]) -> dict[str, list[Text]]:
        """The codes of the objects of some units, each with the names of these."""
        named: dict[str, list[Text]] = {}
        for unit in units:
            for codes in self.objects.names_of_unit(self.place_of(unit)).values():
                for code in codes:
                    named.setdefault(code, []).append(self.name_of(unit))
        return named

    def name_of(self, unit: str) -> Text:
        """What a unit is called; its code where it is none of this year's."""
        return self.units.names[self.units.places[unit]] if unit in self.units.places else Text.same(unit)

    @cached_property
    def groups(self) -> tuple[str | None, ...]:
        """The id of the group of each unit; None where it matches none or the sheet has no groups."""
        values = ScopeValues(ScoringInputs(self.sheet, self.units, empty(self.sheet, self.units)))
        listed = self.sheet.groups or ()
        return tuple(listed[n].id if listed and n >= 0 else None for n in values.groups.tolist())


def objects_of_unit(session: Session, cycle: CycleRow, sheet: RuleSheet, unit: str) -> OwnObjects:
    """What the objects of a unit are called, by kind and code; a sheet without kinds asks nothing (as `year_of`)."""
    if not sheet.objects:
        return {}
    year = year_of(session, cycle)
    return year.objects.names_of_unit(year.place_of(unit))


def names_of_objects(session: Session, cycle: CycleRow, sheet: RuleSheet) -> dict[str, Text]:
    """What all objects are called by their codes; a sheet without kinds asks nothing (as `year_of`)."""
    kinds = year_of(session, cycle).objects.kinds if sheet.objects else {}
    return {code: name for each in kinds.values() for code, name in zip(each.codes, each.names, strict=True)}


def year_of(session: Session, cycle: CycleRow) -> Year:
    """The year with its sheet, units and task list (2 queries, and one for each part that changed).

    Raises:
        Refused: no rule sheet is published.
    """
    newest = newest_parts(session, cycle.id)
    if newest.sheet is None:
        raise Refused(NO_SHEET)
    version, digest = newest.sheet
    rows = years.unit_rows(session, cycle.id)
    units, names = cached(session, ("units", rows), lambda: units_from(rows))
    return Year(
        cycle=cycle,
        version=version,
        digest=digest,
        sheet=cached(session, ("sheet", digest), lambda: known_sheet(digest, years.sheet_tree(session, version))),
        units=units,
        names=names,
        tasks=None if newest.tasks is None else tasks_of(session, *newest.tasks),
        previous=newest.previous,
        findings=newest.findings,
        rows=rows,
        objects=cached(
            session, ("objects", rows, newest.objects), lambda: known_objects(session, newest, units, names)
        ),
        object_list=newest.objects,
    )


def units_of(session: Session, cycle: CycleRow) -> tuple[Units, UnitNames]:
    """The units of a year and the matcher of their names (1 query)."""
    rows = years.unit_rows(session, cycle.id)
    return cached(session, ("units", rows), lambda: units_from(rows))


def known_objects(session: Session, newest: Newest, units: Units, names: UnitNames) -> UnitObjects:
    """The objects of a list that passed its check when it was loaded (1 query where there is a list)."""
    if newest.objects is None:
        return UnitObjects(units)
    tree = years.object_list_tree(session, newest.objects[0])
    headings, rows = tree["headings"], tree["rows"]
    return read_objects(units, names, given_table(headings, rows, "objects", [" ".join(row) for row in rows]))[0]


def tasks_of(session: Session, version: int, digest: str) -> TaskList:
    """A version of the task list (1 query where it is not in memory)."""
    return cached(session, ("tasks", digest), lambda: known_list(digest, years.task_list_tree(session, version)))


def exemptions_of(session: Session, year: Year) -> Exemptions:
    """The exemptions that were approved (1 query)."""
    rows = years.approved_exemptions(session, year.cycle.id)
    table = given_table(ExemptionRow._fields, rows, "exemptions", [f"{row.unit} {row.item}" for row in rows])
    return read_exemptions(year.sheet, year.units, year.names, table, year.objects)[0]


def previous_of(session: Session, year: Year) -> FigureTable | None:
    """The figures of the year before, as far as this year's sheet knows them (1 query where they changed)."""
    if year.previous is None:
        return None
    key = ("previous", *year.previous, year.digest, year.units.codes, year.object_list)
    return cached(session, key, lambda: figures_of(session, year, year.cycle.year - 1))


def earlier_of(session: Session, year: Year) -> tuple[FigureTable, ...]:
    """The figures of the years before last year, the latest first, as far as the sheet looks and they were given.

    No query where they did not change, else one and one for each year.
    """
    if year.previous is None or years_back(year.sheet) == 1:
        return ()
    key = ("earlier", *year.previous, year.digest, year.units.codes, year.object_list)

    def read() -> tuple[FigureTable, ...]:
        given = range(2, years_back_given(session, year) + 1)
        return tuple(figures_of(session, year, year.cycle.year - back) for back in given)

    return cached(session, key, read)


def years_back_given(session: Session, year: Year) -> int:
    """Of how many earlier years figures were given, none beyond those that the sheet looks at (1 query at most)."""
    looked_at = years_back(year.sheet)
    if year.previous is None:
        return 0
    return 1 if looked_at == 1 else max(1, min(looked_at, furthest_back(session, year.cycle.id)))


def figures_of(session: Session, year: Year, of: int) -> FigureTable:
    """The figures of this year or of the year before that count now (1 query)."""
    return from_stored(year.sheet, year.objects, years.current_values(session, year.cycle.id, of), "figures", of)


def known_sheet(digest: str, tree: Json) -> RuleSheet:
    """A rule sheet that passed its check when it was loaded; one process reads it once, whatever database holds it."""
    return READ.get_or_make(("sheet", digest), lambda: sheet_of_tree(tree, []))


def known_list(digest: str, tree: Json) -> TaskList:
    """A task list that passed its check when it was loaded; one process reads it once, whatever database holds it."""
    return READ.get_or_make(("tasks", digest), lambda: read_tasks(tree, cast("list[Flaw]", [])))


def units_from(rows: Sequence[UnitRow]) -> tuple[Units, UnitNames]:
    """Units and their names from the rows of a year."""
    headings, *texts = unit_table(rows)
    units, _ = read_units(given_table(headings, texts, "units", [row.code for row in rows]))
    return units, UnitNames(units)


def unit_table(rows: Sequence[UnitRow]) -> list[list[str]]:
    """The list of units as a table of text, headings first."""
    attributes = [json.loads(row.attributes) for row in rows]
    headings = list(dict.fromkeys(name for each in attributes for name in each))
    texts = [
        [row.code, row.name_zh, row.name_en, row.kind, ";".join(json.loads(row.aliases)["aliases"])]
        + [each.get(name, "") for name in headings]
        for row, each in zip(rows, attributes, strict=True)
    ]
    return [["unit", "name_zh", "name_en", "kind", "alias", *headings], *texts]
