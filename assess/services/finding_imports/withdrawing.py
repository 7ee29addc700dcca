"""Withdrawing an accepted file: one person asks for it, another decides, and all its findings become void or none.

What is recorded keeps its number, so nothing is deleted: each finding gets the entries that voiding it alone would
give it. Once anybody has gone on with one of them, each is voided by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.calendar import day_of
from assess.core.errors import Refused
from assess.core.findings.history import Event, standing_of
from assess.core.findings.states import FindingStep, Relief
from assess.core.findings.steps import check_event
from assess.core.text import Text
from assess.core.workflow import IMPORT, Act, Imported, WorkflowStep, advance, check_allowed
from assess.services import audit
from assess.services.cycles import refused
from assess.services.finding_imports.access import held_import, subject_of
from assess.services.findings.standing import event_columns, keep_standing
from assess.services.years import year_of
from assess.store.finding_importing import add_events
from assess.store.models import Finding, Import
from assess.store.numbering import count_change
from assess.store.queries import finding_imports as queries
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, check_seen, flush

FIRST_VERSION: Final = 1
"""The version of a finding that nobody went on with; each act on the file makes it one more for all of them."""
MAX_NAMED: Final = 10
DECIDED: Final[dict[str, str]] = {
    FindingStep.APPROVE: "withdrawal approved",
    FindingStep.REFUSE: "withdrawal refused",
    FindingStep.WITHDRAW: "withdrawal taken back",
}
"""What the log says of each decision."""
MOVED_ON: Final = Text(
    "其中{n}个问题（第{numbers}号）已有后续办理，不能撤回整个文件，请逐个申请作废。",
    "Findings in this file have been worked on since ({n}: no. {numbers}), so the file cannot be "
    "withdrawn as a whole. Request to void them one by one.",
)
ASKED_ALREADY: Final = Text(
    "已有人申请撤回这个文件，请等待审批。", "A request to withdraw this file is already pending."
)
NO_DECISION: Final = Text("请选择撤回或保留。", "Select whether to withdraw or keep the file.")
NOT_ASKED: Final = Text("没有待审批的撤回申请，请刷新页面。", "No withdrawal request is pending. Refresh the page.")


def ask_withdrawal(
    session: Session, actor: Actor, *, cycle: CycleRow, row: int, reason: str, seen: int, now: datetime
) -> None:
    """Ask that an accepted file be withdrawn; another person decides.

    Raises:
        NotAllowed: the actor is no inspector, or reports for a unit of the file.
        NotFound: there is no such file.
        Refused: it is not accepted, the stage does not allow it, no reason is given, it was asked for already, or
            somebody went on with one of its findings.
        Stale: somebody else changed it since it was seen.
    """
    found = accepted_held(session, actor, cycle=cycle, row=row, seen=seen)
    if "withdrawal" in (found.found or {}):
        raise Refused(ASKED_ALREADY)
    check_untouched(session, found)
    event = Event(FindingStep.ASK, actor.account, day_of(now), now, relief=Relief.VOIDING, reason=reason.strip())
    step_together(session, actor, cycle, found, event)
    asked = {"by": actor.account, "name": actor.name, "at": now.isoformat(), "reason": reason.strip()}
    found.found = {**(found.found or {}), "withdrawal": asked}
    flush(session)
    told = {"reason": reason.strip()}
    audit.record(session, actor, subject=subject_of(cycle, row), action="withdrawal asked", new=told, now=now)
    count_change(session, cycle=cycle.id)


def decide_withdrawal(
    session: Session, actor: Actor, *, cycle: CycleRow, row: int, step: str, reason: str, seen: int,
    now: datetime,
) -> None:  # fmt: skip
    """Approve, refuse or take back a request to withdraw a file.

    Raises:
        NotAllowed: the actor is no inspector, reports for a unit of the file, or asked for it and would decide.
        NotFound: there is no such file.
        Refused: nothing was asked, `step` is none of the three (approve, refuse, withdraw), no reason is given where
            one is needed, the stage does not allow it, or somebody went on with one of its findings.
        Stale: somebody else changed it since it was seen.
    """
    found = accepted_held(session, actor, cycle=cycle, row=row, seen=seen)
    if "withdrawal" not in (found.found or {}):
        raise Refused(NOT_ASKED)
    if step not in DECIDED:
        raise refused("step", NO_DECISION)
    check_untouched(session, found)
    event = Event(FindingStep(step), actor.account, day_of(now), now, reason=reason.strip())
    step_together(session, actor, cycle, found, event)
    if step == FindingStep.APPROVE:
        found.state = advance(IMPORT, Imported(found.state), WorkflowStep.UNDO)
        found.ended_by, found.ended_at = actor.account, now
    found.found = {name: each for name, each in (found.found or {}).items() if name != "withdrawal"}
    flush(session)
    told = {"reason": reason.strip()}
    audit.record(session, actor, subject=subject_of(cycle, row), action=DECIDED[step], new=told, now=now)
    count_change(session, cycle=cycle.id)


def accepted_held(session: Session, actor: Actor, *, cycle: CycleRow, row: int, seen: int) -> Import:
    """An accepted file to be changed, as it was seen, in a stage that allows it."""
    found = held_import(session, actor, cycle=cycle, row=row)
    check_seen(found, seen)
    advance(IMPORT, Imported(found.state), WorkflowStep.UNDO)
    check_allowed(cycle.stage, Act.INSPECT)
    return found


def version_of(row: Import) -> int:
    """The version of the findings of a file with which nobody went on."""
    return int((row.found or {}).get("version", FIRST_VERSION))


def check_untouched(session: Session, row: Import) -> None:
    """Let a file pass with whose findings nobody went on.

    Raises:
        Refused: somebody did.
    """
    numbers = queries.touched(session, row=row.id, version=version_of(row))
    if numbers:
        rest = ["…"] if len(numbers) > MAX_NAMED else []
        named = Text.listed([*map(str, numbers[:MAX_NAMED]), *rest])
        raise Refused(MOVED_ON.format(n=len(numbers), numbers=named))


def step_together(session: Session, actor: Actor, cycle: CycleRow, row: Import, event: Event) -> None:
    """Take one step on every finding of a file, each checked by the rules.

    Raises:
        NotAllowed: the person reports for a unit of the file, or the step is another's.
        Refused: the rules do not let it pass.
    """
    year, findings = year_of(session, cycle), queries.findings_of(session, row=row.id)
    for unit in sorted({finding.unit for finding in findings}):
        actor.check_other_unit(unit, year.name_of(unit))
    histories = queries.histories_of(session, findings=[finding.id for finding in findings])
    for finding in findings:
        step_on(actor, finding, histories[finding.id], event)
    flush(session)
    add_events(session, [event_columns(finding.id, event) for finding in findings])
    row.found = {**(row.found or {}), "version": version_of(row) + 1}


def step_on(actor: Actor, finding: Finding, history: Sequence[Event], event: Event) -> None:
    """Have the row of a finding say where it stands after a step."""
    keep_standing(finding, check_event(standing_of(history), event, actor, event.day))
    finding.events += 1
