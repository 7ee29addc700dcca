"""Assessment years: their stages, units, leadership teams, exemptions, excluded data and reopenings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, composite, mapped_column

from assess.core.text import Text
from assess.core.workflow import FIRST_STAGE
from assess.store.base import Base, Json, Numbered, Versioned

HOLDS: Final = text("state IN ('asked', 'approved')")
"""A request that is open or was granted: there is one of each thing."""
ONE: Final[dict[str, Any]] = {"unique": True, "sqlite_where": HOLDS, "postgresql_where": HOLDS}


class Requested:
    """What every request for a second person's approval holds: who asked why, and who decided what."""

    reason: Mapped[str]
    state: Mapped[str] = mapped_column(default="asked")
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    ruling: Mapped[str | None]


class Cycle(Numbered, Versioned, Base):
    """One assessment year; `demonstration` marks every page that shows a figure of it; `changes` count up."""

    __tablename__ = "cycle"

    year: Mapped[int] = mapped_column(unique=True)
    title_zh: Mapped[str]
    title_en: Mapped[str]
    title: Mapped[Text] = composite("title_zh", "title_en")
    stage: Mapped[str] = mapped_column(default=FIRST_STAGE.value)
    demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    changes: Mapped[int] = mapped_column(default=0)


class StageDate(Numbered, Versioned, Base):
    """When a stage begins and its last day; `ended` is the day on which it was ended before that one."""

    __tablename__ = "stage_date"
    __table_args__ = (UniqueConstraint("cycle_id", "stage"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    stage: Mapped[str]
    begins: Mapped[date]
    ends: Mapped[date]
    ended: Mapped[date | None]


class StageMove(Numbered, Base):
    """A cycle that went from one stage to another, by whom and why; `accepted` is what silence accepted.

    `approved_by` is the second person, where one was needed; `cut_short` the last day that had not passed yet, where
    the stage was ended early.
    """

    __tablename__ = "stage_move"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    origin: Mapped[str]
    target: Mapped[str]
    reason: Mapped[str | None]
    accepted: Mapped[Json | None]
    cut_short: Mapped[date | None]
    moved_by: Mapped[int]
    approved_by: Mapped[int | None]
    moved_at: Mapped[datetime]


class MoveRequest(Requested, Numbered, Versioned, Base):
    """A move of a cycle that waits for a second person, and what was decided; one is open at a time.

    `last_day` and `run` are what the asker went by: the last day of the stage, and the run that was released last.
    """

    __tablename__ = "move_request"
    __table_args__ = (
        Index(None, "cycle_id"),
        Index(
            "uq_move_request_open", "cycle_id", unique=True,
            sqlite_where=text("state = 'asked'"), postgresql_where=text("state = 'asked'"),
        ),
    )  # fmt: skip

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    origin: Mapped[str]
    target: Mapped[str]
    last_day: Mapped[date | None]
    run: Mapped[int | None] = mapped_column(ForeignKey("run.id"))


class Unit(Numbered, Base):
    """An assessed unit in one year: `place` is its order, attributes the texts of its columns by heading."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("cycle_id", "code"), UniqueConstraint("cycle_id", "place"))

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    place: Mapped[int]
    code: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    name: Mapped[Text] = composite("name_zh", "name_en")
    kind: Mapped[str]
    aliases: Mapped[Json]
    """{"aliases": […]}"""
    attributes: Mapped[Json]


class ObjectListVersion(Numbered, Base):
    """One loaded list of the objects of units, such as river sections; the newest counts.

    `tree` is the table as it was loaded: {"headings": […], "rows": [[…], …]}.
    """

    __tablename__ = "object_list_version"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    number: Mapped[int]
    digest: Mapped[str]
    tree: Mapped[Json]
    upload: Mapped[str | None]
    file_name: Mapped[str]
    reason: Mapped[str | None]
    loaded_by: Mapped[int]
    loaded_at: Mapped[datetime]


class UnitName(Numbered, Base):
    """A name a unit bears from a day on; the code stays."""

    __tablename__ = "unit_name"
    __table_args__ = (UniqueConstraint("code", "begins"),)

    code: Mapped[str]
    begins: Mapped[date]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    name: Mapped[Text] = composite("name_zh", "name_en")
    reason: Mapped[str]


class TeamMember(Numbered, Versioned, Base):
    """A member of a unit's leadership team; `post` is a post of the rule sheet."""

    __tablename__ = "member"
    __table_args__ = (Index(None, "cycle_id", "unit"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    unit: Mapped[str]
    post: Mapped[str]
    name: Mapped[str]
    begins: Mapped[date | None]
    ends: Mapped[date | None]


class Exemption(Requested, Numbered, Versioned, Base):
    """An item, or a part of it, that is asked not to apply to a unit (不涉及), and what was decided.

    `part` is a period, an object's code or both, as in the exemptions file; empty is the whole item.
    """

    __tablename__ = "exemption"
    __table_args__ = (
        Index(None, "cycle_id", "unit"),
        Index("uq_exemption_one", "cycle_id", "unit", "item", "part", **ONE),
    )

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    unit: Mapped[str]
    item: Mapped[str]
    part: Mapped[str] = mapped_column(default="")


class Exclusion(Requested, Numbered, Versioned, Base):
    """A figure of a unit in a period that is asked not to count (force majeure), and what was decided."""

    __tablename__ = "exclusion"
    __table_args__ = (
        Index(None, "cycle_id", "unit"),
        Index("uq_exclusion_one", "cycle_id", "unit", "figure", "period", **ONE),
    )

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    unit: Mapped[str]
    figure: Mapped[str]
    period: Mapped[str]


class Reopening(Numbered, Versioned, Base):
    """A unit or a department that may still report until a day after the deadline."""

    __tablename__ = "reopening"
    __table_args__ = (Index(None, "cycle_id"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    unit: Mapped[str | None]
    department: Mapped[str | None]
    until: Mapped[date]
    reason: Mapped[str]
    opened_by: Mapped[int]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
