"""The tables of certifying and of panels."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
SITTING = sa.text("left_at IS NULL")
CURRENT = sa.text("superseded_at IS NULL")


def upgrade() -> None:
    """Make the tables."""
    create_value_event()
    create_panellist()
    create_mark()


def create_value_event() -> None:
    """Steps of reported values."""
    op.create_table(
        "value_event",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("value_id", NUMBER, sa.ForeignKey("value.id", name="fk_value_event_value_id_value"), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("done_by", NUMBER, nullable=False),
        sa.Column("done_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_value_event"),
    )
    op.create_index("ix_value_event_value_id", "value_event", ["value_id"])


def create_panellist() -> None:
    """Members of panels."""
    op.create_table(
        "panellist",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_panellist_cycle_id_cycle"), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column(
            "account_id", NUMBER, sa.ForeignKey("account.id", name="fk_panellist_account_id_account"), nullable=False
        ),
        sa.Column("named_by", NUMBER, nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_panellist"),
    )
    op.create_index(
        "uq_panellist_sitting", "panellist", ["cycle_id", "figure", "account_id"], unique=True,
        sqlite_where=SITTING, postgresql_where=SITTING,
    )  # fmt: skip


def create_mark() -> None:
    """Points of panel members."""
    op.create_table(
        "mark",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_mark_cycle_id_cycle"), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("account_id", NUMBER, sa.ForeignKey("account.id", name="fk_mark_account_id_account"), nullable=False),
        sa.Column("millionths", NUMBER, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("supersedes", NUMBER, sa.ForeignKey("mark.id", name="fk_mark_supersedes_mark"), nullable=True),
        sa.Column("superseded_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mark"),
    )
    op.create_index(
        "uq_mark_current", "mark", ["cycle_id", "figure", "unit", "period", "account_id"], unique=True,
        sqlite_where=CURRENT, postgresql_where=CURRENT,
    )  # fmt: skip
