"""The scan of the form that was printed, signed and sealed: attached once the form is submitted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.text import Text
from assess.core.workflow import Act, Stage, SubmissionState, is_allowed
from assess.files.kinds import EvidenceKind
from assess.services.cycles import lock_unit
from assess.services.evidence.attaching import Attached, attach_files, withdraw_attachment
from assess.services.forms.papers import HANDED_IN
from assess.store.models import Submission as Row
from assess.store.queries.cycles import CycleRow
from assess.store.queries.evidence import attachments_of, handed_in
from assess.store.queries.forms import submission_for_update
from assess.store.session import Session, flush

SIGNED_FORM: Final = "signed-form"
SCANS: Final = frozenset({EvidenceKind.PDF, EvidenceKind.JPEG, EvidenceKind.PNG})
NOT_SUBMITTED: Final = Text(
    "请先报送填报表，再打印、签字、盖章，并上传扫描件。",
    "Submit the form first. Then print, sign and seal it, and upload the scan.",
)
CLOSED: Final = Text(
    "当前为“{stage}”阶段，不能再上传签字盖章件。如需补传，请联系考核办。",
    "The signed form can no longer be uploaded at the stage {stage}. Contact the assessment office "
    "if you still need to.",
)
NO_SCAN: Final = Text(
    "“{name}”不是扫描件，尚未保存，请上传PDF、JPG或PNG文件。",
    "{name} is not a scan and was not saved. Upload a PDF, JPG or PNG file.",
)


NO_SCAN_CHOSEN: Final = Text("请选择扫描件。", "Select the scan.")


def closed_to_signing(stage: Stage, state: SubmissionState) -> Text | None:
    """Why no signed form can be attached now; None where it can."""
    if state not in HANDED_IN:
        return NOT_SUBMITTED
    return None if is_allowed(stage, Act.RESUBMIT) else CLOSED.format(stage=stage.label)


def attach_signed_form(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, claims: Sequence[str], now: datetime
) -> Attached:
    """Attach the scan of the signed and sealed form to what was submitted last.

    Raises:
        NotFound: another unit.
        Refused: the form is not submitted, the stage is over, or a file is no scan.
    """
    row = submission_to_sign(session, actor, cycle=cycle, unit=unit)
    if not claims:
        raise Refused(NO_SCAN_CHOSEN, {"files": NO_SCAN_CHOSEN})
    for file in handed_in(session, account=actor.account, uploads=claims).values():
        if file.kind not in SCANS:
            no_scan = NO_SCAN.format(name=file.file_name)
            raise Refused(no_scan, {"files": no_scan})
    done = attach_files(session, actor, cycle=cycle, unit=unit, subject=SIGNED_FORM, claims=claims, note="", now=now)
    row.signed_copy = claims[0]
    flush(session)
    return done


def withdraw_signed_form(session: Session, actor: Actor, *, cycle: CycleRow, unit: str, row: int, now: datetime) -> str:
    """Take a scan off; gives its name.

    Raises:
        NotFound: another unit, or no such scan.
        Refused: the form is not submitted, or the stage is over.
    """
    submission = submission_to_sign(session, actor, cycle=cycle, unit=unit)
    name = withdraw_attachment(session, actor, cycle=cycle, unit=unit, subject=SIGNED_FORM, row=row, now=now)
    left = attachments_of(session, cycle=cycle.id, unit=unit).get(SIGNED_FORM, [])
    submission.signed_copy = left[-1].sha256 if left else None
    flush(session)
    return name


def submission_to_sign(session: Session, actor: Actor, *, cycle: CycleRow, unit: str) -> Row:
    """The submission of a unit whose signed form may be attached now.

    Raises:
        NotFound: another unit.
        Refused: the form is not submitted, or the stage is over.
    """
    actor.check_unit(unit)
    lock_unit(session, cycle, unit)
    row = submission_for_update(session, cycle=cycle.id, unit=unit)
    closed = closed_to_signing(cycle.stage, SubmissionState.DRAFT if row is None else SubmissionState(row.state))
    if row is None or closed is not None:
        raise Refused(closed or NOT_SUBMITTED)
    return row
