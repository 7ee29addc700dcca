"""Several people and workers at the same figures in one instant: nothing is overwritten unseen, nothing done twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select

from assess.core.actors import Actor, Role
from assess.core.errors import Refused, Stale
from assess.core.evidence.verdicts import CheckList
from assess.core.workflow import Imported
from assess.services import imports
from assess.services.accounts import Duty
from assess.services.imports import ProposalLine
from assess.store.models import Batch, Job, Value
from assess.store.session import Database, Session
from tests.services.imports import (
    DEPARTMENT,
    FIRST,
    OF_FIRST,
    QUOTA,
    RATE,
    a_book,
    a_water_year,
    a_worker,
    accept,
    accepted,
    checked,
    page,
    page_in,
    the_cycle,
    undo,
    values,
    work,
    work_whatever_waits,
)
from tests.services.test_working_together import PATIENCE, wait_for_somebody_who_waits
from tests.years import JIANWAI, NOW, a_person

ALL_OTHERS = a_book(["建外街道", 94, 810], ["朝外街道", 93, None], name="others.xlsx")


@pytest.fixture
def folder(instance: Path) -> Path:
    return instance / "uploads"


@pytest.fixture
def evaluator(database: Database) -> Actor:
    return a_water_year(database)["evaluator"]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What becomes of acts that begin in one instant: their results, or what they were refused with, in English."""
    begin = Barrier(len(acts))

    def attempt(act: Callable[[], object]) -> str:
        begin.wait(PATIENCE)
        try:
            return str(act())
        except (Refused, Stale) as error:
            return error.what.en

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(attempt, acts))


def replace_value(session: Session, figure: str, millionths: int) -> None:
    """Another value after the one of Jianwai that counts, such as a panel's, in a transaction that is still open."""
    batch = Batch(cycle_id=the_cycle(session).id, kind="panel", facts={}, made_by=0, made_at=NOW)
    session.add(batch)
    session.flush()
    old = session.scalars(
        select(Value).where(Value.unit == JIANWAI, Value.figure == figure, Value.superseded_at.is_(None))
    ).one_or_none()
    if old is not None:
        old.superseded_at = NOW
        session.flush()
    session.add(
        Value(
            cycle_id=batch.cycle_id, year=2026, unit=JIANWAI, figure=figure, period="2026", millionths=millionths,
            state="certified", batch_id=batch.id, entered_by=0, entered_at=NOW, supersedes=old and old.id,
        )
    )  # fmt: skip
    session.flush()


def test_of_two_files_accepted_in_one_instant_one_is_shown_what_changed(
    database: Database, folder: Path, evaluator: Actor
):
    with database.writing() as session:
        second = a_person(session, "second", Duty(Role.EVALUATOR, department=DEPARTMENT))
    one, other = checked(database, evaluator, folder, a_book(*FIRST)), checked(database, second, folder, ALL_OTHERS)
    at_once(lambda: accept(database, evaluator, one), lambda: accept(database, second, other))
    workers = [a_worker(database, folder) for _ in range(2)]

    assert at_once(*(each.work_on_one for each in workers)) == ["True", "True"]

    work_whatever_waits(database, folder)
    shown = {page(database, evaluator, row).row.state: row for row in (one, other)}
    assert set(shown) == {Imported.ACCEPTED, Imported.CHECKED}
    others = {(JIANWAI, RATE): 94_000_000, (JIANWAI, QUOTA): 810_000_000, ("110105002", RATE): 93_000_000}
    won = OF_FIRST if shown[Imported.ACCEPTED] == one else {(*key, "2026"): each for key, each in others.items()}
    assert values(database) == won
    left = page(database, second, shown[Imported.CHECKED])
    assert (left.shown, left.counts) == (
        CheckList.OVERTAKEN, {**left.counts, CheckList.OVERTAKEN: 3, CheckList.CHANGED: 3},
    )  # fmt: skip
    assert all(isinstance(line, ProposalLine) and line.old is not None for line in left.lines)


def test_of_two_who_accept_one_file_one_comes_too_late(database: Database, folder: Path, evaluator: Actor):
    row = checked(database, evaluator, folder, a_book(*FIRST))
    seen = page(database, evaluator, row).row.version

    def accept_it() -> None:
        with database.writing() as session:
            imports.accept_import(session, evaluator, cycle=the_cycle(session), row=row, seen=seen, now=NOW)

    told = at_once(accept_it, accept_it)

    assert sorted(told)[0] == "None"
    assert sorted(told)[1].startswith("Someone else changed this while you were working, so nothing was saved.")
    work(database, folder)
    assert values(database) == OF_FIRST
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Job).where(Job.kind == imports.ACCEPT)) == 1


def test_a_file_is_undone_while_a_later_one_is_accepted(database: Database, folder: Path, evaluator: Actor):
    first = accepted(database, evaluator, folder, a_book(*FIRST))
    later = checked(database, evaluator, folder, ALL_OTHERS)
    accept(database, evaluator, later)

    undone, _ = at_once(lambda: undo(database, evaluator, first), a_worker(database, folder).work_on_one)

    work_whatever_waits(database, folder)
    states = [page(database, evaluator, row).row.state for row in (first, later)]
    if undone == "None":
        assert states == [Imported.UNDONE, Imported.CHECKED]
        assert values(database) == {}
    else:
        assert undone.startswith("Values in this file have been changed since (3)")
        assert states == [Imported.ACCEPTED, Imported.ACCEPTED]
        assert values(database)[JIANWAI, QUOTA, "2026"] == 810_000_000


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "changed"])
def test_what_comes_in_between_is_shown_and_not_overwritten(
    database: Database, folder: Path, evaluator: Actor, is_new: bool
):
    if not is_new:
        accepted(database, evaluator, folder, a_book(*FIRST))
    row = checked(database, evaluator, folder, ALL_OTHERS)
    accept(database, evaluator, row)
    with ThreadPoolExecutor(1) as pool:
        with database.writing() as session:
            replace_value(session, QUOTA, 1)
            accepting = pool.submit(a_worker(database, folder).work_on_one)
            wait_for_somebody_who_waits(database)
        assert accepting.result(PATIENCE)

    work_whatever_waits(database, folder)
    found = page(database, evaluator, row)
    assert (found.row.state, found.counts[CheckList.OVERTAKEN]) == (Imported.CHECKED, 1)
    assert [line.old and line.old.en for line in found.lines if isinstance(line, ProposalLine)] == ["0.000001"]
    before = {} if is_new else OF_FIRST
    assert values(database) == {**before, (JIANWAI, QUOTA, "2026"): 1}
    accept(database, evaluator, row)
    work(database, folder)
    assert values(database)[JIANWAI, QUOTA, "2026"] == 810_000_000


def test_nothing_is_undone_under_a_value_that_comes_in_between(database: Database, folder: Path, evaluator: Actor):
    row = accepted(database, evaluator, folder, a_book(*FIRST))

    def undo_it() -> str:
        with database.writing() as session:
            seen = page_in(session, evaluator, row).row.version
            imports.undo_import(session, evaluator, cycle=the_cycle(session), row=row, seen=seen, now=NOW)
        return "undone"

    with ThreadPoolExecutor(1) as pool:
        with database.writing() as session:
            replace_value(session, QUOTA, 1)
            undoing = pool.submit(at_once, undo_it)
            wait_for_somebody_who_waits(database)
        (told,) = undoing.result(PATIENCE)

    assert told.startswith(("Someone else changed this", "Values in this file have been changed since (1)"))
    assert values(database) == {**OF_FIRST, (JIANWAI, QUOTA, "2026"): 1}
    assert page(database, evaluator, row).row.state is Imported.ACCEPTED
