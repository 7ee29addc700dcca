"""What a checked value does to the one that counts, and the lists that a preview shows."""

from __future__ import annotations

from assess.core.text import Text
from assess.core.workflow import LabeledEnum

NOTHING_TO_ACCEPT = Text("无需接收", "nothing to accept")
"""How a checked file stands that would change nothing."""


class Verdict(LabeledEnum):
    """What a value of a file is beside the value that counts now."""

    NEW = "new", "新增", "New"
    CHANGED = "changed", "变动", "Changed"
    NOTED = "noted", "仅备注或明细变动", "Only remarks or details changed"
    UNCHANGED = "unchanged", "未变", "Unchanged"


CHANGES = (Verdict.NEW, Verdict.CHANGED, Verdict.NOTED)
"""Values that accepting a file changes."""
DOUBTED = (Verdict.NEW, Verdict.CHANGED)
"""Values that must be explained where they are suspicious: what stands already was."""


class CheckList(LabeledEnum):
    """One list of what a check found."""

    FLAWS = "flaws", "错误", "Errors"
    OVERTAKEN = "overtaken", "其间被他人修改", "Changed meanwhile"
    DOUBTFUL = "doubtful", "存疑", "Unusual values"
    CHANGED = "changed", "变动", "Changed"
    NEW = "new", "新增", "New"
    NOTED = "noted", "仅备注或明细变动", "Only remarks or details changed"
    UNCHANGED = "unchanged", "未变", "Unchanged"
    MISSING = "missing", "缺报", "Missing"
    WARNINGS = "warnings", "提示", "Warnings"
