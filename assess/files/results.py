"""Results as JSON and CSV, in the format of section 13 of the rule-sheet page."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assess.core.effects import applied_to, mark_of
from assess.core.exact import Column
from assess.core.lines import Lines
from assess.core.results import Results
from assess.core.rules.sheet import digest_of
from assess.core.values import Inputs

Progress = Callable[[int, int], None]


def input_digest(inputs: Inputs) -> str:
    """`sha256:…` of everything that was read beside the rule sheet, whatever files and orders it stood in."""
    read = {
        "units": inputs.units.canonical(),
        "figures": inputs.figures.canonical(),
        "previous": inputs.last_year.canonical() if inputs.last_year is not None else None,
        "previous_results": inputs.last_results.canonical() if inputs.last_results is not None else None,
        "exemptions": inputs.exemptions.canonical() if inputs.exemptions is not None else None,
    }
    canonical = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def write_json(lines: Lines, path: Path) -> None:
    """The whole result; one unit a line, so that two results can be compared by lines."""
    results = lines.results
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('{"rule_sheet": ' + compact(rule_sheet(results)))
        out.write(',\n"inputs": ' + compact({"digest": input_digest(results.inputs)}))
        out.write(',\n"warnings": ' + listed(warnings(results)))
        out.write(',\n"groups": ' + listed(groups(results)))
        out.write(',\n"units": ' + listed(units(lines)))
        out.write("}\n")


def compact(value: Any) -> str:
    """One value on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def listed(values: Iterator[dict[str, Any]]) -> str:
    """A list, one value a line."""
    texts = [compact(value) for value in values]
    return "[\n" + ",\n".join(texts) + "\n]" if texts else "[]"


def rule_sheet(results: Results) -> dict[str, Any]:
    """Which rule was applied."""
    sheet = results.inputs.sheet
    about: dict[str, Any] = {"id": sheet.id, "year": sheet.year, "digest": digest_of(sheet)}
    return about | ({"standing": sheet.standing.value} if sheet.standing is not None else {})


def warnings(results: Results) -> Iterator[dict[str, Any]]:
    """What had no effect because it could not be told."""
    for warned in results.warnings:
        code = results.inputs.units.codes[warned.unit]
        yield {"unit": code, "id": warned.id, "clause": warned.clause, "zh": warned.what.zh, "en": warned.what.en}


def groups(results: Results) -> Iterator[dict[str, Any]]:
    """Count, mean and extremes of each group."""
    for group in results.summaries:
        yield {
            "id": group.id,
            "scored": group.scored,
            "mean": group.mean,
            "highest": group.highest,
            "lowest": group.lowest,
        }


def units(lines: Lines) -> Iterator[dict[str, Any]]:
    """Every unit in the order of the units file."""
    results = lines.results
    digits = results.total_digits
    bases = rounded(results.base, results).printed(digits)
    totals = results.total.printed(digits)
    converted = results.converted.printed(digits) if results.converted is not None else None
    posts = [(post.post, post.points.printed(digits)) for post in results.posts]
    group_ids = [group.id for group in results.inputs.sheet.groups or ()]
    for unit, (code, scores) in enumerate(zip(results.inputs.units.codes, unit_scores(lines), strict=True)):
        group = int(results.groups[unit])
        scored = totals[unit] is not None
        yield {
            "unit": code,
            "group": group_ids[group] if group_ids and group >= 0 else None,
            "total": totals[unit],
            "base": bases[unit],
            "rank": rank_of(results, unit),
            "of": int(results.of[unit]) if scored and results.ranks.present[unit] else None,
            "grade": results.grade(unit) if scored else None,
            "state": results.state(unit),
            "adjustments": adjustments(results, unit) if scored else [],
            "converted": converted[unit] if converted is not None else None,
            "members": [{"post": post, "points": points[unit]} for post, points in posts],
            "scores": scores if group >= 0 else {},
        }


def rounded(column: Column, results: Results) -> Column:
    """A column as totals are rounded."""
    digits = results.total_digits
    return column if digits is None else column.round(digits, results.inputs.sheet.rounding.mode)


def rank_of(results: Results, unit: int) -> int | float | None:
    """A whole rank, or a half one where ties are averaged."""
    rank = results.ranks.fraction(unit)
    if rank is None:
        return None
    return rank.numerator if rank.denominator == 1 else float(rank)


def adjustments(results: Results, unit: int) -> list[dict[str, str]]:
    """The adjustments that took effect."""
    return [
        {
            "id": adjusted.adjustment.id,
            "effect": mark_of(adjusted, results, unit),
            "clause": adjusted.adjustment.clause,
        }
        for adjusted in applied_to(results, unit)
    ]


def unit_scores(lines: Lines) -> Iterator[dict[str, Any]]:
    """The scores of every unit, one after the other."""
    columns = []
    for node in lines.results.scores:
        made = lines.of(node)
        columns.append((node, made.scores, made.full, made.states, made.whys["zh"], made.whys["en"]))
    for unit in range(len(lines.results.inputs.units)):
        yield {
            node: {"score": scores[unit], "of": full[unit], "state": states[unit]}
            | ({"reason": {"zh": zh[unit], "en": en[unit]}} if zh[unit] else {})
            for node, scores, full, states, zh, en in columns
        }


CSV_HEADINGS = ("unit", "name_zh", "name_en", "group", "total", "base", "rank", "of", "grade", "state", "converted")
LIVE = ("=", "+", "-", "@", "\t", "\r")


def write_csv(lines: Lines, path: Path) -> None:
    """One row a unit: what the ranking needs, then the score of every node."""
    results = lines.results
    nodes = list(results.scores)
    names = results.inputs.units.names
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([*CSV_HEADINGS, *(inert(node) for node in nodes)])
        for unit, row in enumerate(units(lines)):
            known = row | {"name_zh": names[unit].zh, "name_en": names[unit].en}
            cells = ["" if known[heading] is None else known[heading] for heading in CSV_HEADINGS]
            points = [(row["scores"].get(node) or {}).get("score") or "" for node in nodes]
            writer.writerow([*(inert(cell) for cell in cells), *points])


def inert(cell: object) -> object:
    """A text that a spreadsheet will not take for a formula; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(LIVE) and not is_number(cell):
        return f"'{cell}"
    return cell


def is_number(text: str) -> bool:
    """Whether a text is a plain number."""
    return text.lstrip("-").replace(".", "", 1).isdigit()
