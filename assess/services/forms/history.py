"""The history of a submission: each step it took, by whom and why."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.workflow import WorkflowStep
from assess.store.models import Submission, SubmissionEvent
from assess.store.queries import forms as queries
from assess.store.session import Session

EVENTS: Final = {
    WorkflowStep.SUBMIT: queries.SUBMITTED,
    WorkflowStep.WITHDRAW: queries.WITHDRAWN,
    WorkflowStep.RETURN: queries.RETURNED,
    WorkflowStep.CERTIFY: queries.CERTIFIED,
}
"""What the history of a submission calls its steps."""


def note(
    session: Session,
    actor: Actor,
    row: Submission,
    step: WorkflowStep,
    *,
    now: datetime,
    reason: str | None = None,
    answers: dict[str, object] | None = None,
) -> None:
    """Add a step to the history of a submission."""
    session.add(
        SubmissionEvent(
            submission_id=row.id,
            act=EVENTS[step],
            reason=reason,
            receipt=row.receipt,
            leader=row.leader,
            answers=answers,
            done_by=actor.account,
            done_at=now,
        )
    )
