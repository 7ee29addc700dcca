"""Figures of the year before: read from a document or from that year, and compared with those that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.errors import Refused
from assess.core.expressions import TextColumn
from assess.core.figures import FigureTable, Layer, read_figures
from assess.core.figures.entry import Stored, as_shown, kept, to_stored
from assess.core.figures.headings import FIGURE, HeadingFigureNames
from assess.core.figures.stored import StoredFigure, from_stored
from assess.core.figures.table import COUNTED
from assess.core.flaws import Flaw
from assess.core.naming import folded, quoted
from assess.core.numbers import reduced
from assess.core.parsing import ParseError
from assess.core.rules.figure import FigureKind
from assess.core.rules.sheet import title_of
from assess.core.sources import Source, WorkbookCell
from assess.core.tables import Table
from assess.core.text import Text
from assess.core.units.unit_list import UNIT
from assess.core.unseen import unseen_in_table
from assess.files.tables import read_table
from assess.files.workbooks.tables import headed_sheets
from assess.services import cycles
from assess.services.documents import UploadedFile, check, place_in_file, without_file
from assess.services.previous.batches import check_looked_at
from assess.services.years import Year, year_of
from assess.store.queries import years
from assess.store.queries.cycles import CycleRow, cycle_of_year
from assess.store.session import Session

ONE_TABLE: Final = Text(
    "此表也有单位和数据项的表头，但一次只读取“{sheet}”表，没有保存任何数据。请把数据合并到一张表，或删去此表。",
    "This sheet also has headings for units and figures, but only the sheet {sheet} is read. Nothing "
    "was saved. Put all data into one sheet, or delete this one.",
)
LONG_FORM: Final = frozenset(map(folded, FIGURE))
"""Headings over a column of figures, where each row holds one value."""
NO_VALUES: Final = Text(
    "表中没有任何数值，请填写后再上传。", "There are no values in this table. Fill it in and upload it again."
)
SAME_FIGURES: Final = Text(
    "这份数据与现有的上年数据相同，无需保存。",
    "These are the figures already on record. There is nothing to save.",
)
NO_YEAR_BEFORE: Final = Text(
    "系统中没有{year}年度的数据，请上传文件。", "There are no figures of {year} in the service. Upload a file instead."
)

Key = tuple[str, str, str]
"""Unit, figure and period."""


class PreviousValue(NamedTuple):
    """One value of last year as it will be kept, and where it stands in its file."""

    unit: str
    figure: str
    period: str
    stored: Stored
    place: str | None

    @property
    def key(self) -> Key:
        """What it is the value of."""
        return self.unit, self.figure, self.period


class PreviousValueChange(NamedTuple):
    """A value that is another than before; nothing where it was or is not there."""

    key: Key
    old: Stored | None
    new: Stored | None


@dataclass(frozen=True, eq=False)
class FiguresPreview:
    """What new figures of the year before do to those that are there."""

    year: Year
    entries: tuple[PreviousValue, ...]
    before: Mapping[Key, Stored]
    left_out: int = 0
    back: int = 1

    @property
    def of_year(self) -> int:
        """The year that the figures are of."""
        return self.year.cycle.year - self.back

    @cached_property
    def changes(self) -> list[PreviousValueChange]:
        """Every value that is new, another or gone, in the order of the file, those gone last."""
        after = {entry.key: entry.stored for entry in self.entries}
        come = [
            PreviousValueChange(key, self.before.get(key), new)
            for key, new in after.items()
            if self.before.get(key) != new
        ]
        return come + [PreviousValueChange(key, old, None) for key, old in self.before.items() if key not in after]

    @property
    def new(self) -> list[PreviousValueChange]:
        """Values that were not there."""
        return [change for change in self.changes if change.old is None]

    @property
    def changed(self) -> list[PreviousValueChange]:
        """Values that are others."""
        return [change for change in self.changes if change.old is not None and change.new is not None]

    @property
    def gone(self) -> list[PreviousValueChange]:
        """Values that are no longer there."""
        return [change for change in self.changes if change.new is None]

    @property
    def unchanged(self) -> int:
        """How many stay as they are."""
        return len(self.entries) - len(self.new) - len(self.changed)

    @cached_property
    def by_figure(self) -> list[tuple[Text, int, int]]:
        """Each figure that has values, how many it has, and of how many units."""
        units: dict[str, list[str]] = {}
        for entry in self.entries:
            units.setdefault(entry.figure, []).append(entry.unit)
        return [(self.title(figure), len(each), len(set(each))) for figure, each in units.items()]

    def title(self, figure: str) -> Text:
        """What a figure is called."""
        stated = self.year.sheet.figures.get(figure)
        return Text.same(figure) if stated is None else title_of(stated, figure)

    def shown(self, figure: str, stored: Stored | None) -> Text:
        """A value as it is shown."""
        return as_shown(self.year.sheet.figures.get(figure, COUNTED), *(stored or Stored()))


def preview_figures(session: Session, cycle: CycleRow, document: UploadedFile, back: int = 1) -> FiguresPreview:
    """What a document would make of the figures of so many years back.

    Raises:
        NotFound: the rule sheet does not look so far back.
        Refused: the stage does not allow it, no rule sheet is published, or nothing changes.
        ValidationError: the document has flaws.
    """
    cycles.check_stage(cycle.stage)
    year = year_of(session, cycle)
    check_looked_at(year, back)
    with document.lying() as path:
        table = read_table(path, UNIT)
        check(without_file([*unseen_in_table(table), *unread_tables(path, table, year)]))
        figures, flaws = read_figures(year.sheet, year.units, year.names, table, cycle.year - back)
        check(without_file(flaws))
        entries, flaws = entries_of(figures)
        check(without_file(flaws or ([] if entries else [Flaw(table.whole, NO_VALUES)])))
    return changing_something(FiguresPreview(year, entries, values_before(session, cycle, back), back=back))


def unread_tables(path: Path, table: Table, year: Year) -> Iterator[Flaw]:
    """A flaw for each further sheet of a workbook that names figures too: only the first is read."""
    if not isinstance(table.whole, WorkbookCell):
        return
    names = HeadingFigureNames(year.sheet, computed=True)
    for sheet in headed_sheets(path, UNIT):
        if sheet.place.sheet != table.whole.sheet and any(
            folded(heading) in LONG_FORM or not isinstance(names.find(heading), ParseError)
            for heading in sheet.headings
        ):
            yield Flaw(sheet.place, ONE_TABLE, {"sheet": quoted(table.whole.sheet)})


def preview_year_before(session: Session, cycle: CycleRow, back: int = 1) -> FiguresPreview:
    """What the figures that the service has of so many years back would make of those of this year's set-up.

    Values that do not fit the figures or units of this year are left out, and counted.

    Raises:
        NotFound: the rule sheet does not look so far back.
        Refused: the stage does not allow it, no rule sheet is published, that year has no figures, or nothing changes.
    """
    cycles.check_stage(cycle.stage)
    year, values = year_of(session, cycle), figures_known_of(session, cycle, back)
    check_looked_at(year, back)
    if not values:
        raise Refused(NO_YEAR_BEFORE.format(year=cycle.year - back))
    table = from_stored(year.sheet, year.objects, values, "", cycle.year - back)
    entries = tuple(entry._replace(place=None) for entry in entries_of(table)[0])
    preview = FiguresPreview(year, entries, values_before(session, cycle, back), len(values) - len(entries), back)
    return changing_something(preview)


def figures_known_of(session: Session, cycle: CycleRow, back: int) -> list[StoredFigure]:
    """The figures of so many years back that the service has: those that count in that year, else those that the years
    between looked back to; none of a year in which they come in (2 queries, and 2 for each year between).
    """
    for of in range(cycle.year - back, cycle.year):
        found = cycle_of_year(session, year=of)
        if found is None or found.stage.is_preparing or found.stage.is_collecting:
            continue
        if values := years.current_values(session, found.id, cycle.year - back):
            return values
    return []


def changing_something(preview: FiguresPreview) -> FiguresPreview:
    """A preview that shows a change.

    Raises:
        Refused: it shows none.
    """
    if not preview.changes:
        raise Refused(SAME_FIGURES)
    return preview


def values_before(session: Session, cycle: CycleRow, back: int) -> dict[Key, Stored]:
    """The values of so many years back that count now (1 query)."""
    rows = years.current_values(session, cycle.id, cycle.year - back)
    return {(row.unit, row.figure, row.period): row.value for row in rows}


def entries_of(table: FigureTable) -> tuple[tuple[PreviousValue, ...], list[Flaw]]:
    """The values that a table gives, and what keeps the database from holding them."""
    entries: list[PreviousValue] = []
    flaws: list[Flaw] = []
    for figure, layers in table.layers.items():
        for layer in layers:
            for unit, value, source in values_of(table, layer):
                is_truth = table.sheet.figures.get(figure, COUNTED).kind is FigureKind.YES_NO
                found = kept(bool(value) if is_truth else value, shown_in_flaws(value))
                if isinstance(found, ParseError):
                    flaws.append(Flaw(source, found.what))
                else:
                    entries.append(
                        PreviousValue(unit, figure, str(layer.label), to_stored(found), place_in_file(source))
                    )
    return tuple(entries), flaws


def values_of(table: FigureTable, layer: Layer) -> Iterator[tuple[str, Fraction | str, Source]]:
    """Unit, value and place of each value of a layer."""
    for place, code in enumerate(table.units.codes):
        if not layer.values.missing[place]:
            values = layer.values
            value = values.values[place] if isinstance(values, TextColumn) else values.fraction(place) or Fraction(0)
            yield code, value, table.places(int(layer.rows[place]), layer.column)


def shown_in_flaws(value: Fraction | str) -> str:
    """A value as a flaw quotes it."""
    return value if isinstance(value, str) else reduced(value)
