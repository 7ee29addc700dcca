"""The ledger of inspection findings: findings, their histories, their photos, and the rounds they were found on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import COUNTED_BY_ITSELF, AppendOnly, Base, Numbered, Versioned

NARROWING: Final = (
    "unit", "kind", "domain", "source", "found_on", "waits_for_decision", "reckoned", "returns", "repeat_of",
)  # fmt: skip
COUNTED: Final = ("deadline", "returns", "repeat_of", "days")
"""What lists are narrowed to and boards count by stands in the indexes themselves: no row is looked at."""


class FindingCounter(Base):
    """The number that was given last in a year: taken in the transaction of the finding, so that none is left out.

    `changes` count everything by which what follows from the ledger may change.
    """

    __tablename__ = "finding_counter"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    last: Mapped[int]
    changes: Mapped[int]


class Finding(Numbered, Versioned, Base):
    """One finding, with where it stands as its events say; points on the map in millionths of degrees.

    `place_key` is the place as it is compared, `sought` what words are sought in, `days` from the day it was found to
    the day it was put right, `urgency` the place in a list that begins with the worst, `reckoned` how it is counted,
    and `events` how long its history is; `changed_at` is when the last entry was made after it was recorded, and
    `linked_at` when it was found out to repeat another.
    """

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        Index("ix_finding_listed", "cycle_id", "urgency", "number", *NARROWING),
        Index("ix_finding_aged", "cycle_id", "reckoned", "found_on", "unit"),
        Index(None, "cycle_id", "unit", "urgency", "number"),
        Index(None, "cycle_id", "unit", "kind", "place_key"),
        Index("ix_finding_counted_by_unit", "cycle_id", "unit", "reckoned", *COUNTED, "kind", "domain", "source"),
        Index("ix_finding_passed", "cycle_id", "reckoned", "deadline", "unit", "kind", "domain", "source"),
        Index(None, "cycle_id", "recorded_at", "changed_at"),
        Index(None, "cycle_id", "linked_at"),
        Index(None, "repeat_of"),
        Index(None, "patrol_id"),
    )  # fmt: skip

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    number: Mapped[int]
    unit: Mapped[str]
    source: Mapped[str]
    kind: Mapped[str]
    domain: Mapped[str]
    what: Mapped[str]
    place: Mapped[str]
    place_key: Mapped[str]
    sought: Mapped[str]
    latitude: Mapped[int | None]
    longitude: Mapped[int | None]
    standard: Mapped[str] = mapped_column(default="")
    responsible: Mapped[str] = mapped_column(default="")
    patrol_id: Mapped[int | None] = mapped_column(ForeignKey("patrol.id"))
    repeat_of: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))
    linked_at: Mapped[datetime | None]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime]
    state: Mapped[str]
    found_on: Mapped[date]
    since: Mapped[date]
    deadline: Mapped[date | None]
    fixed_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    days: Mapped[int | None]
    returns: Mapped[int] = mapped_column(default=0)
    reopenings: Mapped[int] = mapped_column(default=0)
    extensions: Mapped[int] = mapped_column(default=0)
    suspensions: Mapped[int] = mapped_column(default=0)
    waits_for_decision: Mapped[bool] = mapped_column(default=False)
    urgency: Mapped[int]
    reckoned: Mapped[int]
    events: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime | None]


class FindingCount(Base):
    """How many findings of a unit, or of a kind, domain and source, are counted in one way, whatever the day.

    Rows by unit have no kind, domain and source, those by kind no unit. The database keeps them as findings change.
    """

    __tablename__ = "finding_count"
    __table_args__ = ({"info": {COUNTED_BY_ITSELF: True}},)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    domain: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    reckoned: Mapped[int] = mapped_column(primary_key=True)
    found: Mapped[int]
    returned: Mapped[int]
    repeated: Mapped[int]
    days: Mapped[int]


class FindingIdempotencyKey(Base):
    """The word of a form that somebody sent, which records one finding at most; `digest` tells what was sent."""

    __tablename__ = "finding_once"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))


class FindingEvent(Numbered, AppendOnly, Base):
    """One entry of a finding's history, never changed; `day` is when it happened, `entered_at` when it was written."""

    __tablename__ = "finding_event"

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    step: Mapped[str]
    done_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    day: Mapped[date]
    entered_at: Mapped[datetime]
    deadline: Mapped[date | None]
    relief: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")


class Photo(Base):
    """What was made of a photo that somebody handed in: a picture without hidden facts, and a small one.

    `taken_on` is the day that the camera noted, None where it noted none.
    """

    __tablename__ = "photo"

    upload: Mapped[str] = mapped_column(ForeignKey("upload.sha256"), primary_key=True)
    picture: Mapped[str] = mapped_column(ForeignKey("upload.sha256"))
    thumbnail: Mapped[str] = mapped_column(ForeignKey("upload.sha256"))
    width: Mapped[int]
    height: Mapped[int]
    taken_on: Mapped[date | None]


class FindingPhoto(Numbered, Base):
    """A photo of a finding, before or after it was put right."""

    __tablename__ = "finding_photo"
    __table_args__ = (Index(None, "finding_id"), Index(None, "upload"))

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    side: Mapped[str]
    upload: Mapped[str] = mapped_column(ForeignKey("photo.upload"))
    file_name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    added_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None]


class Patrol(Numbered, Versioned, Base):
    """One round of a river, forest or field chief, or of anybody else who patrols; one entered wrongly is withdrawn."""

    __tablename__ = "patrol"
    __table_args__ = (Index(None, "cycle_id", "unit"), Index(None, "cycle_id", "started_at"))

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    unit: Mapped[str]
    kind: Mapped[str]
    chief: Mapped[str]
    route: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    metres: Mapped[int]
    minutes: Mapped[int]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None]
    withdrawn_why: Mapped[str | None]
