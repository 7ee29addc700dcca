from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assess.store.session import Database


def test_an_error_of_the_database_tells_nothing_of_what_was_typed(database: Database):
    query = text("SELECT number FROM no_such_table WHERE digest = :typed")

    with pytest.raises(DBAPIError) as caught, database.reading() as session:
        session.execute(query, {"typed": "what nobody may read"})

    assert "no_such_table" in str(caught.value)
    assert "what nobody may read" not in str(caught.value)
