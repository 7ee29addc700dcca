"""People: accounts, passwords, sign-ins and one-time links."""

from assess.services.accounts.failed_sign_ins import A_TOKEN, failed_sign_ins, number_under_attack
from assess.services.accounts.keeping import (
    AccountDetails,
    Duty,
    about_of,
    account_of_office,
    add_account,
    change_account,
    duties_held,
    duties_of,
)
from assess.services.accounts.leaving import close_account, reopen_account
from assess.services.accounts.links import LIFE, NO_PERSON, change_password, make_link, owner_of_link, use_link
from assess.services.accounts.loading import (
    AccountChange,
    PeopleListPreview,
    Welcomed,
    accept_people,
    people_book,
    preview_people,
)
from assess.services.accounts.own import choose_language, sign_out_elsewhere
from assess.services.accounts.passwords import hash_of, is_password, set_password
from assess.services.accounts.places import PersonScope, places_of
from assess.services.accounts.signing_in import (
    FAILURES_KEPT,
    Attempt,
    count_attempt,
    end_sign_ins,
    hashed,
    key_for,
    note_seen,
    sign_in,
    sign_out,
    start_sign_in,
    wait_before,
)

__all__ = [
    "A_TOKEN",
    "FAILURES_KEPT",
    "LIFE",
    "NO_PERSON",
    "AccountChange",
    "AccountDetails",
    "Attempt",
    "Duty",
    "PeopleListPreview",
    "PersonScope",
    "Welcomed",
    "about_of",
    "accept_people",
    "account_of_office",
    "add_account",
    "change_account",
    "change_password",
    "choose_language",
    "close_account",
    "count_attempt",
    "duties_held",
    "duties_of",
    "end_sign_ins",
    "failed_sign_ins",
    "hash_of",
    "hashed",
    "is_password",
    "key_for",
    "make_link",
    "note_seen",
    "number_under_attack",
    "owner_of_link",
    "people_book",
    "places_of",
    "preview_people",
    "reopen_account",
    "set_password",
    "sign_in",
    "sign_out",
    "sign_out_elsewhere",
    "start_sign_in",
    "use_link",
    "wait_before",
]
