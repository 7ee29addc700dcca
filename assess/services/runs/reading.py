"""A run as it is read again: its row, its results, and the whole of it with every sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound
from assess.core.explanations.lines import ResultLines
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.content import Book, Notice, Sealing
from assess.core.text import Text
from assess.services.runs.scoring import scored
from assess.store.cache import Cache
from assess.store.queries import runs as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.runs import RunRow
from assess.store.session import Session
from assess.store.uploads import kept_path

NO_RUN: Final = Text("没有这次计分。", "There is no such run.")
MADE: Final = Cache(2)
"""Whole results by the SHA-256 of the inputs they were made of; the largest district's take some 60 MB each."""
MAKERS: Final = Cache(2)
"""What makes the cards of a run, by the same; with it a card takes half the time."""


def run_seen(session: Session, actor: Actor, *, cycle: CycleRow, number: int) -> RunRow:
    """A run of a year, for the office (1 query).

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such run.
    """
    actor.check_may(Right.ADMINISTER)
    return run_of(session, cycle=cycle, number=number)


def run_of(session: Session, *, cycle: CycleRow, number: int) -> RunRow:
    """A run of a year, whoever asks (1 query).

    Raises:
        NotFound: there is no such run.
    """
    found = queries.run_numbered(session, cycle=cycle.id, number=number)
    if found is None:
        raise NotFound(NO_RUN)
    return found


def lines_of_run(run: RunRow, *, folder: Path) -> ResultLines:
    """The whole result of a run, made again from its frozen inputs and kept in memory (no query).

    For scorecards, books and charts: every figure knows the cell that it came from.

    Raises:
        NotFound: the frozen inputs are gone from the disk.
        Refused: they cannot be read any more.
    """
    return MADE.get_or_make(run.inputs, lambda: replayed_lines(run, folder=folder))


def replayed_lines(run: RunRow, *, folder: Path) -> ResultLines:
    """The same, not kept in memory: for a work that needs the memory itself (no query)."""
    return ResultLines(scored(kept_path(folder, run.inputs).read_bytes()))


def book_of_run(run: RunRow, *, folder: Path, sealing: Sealing | None = None, notice: Notice | None = None) -> Book:
    """The ranked book of a run, of whose cards each is made when it is asked for (no query).

    Raises:
        NotFound: the frozen inputs are gone from the disk.
        Refused: they cannot be read any more.
    """
    return BookMaker(lines_of_run(run, folder=folder), sealing, notice).book()


def maker_of_run(run: RunRow, *, folder: Path) -> BookMaker:
    """What makes the cards and tables of a run, unsealed (no query).

    Raises:
        NotFound: the frozen inputs are gone from the disk.
        Refused: they cannot be read any more.
    """
    return MAKERS.get_or_make(run.inputs, lambda: BookMaker(lines_of_run(run, folder=folder)))
