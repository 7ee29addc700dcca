"""The tables of figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON()
CURRENT = sa.text("superseded_at IS NULL")


def upgrade() -> None:
    """Make the tables."""
    create_batch()
    create_value()


def create_batch() -> None:
    """Batches of figures."""
    op.create_table(
        "batch",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_batch_cycle_id_cycle"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("upload", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column(
            "submission_id",
            NUMBER,
            sa.ForeignKey("submission.id", name="fk_batch_submission_id_submission"),
            nullable=True,
        ),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("made_by", NUMBER, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
    )
    op.create_index("ix_batch_cycle_id_kind", "batch", ["cycle_id", "kind"])


def create_value() -> None:
    """Values."""
    op.create_table(
        "value",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_value_cycle_id_cycle"), nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("millionths", NUMBER, nullable=True),
        sa.Column("word", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("batch_id", NUMBER, sa.ForeignKey("batch.id", name="fk_value_batch_id_batch"), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("entered_by", NUMBER, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("supersedes", NUMBER, sa.ForeignKey("value.id", name="fk_value_supersedes_value"), nullable=True),
        sa.Column("superseded_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_value"),
        sa.CheckConstraint("millionths IS NULL OR word IS NULL", name="ck_value_one_value"),
    )
    op.create_index("ix_value_batch_id_unit_figure_period", "value", ["batch_id", "unit", "figure", "period"])
    op.create_index(
        "uq_value_current",
        "value",
        ["cycle_id", "year", "unit", "figure", "period"],
        unique=True,
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    )
