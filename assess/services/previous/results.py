"""Results of the year before: what preconditions and trends look back to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.flaws import Flaw
from assess.core.numbers import reduced
from assess.core.previous import PreviousResults, read_previous_results
from assess.core.previous_table import HEADINGS, results_in_table
from assess.core.schema import Tree
from assess.core.sources import StatedFigure, TextPosition
from assess.core.text import Text
from assess.core.units.unit_list import column_texts
from assess.core.unseen import unseen_in_table, unseen_in_tree
from assess.files.opening import whole_file
from assess.files.previous_book import write_results_book
from assess.files.previous_results import json_tree
from assess.files.tables import BOOKS, read_table
from assess.services import audit, cycles
from assess.services.documents import UploadedFile, check, without_file
from assess.services.previous.batches import batch_of
from assess.services.years import Year, year_of
from assess.store.cache import cached
from assess.store.models import Batch
from assess.store.queries import previous
from assess.store.queries.cycles import CycleRow
from assess.store.queries.previous import RESULTS
from assess.store.session import Session, flush

MAX_MEGABYTES: Final = 64
TABLES: Final = BOOKS | {".csv"}
NOBODY: Final = Text(
    "文件中没有本年度的任何单位，请核对单位代码。",
    "None of the units of this year is in the file. Check the unit codes.",
)
SAME_RESULTS: Final = Text(
    "这份结果与现有的上年结果相同，无需保存。",
    "These are the results already on record. There is nothing to save.",
)


def preview_results(session: Session, cycle: CycleRow, document: UploadedFile) -> tuple[Tree, PreviousResults]:
    """The results of the year before that a document holds: what is kept of them, and as they are understood.

    Raises:
        Refused: the stage does not allow it, no rule sheet is published.
        ValidationError: the document has flaws.
    """
    cycles.check_stage(cycle.stage)
    year = year_of(session, cycle)
    with document.lying() as path:
        tree = tree_in(path, year)
        results, flaws = read_previous_results(tree, year.units, TextPosition(""))
        check(flaws)
        check(flaw.at(TextPosition("")) for flaw in unseen_in_tree(tree))
        units = [trimmed(entry) for entry in tree["units"]]
        known = [entry for entry in units if entry["unit"] in year.units.places]
        check([] if known else [Flaw(TextPosition(""), NOBODY)])
    newest = previous.newest_results(session, cycle.id)
    if newest is not None and newest[1].get("units") == units:
        raise Refused(SAME_RESULTS)
    return units, results


def tree_in(path: Path, year: Year) -> Tree:
    """The results that a file holds: a table of one row a unit, or the JSON of `assess score`.

    Raises:
        ValidationError: the file cannot be read, or a cell of the table is wrong.
    """
    if path.suffix.casefold() not in TABLES:
        return json_tree(whole_file(path, MAX_MEGABYTES), path)
    table = read_table(path, HEADINGS["unit"])
    tree, flaws = results_in_table(table, year.names, year.sheet)
    check(without_file([*flaws, *unseen_in_table(table)]))
    return tree


def results_book(session: Session, actor: Actor, cycle: CycleRow) -> BytesIO:
    """The workbook to enter last year's results in, with a row for each unit.

    Raises:
        Refused: no rule sheet is published.
    """
    year, book = year_of(session, cycle), BytesIO()
    write_results_book(book, actor.language, units=year.units, sheet=year.sheet)
    book.seek(0)
    return book


def trimmed(entry: Mapping[str, Tree]) -> dict[str, Tree]:
    """What is kept of one unit's result."""
    scores = entry.get("scores") or {}
    known = {name: entry.get(name) for name in ("group", "grade", "rank", "of", "total")}
    return {
        "unit": entry["unit"].strip(),
        **known,
        "scores": {node: {"score": line.get("score")} for node, line in scores.items()},
    }


def accept_results(
    session: Session, actor: Actor, *, cycle: CycleRow, document: UploadedFile, now: datetime,
    seen: int | None = None, reason: str = "",
) -> Batch:  # fmt: skip
    """Keep the results of the year before; the newest count.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, a reason is missing, nothing changes, or no rule sheet is published.
        ValidationError: the document has flaws.
        Stale: somebody else changed the set-up meanwhile.
    """
    cycles.changing(session, actor, cycle=cycle, seen=seen)
    units, _ = preview_results(session, cycle, document)
    kept_reason = cycles.check_reason(reason, needed=cycle.opened)
    batch = batch_of(cycle, actor, RESULTS, facts={"units": units, "reason": kept_reason}, now=now, document=document)
    session.add(batch)
    flush(session)
    told = {"batch": batch.id, "file": document.name, "upload": document.sha256, "units": len(units)}
    told |= {"reason": kept_reason}
    audit.record(session, actor, subject=f"previous-results:{cycle.year}", action="accepted", new=told, now=now)
    return batch


def previous_results_of(session: Session, year: Year) -> PreviousResults | None:
    """The results of the year before, None where there are none (1 query)."""
    newest = previous.newest_results(session, year.cycle.id)
    if newest is None or newest[1].get("none"):
        return None
    number, facts = newest
    key = ("previous results", number, year.units.codes)
    return cached(session, key, lambda: read_previous_results(facts, year.units, StatedFigure("results"))[0])


def results_rows(results: PreviousResults) -> list[tuple[Text, str, str, str]]:
    """What is known of each unit: its name, rank of how many, total and grade; blank where it is not."""
    rows = zip(
        results.units.names,
        results.rank.fractions(),
        results.of.fractions(),
        results.total,
        column_texts(results.grade),
        strict=True,
    )
    return [
        (name, " / ".join(reduced(each) for each in (rank, of) if each is not None), total or "", grade or "")
        for name, rank, of, total, grade in rows
    ]
