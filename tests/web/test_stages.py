"""The pages of stages, dates, opening, leadership teams and the next year."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from assess.core.workflow import Stage
from assess.services.previous import state_none
from assess.services.stages.dates import NO_REASON
from assess.services.years import units_of
from assess.store.models import Cycle, Exemption, Obligation, Reopening, Submission, TeamMember
from assess.store.queries.cycles import cycle_of_year
from assess.store.queries.previous import FIGURES, RESULTS
from assess.store.queries.stages import moves_of
from assess.store.session import Database
from tests.queries import counted
from tests.services.forms import an_open_year, dated
from tests.services.moves import long_past, second_person
from tests.web.conftest import SignInAs
from tests.web.pages import confirm, submit, visit
from tests.years import CHAOWAI, JIANWAI, NOW, a_year, people

DATES = {
    "collecting_begins": "2026-11-01", "collecting_ends": "2026-12-10",
    "verifying_begins": "2026-12-11", "verifying_ends": "2026-12-20",
    "provisional_begins": "2026-12-21", "provisional_ends": "2026-12-27",
    "appeals_begins": "2026-12-28", "appeals_ends": "2027-01-10",
}  # fmt: skip


def english(client: FlaskClient) -> FlaskClient:
    """The same client, reading English."""
    client.set_cookie("language", "en")
    return client


@pytest.fixture
def office(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """An officer at work, in English, while units report."""
    an_open_year(database)
    return english(sign_in_as("office"))


@pytest.fixture
def early(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """An officer at work, in English, before the year is open; nothing was there the year before."""
    with database.writing() as session:
        cycle = a_year(session, stage=Stage.PREPARING)
        office = people(session)["office"]
        for kind in (FIGURES, RESULTS):
            state_none(session, office, cycle=cycle, kind=kind, now=NOW)
    return english(sign_in_as("office"))


def stage(database: Database) -> Stage:
    """Where the year stands."""
    with database.reading() as session:
        cycle = cycle_of_year(session, year=2026)
        assert cycle is not None
        return cycle.stage


def test_everybody_reads_the_stages_and_only_the_office_finds_the_moves(office: FlaskClient, sign_in_as: SignInAs):
    page = visit(office, "/2026/stages")
    rows = page.tables["Progress of the year"]
    assert [row[0] for row in rows[1:]] == [
        f"{stage.label.en} {now}"
        for stage, now in zip(
            Stage,
            ["Past", "Current stage", "Not started", "Not started", "Not started", "Not started", "Not started"],
            strict=True,
        )
    ]
    assert "Move on to: Certifying" in page.links
    for username in (JIANWAI, "evaluator", "leader", "receiver"):
        client = sign_in_as(username)
        assert not [text for text in visit(client, "/2026/stages", language="zh").links if "“核定”" in text]


def test_the_office_moves_on_once_however_often_it_presses(database: Database, office: FlaskClient):
    with database.writing() as session:
        cycle = cycle_of_year(session, year=2026)
        session.add(Submission(cycle_id=cycle.id, unit=CHAOWAI, state="returned", times=1))
    long_past(database)
    first, second = (visit(office, "/2026/stages/verifying").form() for _ in range(2))
    assert submit(office, first).path == "/2026/stages"
    again = office.post(second.action, data=second.values)
    assert (again.status_code, stage(database)) == (422, Stage.VERIFYING)

    page = visit(office, "/2026/stages/provisional")
    assert "These units are recorded as accepting the return" in page.main
    done = submit(office, page.form())
    assert "the return counts as accepted: Chaowai Subdistrict" in done.main
    assert "fill in and submit forms" in visit(office, "/2026/stages/collecting").main


def test_a_step_back_asks_for_its_reason(database: Database, office: FlaskClient):
    long_past(database)
    submit(office, visit(office, "/2026/stages/verifying").form())
    page = submit(office, visit(office, "/2026/stages/collecting").form(), {"reason": " "}, status=422)
    assert page.errors == ["Enter the reason for going back to the stage Collecting."]
    submit(office, page.form(), {"reason": "延长填报"})

    with database.reading() as session:
        assert [move.reason for move in moves_of(session, cycle_of_year(session, year=2026).id)] == ["延长填报", None]


def test_before_the_last_day_one_asks_and_another_approves_and_everybody_reads_that_it_ended_early(
    database: Database, office: FlaskClient, sign_in_as: SignInAs
):
    with database.writing() as session:
        dated(session)
    second_person(database)
    page = visit(office, "/2026/stages/verifying")
    assert "has not passed. Moving now is recorded as an early end" in page.main
    page = submit(office, page.form(), {"reason": ""}, press="Request approval", status=422)
    assert page.errors == ["Enter the reason."]
    shown = submit(office, page.form(), {"reason": "All units reported."}, press="Request approval")
    assert "office requested to move on to Certifying" in shown.main
    assert [form.action for form in visit(office, "/2026/stages/verifying").forms] == ["/sign-out"]
    own = visit(office, "/2026/stages/requests/1").main
    assert ("Approve" in own, "Reason for withdrawing" in own) == (False, True)

    other = english(sign_in_as("approver"))
    assert "Move decided by two people" in visit(other, "/2026/").links
    first, second = (visit(other, "/2026/stages/requests/1").form() for _ in range(2))
    done = submit(other, first, {"ruling": "I counted them."}, press="Approve and move the year")
    assert "Approved by approver" in done.main
    assert stage(database) is Stage.VERIFYING
    again = submit(other, second, {"ruling": "I counted them."}, press="Approve and move the year")
    assert (again.path, stage(database)) == ("/2026/stages", Stage.VERIFYING)
    for username in ("office", JIANWAI):
        told = visit(english(sign_in_as(username)), "/2026/stages").main
        assert "(planned for 2099-12-31): missing answers do not count as acceptance" in told
        assert "Reason: All units reported." in told


def test_what_stands_in_the_way_of_a_move_is_told_before_anybody_asks_for_it(database: Database, sign_in_as: SignInAs):
    with database.writing() as session:
        a_year(session, stage=Stage.APPEALS, units=1)
        people(session, [JIANWAI])
    page = visit(english(sign_in_as("office")), "/2026/stages/final")

    assert "No result was released, so the year cannot become final" in page.main
    assert [form.action for form in page.forms] == ["/sign-out"]


def test_stages_are_not_left_out(office: FlaskClient):
    for target in ("final", "archived", "appeals", "collecting"):
        visit(office, f"/2026/stages/{target}", status=422)
    assert office.get("/2026/stages/nonsense").status_code == 404


def test_dates_are_kept_and_wrong_ones_told_beside_their_fields(early: FlaskClient):
    wrong = {**DATES, "verifying_begins": "2026-12-10", "appeals_ends": "soon", "collecting_ends": ""}
    page = submit(early, visit(early, "/2026/setup/dates").form(), wrong, status=422)
    assert page.errors == ["Enter a date such as 2026-03-25"]
    page = submit(early, page.form(), {**wrong, "appeals_ends": "2027-01-10"}, status=422)
    assert page.errors == ["Enter the first and the last day."]
    page = submit(early, page.form(), {"collecting_ends": "2026-12-10"}, status=422)
    assert page.errors == ["This must begin after the stage Collecting, which ends on 2026-12-10."]

    assert submit(early, page.form(), {"verifying_begins": "2026-12-11"}).path == "/2026/setup"


def test_of_two_officers_who_set_dates_the_later_is_told(early: FlaskClient):
    first, second = (visit(early, "/2026/setup/dates").form() for _ in range(2))
    submit(early, first, DATES)
    page = submit(early, second, {**DATES, "appeals_ends": "2027-01-11"}, status=409)

    assert page.errors[0].startswith("Someone else changed this")


def test_dates_of_an_open_year_need_a_reason(office: FlaskClient):
    page = submit(office, visit(office, "/2026/setup/dates").form(), DATES, status=422)
    assert page.errors == [NO_REASON.en]

    assert submit(office, page.form(), {"reason": "延期"}).path == "/2026/stages"


def test_the_year_opens_once_and_the_page_says_who_is_missing(database: Database, early: FlaskClient):
    page = visit(early, "/2026/setup/open")
    assert "Units without an official (cannot submit) (41)" in page.main
    form = page.form()
    assert submit(early, form).path == "/2026/stages"
    assert early.post(form.action, data=form.values).location == "/2026/stages"
    assert stage(database) is Stage.COLLECTING


def test_a_year_that_lacks_something_has_no_button_and_does_not_open(database: Database, sign_in_as: SignInAs):
    with database.writing() as session:
        a_year(session, stage=Stage.PREPARING, units=1)
        people(session, [JIANWAI])
    client = english(sign_in_as("office"))
    page = visit(client, "/2026/setup/open")
    assert [form for form in page.forms if form.in_main] == []
    token = visit(client, "/2026/setup/dates").form().values["csrf_token"]
    with database.reading() as session:
        seen = cycle_of_year(session, year=2026).version
    answer = client.post("/2026/setup/open", data={"csrf_token": token, "seen": seen})

    assert (answer.status_code, stage(database)) == (422, Stage.PREPARING)


def test_teams_come_from_a_file_and_are_corrected_one_by_one(office: FlaskClient):
    book = office.get("/2026/setup/teams/teams.xlsx")
    assert book.status_code == 200
    text = "单位,职务,姓名\n建外街道,党（工）委书记,王建国\n朝外街道,党（工）委书记,李红\n"
    preview = submit(office, visit(office, "/2026/setup/teams").form(), {"file": (BytesIO(text.encode()), "班子.csv")})
    assert preview.h1 == "Changes in the new list"
    page = submit(office, preview.form())
    assert [row[2] for row in page.tables["Members: 2"][1:]] == ["王建国", "李红"]

    form = visit(office, page.links["王建国"]).form("/1")
    page = submit(office, form, {"begins": "2026-06-01", "ends": "2026-05-01"}, status=422)
    assert page.errors == ["The last day is before the first. Check both dates."]
    submit(office, page.form("/1"), {"begins": "", "ends": "2026-05-01"})
    stale = office.post(form.action, data=form.values)
    assert stale.status_code == 409
    new = visit(office, "/2026/setup/teams/new").form()
    submit(office, new, {"unit": JIANWAI, "post": new.choices["post"][1], "name": "赵敏", "begins": "2026-05-02"})
    page = confirm(office, visit(office, "/2026/setup/teams/3"), "/remove")

    assert [row[2] for row in page.tables["Members: 2"][1:]] == ["王建国", "李红"]


def test_long_teams_are_listed_a_page_at_a_time(database: Database, office: FlaskClient):
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(52)]
    with database.writing() as session:
        cycle = session.query(Cycle).one().id
        session.add_all(
            TeamMember(cycle_id=cycle, unit=JIANWAI, post="party-secretary", name=f"王{day:%j}", begins=day, ends=day)
            for day in days
        )

    first = visit(office, "/2026/setup/teams")
    second = visit(office, first.links["Next page"])

    assert [len(page.tables["Members: 52"]) - 1 for page in (first, second)] == [50, 2]
    assert "Next page" not in second.links


def test_flaws_of_a_file_of_teams_stand_on_the_page(office: FlaskClient):
    text = "单位,职务,姓名\n无此街道,党（工）委书记,王建国\n建外街道,站长,李红\n"
    page = submit(
        office, visit(office, "/2026/setup/teams").form(), {"file": (BytesIO(text.encode()), "a.csv")}, status=422
    )

    assert len(page.tables["The file"]) == 3


def test_the_next_year_is_made_from_this_one_and_once(office: FlaskClient):
    years = visit(office, "/years")
    form = visit(office, years.links["Create 2027 from it"]).form()
    assert submit(office, form).path == "/2027/setup"
    again = office.post(form.action, data=form.values)
    assert again.status_code == 422
    for path in ("/2027/setup", "/2027/setup/units", "/2027/setup/rules", "/2027/setup/teams", "/2027/setup/dates"):
        visit(office, path, status=422 if path.endswith("teams") else 200)


@pytest.mark.parametrize("units", [1, 3, 43])
def test_the_number_of_queries_does_not_depend_on_the_units(database: Database, sign_in_as: SignInAs, units: int):
    with database.writing() as session:
        cycle, made = a_year(session, units=units), people(session, [JIANWAI])
        for code in units_of(session, cycle)[0].codes:
            session.add(
                TeamMember(cycle_id=cycle.id, unit=code, post="secretary", name="王建国", begins=None, ends=None)
            )
            session.add(Submission(cycle_id=cycle.id, unit=code, state="returned", times=1))
            session.add(
                Exemption(cycle_id=cycle.id, unit=code, item="soil.join", reason="x", state="approved",
                          asked_by=made["office"].account, asked_at=NOW)
            )  # fmt: skip
            session.add(
                Reopening(
                    cycle_id=cycle.id, unit=code, until=date(2026, 12, 15), reason="x", opened_by=0, opened_at=NOW
                )
            )
    client = sign_in_as("office")
    visit(client, "/2026/stages")
    found = {}
    for path in ("/2026/stages", "/2026/stages/verifying", "/2026/setup/teams", "/2026/setup/dates",
                 "/2026/exemptions", "/2026/exemptions/new", "/2026/exclusions", "/2026/reopenings"):  # fmt: skip
        with counted(client.application.extensions["database"]) as queries:
            visit(client, path)
        found[path] = len(queries)

    assert found == {
        "/2026/stages": 7,
        "/2026/stages/verifying": 7,
        "/2026/setup/teams": 8,
        "/2026/setup/dates": 4,
        "/2026/exemptions": 6,
        "/2026/exemptions/new": 5,
        "/2026/exclusions": 6,
        "/2026/reopenings": 6,
    }


def test_an_official_takes_the_days_of_the_year_into_a_calendar(database: Database, sign_in_as: SignInAs):
    an_open_year(database)
    with database.writing() as session:
        dated(session, ends=date(2026, 12, 20))
    client = english(sign_in_as(JIANWAI))
    answer = client.get("/2026/stages/calendar.ics")
    assert answer.mimetype == "text/calendar"
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    found = {str(event["UID"]): (str(event["SUMMARY"]), event["DTSTART"].dt, event["DTEND"].dt) for event in events}
    assert len(found) == len(events)
    collecting = found["2026-stages-collecting@127.0.0.1"]
    assert collecting[0].endswith("Collecting")
    assert collecting[2] == date(2026, 12, 21), "the day after the last"
    report = found[f"2026-stages-report-{JIANWAI}@127.0.0.1"]
    assert report[1:] == (date(2026, 12, 20), date(2026, 12, 21))
    assert any("tasks due" in title for title, *_ in found.values())

    client.set_cookie("language", "zh")
    again = Calendar.from_ical(client.get("/2026/stages/calendar.ics").data).walk("VEVENT")
    assert [str(event["UID"]) for event in again] == list(found), "in another language the same entries"
    assert max(map(len, answer.data.split(b"\r\n"))) <= 75

    with database.writing() as session:
        session.query(Obligation).delete()
    without_tasks = Calendar.from_ical(client.get("/2026/stages/calendar.ics").data).walk("VEVENT")
    assert f"2026-stages-report-{JIANWAI}@127.0.0.1" in {str(event["UID"]) for event in without_tasks}
