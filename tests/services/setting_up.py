"""A year that the office sets up from documents, step by step."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assess.core.actors import operator
from assess.core.text import Text
from assess.services.cycles import create_year
from assess.services.documents import UploadedFile, document_of
from assess.services.rules import load_rules, publish_rules
from assess.services.units.unit_list import accept_units
from assess.store.queries.cycles import CycleRow, cycle_of_year
from assess.store.session import Session
from tests.years import NOW, RULES

FIRST_UNITS = (RULES / "units.csv").read_text(encoding="utf-8-sig").splitlines()[:5]
"""The headings and the first four units of the shipped list."""
RULE_TEXT = (RULES / "rule-sheet.yaml").read_text(encoding="utf-8")

TASK_TEXT = re.sub(r"applies_to: \[.*?\]", "applies_to: all", (RULES / "tasks.yaml").read_text(encoding="utf-8"))
"""The shipped task list, every task laid on all units, or on the streets."""


def a_csv(lines: Sequence[str], name: str = "list.csv") -> UploadedFile:
    """A document of these lines."""
    return UploadedFile(name, "\n".join([*lines, ""]).encode())


def a_rule_sheet(*changes: tuple[str, str]) -> UploadedFile:
    """The shipped rule sheet with some words changed, each once."""
    text = RULE_TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return UploadedFile("rules.yaml", text.encode())


def a_new_year(session: Session, year: int = 2026) -> CycleRow:
    """A year of which nothing is loaded."""
    create_year(session, OFFICE, year=year, title=Text(f"{year}年", f"Year {year}"), now=NOW)
    return the_year(session, year)


def the_year(session: Session, year: int = 2026) -> CycleRow:
    """The year as it is now."""
    row = cycle_of_year(session, year=year)
    assert row is not None
    return row


def a_ruled_year(session: Session, units: UploadedFile | None = None) -> CycleRow:
    """A year with four units, or the given, and the shipped rule sheet published."""
    cycle = a_new_year(session)
    accept_units(session, OFFICE, cycle=cycle, document=units or a_csv(FIRST_UNITS), now=NOW)
    load_rules(session, OFFICE, cycle=cycle, document=document_of(RULES / "rule-sheet.yaml"), now=NOW)
    publish_rules(session, OFFICE, cycle=cycle, number=1, now=NOW)
    return the_year(session)


def a_task_list(*changes: tuple[str, str]) -> UploadedFile:
    """The shipped task list with some words changed, each once."""
    text = TASK_TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return UploadedFile("tasks.yaml", text.encode())


OFFICE = operator("office")
