"""Passwords cost nothing in this process; the service as it is run, and the test of their cost, take the true one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from assess.services.accounts import passwords

COSTLY = passwords.PASSWORDS
passwords.PASSWORDS = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def costly_passwords() -> Iterator[None]:
    """Passwords as they are kept in service."""
    cheap, passwords.PASSWORDS = passwords.PASSWORDS, COSTLY
    yield
    passwords.PASSWORDS = cheap
