"""All tables; whoever imports this knows them all."""

from assess.store.models.accounts import Account, Grant, PasswordLink, SignIn, SignInFailure
from assess.store.models.appeals import Appeal, AppealEvent, CaseCounter, Correction, RunCorrection
from assess.store.models.archives import Archive, ArchiveOrder
from assess.store.models.audit import AuditEntry
from assess.store.models.cycles import (
    Cycle,
    Exclusion,
    Exemption,
    MoveRequest,
    ObjectListVersion,
    Reopening,
    StageDate,
    StageMove,
    TeamMember,
    Unit,
    UnitName,
)
from assess.store.models.downloads import Download
from assess.store.models.evidence import Attachment, Upload, UploadOwner
from assess.store.models.figures import Batch, Value
from assess.store.models.finding_imports import ImportedFinding
from assess.store.models.findings import (
    Finding,
    FindingCount,
    FindingCounter,
    FindingEvent,
    FindingIdempotencyKey,
    FindingPhoto,
    Patrol,
    Photo,
)
from assess.store.models.forms import Answer, Draft, Reminder, Submission, SubmissionEvent
from assess.store.models.handovers import HandedOver, HandoverFile, HandoverReceipt
from assess.store.models.imports import Import, ImportFlaw, Occurrence, Proposal, RememberedHeading, Token
from assess.store.models.jobs import Job, Mail
from assess.store.models.judging import Mark, Panellist, ValueEvent
from assess.store.models.months import MonthDay, MonthOrder
from assess.store.models.rules import SheetVersion
from assess.store.models.runs import (
    Release,
    Run,
    RunLine,
    RunMember,
    RunOrder,
    RunSentence,
    RunUnit,
    RunValue,
    RunWarning,
)
from assess.store.models.seals import CheckLook, Seal, SealedDocument, SealOrder
from assess.store.models.tasks import Obligation, ObligationReport, Task, TaskListVersion

__all__ = [
    "Account",
    "Answer",
    "Appeal",
    "AppealEvent",
    "Archive",
    "ArchiveOrder",
    "Attachment",
    "AuditEntry",
    "Batch",
    "CaseCounter",
    "CheckLook",
    "Correction",
    "Cycle",
    "Download",
    "Draft",
    "Exclusion",
    "Exemption",
    "Finding",
    "FindingCount",
    "FindingCounter",
    "FindingEvent",
    "FindingIdempotencyKey",
    "FindingPhoto",
    "Grant",
    "HandedOver",
    "HandoverFile",
    "HandoverReceipt",
    "Import",
    "ImportFlaw",
    "ImportedFinding",
    "Job",
    "Mail",
    "Mark",
    "MonthDay",
    "MonthOrder",
    "MoveRequest",
    "ObjectListVersion",
    "Obligation",
    "ObligationReport",
    "Occurrence",
    "Panellist",
    "PasswordLink",
    "Patrol",
    "Photo",
    "Proposal",
    "Release",
    "RememberedHeading",
    "Reminder",
    "Reopening",
    "Run",
    "RunCorrection",
    "RunLine",
    "RunMember",
    "RunOrder",
    "RunSentence",
    "RunUnit",
    "RunValue",
    "RunWarning",
    "Seal",
    "SealOrder",
    "SealedDocument",
    "SheetVersion",
    "SignIn",
    "SignInFailure",
    "StageDate",
    "StageMove",
    "Submission",
    "SubmissionEvent",
    "Task",
    "TaskListVersion",
    "TeamMember",
    "Token",
    "Unit",
    "UnitName",
    "Upload",
    "UploadOwner",
    "Value",
    "ValueEvent",
]
