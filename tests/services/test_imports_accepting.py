from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update

from assess.core.actors import Role
from assess.core.errors import Refused, Stale
from assess.core.evidence.verdicts import CheckList
from assess.core.jobs import JobState
from assess.core.workflow import Imported, Stage
from assess.services import imports
from assess.services.accounts import Duty
from assess.services.imports import ImportPage, ProposalLine
from assess.services.imports.windows import CLOSED
from assess.store.models import AuditEntry, Cycle, Job, Value
from assess.store.session import Database
from tests.services.imports import (
    DEPARTMENT,
    FIRST,
    OF_FIRST,
    QUOTA,
    RATE,
    a_book,
    a_water_year,
    accept,
    accepted,
    checked,
    page,
    the_cycle,
    undo,
    values,
    work,
)
from tests.years import JIANWAI, NOW, a_person


@pytest.fixture
def folder(instance: Path) -> Path:
    return instance / "uploads"


def shown(found: ImportPage) -> list[tuple[str, str, str | None, str]]:
    """The values on a page: unit, new, old and where it stands."""
    lines = [line for line in found.lines if isinstance(line, ProposalLine)]
    return [(each.unit.en, each.new.en, each.old and each.old.en, each.row.place) for each in lines]


def test_of_two_who_accept_the_same_figures_one_is_shown_what_changed(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    with database.writing() as session:
        second = a_person(session, "second", Duty(Role.EVALUATOR, department=DEPARTMENT))
    accepted(database, evaluator, folder, a_book(*FIRST))
    one = checked(database, evaluator, folder, a_book(["建外", 95.5, 810]))
    other = checked(database, second, folder, a_book(["建外", 94, 820]))
    accept(database, evaluator, one)
    accept(database, second, other)
    work(database, folder)

    assert page(database, evaluator, one).row.state is Imported.ACCEPTED
    found = page(database, second, other)
    assert (found.row.state, found.shown) == (Imported.CHECKED, CheckList.OVERTAKEN)
    assert found.notes[0].en.startswith(
        "Someone else changed values in this file meanwhile (1), so nothing was accepted."
    )
    assert shown(found) == [("Jianwai Subdistrict", "820", "810", "数据!C2")]
    assert values(database)[JIANWAI, QUOTA, "2026"] == 810_000_000
    assert values(database)[JIANWAI, RATE, "2026"] == 95_500_000

    accept(database, second, other)
    work(database, folder)
    assert values(database)[JIANWAI, QUOTA, "2026"] == 820_000_000


def test_undoing_brings_back_what_counted_before_with_its_own_source(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    accepted(database, evaluator, folder, a_book(*FIRST))
    second = accepted(database, evaluator, folder, a_book(["建外", 95.5, 850], ["八里庄", 90, None], name="b.xlsx"))

    undo(database, evaluator, second)

    assert values(database) == OF_FIRST
    assert page(database, evaluator, second).row.state is Imported.UNDONE
    with database.reading() as session:
        back = session.scalars(select(Value).where(Value.figure == QUOTA, Value.superseded_at.is_(None))).one()
        source = imports.source_of(session, evaluator, cycle=the_cycle(session), value=back.id, folder=folder)
        assert (source.value.row.file_name, source.value.row.place, source.value.shown.en) == (
            "water.xlsx", "数据!C2", "800",
        )  # fmt: skip


def test_a_value_that_came_back_stands_once_in_the_list_of_its_file(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    first = accepted(database, evaluator, folder, a_book(*FIRST))
    undo(database, evaluator, accepted(database, evaluator, folder, a_book(["建外", 95.5, 850], name="b.xlsx")))

    lines = [line for line in page(database, evaluator, first).lines if isinstance(line, ProposalLine)]
    assert [(each.unit.en, each.new.en) for each in lines] == [
        ("Jianwai Subdistrict", "95.5"), ("Chaowai Subdistrict", "96"), ("Jianwai Subdistrict", "800"),
    ]  # fmt: skip
    with database.reading() as session:
        counting = set(session.scalars(select(Value.id).where(Value.superseded_at.is_(None))))
    assert {each.row.kept for each in lines} == counting


def test_files_are_undone_one_after_the_other_the_later_first(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    first = accepted(database, evaluator, folder, a_book(*FIRST))
    second = accepted(database, evaluator, folder, a_book(["建外", 95.5, 850]))

    with pytest.raises(Refused, match=r"Values in this file have been changed since \(1\)"):
        undo(database, evaluator, first)
    undo(database, evaluator, second)
    undo(database, evaluator, first)

    assert values(database) == {}


def test_nothing_is_undone_or_accepted_once_the_year_moved_on(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    first = accepted(database, evaluator, folder, a_book(*FIRST))
    row = checked(database, evaluator, folder, a_book(["建外", 95.5, 850]))
    accept(database, evaluator, row)
    with database.writing() as session:
        session.execute(update(Cycle).values(stage=Stage.PROVISIONAL))
    work(database, folder)

    found = page(database, evaluator, row)
    assert found.row.state is Imported.CHECKED
    assert found.notes[0].en == (CLOSED.localized("en", stage="Provisional"))
    assert not page(database, evaluator, first).may_undo
    with pytest.raises(Refused, match="Submission of department data has ended"):
        undo(database, evaluator, first)
    assert values(database) == OF_FIRST


def test_a_page_that_is_old_changes_nothing(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    row = checked(database, evaluator, folder, a_book(*FIRST))
    with database.writing() as session, pytest.raises(Stale):
        imports.accept_import(session, evaluator, cycle=the_cycle(session), row=row, seen=1, now=NOW)


def test_a_file_whose_accepting_failed_for_good_can_be_accepted_again(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    row = checked(database, evaluator, folder, a_book(*FIRST))
    accept(database, evaluator, row)
    with database.writing() as session:
        session.execute(update(Job).where(Job.kind == imports.ACCEPT).values(state=JobState.FAILED))

    assert page(database, evaluator, row).may_accept
    accept(database, evaluator, row)
    work(database, folder)
    assert values(database) == OF_FIRST


def test_every_step_of_a_file_stands_in_the_log(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    row = accepted(database, evaluator, folder, a_book(*FIRST))
    undo(database, evaluator, row)
    with database.reading() as session:
        query = select(AuditEntry.action, AuditEntry.actor).where(
            AuditEntry.subject == f"import:2026/{DEPARTMENT}/{row}"
        )
        assert [(action, actor) for action, actor in session.execute(query.order_by(AuditEntry.number))] == [
            ("uploaded", "evaluator"),
            ("checked", "worker"),
            ("asked to accept", "evaluator"),
            ("accepted", "evaluator"),
            ("undone", "evaluator"),
        ]
