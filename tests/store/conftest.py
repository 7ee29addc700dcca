"""The table that jobs of tests append to."""

from __future__ import annotations

import pytest

from assess.store.session import Database
from tests.store.appending import make_table


@pytest.fixture
def table(database: Database) -> Database:
    """A database with the table that jobs append to."""
    make_table(database)
    return database
