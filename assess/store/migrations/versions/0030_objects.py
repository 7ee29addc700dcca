"""The lists of the objects of units, and exemptions from parts of items."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Make the table, and have an exemption say which part it is of."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "object_list_version",
        sa.Column("id", number, nullable=False),
        sa.Column("cycle_id", number, nullable=False),
        sa.Column("number", number, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("tree", sa.JSON(), nullable=False),
        sa.Column("upload", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("loaded_by", number, nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_object_list_version"),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name="fk_object_list_version_cycle_id_cycle"),
        sa.UniqueConstraint("cycle_id", "number", name="uq_object_list_version_cycle_id_number"),
    )
    op.add_column("exemption", sa.Column("part", sa.String(), nullable=False, server_default=""))
    op.drop_index("uq_exemption_one", "exemption")
    holds = sa.text("state IN ('asked', 'approved')")
    columns = ["cycle_id", "unit", "item", "part"]
    op.create_index("uq_exemption_one", "exemption", columns, unique=True, sqlite_where=holds, postgresql_where=holds)
