"""Findings by files: a hotline's export comes in, is checked, seen beside the ledger, accepted whole, withdrawn."""

from assess.services.finding_imports.accepting import ACCEPT, accept_findings, accepting
from assess.services.finding_imports.checking import checking_in
from assess.services.finding_imports.pages import (
    FilePage,
    FilesPage,
    FoundLine,
    file_page,
    files_page,
    marked_of,
    original_of,
    source_of,
)
from assess.services.finding_imports.templates import finding_template
from assess.services.finding_imports.uploading import CHECK, discard_findings, upload_findings
from assess.services.finding_imports.withdrawing import ask_withdrawal, decide_withdrawal

__all__ = [
    "ACCEPT",
    "CHECK",
    "FilePage",
    "FilesPage",
    "FoundLine",
    "accept_findings",
    "accepting",
    "ask_withdrawal",
    "checking_in",
    "decide_withdrawal",
    "discard_findings",
    "file_page",
    "files_page",
    "finding_template",
    "marked_of",
    "original_of",
    "source_of",
    "upload_findings",
]
