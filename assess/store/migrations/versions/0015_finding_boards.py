"""The indexes that lists behind the numbers of a board, and the ages of what is open, go by."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"

NARROWING = ["unit", "kind", "domain", "source", "found_on", "waits_for_decision", "reckoned", "returns", "repeat_of"]


def upgrade() -> None:
    """Widen the index of lists, and make that of ages."""
    op.drop_index("ix_finding_listed", "finding")
    op.create_index("ix_finding_listed", "finding", ["cycle_id", "urgency", "number", *NARROWING])
    op.create_index("ix_finding_aged", "finding", ["cycle_id", "reckoned", "found_on", "unit"])
