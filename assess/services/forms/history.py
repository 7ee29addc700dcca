"""The history of a submission: each step it took, by whom and why."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.workflow import Step
from assess.store.models import Submission, SubmissionEvent
from assess.store.queries import forms as queries
from assess.store.session import Session

EVENTS: Final = {
    Step.SUBMIT: queries.SUBMITTED,
    Step.WITHDRAW: queries.WITHDRAWN,
    Step.RETURN: queries.RETURNED,
    Step.CERTIFY: queries.CERTIFIED,
}
"""What the history of a submission calls its steps."""


def note(
    session: Session,
    actor: Actor,
    row: Submission,
    step: Step,
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
