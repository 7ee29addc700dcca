"""Leadership teams: loaded from a file, corrected one by one, and who is in one on a day."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from assess.core.errors import NotAllowed, NotFound, Refused, Stale
from assess.core.flaws import ValidationError
from assess.core.workflow import Stage
from assess.services import teams
from assess.services.documents import UploadedFile
from assess.store.queries.teams import members, members_of
from assess.store.session import Database
from tests.audit import entries
from tests.services.forms import an_open_year, year_2026
from tests.years import CHAOWAI, JIANWAI, NOW, a_year, people, person


@pytest.fixture
def year(database: Database) -> Database:
    an_open_year(database)
    return database


def post(database: Database) -> str:
    """The first post of the sheet."""
    with database.reading() as session:
        return next(iter(teams.post_titles(teams.year_of(session, year_2026(session)))))


def a_list(database: Database, *rows: tuple[str, str, str, str]) -> UploadedFile:
    """A CSV file of the first post: unit, name, first and last day."""
    with database.reading() as session:
        title = teams.post_titles(teams.year_of(session, year_2026(session)))[post(database)].zh
    lines = [f"{unit},{title},{name},{first},{last}" for unit, name, first, last in rows]
    return UploadedFile("班子.csv", "\n".join(["单位,职务,姓名,任职日期,离任日期", *lines]).encode())


def accept(
    database: Database, document: UploadedFile, by: str = "office", seen: int | None = None
) -> teams.TeamsPreview:
    """Accept a list."""
    with database.writing() as session:
        cycle = year_2026(session)
        return teams.accept_teams(session, person(database, by), cycle=cycle, document=document, seen=seen, now=NOW)


def add(database: Database, name: str = "张三", unit: str = JIANWAI, by: str = "office", **facts: object) -> int:
    """Add a member; the number."""
    given = {"post": post(database), "begins": None, "ends": None, **facts}
    with database.writing() as session:
        cycle = year_2026(session)
        return teams.add_member(session, person(database, by), cycle=cycle, unit=unit, name=name, now=NOW, **given).id


def change(database: Database, row: int, *, seen: int = 1, **facts: object) -> None:
    """Correct a member."""
    given = {"post": post(database), "name": "张三", "begins": None, "ends": None, **facts}
    with database.writing() as session:
        cycle = year_2026(session)
        teams.change_member(session, person(database, "office"), cycle=cycle, row=row, seen=seen, now=NOW, **given)


def names(database: Database, day: date | None = None) -> list[str]:
    """Who is in the first unit's team, at all or on a day."""
    with database.reading() as session:
        cycle = year_2026(session).id
        rows = members(session, cycle) if day is None else members_of(session, cycle, JIANWAI, day)
        return [row.name for row in rows if row.unit == JIANWAI]


def test_a_list_replaces_the_teams_and_keeps_who_stays(year: Database):
    accept(year, a_list(year, ("建外街道", "王建国", "", "2026-06-30"), ("建外街道", "李红", "2026-07-01", "")))
    found = accept(year, a_list(year, ("建外街道", "李红", "2026-07-01", ""), ("朝外", "赵敏", "", "")))

    assert ([each.name for each in found.new], [each.name for each in found.gone], found.unchanged) == (
        ["赵敏"],
        ["王建国"],
        1,
    )
    assert names(year) == ["李红"]
    with year.reading() as session:
        assert [entry.action for entry in entries(session, "teams:")] == ["accepted", "accepted"]


def test_who_is_in_a_team_depends_on_the_day(year: Database):
    accept(year, a_list(year, ("建外街道", "王建国", "", "2026-06-30"), ("建外街道", "李红", "2026-07-01", "")))

    assert [names(year, day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == [["王建国"], ["李红"]]


def test_every_flaw_of_a_list_is_told_and_nothing_kept(year: Database):
    wrong = a_list(year, ("建外街道", "王建国", "", "昨天"), ("无此街道", "李红", "", ""), ("建外", "赵\x01敏", "", ""))
    with pytest.raises(ValidationError):
        accept(year, wrong)
    overlapping = a_list(year, ("建外街道", "王建国", "", "2026-06-30"), ("建外街道", "李红", "2026-06-01", ""))
    with pytest.raises(ValidationError) as flawed:
        accept(year, overlapping)

    assert [str(flaw.where).lstrip(":") for flaw in flawed.value.flaws] == ["3:2"]
    assert names(year) == []


def test_a_list_that_says_the_same_and_one_without_names_are_refused(year: Database):
    accept(year, a_list(year, ("建外街道", "李红", "", "")))
    with pytest.raises(Refused):
        accept(year, a_list(year, ("建外街道", "李红", "", "")))
    with pytest.raises(ValidationError):
        accept(year, a_list(year, ("建外街道", "", "", "")))


def test_the_workbook_holds_a_row_for_each_unit_and_post_and_reads_back_what_is_there(year: Database):
    with year.reading() as session:
        blank = openpyxl.load_workbook(teams.written_teams(session, year_2026(session), "zh"))
        count = 3 * len(teams.post_titles(teams.year_of(session, year_2026(session))))
    assert any(sheet.max_row > count for sheet in blank.worksheets)
    accept(year, a_list(year, ("建外街道", "李红", "2026-07-01", ""), ("朝外", "赵敏", "", "2026-12-30")))
    with year.reading() as session:
        book = teams.written_teams(session, year_2026(session), "en")
        with pytest.raises(Refused) as refused:
            teams.preview_teams(session, year_2026(session), UploadedFile("teams.xlsx", BytesIO(book.read()).read()))
    assert refused.value.what == teams.SAME_LIST


def test_members_stand_in_the_order_of_units_and_of_the_posts_of_the_sheet(year: Database):
    with year.reading() as session:
        found = teams.year_of(session, year_2026(session))
    posts = list(teams.post_titles(found))
    for unit in (CHAOWAI, JIANWAI):
        for each in reversed(posts):
            add(year, name=f"{unit}{each}", unit=unit, post=each)

    with year.reading() as session:
        listed = teams.by_post(found, members(session, year_2026(session).id))

    assert [(row.unit, row.post) for row in listed] == [(unit, each) for unit in (JIANWAI, CHAOWAI) for each in posts]


def test_a_member_is_added_ended_and_removed(year: Database):
    row = add(year)
    change(year, row, ends=date(2026, 5, 31))
    second = add(year, "李四", begins=date(2026, 6, 1))
    assert names(year, date(2026, 5, 31)) == ["张三"]
    with year.writing() as session:
        teams.remove_member(session, person(year, "office"), cycle=year_2026(session), row=second, seen=1, now=NOW)

    assert names(year) == ["张三"]
    with year.reading() as session:
        assert [entry.action for entry in entries(session, "member:")] == ["added", "changed", "added", "removed"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"unit": "110105999"}, "unit"),
        ({"post": "no-such"}, "post"),
        ({"post": ""}, "post"),
        ({"name": " "}, "name"),
        ({"name": "张" * 81}, "name"),
        ({"begins": date(2026, 2, 1), "ends": date(2026, 1, 1)}, "ends"),
        ({"begins": date(2026, 5, 1)}, "begins"),
    ],
)
def test_what_is_wrong_with_a_member_is_told_beside_its_field(year: Database, facts: dict[str, object], field: str):
    add(year, "王五", ends=date(2026, 6, 1))
    with pytest.raises(Refused) as refused:
        add(year, **facts)

    assert set(refused.value.fields) == {field}


def test_of_two_who_correct_a_member_one_is_told(year: Database):
    row = add(year)
    change(year, row, name="张三丰")
    with pytest.raises(Stale):
        change(year, row, name="张山")
    with pytest.raises(NotFound):
        change(year, row + 1)

    assert names(year) == ["张三丰"]


def test_only_the_office_names_teams_and_not_in_an_archived_year(year: Database):
    for username in (JIANWAI, "evaluator", "leader"):
        with pytest.raises(NotAllowed):
            add(year, by=username)
        with pytest.raises(NotAllowed):
            accept(year, a_list(year, ("建外街道", "李红", "", "")), by=username)


def test_teams_of_an_archived_year_stay_as_they_are(database: Database):
    with database.writing() as session:
        a_year(session, stage=Stage.ARCHIVED, units=1)
        people(session, [JIANWAI])
    with pytest.raises(Refused):
        add(database)


def test_a_list_seen_before_somebody_else_changed_the_year_comes_too_late(year: Database):
    with year.reading() as session:
        seen = year_2026(session).version
    add(year, unit=CHAOWAI)
    with pytest.raises(Stale):
        accept(year, a_list(year, ("建外街道", "李红", "", "")), seen=seen)
