"""From an entry of the log to the page of its subject, where there is one."""

from __future__ import annotations

from typing import Any, Final

from flask import url_for

from assess.core.audit.words import kind_of
from assess.services.audit.telling import EntryInWords, rest_of

PAGES: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "archive": ("archives.show", ("year",)),
    "appeal": ("appeals.show", ("year", "number")),
    "correction": ("corrections.show", ("year", "number")),
    "cycle": ("stages.show", ("year",)),
    "dates": ("stages.show", ("year",)),
    "exclusion": ("exclusions.show", ("year", "", "row")),
    "exemption": ("exemptions.show", ("year", "", "row")),
    "finding": ("findings.finding", ("year", "number")),
    "finding-import": ("finding_imports.show", ("year", "row")),
    "form": ("submissions.show", ("year", "unit")),
    "handover": ("handover.show", ("year", "number")),
    "headings": ("import_headings.listing", ("year", "department")),
    "import": ("imports.show", ("year", "", "row")),
    "job": ("jobs.listing", ()),
    "jobs": ("jobs.listing", ()),
    "mail": ("jobs.listing", ()),
    "member": ("teams.edit", ("year",)),
    "move": ("stages.request", ("year", "row")),
    "object-list": ("object_lists.edit", ("year",)),
    "panel": ("panels.show", ("year", "panel")),
    "patrol": ("patrols.show", ("year", "", "row")),
    "previous-figures": ("previous.show", ("year",)),
    "previous-results": ("previous.show", ("year",)),
    "reopening": ("reopenings.listing", ("year",)),
    "rules": ("rules.edit", ("year",)),
    "submission": ("submissions.show", ("year", "unit")),
    "task": ("obligations.task", ("year", "unit", "no")),
    "task-list": ("task_lists.edit", ("year",)),
    "teams": ("teams.edit", ("year",)),
    "token": ("tokens.listing", ()),
    "units": ("units.edit", ("year",)),
    "value": ("sources.figure", ("year", "", "figure")),
    "values": ("certifying.listing", ("year",)),
}
"""The page of each kind of subject, and which part of its name stands where in the address."""
EVIDENCE: Final = {"figure": ("evidence.figure", "figure"), "task": ("obligations.task", "no")}
OF_APPEAL: Final = "appeal"
NUMBERS: Final = frozenset({"year", "row", "number"})


def address_of(line: EntryInWords) -> str | None:
    """Where the subject of an entry has its page."""
    kind, rest = kind_of(line.row.subject), rest_of(line.row.subject)
    if line.account is not None:
        return url_for("people.person", row=line.account)
    if kind == "evidence":
        return address_of_evidence(rest)
    if kind not in PAGES:
        return None
    endpoint, names = PAGES[kind]
    return address(endpoint, names, rest)


def address_of_evidence(rest: str) -> str | None:
    """Where files of a figure, of a task or of the signed form are."""
    year, _, more = rest.partition("/")
    unit, _, about = more.partition("/")
    kind, _, name = about.partition(":")
    if kind == OF_APPEAL:
        return address("appeals.show", ("year", "number"), f"{year}/{name}")
    if kind not in EVIDENCE:
        return address("evidence.signed", ("year", "unit"), rest)
    endpoint, part = EVIDENCE[kind]
    return address(endpoint, ("year", "unit", part), f"{year}/{unit}/{name}")


def address(endpoint: str, names: tuple[str, ...], rest: str) -> str | None:
    """The address of a page by the parts of a subject's name; the last part may hold strokes of its own."""
    last_is_whole = bool(names) and names[-1] == "no"
    parts = rest.split("/", len(names) - 1) if last_is_whole else rest.split("/")
    found = {name: part for name, part in zip(names, parts, strict=False) if name}
    lacks = any(name not in found for name in names if name)
    if lacks or not all(found.values()) or any(not is_number(found[name]) for name in NUMBERS & found.keys()):
        return None
    values: dict[str, Any] = {name: int(part) if name in NUMBERS else part for name, part in found.items()}
    return url_for(endpoint, **values)


def is_number(part: str) -> bool:
    """Whether a part of a name is a year or the number of a row."""
    return part.isascii() and part.isdigit() and len(part) < 18
