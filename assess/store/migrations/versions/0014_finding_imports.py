"""The table of the rows of files of findings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "imported_finding",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        link("import_id", "import", nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", NUMBER, nullable=False),
        *texts("external", "external_key", "verdict", "unit", "source", "kind", "domain", "what", "place", "place_key"),
        sa.Column("found_on", sa.Date(), nullable=False),
        *texts("standard", "responsible"),
        *(sa.Column(name, NUMBER, nullable=True) for name in ("latitude", "longitude")),
        sa.Column("deadline", sa.Date(), nullable=True),
        link("earlier_id", "finding", nullable=True),
        *texts("earlier_row"),
        link("finding_id", "finding", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_imported_finding"),
    )
    op.create_index("ix_imported_finding_import_id_verdict", "imported_finding", ["import_id", "verdict"])
    op.create_index("ix_imported_finding_external_key", "imported_finding", ["external_key"])
    op.create_index("ix_imported_finding_finding_id", "imported_finding", ["finding_id"])


def link(name: str, to: str, *, nullable: bool) -> sa.Column[int]:
    """A column that names a row of another table."""
    key = sa.ForeignKey(f"{to}.id", name=f"fk_imported_finding_{name}_{to}")
    return sa.Column(name, NUMBER, key, nullable=nullable)


def texts(*names: str) -> list[sa.Column[str]]:
    """Columns of text."""
    return [sa.Column(name, sa.String(), nullable=False) for name in names]
