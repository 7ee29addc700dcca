"""The sheet of a form's workbook: its columns, and the stamp that says whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assess.core.text import Text

SHEET: Final = Text("填报表", "Form")
KEY: Final = ("字段编号", "field")
VALUE: Final = ("填报值", "value")
REMARK: Final = ("备注", "remark")
VALUE_COLUMN: Final = 9
"""Where the values stand; one further where a form has a column of objects."""
OBJECT: Final = Text("对象", "object")
OBJECT_COLUMN: Final = 3
MAX_REMARK_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class FormStamp:
    """What a form's workbook belongs to: cycle id, digest of the rule sheet, code of the unit."""

    cycle: str
    rules: str
    unit: str
