"""What keeps a year from opening, and who is missing in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assess.core.errors import Refused
from assess.core.rules.sheet import title_of
from assess.core.set_up import NEEDS, SetUpStep, StepName, StepState
from assess.core.text import Text
from assess.services.set_up.steps import departments_at_work, set_up_of
from assess.services.years import Year
from assess.store.queries.cycles import CycleRow
from assess.store.queries.set_up import people_in_charge
from assess.store.session import Session

NOT_READY: Final = Text("还不能启动，请先完成：{steps}。", "The year cannot be opened yet. Complete first: {steps}.")


@dataclass(frozen=True)
class Missing:
    """Units without an official, departments at work without an evaluator, units without a leadership team."""

    officials: tuple[Text, ...]
    evaluators: tuple[Text, ...]
    teams: tuple[Text, ...]


def blocking(steps: tuple[SetUpStep, ...]) -> tuple[SetUpStep, ...]:
    """The steps without which the year cannot open."""
    return tuple(step for step in steps if step.name in NEEDS[StepName.OPEN] and step.standing is not StepState.DONE)


def check_ready(session: Session, cycle: CycleRow) -> None:
    """Let a year open that has all it cannot do without.

    Raises:
        Refused: something is missing; says what.
    """
    known = set_up_of(session, cycle)
    missing = [step.name.label for step in blocking(known)]
    if missing:
        steps = Text("、".join(name.zh for name in missing), ", ".join(name.en for name in missing))
        raise Refused(NOT_READY.format(steps=steps))
    wrong = next((step.note for step in known if step.standing is StepState.WRONG), None)
    if wrong is not None:
        raise Refused(wrong)


def missing_people(session: Session, year: Year) -> Missing:
    """Who is missing, by name (1 query)."""
    people = people_in_charge(session, year.cycle.id)
    departments = year.sheet.departments or {}
    units = tuple(zip(year.units.codes, year.units.names, strict=True))
    return Missing(
        officials=tuple(name for code, name in units if code not in people.officials),
        evaluators=tuple(
            title_of(departments[each], each)
            for each in departments_at_work(year.sheet)
            if each not in people.evaluators
        ),
        teams=tuple(name for code, name in units if code not in people.teams),
    )
