"""The tables of the ledger of findings."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    create_patrol()
    create_finding_counter()
    create_finding()
    create_finding_indexes()
    create_finding_event()
    refuse_changes()
    create_photo()
    create_finding_photo()


def link(table: str, name: str, to: str, **given: Any) -> sa.Column[Any]:
    """A column that names a row of another table."""
    kind = sa.String() if to.endswith(("sha256", "upload")) else NUMBER
    key = sa.ForeignKey(to, name=f"fk_{table}_{name}_{to.partition('.')[0]}")
    return sa.Column(name, kind, key, nullable=given.pop("nullable", False), **given)


def create_patrol() -> None:
    """Rounds."""
    op.create_table(
        "patrol",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        link("patrol", "cycle_id", "cycle.id"),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("chief", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=False),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("metres", "minutes")),
        link("patrol", "recorded_by", "account.id"),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", NUMBER, nullable=True),
        sa.Column("withdrawn_why", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_patrol"),
    )
    op.create_index("ix_patrol_cycle_id_unit", "patrol", ["cycle_id", "unit"])
    op.create_index("ix_patrol_cycle_id_started_at", "patrol", ["cycle_id", "started_at"])


def create_finding_counter() -> None:
    """Numbers given last."""
    op.create_table(
        "finding_counter",
        link("finding_counter", "cycle_id", "cycle.id"),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("last", "changes")),
        sa.PrimaryKeyConstraint("cycle_id", name="pk_finding_counter"),
    )


def create_finding() -> None:
    """Findings."""
    op.create_table(
        "finding",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        link("finding", "cycle_id", "cycle.id"),
        sa.Column("number", NUMBER, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("unit", "source", "kind", "domain")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("what", "place", "place_key", "sought")),
        sa.Column("latitude", NUMBER, nullable=True),
        sa.Column("longitude", NUMBER, nullable=True),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=False),
        link("finding", "patrol_id", "patrol.id", nullable=True),
        link("finding", "repeat_of", "finding.id", nullable=True),
        link("finding", "recorded_by", "account.id"),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("found_on", "since")),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("deadline", "fixed_on", "closed_on")),
        sa.Column("days", NUMBER, nullable=True),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("returns", "reopenings", "extensions", "suspensions")),
        sa.Column("waits_for_decision", sa.Boolean(), nullable=False),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("urgency", "reckoned", "events")),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
        sa.UniqueConstraint("cycle_id", "number", name="uq_finding_cycle_id_number"),
    )


def create_finding_indexes() -> None:
    """What lists and counts of findings go by."""
    narrowing = ["unit", "kind", "domain", "source", "found_on", "waits_for_decision"]
    counted = ["deadline", "returns", "repeat_of", "days"]
    by_kind = ["cycle_id", "kind", "domain", "source", "reckoned"]
    op.create_index("ix_finding_listed", "finding", ["cycle_id", "urgency", "number", *narrowing])
    op.create_index("ix_finding_cycle_id_unit_urgency_number", "finding", ["cycle_id", "unit", "urgency", "number"])
    op.create_index("ix_finding_cycle_id_unit_kind_place_key", "finding", ["cycle_id", "unit", "kind", "place_key"])
    by_unit = ["cycle_id", "unit", "reckoned", *counted, "kind", "domain", "source"]
    op.create_index("ix_finding_counted_by_unit", "finding", by_unit)
    op.create_index("ix_finding_counted_by_kind", "finding", [*by_kind, *counted])
    op.create_index("ix_finding_repeat_of", "finding", ["repeat_of"])
    op.create_index("ix_finding_patrol_id", "finding", ["patrol_id"])


def create_finding_event() -> None:
    """Histories of findings."""
    op.create_table(
        "finding_event",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        link("finding_event", "finding_id", "finding.id"),
        sa.Column("step", sa.String(), nullable=False),
        link("finding_event", "done_by", "account.id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("relief", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_finding_event"),
    )
    op.create_index("ix_finding_event_finding_id", "finding_event", ["finding_id"])


def refuse_changes() -> None:
    """The database itself refuses to change or delete an entry of a finding's history."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER finding_event_no_{change.lower()} BEFORE {change} ON finding_event "
                "BEGIN SELECT RAISE(ABORT, 'the history of a finding is never changed'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the history of a finding is never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER finding_event_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON finding_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()"
    )


def create_photo() -> None:
    """Pictures made of photos."""
    op.create_table(
        "photo",
        *(link("photo", name, "upload.sha256") for name in ("upload", "picture", "thumbnail")),
        sa.Column("width", NUMBER, nullable=False),
        sa.Column("height", NUMBER, nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("upload", name="pk_photo"),
    )


def create_finding_photo() -> None:
    """Photos of findings."""
    op.create_table(
        "finding_photo",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        link("finding_photo", "finding_id", "finding.id"),
        sa.Column("side", sa.String(), nullable=False),
        link("finding_photo", "upload", "photo.upload"),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        link("finding_photo", "added_by", "account.id"),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_finding_photo"),
    )
    op.create_index("ix_finding_photo_finding_id", "finding_photo", ["finding_id"])
    op.create_index("ix_finding_photo_upload", "finding_photo", ["upload"])
