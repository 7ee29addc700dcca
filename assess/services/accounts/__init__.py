"""People: accounts, passwords, sign-ins and one-time links."""

from assess.services.accounts.keeping import Duty, add_account
from assess.services.accounts.passwords import hash_of, is_password, set_password
from assess.services.accounts.signing_in import (
    Attempt,
    attempts_left,
    count_attempt,
    end_sign_ins,
    hashed,
    key_for,
    note_seen,
    sign_in,
    sign_out,
    start_sign_in,
)

__all__ = [
    "Attempt",
    "Duty",
    "add_account",
    "attempts_left",
    "count_attempt",
    "end_sign_ins",
    "hash_of",
    "hashed",
    "is_password",
    "key_for",
    "note_seen",
    "set_password",
    "sign_in",
    "sign_out",
    "start_sign_in",
]
