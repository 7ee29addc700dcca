"""Entries of the log in words: who acted, upon what, what was done, and what it changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from assess.core.audit.chain import LogEntry
from assess.core.audit.differences import FactDifference, codes_in, differences
from assess.core.audit.words import act_called, kind_of, subject_called
from assess.core.rules.sheet import all_nodes, title_of
from assess.core.text import Text
from assess.services.years import known_sheet
from assess.store.cache import cached
from assess.store.queries.audit import people_named, sheet_of_year, unit_names
from assess.store.queries.years import sheet_tree
from assess.store.session import Session

NOBODY: Final = {
    "worker": Text("后台任务", "Jobs"),
    "operator": Text("系统管理员（命令行）", "System administrator (command line)"),
}
"""Who acts without an account."""
PERSON: Final = Text("{name}（{username}）", "{name} ({username})")
WITH_TOKEN: Final = Text("{person}，通过第{token}号系统令牌", "{person}, by token {token}")
REMARK: Final = Text("{title}（备注）", "{title} (remark)")
SIGNED: Final = Text("签字盖章的自评填报表", "the signed self-assessment form")
ACCOUNT: Final = "account"
SIGNED_FORM: Final = "signed-form"
YEAR: Final = 4
"""Digits of a year."""
GLANCE: Final = 3
DIGEST: Final = re.compile("(sha256:)?[0-9a-f]{64}")


@dataclass(frozen=True)
class LogNames:
    """What the people are called that some entries speak of; units, figures and items by their codes and ids."""

    people: Mapping[int, tuple[str, str]]
    accounts: Mapping[str, tuple[int, str]]
    label: Mapping[str, Text]


@dataclass(frozen=True)
class EntryInWords:
    """An entry in words.

    Attributes:
        row: the entry itself.
        who: the person, the system or the service that acted.
        kind: what kind of subject it is of.
        named: which one.
        act: what was done.
        account: the number of the account that is the subject, None where it is none.
    """

    row: LogEntry
    who: Text
    kind: Text
    named: Text
    act: Text
    differences: tuple[FactDifference, ...]
    account: int | None

    @property
    def glance(self) -> tuple[FactDifference, ...]:
        """The facts that a reader of many entries wants: the first, but for digests."""
        plain = (each for each in self.differences if not any(DIGEST.fullmatch(line.en) for line in each.new))
        return tuple(islice(plain, GLANCE))


def describe_entries(session: Session, rows: Sequence[LogEntry]) -> list[EntryInWords]:
    """Entries in words, in the order given (3 queries, and one where a rule sheet is not in memory)."""
    names = names_in(session, rows)
    return [line_of(row, names) for row in rows]


def names_in(session: Session, rows: Iterable[LogEntry]) -> LogNames:
    """What is called how in these entries (3 queries, and one where a rule sheet is not in memory)."""
    listed = list(rows)
    numbers = {row.account_id for row in listed}
    usernames = {rest_of(row.subject) for row in listed if kind_of(row.subject) == ACCOUNT}
    found = people_named(session, accounts=numbers, usernames=usernames)
    codes = {code for row in listed for code in (*rest_of(row.subject).split("/"), *codes_in([row.old, row.new]))}
    return LogNames(
        people={number: (username, name) for number, username, name in found},
        accounts={username: (number, name) for number, username, name in found},
        label={**titles_of(session, listed), **unit_names(session, codes=codes)},
    )


def titles_of(session: Session, rows: Iterable[LogEntry]) -> dict[str, Text]:
    """What figures and items are called in the newest year that entries speak of, by their ids."""
    starts = {rest_of(row.subject).partition("/")[0] for row in rows}
    years = [int(start) for start in starts if start.isascii() and start.isdigit() and len(start) == YEAR]
    newest = sheet_of_year(session, year=max(years)) if years else None
    if newest is None:
        return {}
    version, digest = newest
    sheet = cached(session, ("sheet", digest), lambda: known_sheet(digest, sheet_tree(session, version)))
    things = {**(sheet.departments or {}), **all_nodes(sheet), **sheet.figures}
    titles = {id: title_of(thing, id) for id, thing in things.items()}
    return titles | {f"remark-{id}": REMARK.format(title=title) for id, title in titles.items()}


def line_of(row: LogEntry, names: LogNames) -> EntryInWords:
    """One entry in words."""
    kind, rest = kind_of(row.subject), rest_of(row.subject)
    account = names.accounts.get(rest) if kind == ACCOUNT else None
    return EntryInWords(
        row=row,
        who=who_told(row, names),
        kind=subject_called(kind),
        named=named(rest, names) if account is None else PERSON.format(name=account[1], username=rest),
        act=act_called(kind, row.action),
        differences=differences(kind, row.old, row.new, names.label),
        account=None if account is None else account[0],
    )


def who_told(row: LogEntry, names: LogNames) -> Text:
    """Who acted, by name; with the token where a department's system did."""
    if row.account_id not in names.people:
        return NOBODY.get(row.actor) or Text.same(row.actor)
    username, name = names.people[row.account_id]
    person = PERSON.format(name=name, username=username)
    _, _, token = row.actor.partition("#")
    return WITH_TOKEN.format(person=person, token=token) if token else person


def named(rest: str, names: LogNames) -> Text:
    """Which subject of its kind: year, unit by name, and what else tells it from others."""
    parts = [part_told(part, names) for part in rest.split("/") if part]
    return Text(" / ".join(part.zh for part in parts), " / ".join(part.en for part in parts))


def part_told(part: str, names: LogNames) -> Text:
    """A part of a subject's name in words, where it is a code or an id."""
    if part == SIGNED_FORM:
        return SIGNED
    return names.label.get(part) or names.label.get(part.removeprefix("figure:")) or Text.same(part)


def rest_of(subject: str) -> str:
    """What stands after the colon of a subject."""
    return subject.partition(":")[2]
