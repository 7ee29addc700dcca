"""Failed sign-ins know the browser they came from, and are kept when a success cleared them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add both columns; failures of before came from browsers that are not known."""
    with op.batch_alter_table("sign_in_failure") as table:
        table.add_column(sa.Column("browser", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("cleared", sa.Boolean(), nullable=False, server_default=sa.false()))
