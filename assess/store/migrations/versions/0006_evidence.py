"""The tables of evidence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    create_upload()
    create_deposit()
    create_attachment()


def create_upload() -> None:
    """Uploads."""
    op.create_table(
        "upload",
        sa.Column("sha256", sa.String(), autoincrement=False, nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("kept_by", NUMBER, nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_upload"),
    )


def create_deposit() -> None:
    """Deposits."""
    op.create_table(
        "deposit",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column(
            "upload", sa.String(), sa.ForeignKey("upload.sha256", name="fk_deposit_upload_upload"), nullable=False
        ),
        sa.Column(
            "account_id", NUMBER, sa.ForeignKey("account.id", name="fk_deposit_account_id_account"), nullable=False
        ),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deposit"),
        sa.UniqueConstraint("upload", "account_id", name="uq_deposit_upload_account_id"),
    )


def create_attachment() -> None:
    """Attachments."""
    op.create_table(
        "attachment",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_attachment_cycle_id_cycle"), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column(
            "upload", sa.String(), sa.ForeignKey("upload.sha256", name="fk_attachment_upload_upload"), nullable=False
        ),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column(
            "attached_by", NUMBER, sa.ForeignKey("account.id", name="fk_attachment_attached_by_account"), nullable=False
        ),
        sa.Column("attached_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index("ix_attachment_cycle_id_unit", "attachment", ["cycle_id", "unit"])
    op.create_index("ix_attachment_upload", "attachment", ["upload"])
