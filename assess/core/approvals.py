"""What one person asks for and another decides on: who may take which step, and where it leads.

Exemptions, excluded data, moves of the year, corrections, relief of findings and the withdrawal of their files are such
requests: asked for, then approved, refused or taken back.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.text import Text
from assess.core.workflow import Request, StateTable, WorkflowStep, advance

NOT_YOURS: Final = Text(
    "这项申请由他人提出，只能由其本人撤回，没有改动。如不同意，请不予批准。",
    "Someone else made this request and only they can withdraw it, so nothing was changed. If you do "
    "not agree, reject it.",
)


def may_end(step: StrEnum, *, account: int, asker: int) -> bool:
    """Whether a person may end a request by a step: the asker takes it back, anybody else approves or refuses it."""
    return (account == asker) is (step == WorkflowStep.WITHDRAW)


def check_may_end(actor: Actor, step: StrEnum, *, asker: int) -> None:
    """Let the asker take a request back and anybody else decide on it.

    Raises:
        NotAllowed: the asker would decide.
        Refused: somebody else would take it back.
    """
    if not may_end(step, account=actor.account, asker=asker):
        actor.check_other_person(asker)
        raise Refused(NOT_YOURS)


def state_after(table: StateTable, state: Request, step: WorkflowStep, actor: Actor, *, asker: int) -> Request:
    """The state that a person brings a request to; who may take back what is approved, the caller knows.

    Raises:
        NotAllowed, Refused: as `check_may_end` says.
        Refused: the step does not start from this state.
    """
    if (state, step) != (Request.APPROVED, WorkflowStep.WITHDRAW):
        check_may_end(actor, step, asker=asker)
    return advance(table, state, step)
