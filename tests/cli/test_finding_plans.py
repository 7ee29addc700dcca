"""What the demonstration has happen to its findings follows the rules, on whatever day it is filled."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from assess.cli.demonstration.finding_plans import INSPECTOR, OFFICE, OFFICIAL, REVIEWER, FindingPlan, plans
from assess.core.actors import Actor, Role
from assess.core.findings.history import Event, FindingStanding
from assess.core.findings.states import FindingState, FindingStep
from assess.core.findings.steps import check_event

UNITS = [f"u{number}" for number in range(1, 44)]
ROLES = {OFFICIAL: Role.OFFICIAL, INSPECTOR: Role.EVALUATOR, REVIEWER: Role.EVALUATOR, OFFICE: Role.OFFICE}
PEOPLE = {who: Actor(n, who, who, frozenset({ROLES[who]})) for n, who in enumerate(ROLES, 1)}
AT = datetime(2026, 12, 31, tzinfo=UTC)


def brought_on(plan: FindingPlan, today: date) -> FindingStanding:
    """Where a finding stands by today, each step let pass by the rules."""
    inspector = PEOPLE[INSPECTOR]
    found = Event(FindingStep.FIND, inspector.account, plan.found_on, AT)
    standing = check_event(None, found, inspector, today)
    if plan.term is not None:
        deadline = plan.found_on + timedelta(days=plan.term)
        assigned = Event(FindingStep.ASSIGN, inspector.account, plan.found_on, AT, deadline)
        standing = check_event(standing, assigned, inspector, today)
    for move in plan.moves:
        day = plan.found_on + timedelta(days=move.after)
        if day <= today:
            term = None if move.term is None else plan.found_on + timedelta(days=move.term)
            event = Event(move.step, PEOPLE[move.who].account, day, AT, term, move.relief, move.reason)
            standing = check_event(standing, event, PEOPLE[move.who], today)
    return standing


@pytest.mark.parametrize(
    ("today", "number"),
    [
        (date(2025, 12, 1), 0), (date(2026, 1, 1), 0), (date(2026, 1, 10), 24), (date(2026, 11, 29), 120),
        (date(2027, 3, 1), 120),
    ],
)  # fmt: skip
def test_findings_are_spread_over_the_year_as_far_as_it_has_come(today: date, number: int):
    found = plans(UNITS[0], UNITS, today, 2026)

    assert len(found) == number
    assert found == plans(UNITS[0], UNITS, today, 2026)
    for plan in found:
        brought_on(plan, today)
        assert plan.repeats is None or (plan.unit, plan.case.kind) == (
            found[plan.repeats].unit, found[plan.repeats].case.kind,
        )  # fmt: skip


def test_the_first_unit_has_findings_in_every_state_that_is_open_and_all_units_have_some():
    today = date(2026, 11, 29)
    found = plans(UNITS[0], UNITS, today, 2026)
    standings = [(plan.unit, brought_on(plan, today)) for plan in found]

    assert {plan.unit for plan in found} == set(UNITS)
    assert {standing.state for _, standing in standings} == set(FindingState)
    closed = {FindingState.CLOSED, FindingState.LOOKED_BACK, FindingState.VOID}
    assert {standing.state for unit, standing in standings if unit == UNITS[0]} >= set(FindingState) - closed
    assert sum(standing.is_overdue(today) for _, standing in standings) >= 5
    assert sum(standing.asked is not None for _, standing in standings) >= 3
    assert sum(plan.repeats is not None for plan in found) >= 5
