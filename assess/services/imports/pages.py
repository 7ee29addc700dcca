"""An uploaded file of a department as its page shows it: its flaws, its preview, or what it brought in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import NotFound
from assess.core.evidence.asked import asked_of
from assess.core.evidence.summary import ColumnSummary
from assess.core.evidence.unknown import UnknownHeading
from assess.core.evidence.verdicts import CheckList
from assess.core.naming import quoted
from assess.core.text import Text
from assess.core.workflow import Imported
from assess.services.evidence.pages import EvidenceDownload
from assess.services.imports.headings import unknown_in
from assess.services.imports.lists import EVERYTHING, FLAWED, Line, list_of
from assess.services.imports.sources import SPREADSHEET, sent_as
from assess.services.imports.windows import NO_IMPORT, SupplyWindow, sees, stage_lock, window_today
from assess.services.years import Year, year_of
from assess.store.queries import imports as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.import_lists import ImportFilter, sheets_with_flaws
from assess.store.queries.imports import ImportRow
from assess.store.session import Session
from assess.store.uploads import kept_path

UNCHANGED: Final = Text(
    "文件中的{n}项数据与现有数据完全相同，属于重复上传，无需接收。",
    "All {n} values in this file are already on record. It was uploaded before, and there is nothing to accept.",
)
EMPTY: Final = Text(
    "文件中没有填写任何数值，无需导入，现有数据不变。",
    "The file has no values, so there is nothing to import. All data stays unchanged.",
)
UNREAD: Final = Text(
    "以下工作表没有读取：{sheets}。如有数据，请补上“单位”和数据项的表头后重新上传。",
    "These sheets were not read: {sheets}. If they contain data, add headings for units and figures "
    "and upload the file again.",
)
BEFORE: Final = Text("同一文件已经接收过。", "The same file has already been accepted.")
FORGOTTEN: Final = Text("后台任务已不在记录中。", "The job is no longer on record.")
NOT_CHECKED: Final = Text(
    "检查没有完成，没有保存任何数据。{why}请放弃这个文件后重新上传。",
    "The check was not completed, and nothing was saved. {why} Discard this file and upload it again.",
)
NOT_ACCEPTED: Final = Text(
    "接收没有完成，没有改动任何数据。{why}可以再次接收，或放弃这个文件。",
    "Accepting was not completed, and no values were changed. {why} Accept the file again, or discard it.",
)


@dataclass(frozen=True)
class ImportPage:
    """One file: what it was found to be, and one list of it, a page at a time.

    Attributes:
        counts: how long each list is; those that are empty are left out.
        unexplained: suspicious values without a reason; nothing is accepted while there are any.
        listed: how long the list is that is shown, as it was narrowed.
        sheets: the sheets that a list of flaws tells of.
        locked: why nothing can be supplied now; None where it can.
    """

    year: Year
    row: ImportRow
    title: Text
    window: SupplyWindow
    counts: Mapping[CheckList, int]
    shown: CheckList | None
    lines: Sequence[Line]
    unexplained: int
    listed: int
    sheets: Sequence[str]

    @property
    def locked(self) -> Text | None:
        """Why nothing can be uploaded or accepted now."""
        return self.window.locked

    @property
    def changes(self) -> int:
        """How many values would be new or others, or get another remark or other cases."""
        return self.row.brings

    @property
    def may_accept(self) -> bool:
        """Whether the file could be accepted now, once every suspicious value is explained."""
        waits = self.row.state is Imported.CHECKED or (self.row.state is Imported.ACCEPTING and self.row.has_failed)
        return waits and self.locked is None and self.changes > 0

    @property
    def may_explain(self) -> bool:
        """Whether reasons can be given."""
        return self.row.state is Imported.CHECKED

    @property
    def may_discard(self) -> bool:
        """Whether the file can be discarded."""
        open_states = (Imported.CHECKING, Imported.FLAWED, Imported.CHECKED)
        return self.row.state in open_states or (self.row.state is Imported.ACCEPTING and self.row.has_failed)

    @property
    def may_undo(self) -> bool:
        """Whether what was accepted can be taken back, as long as nothing came after it."""
        return self.row.state is Imported.ACCEPTED and stage_lock(self.year.cycle.stage) is None

    @property
    def columns(self) -> list[ColumnSummary]:
        """Every column and sheet of the file, read or not; none of a file checked before they were kept."""
        kept = self.row.found.get("columns", ())
        return [ColumnSummary(**{**each, "meaning": Text(**each["meaning"])}) for each in kept]

    @property
    def unknown(self) -> list[UnknownHeading]:
        """The headings that the reader can say the meaning of now."""
        return unknown_in(self.row.state, self.row.found) if self.locked is None else []

    @property
    def notes(self) -> list[Text]:
        """What must be told first."""
        return notes_of(self.row)


def import_page(
    session: Session, actor: Actor, *, cycle: CycleRow, row: int, now: datetime,
    show: CheckList | None = None, narrowed: ImportFilter = EVERYTHING, start: int = 0, size: int = 50,
) -> ImportPage:  # fmt: skip
    """One file with one list of what was found in it (at most 9 queries).

    Raises:
        NotFound: there is no such file, or it is another department's.
    """
    found = seen_import(session, actor, cycle=cycle, row=row)
    year = year_of(session, cycle)
    counts = counts_of(found)
    shown = show if show in counts else next(iter(counts), None)
    listed, lines = list_of(session, year, found, shown=shown, narrowed=narrowed, part=slice(start, start + size))
    if shown is CheckList.MISSING and narrowed == EVERYTHING:
        counts[CheckList.MISSING] = listed
    return ImportPage(
        year=year,
        row=found,
        title=asked_of(year.sheet, found.department).title,
        window=window_today(session, cycle, found.department, now),
        counts=counts,
        shown=shown,
        lines=lines,
        unexplained=queries.preview_of(session, row=row).unexplained,
        listed=listed,
        sheets=sheets_with_flaws(session, row=row, shown=shown) if shown in FLAWED else (),
    )


def state_of(session: Session, actor: Actor, *, cycle: CycleRow, row: int) -> Imported | None:
    """Where a file stands that nothing has gone wrong with (1 query); None where its job has failed.

    Raises:
        NotFound: there is no such file, or it is another department's.
    """
    found = seen_import(session, actor, cycle=cycle, row=row)
    return None if found.has_failed else found.state


def seen_import(session: Session, actor: Actor, *, cycle: CycleRow, row: int) -> ImportRow:
    """A file that the person may see (1 query).

    Raises:
        NotFound: there is none in this year, or it is another department's.
    """
    found = queries.import_at(session, cycle=cycle.id, row=row)
    if found is None or not sees(actor, found.department):
        raise NotFound(NO_IMPORT)
    return found


def counts_of(row: ImportRow) -> dict[CheckList, int]:
    """How long each list of a file is, as its check found; empty ones left out."""
    return {shown: count for shown in CheckList if (count := row.found.get(shown.value, 0))}


def notes_of(row: ImportRow) -> list[Text]:
    """What must be told of a file before anything else."""
    notes = failure_of(row)
    if row.state is Imported.CHECKED:
        if told := row.found.get("told"):
            notes.append(Text(**told))
        if not row.brings:
            values = row.found.get("values", 0)
            notes.append(UNCHANGED.format(n=values) if values else EMPTY)
        elif row.found.get("accepted_before"):
            notes.append(BEFORE)
    if unread := row.found.get("unread"):
        notes.append(UNREAD.format(sheets=Text.listed(map(quoted, unread)).literal()))
    return notes


def failure_of(row: ImportRow) -> list[Text]:
    """What must be told of a file whose job has failed for good; nothing of any other."""
    if not row.has_failed:
        return []
    template = NOT_CHECKED if row.state is Imported.CHECKING else NOT_ACCEPTED
    return [template.format(why=(row.job and row.job.message) or FORGOTTEN)]


def original_of(session: Session, actor: Actor, *, cycle: CycleRow, row: int, folder: Path) -> EvidenceDownload:
    """The file as it was uploaded (1 query).

    Raises:
        NotFound: there is no such file, it is another department's, or it is gone from the disk.
    """
    return original_sent(seen_import(session, actor, cycle=cycle, row=row), folder)


def marked_of(session: Session, actor: Actor, *, cycle: CycleRow, row: int, folder: Path) -> EvidenceDownload:
    """The workbook that shows the errors of a file (1 query).

    Raises:
        NotFound: there is no such file, it has none, it is another department's, or it is gone from the disk.
    """
    return marked_sent(seen_import(session, actor, cycle=cycle, row=row), folder)


def original_sent(row: ImportRow, folder: Path) -> EvidenceDownload:
    """The file of an import that may be seen.

    Raises:
        NotFound: it is gone from the disk.
    """
    return sent_as(kept_path(folder, row.upload), row.file_name)


def marked_sent(row: ImportRow, folder: Path) -> EvidenceDownload:
    """The workbook that shows the errors of an import that may be seen.

    Raises:
        NotFound: it has none, or it is gone from the disk.
    """
    if row.marked is None:
        raise NotFound(NO_IMPORT)
    name = f"{Path(row.file_name).stem}-{'errors' if row.marked_why else 'marked'}.xlsx"
    return EvidenceDownload(kept_path(folder, row.marked), name, SPREADSHEET)
