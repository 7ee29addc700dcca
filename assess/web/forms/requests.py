"""Forms of what is asked for and must be approved."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField

from assess.core.reasons import NO_REASON
from assess.core.workflow import WorkflowStep
from assess.services.requests import approvals
from assess.services.requests.approvals import NO_RULING, RequestType
from assess.web.forms.documents import ActForm, DoingForm
from assess.web.forms.fields import QueryForm, ReasonField
from assess.web.request import actor, current_cycle, db, now


class RequestFilter(QueryForm):
    """Which requests are listed; it changes nothing and needs no token."""

    unit = SelectField(_("Unit"), validate_choice=False)
    state = SelectField(_("Status"), validate_choice=False)


class ExemptionForm(DoingForm):
    """Which item shall not apply to a unit, and why."""

    unit = SelectField(_("Unit"), validate_choice=False)
    subject = SelectField(_("Item"), validate_choice=False)
    object = SelectField(_("Object"), validate_choice=False)
    part = SelectField(_("Period"), validate_choice=False)
    reason = ReasonField(_("Reason"), missing=NO_REASON)


class ExclusionForm(DoingForm):
    """Which value of a unit shall not count, and why."""

    unit = SelectField(_("Unit"), validate_choice=False)
    subject = SelectField(_("Figure"), validate_choice=False)
    object = SelectField(_("Object"), validate_choice=False)
    period = SelectField(_("Period"), validate_choice=False)
    reason = ReasonField(_("Reason"), missing=NO_REASON)


class RequestRulingForm(ActForm):
    """What becomes of a request, and why; the button that is pressed says which step."""

    ruling = ReasonField(_("Decision"), missing=NO_RULING)
    step = HiddenField()

    def rule(self, kind: RequestType, row: int) -> None:
        """Take the step of the button that was pressed."""
        given: dict[str, Any] = {"cycle": current_cycle(), "row": row, "seen": self.version, "now": now()}
        words = self.ruling.data or ""
        if self.step.data == WorkflowStep.WITHDRAW:
            approvals.withdraw(db(), actor(), kind, reason=words, **given)
            return
        step = WorkflowStep.APPROVE if self.step.data == WorkflowStep.APPROVE else WorkflowStep.REFUSE
        approvals.rule(db(), actor(), kind, step=step, ruling=words, **given)
