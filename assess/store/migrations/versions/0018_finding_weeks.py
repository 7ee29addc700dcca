"""When findings were changed last and linked as repeats, by which a week is told as the ledger had it then."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add both moments, as far as they are known, and the indexes that weeks go by."""
    op.add_column("finding", sa.Column("linked_at", MOMENT, nullable=True))
    op.add_column("finding", sa.Column("changed_at", MOMENT, nullable=True))
    op.execute(
        "UPDATE finding SET changed_at = (SELECT max(entered_at) FROM finding_event "
        "WHERE finding_id = finding.id AND entered_at > finding.recorded_at)"
    )
    op.execute("UPDATE finding SET linked_at = recorded_at WHERE repeat_of IS NOT NULL")
    for moments in (["recorded_at", "changed_at"], ["linked_at"]):
        op.create_index(f"ix_finding_cycle_id_{'_'.join(moments)}", "finding", ["cycle_id", *moments])
