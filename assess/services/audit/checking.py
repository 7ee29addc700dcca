"""Following the chain of the log from its first entry to its last, as far as it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assess.core.audit.chain import Break, ChainFault, ChainPosition, LogEntry, break_at
from assess.services.jobs import Progress
from assess.store.queries.audit import Unreadable, newest_number, next_entries
from assess.store.session import Database


@dataclass(frozen=True)
class ChainCheck:
    """What following the chain found.

    Attributes:
        last: the last entry that holds, with its digest.
        broken: the first broken link, None where there is none.
        found: which entry bears the digest that was looked for, None where none does.
    """

    last: ChainPosition
    broken: Break | None
    found: int | None


def check_chain(database: Database, progress: Progress, *, sought: str = "") -> ChainCheck:
    """Follow the chain entry by entry in bounded memory, while the service goes on.

    Args:
        database: whose log.
        progress: is told how far it is.
        sought: a digest, or its beginning, to look for on the way.

    Returns:
        How far the chain holds; it is not followed beyond the first broken link.
    """
    last, found = ChainPosition(), None
    for rows, of in chunks(database):
        for row in rows:
            broken = Break(row, last.number, ChainFault.UNREADABLE) if isinstance(row, int) else break_at(last, row)
            if broken is not None:
                return ChainCheck(last, broken, found)
            if not isinstance(row, int):
                last = ChainPosition(row.number, row.digest)
                if sought and row.digest.startswith(sought):
                    found = row.number
        progress(last.number, max(of, last.number))
    return ChainCheck(last, None, found)


def chunks(database: Database) -> Iterator[tuple[list[LogEntry | int], int]]:
    """The log in parts, each read in a transaction of its own, and how many entries there are.

    An entry that cannot be read is its number alone, and ends it.
    """
    with database.reading() as session:
        of = newest_number(session)
    after: int | None = None
    while True:
        try:
            with database.reading() as session:
                rows = next_entries(session, after=after)
        except Unreadable as unreadable:
            yield [*unreadable.rows, unreadable.number], of
            return
        if not rows:
            return
        yield [*rows], of
        after = rows[-1].number
