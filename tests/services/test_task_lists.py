from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from assess.core.errors import Refused, Stale
from assess.core.flaws import ValidationError
from assess.core.text import Text
from assess.services.documents import UploadedFile, document_of
from assess.services.task_lists import TaskListPreview, accept_tasks, preview_tasks, written_tasks
from assess.services.years import year_of
from assess.store.models import Obligation, ObligationReport
from assess.store.queries.accounts import account_called
from assess.store.queries.task_lists import (
    obligation_counts,
    obligation_models,
    obligation_pairs,
    reported_pairs,
    task_list_rows,
)
from assess.store.session import Database, Session
from tests.services.setting_up import FIRST_UNITS, OFFICE, a_new_year, a_ruled_year, a_task_list, the_year
from tests.years import CHAOWAI, JIANWAI, NOW, RULES, a_person

NO_ITEM = ("items: [air.pm25-change]", "items: [air.pm]")
FOR_STREETS = ("applies_to: all", "applies_to: streets")
FOR_ONE = ("applies_to: all", 'applies_to: ["110105001"]')
LATER = NOW + timedelta(days=1)


def accepted(session: Session, document: UploadedFile, *, reason: str = "") -> None:
    accept_tasks(session, OFFICE, cycle=the_year(session), document=document, now=LATER, reason=reason)


def flaws_of(session: Session, document: UploadedFile) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        accepted(session, document)
    return [flaw.localized("en").lstrip(":") for flaw in caught.value.flaws]


def told(preview: TaskListPreview) -> tuple[list[str], list[str], list[str], int, int, int]:
    return (
        [task.no for task in preview.new],
        [change.task.no for change in preview.changed],
        [task.no for task in preview.removed],
        preview.unchanged,
        preview.added,
        preview.withdrawn,
    )


def test_one_row_for_every_street_and_township_becomes_one_obligation_a_unit(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        preview = preview_tasks(session, cycle, a_task_list())
        assert (len(preview.new), preview.added, preview.by_unit[0]) == (
            94, 94 * 4, (Text("建外街道", "Jianwai Subdistrict"), 94),
        )  # fmt: skip
        accepted(session, a_task_list())

        assert obligation_counts(session, cycle.id)["1"] == len(FIRST_UNITS) - 1
        assert len(obligation_pairs(session, cycle.id)) == 94 * 4
        assert [task.no for task in year_of(session, cycle).tasks.tasks][:2] == ["1", "2"]


def test_the_shipped_list_lays_what_it_says_on_the_shipped_units(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session, document_of(RULES / "units.csv"))
        accepted(session, document_of(RULES / "tasks.yaml"))

        assert len(obligation_pairs(session, cycle.id)) == 3661


def test_a_list_with_flaws_is_told_by_line_and_changes_nothing(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)

        bad = a_task_list(('deadline: "2026-12-31"', "deadline: soon"), NO_ITEM)
        assert [flaw.partition(";")[0] for flaw in flaws_of(session, bad)] == [
            "16:15: “soon” is not a date. Enter it as in 2026-12-31, or “all-year” for a task of the whole year.",
            "38:13: The rule sheet has no item “air.pm”. Did you mean “air.pm25-rank”?",
        ]
        assert flaws_of(session, a_task_list(("cycle: chaoyang-2026", "cycle: chaoyang-2025")))[0].startswith(
            "5:8: This task list belongs to the rule sheet chaoyang-2025"
        )
        assert task_list_rows(session, cycle.id) == []


def test_a_list_that_lacks_a_task_of_the_rule_sheet_is_refused(database: Database):
    with database.writing() as session:
        a_ruled_year(session)

        assert any("18" in flaw for flaw in flaws_of(session, a_task_list(("no: 18\n", "no: 180\n"))))


def test_a_list_needs_a_published_rule_sheet(database: Database):
    with database.writing() as session:
        a_new_year(session)

        with pytest.raises(Refused, match="not published"):
            accepted(session, a_task_list())


def test_reports_on_what_stays_are_kept_what_goes_is_withdrawn_and_lives_again(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        accepted(session, a_task_list())
        for unit in (JIANWAI, CHAOWAI):
            reported(session, unit)

        preview = preview_tasks(session, cycle, a_task_list(FOR_ONE))
        assert told(preview) == ([], ["1"], [], 93, 0, 3)
        assert preview.withdrawn_reports == 1
        assert [tuple(text.en for text in texts) for texts in preview.changed[0].fields] == [
            ("applies to", "all", "Jianwai Subdistrict")
        ]
        accepted(session, a_task_list(FOR_ONE))
        assert reported_pairs(session, cycle.id) == {("1", JIANWAI)}
        gone = {row.unit for row in obligation_models(session, cycle.id) if row.withdrawn_at}
        assert gone == {CHAOWAI, "110105003", "110105004"}

        accepted(session, a_task_list())
        assert reported_pairs(session, cycle.id) == {("1", JIANWAI), ("1", CHAOWAI)}
        assert len(obligation_models(session, cycle.id)) == 94 * 4


def reported(session: Session, unit: str) -> None:
    """A unit reported on task 1."""
    if account_called(session, unit) is None:
        a_person(session, unit)
    account = account_called(session, unit)
    assert account is not None
    found = session.scalars(select(Obligation).where(Obligation.task_no == "1", Obligation.unit == unit)).one()
    session.add(
        ObligationReport(
            obligation_id=found.id, period="2026-01", status="started", progress=10_000_000, done_on=None,
            words="x", reported_by=account.id, reported_at=NOW,
        )
    )  # fmt: skip
    session.flush()


def test_the_same_list_again_is_nothing_to_save_and_an_overtaken_one_is_told(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        accepted(session, a_task_list())

        with pytest.raises(Refused, match="nothing to save"):
            accepted(session, a_task_list())
        with pytest.raises(Stale):
            accept_tasks(session, OFFICE, cycle=cycle, document=a_task_list(FOR_ONE), now=NOW, seen=cycle.version)


def test_the_list_as_a_workbook_says_the_same(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        accepted(session, a_task_list(FOR_STREETS))

        book = UploadedFile("tasks.xlsx", written_tasks(session, cycle, "zh").getvalue())
        assert told(preview_tasks(session, cycle, book)) == ([], [], [], 94, 0, 0)
