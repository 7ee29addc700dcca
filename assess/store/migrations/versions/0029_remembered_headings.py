"""Which figure a heading stood for that a department once explained."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Make the table."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "remembered_heading",
        sa.Column("id", number, nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("made_by", number, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_remembered_heading"),
        sa.UniqueConstraint("department", "key", name="uq_remembered_heading_department_key"),
    )
