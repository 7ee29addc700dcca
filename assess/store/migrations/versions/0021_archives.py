"""The tables of archives of years."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
MADE: Final = "archive"


def upgrade() -> None:
    """Make the tables."""
    create_archive_order()
    create_archive()
    refuse_changes()


def row_number() -> sa.Column[int]:
    """The number of a row."""
    return sa.Column("id", NUMBER, autoincrement=True, nullable=False)


def number(name: str, nullable: bool = False) -> sa.Column[int]:
    """A column of numbers."""
    return sa.Column(name, NUMBER, nullable=nullable)


def link(table: str, name: str, to: str) -> sa.Column[int] | sa.Column[str]:
    """A column that names a row of another table."""
    key = sa.ForeignKey(to, name=f"fk_{table}_{name}_{to.partition('.')[0]}")
    if to.endswith("sha256"):
        return sa.Column(name, sa.String(), key, nullable=False)
    return sa.Column(name, NUMBER, key, nullable=False)


def create_archive_order() -> None:
    """Archives that were asked for."""
    op.create_table(
        "archive_order",
        row_number(),
        link("archive_order", "cycle_id", "cycle.id"),
        number("number"),
        number("log_last"),
        sa.Column("log_head", sa.String(), nullable=False),
        number("job", nullable=True),
        link("archive_order", "asked_by", "account.id"),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_archive_order"),
        sa.UniqueConstraint("cycle_id", "number", name="uq_archive_order_cycle_id_number"),
    )


def create_archive() -> None:
    """The files that were made."""
    op.create_table(
        MADE,
        row_number(),
        link(MADE, "order_id", "archive_order.id"),
        link(MADE, "sha256", "upload.sha256"),
        number("size"),
        number("members"),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_archive"),
        sa.UniqueConstraint("order_id", name="uq_archive_order_id"),
    )


def refuse_changes() -> None:
    """The database itself refuses to change or delete what was archived."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER archive_no_{change.lower()} BEFORE {change} ON archive "
                "BEGIN SELECT RAISE(ABORT, 'an archive is never changed'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_archive_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'an archive is never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER archive_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON archive "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_archive_change()"
    )
