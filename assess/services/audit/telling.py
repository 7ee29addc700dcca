"""Entries of the log in words: who acted, upon what, what was done, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assess.core.audit.differences import Difference, codes_in, differences
from assess.core.audit.words import act_called, kind_of, subject_called
from assess.core.text import Text
from assess.store.queries.audit import EntryRow, people_named, unit_names
from assess.store.session import Session

NOBODY: Final = {
    "worker": Text("后台任务", "Background work"),
    "operator": Text("命令行操作员", "The operator at the command line"),
}
"""Who acts without an account."""
PERSON: Final = Text("{name}（{username}）", "{name} ({username})")
WITH_TOKEN: Final = Text("{person}，通过第 {token} 号系统令牌", "{person}, by token no. {token}")
ACCOUNT: Final = "account"


@dataclass(frozen=True)
class Names:
    """What the people and the units are called that some entries speak of."""

    people: Mapping[int, tuple[str, str]]
    accounts: Mapping[str, tuple[int, str]]
    units: Mapping[str, Text]


@dataclass(frozen=True)
class Line:
    """An entry in words.

    Attributes:
        row: the entry itself.
        who: the person, the system or the service that acted.
        kind: what kind of subject it is of.
        named: which one.
        act: what was done.
        account: the number of the account that is the subject, None where it is none.
    """

    row: EntryRow
    who: Text
    kind: Text
    named: Text
    act: Text
    differences: tuple[Difference, ...]
    account: int | None


def told(session: Session, rows: Sequence[EntryRow]) -> list[Line]:
    """Entries in words, in the order given (2 queries)."""
    names = names_in(session, rows)
    return [line_of(row, names) for row in rows]


def names_in(session: Session, rows: Iterable[EntryRow]) -> Names:
    """What is called how in these entries (2 queries)."""
    listed = list(rows)
    numbers = {row.account_id for row in listed}
    usernames = {rest_of(row.subject) for row in listed if kind_of(row.subject) == ACCOUNT}
    found = people_named(session, accounts=numbers, usernames=usernames)
    codes = {code for row in listed for code in (*rest_of(row.subject).split("/"), *codes_in([row.old, row.new]))}
    return Names(
        people={number: (username, name) for number, username, name in found},
        accounts={username: (number, name) for number, username, name in found},
        units=unit_names(session, codes=codes),
    )


def line_of(row: EntryRow, names: Names) -> Line:
    """One entry in words."""
    kind, rest = kind_of(row.subject), rest_of(row.subject)
    account = names.accounts.get(rest) if kind == ACCOUNT else None
    return Line(
        row=row,
        who=who_told(row, names),
        kind=subject_called(kind),
        named=named(rest, names) if account is None else PERSON.filled(name=account[1], username=rest),
        act=act_called(kind, row.action),
        differences=differences(kind, row.old, row.new, names.units),
        account=None if account is None else account[0],
    )


def who_told(row: EntryRow, names: Names) -> Text:
    """Who acted, by name; with the token where a department's system did."""
    if row.account_id not in names.people:
        return NOBODY.get(row.actor) or Text.same(row.actor)
    username, name = names.people[row.account_id]
    person = PERSON.filled(name=name, username=username)
    _, _, token = row.actor.partition("#")
    return WITH_TOKEN.filled(person=person, token=token) if token else person


def named(rest: str, names: Names) -> Text:
    """Which subject of its kind: year, unit by name, and what else tells it from others."""
    parts = [names.units.get(part) or Text.same(part) for part in rest.split("/") if part]
    return Text(" / ".join(part.zh for part in parts), " / ".join(part.en for part in parts))


def rest_of(subject: str) -> str:
    """What stands after the colon of a subject."""
    return subject.partition(":")[2]
