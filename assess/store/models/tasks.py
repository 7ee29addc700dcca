"""The annual task list: versions, tasks, the obligations they lay on units, and the units' reports."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, composite, mapped_column

from assess.core.text import Text
from assess.store.base import Base, Json, Numbered, Versioned


class TaskListVersion(Numbered, Base):
    """One loaded task list; the newest counts."""

    __tablename__ = "task_list_version"
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


class Task(Numbered, Base):
    """One task of the newest list; `deadline` is nothing for a task of the whole year."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("cycle_id", "no"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    place: Mapped[int]
    no: Mapped[str]
    domain: Mapped[str | None]
    title_zh: Mapped[str]
    title_en: Mapped[str]
    title: Mapped[Text] = composite("title_zh", "title_en")
    deadline: Mapped[date | None]
    report: Mapped[str]
    lead: Mapped[str | None]
    tree: Mapped[Json]


class Obligation(Numbered, Versioned, Base):
    """One task for one unit; `progress` in millionths of a percent; one that no longer binds is withdrawn.

    `reports` counts how often it was reported on; what is said of it was reported for `period`, the latest of them.
    """

    __tablename__ = "obligation"
    __table_args__ = (UniqueConstraint("cycle_id", "task_no", "unit"), Index(None, "cycle_id", "unit"))

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    task_no: Mapped[str]
    unit: Mapped[str]
    status: Mapped[str] = mapped_column(default="none")
    progress: Mapped[int] = mapped_column(default=0)
    done_on: Mapped[date | None]
    period: Mapped[str | None]
    reports: Mapped[int] = mapped_column(default=0)
    withdrawn_at: Mapped[datetime | None]


class ObligationReport(Numbered, Base):
    """What a unit reported on an obligation for a period; never changed, a later one follows."""

    __tablename__ = "obligation_report"
    __table_args__ = (Index(None, "obligation_id", "period"),)

    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    period: Mapped[str]
    status: Mapped[str]
    progress: Mapped[int]
    done_on: Mapped[date | None]
    words: Mapped[str]
    reported_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reported_at: Mapped[datetime]
