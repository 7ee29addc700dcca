"""The tables of tasks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON()


def upgrade() -> None:
    """Make the tables."""
    create_obligation()
    create_task()
    create_task_list_version()
    create_obligation_report()


def create_obligation() -> None:
    """Obligations."""
    op.create_table(
        "obligation",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_obligation_cycle_id_cycle"), nullable=False),
        sa.Column("task_no", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("progress", NUMBER, nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("reports", NUMBER, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_obligation"),
        sa.UniqueConstraint("cycle_id", "task_no", "unit", name="uq_obligation_cycle_id_task_no_unit"),
    )
    op.create_index("ix_obligation_cycle_id_unit", "obligation", ["cycle_id", "unit"])


def create_task() -> None:
    """Tasks."""
    op.create_table(
        "task",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_task_cycle_id_cycle"), nullable=False),
        sa.Column("place", NUMBER, nullable=False),
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=True),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=True),
        sa.Column("tree", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.UniqueConstraint("cycle_id", "no", name="uq_task_cycle_id_no"),
    )


def create_task_list_version() -> None:
    """Task list versions."""
    op.create_table(
        "task_list_version",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column(
            "cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_task_list_version_cycle_id_cycle"), nullable=False
        ),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("tree", JSON, nullable=False),
        sa.Column("upload", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("loaded_by", NUMBER, nullable=False),
        sa.Column("loaded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_task_list_version"),
        sa.UniqueConstraint("cycle_id", "number", name="uq_task_list_version_cycle_id_number"),
    )


def create_obligation_report() -> None:
    """Obligation reports."""
    op.create_table(
        "obligation_report",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column(
            "obligation_id",
            NUMBER,
            sa.ForeignKey("obligation.id", name="fk_obligation_report_obligation_id_obligation"),
            nullable=False,
        ),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("progress", NUMBER, nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column(
            "reported_by",
            NUMBER,
            sa.ForeignKey("account.id", name="fk_obligation_report_reported_by_account"),
            nullable=False,
        ),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_obligation_report"),
    )
    op.create_index("ix_obligation_report_obligation_id_period", "obligation_report", ["obligation_id", "period"])
