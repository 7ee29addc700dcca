"""Units, members and changes as CSV for programs: UTF-8 with a mark, headings that stay, text never a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any, Final

from assess.core.handover.content import HandedMember, HandedUnit, Handover, HandoverChange
from assess.core.handover.words import value_told
from assess.core.text import Text
from assess.files.csv_cells import inert

UNIT_HEADINGS: Final = (
    *("number", "unit", "name_zh", "name_en", "group", "group_zh", "group_en", "state", "total", "rank", "of"),
    *("grade", "grade_zh", "grade_en", "converted", "adjustments_zh", "adjustments_en"),
    *("check_code_zh", "check_code_en"),
)
MEMBER_HEADINGS: Final = (
    *("number", "unit", "unit_zh", "unit_en", "post", "post_zh", "post_en", "name", "first", "last", "days", "of_days"),
    "points",
)
CHANGE_HEADINGS: Final = (
    *("number", "what", "step", "unit", "unit_zh", "unit_en", "post", "name", "turn", "field"),
    *("old_zh", "old_en", "new_zh", "new_en"),
)


def units_csv(handover: Handover) -> bytes:
    """One row a unit."""
    return table(UNIT_HEADINGS, (unit_row(handover, unit) for unit in handover.units))


def members_csv(handover: Handover) -> bytes:
    """One row a member."""
    names = handover.names
    return table(MEMBER_HEADINGS, (member_row(handover.number, names, member) for member in handover.members))


def changes_csv(handover: Handover) -> bytes:
    """One row a field that differs from the hand-over before."""
    return table(CHANGE_HEADINGS, (row for change in handover.changes for row in change_rows(handover.number, change)))


def unit_row(handover: Handover, unit: HandedUnit) -> list[Any]:
    """The cells of a unit."""
    return [
        handover.number, unit.code, *unit.name, unit.group, *both(unit.group_title), unit.state, unit.total, unit.rank,
        unit.of, unit.grade, *both(unit.grade_title), unit.converted, *unit.adjusted,
        *(handover.code(unit.code, language) for language in ("zh", "en")),
    ]  # fmt: skip


def member_row(number: int, names: dict[str, Text], member: HandedMember) -> list[Any]:
    """The cells of a member."""
    return [
        number, member.unit, *both(names.get(member.unit)), member.post, *member.post_title, member.name, member.first,
        member.last, member.days, member.of_days, member.points,
    ]  # fmt: skip


def change_rows(number: int, change: HandoverChange) -> Iterator[list[Any]]:
    """The rows of a unit or member that differs."""
    about = [number, change.what, change.step, change.unit, *change.unit_name, change.post, change.name, change.turn]
    for each in change.fields:
        values = [plain(each.field, value) for value in (each.old, each.new)]
        yield [*about, each.field, *values[0], *values[1]]


def plain(field: str, value: Any) -> tuple[str, str]:
    """A value in both languages; nothing for none, and the words of programs as they are."""
    if value is None or value == []:
        return "", ""
    zh, en = (value, value) if isinstance(value, str) else value_told(field, value)
    return zh, en


def both(text: Text | None) -> tuple[str | None, str | None]:
    """A text in both languages, or two blanks."""
    return (None, None) if text is None else (text.zh, text.en)


def table(headings: Iterable[str], rows: Iterable[list[Any]]) -> bytes:
    """The bytes of a table."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([inert("" if cell is None else cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
