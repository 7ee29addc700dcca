"""What the office sees of attempts to sign in that failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from assess.core.accounts.throttle import OF_CALLER
from assess.services.accounts.signing_in import FAILURES_KEPT
from assess.store.queries.failed_sign_ins import FailedName, failed_names, failed_without_account
from assess.store.session import Session

A_TOKEN: Final = "a token"
"""Under this name refused tokens of systems are counted; no person has one with a blank."""
RECENT: Final = timedelta(days=1)


@dataclass(frozen=True)
class FailedAccount:
    """Failed attempts under the name of one account; `addresses` with how many came from each, the most first."""

    account: int
    name: str
    username: str
    addresses: Mapping[str, int]
    last: datetime

    @property
    def failures(self) -> int:
        """How many there were."""
        return sum(self.addresses.values())


class FailedSignIns(NamedTuple):
    """Failed attempts of the last days: by account, and how many under other names from how many addresses."""

    accounts: list[FailedAccount]
    others: int
    other_addresses: int


def failed_sign_ins(session: Session, *, now: datetime) -> FailedSignIns:
    """All that failed as long as it is kept (2 queries)."""
    since = now - FAILURES_KEPT
    return FailedSignIns(
        by_account(failed_names(session, since=since)), *failed_without_account(session, since=since, but=A_TOKEN)
    )


def number_under_attack(session: Session, *, now: datetime) -> int:
    """How many accounts had so many failed attempts in a day that further ones had to wait (1 query)."""
    failed = by_account(failed_names(session, since=now - RECENT))
    return sum(each.failures >= OF_CALLER.failures for each in failed)


def by_account(rows: list[FailedName]) -> list[FailedAccount]:
    """Attempts put together by account, the most often failed first."""
    rows_of: dict[int, list[FailedName]] = {}
    for row in rows:
        rows_of.setdefault(row.account, []).append(row)
    failed = [
        FailedAccount(
            account=account,
            name=own[0].name,
            username=own[0].username,
            addresses={row.address: row.failures for row in own},
            last=max(row.last for row in own),
        )
        for account, own in rows_of.items()
    ]
    return sorted(failed, key=lambda each: (-each.failures, each.username))
