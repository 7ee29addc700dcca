"""Why a result was sealed although its rule sheet was not issued."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Add the column."""
    op.add_column("seal_order", sa.Column("unissued", sa.String(), nullable=True))
