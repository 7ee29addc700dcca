"""How long an attempt to sign in waits after attempts that failed: ever longer, never for good."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

WINDOW: Final = timedelta(minutes=15)
"""Failures before this no longer count."""
FIRST_WAIT: Final = timedelta(seconds=15)
"""The wait after the first failure that is too many; each further one doubles it."""
NO_WAIT: Final = timedelta(0)


class Limit(NamedTuple):
    """So many failures have no consequence; from then on attempts wait, `longest` at most."""

    failures: int
    longest: timedelta


OF_CALLER: Final = Limit(5, timedelta(minutes=5))
"""Under one name, by one known browser or from one address."""
OF_NAME: Final = Limit(20, timedelta(seconds=30))
"""Under one name by unknown browsers, wherever they are: a stranger who guesses cannot shut its owner out for long."""
OF_ADDRESS: Final = Limit(50, timedelta(seconds=30))
"""Under any name by unknown browsers of one address, which a whole district may share."""


class Failures(NamedTuple):
    """How many attempts failed within the window, and when the last one did."""

    number: int
    last: datetime | None


def wait_after(failures: Failures, limit: Limit, now: datetime) -> timedelta:
    """How long from now until the next attempt is looked at."""
    if failures.last is None or failures.number < limit.failures:
        return NO_WAIT
    doubled = FIRST_WAIT * (1 << min(failures.number - limit.failures, 16))
    return max(failures.last + min(doubled, limit.longest) - now, NO_WAIT)
