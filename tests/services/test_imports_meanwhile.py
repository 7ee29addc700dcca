"""Between a file's upload, its check and its acceptance the year goes on: each change is told, and nothing is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from assess.core.actors import Actor, Role
from assess.core.errors import NotFound, Refused
from assess.core.evidence.verdicts import CheckList
from assess.core.rules.sheet import digest_of, tree_of
from assess.core.workflow import Imported, Stage
from assess.files.rule_sheets import load_sheet
from assess.services import imports, reopenings
from assess.services.accounts import Duty
from assess.store.models import Cycle, SheetVersion, Unit
from assess.store.session import Database
from tests.services.imports import (
    DEPARTMENT,
    FIRST,
    OF_FIRST,
    a_book,
    a_water_year,
    accept,
    accepted,
    checked,
    page,
    the_cycle,
    undo,
    upload,
    values,
    work,
)
from tests.services.setting_up import RULE_TEXT
from tests.years import CHAOWAI, NOW, a_person

LATE = datetime(2026, 12, 21, 2, 0, tzinfo=UTC)
"""The day after verifying ended."""
MOVED = re.sub(r"(?m)^  water-bureau:.*\n", "", RULE_TEXT.replace("from: water-bureau", "from: ecology-bureau"))
"""The rule sheet without the department, another supplies its figures."""


@pytest.fixture
def folder(instance: Path) -> Path:
    return instance / "uploads"


@pytest.fixture
def people(database: Database) -> dict[str, Actor]:
    return a_water_year(database)


def publish(database: Database, folder: Path, text: str) -> None:
    """Another version of the rule sheet, published."""
    path = folder.parent / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    loaded = load_sheet(path)
    assert not loaded.flaws
    with database.writing() as session:
        session.add(
            SheetVersion(
                cycle_id=the_cycle(session).id, number=2, digest=digest_of(loaded.sheet), tree=tree_of(loaded.sheet),
                upload=None, file_name="rules.yaml", reason="更正", loaded_by=0, loaded_at=NOW, published_by=0,
                published_at=NOW,
            )
        )  # fmt: skip


def retitled(text: str = RULE_TEXT) -> str:
    """A rule sheet that differs in one title."""
    return text.replace("污水收集处理率", "污水收集和处理率", 1)


def remove_chaowai(database: Database) -> None:
    """The list of units without one of those that the first file names."""
    with database.writing() as session:
        session.execute(delete(Unit).where(Unit.code == CHAOWAI))


def test_a_file_checked_by_an_older_rule_sheet_is_not_accepted(
    database: Database, folder: Path, people: dict[str, Actor]
):
    evaluator = people["evaluator"]
    row = checked(database, evaluator, folder, a_book(*FIRST))
    publish(database, folder, retitled())

    with pytest.raises(Refused, match=r"The rule sheet changed after the check. Upload the file again"):
        accept(database, evaluator, row)
    assert (page(database, evaluator, row).row.state, values(database)) == (Imported.CHECKED, {})


def test_a_rule_sheet_published_after_somebody_accepted_puts_the_file_back(
    database: Database, folder: Path, people: dict[str, Actor]
):
    evaluator = people["evaluator"]
    row = checked(database, evaluator, folder, a_book(*FIRST))
    accept(database, evaluator, row)
    publish(database, folder, retitled())
    work(database, folder)

    found = page(database, evaluator, row)
    assert found.row.state is Imported.CHECKED
    assert found.notes[0].en == ("The rule sheet changed after the check. Upload the file again to check it.")
    assert values(database) == {}


@pytest.mark.parametrize("asked", [False, True], ids=["before", "after it was asked"])
def test_a_file_that_names_a_unit_which_left_the_list_is_not_accepted(
    database: Database, folder: Path, people: dict[str, Actor], asked: bool
):
    evaluator = people["evaluator"]
    row = checked(database, evaluator, folder, a_book(*FIRST))
    if asked:
        accept(database, evaluator, row)
        remove_chaowai(database)
        work(database, folder)
        told = page(database, evaluator, row).notes[0].en
    else:
        remove_chaowai(database)
        with pytest.raises(Refused) as refused:
            accept(database, evaluator, row)
        told = refused.value.what.en

    assert told == (
        f"The list of units changed after the check and no longer has: {CHAOWAI}. Delete these rows and upload the "
        "file again."
    )
    assert (page(database, evaluator, row).row.state, values(database)) == (Imported.CHECKED, {})
    again = accepted(database, evaluator, folder, a_book(FIRST[0], name="again.xlsx"))
    assert page(database, evaluator, again).row.state is Imported.ACCEPTED


def test_a_department_that_the_new_rule_sheet_does_not_ask_still_reads_and_undoes_its_files(
    database: Database, folder: Path, people: dict[str, Actor]
):
    evaluator = people["evaluator"]
    first = accepted(database, evaluator, folder, a_book(*FIRST))
    waiting = checked(database, evaluator, folder, a_book(["建外", 94, 810], name="b.xlsx"))
    unchecked = upload(database, evaluator, folder, a_book(["建外", 93, 820], name="c.xlsx"))
    publish(database, folder, MOVED)
    work(database, folder)

    assert [page(database, evaluator, row).row.state for row in (first, waiting, unchecked)] == [
        Imported.ACCEPTED, Imported.CHECKED, Imported.FLAWED,
    ]  # fmt: skip
    with pytest.raises(Refused, match="The rule sheet changed after the check"):
        accept(database, evaluator, waiting)
    with pytest.raises((Refused, NotFound)):
        upload(database, evaluator, folder, a_book(*FIRST))
    for show in CheckList:
        page(database, evaluator, first, show)
    assert values(database) == OF_FIRST
    undo(database, evaluator, first)
    assert values(database) == {}


def test_who_is_an_evaluator_no_longer_changes_nothing_and_what_they_asked_for_is_done(
    database: Database, folder: Path, people: dict[str, Actor]
):
    evaluator = people["evaluator"]
    row = checked(database, evaluator, folder, a_book(*FIRST))
    other = checked(database, evaluator, folder, a_book(["建外", 94, 810], name="b.xlsx"))
    accept(database, evaluator, row)
    with database.writing() as session:
        left = a_person(session, "left", Duty(Role.EVALUATOR, department="ecology-bureau"))
    work(database, folder)

    assert values(database) == OF_FIRST
    for act in (accept, undo):
        with pytest.raises(NotFound):
            act(database, replace(left, account=evaluator.account), other)


def test_after_the_last_day_nothing_is_accepted_and_what_was_accepted_can_be_undone(
    database: Database, folder: Path, people: dict[str, Actor]
):
    evaluator = people["evaluator"]
    first = accepted(database, evaluator, folder, a_book(*FIRST))
    row = checked(database, evaluator, folder, a_book(["建外", 94, 810], name="b.xlsx"))
    with pytest.raises(Refused, match="Submission of department data closed on 2026-12-20"):
        accept(database, evaluator, row, LATE)

    undo(database, evaluator, first, LATE)
    assert values(database) == {}


def test_a_department_that_the_office_reopens_supplies_after_the_last_day_and_no_other_does(
    database: Database, folder: Path, people: dict[str, Actor]
):
    evaluator, until = people["evaluator"], date(2026, 12, 22)
    with database.writing() as session:
        reopenings.reopen(
            session, people["office"], cycle=the_cycle(session), whom=f"department:{DEPARTMENT}", until=until,
            reason="数据更正", now=LATE,
        )  # fmt: skip

    assert page(database, evaluator, accepted(database, evaluator, folder, a_book(*FIRST), LATE)).row.state is (
        Imported.ACCEPTED
    )
    assert values(database) == OF_FIRST
    with pytest.raises(Refused, match="Submission of department data closed on 2026-12-20"):
        upload(database, evaluator, folder, a_book(["建外", 1, 1]), datetime(2026, 12, 23, 2, 0, tzinfo=UTC))
    with database.writing() as session:
        ecology = a_person(session, "ecology", Duty(Role.EVALUATOR, department="ecology-bureau"))
        with pytest.raises(Refused, match="Submission of department data closed on 2026-12-20"):
            imports.upload_import(
                session, ecology, cycle=the_cycle(session), department="ecology-bureau", document=a_book(*FIRST),
                folder=folder, now=LATE,
            )  # fmt: skip


def test_a_reopening_does_not_outlast_the_stage(database: Database, folder: Path, people: dict[str, Actor]):
    evaluator = people["evaluator"]
    with database.writing() as session:
        reopenings.reopen(
            session, people["office"], cycle=the_cycle(session), whom=f"department:{DEPARTMENT}",
            until=date(2026, 12, 22), reason="数据更正", now=LATE,
        )  # fmt: skip
    row = checked(database, evaluator, folder, a_book(*FIRST), LATE)
    with database.writing() as session:
        session.execute(update(Cycle).values(stage=Stage.PROVISIONAL))
    with pytest.raises(Refused, match=r"data has ended \(current stage: Provisional\)"):
        accept(database, evaluator, row, LATE)
