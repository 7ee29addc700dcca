"""The table of forms that were sent, each of which records one finding at most."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "finding_once",
        *(
            sa.Column(
                f"{name}_id",
                NUMBER,
                sa.ForeignKey(f"{name}.id", name=f"fk_finding_once_{name}_id_{name}"),
                nullable=name == "finding",
                autoincrement=False,
            )
            for name in ("cycle", "account", "finding")
        ),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("cycle_id", "account_id", "word", name="pk_finding_once"),
    )
