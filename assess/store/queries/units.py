"""The units of a year: their rows, their names over time, and which of them have data."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import select, union

from assess.core.units.changes import UnitEntry
from assess.core.units.renames import Rename
from assess.store.models import (
    Answer,
    Attachment,
    Draft,
    Exclusion,
    Exemption,
    Obligation,
    ObligationReport,
    Submission,
    Unit,
    UnitName,
    Value,
)
from assess.store.records import RecordColumns, record_columns
from assess.store.session import Session

BY_UNIT: Final = (Submission, Attachment, Exemption, Exclusion)
"""What belongs to a unit of a year and would hang in the air without it."""


def unit_entries(session: Session, cycle: int) -> tuple[UnitEntry, ...]:
    """The list of units as it was loaded, in its order (1 query)."""
    query = select(Unit).where(Unit.cycle_id == cycle).order_by(Unit.place)
    return tuple(
        UnitEntry(each.code, each.name, each.kind, tuple(each.aliases["aliases"]), each.attributes)
        for each in session.scalars(query)
    )


def unit_models(session: Session, cycle: int) -> list[Unit]:
    """The rows themselves, in their order, to be changed (1 query)."""
    return list(session.scalars(select(Unit).where(Unit.cycle_id == cycle).order_by(Unit.place)))


def renames_of(session: Session, code: str) -> list[tuple[Rename, str]]:
    """The names of a unit from a day on, newest first, each with the reason (1 query)."""
    query = select(rename(), UnitName.reason).where(UnitName.code == code)
    found = session.execute(query.order_by(UnitName.begins.desc(), UnitName.id.desc()))
    return [(rename, reason) for rename, reason in found]


def units_with_data(session: Session, cycle: int, year: int) -> frozenset[str]:
    """Codes of the units for which anything was entered in a year (1 query)."""
    answered = select(Draft.unit).join(Answer).where(Draft.cycle_id == cycle)
    valued = select(Value.unit).where(Value.cycle_id == cycle, Value.year == year)
    reported = select(Obligation.unit).join(ObligationReport).where(Obligation.cycle_id == cycle)
    others = [select(each.unit).where(each.cycle_id == cycle) for each in BY_UNIT]
    return frozenset(session.scalars(union(answered, valued, reported, *others)))


def all_renames(session: Session, codes: Collection[str]) -> list[Rename]:
    """The names of these units from a day on, by unit and day (1 query)."""
    query = select(rename()).where(UnitName.code.in_(codes))
    return list(session.scalars(query.order_by(UnitName.code, UnitName.begins, UnitName.id)))


def rename() -> RecordColumns[Rename]:
    """What a unit is called from a day on."""
    return record_columns(Rename, UnitName, unit=UnitName.code, on=UnitName.begins)
