"""The tables of hand-overs."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NEVER_CHANGED: Final = ("handover", "handover_file", "handover_receipt")


def upgrade() -> None:
    """Make the tables."""
    create_handover()
    create_handover_file()
    create_handover_receipt()
    refuse_changes()


def link(table: str, name: str, to: str) -> sa.Column[int] | sa.Column[str]:
    """A column that names a row of another table."""
    key = sa.ForeignKey(to, name=f"fk_{table}_{name}_{to.partition('.')[0]}")
    if to.endswith("sha256"):
        return sa.Column(name, sa.String(), key, nullable=False)
    return sa.Column(name, NUMBER, key, nullable=False)


def number(name: str) -> sa.Column[int]:
    """A column of numbers."""
    return sa.Column(name, NUMBER, nullable=False)


def row_number() -> sa.Column[int]:
    """The number of a row."""
    return sa.Column("id", NUMBER, autoincrement=True, nullable=False)


def create_handover() -> None:
    """What was handed over."""
    op.create_table(
        "handover",
        row_number(),
        link("handover", "cycle_id", "cycle.id"),
        number("number"),
        link("handover", "seal_id", "seal.id"),
        link("handover", "handed_by", "account.id"),
        sa.Column("handed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handover"),
        sa.UniqueConstraint("cycle_id", "number", name="uq_handover_cycle_id_number"),
    )


def create_handover_file() -> None:
    """Its files."""
    op.create_table(
        "handover_file",
        row_number(),
        link("handover_file", "handover_id", "handover.id"),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "language", "name")),
        link("handover_file", "sha256", "upload.sha256"),
        number("size"),
        sa.PrimaryKeyConstraint("id", name="pk_handover_file"),
        sa.UniqueConstraint("handover_id", "kind", "language", name="uq_handover_file_handover_id_kind_language"),
    )


def create_handover_receipt() -> None:
    """Who acknowledged it."""
    op.create_table(
        "handover_receipt",
        row_number(),
        link("handover_receipt", "handover_id", "handover.id"),
        link("handover_receipt", "account_id", "account.id"),
        number("number"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handover_receipt"),
        sa.UniqueConstraint("handover_id", "account_id", name="uq_handover_receipt_handover_id_account_id"),
        sa.UniqueConstraint("handover_id", "number", name="uq_handover_receipt_handover_id_number"),
    )


def refuse_changes() -> None:
    """The database itself refuses to change or delete anything that was handed over."""
    if op.get_bind().dialect.name == "sqlite":
        for table in NEVER_CHANGED:
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'a hand-over is never changed'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_handover_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a hand-over is never changed'; END $$"
    )
    for table in NEVER_CHANGED:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_handover_change()"
        )
