"""Warnings: what a rule sheet, or the units and figures beside it, most likely did not mean; they change no result."""

from __future__ import annotations

from assess.core.warnings.coded import CodedWarning
from assess.core.warnings.examples import not_exemplified
from assess.core.warnings.groups import groups_without_units, units_without_group
from assess.core.warnings.objects import unused_objects
from assess.core.warnings.percents import fractions_in_figures
from assess.core.warnings.sheet import sheet_warnings
from assess.core.warnings.values import empty_figures

__all__ = [
    "CodedWarning",
    "empty_figures",
    "fractions_in_figures",
    "groups_without_units",
    "not_exemplified",
    "sheet_warnings",
    "units_without_group",
    "unused_objects",
]
