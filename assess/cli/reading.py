"""What the commands read from files: the inputs of a scoring, or what a department is asked for."""

from __future__ import annotations

from typing import NamedTuple

from assess.core.evidence.asked import DepartmentRequest
from assess.core.evidence.departments import department_asked
from assess.core.figures import FigureTable
from assess.core.flaws import Flaw, ValidationError
from assess.core.parsing import ParseError
from assess.core.rules.sheet import RuleSheet
from assess.core.sources import TextPosition
from assess.core.units.unit_list import UnitNames, Units
from assess.files.scoring_inputs import Paths, ScoringInputReader, YearTables, read_inputs, read_with_warnings

__all__ = ["OfDepartment", "Paths", "read_department", "read_inputs", "read_with_warnings"]


class OfDepartment(NamedTuple):
    """What a department is asked for, by which sheet and of which units, and the figures that are known."""

    sheet: RuleSheet
    units: Units
    names: UnitNames
    asked: DepartmentRequest
    figures: FigureTable | None


def read_department(paths: Paths, department: str) -> OfDepartment:
    """What the department of this id or title is asked for.

    Raises:
        ValidationError: with all flaws of all files, or because there is no such department or nothing is asked of it.
    """
    reader = DepartmentReader(paths)
    found = reader.department(department)
    if found is None or reader.flaws:
        raise ValidationError(reader.flaws)
    return found


class DepartmentReader(ScoringInputReader):
    """Reads what a department is asked for beside the files of a scoring."""

    def department(self, text: str) -> OfDepartment | None:
        """What a department is asked for and what is known of it, or None where the files or its name are wrong."""
        units, names = self.units()
        sheet = self.sheet(units)
        if sheet is None or units is None or names is None:
            self.open_others(units)
            return None
        asked = department_asked(sheet, text)
        if isinstance(asked, ParseError):
            self.flaws.append(Flaw(TextPosition("--department"), asked.what))
        years, path = YearTables(sheet, units, names, None), self.paths.figures
        figures = None if path is None else self.figures(path, years, 0)
        return None if isinstance(asked, ParseError) else OfDepartment(sheet, units, names, asked, figures)
