"""Where a value comes from: who entered it, the file and the cell with its surroundings, the cases behind a count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from assess.core.actors import Actor, Role
from assess.core.entry import as_shown
from assess.core.errors import NotFound
from assess.core.figures.table import COUNTED
from assess.core.flaws import Flawed
from assess.core.periods import Label, read_label
from assess.core.rules.figure import Figure
from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.core.workflow import Reported
from assess.files.evidence_book.surroundings import Surroundings, place_from, surroundings_of
from assess.services.documents import kept_document
from assess.services.imports.windows import sees
from assess.services.years import Year, year_of
from assess.store.queries import value_sources as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.value_sources import OccurrenceRow, ValueRow
from assess.store.session import Session

NO_VALUE: Final = Text("没有这个数据，或您无权查看。", "There is no such value, or you may not see it.")
NO_FIGURE: Final = Text("没有这个数据项，或您无权查看。", "There is no such figure, or you may not see it.")
NO_FILE: Final = Text("这个数据不是由文件上传的。", "This value did not come in with a file.")
NO_PLACE: Final = Text("没有记下它在文件中的位置。", "Its place in the file was not noted.")
NO_SHEET: Final = Text("原文件中已找不到这个工作表。", "The kept file has no such sheet.")
UNREADABLE: Final = Text(
    "原文件仍在，但现在无法读取，请下载后查看。", "The kept file is here but cannot be read now: download it to look."
)


@dataclass(frozen=True)
class ValueLine:
    """One value with where it comes from, in words; `period` None for the whole year."""

    id: int
    unit: Text
    period: Text | None
    shown: Text
    file_name: str
    place: str
    by: str
    at: datetime
    state: Reported


@dataclass(frozen=True)
class FigurePage:
    """The values of a figure that count now, a page of them; `count` is how many there are in all."""

    year: Year
    figure: str
    title: Text
    measure: Text | None
    lines: list[ValueLine]
    count: int


@dataclass(frozen=True)
class SourcePage:
    """Where one value comes from; `gone` says why there are no surroundings."""

    year: Year
    row: ValueRow
    unit: Text
    figure: Text
    period: Text | None
    measure: Text | None
    shown: Text
    surroundings: Surroundings | None
    gone: Text | None
    occurrences: Sequence[OccurrenceRow]

    @property
    def sheet(self) -> str:
        """The sheet that the value stands on, "" for the only one of a file."""
        place = place_from(self.row.place)
        return "" if place is None else place.sheet

    @property
    def cell(self) -> str:
        """The cell that the value stands in."""
        return self.row.place.rpartition("!")[2]


def figure_page(
    session: Session, actor: Actor, *, cycle: CycleRow, figure: str, start: int = 0, size: int = 50
) -> FigurePage:
    """The values of a figure that count now, for its department and the office (4 queries).

    Raises:
        NotFound: the sheet has no such figure, or it is another department's.
    """
    year = year_of(session, cycle)
    stated = year.sheet.figures.get(figure)
    if stated is None or not any(sees(actor, each) for each in (stated.from_, stated.certified_by) if each):
        raise NotFound(NO_FIGURE)
    rows = queries.figure_values(session, cycle=cycle.id, year=cycle.year, figure=figure, start=start, size=size)
    return FigurePage(
        year=year,
        figure=figure,
        title=title_of(stated, figure),
        measure=measure_of(stated),
        lines=[line_of(year, stated, row) for row in rows],
        count=queries.count_of_figure(session, cycle=cycle.id, year=cycle.year, figure=figure),
    )


def line_of(year: Year, stated: Figure, row: ValueRow) -> ValueLine:
    """One value in words."""
    return ValueLine(
        id=row.id, unit=year.name_of(row.unit), period=period_called(row.period, row.year),
        shown=as_shown(stated, row.millionths, row.word), file_name=row.file_name, place=row.place, by=row.by,
        at=row.at, state=row.state,
    )  # fmt: skip


def source_of(session: Session, actor: Actor, *, cycle: CycleRow, value: int, folder: Path) -> SourcePage:
    """Where a value comes from, with the cell of the kept file as it stands there (at most 4 queries).

    Officials see values of their own unit, evaluators those of their department's figures, the office all.

    Raises:
        NotFound: there is no such value, or the actor may not see it.
    """
    row = queries.value_at(session, cycle=cycle.id, value=value)
    year = year_of(session, cycle)
    stated = None if row is None else year.sheet.figures.get(row.figure, COUNTED)
    if row is None or stated is None or not may_see(actor, row, stated):
        raise NotFound(NO_VALUE)
    around = looked_up(folder, row)
    return SourcePage(
        year=year,
        row=row,
        unit=year.name_of(row.unit),
        figure=title_of(stated, row.figure),
        period=period_called(row.period, row.year),
        measure=measure_of(stated),
        shown=as_shown(stated, row.millionths, row.word),
        surroundings=around if isinstance(around, Surroundings) else None,
        gone=around if isinstance(around, Text) else None,
        occurrences=[]
        if row.import_row is None
        else queries.occurrences_of(session, row=row.import_row, unit=row.unit, figure=row.figure, period=row.period),
    )


def may_see(actor: Actor, row: ValueRow, stated: Figure) -> bool:
    """Whether a person sees where a value comes from."""
    if actor.is_one_of(Role.OFFICIAL) and row.unit in actor.units:
        return True
    return any(sees(actor, each) for each in (stated.from_, stated.certified_by or stated.from_))


def looked_up(folder: Path, row: ValueRow) -> Surroundings | Text:
    """The cell of a value with what stands around it, or why it cannot be shown."""
    if row.upload is None:
        return NO_FILE
    place = place_from(row.place)
    if place is None:
        return NO_PLACE
    try:
        with kept_document(folder, sha256=row.upload, name=row.file_name).lying() as path:
            return surroundings_of(path, place) or NO_SHEET
    except NotFound as gone:
        return gone.what
    except Flawed:
        return UNREADABLE


def measure_of(stated: Figure) -> Text | None:
    """What a figure is measured in."""
    return stated.unit


def period_called(period: str, year: int) -> Text | None:
    """What a period is called; None for the whole year."""
    label = read_label(period, year)
    if not isinstance(label, Label):
        return Text.same(period)
    return None if label.is_year else label.called
