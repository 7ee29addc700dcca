"""The log taken away as a file: what the filters show, in the order of the chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

from assess.core.actors import Actor, Right
from assess.core.audit.chain import LogEntry
from assess.core.audit.differences import FactDifference, moment_told
from assess.core.errors import Refused
from assess.core.text import Language, Text
from assess.core.workflow import LabeledEnum
from assess.files.audit_book import BookLine, entry_lines, write_audit_book
from assess.services.audit.reading import AuditSearch, sought_by
from assess.services.audit.recording import record
from assess.services.audit.telling import EntryInWords, describe_entries
from assess.store.queries import audit as queries
from assess.store.queries.audit import LogFilter
from assess.store.session import Database, Session

LOG: Final = "audit-log"
"""What the log calls itself."""
MAX_ROWS: Final = 20_000
"""So many entries a workbook has at most."""
TOO_MANY: Final = Text(
    "筛选结果超过{most}条，不能导出为Excel。请按日期等缩小范围，或导出为JSON Lines（不限条数）。",
    "More than {most} entries were found, too many for Excel. Filter them, for example by date, or "
    "export them as JSON Lines, which has no limit.",
)


class Format(LabeledEnum):
    """The files that the log can be taken away as."""

    EXCEL = "xlsx", "Excel", "Excel"
    LINES = "jsonl", "JSON Lines", "JSON lines"


@dataclass(frozen=True)
class Export:
    """What is taken away: entries that are looked for, up to the newest of the moment."""

    sought: LogFilter
    newest: int


def export_log(session: Session, actor: Actor, *, wanted: AuditSearch, kind: Format, now: datetime) -> Export:
    """Note that somebody takes the log away; gives what the file is to hold.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: there are more entries than a workbook can hold.
    """
    actor.check_may(Right.ADMINISTER)
    sought = sought_by(session, wanted)
    if kind is Format.EXCEL:
        found = queries.entries_found(session, sought, most=MAX_ROWS)
        if found.more or found.count > MAX_ROWS:
            raise Refused(TOO_MANY.format(most=MAX_ROWS))
    newest = queries.newest_number(session)
    new = {"format": kind.value, "to": newest, "filters": as_json(wanted)}
    record(session, actor, subject=LOG, action="exported", new=new, now=now)
    return Export(sought, newest)


def as_json(wanted: AuditSearch) -> dict[str, str]:
    """What narrowed the log, as the log notes it."""
    return {name: str(value) for name, value in vars(wanted).items() if value}


def parts_of(database: Database, export: Export) -> Iterator[list[LogEntry]]:
    """What is taken away, in the order of the chain, a part at a time and each read in a transaction of its own."""
    after = 0
    while True:
        with database.reading() as session:
            rows = queries.entries_after(session, export.sought, after=after, to=export.newest)
        if not rows:
            return
        yield rows
        after = rows[-1].number


def lines_of_log(database: Database, export: Export) -> Iterator[bytes]:
    """The file of JSON lines, a part at a time."""
    for rows in parts_of(database, export):
        yield b"".join(entry_lines(rows))


def book_of_log(database: Database, export: Export, language: Language) -> IO[bytes]:
    """The workbook, written to the disk and already without a name there: it is gone once it is closed."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "log.xlsx")
        write_audit_book(path, language, book_lines(database, export, language))
        return path.open("rb")


def book_lines(database: Database, export: Export, language: Language) -> Iterator[BookLine]:
    """The rows of the workbook."""
    for rows in parts_of(database, export):
        with database.reading() as session:
            lines = describe_entries(session, rows)
        for line in lines:
            yield book_line(line, language)


def book_line(line: EntryInWords, language: Language) -> BookLine:
    """One entry as the workbook shows it."""
    row = line.row
    return BookLine(
        number=row.number,
        at=moment_told(row.at.isoformat()),
        who=line.who.localized(language),
        kind=line.kind.localized(language),
        named=line.named.localized(language),
        act=line.act.localized(language),
        facts="\n".join(fact_told(each, language) for each in line.differences),
        subject=row.subject,
        action=row.action,
        digest=row.digest,
        before=row.before,
    )


def fact_told(difference: FactDifference, language: Language) -> str:
    """A fact on one line."""
    old, new = ("; ".join(each.localized(language) for each in side) for side in (difference.old, difference.new))
    change = f"{old} → {new}" if old and new else f"{old} →" if old else new
    return f"{difference.label.localized(language)}: {change}"
