"""What changed from one rule sheet to another, in words an assessor understands."""

from assess.core.rules.difference.records import SheetDifference
from assess.core.rules.difference.sheet import differences

__all__ = ["SheetDifference", "differences"]
