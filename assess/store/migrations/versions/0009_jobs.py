"""The tables of jobs and mails."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON()


def upgrade() -> None:
    """Make the tables."""
    create_job()
    create_mail()


def create_job() -> None:
    """Jobs."""
    op.create_table(
        "job",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("arguments", JSON, nullable=False),
        sa.Column("asked_by", NUMBER, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("run_after", MOMENT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", NUMBER, nullable=False),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("steps_done", NUMBER, nullable=False),
        sa.Column("steps", NUMBER, nullable=False),
        sa.Column("told", JSON, nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_index("ix_job_state_run_after", "job", ["state", "run_after"])


def create_mail() -> None:
    """Mails."""
    op.create_table(
        "mail",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("account_id", NUMBER, sa.ForeignKey("account.id", name="fk_mail_account_id_account"), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mail"),
        sa.UniqueConstraint("message_id", name="uq_mail_message_id"),
    )
    op.create_index("ix_mail_account_id", "mail", ["account_id"])
