"""A step of a finding as somebody types it."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from assess.core.findings.states import FindingStep, Relief
from assess.core.parsing import ParseError, read_date
from assess.core.text import Text
from assess.core.unseen import HIDDEN, UNSEEN

NO_STEP: Final = Text("请选择要办理的事项。", "Select what to do.")
NO_RELIEF: Final = Text("请选择申请的事项。", "Select what to request.")


class TypedStep(NamedTuple):
    """A step as it was typed; a blank day is today."""

    step: str
    day: str = ""
    deadline: str = ""
    relief: str = ""
    reason: str = ""


class ReadStep(NamedTuple):
    """A step that can be read; whether it may be taken is another question."""

    step: FindingStep
    day: date
    deadline: date | None
    relief: Relief | None
    reason: str


def read_step(typed: TypedStep, today: date) -> ReadStep | dict[str, Text]:
    """The step that was typed, or everything that is wrong with it by field."""
    wrong: dict[str, Text] = {}
    step = next((each for each in FindingStep if each.value == typed.step), None)
    if step is None or step is FindingStep.FIND:
        wrong["step"] = NO_STEP
    relief = next((each for each in Relief if each.value == typed.relief), None)
    if relief is None and step is FindingStep.ASK:
        wrong["relief"] = NO_RELIEF
    day = read_date(typed.day) if typed.day.strip() else today
    deadline = read_date(typed.deadline) if typed.deadline.strip() else None
    for field, read in (("day", day), ("deadline", deadline)):
        if isinstance(read, ParseError):
            wrong[field] = read.what
    if HIDDEN.search(typed.reason):
        wrong["reason"] = UNSEEN
    if step is None or wrong or isinstance(day, ParseError) or isinstance(deadline, ParseError):
        return wrong
    return ReadStep(step, day, deadline, relief if step is FindingStep.ASK else None, typed.reason.strip())
