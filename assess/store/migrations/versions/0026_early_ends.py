"""Moves that a second person approves, and stages that were ended before their last day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("state = 'asked'")


def upgrade() -> None:
    """Make the table and the columns."""
    op.add_column("stage_date", sa.Column("ended", sa.Date(), nullable=True))
    op.add_column("stage_move", sa.Column("cut_short", sa.Date(), nullable=True))
    op.add_column("stage_move", sa.Column("approved_by", NUMBER, nullable=True))
    op.create_table(
        "move_request",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        link("cycle_id", "cycle"),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        link("run", "run", nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        link("asked_by", "account"),
        sa.Column("asked_at", MOMENT, nullable=False),
        link("decided_by", "account", nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("ruling", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_move_request"),
    )
    op.create_index("ix_move_request_cycle_id", "move_request", ["cycle_id"])
    op.create_index(
        "uq_move_request_open", "move_request", ["cycle_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )


def link(name: str, to: str, *, nullable: bool = False) -> sa.Column[int]:
    """A column that names a row of another table."""
    return sa.Column(name, NUMBER, sa.ForeignKey(f"{to}.id", name=f"fk_move_request_{name}_{to}"), nullable=nullable)
