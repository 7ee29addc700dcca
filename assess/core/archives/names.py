"""What is called what in an archive; every name is plain ASCII, so that any system unpacks it alike."""

from __future__ import annotations

import re
from typing import Final

INDEX: Final = {"zh": "index.html", "en": "index-en.html"}
README: Final = "README.txt"
RULES: Final = "rules/rule-sheet.yaml"
RULES_BOOK: Final = "rules/rule-sheet.xlsx"
LOG: Final = "audit/log.jsonl"
EVIDENCE_LIST: Final = "evidence/list.csv"
CERTIFICATE: Final = "certificates/archive.pem"
HASHES: Final = "SHA256SUMS.txt"
MANIFEST: Final = "manifest.json"
SEAL: Final = "seal.json"
"""The last of all: it covers every byte before it."""
UNLISTED: Final = (HASHES, MANIFEST, SEAL)
"""What the list of digests cannot name: itself, what names it, and what covers both."""
PLAIN: Final = re.compile(r"[A-Za-z0-9._-]{1,40}")
NAMED: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}(/[A-Za-z0-9][A-Za-z0-9._-]{0,79}){0,3}")
ENDINGS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".csv", ".json", ".pdf"})


def is_safe(name: str) -> bool:
    """Whether a name stays within the folder that it is unpacked into, on any system."""
    return NAMED.fullmatch(name) is not None and ".." not in name


def book(name: str, language: str) -> str:
    """A workbook."""
    return f"excel/{name}-{language}.xlsx"


def document(edition: int, place: int, unit: str, language: str) -> str:
    """A sealed document: a card of the unit at a place (from 1), or the book (0, no unit)."""
    if not unit:
        return f"sealed/edition-{edition}/book-{language}.pdf"
    called = f"-{unit}" if PLAIN.fullmatch(unit) and ".." not in unit else ""
    return f"sealed/edition-{edition}/card-{place:03d}{called}-{language}.pdf"


def certificate(edition: int) -> str:
    """The certificates of an edition."""
    return f"certificates/edition-{edition}.pem"


def of_run(number: int, file: str) -> str:
    """A file of a run: `inputs.zip`, `results.json` or `results.csv`."""
    return f"runs/run-{number}/{file}"


def delivery(number: int, kind: str, language: str, file_name: str) -> str:
    """A file of a hand-over."""
    ending = f".{file_name.rpartition('.')[2].lower()}"
    tongue = f"-{language}" if language else ""
    return f"handover/{number}/{kind}{tongue}{ending if ending in ENDINGS else ''}"


def evidence(sha256: str, file_name: str) -> str:
    """A file that figures came from, by its digest: what people call their files is not to be trusted as a name."""
    ending = f".{file_name.rpartition('.')[2].lower()}"
    return f"evidence/{sha256[:32]}{ending if ending in ENDINGS else ''}"
