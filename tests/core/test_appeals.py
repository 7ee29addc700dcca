"""What is done with an appeal, by whom, and what a ruling may say: figures and exemptions, never points."""

from __future__ import annotations

from itertools import product

import pytest

from assess.core.actors import Actor, Role
from assess.core.appeals.cells import cells_of
from assess.core.appeals.filing import ASKED_OF_EXEMPT, EXEMPT, TypedAppeal, read_appeal
from assess.core.appeals.rulings import CorrectedFigure, Exempting, TypedDecision, read_correction, read_ruling
from assess.core.appeals.states import APPEAL, AppealState, AppealStep, check_taker, state_of
from assess.core.errors import Declined, Refused
from assess.core.rules.sheet import all_items
from assess.core.text import Text
from assess.core.workflow import advance
from assess.services.years import known_sheet
from tests.years import shipped_sheet

NAME = Text("建外街道", "Jianwai")
SHEET = known_sheet(*shipped_sheet())
KNOWN = [("sewage_rate", "2026", "95.8")]
CELLS = {each.key: each for each in cells_of(SHEET, "water.sewage", KNOWN, years_back=1, own={})}
RATE = "sewage_rate@2026"


def who(*roles: Role, account: int = 1, units: tuple[str, ...] = ()) -> Actor:
    """Somebody at work."""
    return Actor(account, "x", "x", frozenset(roles), frozenset(units))


PEOPLE = {
    "official of the unit": who(Role.OFFICIAL, units=("a",)),
    "official of another": who(Role.OFFICIAL, units=("b",)),
    "evaluator": who(Role.EVALUATOR),
    "leader": who(Role.LEADER),
    "receiver": who(Role.RECEIVER),
    "office": who(Role.OFFICE),
    "office that lodged, reported, certified or entered": who(Role.OFFICE, account=7),
    "office that reports for the unit": who(Role.OFFICE, Role.OFFICIAL, units=("a",)),
}
BY_UNIT = {"official of the unit", "office that reports for the unit"}
MAY = {step: {"office"} if step not in ("lodge", "withdraw") else BY_UNIT for step in AppealStep}
LEADS = {
    ("lodged", "withdraw"): "withdrawn",
    ("lodged", "uphold"): "upheld",
    ("lodged", "uphold-partly"): "partly-upheld",
    ("lodged", "reject"): "rejected",
}


def allowed(person: Actor, step: AppealStep) -> bool:
    """Whether somebody may take a step with an appeal of the unit a, in which account 7 had a hand."""
    try:
        check_taker(person, step, unit="a", name=NAME, parties=(7,))
    except Declined:
        return False
    return True


def led_to(state: AppealState, step: AppealStep) -> str | None:
    """Where a step leads."""
    try:
        return advance(APPEAL, state, step).value
    except Refused:
        return None


def test_every_step_from_every_state_leads_where_the_table_says_and_is_taken_by_whom_it_says():
    assert {(state.value, step.value): led_to(state, step) for state, step in product(AppealState, AppealStep)} == {
        (state.value, step.value): LEADS.get((state.value, step.value))
        for state, step in product(AppealState, AppealStep)
    }
    assert {step: {name for name, person in PEOPLE.items() if allowed(person, step)} for step in AppealStep} == MAY


def test_where_an_appeal_stands_follows_from_its_steps():
    assert state_of([AppealStep.LODGE]) is AppealState.LODGED
    assert state_of([AppealStep.LODGE, AppealStep.REJECT]) is AppealState.REJECTED
    with pytest.raises(Refused, match="the appeal is rejected and cannot be upheld"):
        state_of([AppealStep.LODGE, AppealStep.REJECT, AppealStep.UPHOLD])


def told(typed: TypedAppeal, *, is_exempt: bool = False) -> dict[str, str] | tuple[str, str]:
    """What is wrong with an appeal by field, or what it says should be."""
    try:
        read = read_appeal(typed, CELLS, is_exempt=is_exempt)
    except Refused as refused:
        return {name: what.en for name, what in refused.fields.items()}
    return read.cell, read.asked


def test_an_appeal_says_what_is_wrong_and_may_say_what_should_be():
    def typed(*given: str, what: str = "It is wrong.") -> TypedAppeal:
        return TypedAppeal("a", "water.sewage", what, *given)

    assert told(typed()) == ("", "")
    assert told(typed(RATE, " 97.0 ")) == (RATE, "97")
    assert told(typed(EXEMPT, " ")) == (EXEMPT, "")
    assert told(typed(EXEMPT, "97")) == {"asked": ASKED_OF_EXEMPT.en}
    assert told(typed(EXEMPT), is_exempt=True) == {"cell": "The item is already treated as not applicable."}
    assert told(typed(RATE, "95.80")) == {"asked": "This is the same as the released value. Enter a different one."}
    assert told(typed("pm25@2026-01", "3", what=" ")) == {
        "what": "Enter what is wrong.", "cell": "Select a figure from the list."
    }  # fmt: skip
    assert set(told(typed(RATE, "many", what="x" * 2001))) == {"what", "asked"}
    assert told(typed("", "97")) == {"cell": "Select the figure first."}


def test_a_ruling_puts_figures_right_or_an_exemption_and_nothing_else():
    good = TypedDecision("seen", {RATE: "97.0"}, "", "upheld")
    ruled = read_ruling(good, CELLS, is_exempt=False)
    assert (ruled.outcome, ruled.changes, ruled.exempt) == (
        AppealState.UPHELD, (CorrectedFigure("sewage_rate", "2026", "95.8", "97"),), Exempting.NONE
    )  # fmt: skip
    assert read_correction(TypedDecision("seen", {}, "grant"), CELLS, is_exempt=False).exempt is Exempting.GRANT

    wrong = {
        "nothing": TypedDecision("seen", {}, "", "upheld"),
        "rejected and yet corrected": TypedDecision("seen", {RATE: "97"}, "", "rejected"),
        "the same value": TypedDecision("seen", {RATE: "95.80"}, "", "upheld"),
        "too much, and no reason": TypedDecision(" ", {RATE: "101"}, "", "partly-upheld"),
        "no such outcome, exempt already": TypedDecision("seen", {}, "end", "withdrawn"),
        "a figure of another line": TypedDecision("seen", {"water_use@2026": "1"}, "", "upheld"),
    }
    assert {name: fields_of(typed) for name, typed in wrong.items()} == {
        "nothing": {"figures"},
        "rejected and yet corrected": {"outcome"},
        "the same value": {RATE},
        "too much, and no reason": {RATE, "reason"},
        "no such outcome, exempt already": {"outcome", "exempt"},
        "a figure of another line": {"figures"},
    }


def fields_of(typed: TypedDecision) -> set[str]:
    """The fields of a ruling that are wrong."""
    with pytest.raises(Refused) as refused:
        read_ruling(typed, CELLS, is_exempt=False)
    return set(refused.value.fields)


def test_points_that_stand_as_they_are_given_are_in_no_cell_of_any_line():
    items = list(all_items(SHEET))
    points = {item.method.judged_figure for item in items} - {None}
    cells = {cell.figure for item in items for cell in cells_of(SHEET, item.id, (), years_back=1, own={})}

    assert "carbon_panel" in points
    assert cells & points == set()
    months = [
        cell.period for cell in cells_of(SHEET, "air.pm25-target", (), years_back=1, own={}) if cell.figure == "pm25"
    ]
    assert months[:2] == ["2026-01", "2026-02"]
