"""The tables of forms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON()


def upgrade() -> None:
    """Make the tables."""
    create_draft()
    create_reminder()
    create_submission()
    create_answer()
    create_submission_event()


def create_draft() -> None:
    """Drafts."""
    op.create_table(
        "draft",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_draft_cycle_id_cycle"), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("saved_by", NUMBER, sa.ForeignKey("account.id", name="fk_draft_saved_by_account"), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("cycle_id", "unit", "section", name="uq_draft_cycle_id_unit_section"),
    )


def create_reminder() -> None:
    """Reminders."""
    op.create_table(
        "reminder",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_reminder_cycle_id_cycle"), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("sent_by", NUMBER, sa.ForeignKey("account.id", name="fk_reminder_sent_by_account"), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
    )
    op.create_index("ix_reminder_cycle_id_unit", "reminder", ["cycle_id", "unit"])


def create_submission() -> None:
    """Submissions."""
    op.create_table(
        "submission",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_submission_cycle_id_cycle"), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("times", NUMBER, nullable=False),
        sa.Column("receipt", sa.String(), nullable=True),
        sa.Column("leader", sa.String(), nullable=True),
        sa.Column(
            "submitted_by",
            NUMBER,
            sa.ForeignKey("account.id", name="fk_submission_submitted_by_account"),
            nullable=True,
        ),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("returned_reason", sa.String(), nullable=True),
        sa.Column("signed_copy", sa.String(), nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint("cycle_id", "unit", name="uq_submission_cycle_id_unit"),
        sa.UniqueConstraint("receipt", name="uq_submission_receipt"),
    )


def create_answer() -> None:
    """Answers."""
    op.create_table(
        "answer",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("draft_id", NUMBER, sa.ForeignKey("draft.id", name="fk_answer_draft_id_draft"), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("typed_by", NUMBER, sa.ForeignKey("account.id", name="fk_answer_typed_by_account"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
        sa.UniqueConstraint("draft_id", "figure", "period", name="uq_answer_draft_id_figure_period"),
    )


def create_submission_event() -> None:
    """Submission events."""
    op.create_table(
        "submission_event",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column(
            "submission_id",
            NUMBER,
            sa.ForeignKey("submission.id", name="fk_submission_event_submission_id_submission"),
            nullable=False,
        ),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("receipt", sa.String(), nullable=True),
        sa.Column("leader", sa.String(), nullable=True),
        sa.Column("answers", JSON, nullable=True),
        sa.Column(
            "done_by", NUMBER, sa.ForeignKey("account.id", name="fk_submission_event_done_by_account"), nullable=False
        ),
        sa.Column("done_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submission_event"),
    )
    op.create_index("ix_submission_event_submission_id", "submission_event", ["submission_id"])
