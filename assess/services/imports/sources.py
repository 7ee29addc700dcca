"""Where a value comes from: who entered it, the file and the cell with its surroundings, the cases behind a count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound
from assess.core.evidence.asked import asked_of
from assess.core.evidence.departments import departments_in
from assess.core.evidence.names import HeadingNames
from assess.core.figures.entry import as_shown
from assess.core.figures.period_words import read_label
from assess.core.figures.periods import PeriodLabel
from assess.core.figures.table import COUNTED
from assess.core.flaws import ValidationError
from assess.core.rules.figure import Figure
from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.core.workflow import Reported
from assess.files.evidence_book.surroundings import AROUND, CellPosition, Surroundings, place_from, surroundings_of
from assess.files.sent_values import entries_around, entry_at
from assess.services.evidence.pages import EvidenceDownload
from assess.services.imports.windows import sees
from assess.services.years import Year, year_of
from assess.store.queries import value_sources as queries
from assess.store.queries.certifying import ValueDetail, details_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.value_sources import OccurrenceRow, ValueRow
from assess.store.session import Session
from assess.store.uploads import kept_path

NO_VALUE: Final = Text(
    "没有这个数据，或您无权查看。", "There is no such value, or you do not have permission to see it."
)
NO_PLACE: Final = Text("没有记录该数据在文件中的位置。", "Its place in the file was not recorded.")
NO_SHEET: Final = Text("原文件中没有这个工作表。", "The original file has no such sheet.")
UNREADABLE: Final = Text(
    "原文件暂时无法读取，请下载后查看。", "The original file cannot be read right now. Download it to look."
)

SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA: Final[Mapping[str, str]] = {
    ".xlsx": SPREADSHEET,
    ".xls": "application/vnd.ms-excel",
    ".csv": "text/csv",
    ".json": "application/json",
}
PLAIN: Final = "application/octet-stream"


@dataclass(frozen=True)
class ValueLine:
    """One value with where it comes from, in words; `period` None for the whole year, `shown` None where withdrawn."""

    row: ValueRow
    unit: Text
    figure: Text
    period: Text | None
    measure: Text | None
    shown: Text | None

    @property
    def state(self) -> Reported:
        """Where it stands."""
        return self.row.state

    @property
    def place(self) -> CellPosition | None:
        """The cell of its file."""
        return place_from(self.row.place)


@dataclass(frozen=True)
class SourcePage:
    """Where one value comes from.

    Attributes:
        supplier: the department whose file it came in with, or that certified it; None where there is neither.
        surroundings: the cell of the kept file; None where there is no file, or `gone` says why it cannot be shown.
        history: what stood for the same thing before and after, newest first, this value among them.
        detail: who did what to it last.
        sees_file: whether the person may have the whole file.
        sees_form: whether the person may see what the unit reported.
        sees_figure: whether the person may see the figure of all units.
    """

    year: Year
    value: ValueLine
    supplier: Text | None
    surroundings: Surroundings | None
    gone: Text | None
    occurrences: Sequence[OccurrenceRow]
    history: Sequence[ValueLine]
    detail: ValueDetail | None
    sees_file: bool
    sees_form: bool
    sees_figure: bool

    @property
    def has_file(self) -> bool:
        """Whether it came in with a file."""
        return self.value.row.upload is not None


def source_of(session: Session, actor: Actor, *, cycle: CycleRow, value: int, folder: Path) -> SourcePage:
    """Where a value comes from, with the cell of the kept file as it stands there (at most 6 queries).

    Officials see values of their own unit, evaluators those of their department's figures, the office all. Only the
    department whose file it is and the office see more of the file than the row of the unit.

    Raises:
        NotFound: there is no such value, or the actor may not see it.
    """
    year, row = seen_value(session, actor, cycle, value)
    around = looked_up(folder, year, row, may_see_file=sees_file(actor, row))
    occurrences = queries.occurrences_of(session, row)
    return SourcePage(
        year=year,
        value=line_of(year, row),
        supplier=supplier_of(year, row),
        surroundings=around if isinstance(around, Surroundings) else None,
        gone=around if isinstance(around, Text) else None,
        occurrences=occurrences,
        history=[line_of(year, each) for each in queries.line_of_values(session, row)],
        detail=details_of(session, [row.id]).get(row.id),
        sees_file=row.upload is not None and sees_file(actor, row),
        sees_form=actor.may(Right.REVIEW) or row.unit in actor.units,
        sees_figure=row.figure in year.sheet.figures and sees_figure(actor, year.sheet.figures[row.figure]),
    )


def source_file(session: Session, actor: Actor, *, cycle: CycleRow, value: int, folder: Path) -> EvidenceDownload:
    """The file that a value came in with, for its department and the office (at most 3 queries).

    Raises:
        NotFound: there is no such value, it came with no file, the actor may not see it, or it is gone from the disk.
    """
    _year, row = seen_value(session, actor, cycle, value)
    if row.upload is None or not sees_file(actor, row):
        raise NotFound(NO_VALUE)
    return sent_as(kept_path(folder, row.upload), row.file_name)


def seen_value(session: Session, actor: Actor, cycle: CycleRow, value: int) -> tuple[Year, ValueRow]:
    """A value that the person may see, and the year (3 queries).

    Raises:
        NotFound: there is none, or it is another's.
    """
    row, year = queries.value_at(session, cycle=cycle.id, value=value), year_of(session, cycle)
    if row is None:
        raise NotFound(NO_VALUE)
    is_own = actor.may(Right.REPORT) and row.unit in actor.units
    if not is_own and not sees_figure(actor, year.sheet.figures.get(row.figure, COUNTED)):
        raise NotFound(NO_VALUE)
    return year, row


def sees_figure(actor: Actor, stated: Figure) -> bool:
    """Whether a person sees the values of all units: the department that supplies or certifies them, and the office."""
    return any(sees(actor, each) for each in (stated.from_, stated.certified_by) if each)


def sees_file(actor: Actor, row: ValueRow) -> bool:
    """Whether a person sees the whole file of a value: the department that sent it, and the office."""
    return actor.may(Right.ADMINISTER) if row.department is None else sees(actor, row.department)


def looked_up(folder: Path, year: Year, row: ValueRow, *, may_see_file: bool) -> Surroundings | Text | None:
    """The cell of a value with what stands around it, why it cannot be shown, or None where it came with no file.

    Whoever may not see the file sees the row of the unit alone.
    """
    if row.upload is None:
        return None
    try:
        return shown_around(kept_path(folder, row.upload), year, row, AROUND if may_see_file else 0)
    except NotFound as gone:
        return gone.what
    except ValidationError:
        return UNREADABLE


def shown_around(path: Path, year: Year, row: ValueRow, neighbours: int) -> Surroundings | Text:
    """The cell of a value, or its entry where a system sent it as JSON, with so many rows before and after.

    Raises:
        ValidationError: the file cannot be read any more.
    """
    if (entry := entry_at(row.place)) is not None:
        return entries_around(path, entry, neighbours=neighbours) or NO_PLACE
    place = place_from(row.place)
    if place is None:
        return NO_PLACE
    names = None if row.department is None else HeadingNames(year.sheet, asked_of(year.sheet, row.department), None)
    return surroundings_of(path, place, names, neighbours=neighbours) or NO_SHEET


def line_of(year: Year, row: ValueRow) -> ValueLine:
    """One value in words."""
    stated = year.sheet.figures.get(row.figure, COUNTED)
    is_there = row.millionths is not None or row.word is not None
    return ValueLine(
        row=row,
        unit=year.name_of(row.unit),
        figure=title_of(stated, row.figure),
        period=period_called(row.period, row.year),
        measure=measure_of(stated),
        shown=as_shown(stated, row.millionths, row.word) if is_there else None,
    )


def supplier_of(year: Year, row: ValueRow) -> Text | None:
    """The department that a value comes from."""
    stated = year.sheet.figures.get(row.figure, COUNTED)
    return departments_in(year.sheet).get(row.department or stated.certified_by or "")


def sent_as(path: Path, name: str) -> EvidenceDownload:
    """A kept file under the name it came with."""
    return EvidenceDownload(path, name, MEDIA.get(Path(name).suffix.lower(), PLAIN))


def measure_of(stated: Figure) -> Text | None:
    """What a figure is measured in."""
    return stated.unit


def period_called(period: str, year: int) -> Text | None:
    """What a period is called; None for the whole year."""
    label = read_label(period, year)
    if not isinstance(label, PeriodLabel):
        return Text.same(period)
    return None if label.is_year else label.label
