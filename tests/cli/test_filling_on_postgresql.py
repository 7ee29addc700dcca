"""`assess demo` on PostgreSQL, as on SQLite."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgres import Postgres
from tests.sites import Account, Demonstration, demonstration


@pytest.mark.soak
def test_a_year_is_filled_and_archived_on_postgresql_as_on_sqlite(
    sqlite_demonstration: Demonstration, postgres: Postgres, tmp_path: Path
):
    accounts: list[Account] = []
    postgres.new_template(
        lambda address: accounts.extend(demonstration(tmp_path / "instance", address, "--stage", "archived").accounts)
    )

    assert [known(each) for each in accounts] == [known(each) for each in sqlite_demonstration.accounts]


def known(account: Account) -> Account:
    """An account without its password, which is drawn anew."""
    return {name: value for name, value in account.items() if name != "password"}
