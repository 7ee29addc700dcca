"""Exemptions and excluded data: asked for by some, ruled on by others, and what they do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from assess.core.actors import Role
from assess.core.errors import NotAllowed, NotFound, Refused, Stale
from assess.core.workflow import Request, Stage, WorkflowStep
from assess.services.accounts import Duty
from assess.services.requests import approvals
from assess.services.requests.approvals import EXCLUSIONS, EXEMPTIONS, RequestType
from assess.services.requests.exclusions import ask_exclusion
from assess.services.requests.exemptions import ask_exemption
from assess.store.models import Batch, Cycle, Value
from assess.store.queries.years import current_values
from assess.store.session import Database
from tests.audit import entries
from tests.services.forms import an_open_year, form_now, year_2026
from tests.years import CHAOWAI, JIANWAI, NOW, a_person, person

ITEM = "soil.hazardous"
ASKED = {"hazard_ledger", "hazard_storage", "hazard_contract"}
"""What the item asks of a unit."""


@pytest.fixture
def year(database: Database) -> Database:
    an_open_year(database)
    with database.writing() as session:
        a_person(session, "office2", Duty(Role.OFFICE))
        a_person(session, "waste", Duty(Role.EVALUATOR, department="urban-management"))
    return database


def exempt(database: Database, username: str, unit: str = JIANWAI, item: str = ITEM, reason: str = "辖区内没有") -> int:
    """Ask for an exemption; the number of the request."""
    with database.writing() as session:
        actor, cycle = person(database, username), year_2026(session)
        return ask_exemption(session, actor, cycle=cycle, unit=unit, item=item, reason=reason, now=NOW).id


def exclude(database: Database, username: str, unit: str = JIANWAI, figure: str = "pm25", period: str = "") -> int:
    """Ask for an exclusion; the number of the request."""
    with database.writing() as session:
        actor, facts = person(database, username), {"figure": figure, "period": period, "reason": "沙尘天气"}
        return ask_exclusion(session, actor, cycle=year_2026(session), unit=unit, now=NOW, **facts).id


def rule(
    database: Database,
    username: str,
    row: int,
    step: WorkflowStep = WorkflowStep.APPROVE,
    *,
    kind: RequestType = EXEMPTIONS,
    seen: int = 1,
) -> None:
    """Rule on a request."""
    with database.writing() as session:
        actor, cycle = person(database, username), year_2026(session)
        approvals.rule(session, actor, kind, cycle=cycle, row=row, step=step, ruling="经核查属实", seen=seen, now=NOW)


def withdraw(database: Database, username: str, row: int, *, seen: int, kind: RequestType = EXEMPTIONS) -> None:
    """Take a request back."""
    with database.writing() as session:
        actor, cycle = person(database, username), year_2026(session)
        approvals.withdraw(session, actor, kind, cycle=cycle, row=row, reason="填错了", seen=seen, now=NOW)


def state(database: Database, row: int, kind: RequestType = EXEMPTIONS) -> tuple[Request, int]:
    """State and version of a request."""
    with database.reading() as session:
        found = approvals.request_seen(session, person(database, "office"), kind, cycle=year_2026(session), row=row)
        return found.state, found.version


def test_an_approved_exemption_takes_the_item_out_of_the_form(year: Database):
    official = person(year, JIANWAI)
    row = exempt(year, JIANWAI)
    assert set(form_now(year, official).form.fields) > ASKED
    rule(year, "office", row)

    form = form_now(year, official).form
    left = [use for section in form.sections for each in section.not_applicable for use in each.items]
    assert not ASKED & set(form.fields)
    assert {use.id for use in left} >= {ITEM}
    assert set(form_now(year, person(year, CHAOWAI), CHAOWAI).form.fields) > ASKED
    with year.reading() as session:
        assert [(each.action, each.actor) for each in entries(session, "exemption:")] == [
            ("asked", JIANWAI),
            ("approved", "office"),
        ]


def test_nobody_rules_on_what_they_asked_for_themselves(year: Database):
    row = exempt(year, "office")
    with pytest.raises(NotAllowed):
        rule(year, "office", row)
    rule(year, "office2", row)

    assert state(year, row) == (Request.APPROVED, 2)


def test_only_the_office_rules(year: Database):
    row = exempt(year, JIANWAI)
    for username in (JIANWAI, "colleague", "evaluator", "leader"):
        with pytest.raises(NotAllowed):
            rule(year, username, row)

    assert state(year, row) == (Request.ASKED, 1)


def test_an_official_asks_for_the_own_unit_alone(year: Database):
    with pytest.raises(NotFound):
        exempt(year, JIANWAI, unit=CHAOWAI)
    for username in ("evaluator", "leader"):
        with pytest.raises(NotFound):
            exempt(year, username)


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"item": "soil"}, "subject"), ({"item": "no.such"}, "subject"), ({"reason": " "}, "reason")],
)
def test_what_cannot_be_asked_for_is_told_beside_its_field(year: Database, facts: dict[str, str], field: str):
    with pytest.raises(Refused) as refused:
        exempt(year, JIANWAI, **facts)

    assert set(refused.value.fields) == {field}


def test_an_exemption_is_asked_for_once_until_it_is_refused(year: Database):
    row = exempt(year, JIANWAI)
    with pytest.raises(Refused) as refused:
        exempt(year, "colleague")
    assert refused.value.what.en == "An exemption of the unit from this item was already requested. State: pending."
    rule(year, "office", row, WorkflowStep.REFUSE)

    assert state(year, exempt(year, "colleague")) == (Request.ASKED, 1)


def test_two_officers_who_rule_at_once_are_told_apart(year: Database):
    row = exempt(year, JIANWAI)
    rule(year, "office", row)
    with pytest.raises(Stale):
        rule(year, "office2", row, WorkflowStep.REFUSE)
    with pytest.raises(Refused):
        rule(year, "office2", row, WorkflowStep.REFUSE, seen=2)


def test_who_asked_takes_it_back_and_what_was_granted_only_the_office(year: Database):
    first, second = exempt(year, JIANWAI), exempt(year, JIANWAI, item="soil.join")
    with pytest.raises(NotFound):
        withdraw(year, CHAOWAI, first, seen=1)
    with pytest.raises(NotAllowed):
        withdraw(year, "colleague", first, seen=1)
    withdraw(year, JIANWAI, first, seen=1)
    rule(year, "office", second)
    with pytest.raises(NotAllowed):
        withdraw(year, JIANWAI, second, seen=2)
    withdraw(year, "office", second, seen=2)

    assert [state(year, each)[0] for each in (first, second)] == [Request.WITHDRAWN] * 2
    assert set(form_now(year, person(year, JIANWAI)).form.fields) > {"sorting_join"}


def test_nothing_is_asked_for_or_ruled_on_once_results_are_out(year: Database):
    row = exempt(year, JIANWAI)
    with year.writing() as session:
        session.query(Cycle).one().stage = Stage.PROVISIONAL.value
    for act in (lambda: exempt(year, JIANWAI, item="soil.join"), lambda: rule(year, "office", row)):
        with pytest.raises(Refused):
            act()


def test_officials_see_the_requests_of_their_units_and_evaluators_all(year: Database):
    exempt(year, JIANWAI), exempt(year, CHAOWAI, unit=CHAOWAI)
    with year.reading() as session:
        seen = {
            username: [
                row.unit
                for row in approvals.seen_requests(
                    session, person(year, username), EXEMPTIONS, cycle=year_2026(session)
                )
            ]
            for username in (JIANWAI, CHAOWAI, "evaluator", "office")
        }
        assert seen == {
            JIANWAI: [JIANWAI],
            CHAOWAI: [CHAOWAI],
            "evaluator": [CHAOWAI, JIANWAI],
            "office": [CHAOWAI, JIANWAI],
        }
        with pytest.raises(NotAllowed):
            approvals.seen_requests(session, person(year, "leader"), EXEMPTIONS, cycle=year_2026(session))


def add_values(database: Database, *rows: tuple[str, str, str, int]) -> None:
    """Unit, figure, period and millionths of values that count."""
    with database.writing() as session:
        cycle = year_2026(session).id
        batch = Batch(cycle_id=cycle, kind="evidence", facts={}, made_by=0, made_at=NOW)
        session.add(batch)
        session.flush()
        session.add_all(
            Value(cycle_id=cycle, year=2026, unit=unit, figure=figure, period=period, millionths=millionths,
                  state="certified", batch_id=batch.id, entered_by=0, entered_at=NOW)
            for unit, figure, period, millionths in rows
        )  # fmt: skip


def values_that_count(database: Database) -> list[tuple[str, str, str]]:
    """Unit, figure and period of the values that count."""
    with database.reading() as session:
        return [
            (unit, figure, period) for unit, figure, period, *_ in current_values(session, year_2026(session).id, 2026)
        ]


def test_an_excluded_period_does_not_count_and_a_whole_year_takes_all_periods(year: Database):
    add_values(
        year,
        (JIANWAI, "pm25", "2026-01", 30_000_000),
        (JIANWAI, "pm25", "2026-02", 90_000_000),
        (CHAOWAI, "pm25", "2026-02", 80_000_000),
        (CHAOWAI, "road_dust", "2026-01", 1_000_000),
        (CHAOWAI, "road_dust", "2026-02", 1_000_000),
    )
    february = exclude(year, JIANWAI, period="2026-02")
    everything = exclude(year, "waste", unit=CHAOWAI, figure="road_dust")
    assert len(values_that_count(year)) == 5
    for row in (february, everything):
        rule(year, "office", row, kind=EXCLUSIONS)

    assert values_that_count(year) == [(JIANWAI, "pm25", "2026-01"), (CHAOWAI, "pm25", "2026-02")]
    withdraw(year, "office", february, seen=2, kind=EXCLUSIONS)
    assert len(values_that_count(year)) == 3


def test_a_department_asks_for_the_figures_it_supplies_or_certifies(year: Database):
    exclude(year, "waste", figure="sorting_join")
    exclude(year, "waste", figure="road_dust", period="2026-03")
    with pytest.raises(NotAllowed):
        exclude(year, "evaluator", figure="road_dust", period="2026-04")


@pytest.mark.parametrize(
    ("facts", "field", "what"),
    [
        ({"figure": "findings_days"}, "subject", "Select a figure from the list."),
        ({"figure": "x"}, "subject", "Select a figure from the list."),
        ({"period": "2025-01"}, "period", "“2025-01” is outside 2026. Check the period."),
        (
            {"period": "2026-Q1"},
            "period",
            "The period “2026-Q1” does not fit. This figure is monthly. Enter a period such as 2026-01.",
        ),
        ({"unit": "110105999"}, "unit", "Select a unit from the list."),
    ],
)
def test_an_exclusion_names_a_value_that_somebody_enters(year: Database, facts: dict[str, str], field: str, what: str):
    with pytest.raises(Refused) as refused:
        exclude(year, "office", **facts)

    assert {name: text.en for name, text in refused.value.fields.items()} == {field: what}


def test_a_period_is_excluded_once_and_not_beside_its_year(year: Database):
    exclude(year, "office", period="2026年1月")
    with pytest.raises(Refused) as refused:
        exclude(year, JIANWAI, period="2026-01")
    assert refused.value.what.en == "Excluding this figure was already requested (January). State: pending."
    exclude(year, "office")
    with pytest.raises(Refused) as refused:
        exclude(year, "office", period="2026-05")

    assert refused.value.what.en == "Excluding this figure was already requested (whole year). State: pending."


def test_of_many_who_ask_for_the_same_at_once_exactly_one_is_heard(year: Database):
    def asks(_n: int) -> str:
        try:
            exempt(year, JIANWAI)
        except (Refused, Stale):
            return "told"
        return "heard"

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(asks, range(6)))

    assert answers == ["heard", *["told"] * 5]
