"""Forms of stages: their dates, and a move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField

from assess.core.stages.timeline import StageSpan
from assess.core.workflow import DATED, Request, Stage, WorkflowStep
from assess.services import stages
from assess.services.requests.approvals import NO_RULING
from assess.services.stages import Days
from assess.web.forms.documents import ActForm
from assess.web.forms.fields import DayField, ReasonField
from assess.web.request import actor, current_cycle, db, now

ASK: Final = "ask"
ACTS: Final[Mapping[str, Callable[..., object]]] = {
    WorkflowStep.APPROVE.value: stages.approve_move,
    WorkflowStep.WITHDRAW.value: stages.withdraw_move,
}
LEADS: Final[Mapping[str, Request]] = {
    WorkflowStep.APPROVE.value: Request.APPROVED,
    WorkflowStep.WITHDRAW.value: Request.WITHDRAWN,
}
"""What the buttons of a request do, and where that leads; any other refuses it."""


class MoveForm(ActForm):
    """A move, or the request for one; the button that is pressed says which."""

    reason = ReasonField(_("Reason"))
    step = HiddenField()

    @property
    def asks(self) -> bool:
        """Whether a second person is asked for."""
        return bool(self.step.data == ASK)


class StageDecisionForm(ActForm):
    """What becomes of a request, and why; the button that is pressed says which step."""

    ruling = ReasonField(_("Decision"), missing=NO_RULING)
    step = HiddenField()

    def decide(self, row: int) -> None:
        """Take the step of the button that was pressed."""
        act = ACTS.get(self.step.data or "", stages.refuse_move)
        act(
            db(), actor(), cycle=current_cycle(), row=row, ruling=self.ruling.data or "", seen=self.version, now=now()
        )  # fmt: skip

    @property
    def leads_to(self) -> Request:
        """Where the step leads."""
        return LEADS.get(self.step.data or "", Request.REFUSED)


class DatesForm(ActForm):
    """The first and the last day of each stage, as `collecting_begins` and `collecting_ends`."""

    reason = ReasonField(_("Reason"))

    @property
    def pairs(self) -> list[tuple[Stage, Field, Field]]:
        """The two fields of each stage."""
        return [(stage, self[f"{stage}_begins"], self[f"{stage}_ends"]) for stage in DATED]

    @property
    def spans(self) -> dict[Stage, Days]:
        """The days that were typed."""
        return {stage: (begins.day, ends.day) for stage, begins, ends in self.pairs}


for each in DATED:
    setattr(DatesForm, f"{each}_begins", DayField(_("First day"), most=20))
    setattr(DatesForm, f"{each}_ends", DayField(_("Last day"), most=20))


def dates_form(spans: Mapping[Stage, StageSpan]) -> DatesForm:
    """The form as it is filled in so far."""
    filled = {f"{stage}_begins": span.begins.isoformat() for stage, span in spans.items()}
    return DatesForm(**filled, **{f"{stage}_ends": span.ends.isoformat() for stage, span in spans.items()})
