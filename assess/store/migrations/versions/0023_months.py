"""The tables of the interim ranking of each month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "month_day",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        link("month_day", "cycle_id", "cycle"),
        sa.Column("day", NUMBER, nullable=True),
        link("month_day", "set_by", "account"),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_month_day"),
    )
    op.create_index("ix_month_day_cycle_id", "month_day", ["cycle_id"])
    op.create_table(
        "month_order",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        link("month_order", "cycle_id", "cycle"),
        sa.Column("month", sa.String(), nullable=False),
        link("month_order", "order_id", "run_order"),
        sa.PrimaryKeyConstraint("id", name="pk_month_order"),
        sa.UniqueConstraint("cycle_id", "month", name="uq_month_order_cycle_id_month"),
    )


def link(table: str, name: str, to: str) -> sa.Column[int]:
    """A column that names a row of another table."""
    return sa.Column(name, NUMBER, sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{name}_{to}"), nullable=False)
