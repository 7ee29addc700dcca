"""What a row of a file of findings is beside the ledger, and the lists that a preview shows."""

from __future__ import annotations

from typing import Final

from assess.core.workflow import LabeledEnum


class FindingVerdict(LabeledEnum):
    """What a row is beside the findings that are recorded already."""

    NEW = "new", "新问题", "New"
    ALIKE = "alike", "可能重复", "Possible repeats"
    KNOWN = "known", "已登记", "Already recorded"


class FindingCheckList(LabeledEnum):
    """One list of what a check found."""

    FLAWS = "flaws", "错误", "Errors"
    NEW = "new", "新问题", "New"
    ALIKE = "alike", "可能重复", "Possible repeats"
    KNOWN = "known", "已登记", "Already recorded"
    WARNINGS = "warnings", "提示", "Warnings"


OF_FLAWS: Final = (FindingCheckList.FLAWS, FindingCheckList.WARNINGS)
RECORDED: Final = (FindingVerdict.NEW, FindingVerdict.ALIKE)
"""Rows that become findings when the file is accepted."""
