from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from assess.store.base import Base
from assess.store.migrating import migrate
from assess.store.session import Database


def test_a_migrated_database_has_the_tables_of_the_models(database: Database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_changes_nothing(database: Database, database_url: str):
    migrate(database_url)

    assert database.answers()
