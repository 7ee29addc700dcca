"""All warnings of a rule sheet alone."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.rules.sheet import RuleSheet
from assess.core.schema import Tree
from assess.core.warnings.bands import dead_bands
from assess.core.warnings.coded import CodedWarning
from assess.core.warnings.conditions import odd_conditions
from assess.core.warnings.directions import uses_against
from assess.core.warnings.effects import idle_keys
from assess.core.warnings.grades import unreachable_grades
from assess.core.warnings.marks import totals_not_stated, unreachable_full_marks
from assess.core.warnings.percents import fractions_in_sheet
from assess.core.warnings.titles import missing_titles


def sheet_warnings(sheet: RuleSheet, tree: Tree) -> Iterator[CodedWarning]:
    """Every warning of a sheet that has passed its check; `tree` is the plain tree that it was read from."""
    yield from missing_titles(sheet)
    yield from totals_not_stated(sheet)
    yield from dead_bands(sheet)
    yield from unreachable_full_marks(sheet)
    yield from unreachable_grades(sheet)
    yield from odd_conditions(sheet)
    yield from idle_keys(sheet, tree)
    yield from fractions_in_sheet(sheet)
    yield from uses_against(sheet, tree)
