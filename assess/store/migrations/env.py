"""How Alembic meets the database: on the connection it is handed, in one transaction."""

from __future__ import annotations

from alembic import context

from assess.store import models  # noqa: F401 - all tables are known
from assess.store.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
