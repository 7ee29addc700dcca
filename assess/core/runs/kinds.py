"""What runs are for, and how a released one counts."""

from __future__ import annotations

from typing import Final

from assess.core.workflow import LabeledEnum


class RunKind(LabeledEnum):
    """What a run is for."""

    WORKING = "working", "正式计分", "Scoring"
    INTERIM = "interim", "阶段排名", "Interim ranking"


class RunStanding(LabeledEnum):
    """How a released run counts."""

    PROVISIONAL = "provisional", "公示", "Provisional"
    FINAL = "final", "定稿", "Final"


class Origin(LabeledEnum):
    """Where a figure of a run came from."""

    VALUE = "value", "数据", "Figure"
    TASK_LIST = "task-list", "年度任务清单", "Annual task list"
    LEDGER = "ledger", "问题台账", "Ledger of findings"
    RULING = "ruling", "申诉处理决定", "Decision on an appeal"
    CORRECTION = "correction", "依职权更正", "Correction by the assessment office"


DECIDED: Final = (Origin.RULING, Origin.CORRECTION)
"""Figures that the office put right after the result was released."""
