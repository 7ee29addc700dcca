"""What changes between two results as JSON, in the format of section 12 of the second rule-sheet page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assess.core.numbers import printed
from assess.core.runs.exact_changes import RankSplit, ResultChanges, UnitChange
from assess.files.results import compact, listed, place_number, rule_sheet


def write_changes(changes: ResultChanges, path: Path) -> None:
    """All changes; one unit a line, so that two files can be compared by lines."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('{"old": ' + compact(rule_sheet(changes.old)))
        out.write(',\n"new": ' + compact(rule_sheet(changes.new)))
        out.write(',\n"same_inputs": ' + compact(changes.old.inputs.digest == changes.new.inputs.digest))
        out.write(',\n"units": ')
        out.writelines(listed(compact(unit_of(unit)) for unit in changes.units))
        out.write(',\n"summary": ' + compact(summary_of(changes)))
        out.write("}\n")


def unit_of(unit: UnitChange) -> dict[str, Any]:
    """What changed for one unit; pairs are the old and the new."""
    was, now = unit.was, unit.now
    return {
        "unit": unit.unit,
        "group": unit.group,
        "total": [was.total, now.total],
        "rank": [place_number(was.rank), place_number(now.rank)],
        "grade": [was.grade, now.grade],
        "state": [was.state, now.state],
        "change": None if unit.change is None else printed(unit.change),
        "rank_split": rank_split_of(unit.rank_split),
        "split": [{"kind": kind, "id": id, "change": printed(change)} for kind, id, change in unit.split],
    }


def rank_split_of(split: RankSplit | None) -> dict[str, int | float | None] | None:
    """The two parts of the change of a rank."""
    return None if split is None else {"own": place_number(split.own), "others": place_number(split.others)}


def summary_of(changes: ResultChanges) -> dict[str, Any]:
    """How many units changed, and what each entry changed in all of them."""
    return {
        "units": len(changes.units),
        "changed": changes.changed,
        "ranks_changed": changes.ranks_changed,
        "grades_changed": changes.grades_changed,
        "by": [
            {"kind": each.kind, "id": each.id, "units": each.units}
            | {"gained": printed(each.gained), "lost": printed(each.lost)}
            for each in changes.by_entry
        ],
    }
