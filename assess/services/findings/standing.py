"""What a finding's row keeps of where it stands: what its events say, never anything else."""

from __future__ import annotations

from typing import Any, Final

from assess.core.findings.history import Event, FindingStanding
from assess.core.findings.listing import urgency_of
from assess.core.findings.reckoning import reckoned_of
from assess.store.models import Finding, FindingEvent
from assess.store.queries.cycles import CycleRow
from assess.store.queries.findings import FindingRow
from assess.store.session import Session

KEPT: Final = (
    "found_on", "since", "deadline", "fixed_on", "closed_on", "returns", "reopenings", "extensions", "suspensions",
)  # fmt: skip
"""What a row keeps of where its finding stands, as it is; the rest follows from it or from the history."""


def kept_of(standing: FindingStanding) -> dict[str, Any]:
    """What a row keeps of where a finding stands, by column."""
    fixed_on = standing.fixed_on
    return {
        **{name: getattr(standing, name) for name in KEPT},
        "state": standing.state.value,
        "days": None if fixed_on is None else (fixed_on - standing.found_on).days,
        "waits_for_decision": standing.asked is not None,
        "urgency": urgency_of(standing),
        "reckoned": reckoned_of(standing).value,
    }


def kept_standing(row: FindingRow) -> FindingStanding:
    """Where a finding stands as its row keeps it, without who did what."""
    return FindingStanding(state=row.state, **{name: getattr(row, name) for name in KEPT})


def keep_standing(row: Finding, standing: FindingStanding) -> None:
    """Have a row say where its finding stands."""
    for name, value in kept_of(standing).items():
        setattr(row, name, value)


def append_event(session: Session, row: Finding, event: Event) -> None:
    """Append an entry to a finding's history."""
    session.add(FindingEvent(**event_columns(row.id, event)))


def event_columns(finding: int, event: Event) -> dict[str, Any]:
    """What the row of an entry of a finding's history says."""
    return {
        "finding_id": finding,
        "step": event.step.value,
        "done_by": event.by,
        "day": event.day,
        "entered_at": event.entered_at,
        "deadline": event.deadline,
        "relief": None if event.relief is None else event.relief.value,
        "reason": event.reason,
    }


def subject_of(cycle: CycleRow, row: Finding) -> str:
    """What the audit log calls a finding."""
    return f"finding:{cycle.year}/{row.number}"
