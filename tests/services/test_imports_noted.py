"""A value that stands already with another remark, or with other cases behind it, is more than unchanged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from assess.core.actors import Actor
from assess.core.evidence.verdicts import CheckList
from assess.services.documents import UploadedFile
from assess.services.imports import ProposalLine
from assess.store.models import Value
from assess.store.queries.imports import known_occurrences
from assess.store.session import Database
from tests.services.imports import a_water_year, accept, accepted, checked, page, the_cycle, undo, work
from tests.years import JIANWAI

COUNT = "water_rebounds"
CASE = {"date": "2026-03-15", "place": "通惠河", "what": "返黑", "photo": "0042"}


@pytest.fixture
def folder(instance: Path) -> Path:
    return instance / "uploads"


@pytest.fixture
def evaluator(database: Database) -> Actor:
    return a_water_year(database)["evaluator"]


def sent(remark: str = "", **case: str) -> UploadedFile:
    """One count of Jianwai with its remark and its one case, none where nothing is said of it."""
    entry: dict[str, Any] = {"unit": JIANWAI, "figure": COUNT, "period": "2026-Q1", "value": 1, "remark": remark}
    if case:
        entry["occurrences"] = [{**CASE, **case}]
    return UploadedFile("sent.json", json.dumps({"values": [entry]}).encode())


def standing(database: Database) -> list[tuple[int | None, str, list[str]]]:
    """What counts now: the value, its remark, the places of its cases."""
    with database.reading() as session:
        cycle = the_cycle(session)
        cases = known_occurrences(session, cycle=cycle.id, year=2026, figures=[COUNT])
        rows = session.scalars(select(Value).where(Value.superseded_at.is_(None)))
        return [(each.millionths, each.remark, [case.location for case in cases]) for each in rows]


def lists(database: Database, actor: Actor, row: int) -> dict[CheckList, int]:
    """How many values stand in each list, but for what is missing."""
    return {shown: n for shown, n in page(database, actor, row).counts.items() if shown is not CheckList.MISSING}


def test_a_case_that_was_put_right_is_brought_in_though_the_count_stays(
    database: Database, folder: Path, evaluator: Actor
):
    accepted(database, evaluator, folder, sent("复核", place="通惠河"))
    row = checked(database, evaluator, folder, sent(place="亮马河"))

    found = page(database, evaluator, row)
    assert (lists(database, evaluator, row), found.shown, found.changes) == ({CheckList.NOTED: 1}, CheckList.NOTED, 1)
    (line,) = found.lines
    assert isinstance(line, ProposalLine)
    assert (line.new.en, line.old and line.old.en) == ("1", "1")
    accept(database, evaluator, row)
    work(database, folder)

    assert standing(database) == [(1_000_000, "复核", ["亮马河"])]
    undo(database, evaluator, row)
    assert standing(database) == [(1_000_000, "复核", ["通惠河"])]


def test_another_remark_is_brought_in_with_the_cases_that_stand(database: Database, folder: Path, evaluator: Actor):
    accepted(database, evaluator, folder, sent("复核", place="通惠河"))
    row = accepted(database, evaluator, folder, sent("再次复核", place="通惠河"))

    assert lists(database, evaluator, row) == {CheckList.NOTED: 1}
    assert standing(database) == [(1_000_000, "再次复核", ["通惠河"])]


@pytest.mark.parametrize("again", [sent(), sent(place="通惠河"), sent("复核", place="通惠河"), sent("其他说明")])
def test_a_file_that_says_nothing_more_takes_nothing_back(
    database: Database, folder: Path, evaluator: Actor, again: UploadedFile
):
    accepted(database, evaluator, folder, sent("复核", place="通惠河"))

    assert lists(database, evaluator, checked(database, evaluator, folder, again)) == {CheckList.UNCHANGED: 1}
    assert standing(database) == [(1_000_000, "复核", ["通惠河"])]
