"""What the filters of the log go by."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0016"
down_revision = "0015"

ORDERS: Final = (
    ("subject", "action", "account_id", "at", "number"),
    ("account_id", "action", "subject", "at", "number"),
    ("action", "subject", "at", "number"),
    ("at", "number"),
)
"""Whatever is asked for is counted and found in one of these orders, without the entries themselves."""


def upgrade() -> None:
    """Take the narrower indexes away and make those."""
    for narrow in ("subject", "at"):
        op.drop_index(f"ix_audit_entry_{narrow}", "audit_entry")
    for columns in ORDERS:
        op.create_index(f"ix_audit_entry_{'_'.join(columns)}", "audit_entry", list(columns))
