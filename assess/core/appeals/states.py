"""Where an appeal and a proposed correction stand, which steps lead on, and who takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.text import Text
from assess.core.workflow import DECISION, LabeledEnum, StateTable, advance


class AppealState(LabeledEnum):
    """Where an appeal stands; what was decided once is never decided again."""

    LODGED = "lodged", "待处理", "open"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
    UPHELD = "upheld", "申诉成立", "upheld"
    PARTLY = "partly-upheld", "部分成立", "partly upheld"
    REJECTED = "rejected", "申诉不成立", "rejected"


class AppealStep(LabeledEnum):
    """What is done with an appeal."""

    LODGE = "lodge", "提出申诉", "submitted"
    WITHDRAW = "withdraw", "撤回", "withdrawn"
    UPHOLD = "uphold", "处理决定：成立", "upheld"
    UPHOLD_PARTLY = "uphold-partly", "处理决定：部分成立", "partly upheld"
    REJECT = "reject", "处理决定：不成立", "rejected"


RULINGS: Final[Mapping[AppealState, AppealStep]] = {
    AppealState.UPHELD: AppealStep.UPHOLD,
    AppealState.PARTLY: AppealStep.UPHOLD_PARTLY,
    AppealState.REJECTED: AppealStep.REJECT,
}
"""How an appeal may be ruled on, and the step that does it."""
CORRECTING: Final = (AppealState.UPHELD, AppealState.PARTLY)
"""Rulings that correct something."""

APPEAL: Final = StateTable(
    Text("申诉", "the appeal"),
    {
        (AppealState.LODGED, AppealStep.WITHDRAW): AppealState.WITHDRAWN,
        **{(AppealState.LODGED, step): state for state, step in RULINGS.items()},
    },
)
CORRECTION: Final = StateTable(Text("更正事项", "the proposed correction"), DECISION)
BY_UNIT: Final = (AppealStep.LODGE, AppealStep.WITHDRAW)
"""Steps that only the unit itself takes; the others are the office's."""


def state_of(steps: Iterable[AppealStep]) -> AppealState:
    """Where an appeal stands after its steps, the first of which lodged it.

    Raises:
        Refused: a step does not lead on from where the ones before it led.
    """
    found = iter(steps)
    first = next(found, None)
    assert first is AppealStep.LODGE, "an appeal begins when it is lodged"
    state = AppealState.LODGED
    for step in found:
        state = advance(APPEAL, state, step)
    return state


def check_taker(actor: Actor, step: AppealStep, *, unit: str, name: Text, parties: Iterable[int] = ()) -> None:
    """Let a person pass who may take a step with an appeal of a unit.

    Args:
        actor: the person.
        step: what they would do.
        unit: the code of the unit that appeals, and its `name`.
        name: what the unit is called.
        parties: accounts of those who lodged it, or who reported, certified or entered what it is about.

    Raises:
        NotFound: only the unit does this, and the person does not report for it.
        NotAllowed: only the office does this, or the person works for the unit or is one of the parties.
    """
    if step in BY_UNIT:
        actor.check_unit(unit)
        return
    actor.check_may(Right.ADMINISTER)
    actor.check_other_unit(unit, name)
    actor.check_other_person(*parties)
