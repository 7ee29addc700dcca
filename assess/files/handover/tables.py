"""Units, members, rankings and changes as CSV for programs: UTF-8 with a mark, stable headings, no text a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from assess.core.columns import Row, TableColumn, cells_of, headings_of
from assess.core.handover.columns import (
    CHANGE_COLUMNS,
    MEMBER_COLUMNS,
    STANDING_COLUMNS,
    UNIT_COLUMNS,
    change_rows,
    member_rows,
    standing_rows,
    unit_rows,
)
from assess.core.handover.content import Handover
from assess.files.csv_cells import inert


def units_csv(handover: Handover) -> bytes:
    """One row a unit."""
    return table(UNIT_COLUMNS, unit_rows(handover))


def members_csv(handover: Handover) -> bytes:
    """One row a member."""
    return table(MEMBER_COLUMNS, member_rows(handover))


def rankings_csv(handover: Handover) -> bytes:
    """One row a unit and other ranking."""
    return table(STANDING_COLUMNS, standing_rows(handover))


def changes_csv(handover: Handover) -> bytes:
    """One row a field that differs from the hand-over before."""
    return table(CHANGE_COLUMNS, change_rows(handover))


def table(columns: Sequence[TableColumn[Row]], rows: Iterable[Row]) -> bytes:
    """The bytes of a table."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings_of(columns))
    for row in rows:
        writer.writerow([inert("" if cell is None else cell) for cell in cells_of(columns, row)])
    return out.getvalue().encode("utf-8-sig")
