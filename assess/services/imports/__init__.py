"""Imports: a department's file comes in, is checked, explained, accepted as a whole, undone; where values come from."""

from assess.services.imports.accepting import ACCEPT, accept_import, accepting
from assess.services.imports.checking import checking_in
from assess.services.imports.departments import DepartmentLine, departments_page
from assess.services.imports.explaining import explain, explain_all
from assess.services.imports.lists import MissingLine, ProposalLine
from assess.services.imports.pages import (
    DepartmentPage,
    ImportPage,
    department_page,
    import_page,
    marked_of,
    original_of,
)
from assess.services.imports.sources import FigurePage, SourcePage, ValueLine, figure_page, source_of
from assess.services.imports.undoing import undo_import
from assess.services.imports.uploading import CHECK, discard_import, upload_import
from assess.services.imports.windows import Window, check_department, window_of

__all__ = [
    "ACCEPT",
    "CHECK",
    "DepartmentLine",
    "DepartmentPage",
    "FigurePage",
    "ImportPage",
    "MissingLine",
    "ProposalLine",
    "SourcePage",
    "ValueLine",
    "Window",
    "accept_import",
    "accepting",
    "check_department",
    "checking_in",
    "department_page",
    "departments_page",
    "discard_import",
    "explain",
    "explain_all",
    "figure_page",
    "import_page",
    "marked_of",
    "original_of",
    "source_of",
    "undo_import",
    "upload_import",
    "window_of",
]
