"""What a rule sheet is refused for: small checks, one rule each, every flaw at its place."""

from assess.core.rules.checking.sheet import check_sheet

__all__ = ["check_sheet"]
