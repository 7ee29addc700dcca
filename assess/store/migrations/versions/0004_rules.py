"""The tables of rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON()


def upgrade() -> None:
    """Make the tables."""
    create_sheet_version()


def create_sheet_version() -> None:
    """Sheet versions."""
    op.create_table(
        "sheet_version",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column(
            "cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_sheet_version_cycle_id_cycle"), nullable=False
        ),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("tree", JSON, nullable=False),
        sa.Column("upload", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("loaded_by", NUMBER, nullable=False),
        sa.Column("loaded_at", MOMENT, nullable=False),
        sa.Column("published_by", NUMBER, nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sheet_version"),
        sa.UniqueConstraint("cycle_id", "number", name="uq_sheet_version_cycle_id_number"),
    )
