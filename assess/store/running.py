"""The rows of a run, written all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Table, insert

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
