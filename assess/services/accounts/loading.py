"""Loading people from a list: looked at first, then accepted as it was looked at, all of it or nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final, NamedTuple

from assess.core.accounts.people import ListedPerson, read_people
from assess.core.actors import Actor, Right, Role
from assess.core.errors import Refused, Stale
from assess.core.flaws import ValidationError
from assess.core.text import Language, Text
from assess.core.unseen import unseen_in_table
from assess.files.people_book import read_people_table, write_people_book
from assess.services.accounts.keeping import AccountDetails, Duty, about_of, add_account, change_account, duties_of
from assess.services.accounts.links import IssuedLink, make_link
from assess.services.accounts.places import PersonScope, places_of
from assess.services.documents import UploadedFile, check, without_file
from assess.store.models import Account
from assess.store.queries.accounts import accounts_called, open_accounts
from assess.store.session import OVERTAKEN, Session

NO_UNITS: Final = Text(
    "尚未导入单位名单，无法核对人员的所属单位。请先在年度设置中导入单位名单。",
    "There is no list of units yet, so the units of these people cannot be checked. Import the units of a year first.",
)


class Newcomer(NamedTuple):
    """A person of the list who has no account."""

    username: str
    about: AccountDetails


class AccountChange(NamedTuple):
    """A person of the list whose account says something else."""

    account: int
    seen: int
    username: str
    old: AccountDetails
    new: AccountDetails


@dataclass(frozen=True)
class PeopleListPreview:
    """What a list would change: people without an account, with another one, with the same, with a closed one."""

    new: tuple[Newcomer, ...]
    changed: tuple[AccountChange, ...]
    unchanged: tuple[str, ...]
    closed: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What tells this preview from any other."""
        return hashlib.sha256(repr((self.new, self.changed)).encode()).hexdigest()


class Loaded(NamedTuple):
    """What became of a list: who is new, and how many others were changed."""

    welcomed: list[IssuedLink]
    changed: int


def preview_people(session: Session, actor: Actor, *, document: UploadedFile) -> PeopleListPreview:
    """What a list of people would change.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: there are no units yet.
        ValidationError: something in the list is wrong.
    """
    actor.check_may(Right.ADMINISTER)
    people = read_list(session, actor, document)
    known = {each.username: each for each in accounts_called(session, [person.username for person in people])}
    changes = [change_of(known[person.username], person) for person in people if is_open(known.get(person.username))]
    return PeopleListPreview(
        new=tuple(Newcomer(each.username, about_in_list(each, "zh")) for each in people if each.username not in known),
        changed=tuple(change for change in changes if change.old != change.new),
        unchanged=tuple(change.username for change in changes if change.old == change.new),
        closed=tuple(each.username for each in known.values() if each.closed_at is not None),
    )


def read_list(session: Session, actor: Actor, document: UploadedFile) -> list[ListedPerson]:
    """The people of a list without a flaw."""
    places = places_of(session, actor)
    if places.names is None:
        raise Refused(NO_UNITS)
    with document.lying() as path:
        table = read_people_table(path)
        people, flaws = read_people(table, places.names, places.departments)
        flaws = [*flaws, *unseen_in_table(table)]
        check(without_file(flaws))
    return people


def is_open(account: Account | None) -> bool:
    """Whether there is an account that is not closed."""
    return account is not None and account.closed_at is None


def change_of(account: Account, person: ListedPerson) -> AccountChange:
    """What an account says and what the list says; a language that the list leaves out stays."""
    old = about_of(account)
    return AccountChange(account.id, account.version, account.username, old, about_in_list(person, old.language))


def about_in_list(person: ListedPerson, language: Language) -> AccountDetails:
    """What a list says of a person; the language where it says none."""
    duties = duties_of(person.roles, person.units, person.departments)
    return AccountDetails(person.name, person.email, person.language or language, duties)


def accept_people(session: Session, actor: Actor, *, document: UploadedFile, digest: str, now: datetime) -> Loaded:
    """Make and change the accounts of a list as its preview showed, and a link for each new one.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: nobody would be left in the office.
        Stale: accounts, units or departments are no longer what the preview showed.
    """
    try:
        preview = preview_people(session, actor, document=document)
    except ValidationError as flawed:
        raise Stale(OVERTAKEN) from flawed
    if preview.digest != digest:
        raise Stale(OVERTAKEN)
    welcomed = [welcome(session, actor, each, now) for each in preview.new]
    for change in sorted(preview.changed, key=lambda each: (Duty(Role.OFFICE) not in each.new.duties, each.username)):
        change_account(session, actor, account=change.account, seen=change.seen, about=change.new, now=now)
    return Loaded(welcomed, len(preview.changed))


def welcome(session: Session, actor: Actor, newcomer: Newcomer, now: datetime) -> IssuedLink:
    """An account for a person of the list, with a link."""
    account = add_account(session, actor, username=newcomer.username, now=now, **vars(newcomer.about))
    return IssuedLink(account.username, account.name, make_link(session, actor, account=account.id, now=now))


def people_book(session: Session, actor: Actor) -> BytesIO:
    """The workbook to fill in, with everybody who has an open account and a role.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: there are no units yet.
    """
    actor.check_may(Right.ADMINISTER)
    places = places_of(session, actor)
    if places.names is None:
        raise Refused(NO_UNITS)
    people = [listed(each, places) for each in open_accounts(session) if each.grants]
    book = BytesIO()
    write_people_book(book, actor.language, units=places.names.units, departments=places.departments, people=people)
    book.seek(0)
    return book


def listed(account: Account, places: PersonScope) -> ListedPerson:
    """A person as a row of the list, with the units and departments that the year knows."""
    about = about_of(account)
    return ListedPerson(
        username=account.username,
        name=about.name,
        email=about.email,
        roles=tuple(dict.fromkeys(duty.role for duty in about.duties)),
        units=tuple(duty.unit for duty in about.duties if duty.unit in places.units),
        departments=tuple(duty.department for duty in about.duties if duty.department in places.departments),
        language=about.language,
    )
