"""Imports across departments: the newest file of each, and those that still wait for somebody."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, or_, select

from assess.core.workflow import Imported
from assess.store.models import Import
from assess.store.queries.imports import ImportRow, import_rows, with_people
from assess.store.session import Session

OPEN = (Imported.CHECKING, Imported.CHECKED, Imported.ACCEPTING)


def newest_and_open(session: Session, *, cycle: int, departments: Collection[str]) -> list[ImportRow]:
    """The newest file of each of these departments, and all that are not ended yet, newest first (1 query)."""
    newest = (
        select(func.max(Import.id))
        .where(Import.cycle_id == cycle, Import.department.in_(departments))
        .group_by(Import.department)
    )
    query = with_people().where(Import.cycle_id == cycle, Import.department.in_(departments))
    return import_rows(session, query.where(or_(Import.id.in_(newest), Import.state.in_(OPEN))))
