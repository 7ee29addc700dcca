"""Passwords: kept as Argon2 hashes, compared in the same time whether or not there is an account."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assess.core.accounts.passwords import check_password, plain
from assess.store.models import Account
from assess.store.session import Session, flush

PASSWORDS = PasswordHasher()
"""What passwords are hashed with; tests, which nobody attacks, put one here that takes no time."""


def nobody() -> str:
    """What a password is compared with where nobody's is kept: of no password, and as slow as any hash."""
    cost = f"m={PASSWORDS.memory_cost},t={PASSWORDS.time_cost},p={PASSWORDS.parallelism}"
    return f"$argon2id$v=19${cost}${'A' * 22}${'A' * 43}"


def hash_of(password: str, *, username: str) -> str:
    """What is kept of a new password; slow by intent, so call it before the transaction that writes.

    Raises:
        Refused: the password will not do.
    """
    check_password(password, username)
    return PASSWORDS.hash(plain(password))


def set_password(session: Session, account: Account, password: str) -> None:
    """Keep the hash of a password that was found good enough."""
    account.password = PASSWORDS.hash(plain(password))
    flush(session)


def is_password(kept: str | None, password: str) -> bool:
    """Whether this is the password of which a hash is kept; takes as long where none is."""
    try:
        return PASSWORDS.verify(kept or nobody(), plain(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
