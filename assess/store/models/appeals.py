"""Appeals of units against lines of a released run, and what the office corrects: by ruling, or of its own accord."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import AppendOnly, Base, Json, Numbered, Versioned


class CaseCounter(Base):
    """The last number that a case of a kind was given in a year."""

    __tablename__ = "case_counter"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class Appeal(Numbered, Versioned, Base):
    """An appeal of a unit against one line of a run; `state` is what its events come to.

    `cell` is the figure and period that the unit says is wrong, `exempt` where it says that the item does not apply,
    or "" where it names none; `asked` the value that it says is right.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        Index(None, "cycle_id", "state"),
        Index(
            "uq_appeal_open", "cycle_id", "unit", "item", unique=True,
            sqlite_where=text("state = 'lodged'"), postgresql_where=text("state = 'lodged'"),
        ),
    )  # fmt: skip

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    number: Mapped[int]
    unit: Mapped[str]
    item: Mapped[str]
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    what: Mapped[str]
    cell: Mapped[str]
    asked: Mapped[str]
    state: Mapped[str]
    lodged_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    lodged_at: Mapped[datetime]


class AppealEvent(Numbered, AppendOnly, Base):
    """One step of an appeal: lodged, withdrawn or ruled on; never changed."""

    __tablename__ = "appeal_event"

    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    step: Mapped[str]
    reason: Mapped[str]
    done_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    done_at: Mapped[datetime]


class Correction(Numbered, Versioned, Base):
    """What somebody of the office would decide of one line of one unit, and what became of it.

    Of an appeal it is the proposed ruling, with its `outcome`; otherwise a correction that nobody appealed for, with a
    `number` of its own. `changes` are the figures and the exemption that it puts right. `shown` is the digest of the
    effect that was seen by whoever decided, and `effect` what it said.
    """

    __tablename__ = "correction"
    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        Index(None, "cycle_id", "state"),
        Index(None, "appeal_id"),
    )

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id"))
    number: Mapped[int | None]
    unit: Mapped[str]
    item: Mapped[str]
    outcome: Mapped[str | None]
    reason: Mapped[str]
    changes: Mapped[Json]
    state: Mapped[str]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(default="")
    shown: Mapped[str | None]
    effect: Mapped[Json | None]


class RunCorrection(AppendOnly, Base):
    """A run was made of inputs that a correction is part of."""

    __tablename__ = "run_correction"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    correction_id: Mapped[int] = mapped_column(ForeignKey("correction.id"), primary_key=True)
