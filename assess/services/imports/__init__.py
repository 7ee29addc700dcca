"""Imports: a department's file comes in, is checked, explained, accepted as a whole, undone; where values come from."""

from assess.services.imports.accepting import ACCEPT, accept_import, accepting
from assess.services.imports.checking import checking_in
from assess.services.imports.departments import (
    DepartmentLine,
    DepartmentPage,
    department_lines,
    department_page,
    departments_page,
)
from assess.services.imports.explaining import explain, explain_all
from assess.services.imports.headings import HeadingsPage, forget_heading, headings_page, remember_headings
from assess.services.imports.lists import MissingLine, ProposalLine
from assess.services.imports.pages import ImportPage, import_page, marked_of, original_of, state_of
from assess.services.imports.sources import SourcePage, ValueLine, source_file, source_of
from assess.services.imports.supplied import SuppliedFigurePage, SuppliedUnitPage, figure_page, unit_page
from assess.services.imports.undoing import undo_import
from assess.services.imports.uploading import CHECK, discard_import, upload_import
from assess.services.imports.windows import SupplyWindow, check_department, window_of

__all__ = [
    "ACCEPT",
    "CHECK",
    "DepartmentLine",
    "DepartmentPage",
    "HeadingsPage",
    "ImportPage",
    "MissingLine",
    "ProposalLine",
    "SourcePage",
    "SuppliedFigurePage",
    "SuppliedUnitPage",
    "SupplyWindow",
    "ValueLine",
    "accept_import",
    "accepting",
    "check_department",
    "checking_in",
    "department_lines",
    "department_page",
    "departments_page",
    "discard_import",
    "explain",
    "explain_all",
    "figure_page",
    "forget_heading",
    "headings_page",
    "import_page",
    "marked_of",
    "original_of",
    "remember_headings",
    "source_file",
    "source_of",
    "state_of",
    "undo_import",
    "unit_page",
    "upload_import",
    "window_of",
]
