"""What became of a file that a system sent, as the system is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from flask import Response, url_for

from assess.core.evidence.verdicts import CheckList
from assess.core.text import Text
from assess.services.imports import ProposalLine
from assess.services.imports.lists import Line
from assess.services.tokens import SentPage
from assess.store.queries.import_lists import FlawRow
from assess.web.problems import as_json
from assess.web.request import language

WAIT: Final = 2
"""Seconds after which it is worth asking again."""
COUNTED: Final = (
    CheckList.NEW,
    CheckList.CHANGED,
    CheckList.NOTED,
    CheckList.UNCHANGED,
    CheckList.DOUBTFUL,
    CheckList.MISSING,
    CheckList.OVERTAKEN,
    CheckList.FLAWS,
    CheckList.WARNINGS,
)
LISTED: Final = {
    CheckList.FLAWS: "flaws",
    CheckList.WARNINGS: "warnings",
    CheckList.DOUBTFUL: "suspicious",
    CheckList.OVERTAKEN: "overtaken",
}
"""The lists of an answer, by what the pages call them."""
CHANGED_MEANWHILE: Final = Text("现有数据为{old}，本次为{new}", "Current value {old}, in this file {new}")
NOTHING: Final = Text("无", "nothing")


def answer(sent: SentPage, status: int = 200) -> Response:
    """How a file stands."""
    row = sent.page.row
    headers = [("Location", address_of(sent))] if status in (201, 202) else []
    if row.is_worked_on:
        headers.append(("Retry-After", str(WAIT)))
    return as_json(import_json(sent), status, headers=headers)


def import_json(sent: SentPage) -> dict[str, Any]:
    """How a file stands, and what somebody has to look at."""
    page, row = sent.page, sent.page.row
    counts = {shown.value: page.counts.get(shown, 0) for shown in COUNTED}
    return {
        "id": row.id,
        "year": page.year.cycle.year,
        "department": row.department,
        "state": row.state.value,
        "state_called": row.label.localized(language()),
        "is_worked_on": row.is_worked_on,
        "version": row.version,
        "address": address_of(sent),
        "page": url_for("imports.show", year=page.year.cycle.year, row=row.id),
        "file": {"name": row.file_name, "sha256": row.upload},
        "sent_at": moment(row.made_at),
        "accepted_at": row.accepted_at and moment(row.accepted_at),
        "may_accept": page.may_accept and not page.unexplained,
        "counts": {"values": row.found.get("values", 0), **counts, "unexplained": page.unexplained},
        "notes": [note.localized(language()) for note in page.notes],
        **{name: lines_of(sent.lists, shown) for shown, name in LISTED.items()},
        "next": next_of(sent),
    }


def address_of(sent: SentPage, **more: Any) -> str:
    """Where to ask how a file stands."""
    return url_for("api.show", year=sent.page.year.cycle.year, row=sent.page.row.id, **more)


def next_of(sent: SentPage) -> str | None:
    """Where the next part of the lists is; None where this is the last."""
    return None if sent.next_start is None else address_of(sent, start=sent.next_start)


def moment(at: datetime) -> str:
    """A moment as machines read it."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def lines_of(lists: Mapping[CheckList, tuple[int, Sequence[Line]]], shown: CheckList) -> list[dict[str, str]]:
    """One list, a part of it: where, and what."""
    _length, lines = lists.get(shown, (0, ()))
    return [line_of(each, shown) for each in lines if isinstance(each, FlawRow | ProposalLine)]


def line_of(line: FlawRow | ProposalLine, shown: CheckList) -> dict[str, str]:
    """One place, and what is to be said of it."""
    if isinstance(line, FlawRow):
        return {
            "where": "!".join(part for part in (line.sheet, line.cell) if part),
            "what": line.what.localized(language()),
        }
    what = line.row.doubt
    if shown is CheckList.OVERTAKEN:
        what = CHANGED_MEANWHILE.format(old=line.old or NOTHING, new=line.new)
    said = {"where": line.row.place, "what": (what or NOTHING).localized(language())}
    return {**said, "explanation": line.row.explanation} if shown is CheckList.DOUBTFUL else said
