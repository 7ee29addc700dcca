"""Files of findings recorded: all of a file or nothing, nothing twice, numbers in a row; withdrawn by two people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from assess.core.actors import Role
from assess.core.errors import NotAllowed, NotFound, Refused, Stale
from assess.core.finding_imports.verdicts import FindingCheckList
from assess.core.findings.history import standing_of
from assess.core.workflow import Imported, Stage
from assess.services import finding_imports
from assess.services.accounts import Duty
from assess.services.findings.standing import kept_of
from assess.store.models import Cycle, Finding, FindingEvent
from assess.store.queries.findings import event_record
from assess.store.session import Database
from tests.audit import entries
from tests.services.finding_imports import (
    FIRST,
    accepted,
    an_export,
    ask_to_accept,
    ask_to_withdraw,
    checked,
    decide,
    ledger,
    page,
    upload,
    work,
)  # fmt: skip
from tests.services.findings import DUST, a_ledger, page_of, record, step
from tests.services.imports import the_cycle
from tests.stores import on_sqlite
from tests.years import CHAOWAI, JIANWAI, NOW, a_person, person

MORE = (
    FIRST[0],
    ("2026-0003", "朝外街道", "夜间施工", "朝外大街 6 号", "2026-11-21", "噪声", "", ""),
    ("", "建外街道", "建国路裸土", "建国路88号", "2026-11-22", "扬尘", "", ""),
)


def shown(database: Database, row: int) -> dict[str, list[tuple[Any, ...]]]:
    """What the lists of a file hold: the row, the number elsewhere and the finding it stands beside or became."""
    found = {}
    for each in page(database, row).counts:
        if each not in (FindingCheckList.FLAWS, FindingCheckList.WARNINGS):
            lines: Any = page(database, row, each).lines
            found[each.value] = [
                (row.row, row.external, row.earlier and row.earlier.number, row.earlier_row, row.number)
                for row in (line.row for line in lines)
            ]
    return found


def histories_agree(database: Database) -> bool:
    """Whether what the row of each finding keeps is what its history says."""
    with database.reading() as session:
        for finding in session.scalars(select(Finding)):
            query = select(event_record()).where(FindingEvent.finding_id == finding.id)
            said = list(session.scalars(query.order_by(FindingEvent.id)))
            kept = kept_of(standing_of(said))
            if kept != {name: getattr(finding, name) for name in kept} or finding.events != len(said):
                return False
    return True


def test_new_findings_are_recorded_in_the_order_of_their_days_known_ones_left_out(database: Database, instance: Path):
    folder = instance / "uploads"
    a_ledger(database)
    record(database, DUST._replace(place="建国路88号", found_on="2026-11-10"))
    first = accepted(database, folder, an_export(*FIRST))
    assert shown(database, first) == {"alike": [(2, "2026-0002", 1, "", 3)], "new": [(3, "2026-0001", None, "", 2)]}
    assert [
        (row.number, row.unit, row.source, row.kind, row.state, row.found_on, row.deadline, row.recorded_by)
        for row in ledger(database)[1:]
    ] == [
        (2, CHAOWAI, "hotline", "noise", "found", date(2026, 11, 18), None, "evaluator"),
        (3, JIANWAI, "hotline", "dust", "assigned", date(2026, 11, 20), date(2026, 12, 4), "evaluator"),
    ]
    assert histories_agree(database)

    more = accepted(database, folder, an_export(*MORE), who="reviewer")
    assert shown(database, more) == {
        "alike": [(3, "2026-0003", 2, "", 4), (4, "", 3, "", 5)], "known": [(2, "2026-0002", 3, "", None)],
    }  # fmt: skip
    again = checked(database, folder, an_export(*MORE))
    assert shown(database, again) == {
        "known": [(2, "2026-0002", 3, "", None), (3, "2026-0003", 4, "", None), (4, "", 5, "", None)]
    }
    assert [note.en for note in page(database, again).notes] == [
        "All 3 findings in this file are already recorded. There is nothing to accept."
    ]
    with pytest.raises(Refused, match="nothing to accept"):
        ask_to_accept(database, again)
    with database.reading() as session:
        came = finding_imports.source_of(session, finding=page_of(database, "evaluator", 5).row.id)
        none = finding_imports.source_of(session, finding=page_of(database, "evaluator", 1).row.id)
        acts = [(entry.actor, entry.action) for entry in entries(session, f"finding-import:2026/{more}")]
    assert came is not None
    assert (came.file_name, came.sheet, came.row, came.external, came.accepted_by, none) == (
        "hotline.xlsx", "数据", 4, "", "reviewer", None,
    )  # fmt: skip
    assert acts == [
        ("reviewer", "uploaded"), ("worker", "checked"), ("reviewer", "asked to accept"), ("reviewer", "accepted"),
    ]  # fmt: skip


def test_of_two_files_with_the_same_findings_one_is_recorded_and_the_other_told_so(database: Database, instance: Path):
    folder = instance / "uploads"
    a_ledger(database)
    one, other = (checked(database, folder, an_export(*rows, name=f"{len(rows)}.xlsx")) for rows in (FIRST, MORE))
    seen = page(database, one).row.version
    ask_to_accept(database, one)
    with pytest.raises(Stale), database.writing() as session:
        finding_imports.accept_findings(
            session, person(database, "reviewer"), cycle=the_cycle(session), row=one, seen=seen, now=NOW
        )
    with pytest.raises(Refused, match="is being accepted"):
        ask_to_accept(database, one, who="reviewer")
    ask_to_accept(database, other, who="reviewer")
    work(database, folder)

    assert [page(database, row).row.state for row in (one, other)] == [Imported.ACCEPTED, Imported.CHECKED]
    assert [note.en.partition(",")[0] for note in page(database, other).notes] == [
        "Someone else already recorded findings in this file (1)"
    ]
    ask_to_accept(database, other, who="reviewer")
    work(database, folder)
    assert [(row.number, row.found_on.day) for row in ledger(database)] == [(1, 18), (2, 20), (3, 21), (4, 22)]


@on_sqlite
def test_nobody_records_for_the_own_unit_in_a_closed_year_or_without_inspecting(database: Database, instance: Path):
    folder = instance / "uploads"
    a_ledger(database)
    with database.writing() as session:
        a_person(session, "both", Duty(Role.EVALUATOR, department="ecology-bureau"), Duty(Role.OFFICIAL, unit=JIANWAI))
    row, empty = checked(database, folder, an_export(*FIRST)), checked(database, folder, an_export())
    assert [page(database, each).row.state for each in (row, empty)] == [Imported.CHECKED, Imported.FLAWED]
    with pytest.raises(NotAllowed, match="You report for Jianwai"):
        ask_to_accept(database, row, who="both")
    for who in (JIANWAI, "leader", "receiver"):
        with pytest.raises(NotAllowed):
            upload(database, folder, an_export(*FIRST), who=who)
        with pytest.raises(NotAllowed):
            page(database, row, who=who)
    with pytest.raises(NotFound):
        page(database, 99)
    with pytest.raises(Refused, match="Select the source of the finding"), database.writing() as session:
        finding_imports.upload_findings(
            session, person(database, "evaluator"), cycle=the_cycle(session), document=an_export(*FIRST), source="x",
            folder=folder, now=NOW,
        )  # fmt: skip
    ask_to_accept(database, row)
    with database.writing() as session:
        session.query(Cycle).update({Cycle.stage: Stage.PROVISIONAL})
    work(database, folder)

    assert (page(database, row).row.state, ledger(database)) == (Imported.CHECKED, [])
    assert page(database, row).notes[0].en.startswith("The year is at the stage Provisional")
    assert not page(database, row).may_accept
    with pytest.raises(Refused, match="Provisional"):
        upload(database, folder, an_export(*FIRST))


def test_a_file_is_withdrawn_by_two_people_unless_somebody_went_on_with_one_of_its_findings(
    database: Database, instance: Path
):
    folder = instance / "uploads"
    a_ledger(database)
    row = accepted(database, folder, an_export(*FIRST))
    ask_to_withdraw(database, row)
    with pytest.raises(Refused, match="A request to withdraw this file is already pending"):
        ask_to_withdraw(database, row, who="reviewer")
    with pytest.raises(NotAllowed):
        decide(database, row, "approve", who="evaluator")
    decide(database, row, "refuse", who="reviewer", reason="文件无误")
    assert [each.state for each in ledger(database)] == ["found", "assigned"]
    ask_to_withdraw(database, row)
    decide(database, row, "withdraw", who="evaluator")
    step(database, "start", JIANWAI, number=2)
    with pytest.raises(Refused, match=r"worked on since \(1: no\. 2\)"):
        ask_to_withdraw(database, row)

    other = accepted(database, folder, an_export(*MORE[1:]))
    ask_to_withdraw(database, other)
    decide(database, other, "approve", who="reviewer")
    assert [each.state for each in ledger(database)] == ["found", "rectifying", "void", "void"]
    assert (page(database, other).row.state, histories_agree(database)) == (Imported.UNDONE, True)
    assert shown(database, checked(database, folder, an_export(*MORE))).keys() == {"alike", "known"}

    third = accepted(database, folder, an_export(*MORE[1:]))
    step(database, "assign", "evaluator", number=5, deadline="2026-12-30")
    with pytest.raises(Refused, match=r"no\. 5"):
        ask_to_withdraw(database, third)
    assert page(database, third).may_withdraw
