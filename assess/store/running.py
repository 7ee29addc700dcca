"""The rows of a run, written all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Table, insert, select

from assess.store.models import RunLine, RunMember, RunSentence, RunUnit, RunValue, RunWarning
from assess.store.session import Session

TABLES: Final[Mapping[str, Table]] = {
    model.__tablename__: model.metadata.tables[model.__tablename__]
    for model in (RunUnit, RunLine, RunSentence, RunValue, RunMember, RunWarning)
}
"""The tables that hold what came of a run, by name."""


def add_rows(session: Session, *, run: int, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Write what came of a run, by the name of the table."""
    for name, table in TABLES.items():
        if rows[name]:
            session.execute(insert(table), [{"run_id": run, **row} for row in rows[name]])


def rows_kept(session: Session, *, run: int) -> dict[str, list[dict[str, Any]]]:
    """What came of a run as it is kept, by the name of the table, in the order of its keys (6 queries)."""
    found = {}
    for name, table in TABLES.items():
        columns = [column for column in table.columns if column.name != "run_id"]
        keys = [column for column in columns if column.primary_key]
        rows = session.execute(select(*columns).where(table.c.run_id == run).order_by(*keys))
        found[name] = [dict(row._mapping) for row in rows]
    return found


def key_of(name: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells a row of a table from the others of its run."""
    return tuple(str(row[column.name]) for column in TABLES[name].primary_key if column.name != "run_id")
