"""Where a finding stands, what leads on from there, and who may take each step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess.core.actors import Right
from assess.core.text import Text
from assess.core.workflow import LabeledEnum, StateTable


class FindingState(LabeledEnum):
    """Where a finding stands."""

    FOUND = "found", "待交办", "to be assigned"
    ASSIGNED = "assigned", "待整改", "assigned"
    RECTIFYING = "rectifying", "整改中", "being corrected"
    REPORTED = "reported", "待复核", "awaiting review"
    RETURNED = "returned", "退回整改", "returned at review"
    PASSED = "passed", "待销账", "passed at review"
    CLOSED = "closed", "已销账", "closed and filed"
    LOOKED_BACK = "looked-back", "回头看合格", "confirmed at the look-back"
    REOPENED = "reopened", "重新整改", "reopened"
    SUSPENDED = "suspended", "中止整改", "suspended"
    VOID = "void", "已作废", "void"


class FindingStep(LabeledEnum):
    """What happens to a finding; each is one entry of its history, which is never changed."""

    FIND = "find", "发现", "found"
    ASSIGN = "assign", "交办", "assigned"
    START = "start", "开始整改", "started"
    REPORT = "report", "报送整改", "reported as corrected"
    PASS = "pass", "复核通过", "passed at review"
    RETURN = "return", "复核退回", "returned at review"
    CLOSE = "close", "销账备案", "closed"
    LOOK_BACK = "look-back", "回头看通过", "confirmed at the look-back"
    REOPEN = "reopen", "重新整改", "reopened"
    ASK = "ask", "提出申请", "requested"
    APPROVE = "approve", "批准申请", "request approved"
    REFUSE = "refuse", "不予批准", "request rejected"
    WITHDRAW = "withdraw", "撤回申请", "request withdrawn"
    RESUME = "resume", "恢复整改", "resumed"


class Relief(LabeledEnum):
    """What may be asked for a finding; somebody else approves it."""

    EXTENSION = "extension", "延期", "an extension"
    SUSPENSION = "suspension", "中止", "a suspension"
    VOIDING = "voiding", "作废", "voiding"


TO_RECTIFY: Final = (
    FindingState.ASSIGNED, FindingState.RECTIFYING, FindingState.RETURNED, FindingState.REOPENED,
)  # fmt: skip
"""The unit is to put the finding right: while one of these lasts, its deadline can pass."""
FIXED: Final = (FindingState.REPORTED, FindingState.PASSED)
"""The unit says that it is put right; the ledger does not say so yet."""
DONE: Final = (FindingState.CLOSED, FindingState.LOOKED_BACK)
"""Closed in the ledger."""

FINDING: Final = StateTable(
    Text("该问题", "the finding"),
    {
        (FindingState.FOUND, FindingStep.ASSIGN): FindingState.ASSIGNED,
        (FindingState.ASSIGNED, FindingStep.ASSIGN): FindingState.ASSIGNED,
        (FindingState.ASSIGNED, FindingStep.START): FindingState.RECTIFYING,
        (FindingState.RETURNED, FindingStep.START): FindingState.RECTIFYING,
        (FindingState.REOPENED, FindingStep.START): FindingState.RECTIFYING,
        **{(state, FindingStep.REPORT): FindingState.REPORTED for state in TO_RECTIFY},
        (FindingState.REPORTED, FindingStep.PASS): FindingState.PASSED,
        (FindingState.REPORTED, FindingStep.RETURN): FindingState.RETURNED,
        (FindingState.PASSED, FindingStep.RETURN): FindingState.RETURNED,
        (FindingState.PASSED, FindingStep.CLOSE): FindingState.CLOSED,
        (FindingState.CLOSED, FindingStep.LOOK_BACK): FindingState.LOOKED_BACK,
        (FindingState.LOOKED_BACK, FindingStep.LOOK_BACK): FindingState.LOOKED_BACK,
        (FindingState.CLOSED, FindingStep.REOPEN): FindingState.REOPENED,
        (FindingState.LOOKED_BACK, FindingStep.REOPEN): FindingState.REOPENED,
    },
)
"""The way of a finding but for relief, which `core.findings.history` adds: it depends on what was asked."""

RELIEVED: Final[Mapping[Relief, tuple[FindingState, ...]]] = {
    Relief.EXTENSION: TO_RECTIFY,
    Relief.SUSPENSION: TO_RECTIFY,
    Relief.VOIDING: (FindingState.FOUND, *TO_RECTIFY, *FIXED, FindingState.SUSPENDED),
}
"""In which states each relief may be asked for and granted."""

TAKEN_BY: Final[Mapping[FindingStep, Right]] = {
    FindingStep.FIND: Right.INSPECT,
    FindingStep.ASSIGN: Right.INSPECT,
    FindingStep.START: Right.REPORT,
    FindingStep.REPORT: Right.REPORT,
    FindingStep.PASS: Right.INSPECT,
    FindingStep.RETURN: Right.INSPECT,
    FindingStep.CLOSE: Right.INSPECT,
    FindingStep.LOOK_BACK: Right.INSPECT,
    FindingStep.REOPEN: Right.INSPECT,
    FindingStep.ASK: Right.TAKE_PART,
    FindingStep.APPROVE: Right.INSPECT,
    FindingStep.REFUSE: Right.INSPECT,
    FindingStep.WITHDRAW: Right.TAKE_PART,
    FindingStep.RESUME: Right.INSPECT,
}
"""Which right each step needs; officials only for their own units, and inspectors never for a unit of their own."""

JUDGING: Final = frozenset({
    FindingStep.PASS, FindingStep.RETURN, FindingStep.CLOSE, FindingStep.LOOK_BACK, FindingStep.REOPEN,
})  # fmt: skip
"""Steps that nobody takes who put the finding right."""
WITH_REASON: Final = frozenset({
    FindingStep.RETURN, FindingStep.REOPEN, FindingStep.ASK, FindingStep.REFUSE,
})  # fmt: skip
"""Steps that must say why."""
WITH_DEADLINE: Final = frozenset({FindingStep.ASSIGN, FindingStep.REOPEN})
"""Steps that must set a deadline."""
