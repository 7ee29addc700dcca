"""The table of files of released results that were asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "download",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        link("cycle_id", "cycle", NUMBER),
        link("release_id", "release", NUMBER),
        sa.Column("edition", NUMBER, nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("job", NUMBER, nullable=True),
        link("asked_by", "account", NUMBER),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column(
            "sha256",
            sa.String(),
            sa.ForeignKey("upload.sha256", name="fk_download_sha256_upload"),
            nullable=True,
        ),
        sa.Column("size", NUMBER, nullable=True),
        sa.Column("made_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_download"),
        sa.UniqueConstraint("content", name="uq_download_content"),
    )
    op.create_index("ix_download_cycle_id", "download", ["cycle_id"])


def link(name: str, to: str, kind: sa.types.TypeEngine[int]) -> sa.Column[int]:
    """A column that names a row of another table."""
    return sa.Column(name, kind, sa.ForeignKey(f"{to}.id", name=f"fk_download_{name}_{to}"), nullable=False)
