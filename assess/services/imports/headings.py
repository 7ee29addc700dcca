"""What a department says the headings of its files stand for: asked where nothing is known of one, and remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import NotFound, Refused
from assess.core.evidence.asked import DepartmentRequest, asked_of
from assess.core.evidence.names import has_other_measure, heading_of, plain_heading
from assess.core.evidence.unknown import UnknownHeading
from assess.core.naming import quoted
from assess.core.text import Text
from assess.core.workflow import Imported
from assess.services import audit
from assess.services.imports.uploading import CHECK, NO_DEPARTMENT, ask_to_check, put_aside
from assess.services.imports.windows import check_department, check_window, held_import, subject_of
from assess.services.years import Year, year_of
from assess.store.models import Import, RememberedHeading
from assess.store.queries import headings as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.headings import HeadingRow
from assess.store.session import Session, flush

NOT_READ: Final = "-"
"""What is chosen for a heading whose column is not read."""
NOTHING_ASKED: Final = Text(
    "这个文件没有待确认的表头，请重新打开页面。", "This file has no headings to decide on. Open the page again."
)
NOTHING_CHOSEN: Final = Text(
    "尚未保存，请至少为一个表头选择数据项或“不读取”。",
    "Nothing was saved. Select a figure or “Do not read” for at least one heading.",
)
NOT_SAVED: Final = Text("填写有误，尚未保存，请按下列提示改正。", "Nothing was saved. Correct the errors below.")
NO_FIGURE: Final = Text("请从列表中选择数据项。", "Select a figure from the list.")
OTHER_MEASURE: Final = Text(
    "表头中的计量单位与“{figure}”不一致，请选择其他数据项，或修改文件后重新上传。",
    "The heading has another unit of measure than “{figure}”. Select another figure, or correct the file and "
    "upload it again.",
)
SAME_FIGURE: Final = Text(
    "同一工作表的“{first}”已对应这个数据项，请只保留一个，另一个选“不读取”。",
    "“{first}” of the same sheet is already read as this figure. Keep one, and select “Do not read” for the other.",
)
TAKEN: Final = Text(
    "其他人已为这个表头保存了不同的对应关系，请先在“已记住的表头”中删除。",
    "Someone else saved another meaning of this heading. Delete it under Remembered headings first.",
)
NO_HEADING: Final = Text("没有这个已记住的表头。", "There is no such remembered heading.")


@dataclass(frozen=True)
class HeadingLine:
    """A remembered heading; `figure` is None where its column is not read, `is_asked` says whether it has effect."""

    row: HeadingRow
    figure: Text | None
    is_asked: bool


@dataclass(frozen=True)
class HeadingsPage:
    """The remembered headings of a department."""

    department: str
    title: Text
    lines: Sequence[HeadingLine]


def headings_page(session: Session, actor: Actor, *, cycle: CycleRow, department: str) -> HeadingsPage:
    """The remembered headings of a department, with what they stand for in a year (2 queries beside the year's).

    Raises:
        NotAllowed: the actor is neither of the department nor of the office.
        NotFound: there is no such department.
    """
    check_department(actor, department)
    year = year_of(session, cycle)
    asked = request_of(year, department)
    rows = queries.remembered_headings(session, department=department)
    return HeadingsPage(department, asked.title, [line_of(asked, row) for row in rows])


def request_of(year: Year, department: str) -> DepartmentRequest:
    """What a department is asked for in a year.

    Raises:
        NotFound: there is no such department.
    """
    if department not in (year.sheet.departments or {}):
        raise NotFound(NO_DEPARTMENT)
    return asked_of(year.sheet, department)


def line_of(asked: DepartmentRequest, row: HeadingRow) -> HeadingLine:
    """One remembered heading in words; a figure that is not asked for this year by its id."""
    title = next((each.title for each in asked.figures if each.id == row.figure), None)
    return HeadingLine(row, title or (Text.same(row.figure) if row.figure else None), not row.figure or bool(title))


def remember_headings(
    session: Session, actor: Actor, *, cycle: CycleRow, row: int, chosen: Mapping[int, str], seen: int, now: datetime
) -> int:
    """Keep what headings of a file stand for, and have the file read again; the number under which it is.

    `chosen` gives a figure, `NOT_READ` or "" (undecided) for unknown headings of the file by their places.

    Raises:
        NotFound: there is no such file, or it is another department's.
        Refused: it has no such headings, nothing is chosen, a figure does not fit, or supplying figures is closed.
        Stale: somebody else changed the file since it was seen.
    """
    found = held_import(session, actor, cycle=cycle, row=row)
    check_window(session, cycle, found.department, now)
    unknown = unknown_in(found.state, found.found or {})
    decided = {place: figure for place, figure in chosen.items() if figure and place < len(unknown)}
    if not unknown:
        raise Refused(NOTHING_ASKED)
    if not decided:
        raise Refused(NOTHING_CHOSEN)
    asked = asked_of(year_of(session, cycle).sheet, found.department)
    known = queries.remembered_in(session, department=found.department)
    check_chosen(asked, unknown, decided, known)
    told = {}
    for place, figure in decided.items():
        heading, kept = unknown[place].heading, "" if figure == NOT_READ else figure
        if plain_heading(heading) not in known:
            known[plain_heading(heading)] = told[heading] = kept
            session.add(
                RememberedHeading(
                    department=found.department, key=plain_heading(heading), heading=heading, figure=kept,
                    made_by=actor.account, made_at=now,
                )
            )  # fmt: skip
    flush(session)
    audit.record(session, actor, subject=subject_of(cycle, found), action="headings remembered", new=told, now=now)
    return read_again(session, actor, cycle=cycle, row=found, seen=seen, now=now)


def unknown_in(state: str, found: Mapping[str, Sequence[Mapping[str, str]]]) -> list[UnknownHeading]:
    """The headings of a file of which its check knew nothing; none of one that has no errors or has ended."""
    return [UnknownHeading(**each) for each in found.get("unknown", ())] if state == Imported.FLAWED else []


def check_chosen(
    asked: DepartmentRequest,
    unknown: Sequence[UnknownHeading],
    decided: Mapping[int, str],
    known: Mapping[str, str],
) -> None:
    """Let choices pass that fit the headings.

    Raises:
        Refused: some do not; names their fields.
    """
    wrongs: dict[str, Text] = {}
    first: dict[tuple[str, str], str] = {}
    for place, chosen in decided.items():
        sheet, heading = unknown[place]
        figure = next((each for each in asked.figures if each.id == chosen), None)
        before = first.setdefault((sheet, chosen), heading)
        if figure is None and chosen != NOT_READ:
            wrongs[field_of(place)] = NO_FIGURE
        elif known.get(plain_heading(heading), figure.id if figure else "") != (figure.id if figure else ""):
            wrongs[field_of(place)] = TAKEN
        elif figure is not None and has_other_measure(plain_heading(heading), figure):
            wrongs[field_of(place)] = OTHER_MEASURE.format(figure=heading_of(figure.title, figure))
        elif figure is not None and before != heading:
            wrongs[field_of(place)] = SAME_FIGURE.format(first=quoted(before))
    if wrongs:
        raise Refused(NOT_SAVED, wrongs)


def field_of(place: int) -> str:
    """The name of the field of an unknown heading."""
    return f"heading-{place}"


def read_again(session: Session, actor: Actor, *, cycle: CycleRow, row: Import, seen: int, now: datetime) -> int:
    """Put a flawed file aside and have the same file checked anew; its new number."""
    put_aside(session, actor, row=row, seen=seen, now=now)
    again = Import(
        cycle_id=row.cycle_id, department=row.department, upload=row.upload, file_name=row.file_name,
        state=Imported.CHECKING, made_by=actor.account, made_at=now, token_id=actor.token,
    )  # fmt: skip
    ask_to_check(session, actor, row=again, kind=CHECK, now=now)
    told = {"file": again.file_name, "upload": again.upload, "earlier": row.id}
    audit.record(session, actor, subject=subject_of(cycle, again), action="uploaded", new=told, now=now)
    return again.id


def forget_heading(
    session: Session, actor: Actor, *, cycle: CycleRow, department: str, heading: int, now: datetime
) -> None:
    """Delete a remembered heading; what was accepted by it stays as it is.

    Raises:
        NotAllowed: the actor is neither of the department nor of the office.
        NotFound: there is no such heading of the department.
    """
    check_department(actor, department)
    row = session.get(RememberedHeading, heading)
    if row is None or row.department != department:
        raise NotFound(NO_HEADING)
    told = {row.heading: row.figure}
    session.delete(row)
    flush(session)
    subject = f"headings:{cycle.year}/{department}"
    audit.record(session, actor, subject=subject, action="forgotten", old=told, now=now)
