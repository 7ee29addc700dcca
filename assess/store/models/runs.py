"""Scoring runs: what each was made of and what came of it; nothing of a run is ever changed, only superseded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import AppendOnly, Base, Json, Numbered


class RunOrder(Numbered, Base):
    """Somebody asked for a run; `job` is the number of the job that makes it, `words` why it is made."""

    __tablename__ = "run_order"
    __table_args__ = (Index(None, "cycle_id"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    kind: Mapped[str]
    words: Mapped[str]
    day: Mapped[date]
    job: Mapped[int | None]
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]


class Run(Numbered, AppendOnly, Base):
    """One scoring of all units; `number` counts the runs of a year from 1 without gaps.

    `inputs` is the SHA-256 of the frozen inputs, a zip of the files that `assess score` reads, `results` that of the
    JSON that it writes. `day` is the day as of which deadlines were judged, `engine` the version of the program.
    """

    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("cycle_id", "number"), UniqueConstraint("order_id"))

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    number: Mapped[int]
    order_id: Mapped[int] = mapped_column(ForeignKey("run_order.id"))
    kind: Mapped[str]
    words: Mapped[str]
    day: Mapped[date]
    sheet_version: Mapped[int] = mapped_column(ForeignKey("sheet_version.id"))
    rule_digest: Mapped[str]
    inputs_digest: Mapped[str]
    engine: Mapped[str]
    inputs: Mapped[str] = mapped_column(ForeignKey("upload.sha256"))
    results: Mapped[str] = mapped_column(ForeignKey("upload.sha256"))
    units: Mapped[int]
    scored: Mapped[int]
    blocked: Mapped[int]
    missing: Mapped[int]
    warnings: Mapped[int]
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    made_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]


class RunUnit(AppendOnly, Base):
    """The result of one unit: printed texts, and numbers to sort by; ranks are doubled, as ties may share a half.

    `best` to `worst` are its doubled ranks over all re-scorings with varied weights, `likely_…` those of the middle
    90 %. `adjustments` are those that took effect: id, effect, clause and words.
    """

    __tablename__ = "run_unit"
    __table_args__ = (Index(None, "run_id", "group_id", "rank"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    group_id: Mapped[str | None]
    state: Mapped[str]
    total: Mapped[str | None]
    total_millionths: Mapped[int | None]
    base: Mapped[str | None]
    rank: Mapped[int | None]
    of: Mapped[int | None]
    grade: Mapped[str | None]
    converted: Mapped[str | None]
    converted_millionths: Mapped[int | None]
    best: Mapped[int | None]
    worst: Mapped[int | None]
    likely_best: Mapped[int | None]
    likely_worst: Mapped[int | None]
    adjustments: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class RunLine(AppendOnly, Base):
    """The line of one node, an item or a section, of one unit; its sentence is made from `facts`."""

    __tablename__ = "run_line"
    __table_args__ = (Index(None, "run_id", "node"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    node: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    score: Mapped[str | None]
    millionths: Mapped[int | None]
    full: Mapped[str]
    state: Mapped[str]
    facts: Mapped[Json]


class RunSentence(AppendOnly, Base):
    """A sentence with blanks that lines of a run fill with their facts."""

    __tablename__ = "run_sentence"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    zh: Mapped[str]
    en: Mapped[str]


class RunValue(AppendOnly, Base):
    """A figure that a run was made of, as it was read; `value_id` is the kept value, None where it was counted.

    `origin` is `value`, `task-list` or `ledger`; `year` the year it is of.
    """

    __tablename__ = "run_value"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    figure: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    origin: Mapped[str]
    value_id: Mapped[int | None] = mapped_column(ForeignKey("value.id"))


class RunMember(AppendOnly, Base):
    """Points of one post of the leadership team of a unit."""

    __tablename__ = "run_member"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    post: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    points: Mapped[str | None]
    millionths: Mapped[int | None]


class RunWarning(AppendOnly, Base):
    """What the reader of a run should know of one unit: an adjustment or correction that could not be told."""

    __tablename__ = "run_warning"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str]
    about: Mapped[str]
    clause: Mapped[str]
    zh: Mapped[str]
    en: Mapped[str]


class Release(Numbered, AppendOnly, Base):
    """A run was made the result that counts: `provisional` for the notice, `final` at the seal.

    `move_id` is the move by which the year came to its notice, so that a year that went back shows nothing until it
    is released anew; None where it never moved.
    """

    __tablename__ = "release"
    __table_args__ = (Index(None, "cycle_id", "standing"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    standing: Mapped[str]
    words: Mapped[str]
    move_id: Mapped[int | None] = mapped_column(ForeignKey("stage_move.id"))
    released_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    released_at: Mapped[datetime]
