"""The next year made from a year."""

from __future__ import annotations

from datetime import date

import pytest

from assess.core.errors import NotAllowed, Refused
from assess.core.stages.timeline import StageSpan
from assess.core.text import Text
from assess.core.workflow import Stage
from assess.services import copying_years, rules
from assess.services.years import year_of
from assess.store.models import Exemption, Obligation, TeamMember, Unit, UnitName, Value
from assess.store.queries.cycles import CycleRow, cycle_of_year
from assess.store.queries.rules import sheet_rows
from assess.store.queries.stages import spans_of
from assess.store.queries.teams import members
from assess.store.session import Database, Session
from tests.audit import entries
from tests.years import CHAOWAI, JIANWAI, NOW, a_year, people, person


def row_of(session: Session, year: int) -> CycleRow:
    found = cycle_of_year(session, year=year)
    assert found is not None
    return found


@pytest.fixture
def year(database: Database) -> Database:
    """A year with teams, an exemption, and a unit that is renamed for the next."""
    with database.writing() as session:
        cycle = a_year(session, units=3)
        made = people(session)
        session.add_all(
            TeamMember(cycle_id=cycle.id, unit=unit, post="secretary", name=name, begins=None, ends=ends)
            for unit, name, ends in (
                (JIANWAI, "王建国", None),
                (CHAOWAI, "李红", date(2026, 12, 31)),
                (CHAOWAI, "赵敏", date(2027, 6, 30)),
            )
        )
        session.add(
            UnitName(
                code=JIANWAI, begins=date(2027, 1, 1), name_zh="建国门外街道", name_en="Jianguomenwai", reason="更名"
            )
        )
        session.add(
            Exemption(cycle_id=cycle.id, unit=JIANWAI, item="soil.join", reason="x", state="approved",
                      asked_by=made["office"].account, asked_at=NOW)
        )  # fmt: skip
    return database


def copy(database: Database, by: str = "office") -> copying_years.CopiedYear:
    """Make 2027 of 2026."""
    with database.writing() as session:
        return copying_years.copy_year(session, person(database, by), origin=row_of(session, 2026), now=NOW)


def test_the_next_year_has_what_stays_and_nothing_that_was_reported_or_decided(year: Database):
    copied = copy(year)

    assert (copied.year, copied.units, copied.members, copied.dates, copied.sheet, copied.flaws) == (
        2027, 3, 2, 4, True, (),
    )  # fmt: skip
    with year.reading() as session:
        row = row_of(session, 2027)
        assert (row.title, row.stage, row.opened, row.demonstration) == (
            Text("2027年考核", "Assessment of 2027"), Stage.PREPARING, False, True,
        )  # fmt: skip
        assert spans_of(session, row.id)[Stage.APPEALS] == StageSpan(date(2027, 1, 1), date(2028, 1, 10))
        assert [(each.unit, each.name) for each in members(session, row.id)] == [(JIANWAI, "王建国"), (CHAOWAI, "赵敏")]
        for table in (Exemption, Obligation):
            assert session.query(table).filter_by(cycle_id=row.id).count() == 0
        assert session.query(Value).count() == 0
        assert [entry.action for entry in entries(session, "cycle:2027")] == ["created", "copied"]


def test_units_bear_the_names_that_hold_when_the_year_begins(year: Database):
    copy(year)
    with year.reading() as session:
        found = session.query(Unit).filter_by(cycle_id=row_of(session, 2027).id, code=JIANWAI).one()
        assert found.name == Text("建国门外街道", "Jianguomenwai")
        assert "建外街道" in found.aliases["aliases"]


def test_the_sheet_is_a_draft_of_the_new_year_that_can_be_published_and_then_binds_the_units(year: Database):
    copy(year)
    with year.writing() as session:
        cycle = row_of(session, 2027)
        assert [(row.number, row.is_published) for row in sheet_rows(session, cycle.id)] == [(1, False)]
        sheet = rules.sheet_of(session, cycle, 1)
        assert (sheet.id, sheet.year, sheet.title.zh) == ("chaoyang-2027", 2027, "2027年街乡环境保护考核评分表（演示）")
        rules.publish_rules(session, person(year, "office"), cycle=cycle, number=1, now=NOW)
    with year.reading() as session:
        found = year_of(session, row_of(session, 2027))
        assert found.tasks is not None
        old = year_of(session, row_of(session, 2026)).tasks
        assert old is not None
        assert [task.deadline for task in found.tasks.tasks if isinstance(task.deadline, date)] == [
            task.deadline.replace(year=2027) for task in old.tasks if isinstance(task.deadline, date)
        ]
        laid = [session.query(Obligation).filter_by(cycle_id=row_of(session, each).id).count() for each in (2026, 2027)]
        assert laid[0] == laid[1] > 0


def test_a_year_is_copied_once(year: Database):
    copy(year)
    with pytest.raises(Refused):
        copy(year)


def test_only_the_office_copies_a_year(year: Database):
    for username in (JIANWAI, "evaluator", "leader"):
        with pytest.raises(NotAllowed):
            copy(year, username)


def test_the_29th_of_february_becomes_the_28th():
    assert copying_years.a_year_later(date(2028, 2, 29)) == date(2029, 2, 28)
